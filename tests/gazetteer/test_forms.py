"""Full and short names of divisions, as reports use them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.gazetteer.forms import LEVELS, full_forms, peopleless, short_form, short_forms


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("浙江省", "province", "浙江"),
        ("内蒙古自治区", "province", "内蒙古"),
        ("新疆维吾尔自治区", "province", "新疆"),
        ("香港特别行政区", "province", "香港"),
        ("株洲市", "city", "株洲"),
        ("阿里地区", "city", "阿里"),
        ("锡林郭勒盟", "city", "锡林郭勒"),
        ("湘西土家族苗族自治州", "city", "湘西"),
        ("陇西县", "county", "陇西"),
        ("神农架林区", "county", "神农架"),
        ("恭城瑶族自治县", "county", "恭城"),
        ("塘口镇", "town", "塘口"),
        ("都拉布依族乡", "town", "都拉"),
        ("纳金街道办事处", "town", "纳金"),
        ("辉苏木", "town", None),
        ("战旗村", "village", "战旗"),
        ("李村", "village", None),
        ("战旗村", "town", None),
    ],
)
def test_the_word_for_the_level_is_left_out(name, level, short):
    assert short_form(name, level) == short


@pytest.mark.parametrize(
    ("name", "level", "forms"),
    [
        ("延边朝鲜族自治州", "city", {"延边", "延边州", "延边自治州"}),
        ("海南藏族自治州", "city", {"海南", "海南州", "海南自治州"}),
        ("酉阳土家族苗族自治县", "county", {"酉阳", "酉阳县", "酉阳自治县"}),
        ("新街回族乡", "town", {"新街", "新街乡"}),
        ("鄂温克族自治旗", "county", {"鄂温克旗"}),
        ("醴陵市", "county", {"醴陵"}),
    ],
)
def test_autonomous_divisions_are_named_without_their_peoples(name, level, forms):
    assert forms <= set(short_forms(name, level))
    assert name not in short_forms(name, level)


def test_only_autonomous_divisions_have_peoples_to_leave_out():
    assert peopleless("白云区", "county") == ()
    assert peopleless("新街回族乡", "town") == ()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8), st.sampled_from(LEVELS))
@settings(deadline=None)
def test_a_short_form_starts_the_name_and_leads_back_to_it(name, level):
    short = short_form(name, level)
    if short:
        assert name.startswith(short)
        assert len(short) >= 2
    for form in full_forms(name):
        assert form.startswith(name)
