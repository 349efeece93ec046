"""Candidate mentions of a sentence: where they lie, what speaks for each, and the best set of them.

The conditional random field decides character by character and cannot see a name as a whole. Here every
stretch it finds likely, and every name the rules propose, becomes a candidate with features of the whole
(reranking, Collins 2002); a maximum entropy model then says how likely each is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.context import OPENING, Context
from kg.extract.lexicon import table

Span = tuple[int, int, str]
Marginal = Callable[[str, int], float]

LIKELY = 0.03
"""Least probability of a first or a last character of a candidate."""
WORTH = 0.1
"""Least score of a candidate that neither the field's best path nor a rule proposes."""
_FAINT = 0.01
LONGEST, _LONGEST_QUOTE, _LONGEST_BRACKET = 60, 20, 30
_JOINTS = frozenset("、和与及")
_LISTED = frozenset({"Street", "Area", "Facility", "NaturalFeature", "Community", "AdminArea", "Organization"})
_SURE, _FAINT_RIVAL = 0.97, 0.03
_SURELY_NONE = 0.97
PAIRS = {left: right for left, right in OPENING.items() if left != right}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a mention, and the field's marginal probabilities of it.

    Parameters
    ----------
    span
        ``(start, end, label)`` within the sentence.
    first
        Probability that the label begins at `start`.
    inside
        The least probability of its characters.
    last
        Probability that the label does not go on at `end`.
    """

    span: Span
    first: float
    inside: float
    last: float

    @property
    def score(self) -> float:
        """The least of the three probabilities."""
        return min(self.inside, self.last)


def candidates(
    size: int, labels: list[str], marginal: Marginal, best: list[Span], ruled: list[Span], context: Context
) -> list[Candidate]:
    """Return the candidates of a sentence, in order.

    Parameters
    ----------
    size
        Characters of the sentence.
    labels
        Labels of the field, without their B and I.
    marginal
        Probability of a BIO tag at a character; 0 for a tag it does not know.
    best
        Spans of the field's best path; they are candidates always.
    ruled
        Spans of the rules; they are candidates always.
    context
        The sentence's arrays.
    """
    found: dict[Span, Candidate] = {}
    for start in range(size):
        if marginal("O", start) > _SURELY_NONE:
            continue
        for label in labels:
            first = marginal(f"B-{label}", start)
            if first >= LIKELY:
                for candidate in _from(start, label, first, size, marginal):
                    if candidate.score >= WORTH:
                        found[candidate.span] = candidate
    for span in (*best, *ruled):
        if span not in found:
            found[span] = measured(span, size, marginal)
    for span in _quoted(context, labels, marginal):
        if span not in found:
            found[span] = measured(span, size, marginal)
    for start, end, label in list(found):
        for a, b in (*_mended(context.text, start, end), *_cut(context.text, start, end, label)):
            if a < b and (a, b, label) not in found:
                found[a, b, label] = measured((a, b, label), size, marginal)
    return _without_hopeless([found[span] for span in sorted(found) if not _is_own_unit(context.text, span)])


@cache
def _own_unit() -> re.Pattern[str]:
    return re.compile(table("cues")["own_unit"])


def _is_own_unit(text: str, span: Span) -> bool:
    """Tell whether `span` is a bare reference to the document's own unit (guideline, What counts as a name, 2)."""
    start, end, label = span
    return label in {"Organization", "AdminArea"} and _own_unit().fullmatch(text, start, end) is not None


def _without_hopeless(found: list[Candidate]) -> list[Candidate]:
    """Leave out faint candidates that overlap one that is all but certain."""
    certain = bytearray(max((c.span[1] for c in found), default=0))
    for candidate in found:
        if candidate.score > _SURE:
            start, end, _ = candidate.span
            certain[start:end] = b"\1" * (end - start)
    return [c for c in found if c.score > _SURE or c.score >= _FAINT_RIVAL or not any(certain[c.span[0] : c.span[1]])]


