"""Features of the span network: what is known of each character, as words of a closed vocabulary.

Character and word features are the usual ones of Chinese name tagging; the others put what the gazetteer, the
value patterns and the rules say before the network, which learns how far to trust each (stacking, Wolpert 1992).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.extract.context import OPENING, Context
from kg.extract.lexicon import cues_before, generic, heads, table

WIDTHS = {
    "char": 64,
    "left": 40,
    "right": 40,
    "word": 40,
    "part": 16,
    "class": 12,
    "value": 8,
    "division": 8,
    "short": 8,
    "near": 12,
    "head": 12,
    "next": 12,
    "rule": 12,
    "quote": 8,
    "list": 8,
    "stem": 4,
}
"""The features, and how many numbers the network learns for each of their values."""
LEXICAL = ("char", "left", "right", "word")
"""Features with so many values that unseen ones are common; the network trains with some of them left out."""
_RARE = 4
_QUOTE_MARKS = frozenset("“”") | OPENING.keys() | frozenset(OPENING.values())
_NEAR = [0, 1, 2, 3, 4, 5, 6, 6, 8, 8, 8, 8, *[12] * 8]
Row = tuple[str, ...]
Indices = NDArray[np.int32]


def features(context: Context, rules: list[str]) -> list[Row]:
    """Return the features of every character, in the order of :data:`WIDTHS`; ``""`` where one has nothing to say.

    Parameters
    ----------
    context
        The sentence's arrays.
    rules
        BIO tags of the names the rules propose (see :mod:`kg.extract.names`).
    """
    text = context.text
    padded = f"‹{text}›"
    classes = _word_classes()
    following = _next_heads(context)
    found: list[Row] = []
    for i, char in enumerate(text):
        start, end, word, part = context.words[context.word_of[i]]
        place = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "M"
        found.append(
            (
                char,
                padded[i : i + 2],
                padded[i + 1 : i + 3],
                word,
                place + part,
                place + classes.get(word, "-"),
                context.value[i],
                context.division[i],
                context.short[i],
                context.near[i],
                _labels(context.head[i]),
                following[i],
                rules[i],
                _quotation(context, i),
                context.tail[i],
                context.stem[i],
            )
        )
    return found


class Vocabulary:
    """The values of each feature the network knows; any other is value 0.

    Parameters
    ----------
    values
        Known values by feature, in the order of their indices from 1.
    """

    def __init__(self, values: dict[str, list[str]]) -> None:
        self.values = values
        self._index = [{value: i for i, value in enumerate(values[name], start=1)} for name in WIDTHS]

    @classmethod
    def of(cls, sentences: Iterable[list[Row]]) -> Vocabulary:
        """Return the values that occur in `sentences`, of the lexical features those that occur often enough."""
        counted: list[Counter[str]] = [Counter() for _ in WIDTHS]
        for rows in sentences:
            for counter, column in zip(counted, zip(*rows, strict=True), strict=True):
                counter.update(column)
        least = (_RARE if name in LEXICAL else 1 for name in WIDTHS)
        return cls(
            {
                name: sorted(value for value, count in counter.items() if count >= few)
                for name, counter, few in zip(WIDTHS, counted, least, strict=True)
            }
        )

    def encode(self, rows: list[Row]) -> Indices:
        """Return the indices of `rows`, an array of characters by features."""
        lookup = self._index
        return np.array(
            [[index.get(value, 0) for index, value in zip(lookup, row, strict=True)] for row in rows], dtype=np.int32
        )


def _labels(head: str) -> str:
    return "+".join(heads()[head]) if head else ""


@cache
def _word_classes() -> dict[str, str]:
    """Return what the lists say of a word: cue before a name (L), common (G), light (T), head noun (H), joiner (J)."""
    found = dict.fromkeys(heads(), "H")
    found |= dict.fromkeys(generic(), "G")
    found |= dict.fromkeys(table("cues")["light"], "T")
    found |= dict.fromkeys(cues_before(), "L")
    return found | dict.fromkeys("、和与及", "J")


def _bucket(distance: int) -> str:
    return str(_NEAR[distance]) if distance < len(_NEAR) else "far"


def _quotation(context: Context, i: int) -> str:
    """Return the mark a character stands in and how near its ends are, or the mark it is."""
    quote = context.quote[i]
    if quote:
        return f"{context.text[quote[0] - 1]}{min(i - quote[0], 3)}{min(quote[1] - i, 4)}"
    return context.text[i] if context.text[i] in _QUOTE_MARKS else ""


def _next_heads(context: Context) -> list[str]:
    """For each character: the labels of the next head noun in its run, and how far its end is."""
    found = [""] * len(context.text)
    labels, at, run = "", 0, (-1, -1)
    for i in range(len(context.text) - 1, -1, -1):
        if context.run[i] != run:
            labels, run = "", context.run[i]
        if context.head[i]:
            labels, at = _labels(context.head[i]), i
        if labels:
            found[i] = f"{labels}|{_bucket(at - i)}"
    return found
