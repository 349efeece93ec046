"""The word lists of ``data/``, read once and compiled for matching."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

CLAUSE_END = frozenset('、,，;；。:：!！?？\n\t\r()（）“”"「」『』《》〈〉[]【】—…|·')


@cache
def table(name: str) -> dict[str, Any]:
    """Return the TOML table ``data/{name}.toml``."""
    return tomllib.loads(files("kg.extract").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    """Return a regular expression that matches the longest of `words`."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@cache
def heads() -> dict[str, tuple[str, ...]]:
    """Return ``{head noun: labels whose names end in it}``."""
    found: dict[str, list[str]] = {}
    for label, entry in table("heads").items():
        for head in entry.get("heads", ()):
            found.setdefault(head, []).append(label)
    return {head: tuple(labels) for head, labels in found.items()}


@cache
def cues_before() -> frozenset[str]:
    """Return the words a name seldom opens with, for they stand before one."""
    return frozenset(table("cues")["left"])


@cache
def generic() -> frozenset[str]:
    """Return the words that do not make a name of a head noun."""
    return frozenset(table("heads")["generic"]["words"])


@cache
def longest_head() -> int:
    """Return the length of the longest head noun, in characters."""
    return max(map(len, heads()))


def head_at(text: str, start: int, end: int) -> str | None:
    """Return the longest head noun that ends at `end` and starts at or after `start`."""
    known = heads()
    for begin in range(max(start, end - longest_head()), end):
        if text[begin:end] in known:
            return text[begin:end]
    return None
