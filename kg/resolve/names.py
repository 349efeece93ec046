"""Names as written and as compared: quotes, brackets, levels and light endings."""

from __future__ import annotations

import re
import unicodedata

from kg.documents import Division

_QUOTES = re.compile(r"[“”‘’「」『』\"'\s]")
_TITLE = re.compile(r"^《(.*)》$")
_BRANCH = re.compile(r"^(.{3,})\(([^()]*(?:院区|校区|分院|分馆|园区|本部|总部|馆区|校部))\)$")
_LEVELS = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "区": "county",
    "县": "county",
    "镇": "town",
    "乡": "town",
    "街道": "town",
}
_ENDINGS = ("建设工程", "建设项目", "工程", "项目", "建设")
_ORDINAL = frozenset("0123456789一二三四五六七八九十东西南北上下前后左右ABCDEFGabcdefgⅠⅡⅢⅣ新老大小")


def normal(name: str) -> str:
    """Return `name` without quotes and spaces, brackets and digits in one width.

    Examples
    --------
    >>> normal("“雏鹰计划”"), normal("科技园路（二期）")
    ('雏鹰计划', '科技园路(二期)')
    """
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", name))
    title = _TITLE.match(text)
    return title[1] if title else text


def without_branch(name: str) -> str:
    """Return a normal name without the branch in brackets: 区第二人民医院(罗岗院区) → 区第二人民医院."""
    found = _BRANCH.match(name)
    return found[1] if found else name


def without_ending(name: str) -> str:
    """Return the name of works without 工程, 项目 or 建设 at its end, where enough is left."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 5:
            return name[: -len(ending)]
    return name


def with_level(name: str, publisher: Division | None, level_names: dict[str, str]) -> str:
    """Return `name` with a bare leading level word filled in from the publisher's divisions.

    Parameters
    ----------
    name
        A normal name such as 区第二人民医院.
    publisher
        The publisher's division, or None.
    level_names
        Name of the publisher's division at each level (``{"county": "龙岗区"}``).
    """
    if publisher is None:
        return name
    for word in sorted(_LEVELS, key=len, reverse=True):
        if name.startswith(word) and len(name) > len(word) + 2:
            full = level_names.get(_LEVELS[word])
            if full and full.endswith(word):
                return full + name[len(word) :]
            return name
    return name


def one_slip(left: str, right: str) -> bool:
    """Tell whether two long names differ in one character that counts nothing and points nowhere."""
    if len(left) != len(right) or len(left) < 7:
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(differing) == 1 and not (set(differing[0]) & _ORDINAL)
