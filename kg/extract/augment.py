"""More training text by swapping names: the model must learn what surrounds a name, not the name.

Each place name of a document gets another of the same kind throughout: a division of the same level and
ending, or another stem before the same head noun.
"""

from __future__ import annotations

import random

from kg.extract.annotated import Span
from kg.extract.lexicon import head_at
from kg.gazetteer import Gazetteer

_SWAPPED = frozenset({"AdminArea", "Community", "Street", "Area", "Facility", "NaturalFeature"})
_STEM = range(2, 4)


class Swapper:
    """Swaps the place names of annotated documents.

    Parameters
    ----------
    gazetteer
        Where the new names come from.
    seed
        The same seed swaps the same way.
    """

    def __init__(self, gazetteer: Gazetteer, seed: int) -> None:
        self._random = random.Random(seed)
        self._pool: dict[str, list[str]] = {}
        for name in gazetteer.sample(40_000, seed):
            for ending in ("街道", "社区", "镇", "乡", "村", "县", "区", "市", "旗"):
                if name.endswith(ending) and len(name) - len(ending) in _STEM:
                    self._pool.setdefault(ending, []).append(name[: -len(ending)])
                    break
        self._stems = self._pool["镇"] + self._pool["街道"] + self._pool["村"]

    def swap(self, text: str, spans: list[Span]) -> tuple[str, list[Span]]:
        """Return the text with its place names swapped, and the spans where they lie now."""
        inner = [s for s in spans if s[2] in _SWAPPED and not any(_inside(o, s) for o in spans)]
        chosen: dict[str, str] = {}
        edits: list[tuple[int, int, str]] = []
        for start, end, _ in sorted(inner):
            stem_end = self._stem_end(text, start, end)
            stem = text[start:stem_end]
            if len(stem) in _STEM and all("一" <= c <= "鿿" for c in stem):
                pool = self._pool.get(text[stem_end:end], self._stems)
                edits.append((start, stem_end, chosen.setdefault(stem, self._random.choice(pool))))
        return _apply(text, spans, edits)

    def _stem_end(self, text: str, start: int, end: int) -> int:
        for ending in self._pool:
            if text[start:end].endswith(ending):
                return end - len(ending)
        head = head_at(text, start + 1, end)
        return end - len(head) if head else end


def _inside(inner: Span, around: Span) -> bool:
    return inner != around and around[0] <= inner[0] and inner[1] <= around[1]


def _apply(text: str, spans: list[Span], edits: list[tuple[int, int, str]]) -> tuple[str, list[Span]]:
    pieces, shifts, position, shift = [], [], 0, 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
        shift += len(new) - (end - start)
        shifts.append((end, shift))
    pieces.append(text[position:])

    def moved(offset: int) -> int:
        return offset + next((s for at, s in reversed(shifts) if at <= offset), 0)

    return "".join(pieces), [(moved(a), moved(b), label) for a, b, label in spans]
