"""What the rest of a document says of a candidate: a name that is clear in one sentence helps in another.

Two-stage recognition after Krishnan and Manning (2006): the field reads sentence by sentence, the judge
sees how it scored the same surface elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.candidates import Candidate

CLEAR = 0.6
"""Least score of a candidate whose surface is looked for in the other sentences."""
SHORTEST = 3
_MANY = 3


class Repeats:
    """The scores of a document's candidates by surface and label.

    Parameters
    ----------
    found
        ``(surface, candidate)`` of the whole document.
    """

    def __init__(self, found: Iterable[tuple[str, Candidate]]) -> None:
        self._scores: dict[tuple[str, str], list[float]] = {}
        self._surest: dict[str, tuple[float, str]] = {}
        for surface, candidate in found:
            label, score = candidate.span[2], candidate.score
            self._scores.setdefault((surface, label), []).append(score)
            self._surest[surface] = max(self._surest.get(surface, (0.0, "")), (score, label))

    def clear_names(self) -> dict[str, str]:
        """Return the surfaces worth looking for everywhere, with the label each is surest to have."""
        return {s: label for s, (score, label) in self._surest.items() if score >= CLEAR and len(s) >= SHORTEST}

    def mean(self, surface: str, label: str) -> float:
        """Return the mean score of `surface` as `label`; 0 if no candidate is that."""
        scores = self._scores.get((surface, label))
        return sum(scores) / len(scores) if scores else 0.0

    def elsewhere(self, surface: str, candidate: Candidate) -> Iterator[tuple[str, float]]:
        """Yield the mean and the best score of the other candidates with this surface and label, if any."""
        scores = self._scores.get((surface, candidate.span[2]), [])
        others = len(scores) - 1
        if others > 0:
            yield "mean", (sum(scores) - candidate.score) / others
            ordered = sorted(scores)
            yield "best", ordered[-2] if ordered[-1] == candidate.score else ordered[-1]

    def count(self, surface: str, label: str) -> int:
        """Return how many candidates share surface and label, up to a few."""
        return min(len(self._scores.get((surface, label), ())), _MANY)
