"""The trained tagger: the span network's scores, the best set of spans among them, and calibrated confidence."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache
from pathlib import Path

from kg.extract.annotated import Span
from kg.extract.context import OPENING, Context, paint
from kg.extract.features import Indices, features
from kg.extract.lexicon import table
from kg.extract.network import Network, ScoredSpan

LEAN = 1.0
"""Added to the score of every span: a little precision is given for recall (found on held-out texts)."""
_SURE_IN_OWN_LABEL = 0.0
"""Least score of a span that lies in another of its own label, or around one."""


class Calibration:
    """Maps the network's score of a span to the share of such spans that are right.

    Parameters
    ----------
    steps
        ``(score, share)`` pairs in rising order, fitted by isotonic regression on text the network
        was not trained on; between two steps the share is interpolated.
    """

    def __init__(self, steps: list[tuple[float, float]]) -> None:
        self._scores = [s for s, _ in steps]
        self._shares = [p for _, p in steps]

    def __call__(self, score: float) -> float:
        """Return the confidence of a span of raw `score`."""
        i = bisect_right(self._scores, score)
        if i == 0:
            return self._shares[0]
        if i == len(self._scores):
            return self._shares[-1]
        low, high = self._scores[i - 1], self._scores[i]
        weight = (score - low) / (high - low) if high > low else 0.0
        return self._shares[i - 1] + weight * (self._shares[i] - self._shares[i - 1])


class Tagger:
    """Network and calibration together, read from `folder` (``network.npz``, ``vocabulary.json``, ``calibration.json``)."""

    def __init__(self, folder: Path) -> None:
        self._network = Network.load(folder)
        self._calibration = Calibration(json.loads((folder / "calibration.json").read_text(encoding="utf-8")))

    def tag(self, sentences: list[tuple[Context, list[Span]]]) -> list[list[ScoredSpan]]:
        """Return the mentions of each sentence as ``(start, end, label, confidence)``, nested ones too.

        Parameters
        ----------
        sentences
            Their contexts and the outermost names the rules propose.
        """
        scored = self._network.score([encode(self._network, context, rules) for context, rules in sentences])
        return [
            [
                (start, end, label, round(self._calibration(score), 3))
                for start, end, label, score in choose(spans, context.text)
            ]
            for spans, (context, _) in zip(scored, sentences, strict=True)
        ]


def encode(network: Network, context: Context, rules: list[Span]) -> Indices:
    """Return a sentence as the network reads it."""
    return network.vocabulary.encode(features(context, paint(len(context.text), rules)))


def choose(scored: list[ScoredSpan], text: str) -> list[ScoredSpan]:
    """Return the mentions among the scored spans of a sentence, in order: the surest first, none crossing another.

    Parameters
    ----------
    scored
        Spans of the network.
    text
        The sentence.
    """
    chosen: list[ScoredSpan] = []
    for span in sorted(scored, key=lambda s: (-s[3], s)):
        start, end, label, score = span
        if score + LEAN < 0:
            break
        touching = [s for s in chosen if s[0] < end and start < s[1]]
        if any(not _nested(span, s) or (s[2] == label and score < _SURE_IN_OWN_LABEL) for s in touching):
            continue
        if not _is_own_unit(text, start, end, label) and not _torn(text[start:end]):
            chosen.append(span)
    return _joined_dates(sorted(chosen, key=lambda s: (s[0], -s[1], s[2])), text)


def _joined_dates(chosen: list[ScoredSpan], text: str) -> list[ScoredSpan]:
    """Make one date of a year and the part of it right after: 2025年 and 上半年."""
    found: list[ScoredSpan] = []
    for span in chosen:
        start, end, label, score = span
        if found and label == found[-1][2] == "Date" and found[-1][1] == start and text[start - 1] == "年":
            found[-1] = (found[-1][0], end, label, min(found[-1][3], score))
        else:
            found.append(span)
    return found


def _nested(one: ScoredSpan, other: ScoredSpan) -> bool:
    """Tell whether one of two spans lies in the other and is shorter."""
    (a, b), (c, d) = one[:2], other[:2]
    return (a, b) != (c, d) and ((a <= c and d <= b) or (c <= a and b <= d))


def _torn(surface: str) -> bool:
    """Tell whether a quote or bracket of `surface` is opened and not closed, or closed and not opened."""
    return any(left != right and surface.count(left) != surface.count(right) for left, right in OPENING.items())


@cache
def _own_unit() -> re.Pattern[str]:
    return re.compile(table("cues")["own_unit"])


def _is_own_unit(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether a span is a bare reference to the document's own unit (guideline, What counts as a name, 2)."""
    return label in {"Organization", "AdminArea"} and _own_unit().fullmatch(text, start, end) is not None
