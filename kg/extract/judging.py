"""Features of candidate mentions as wholes, from which the judge says how likely each is right."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg.extract.candidates import LONGEST, PAIRS, Candidate, Span, undisputed
from kg.extract.context import Context
from kg.extract.lexicon import generic, heads, table

_PARTS = re.compile(r"[、，,；;。：:\s—\-和与及的“”\"（）()]")


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
        near = found[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
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
        if char in PAIRS:
            depth += 1
        elif char in PAIRS.values():
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
