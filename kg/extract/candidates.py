"""Candidate mentions of a sentence: where they lie, what speaks for each, and the best set of them.

The conditional random field decides character by character and cannot see a name as a whole. Here every
stretch it finds likely, and every name the rules propose, becomes a candidate with features of the whole
(reranking, Collins 2002); a maximum entropy model then says how likely each is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.context import OPENING, Context
from kg.extract.lexicon import generic, heads, table

Span = tuple[int, int, str]
Marginal = Callable[[str, int], float]

LIKELY = 0.03
"""Least probability of a first or a last character of a candidate."""
WORTH = 0.1
"""Least score of a candidate that neither the field's best path nor a rule proposes."""
_FAINT = 0.01
_LONGEST, _LONGEST_QUOTE, _LONGEST_BRACKET = 60, 20, 30
_JOINTS = frozenset("、和与及")
_LISTED = frozenset({"Street", "Area", "Facility", "NaturalFeature", "Community", "AdminArea", "Organization"})
_SURE, _FAINT_RIVAL = 0.97, 0.03
_SURELY_NONE = 0.97
_PARTS = re.compile(r"[、，,；;。：:\s—\-和与及的“”\"（）()]")
_OPEN = {left: right for left, right in OPENING.items() if left != right}


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
    return _without_hopeless([found[span] for span in sorted(found)])


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
    for end in range(start + 1, min(size, start + _LONGEST) + 1):
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
    for left, right in _OPEN.items():
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
    if text[end : end + 1] in _OPEN and text[end : end + 1] in "(（":
        close = text.find(_OPEN[text[end]], end, end + _LONGEST_BRACKET)
        if close > 0:
            yield start, close + 1


def _step(probability: float) -> str:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return str(round(math.log(bounded / (1 - bounded))))


@cache
def _left() -> frozenset[str]:
    return frozenset(table("cues")["left"])


def candidate_features(
    context: Context, found: list[Candidate], best: list[Span], ruled: list[Span]
) -> list[list[str]]:
    """Return the features of each of a sentence's candidates; none of an undisputed one.

    Parameters
    ----------
    context
        The sentence's arrays.
    found
        Its candidates.
    best, ruled
        Spans of the field's best path and of the rules.
    """
    rows: list[list[str]] = []
    starts = [c.span[0] for c in found]
    for candidate, settled in zip(found, undisputed(found), strict=True):
        if settled:
            rows.append([])
            continue
        start, end, label = candidate.span
        near = found[bisect_left(starts, start - _LONGEST) : bisect_left(starts, end)]
        own = [*_by_probability(candidate), *_by_agreement(candidate.span, best, ruled)]
        own += [*_by_rivals(candidate, near), *_by_words(context, candidate.span), *_by_marks(context, candidate.span)]
        rows.append([*own, f"t={label}"])
    return rows


def _by_probability(candidate: Candidate) -> Iterator[str]:
    label = candidate.span[2]
    first, inside, last = _step(candidate.first), _step(candidate.inside), _step(candidate.last)
    yield from (f"first={first}", f"inside={inside}", f"last={last}", f"score={_step(candidate.score)}")
    yield from (f"first={label}{first}", f"inside={label}{inside}", f"last={label}{last}", f"both={inside}|{last}")


def _relation(span: Span, others: list[Span]) -> str:
    start, end, _ = span
    if span in others:
        return "same"
    if any((a, b) == (start, end) for a, b, _ in others):
        return "edges"
    return "over" if any(a < end and b > start for a, b, _ in others) else "none"


def _by_agreement(span: Span, best: list[Span], ruled: list[Span]) -> Iterator[str]:
    with_best, with_rules = _relation(span, best), _relation(span, ruled)
    yield from (f"best={with_best}", f"best={with_best}{span[2]}", f"rule={with_rules}{span[2]}")
    yield f"rule={with_rules}|best={with_best}"


def _by_rivals(candidate: Candidate, near: list[Candidate]) -> Iterator[str]:
    start, end, label = candidate.span
    other_label = other_edges = 0.0
    for rival in near:
        a, b, name = rival.span
        if b <= start:
            continue
        if (a, b) != (start, end):
            other_edges = max(other_edges, rival.score)
        elif name != label:
            other_label = max(other_label, rival.score)
    mine = int(_step(candidate.score))
    for kind, rival_score in (("label", other_label), ("edges", other_edges)):
        theirs = int(_step(rival_score))
        yield f"rival {kind}={theirs}"
        yield f"lead {kind}={max(-5, min(5, mine - theirs))}"


