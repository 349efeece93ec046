"""The encodings of reports, told apart; broken and binary files, refused."""

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.decode import decode

PROSE = (
    "白石镇二〇二三年以来坚持稳中求进，完成固定资产投资12.6亿元，同比增长7%；建成滨河路、柳树湾大桥等9个项目，"
    "新增就业1,320人。“一站式”服务大厅启用，群众满意度98.5%（全县第2）。下一步：抓好秋冬水利、移民后扶和老旧小区改造。\n"
)
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "gb18030"]


@pytest.mark.parametrize("codec", [*UNICODE, "gbk"])
def test_chinese_prose_is_read_in_every_encoding_it_comes_in(codec):
    assert decode(PROSE.encode(codec))[0] == PROSE


def test_a_traditional_text_in_big5_is_not_taken_for_gb18030():
    text = "臺中市西屯區公所一百一十二年度工作報告：完成道路改善工程、公園綠地與社區發展計畫，並推動社會福利。\n" * 3
    assert decode(text.encode("big5"))[0] == text


chinese = st.text(st.sampled_from(sorted(set(PROSE))), min_size=40, max_size=300).filter(
    lambda t: len(set(t)) >= 15 and sum("一" <= c <= "鿿" for c in t) >= len(t) // 2
)


@given(chinese, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"]))
@settings(deadline=None)
def test_any_chinese_text_of_some_length_comes_back(text, codec):
    assert decode(text.encode(codec))[0] == text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1), st.booleans())
@settings(deadline=None)
def test_a_byte_order_mark_or_utf_8_decides_even_for_rare_characters(text, marked):
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le") if marked else text.encode("utf-8")
    assert decode(data)[0] == text


def test_line_ends_and_ideographic_spaces_are_kept_as_they_are():
    text = "　　一、总体情况\r\n　　完成投资。\r旧式换行\n"
    assert decode(text.encode("utf-8"))[0] == text
    assert decode((PROSE + text).encode("gb18030"))[0] == PROSE + text


@pytest.mark.parametrize(
    ("codec", "at", "reason"),
    [("utf-8", 100, "broken UTF-8"), ("utf-8-sig", 101, "utf-8"), ("gb18030", 1001, "no known encoding")],
)
def test_a_damaged_text_is_refused_not_turned_into_nonsense(codec, at, reason):
    data = (PROSE * 20).encode(codec)
    with pytest.raises(ValueError, match=reason):
        decode(data[:at] + b"\xff\xff\xff" + data[at + 3 :])


def test_a_damaged_utf_8_text_says_where():
    data = PROSE.encode("utf-8")
    with pytest.raises(ValueError, match=rf"broken UTF-8 at byte {len(data)}, line 2"):
        decode(data + b"\xe4\xb8" + data)


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\x14\0", b"\x7fELF\x02\0\0"])
def test_binary_data_is_refused(head):
    with pytest.raises(ValueError, match=r"binary data|no known encoding"):
        decode(head + random.Random(0).randbytes(5001))