def _from(start: int, label: str, first: float, size: int, marginal: Marginal) -> Iterator[Candidate]:
    inside, going = first, f"I-{label}"
    for end in range(start + 1, min(size, start + LONGEST) + 1):
        following = marginal(going, end) if end < size else 0.0
        if 1 - following >= LIKELY:
            yield Candidate((start, end, label), first, inside, 1 - following)
        if following < LIKELY:
            return
        inside = min(inside, following)


def measured(span: Span, size: int, marginal: Marginal) -> Candidate:
    """Return `span` as a candidate with its probabilities."""
    start, end, label = span
    first = marginal(f"B-{label}", start)
    inside = min([first, *(marginal(f"I-{label}", i) for i in range(start + 1, end))])
    return Candidate(span, first, inside, 1 - (marginal(f"I-{label}", end) if end < size else 0.0))


def _mended(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span with a quote or bracket completed or cut where one is torn."""
    surface = text[start:end]
    for left, right in PAIRS.items():
        opened, closed = surface.count(left), surface.count(right)
        if opened < closed:
            if start and text[start - 1] == left:
                yield start - 1, end
            cut = start + surface.find(right)
            yield start, cut
            yield start, cut + 1
        elif opened > closed:
            if end < len(text) and text[end] == right:
                yield start, end + 1
            cut = start + surface.rfind(left)
            yield cut + 1, end
            yield start, cut


def undisputed(found: list[Candidate]) -> list[bool]:
    """Tell of each of a sentence's candidates whether it is all but certain and overlaps no other."""
    reach, free = -1, []
    for position, candidate in enumerate(found):
        start, end, _ = candidate.span
        following = found[position + 1].span[0] if position + 1 < len(found) else end
        free.append(candidate.score > _SURE and start >= reach and following >= end)
        reach = max(reach, end)
    return free


def _quoted(context: Context, labels: list[str], marginal: Marginal) -> Iterator[Span]:
    """Yield what quotes hold, with the label likeliest to begin there."""
    for start, end in sorted({q for q in context.quote if q}):
        if context.text[start - 1] in "“「" and 1 < end - start <= _LONGEST_QUOTE:
            label = max(labels, key=lambda name: marginal(f"B-{name}", start))
            if marginal(f"B-{label}", start) >= _FAINT:
                yield start, end, label


def _cut(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """Yield the items of a span that joins several, and the span with the bracket that follows it."""
    if label in _LISTED:
        joints = [i for i in range(start + 1, end - 1) if text[i] in _JOINTS]
        edges = [start, *(j + 1 for j in joints)], [*joints, end]
        if joints:
            yield from zip(*edges, strict=True)
    if text[end : end + 1] in PAIRS and text[end : end + 1] in "(（":
        close = text.find(PAIRS[text[end]], end, end + _LONGEST_BRACKET)
        if close > 0:
            yield start, close + 1


def choose(scored: list[tuple[Span, float]], lean: float) -> list[tuple[Span, float]]:
    """Return the set of spans without overlap whose log odds sum highest.

    Weighted interval scheduling, in time n log n.

    Parameters
    ----------
    scored
        Spans and their probabilities.
    lean
        Added to every log odds; above 0 more spans are taken than left.
    """
    items = []
    for span, probability in scored:
        bounded = min(max(probability, 1e-6), 1 - 1e-6)
        weight = math.log(bounded / (1 - bounded)) + lean
        if weight > 0:
            items.append((span[1], span, probability, weight))
    items.sort()
    ends = [item[0] for item in items]
    totals, back = [0.0], []
    for position, (_, span, _, weight) in enumerate(items):
        before = bisect_right(ends, span[0], 0, position)
        take = totals[before] + weight
        back.append(before if take > totals[position] else -1)
        totals.append(max(take, totals[position]))
    chosen, position = [], len(items)
    while position:
        if back[position - 1] >= 0:
            chosen.append((items[position - 1][1], items[position - 1][2]))
            position = back[position - 1]
        else:
            position -= 1
    return chosen[::-1]
