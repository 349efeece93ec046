"""Files as people have them: formats, encodings, broken ones, and what stays true of the text."""

import hashlib
import io
import time

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import GovPlanError
from kg.read import find_documents, read_document
from kg.read.decode import decode

REPORT = """柳河县城关镇2022年工作总结及2023年工作计划

发布时间：2023-01-15 来源：柳河县城关镇人民政府

一、2022年工作总结
（一）项目建设。东湖路改造工程竣工。
二、2023年工作计划
1.加快建设南环路。
"""
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20, max_size=200)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_are_told_apart(codec, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(REPORT.encode(codec))
    assert read_document(path).text.lstrip("\ufeff") == REPORT


@given(CHINESE)
@settings(max_examples=150, deadline=None)
def test_any_chinese_sentence_survives_utf8(text):
    assert decode(text.encode("utf-8"))[0] == text


@given(st.lists(st.sampled_from(REPORT.split("\n")), min_size=3, max_size=12).map("\n".join))
@settings(max_examples=60, deadline=None)
def test_lines_of_a_report_survive_gb18030(text):
    assert not text.strip() or decode(text.encode("gb18030"))[0] == text


def test_text_is_never_changed_and_the_digest_is_of_the_bytes(tmp_path):
    data = REPORT.replace("\n", "\r\n").encode()
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = read_document(path)
    assert document.text.encode() == data
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_word_and_pdf_and_html_give_the_same_sentences(tmp_path):
    word = docx.Document()
    for line in REPORT.splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "a.docx"))
    body = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    (tmp_path / "a.html").write_text(
        f"<html><head><meta charset='utf-8'><title>x</title></head><body><nav>首页</nav>{body}<script>alert(1)</script></body></html>",
        encoding="utf-8",
    )
    for name in ("a.docx", "a.html"):
        text = read_document(tmp_path / name).text
        assert "东湖路改造工程竣工。" in text
        assert "alert" not in text


def _pdf(password=None):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n \n", "empty"),
        ("sheet.xlsx", b"PK", ".txt"),
        ("scan.pdf", _pdf(), "scan"),
        ("locked.pdf", _pdf("secret"), "password"),
        ("torn.docx", b"PK\x03\x04 not a package", "docx"),
        ("noise.txt", bytes(range(128, 256)) * 40, ""),
        ("english.txt", b"The quick brown fox jumps over the lazy dog.\n" * 5, "Chinese"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(name, data, reason, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(GovPlanError) as error:
        read_document(path)
    message = str(error.value)
    assert name in message
    assert reason in message
    assert "\n" not in message


def test_fifty_megabytes_of_one_line_are_refused_soon(tmp_path):
    path = tmp_path / "line.txt"
    path.write_bytes("长".encode() * (50_000_000 // 3))
    began = time.perf_counter()
    with pytest.raises(GovPlanError, match=r"line\.txt"):
        read_document(path)
    assert time.perf_counter() - began < 20


def test_folders_are_read_through_and_a_missing_path_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "b.ann").write_text("x", encoding="utf-8")
    assert [p.name for p in find_documents([tmp_path])] == ["a.txt"]
    with pytest.raises(GovPlanError, match="nowhere"):
        find_documents([tmp_path / "nowhere"])
