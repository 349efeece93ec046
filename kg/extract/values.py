"""Dates and quantities by pattern: what a stated value looks like in a report.

A value is a number with its unit, a growth, a rank or a grade; see Decisions 8, 28 and 29 of the
annotation guideline. Units and classifiers are data (``data/units.toml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from kg.extract.lexicon import any_of, table

_DIGITS = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千零〇]+"
_GROWTH_UP = ["增长", "上升", "提高", "提升", "增加", "攀升", "上涨", "增幅", "增速", "增收", "回升", "扩大", "翻"]
_GROWTH_DOWN = ["下降", "减少", "降低", "压减", "回落", "缩短", "下滑", "压缩", "负增长", "减", "降"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a quantity says.

    ``number`` is in `unit` as stated (``1.6`` and ``万条``); a fall is negative; a rank has no unit.
    """

    number: Decimal
    unit: str
    comparison: Literal["", "growth", "rank"]


@cache
def units() -> str:
    """Return the pattern of one stated unit, magnitudes (万, 亿) included."""
    entry = table("units")
    plain = [u for kind, words in entry.items() if kind not in {"magnitudes", "rank"} for u in words]
    magnitude = any_of(entry["magnitudes"])
    return rf"(?:{magnitude}?[余多]?{any_of(plain)}|{magnitude}[余多]?)"


@cache
def quantity_pattern() -> re.Pattern[str]:
    """Return the pattern of a quantity; `finditer` gives them in order, never overlapping."""
    number = rf"(?:{_DIGITS}(?:\s?[-—~～–至到]\s?{_DIGITS})?|[０-９]+(?:[．.][０-９]+)?)"
    growth = any_of(_GROWTH_UP + _GROWTH_DOWN)
    unit = units()
    classifier = any_of(table("units")["count"] + table("units")["area"] + table("units")["length"] + ["倍"])
    return re.compile(
        rf"(?P<growth>{growth}了?(?:约|至少)?{number}(?:余|多)?(?:个?百分点|[%％‰]|倍|{unit}))"
        rf"|(?P<rank>(?:第\s?(?:\d+|{_CHINESE})(?:位|名)?(?![届次批个章条期季代轮部篇类医人中小实党书产阶步方季]))|首位|(?:[ⅠⅡⅢⅣⅤ]|(?<![A-Za-z])[IV]{{1,3}})类)"
        rf"|(?P<plain>{number}(?:余|多)?\s?{unit})"
        rf"|(?P<chinese>(?<![第十百千万亿一二两三四五六七八九零〇])(?!一[个次项种批条些])(?!十[几余多])"
        rf"(?:{_CHINESE}(?:余|多)?(?:万亿|亿|万)?(?:余|多)?(?:{classifier}|元|吨)))"
        rf"|(?P<fraction>{_CHINESE}分之{_CHINESE}|百分之{_CHINESE})"
    )


_YEAR = r"(?:(?:19|20)\d{2}|[一二][九〇零○][一二三四五六七八九〇零○]{2})"
_DAY = r"\d{1,2}\s?[日号]"
_MONTH = r"\d{1,2}\s?月"
_RANGE = r"\s?[-—~～–至到]+\s?"
_PART = r"(?:上半年|下半年|前三季度|前三个季度|(?:第)?[一二三四](?:个)?季度|一至[二三四]季度|全年|年内|年底|年末|年初|年中|[上中下]旬|[初底末]|春季|秋季|夏季|冬季|汛期|春节|国庆|暑期)"
DATE = re.compile(
    rf"{_YEAR}\s?年?{_RANGE}{_YEAR}\s?年(?!度)"
    rf"|{_YEAR}\s?年(?:{_MONTH}(?:{_DAY})?|\d{{1,2}}{_RANGE}{_MONTH})(?:{_RANGE}(?:{_YEAR}年)?(?:{_MONTH})?(?:{_DAY})?)?(?:{_PART})?"
    rf"|{_YEAR}\s?年(?!度|代)(?:{_PART})?"
    rf"|\d{{1,2}}月?{_RANGE}{_MONTH}(?:{_PART})?"
    rf"|{_MONTH}(?:{_DAY})?(?:{_RANGE}(?:{_MONTH})?{_DAY})?(?:{_PART})?"
    r"|(?:今年|去年|明年|上年|本年|当年|次年|前年|同年)(?:以来)?(?:上半年|下半年|第?[一二三四]季度|年底|年内|底|初|末)?"
    r"|全年|上半年|下半年|年内|年底|年末|年初|前三季度|第?[一二三四]季度(?:末|底)?|[一二三四五六七八九十]+月份?(?:底|初|末)"
)
_AFTER_DATE = ("以来",)


