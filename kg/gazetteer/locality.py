"""Where a text is at home, and the division names that are near there.

A report calls the divisions around it by their short names (布吉, 罗岗), which mean nothing elsewhere. The
full names in the text tell which county or town it speaks of; from there every name near is known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cache

from kg.gazetteer.forms import LEVELS, peopleless, short_form
from kg.gazetteer.load import Gazetteer
from kg.gazetteer.match import Matcher

_SHARE = 0.5
"""Part of the weight of a division's parts that one of them must hold for the text to be at home in it."""
_HOMONYMS = 60
_UNSUPPORTED = 0.1
_TITLE, _TITLE_WEIGHT = 80, 6
_RELATIONS = ("home", "above", "below", "beside", "named", "alone", "wide")
_SHORT_WEIGHT = 0.3
_REPEATED = 2
Tagged = tuple[int, int, str]


class Locality:
    """The names near the home of a text.

    Parameters
    ----------
    gazetteer
        The official divisions.
    text
        The whole document; its home is the deepest division that holds most of the names it gives in full.
    """

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        candidates = _candidates(gazetteer, text)
        self.home = _home(gazetteer, candidates)
        if self.home is None or gazetteer.level_of(self.home) in {"province", "city"}:
            self.home = _home(gazetteer, [*candidates, *_short_candidates(gazetteer, text)])
        self._tags: dict[str, str] = {}
        for relation, index in _near(gazetteer, self.home, candidates):
            name, level = gazetteer.name_of(index), gazetteer.level_of(index)
            self._put(name, f"{relation}|{level}|full")
            short = short_form(name, level)
            if short and relation != "alone":
                self._put(short, f"{relation}|{level}|short")
            for form in peopleless(name, level):
                self._put(form, f"{relation}|{level}|full")
        self._put("中国", "wide|country|short")
        self._match = Matcher(self._tags)

    def _put(self, name: str, tag: str) -> None:
        known = self._tags.get(name)
        if known is None or _RELATIONS.index(tag.split("|", maxsplit=1)[0]) < _RELATIONS.index(known.split("|")[0]):
            self._tags[name] = tag

    def tags(self, text: str) -> list[Tagged]:
        """Return ``(start, end, tag)`` of the near names in `text`, longest first, never overlapping.

        The tag gives the relation to the home (``home``, ``above``, ``below``, ``beside``, ``named`` for a
        division elsewhere that the text names in full with one around it, ``alone`` without, ``wide`` for the
        country and for provinces and cities elsewhere), the level, and ``full`` or ``short``.
        """
        return self._match(text)


def _candidates(gazetteer: Gazetteer, text: str) -> list[tuple[float, list[int]]]:
    """Return for each full name in the text its weight and the divisions it may mean.

    A homonym is taken for the divisions most of whose surroundings the text names too; a name none of
    whose divisions has any counts little.
    """
    counted: Counter[str] = Counter()
    for start, end in gazetteer.spans(text):
        counted[text[start:end]] += _TITLE_WEIGHT if start < _TITLE else 1

    @cache
    def named(index: int) -> bool:
        name = gazetteer.name_of(index)
        return name in counted or (short_form(name, gazetteer.level_of(index)) or name) in text

    found = []
    for name, count in counted.items():
        supported = [(sum(map(named, gazetteer.chain(i)[1:])), i) for i in gazetteer.indices(name)]
        most = max((s for s, _ in supported), default=0)
        kept = [i for s, i in supported if s == most]
        alone = gazetteer.level_of(kept[0]) == "province" if kept else False
        if kept and len(kept) <= _HOMONYMS:
            found.append((math.sqrt(count) * (1.0 if most or alone else _UNSUPPORTED), kept))
    return found


def _short_candidates(gazetteer: Gazetteer, text: str) -> list[tuple[float, list[int]]]:
    """Return for each short name in the text its weight and the divisions it may mean, where the text supports one.

    A part of a report often names its home in short only: 播州 three times beside 遵义 and 贵州.
    """
    counted = Counter(text[start:end] for start, end, _ in gazetteer.tags(text, short=True))
    found = []
    for name, count in counted.items():
        supported = []
        for index in gazetteer.called(name):
            level = gazetteer.level_of(index)
            around = sum(
                (short_form(n := gazetteer.name_of(i), gazetteer.level_of(i)) or n) in counted
                for i in gazetteer.chain(index)[1:]
            )
            if level in {"province", "city"} or (around and (level == "county" or count >= _REPEATED)):
                supported.append((around, index))
        most = max((s for s, _ in supported), default=0)
        kept = [i for s, i in supported if s == most]
        if kept and len(kept) <= _HOMONYMS:
            found.append((_SHORT_WEIGHT * math.sqrt(count), kept))
    return found


def _home(gazetteer: Gazetteer, candidates: list[tuple[float, list[int]]]) -> int | None:
    weight: dict[int, float] = defaultdict(float)
    for count, indices in candidates:
        for index in indices:
            for division in gazetteer.chain(index):
                weight[division] += count / len(indices)
    children: dict[int | None, list[int]] = defaultdict(list)
    for division in weight:
        children[gazetteer.parent_of(division)].append(division)
    home = None
    while children[home]:
        best = max(children[home], key=lambda d: (weight[d], -d))
        if weight[best] < _SHARE * sum(weight[d] for d in children[home]):
            break
        home = best
        if gazetteer.level_of(home) == "town":
            break
    return home


def _near(gazetteer: Gazetteer, home: int | None, candidates: list[tuple[float, list[int]]]) -> list[tuple[str, int]]:
    """Return ``(relation, division)`` of the names near `home` and of the divisions named elsewhere."""
    single = [(weight, i) for weight, (i, *others) in candidates if not others]
    found = [("named", i) for weight, i in single if weight >= 1]
    found += [("alone", i) for weight, i in single if weight < 1 and gazetteer.level_of(i) != "village"]
    found += [("wide", i) for level in ("province", "city") for i in gazetteer.level(level)]
    if home is None:
        return found
    chain = gazetteer.chain(home)
    found.append(("home", home))
    found += [("above", division) for division in chain[1:]]
    depth = 1 if LEVELS.index(gazetteer.level_of(home)) < LEVELS.index("county") else 2
    found += [("below", division) for division in gazetteer.below(home, depth)]
    for division in chain[1:]:
        found += [("beside", sibling) for sibling in gazetteer.below(division, 1)]
    return found
