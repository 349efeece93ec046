"""Which year a sentence speaks of, and whether it reports or plans, where the outline alone does not tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from kg.documents import Document, Section
from kg.extract.lexicon import any_of, table

_YEAR = re.compile(r"(20\d{2})\s?年")
_OPENING = re.compile(
    r"(?:^|(?<=[。；;]))[\s·•—-]*(?:(20\d{2})\s?年(?!\d)|(明年|新的一年)|(下半年)|(下一?步|下阶段))[^。；;\n]{0,40}",
    re.MULTILINE,
)
_OPENS = 120
"""How far into a text without a year in its title its one year is looked for."""
_RECENT = 4
"""How many turns back the one that still holds is looked for."""
Period = tuple[int | None, str | None]


def period_of(document: Document, offset: int) -> Period:
    """Return year and direction of what stands at `offset`.

    Beside the section's own, this heeds a title of two years (the first is reported on, the second planned for), a
    title that hands out tasks, and a sentence that turns to the coming year without a heading.
    """
    section = document.section_at(offset)
    above = _above(document, section)
    titles = [s.heading for s in above if not s.marker] + [document.title or ""]
    title = next((t for t in titles if len(set(_YEAR.findall(t))) > 1), titles[-1])
    years = sorted({int(y) for y in _YEAR.findall(title)})
    base = years[0] if years else None
    year, direction = document.period_at(offset)
    words = table("relations")["period"]
    headed = any(word in s.heading for s in above for word in words["planned"] if s.heading != title)
    before = section is None and base is not None and year not in {None, base}
    if before or (len(years) > 1 and (not section or title != titles[-1] or (year == base and not headed))):
        year, direction = base, "reported"
    elif direction is None and any(word in title for word in words["tasks"]):
        direction = "planned"
    elif direction == "planned" and not headed and any(word in title for word in words["reported"]):
        direction = "reported"
    turns = _turns(document.text, base)
    last = bisect_right(turns, offset, key=lambda turn: turn[0])
    for start, turned, towards in reversed(turns[max(0, last - _RECENT) : last]):
        within = document.section_at(start)
        if within == section or within in above:
            return turned, towards
    stated = set(_YEAR.findall(document.text[:_OPENS]))
    return year or (int(stated.pop()) if len(stated) == 1 else None), direction


def _above(document: Document, section: Section | None) -> list[Section]:
    """Return a section and those around it, innermost first."""
    found = []
    while section:
        found.append(section)
        section = document.sections[section.parent] if section.parent is not None else None
    return found


@lru_cache(maxsize=1)
def _turns(text: str, base: int | None) -> tuple[tuple[int, int, str], ...]:
    """Return where a text of the year `base` turns to a later one and back, as ``(offset, year, direction)``."""
    if base is None:
        return ()
    planned = re.compile(any_of(table("relations")["period"]["planned"]) + "|将(?!军)")
    found = []
    for match in _OPENING.finditer(text):
        year = int(match[1]) if match[1] else base + (match[2] is not None)
        ahead = year == base + 1 or match[3]
        if match[4] or (ahead and planned.search(match[0])):
            found.append((match.start(), year, "planned"))
        elif match[1] and year == base and found:
            found.append((match.start(), year, "reported"))
    return tuple(found)
