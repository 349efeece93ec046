"""The analyst's word on what is one thing and what is not (``merges.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.documents import GovPlanError
from kg.resolve.names import normal


@dataclass(frozen=True, slots=True)
class MergeRules:
    """Forced and forbidden merges, by normal name.

    ``same`` maps every other name to the preferred one; ``different`` holds unordered pairs.
    """

    same: dict[str, str]
    different: frozenset[frozenset[str]]

    def forbids(self, left: str, right: str) -> bool:
        """Tell whether the two names must stay apart."""
        return frozenset({left, right}) in self.different


NO_RULES = MergeRules({}, frozenset())


def read_merges(path: Path) -> MergeRules:
    """Read a merge file.

    The file holds tables ``[[same]]`` and ``[[different]]``, each with ``names = ["…", "…"]``; the first
    name of ``[[same]]`` is the preferred one.

    Raises
    ------
    GovPlanError
        If the file is missing, is no TOML or has a table of another shape.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GovPlanError(f"{path}: no such merge file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GovPlanError(f"{path}: no valid TOML ({error})") from None
    same: dict[str, str] = {}
    different: set[frozenset[str]] = set()
    for kind, entries in tables.items():
        if kind not in {"same", "different"} or not isinstance(entries, list):
            raise GovPlanError(f"{path}: unknown table {kind!r}; use [[same]] or [[different]]")
        for entry in entries:
            names = [normal(n) for n in entry.get("names", [])]
            if len(names) < 2:
                raise GovPlanError(f'{path}: a [[{kind}]] table needs names = ["…", "…"] with two names or more')
            if kind == "same":
                same.update({name: names[0] for name in names[1:]})
            else:
                different.update(frozenset({a, b}) for a in names for b in names if a != b)
    return MergeRules(same, frozenset(different))
