"""The trained tagger: a field for the outer names, a judge of its candidates, a field for the names inside.

The outer field, a conditional random field over characters, gives candidates; the judge, a maximum entropy
model, weighs each as a whole, and the best set without overlap is taken. The inner field reads the text of
a mention and finds the names nested directly in it; it is applied again to what it finds, so depth has no
limit.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path

import pycrfsuite

from kg.extract.candidates import Candidate, Span, candidates, choose
from kg.extract.context import Context, paint
from kg.extract.features import features, nested_features
from kg.extract.judging import candidate_features

Scored = tuple[int, int, str, float]
NESTING = frozenset(
    {"Project", "Program", "Policy", "Event", "Award", "Organization", "Facility", "Area", "Street", "Community"}
)
SHORTEST_PARENT = 4
LEAN = 1.5
"""Added to the log odds of every candidate: a little precision is given for recall (found on held-out folds)."""
RIGHT, WRONG = "1", "0"


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


class Fields:
    """The two conditional random fields of `folder` (``outer.crfsuite``, ``nested.crfsuite``)."""

    def __init__(self, folder: Path) -> None:
        self._outer, self._nested = pycrfsuite.Tagger(), pycrfsuite.Tagger()
        self._outer.open(str(folder / "outer.crfsuite"))
        self._nested.open(str(folder / "nested.crfsuite"))
        self._known = frozenset(self._outer.labels())
        self._labels = sorted({tag[2:] for tag in self._known if tag != "O"})

    def weigh(
        self, context: Context, rows: list[list[str]], ruled: list[Span]
    ) -> tuple[list[Candidate], list[list[str]]]:
        """Return a sentence's candidates for outer mentions and their features for the judge."""
        if not rows:
            return [], []
        best = spans_of(self._outer.tag(rows))
        known, marginal = self._known, self._outer.marginal
        seen: dict[tuple[str, int], float] = {}

        def probability(tag: str, position: int) -> float:
            if tag not in known:
                return 0.0
            key = (tag, position)
            if key not in seen:
                seen[key] = marginal(tag, position)
            return seen[key]

        found = candidates(len(rows), self._labels, probability, best, ruled, context)
        return found, candidate_features(context, found, best, ruled)

    def inside(self, context: Context, rows: list[list[str]], span: Span) -> list[Scored]:
        """Return the mentions nested directly in `span` of the sentence with the features `rows`."""
        start, end, label = span
        if label not in NESTING or end - start < SHORTEST_PARENT:
            return []
        found = _decode(self._nested, nested_features(context, rows, start, end, label))
        return [(start + a, start + b, inner, p) for a, b, inner, p in found if b - a < end - start]


class Judge:
    """The maximum entropy model of `path`: how likely a candidate is a mention."""

    def __init__(self, path: Path) -> None:
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path))

    def __call__(self, row: list[str]) -> float:
        """Return the probability that the candidate with the features `row` is right."""
        self._model.set([row])
        return float(self._model.marginal(RIGHT, 0))


class Tagger:
    """Fields and judge together, read from `folder` (with ``judge.crfsuite`` and ``calibration.json``)."""

    def __init__(self, folder: Path) -> None:
        self._fields, self._judge = Fields(folder), Judge(folder / "judge.crfsuite")
        self._calibration = Calibration(json.loads((folder / "calibration.json").read_text(encoding="utf-8")))

    def tag(self, context: Context, rules: list[Span]) -> list[Scored]:
        """Return the mentions of a sentence as ``(start, end, label, confidence)``, nested ones too."""
        rows = features(context, paint(len(context.text), rules))
        return [(a, b, label, round(self._calibration(p), 3)) for a, b, label, p in self.score(context, rows, rules)]

    def score(self, context: Context, rows: list[list[str]], rules: list[Span]) -> list[Scored]:
        """Return the mentions with the judge's probability instead of a calibrated confidence."""
        return decide(self._fields, self._judge, context, rows, rules)


def decide(fields: Fields, judge: Judge, context: Context, rows: list[list[str]], rules: list[Span]) -> list[Scored]:
    """Return the mentions of a sentence with their raw scores, outer and nested, in order."""
    found, weighed = fields.weigh(context, rows, rules)
    scored = [(c.span, judge(row) if row else c.score) for c, row in zip(found, weighed, strict=True)]
    waiting = [(*span, p) for span, p in choose(scored, LEAN)]
    mentions = []
    while waiting:
        start, end, label, p = waiting.pop()
        mentions.append((start, end, label, p))
        waiting += [
            (a, b, inner, below * p) for a, b, inner, below in fields.inside(context, rows, (start, end, label))
        ]
    return sorted(mentions)


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
