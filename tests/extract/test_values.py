from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values import chinese_number, dates, quantities, read_value


def found(text):
    taken = dates(text)
    return [text[a:b] for a, b in quantities(text, taken)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实现营收12.8亿元，同比增长25%，居全市第4位", ["12.8亿元", "增长25%", "第4位"]),
        ("拆除270余万元的设施1,205宗", ["270余万元", "1,205宗"]),
        ("新建两座桥梁、三百二十户安置房", ["两座", "三百二十户"]),
        ("下降36.6%、44%", ["下降36.6%", "44%"]),
        ("断面水质均达到Ⅲ类", ["Ⅲ类"]),
        ("完成G318线改造", []),
        ("一个现场统筹小组", []),
        ("十几条背街小巷", []),
        ("PM2.5年均浓度17.8微克/立方米", ["17.8微克/立方米"]),
    ],
)
def test_quantities_as_the_guideline_bounds_them(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年全年完成", ["2023年全年"]),
        ("2024年1—10月完成投资", ["2024年1—10月"]),
        ("6月底前建成", ["6月底"]),
        ("2022年度考核", []),
        ("2025年三季度开工", ["2025年三季度"]),
        ("2012年以来", ["2012年"]),
        ("二〇二四年", ["二〇二四年"]),
        ("今年上半年", ["今年上半年"]),
        ("五年来", []),
    ],
)
def test_dates_as_the_guideline_bounds_them(text, expected):
    assert [text[a:b] for a, b in dates(text)] == expected


@pytest.mark.parametrize(
    ("surface", "before", "expected"),
    [
        ("增长5.7%", "", (Decimal("5.7"), "%", "growth")),
        ("下降36.6%", "", (Decimal("-36.6"), "%", "growth")),
        ("44%", "下降36.6%、", (Decimal("-44"), "%", "growth")),
        ("1.6万条", "", (Decimal("1.6"), "万条", "")),
        ("第4位", "", (Decimal(4), "", "rank")),
        ("第一", "", (Decimal(1), "", "rank")),
        ("270余万元", "", (Decimal(270), "万元", "")),
        ("三百二十户", "", (Decimal(320), "户", "")),
        ("1,205宗", "", (Decimal(1205), "宗", "")),
    ],
)
def test_what_a_quantity_says(surface, before, expected):
    value = read_value(surface, before)
    assert value is not None
    assert (value.number, value.unit, value.comparison) == expected


@given(st.text(alphabet="0123456789年月日个万亿元%、，第增长下降一二三十百千余多.-—A 全", max_size=60))
def test_spans_are_inside_ordered_and_apart(text):
    taken = dates(text)
    spans = sorted([*taken, *quantities(text, taken)])
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    for a, b in spans:
        read_value(text[a:b])


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_round_trip(number):
    digits = "零一二三四五六七八九"
    text, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
            zero = False
        elif text:
            zero = True
    assert chinese_number(text) == number
