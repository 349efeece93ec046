"""Sentences of a report: up to 。！？；or a line end, never longer than :data:`LONGEST`."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 600
_END = frozenset("。！？；!?;\n\r")
_CLOSING = frozenset('”」』）)》"')
_COMMA = frozenset("，,、 \t")


def split(text: str, soft_breaks: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of each sentence; together they cover `text` without gaps.

    A sentence keeps its end mark and a closing quote right after it. One longer than
    :data:`LONGEST` characters is cut at its last comma, so time and memory stay linear.

    Parameters
    ----------
    text
        The text.
    soft_breaks
        Offsets of line ends that end no sentence (:attr:`kg.documents.Document.soft_breaks`).
    """
    soft = frozenset(soft_breaks)
    found = []
    start = comma = 0
    i = 0
    while i < len(text):
        char = text[i]
        i += 1
        if char in _END and i - 1 not in soft:
            while i < len(text) and text[i] in _CLOSING:
                i += 1
            found.append((start, i))
            start = comma = i
        elif char in _COMMA:
            comma = i
        if i - start >= LONGEST:
            cut = comma if comma > start else i
            found.append((start, cut))
            start = comma = cut
    if start < len(text):
        found.append((start, len(text)))
    return found
