"""What is known of every character of a sentence before anything is decided.

Words and parts of speech come from jieba's dictionary (rjieba); divisions from the gazetteer; head
nouns, dates and quantities from the lists of ``data/``. Rules and model read the same arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import rjieba

from kg.extract.lexicon import CLAUSE_END, any_of, heads, longest_head, table
from kg.extract.values import dates, quantities
from kg.gazetteer import Gazetteer, Locality

OPENING = {"“": "”", "「": "」", "『": "』", "《": "》", "(": ")", "（": "）", "【": "】"}


@dataclass(slots=True)
class Context:
    """Arrays over the characters of one sentence; index 0 is the sentence's first character.

    Parameters
    ----------
    text
        The sentence.
    words
        ``(start, end, word, part of speech)`` in order, covering the text.
    word_of
        Index into `words` of each character.
    division
        Tag such as ``B-county`` where a full division name lies, else ``O``.
    short
        The same for short names (布吉 for 布吉街道).
    near
        Tag such as ``B-below|village|short`` where a division near the document's home is named
        (see :class:`kg.gazetteer.Locality`), else ``O``.
    value
        ``B-Date``, ``I-Quantity`` … from the patterns, else ``O``.
    head
        Head noun that ends just at each character (longest), or ``""``.
    run
        ``(start, end)`` of the stretch between clause marks each character lies in.
    stem
        How many divisions share the two characters from here as their short name, by order of
        magnitude; ``""`` for none.
    tail
        Noun after 等 that says what the items of the list around each character are, or ``""``.
    quote
        ``(start, end)`` of the innermost quotation or bracket around each character, marks
        excluded, or None.
    """

    text: str
    words: list[tuple[int, int, str, str]] = field(default_factory=list)
    word_of: list[int] = field(default_factory=list)
    division: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    run: list[tuple[int, int]] = field(default_factory=list)
    quote: list[tuple[int, int] | None] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    values: list[tuple[int, int, str]] = field(default_factory=list)


def paint(size: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """Return BIO tags over `size` characters for non-overlapping `spans`."""
    tags = ["O"] * size
    for start, end, label in spans:
        tags[start] = f"B-{label}"
        for i in range(start + 1, end):
            tags[i] = f"I-{label}"
    return tags


def _quotes(text: str) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = [None] * len(text)
    stack: list[tuple[int, str]] = []
    pairs = []
    for i, char in enumerate(text):
        if char in OPENING:
            stack.append((i, OPENING[char]))
        elif stack and char == stack[-1][1]:
            pairs.append((stack.pop()[0] + 1, i))
    for start, end in sorted(pairs, key=lambda p: p[0] - p[1]):
        for i in range(start, end):
            found[i] = (start, end)
    return found


def _runs(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] not in CLAUSE_END:
            end += 1
        found.extend([(start, end)] * (end - start))
        if end < len(text):
            found.append((end, end + 1))
        start = end + 1
    return found


def _heads(text: str) -> list[str]:
    known, longest = heads(), longest_head()
    found = []
    for i in range(1, len(text) + 1):
        for begin in range(max(0, i - longest), i):
            if text[begin:i] in known:
                found.append(text[begin:i])
                break
        else:
            found.append("")
    return found


_CLAUSE = re.compile(r"[^，,；;。！？\n]+")


@cache
def _tail_pattern() -> re.Pattern[str]:
    nouns = table("cues")["tails"]
    return re.compile(rf"等(?:\d+|[一二两三四五六七八九十]+)?[余多]?[一-鿿]{{0,10}}?({any_of(nouns)})")


def _tails(text: str) -> list[str]:
    found = [""] * len(text)
    for clause in _CLAUSE.finditer(text):
        begin = clause.start()
        for match in _tail_pattern().finditer(clause[0]):
            end = clause.start() + match.start()
            found[begin:end] = [match[1]] * (end - begin)
            begin = clause.start() + match.end()
    return found


def read_context(text: str, gazetteer: Gazetteer, locality: Locality) -> Context:
    """Return the arrays of one sentence of a document with the given locality, in linear time."""
    context = Context(text)
    position = 0
    for word, part in rjieba.tag(text):
        end = position + len(word)
        context.word_of.extend([len(context.words)] * len(word))
        context.words.append((position, end, word, part))
        position = end
    context.division = paint(len(text), gazetteer.tags(text, short=False))
    context.short = paint(len(text), gazetteer.tags(text, short=True))
    context.near = paint(len(text), locality.tags(text))
    found_dates = dates(text)
    context.values = sorted(
        [(a, b, "Date") for a, b in found_dates] + [(a, b, "Quantity") for a, b in quantities(text, found_dates)]
    )
    context.value = paint(len(text), context.values)
    context.head = _heads(text)
    context.run = _runs(text)
    context.stem = gazetteer.stems(text)
    context.quote = _quotes(text)
    context.tail = _tails(text)
    return context
