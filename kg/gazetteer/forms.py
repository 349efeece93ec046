"""Full and short forms of division names: 罗岗社区 and 罗岗, 恩施土家族苗族自治州 and 恩施."""

from __future__ import annotations

import re

LEVELS = ("province", "city", "county", "town", "village")

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|高山族"
    "|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?"
    "|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|独龙族|鄂伦春族?|赫哲族|门巴族|珞巴族|基诺族|各族|蒙古"
)
_ENDINGS = {
    "province": r"(?:壮族|回族|维吾尔)?(?:特别行政区|自治区|省|市)",
    "city": rf"(?:{_PEOPLES})*(?:自治州|地区|盟|市|州)",
    "county": rf"(?:{_PEOPLES})*(?:自治县|自治旗|林区|特区|新区|县|区|市|旗)",
    "town": rf"(?:{_PEOPLES})*(?:街道办事处|地区办事处|街道|民族乡|地区|镇|乡|苏木)",
    "village": r"(?:居民委员会|村民委员会|社区居委会|居委会|村委会|社区|行政村|嘎查|村)",
}
_PATTERNS = {level: re.compile(f"^(.{{2,}}?){ending}$") for level, ending in _ENDINGS.items()}


def short_form(name: str, level: str) -> str | None:
    """Return `name` without the word for its level, or None where fewer than two characters are left.

    Examples
    --------
    >>> short_form("布吉街道", "town"), short_form("恩施土家族苗族自治州", "city"), short_form("朝阳", "village")
    ('布吉', '恩施', None)
    """
    found = _PATTERNS[level].match(name)
    return found[1] if found else None


_PEOPLE = re.compile(rf"(?:{_PEOPLES})+(?=(?:自治)?(?:州|县|旗)$)")


def peopleless(name: str, level: str) -> tuple[str, ...]:
    """Return the forms a report uses of an autonomous division's name, without the peoples.

    Examples
    --------
    >>> peopleless("酉阳土家族苗族自治县", "county")
    ('酉阳自治县', '酉阳县')
    """
    if level not in {"city", "county"} or not _PEOPLE.search(name):
        return ()
    bare = _PEOPLE.sub("", name)
    if len(bare.replace("自治", "")) < 3:
        return ()
    return (bare, bare.replace("自治", ""))


_PEOPLE_ALONE = re.compile(r"族?自治(?=[县旗]$)")
_TOWN_PEOPLE = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})+(?=乡$)")


def short_forms(name: str, level: str) -> tuple[str, ...]:
    """Return all a text may call a division besides its full name.

    Examples
    --------
    >>> short_forms("恩施土家族苗族自治州", "city"), short_forms("牛街彝族乡", "town"), short_forms("阿里地区", "city")
    (('恩施', '恩施自治州', '恩施州'), ('牛街', '牛街乡'), ('阿里',))
    >>> short_forms("鄂温克族自治旗", "county")
    ('鄂温克族', '鄂温克旗')
    """
    short = short_form(name, level)
    found = [short] if short else []
    found += peopleless(name, level)
    if level == "county" and len(found) < 2:
        found.append(_PEOPLE_ALONE.sub("", name))
    if level == "town" and _TOWN_PEOPLE.search(name):
        found.append(_TOWN_PEOPLE.sub(r"\1", name))
    return tuple(dict.fromkeys(f for f in found if f != name))


def full_forms(name: str) -> tuple[str, ...]:
    """Return the names a division of short name `name` may carry in full, `name` itself first."""
    endings = (
        "社区",
        "村",
        "街道",
        "镇",
        "乡",
        "市",
        "区",
        "县",
        "省",
        "旗",
        "自治区",
        "自治州",
        "自治县",
        "州",
        "盟",
        "嘎查",
        "苏木",
        "行政村",
    )
    return (name, *(name + ending for ending in endings))
