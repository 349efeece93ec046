"""The outline of a report: its numbered headings, their nesting, years and direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kg.documents import Section
from kg.read.frame import YEAR, Frame, as_number

_NUMERAL = "[一二三四五六七八九十百]+"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第{_NUMERAL}(?:部分|章|篇)\s*[、:：]?")),
    ("section", re.compile(rf"第{_NUMERAL}节")),
    ("一、", re.compile(rf"{_NUMERAL}(?:\s*、|[ \u3000]+(?=[^\n。，,]{{2,20}}$))", re.MULTILINE)),
    ("(一)", re.compile(rf"[(（]\s*{_NUMERAL}\s*[)）]\s*[、.．]?")),
    ("1.", re.compile(r"\d{1,3}\s*(?:[.．、](?!\d)|[)）])")),
    ("(1)", re.compile(r"[(（]\s*\d{1,3}\s*[)）]")),
    ("①", re.compile(r"[①-⑳]")),
)
_DAMAGED = re.compile(r"[(（](?=[一-鿿][^()（）\n]{4,40}?[。，,])")
_LINE = re.compile(r"[^\n]*\n?")
_SPACE = re.compile(r"[ \t\u3000\xa0\r]*")
_YEAR = re.compile(rf"({YEAR})\s*年")
_PLAIN = re.compile(
    rf"(?=[^\n]{{0,14}}(?:{YEAR}\s*年|上半年|下半年|下一步|下步|下阶段|今后|明年|今年))[^。，,；;：:\t|]{{4,26}}"
)
"""A short line without a number that heads a part: 2025年工作谋划."""
_TURN = re.compile(
    rf"(?:(?:刚刚)?过去的?(?:一年|{YEAR}年)|一年来|今年以来|{YEAR}年以来)"
    rf"|(?:{YEAR}年|今年|明年|下半年|新的一年)[^。\n]{{0,40}}?(?:我们将|(?:街道|全市|全区|全县|全镇|全乡|[市区县镇乡局])将|总体要求|预期目标|总体思路)"
)
"""How a paragraph turns to the past or the future where no heading of the document says which is which."""
_LONGEST_HEADING = 60


@dataclass(slots=True)
class _Heading:
    kind: str
    marker: str
    start: int
    body: int
    end: int


def _headings(text: str, chrome: tuple[tuple[int, int], ...], title: str | None, frame: Frame) -> list[_Heading]:
    found: list[_Heading] = []
    hidden = iter(chrome)
    block = next(hidden, None)
    for line in _LINE.finditer(text):
        while block and block[1] <= line.start():
            block = next(hidden, None)
        begin = _SPACE.match(text, line.start()).end()  # type: ignore[union-attr]
        if begin >= line.end() or (block and block[0] <= begin < block[1]):
            continue
        for kind, pattern in _KINDS:
            match = pattern.match(text, begin)
            if match:
                body = _SPACE.match(text, match.end()).end()  # type: ignore[union-attr]
                if body < line.end() - 1 and "\t" not in text[begin : line.end()]:
                    found.append(_Heading(kind, match[0], begin, body, _heading_end(text, body, line.end())))
                break
        else:
            line_text = text[begin : line.end()].strip()
            if line_text != title and _PLAIN.fullmatch(line_text) and said(line_text, frame)[1]:
                found.append(_Heading("part", "", begin, begin, begin + len(line_text)))
                continue
            match = _DAMAGED.match(text, begin)
            if match and any(h.kind == "(一)" for h in found):
                found.append(
                    _Heading("(一)", match[0], begin, match.end(), _heading_end(text, match.end(), line.end()))
                )
    return found


def _turns(text: str) -> list[_Heading]:
    found = []
    for line in _LINE.finditer(text):
        begin = _SPACE.match(text, line.start()).end()  # type: ignore[union-attr]
        match = _TURN.match(text, begin, line.end())
        if match:
            found.append(_Heading("part", "", begin, begin, match.end()))
    return found


def _heading_end(text: str, body: int, line_end: int) -> int:
    """Return where a heading ends: at its line's end, or after its first sentence where text runs on."""
    line = text[body:line_end].rstrip()
    if len(line) <= _LONGEST_HEADING and "。" not in line[:-1]:
        return body + len(line)
    stop = line.find("。")
    if 0 <= stop < _LONGEST_HEADING:
        return body + stop + 1
    comma = re.search(r"[,，:：]", line)
    return body + (comma.start() if comma else min(len(line), _LONGEST_HEADING))


