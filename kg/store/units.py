"""Stated units and their base units (``data/units.toml``)."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("kg.store").joinpath("data/units.toml").read_text(encoding="utf-8"))


def in_base_unit(value: Decimal, unit: str) -> tuple[Decimal, str, str | None]:
    """Return `value` in the base unit, that unit, and its QUDT IRI where one exists.

    Parameters
    ----------
    value
        In the stated `unit`, such as ``69.69`` and ``亿元``.

    Examples
    --------
    >>> in_base_unit(Decimal("69.69"), "亿元")[:2]
    (Decimal('6969000000.00'), '元')
    """
    magnitudes, units = _table()["magnitudes"], _table()["units"]
    rest = unit
    if unit not in units:
        for word in sorted(magnitudes, key=len, reverse=True):
            if unit.startswith(word) and len(unit) > len(word):
                value, rest = value * magnitudes[word], unit[len(word) :]
                break
    entry = units.get(rest, {})
    base = entry.get("base", rest)
    value *= Decimal(str(entry.get("factor", 1)))
    return value, base, units.get(base, {}).get("qudt")
