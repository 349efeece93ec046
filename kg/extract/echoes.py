"""A name once found is a name wherever the document repeats it."""

from __future__ import annotations

from collections import defaultdict

from kg.documents import VALUE_LABELS
from kg.gazetteer import Matcher

Found = tuple[int, int, str, float, str]

_SHORTEST = 3
_LEAST = 0.6
"""Least confidence of the mention that is repeated."""
_FADING = 0.9
"""What is left of its confidence in a repetition."""


def echoes(text: str, found: list[Found]) -> list[Found]:
    """Return the repetitions of the names in `found` that touch no mention.

    Parameters
    ----------
    text
        The whole document.
    found
        Its mentions, ``(start, end, label, confidence, method)``.
    """
    weight: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surest: dict[str, float] = defaultdict(float)
    taken = bytearray(len(text))
    for start, end, label, confidence, _ in found:
        taken[start:end] = b"\1" * (end - start)
        if label not in VALUE_LABELS and end - start >= _SHORTEST:
            name = text[start:end]
            weight[name][label] += confidence
            surest[name] = max(surest[name], confidence)
    labels = {name: max(sorted(of), key=of.__getitem__) for name, of in weight.items() if surest[name] >= _LEAST}
    return [
        (start, end, label, round(surest[text[start:end]] * _FADING, 3), "kg_echoes")
        for start, end, label in Matcher(labels)(text)
        if not any(taken[start:end])
    ]
