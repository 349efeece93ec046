"""The trained tagger: a conditional random field for the outer names, a second for those inside.

The second one reads the text of a mention and finds the names nested directly in it; it is applied
again to what it finds, so depth has no limit.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path

import pycrfsuite

from kg.extract.context import Context, paint
from kg.extract.features import features, nested_features

Scored = tuple[int, int, str, float]
NESTING = frozenset(
    {"Project", "Program", "Policy", "Event", "Award", "Organization", "Facility", "Area", "Street", "Community"}
)
SHORTEST_PARENT = 4


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return the spans BIO `tags` mark; an I without its B opens one."""
    found: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            found.append((start, i, label))
            label = ""
        if tag != "O" and not label:
            start, label = i, tag[2:]
    return found


class Calibration:
    """Maps the model's raw score of a span to the share of such spans that are right.

    Parameters
    ----------
    steps
        ``(score, share)`` pairs in rising order, fitted by isotonic regression on text the model
        was not trained on; between two steps the share is interpolated.
    """

    def __init__(self, steps: list[tuple[float, float]]) -> None:
        self._scores = [s for s, _ in steps]
        self._shares = [p for _, p in steps]

    def __call__(self, score: float) -> float:
        """Return the confidence of a span of raw `score`."""
        i = bisect_right(self._scores, score)
        if not self._scores or i == 0:
            return self._shares[0] if self._shares else score
        if i == len(self._scores):
            return self._shares[-1]
        low, high = self._scores[i - 1], self._scores[i]
        weight = (score - low) / (high - low) if high > low else 0.0
        return self._shares[i - 1] + weight * (self._shares[i] - self._shares[i - 1])


class Tagger:
    """The shipped model, read from `folder` (``outer.crfsuite``, ``nested.crfsuite``, ``calibration.json``)."""

    def __init__(self, folder: Path) -> None:
        self._outer, self._nested = pycrfsuite.Tagger(), pycrfsuite.Tagger()
        self._outer.open(str(folder / "outer.crfsuite"))
        self._nested.open(str(folder / "nested.crfsuite"))
        self._calibration = Calibration(json.loads((folder / "calibration.json").read_text(encoding="utf-8")))

    def tag(self, context: Context, rules: list[tuple[int, int, str]]) -> list[Scored]:
        """Return the mentions of a sentence as ``(start, end, label, confidence)``, nested ones too."""
        rows = features(context, paint(len(context.text), rules))
        found = []
        waiting = _decode(self._outer, rows)
        while waiting:
            start, end, label, score = waiting.pop()
            found.append((start, end, label, round(self._calibration(score), 3)))
            if label in NESTING and end - start >= SHORTEST_PARENT:
                for a, b, inner, below in _decode(self._nested, nested_features(rows, start, end, label)):
                    if b - a < end - start:
                        waiting.append((start + a, start + b, inner, below * score))
        return sorted(found)


def _decode(tagger: pycrfsuite.Tagger, rows: list[list[str]]) -> list[Scored]:
    if not rows:
        return []
    spans = spans_of(tagger.tag(rows))
    known = set(tagger.labels()) if spans else set()
    scored = []
    for start, end, label in spans:
        marks = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        score = min(tagger.marginal(mark, start + i) for i, mark in enumerate(marks) if mark in known)
        if end < len(rows) and f"I-{label}" in known:
            score = min(score, 1 - tagger.marginal(f"I-{label}", end))
        scored.append((start, end, label, score))
    return scored
