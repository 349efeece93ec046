"""The official divisions: names, parents, codes, homonyms and where a text is at home."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer, Locality, Matcher
from kg.gazetteer.forms import peopleless, short_form

TEXT = st.lists(
    st.sampled_from(["布吉街道", "龙岗区", "罗岗社区", "建设", "新村", "的", "，", "西湖", "区", "完成", "寻乌县"]),
    max_size=30,
).map("".join)


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def test_all_of_china_loads_in_a_second():
    code = "import time; from kg.gazetteer import Gazetteer; t=time.perf_counter(); g=Gazetteer(); print(len(g), time.perf_counter()-t)"
    size, seconds = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(size) > 650_000
    assert float(seconds) < 1.5


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("龙岗区", ("广东省", "深圳市", "龙岗区"), "440307"),
        ("寻乌县", ("江西省", "赣州市", "寻乌县"), "360734"),
        ("寻乌", ("江西省", "赣州市", "寻乌县"), "360734"),
    ],
)
def test_a_name_leads_to_its_parents_and_code(gazetteer, name, path, code):
    found = [d for d in gazetteer.lookup(name) if d.path == path]
    assert found
    assert found[0].code.startswith(code)


def test_homonyms_are_all_there_and_context_decides(gazetteer):
    homonyms = gazetteer.lookup("朝阳区")
    assert {d.path[0] for d in homonyms} >= {"北京市", "吉林省"}
    beijing = gazetteer.by_path(("北京市", "北京市", "海淀区"))
    assert gazetteer.closest("朝阳区", beijing).path[0] == "北京市"


def test_a_homonym_without_near_context_is_left_undecided(gazetteer):
    assert len(gazetteer.lookup("和平村")) > 5
    assert gazetteer.closest("和平村", gazetteer.by_path(("西藏自治区",))) is None


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_names_found_are_in_the_text_and_never_overlap(text):
    gazetteer = Gazetteer.load()
    end = 0
    for a, b in gazetteer.spans(text):
        assert a >= end
        assert gazetteer.lookup(text[a:b])
        end = b


@given(TEXT, st.sets(st.sampled_from(["布吉", "布吉街道", "新村", "西湖区"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_the_matcher_takes_the_longest_name(text, names):
    for a, b, tag in Matcher({n: n for n in names})(text):
        assert text[a:b] == tag
        assert not any(len(n) > b - a and text.startswith(n, a) for n in names)


def test_a_text_is_at_home_where_its_names_are(gazetteer):
    text = "布吉街道2022年工作总结\n龙岗区安排部署，南三社区、龙岭社区完成整治，寻乌县对口支援。布吉力量。"
    locality = Locality(gazetteer, text)
    assert gazetteer.name_of(locality.home) == "布吉街道"
    tags = {text[a:b]: tag for a, b, tag in locality.tags(text)}
    assert tags["布吉"] == "home|town|short"
    assert tags["龙岗区"] == "above|county|full"
    assert tags["南三社区"].startswith("below|village")
    assert tags["寻乌县"] == "alone|county|full"


def test_short_forms_and_peoples():
    assert short_form("恩施土家族苗族自治州", "city") == "恩施"
    assert peopleless("酉阳土家族苗族自治县", "county") == ("酉阳自治县", "酉阳县")
