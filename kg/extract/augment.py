"""Sentences with other names in the place of theirs: what the network must not learn by heart.

A name is replaced by one of the same label and the same last character of its head noun from another place in the
training texts (mention replacement, Dai and Adel 2020); values and divisions stay, for what stands around them
depends on them.
"""

from __future__ import annotations

from collections import defaultdict
from random import Random

from kg.documents import VALUE_LABELS
from kg.extract.annotated import Span
from kg.extract.lexicon import head_at

_KEPT = VALUE_LABELS | {"AdminArea"}
_SHARE = 0.6
"""Part of the names of a sentence that are replaced."""
Kind = tuple[str, str, bool]


class Names:
    """The names of annotated sentences by kind.

    Parameters
    ----------
    sentences
        Texts and their spans.
    """

    def __init__(self, sentences: list[tuple[str, list[Span]]]) -> None:
        self._names: dict[Kind, list[str]] = defaultdict(list)
        for text, spans in sentences:
            for start, end, label in _innermost(spans):
                self._names[_kind(text[start:end], label)].append(text[start:end])

    def replaced(self, text: str, spans: list[Span], random: Random) -> tuple[str, list[Span]]:
        """Return a sentence with other names, and its spans."""
        pieces, edits, at = [], [], 0
        for start, end, label in _innermost(spans):
            if random.random() < _SHARE:
                name = random.choice(self._names[_kind(text[start:end], label)])
                pieces += [text[at:start], name]
                edits.append((end, len(name) - (end - start)))
                at = end

        def moved(offset: int) -> int:
            return offset + sum(change for end, change in edits if end <= offset)

        return "".join([*pieces, text[at:]]), [(moved(a), moved(b), label) for a, b, label in spans]


def _innermost(spans: list[Span]) -> list[Span]:
    """Return the names in order that hold no other and are not kept."""
    return sorted(
        s for s in spans if s[2] not in _KEPT and not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in spans)
    )


def _kind(name: str, label: str) -> Kind:
    head = head_at(name, 0, len(name)) or ""
    return label, head[-1:], name[0] in "“《"
