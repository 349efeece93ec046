"""Lines broken in the middle of a sentence: joined in a PDF, found in a text file whose characters must stay where they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from kg.documents import Document

T = TypeVar("T")
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:]$")
_NEW_BLOCK = re.compile(
    r"^(?:[ \t\u3000]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,3}[.、．](?!\d)|第[一二三四五六七八九十]+[章节部条])"
)
_LEAST, _WIDTHS = 8, range(20, 161)
"""Least full lines of a wrapped text, and how wide it may be in characters or in columns, two for a Chinese character."""
_SLACK = 3
"""How much a full line may fall short: a mark that may not begin a line takes the character before it along."""
_FULL, _LONGER, _ENDED = 0.3, 0.03, 0.5
"""Least share of full lines, most share of longer ones, most share of full ones that end a sentence."""


def unwrap(text: str) -> str:
    """Join lines that end in the middle of a sentence, as PDF pages break them.

    A line goes on where it is about as long as the longest ones and neither ends a sentence nor is
    followed by a numbered heading.
    """
    lines = [line.strip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[int(len(lengths) * 0.8)] * 0.85 if lengths else 0
    out = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = (
            len(line) >= full and following and not _ENDS_SENTENCE.search(line) and not _NEW_BLOCK.match(following)
        )
        out += line + ("" if goes_on else "\n")
    return re.sub(r"\n{3,}", "\n\n", out)


def soft_breaks(text: str) -> tuple[int, ...]:
    """Return the offsets of the line-end characters that break a sentence in two, none unless the text is wrapped.

    A text is wrapped where many lines are of one width, hardly any is longer, and most of the full ones end in the
    middle of a sentence. A full line goes on unless it ends a sentence or an indent, a blank or a number follows.
    """
    lines = [(m.start(), m.end(), m[0]) for m in re.finditer(r"[^\r\n]+", text) if m[0].strip()]
    full = max((_full_lines([size(line.rstrip()) for _, _, line in lines]) for size in (len, _width)), key=len)
    ended = sum(_ENDS_SENTENCE.search(lines[i][2].rstrip()) is not None for i in full)
    if len(full) < max(_LEAST, _FULL * len(lines)) or ended > _ENDED * len(full):
        return ()
    found: list[int] = []
    for i in full[:-1] if full[-1] == len(lines) - 1 else full:
        (_, end, line), (start, _, following) = lines[i], lines[i + 1]
        between = text[end:start]
        if between in {"\n", "\r\n"} and not _ENDS_SENTENCE.search(line.rstrip()) and not _NEW_BLOCK.match(following):
            found.extend(range(end, start))
    return tuple(found)


def without(text: str, breaks: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return `text` without the characters at `breaks`, and the offset in `text` of each character kept."""
    dropped = set(breaks)
    kept = [i for i in range(len(text)) if i not in dropped] if dropped else range(len(text))
    return ("".join(text[i] for i in kept) if dropped else text), kept


def smooth(document: Document) -> tuple[Document, Sequence[int]]:
    """Return a document without its soft breaks, and the offset in its text of each character kept."""
    text, kept = without(document.text, document.soft_breaks)

    def at(offset: int) -> int:
        return bisect_left(kept, offset)

    sections = tuple(
        replace(s, start=at(s.start), end=at(s.end), heading_end=at(s.heading_end)) for s in document.sections
    )
    chrome = tuple((at(start), at(end)) for start, end in document.chrome)
    return replace(document, text=text, sections=sections, chrome=chrome, soft_breaks=()), kept


def written(found: T, kept: Sequence[int]) -> T:
    """Return what was found in a text without its breaks with the offsets of the text as written.

    Parameters
    ----------
    found
        Sections, mentions, facts or tuples of them.
    kept
        From :func:`without` or :func:`smooth`.
    """
    return cast(T, _written(found, kept))


def _written(found: Any, kept: Sequence[int]) -> Any:
    if isinstance(found, tuple):
        return tuple(_written(part, kept) for part in found)
    if not is_dataclass(found) or isinstance(found, type):
        return found
    changed = {field.name: _written(getattr(found, field.name), kept) for field in fields(found)}
    for name in {"end", "heading_end"} & changed.keys():
        changed[name] = kept[changed[name] - 1] + 1
    if "start" in changed:
        changed["start"] = kept[changed["start"]]
    return replace(found, **changed)


def _full_lines(sizes: list[int]) -> list[int]:
    """Return the lines that are as long as hardly any other is longer, none where that is no width of a page."""
    full = sorted(sizes)[int(len(sizes) * (1 - _LONGER))] if sizes else 0
    return [i for i, size in enumerate(sizes) if full - _SLACK <= size <= full + 1] if full in _WIDTHS else []


def _width(line: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in line)
