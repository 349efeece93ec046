import time

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import LONGEST, split


@given(st.text(alphabet="甲乙，。；！”\n 、", max_size=2000))
def test_sentences_cover_the_text_without_gaps(text):
    pieces = split(text)
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(0 < b - a <= LONGEST + 4 for a, b in pieces)


def test_a_closing_quote_stays_with_its_sentence():
    assert [("甲。”乙。")[a:b] for a, b in split("甲。”乙。")] == ["甲。”", "乙。"]


def test_a_line_of_a_million_characters_takes_linear_time():
    text = "打造片区" * 250_000
    start = time.perf_counter()
    pieces = split(text)
    assert time.perf_counter() - start < 2
    assert pieces[-1][1] == len(text)