def dates(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the dates of `text`, in order; a trailing 以来 is outside."""
    found = []
    for match in DATE.finditer(text):
        start, end = match.span()
        for word in _AFTER_DATE:
            if text[start:end].endswith(word):
                end -= len(word)
        found.append((start, end))
    return found


def quantities(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the offsets of the quantities of `text` that touch no span of `taken` (dates)."""
    found, blocked = [], iter(taken)
    block = next(blocked, None)
    for match in quantity_pattern().finditer(text):
        start, end = match.span()
        while block and block[1] <= start:
            block = next(blocked, None)
        inside_word = start > 0 and (
            (text[start - 1].isascii() and text[start - 1].isalnum()) or text[start - 1] == "."
        )
        if (block and block[0] < end) or inside_word:
            continue
        found.append((start, end))
    return found


_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int:
    """Return the value of a Chinese numeral below ten thousand: 三百二十 is 320.

    Raises
    ------
    ValueError
        If `text` holds anything but numerals.
    """
    total = digit = 0
    for char in text:
        if char in _POWER:
            total += (digit or 1) * _POWER[char]
            digit = 0
        elif char in _DIGIT:
            digit = digit * 10 + _DIGIT[char] if digit and char in "零〇一二三四五六七八九" else _DIGIT[char]
        else:
            raise ValueError(f"{text!r} is no Chinese numeral")
    return total + digit


_NO_DIRECTION = re.compile(r"减负|减免|减税|降费|降本|增收|新增|增设|减排|提升|提高工程")


def read_value(surface: str, before: str = "") -> Value | None:
    """Return what the quantity `surface` says, or None where it holds no number.

    Parameters
    ----------
    surface
        The quantity as written, such as ``增长5.7%``, ``1.6万条`` or ``第4位``.
    before
        The text just before it; 「同比下降36.6%、44%」 leaves the second figure's direction there.
    """
    text = surface.translate(str.maketrans("０１２３４５６７８９．％", "0123456789.%")).replace(" ", "")
    rank = re.fullmatch(r"第?(\d+|[一二三四五六七八九十百]+|首)(?:位|名)?", text)
    if rank and (text.startswith(("第", "首"))):
        said = rank[1]
        number = 1 if said == "首" else int(said) if said.isdigit() else chinese_number(said)
        return Value(Decimal(number), "", "rank")
    found = re.search(r"\d+(?:[,，]\d{3})*(?:\.\d+)?", text)
    if found:
        number_, rest = Decimal(re.sub("[,，]", "", found[0])), text[found.end() :]
        rest = re.sub(rf"^{_RANGE}\d+(?:\.\d+)?", "", rest)
    else:
        found = re.search(_CHINESE, text)
        if not found:
            return None
        number_, rest = Decimal(chinese_number(found[0])), text[found.end() :]
    unit = re.sub("[余多]", "", rest)
    lead = text[: found.start()] or _NO_DIRECTION.sub("", before)
    down = any(word in lead for word in _GROWTH_DOWN)
    growth = down or any(word in lead for word in _GROWTH_UP)
    return Value(-number_ if down else number_, unit, "growth" if growth else "")
