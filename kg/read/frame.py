"""The words that frame a report (``data/frame.toml``) and what they say: furniture, title, publisher, date."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NUMERALS = "〇一二三四五六七八九"
YEAR = r"(?:20\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
"""A year of this century as written, in digits or numerals."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The compiled lists of ``data/frame.toml``."""

    chrome: re.Pattern[str]
    issued: tuple[re.Pattern[str], ...]
    source: tuple[re.Pattern[str], ...]
    publisher: tuple[re.Pattern[str], ...]
    title: tuple[str, ...]
    reported: tuple[str, ...]
    planned: tuple[str, ...]


@cache
def load_frame() -> Frame:
    """Return the lists, read once."""
    table = tomllib.loads(files("kg.read").joinpath("data/frame.toml").read_text(encoding="utf-8"))
    patterns = {k: tuple(re.compile(p) for p in table[k]["patterns"]) for k in ("issued", "source", "publisher")}
    return Frame(
        re.compile("|".join(table["chrome"]["lines"])),
        patterns["issued"],
        patterns["source"],
        patterns["publisher"],
        tuple(table["title"]["words"]),
        tuple(table["reported"]["words"]),
        tuple(table["planned"]["words"]),
    )


def find_chrome(text: str, frame: Frame) -> tuple[tuple[int, int], ...]:
    """Return the ranges of page furniture: short lines of navigation, counters and sharing."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0].strip()
        if line and len(line) <= 160 and "。" not in line and frame.chrome.match(line):
            found.append(match.span())
    return tuple(found)


def find_title(text: str, chrome: tuple[tuple[int, int], ...], frame: Frame) -> str | None:
    """Return the title: the first short line outside the furniture that names a kind of document."""
    hidden = {start for start, _ in chrome}
    first = None
    for number, match in enumerate(re.finditer(r"[^\n]+", text)):
        line = match[0].strip(" \t\u3000\xa0\ufeff\r")
        if match.start() in hidden or not line:
            continue
        if len(line) <= 60 and not line.endswith(("。", "；", "，")):
            if any(w in line for w in frame.title):
                return line
            first = first or line
        if number > 40 or len(line) > 150:
            break
    return first


def as_number(written: str) -> int:
    """Return a year, month or day written in digits or numerals.

    Examples
    --------
    >>> as_number("二〇二四"), as_number("二十五"), as_number("十"), as_number("07")
    (2024, 25, 10, 7)
    """
    if written.isdecimal():
        return int(written)
    figures = re.sub("[零○]", "〇", written)
    tens, ten, ones = figures.partition("十")
    if ten:
        return 10 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(ones) if ones else 0)
    return int("".join(str(_NUMERALS.index(c)) for c in figures))


def find_issued(text: str, frame: Frame) -> str | None:
    """Return the date of issue as ISO 8601, from the head or the foot of the text."""
    for part in (text[:3000], text[-600:]):
        for pattern in frame.issued:
            match = pattern.search(part)
            if match:
                year, month, day = map(as_number, match.groups())
                if 1 <= month <= 12 and 1 <= day <= 31:
                    return f"{year:04}-{month:02}-{day:02}"
    return None


def first_match(text: str, patterns: tuple[re.Pattern[str], ...]) -> str | None:
    """Return the first group of the first pattern found in the head or the foot of the text."""
    for part in (text[:3000], text[-1000:]):
        for pattern in patterns:
            match = pattern.search(part)
            if match:
                return match[1].strip("　 ,，;；")
    return None


_BODY = re.compile(
    r"([一-鿿]{2,30}?(?:人民政府|办事处|管理委员会|管委会|委员会|局|街道|地区|镇|乡|县|区|市|旗|苏木|省))(?=20\d{2}|[一二][〇零○]|关于|年度|工作|政府|国民|重点|“|第)"
)


def find_publisher(text: str, title: str | None, source: str | None, frame: Frame) -> str | None:
    """Return who speaks: the stated body, a source that is an office, or the name the title starts with."""
    stated = first_match(text, frame.publisher)
    if stated:
        return stated
    if source and re.search(r"(?:政府|办事处|委员会|管委会|街道|镇|乡|局|委|办)", source):
        return source
    named = _BODY.match(re.sub(r"^(?:关于)?(?:印发|发布|下达|转发)?[《〈]?", "", title or ""))
    if named:
        return named[1]
    signed = re.search(
        r"(?m)^\s*([一-鿿]{2,24}(?:人民政府|办事处|管理委员会|管委会))(?:办公室)?\s*$", text[-800:]
    ) or re.search(r"([一-鿿]{2,24}?(?:人民政府|办事处|管理委员会))", text[:400])
    return signed[1] if signed and not signed[1].startswith("各") else source
