"""The official divisions of China in memory: look names up, find them in text, settle homonyms."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import cast

import marisa_trie
import numpy as np

from kg.documents import Division
from kg.gazetteer.forms import LEVELS, full_forms, short_form, short_forms

_LONGEST = 18
_SHORTEST_FULL = 3
_MANY = (2, 10, 50)
_MUST_SHARE = {"province": 0, "city": 0, "county": 1, "town": 3, "village": 3}
"""Names from the province down that a homonym must share with its context to be taken."""


class Gazetteer:
    """About 700,000 divisions, from province to village and residents' community.

    Names live in a trie on disk pages; the tree is three arrays in pre-order, so a division's parent is
    the last line before it that is one level up.
    """

    def __init__(self) -> None:
        with as_file(files("kg.gazetteer").joinpath("data")) as folder:
            self._names, self._short = marisa_trie.Trie(), marisa_trie.Trie()
            self._names.mmap(str(folder / "names.marisa"))
            self._short.mmap(str(folder / "short.marisa"))
            self._common = frozenset(tomllib.loads((folder / "common.toml").read_text(encoding="utf-8"))["names"])
            with np.load(folder / "divisions.npz") as arrays:
                self._name, self._level, self._code = arrays["name"], arrays["level"], arrays["code"]
                counts = np.digitize(arrays["stem_count"], _MANY).astype(str)
                self._stems = dict(zip(arrays["stem"].tolist(), counts.tolist(), strict=True))
        self._order = np.argsort(self._name, kind="stable")
        self._first = np.searchsorted(self._name[self._order], np.arange(len(self._names) + 1))
        self._kind = np.full(len(self._names), 255, dtype=np.uint8)
        np.minimum.at(self._kind, self._name, self._level)
        self._parent = self._parents()

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """Return the shipped gazetteer, read once a process."""
        return Gazetteer()

    def _parents(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        index = np.arange(len(self._level))
        parent = np.full(len(self._level), -1)
        for level in range(1, len(LEVELS)):
            above = np.maximum.accumulate(np.where(self._level < level, index, -1))
            mine = self._level == level
            parent[mine] = above[mine]
        return cast("np.ndarray[tuple[int], np.dtype[np.int64]]", parent)

    def __len__(self) -> int:
        """Return the number of divisions."""
        return len(self._level)

    def names(self) -> list[str]:
        """Return every full name, each once, in order."""
        return list(self._names)

    def _division(self, index: int) -> Division:
        path = [self.name_of(at) for at in self.chain(index)]
        code = int(self._code[index])
        return Division(tuple(reversed(path)), LEVELS[int(self._level[index])], str(code) if code else None)  # type: ignore[arg-type]

    def name_of(self, index: int) -> str:
        """Return the full name of a division by its index."""
        return str(self._names.restore_key(int(self._name[index])))

    def level_of(self, index: int) -> str:
        """Return the level of a division by its index."""
        return LEVELS[int(self._level[index])]

    def parent_of(self, index: int) -> int | None:
        """Return the index of the division around, or None for a province."""
        parent = int(self._parent[index])
        return parent if parent >= 0 else None

    def chain(self, index: int) -> list[int]:
        """Return a division and those around it, up to the province."""
        found: list[int] = []
        at: int | None = index
        while at is not None:
            found.append(at)
            at = self.parent_of(at)
        return found

    def below(self, index: int, depth: int) -> list[int]:
        """Return the divisions inside one, down to `depth` levels below it."""
        level = int(self._level[index])
        found, at = [], index + 1
        while at < len(self._level) and self._level[at] > level:
            if self._level[at] <= level + depth:
                found.append(at)
            at += 1
        return found

    def indices(self, name: str) -> list[int]:
        """Return the indices of the divisions with the full name `name`."""
        if name not in self._names:
            return []
        at = self._names[name]
        return [int(i) for i in self._order[self._first[at] : self._first[at + 1]]]

    def called(self, short: str) -> list[int]:
        """Return the indices of the divisions from province to town whose short name is `short`."""
        return [
            index
            for form in full_forms(short)[1:]
            for index in self.indices(form)
            if self.level_of(index) != "village" and short_form(form, self.level_of(index)) == short
        ]

    def level(self, name: str) -> list[int]:
        """Return the indices of the divisions of the level `name`, in order."""
        return [int(i) for i in np.flatnonzero(self._level == LEVELS.index(name))]

    @cached_property
    def _by_short_form(self) -> dict[str, list[int]]:
        """The divisions by those of their short forms that no common ending makes full: 恩施 of 恩施土家族苗族自治州."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in np.flatnonzero(self._level < LEVELS.index("village")):
            at = int(index)
            name, level = self.name_of(at), self.level_of(at)
            if level != "town" or name.endswith("族乡"):
                for form in short_forms(name, level):
                    if name not in full_forms(form):
                        found[form].append(at)
        return dict(found)

    def lookup(self, name: str) -> tuple[Division, ...]:
        """Return the divisions called `name`, in full (布吉街道) or in short (布吉), highest level first."""
        found = []
        for form in full_forms(name):
            for index in self.indices(form):
                division = self._division(index)
                if form == name or short_form(form, division.level) == name:
                    found.append(division)
        found += [self._division(index) for index in self._by_short_form.get(name, ())]
        return tuple(sorted(found, key=lambda d: (LEVELS.index(d.level), d.path)))

    @cache  # noqa: B019 - one gazetteer lives as long as the process
    def _candidates(self, name: str) -> tuple[Division, ...]:
        return self.lookup(name)

    def by_path(self, path: tuple[str, ...]) -> Division:
        """Return the division of that path from the province down.

        Raises
        ------
        KeyError
            If there is none.
        """
        for division in self._candidates(path[-1]):
            if division.path == path:
                return division
        raise KeyError(path)

    def within(self, context: Division, name: str) -> tuple[Division, ...]:
        """Return the divisions called `name` that lie below `context`."""
        depth = len(context.path)
        return tuple(d for d in self._candidates(name) if len(d.path) > depth and d.path[:depth] == context.path)

    def closest(self, name: str, context: Division, levels: frozenset[str] = frozenset(LEVELS)) -> Division | None:
        """Return the division called `name` that shares the longest path with `context`.

        None where no division has the name, where two are equally close, or where the nearest of
        several homonyms is too far off: it is left undecided rather than guessed.
        """
        candidates = [d for d in self._candidates(name) if d.level in levels]
        if not candidates:
            return None

        def shared(division: Division) -> int:
            pairs = zip(division.path, context.path, strict=False)
            return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(division.path), len(context.path)))

        best = max(map(shared, candidates))
        nearest = [d for d in candidates if shared(d) == best]
        if len(nearest) > 1:
            top = min(LEVELS.index(d.level) for d in nearest)
            nearest = [d for d in nearest if LEVELS.index(d.level) == top]
        if len(nearest) != 1:
            return None
        single = nearest[0]
        needed = min(_MUST_SHARE[single.level], len(context.path))
        named_in_full = single.level != "town" or single.name == name
        alone = len(candidates) == 1 and single.level != "village" and named_in_full
        return single if alone or best >= needed else None

    def stems(self, text: str) -> list[str]:
        """Return for each character how many divisions have it and the next as short name, by magnitude.

        ``""`` is none, ``"0"`` one, ``"1"`` up to nine, ``"2"`` up to 49, ``"3"`` more.
        """
        return [self._stems.get(text[i : i + 2], "") for i in range(len(text))]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the offsets of full names in `text`, longest first at each place, never overlapping."""
        return [(a, b) for a, b, _ in self.tags(text, short=False)]

    def tags(self, text: str, *, short: bool) -> list[tuple[int, int, str]]:
        """Return ``(start, end, level)`` of the names in `text`, left to right, never overlapping.

        A name that is a common noun too (开发区) is taken only right after another name.

        Parameters
        ----------
        text
            Any text; time grows linearly with its length.
        short
            Look for short names of provinces to towns instead of full names of all divisions.
        """
        found: list[tuple[int, int, str]] = []
        trie = self._short if short else self._names
        least = 2 if short else _SHORTEST_FULL
        i, size = 0, len(text)
        while i < size:
            matches = trie.prefixes(text[i : i + _LONGEST])
            name = matches[-1] if matches else ""
            if len(name) < least:
                i += 1
                continue
            if name not in self._common or (found and found[-1][1] == i):
                found.append((i, i + len(name), "short" if short else LEVELS[int(self._kind[trie[name]])]))
            i += len(name)
        return found
