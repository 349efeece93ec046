"""Where a text is at home, and the names that are near there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer, Locality, Matcher

TEXT = st.lists(
    st.sampled_from(["布吉街道", "龙岗区", "罗岗社区", "建设", "新村", "的", "，", "西湖", "区", "完成", "寻乌县"]),
    max_size=30,
).map("".join)


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


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
