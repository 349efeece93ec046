from decimal import Decimal

import pytest

from kg.store.units import in_base_unit


@pytest.mark.parametrize(
    ("value", "unit", "base_value", "base_unit"),
    [
        ("69.69", "亿元", "6969000000", "元"),
        ("1.2", "万亿元", "1200000000000", "元"),
        ("1.6", "万条", "16000", "条"),
        ("57.05", "千米", "57050", "米"),
        ("12", "万千瓦", "120000", "千瓦"),
        ("2.5", "个百分点", "2.5", "百分点"),
        ("3", "百分点", "3", "百分点"),
        ("33.48", "万平方米", "334800", "平方米"),
        ("5", "某种新单位", "5", "某种新单位"),
        ("4", "", "4", ""),
    ],
)
def test_stated_values_in_base_units(value: str, unit: str, base_value: str, base_unit: str) -> None:
    found, base, _ = in_base_unit(Decimal(value), unit)
    assert (found, base) == (Decimal(base_value), base_unit)


def test_units_that_qudt_has_are_named() -> None:
    assert in_base_unit(Decimal("17.8"), "微克/立方米")[2] == "http://qudt.org/vocab/unit/MicroGM-PER-M3"
    assert in_base_unit(Decimal(1), "公里")[2] == "http://qudt.org/vocab/unit/M"
    assert in_base_unit(Decimal(1), "家")[2] is None
