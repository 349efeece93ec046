"""The official divisions in memory: there, quickly, with their parents; homonyms settled or left alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import Division
from kg.gazetteer import Gazetteer
from kg.gazetteer.forms import LEVELS
from tests import timing


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


def division(gazetteer, path):
    return gazetteer.by_path(tuple(path.split("/")))


def paths(divisions):
    return {"/".join(d.path) for d in divisions}


def test_it_loads_within_a_second():
    start = time.perf_counter()
    fresh = Gazetteer()
    fresh.lookup("恩施州")
    assert time.perf_counter() - start < 1
    assert len(fresh) > 600_000
    assert Gazetteer.load() is Gazetteer.load()


@pytest.mark.parametrize(
    ("path", "level", "code"),
    [
        ("四川省", "province", "510000"),
        ("湖南省/株洲市", "city", "430200"),
        ("湖南省/株洲市/醴陵市", "county", "430281"),
        ("湖北省/宜昌市/夷陵区", "county", "420506"),
        ("北京市/北京市/朝阳区", "county", "110105"),
        ("重庆市/重庆市/酉阳土家族苗族自治县", "county", "500242"),
        ("湖北省/省直辖行政区划/神农架林区", "county", "429021"),
        ("西藏自治区/阿里地区", "city", "542500"),
        ("内蒙古自治区/呼伦贝尔市/鄂温克族自治旗/辉苏木", "town", None),
        ("新疆维吾尔自治区/塔城地区/塔城市/和平街道", "town", None),
        ("广东省/江门市/开平市/塘口镇/强亚村", "village", None),
        ("吉林省/长春市/朝阳区/红旗街道/昌平社区", "village", None),
    ],
)
def test_known_divisions_have_their_level_code_and_parents(path, level, code, gazetteer):
    found = division(gazetteer, path)
    assert found == Division(tuple(path.split("/")), level, code)
    (index,) = [
        i for i in gazetteer.indices(found.name) if gazetteer.level_of(i) == level and _path(gazetteer, i) == path
    ]
    assert gazetteer.name_of(index) == found.name
    parent = gazetteer.parent_of(index)
    assert (parent is None) == (level == "province")
    if parent is not None:
        assert _path(gazetteer, parent) == path.rpartition("/")[0]
        assert index in gazetteer.below(parent, 1)


def _path(gazetteer, index):
    return "/".join(reversed([gazetteer.name_of(i) for i in gazetteer.chain(index)]))


def test_what_is_not_in_the_list_is_not_found(gazetteer):
    assert gazetteer.lookup("乌有县") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.indices("乌有县") == []
    with pytest.raises(KeyError):
        gazetteer.by_path(("湖北省", "宜昌市", "朝阳区"))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("醴陵", "湖南省/株洲市/醴陵市"),
        ("延边州", "吉林省/延边朝鲜族自治州"),
        ("酉阳", "重庆市/重庆市/酉阳土家族苗族自治县"),
        ("酉阳县", "重庆市/重庆市/酉阳土家族苗族自治县"),
        ("恩施", "湖北省/恩施土家族苗族自治州"),
        ("恩施", "湖北省/恩施土家族苗族自治州/恩施市"),
        ("广西", "广西壮族自治区"),
        ("新疆", "新疆维吾尔自治区"),
        ("大兴安岭", "黑龙江省/大兴安岭地区"),
        ("牛街乡", "云南省/大理白族自治州/弥渡县/牛街彝族乡"),
        ("鄂温克旗", "内蒙古自治区/呼伦贝尔市/鄂温克族自治旗"),
    ],
)
def test_short_forms_are_looked_up_too(name, path, gazetteer):
    assert path in paths(gazetteer.lookup(name))


def test_homonyms_are_all_found_the_highest_first(gazetteer):
    counties = [d for d in gazetteer.lookup("鼓楼区") if d.level == "county"]
    assert {d.code for d in counties} == {"320106", "320302", "350102", "410204"}
    levels = [LEVELS.index(d.level) for d in gazetteer.lookup("吉林")]
    assert levels[0] == 0
    assert levels == sorted(levels)
    assert len(gazetteer.lookup("东风村")) > 100
    assert len({d.path for d in gazetteer.lookup("城关镇")}) == len(gazetteer.lookup("城关镇"))


@pytest.mark.parametrize(
    ("name", "home", "path"),
    [
        ("朝阳区", "吉林省/长春市", "吉林省/长春市/朝阳区"),
        ("朝阳区", "北京市", "北京市/北京市/朝阳区"),
        ("朝阳区", "湖北省/宜昌市/夷陵区", None),
        ("鼓楼区", "福建省/福州市/鼓楼区/洪山镇", "福建省/福州市/鼓楼区"),
        ("桥西区", "河北省/石家庄市/新华区", "河北省/石家庄市/桥西区"),
        ("新华区", "河北省", None),
        ("河东乡", "青海省/海南藏族自治州/贵德县", "青海省/海南藏族自治州/贵德县/河东乡"),
        ("河东乡", "江苏省/徐州市/鼓楼区", None),
        ("和平街道", "江苏省/徐州市/鼓楼区", None),
        ("城关镇", "湖北省/宜昌市/夷陵区", None),
        ("团结村", "甘肃省/定西市/陇西县", None),
        ("团结村", "甘肃省/定西市/陇西县/巩昌镇", "甘肃省/定西市/陇西县/巩昌镇/团结村"),
        ("战旗村", "湖南省/株洲市/醴陵市", None),
        ("李畋镇", "湖北省/宜昌市/夷陵区", "湖南省/株洲市/醴陵市/李畋镇"),
        ("李畋", "湖北省/宜昌市/夷陵区", None),
        ("乌有县", "湖北省/宜昌市/夷陵区", None),
    ],
)
def test_the_closest_is_taken_or_none(name, home, path, gazetteer):
    found = gazetteer.closest(name, division(gazetteer, home))
    assert (found and "/".join(found.path)) == path


def test_only_what_lies_below_counts_as_within(gazetteer):
    home = division(gazetteer, "甘肃省/定西市/陇西县")
    assert len(gazetteer.within(home, "团结村")) == 2
    assert gazetteer.within(home, "陇西县") == ()
    assert gazetteer.within(home, "通渭县") == ()


def test_the_longest_names_are_found_in_a_text(gazetteer):
    text = "赴重庆市酉阳土家族苗族自治县桃花源街道考察,途经湖北省恩施土家族苗族自治州。"
    found = {text[a:b]: level for a, b, level in gazetteer.tags(text, short=False)}
    assert found["酉阳土家族苗族自治县"] == "county"
    assert found["桃花源街道"] == "town"
    assert found["恩施土家族苗族自治州"] == "city"
    assert found["湖北省"] == "province"


CHINESE = st.text(
    st.sampled_from("省市区县镇乡村街道社夷陵太平溪朝阳鼓楼酉土家族苗自治和城关东风新河的了在,。、 1A"), max_size=60
)


@given(CHINESE, st.booleans())
@settings(max_examples=150, deadline=None)
def test_names_are_found_in_order_apart_and_exactly_where_they_stand(text, short):
    gazetteer = Gazetteer.load()
    found = gazetteer.tags(text, short=short)
    assert [f[0] for f in found] == sorted(f[0] for f in found)
    for (_, left, _), (right, _, _) in pairwise(found):
        assert left <= right
    for start, end, level in found:
        assert 0 <= start < end <= len(text)
        if not short:
            levels = {gazetteer.level_of(i) for i in gazetteer.indices(text[start:end])}
            assert level in levels
    assert len(gazetteer.stems(text)) == len(text)


@given(CHINESE, CHINESE)
@settings(max_examples=50, deadline=None)
def test_a_name_between_other_words_keeps_its_offsets(before, after):
    name = "酉阳土家族苗族自治县"
    text = f"{before}。{name}。{after}"
    at = len(before) + 1
    assert (at, at + len(name)) in Gazetteer.load().spans(text)


def test_time_grows_with_the_text_not_with_its_square(gazetteer):
    text = "夷陵区太平溪镇许家冲村建成码头,福州市鼓楼区来学。"

    def seconds(times):
        return timing.seconds(lambda: gazetteer.tags(text * times, short=False))

    seconds(50)
    assert seconds(2000) < 30 * max(seconds(200), 0.002)
