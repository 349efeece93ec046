"""What the pipeline promises of mentions, and the parts that settle them."""

import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.extract.echoes import echoes
from kg.extract.tagger import choose
from kg.extract.train import isotonic

SPANS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 5), st.sampled_from(["Area", "Street"]), st.floats(-2.4, 9)).map(
        lambda x: (x[0], x[0] + x[1], x[2], x[3])
    ),
    max_size=12,
    unique_by=lambda x: x[:3],
)


@pytest.fixture(scope="module")
def nlp():
    return kg.load_pipeline()


@given(SPANS)
@settings(max_examples=200, deadline=None)
def test_the_surest_spans_are_chosen_and_none_cross(spans):
    chosen = choose(spans, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰")
    for (a, b, *_), (c, d, *_) in combinations(chosen, 2):
        assert (a, b) != (c, d)
        assert b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)
    if spans and max(s[3] for s in spans) > 0:
        assert max(s[3] for s in chosen) == max(s[3] for s in spans)


def test_a_bare_reference_to_the_own_unit_is_no_mention():
    assert not choose([(2, 6, "Organization", 8.0)], "在区委区政府领导下")


def test_a_year_and_its_half_are_one_date():
    assert choose([(0, 5, "Date", 8.0), (5, 8, "Date", 6.0)], "2025年上半年完成") == [(0, 8, "Date", 6.0)]
    assert len(choose([(0, 5, "Date", 8.0), (6, 9, "Date", 6.0)], "2025年、上半年完成")) == 2


def test_a_name_with_a_torn_quote_is_no_mention():
    assert not choose([(2, 7, "Program", 3.0)], "推进“扛旗行动、清障行动”")


def test_a_name_once_found_is_found_again():
    text = "“柳荫模式”获推广。坚持柳荫模式,推广柳荫模式经验。"
    found = echoes(text, [(1, 5, "Program", 0.9, "kg_tagger")])
    assert [(text[a:b], label, method) for a, b, label, _, method in found] == [
        ("柳荫模式", "Program", "kg_echoes"),
        ("柳荫模式", "Program", "kg_echoes"),
    ]
    assert not echoes(text, [(1, 5, "Program", 0.4, "kg_tagger")])


@given(
    st.lists(
        st.sampled_from(
            [
                "布吉街道",
                "完成",
                "惠康路改造",
                "“龙岭模式”",
                "投资3.2亿元",
                "，",
                "。",
                "2023年",
                "(一)",
                "\n",
                "等3个项目",
                "A",
            ]
        ),
        max_size=20,
    ).map("".join)
)
@settings(max_examples=60, deadline=None)
def test_mentions_lie_in_the_text_and_never_cross(text):
    doc = kg.load_pipeline()(text) if not _CACHE else _CACHE[0](text)
    spans = [(s.start_char, s.end_char) for s in doc.spans["mentions"]]
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in spans)
    for (a, b), (c, d) in combinations(spans, 2):
        assert b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)


_CACHE: list = []


@pytest.fixture(scope="module", autouse=True)
def _loaded(nlp):
    _CACHE.append(nlp)


def test_the_pipeline_loads_in_two_seconds_and_gives_the_same_twice(nlp):
    began = time.perf_counter()
    other = kg.load_pipeline()
    assert time.perf_counter() - began < 2
    text = Path("seeds/buji-2022-2023.txt").read_text(encoding="utf-8")[:3000]

    def read(pipeline):
        doc = pipeline(text)
        return [(s.start, s.end, s.label_, s._.confidence) for s in doc.spans["mentions"]]

    assert read(nlp) == read(other)


def test_confidence_is_a_share_that_rises_with_the_score():
    steps = isotonic([(i / 100, i % 3 != 0 or i > 60) for i in range(100)])
    assert all(0 <= p <= 1 for _, p in steps)
    assert [p for _, p in steps] == sorted(p for _, p in steps)
