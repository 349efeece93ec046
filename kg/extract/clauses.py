"""Sentences with their mentions, cut into clauses: where facts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents import VALUE_LABELS, Mention

_COMMA = frozenset("，,；;。:：\n")
_OPEN, _CLOSE = "“「『《(（", "”」』》)）"
JOINERS = frozenset("、和与及或")
_CELLS = re.compile(r"(?<=\S)(?:\t|[ \u3000]{2,})(?=\S)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, with the mentions that lie in it; offsets count the document's text."""

    start: int
    end: int
    text: str
    outer: tuple[Mention, ...]

    @property
    def named(self) -> tuple[Mention, ...]:
        """The outer mentions that name entities."""
        return tuple(m for m in self.outer if m.label not in VALUE_LABELS)

    def between(self, left: int, right: int) -> str:
        """Return the clause's text between two document offsets."""
        return self.text[max(0, left - self.start) : max(0, right - self.start)]

    def said(self, left: int, right: int) -> str:
        """Return :meth:`between` with ＃ for the names of indicators, whose words tell no phase."""
        text = list(self.between(left, right))
        for mention in self.outer:
            if mention.label == "Indicator" and left <= mention.start and mention.end <= right:
                text[mention.start - left : mention.end - left] = "＃" * len(mention.text)
        return "".join(text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses and all mentions in it, nested ones included."""

    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]
    clauses: tuple[Clause, ...]

    @property
    def row(self) -> bool:
        """Whether this is a row of a table, its cells apart by tabs or runs of spaces."""
        return _CELLS.search(self.text) is not None

    @property
    def outer(self) -> tuple[Mention, ...]:
        """The mentions that lie in no other, in order."""
        return tuple(m for clause in self.clauses for m in clause.outer)


def outermost(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions that lie in no other, in order."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return tuple(found)


def read_sentence(text: str, start: int, end: int, mentions: tuple[Mention, ...]) -> Sentence:
    """Return the sentence ``text[start:end]`` with its clauses.

    A comma inside brackets, quotes or a mention does not end a clause; a cell of a table does.
    """
    outer = outermost(mentions)
    covered = {i for m in outer for i in range(m.start, m.end)}
    clauses, depth, begin = [], 0, start
    cells = {m.end() - 1 for m in _CELLS.finditer(text, start, end)}
    for i in range(start, end):
        char = text[i]
        if i in cells and i not in covered:
            clauses.append((begin, i + 1))
            begin, depth = i + 1, 0
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _COMMA and depth == 0 and i not in covered:
            clauses.append((begin, i + 1))
            begin = i + 1
    if begin < end:
        clauses.append((begin, end))
    return Sentence(
        start,
        end,
        text[start:end],
        mentions,
        tuple(Clause(a, b, text[a:b], tuple(m for m in outer if a <= m.start and m.end <= b)) for a, b in clauses),
    )


def groups(clause: Clause) -> list[tuple[Mention, ...]]:
    """Return the clause's entity mentions with those joined by 、 和 与 及 taken together."""
    found: list[list[Mention]] = []
    for mention in clause.named:
        if found:
            gap = clause.between(found[-1][-1].end, mention.start).strip('”“」「’‘"')
            if gap and len(gap) <= 2 and all(c in JOINERS or c in "”“」「" for c in gap):
                found[-1].append(mention)
                continue
            if not gap and clause.between(found[-1][-1].end, mention.start):
                found[-1].append(mention)
                continue
        found.append([mention])
    return [tuple(g) for g in found]