def _by_words(context: Context, span: Span) -> Iterator[str]:
    start, end, label = span
    index, final = context.word_of[start], context.word_of[end - 1]
    words = context.words[index : final + 1]
    starts, ends = words[0][0] == start, words[-1][1] == end
    parts = [w[3] for w in words]
    head = context.head[end - 1]
    kinds = "+".join(heads()[head]) if head else ""
    surface = context.text[start:end]
    body = [w[2] for w in words if w[1] <= end - len(head)]
    common = sum(w in generic() for w in body)
    before = context.words[index - 1] if starts and index else None
    after = context.words[final + 1] if ends and final + 1 < len(context.words) else None
    left, right = (before[2] if before else "<"), (after[2] if after else ">")
    left_part, right_part = (before[3] if before else "<"), (after[3] if after else ">")
    size = end - start
    yield f"aligned={starts}{ends}{label}"
    yield f"words={min(len(words), 8)}{label}"
    yield f"length={size if size < 7 else min(size, 30) // 2}{label}"
    yield from (f"part first={parts[0]}{label}", f"part last={parts[-1]}{label}")
    yield f"parts={'.'.join(p[:1] for p in parts[:6])}{label}"
    yield from (f"word first={words[0][2]}", f"word last={words[-1][2]}{label}")
    yield from (f"head={head}{label}", f"head is={kinds}{label}", f"stem is={context.stem[start]}{label}{kinds}")
    yield f"body={min(size - len(head), 6)}{label}{bool(head)}"
    yield f"common={common}|{len(body)}"
    if body and common == len(body):
        yield f"all common={label}"
    yield from (f"left={left}", f"left={left}{label}", f"right={right}", f"right={right}{label}")
    yield from (f"left part={left_part}{label}", f"right part={right_part}{label}")
    yield f"parts around={left_part}{right_part}{label}"
    yield f"after cue={left in _left()}{label}"
    yield from (f"tail={surface[-2:]}{label}", f"tail={surface[-1:]}{label}", f"start={surface[:2]}{label}")
    if size <= 4:
        yield f"surface={surface}{label}"


def _by_marks(context: Context, span: Span) -> Iterator[str]:
    start, end, label = span
    text, size = context.text, len(context.text)
    surface = text[start:end]
    depth = lowest = 0
    for char in surface:
        if char in _OPEN:
            depth += 1
        elif char in _OPEN.values():
            depth -= 1
            lowest = min(lowest, depth)
    marks = "".join(sorted(set(_PARTS.findall(surface))))
    yield from (f"depth={depth}{lowest}", f"marks={marks}", f"marks={marks}{label}")
    yield f"around={text[start - 1 : start]}{text[end : end + 1]}{label}"
    quote = context.quote[start]
    yield f"list={context.tail[start]}{label}"
    if quote:
        yield f"closes={text[quote[1] + 1 : quote[1] + 3]}{label}"
        yield f"quote={text[quote[0] - 1]}{min(start - quote[0], 3)}{min(max(quote[1] - end, -2), 3)}{label}"
    for name, tags in (("division", context.division), ("short", context.short), ("near", context.near)):
        beyond = tags[end][:1] if end < size else ">"
        yield f"{name}={tags[start]}{tags[end - 1]}{beyond}{label}"
    divisions = sum(tag.startswith("B-") for tag in context.division[start:end])
    yield f"divisions={min(divisions, 3)}{label}"
    inside = context.near[start:end]
    yield f"near whole={inside[0].startswith('B-') and all(t == 'I' + inside[0][1:] for t in inside[1:])}{label}"
    yield f"near names={min(sum(t.startswith('B-') for t in inside), 3)}{label}"
    value = context.value
    beyond = value[end][:3] if end < size else ">"
    yield f"value={value[start][:3]}{value[end - 1][:3]}{beyond}{label}"
    yield f"values={min(sum(tag.startswith('B-') for tag in value[start:end]), 2)}{label}"
    run = context.run[start]
    yield f"run={start == run[0]}{end == run[1]}{label}"
    for position in range(end, min(run[1], end + 4)):
        if context.head[position]:
            yield f"head later={context.head[position]}{position - end}"
            break


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