def read_outline(
    text: str, frame: Frame, chrome: tuple[tuple[int, int], ...], title: str | None, issued: str | None
) -> tuple[Section, ...]:
    """Return the sections of a text in order.

    Levels follow the order in which kinds of marker first nest in this very document, so 一、 over 1. over (1)
    works as well as 一、 over (一) over 1.; a skipped, repeated or damaged number changes nothing.

    Parameters
    ----------
    text
        The document's text.
    frame
        Words that tell reported from planned parts.
    chrome
        Page furniture, where no heading is looked for.
    title, issued
        Fallbacks for the year and direction of the parts.
    """
    headings = _headings(text, chrome, title, frame)
    if not any(said(text[h.body : h.end], frame)[1] for h in headings):
        headings = sorted([*headings, *_turns(text)], key=lambda h: h.start)
    open_: list[tuple[str, int]] = []
    drafts: list[tuple[_Heading, int | None, int]] = []
    for number, heading in enumerate(headings):
        while open_ and not _below(heading.kind, open_[-1][0]):
            open_.pop()
        drafts.append((heading, open_[-1][1] if open_ else None, len(open_) + 1))
        open_.append((heading.kind, number))
    ends = [len(text)] * len(drafts)
    for number in range(len(drafts)):
        for closed in _closed(drafts, number):
            ends[closed] = drafts[number][0].start
    title_year, title_direction = said(title or "", frame)
    if title_year is None and issued:
        title_year = int(issued[:4]) - (1 if title_direction == "reported" and int(issued[5:7]) <= 6 else 0)
    sections: list[Section] = []
    for number, (heading, parent, level) in enumerate(drafts):
        end = ends[number]
        caption = text[heading.body : heading.end].strip().rstrip("。")
        year, modality = said(caption, frame) if level == 1 else (None, None)
        above = sections[parent] if parent is not None else None
        year = year or (
            above.year
            if above
            else _fallback_year(title or "", modality, title_year, text[heading.end : heading.end + 120])
        )
        modality = modality or (above.modality if above else title_direction)
        item = heading.kind in {"1.", "(1)"} and modality == "planned"
        sections.append(
            Section(
                number, parent, level, heading.marker, caption, heading.start, end, heading.end, year, modality, item
            )
        )
    return tuple(sections)


def _closed(drafts: list[tuple[_Heading, int | None, int]], number: int) -> list[int]:
    """Return the sections that end where section `number` begins."""
    found: list[int] = []
    at: int | None = number - 1 if number else None
    while at is not None and drafts[at][2] >= drafts[number][2]:
        found.append(at)
        at = drafts[at][1]
    return found


_ORDER = [kind for kind, _ in _KINDS]


def _below(kind: str, above: str) -> bool:
    return _ORDER.index(kind) > _ORDER.index(above)


def said(caption: str, frame: Frame) -> tuple[int | None, Literal["reported", "planned"] | None]:
    """Return the year and the direction a title or heading names, each None where it names none."""
    years = [as_number(y) for y in _YEAR.findall(caption)]
    planned = any(w in caption for w in frame.planned)
    reported = any(w in caption for w in frame.reported)
    if planned and reported:
        last = {w: caption.rfind(w) for w in (*frame.planned, *frame.reported)}
        both = any(w in caption for w in ("总结", "回顾", "情况")) and any(
            w in caption for w in ("计划", "安排", "打算", "要点", "谋划", "思路")
        )
        direction: Literal["reported", "planned"] | None = (
            None
            if both
            else "planned"
            if max(last[w] for w in frame.planned) > max(last[w] for w in frame.reported)
            else "reported"
        )
        if not both and "主要工作" in caption and not any(w in caption for w in ("计划", "安排", "打算")):
            direction = "reported"
    else:
        direction = "planned" if planned else "reported" if reported else None
    year = years[-1] if direction == "planned" and years else years[0] if years else None
    return year, direction


def _fallback_year(title: str, modality: str | None, title_year: int | None, lead: str) -> int | None:
    years = [as_number(y) for y in _YEAR.findall(title)]
    if years:
        # the government work report of a year looks back on the year before
        back = len(years) == 1 and modality == "reported" and "政府工作报告" in title
        return years[-1] if modality == "planned" else years[0] - back
    stated = _YEAR.search(lead)
    return title_year or (as_number(stated[1]) if stated else None)


def correct_directions(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Settle the parts that do not say whether they report or plan.

    The later of two parts that name two years is planned (一、2022年主要工作 / 二、2023年主要工作); what stands before
    the first planned part reports, if nothing says it does.
    """
    top = [s for s in sections if s.level == 1 and s.year]
    years = sorted({s.year for s in top if s.year})
    if len(years) < 2:
        return sections
    first_plan = next((s.number for s in top if s.modality == "planned"), 0)
    told = any(s.modality == "reported" for s in top)
    looking_back = {s.number for s in top if s.modality is None and s.number < first_plan and not told}
    turned = {s.number for s in top if s.year == years[-1] and s.year != years[0] and s.modality == "reported"}
    turned |= {s.number for s in top if s.year == years[-1] and s.modality is None}
    out: list[Section] = []
    for s in sections:
        root = s
        while root.parent is not None:
            root = sections[root.parent]
        if root.number in turned | looking_back:
            planned = root.number in turned
            item = planned and bool(re.match(r"[(（]?\d", s.marker))
            out.append(replace(s, modality="planned" if planned else "reported", work_item=item))
        else:
            out.append(s)
    return tuple(out)
