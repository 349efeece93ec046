"""Files as they come: the four formats read, and every bad file refused in one clear line."""

import hashlib
import io
import time
import zipfile

import docx
import pypdf
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.documents import GovPlanError
from kg.read import find_documents, read_document
from tests import timing

LINES = [
    "白石镇2023年工作总结",
    "一、2023年主要工作",
    "建成白石大桥，全长310米。",
    "二、2024年工作计划",
    "新建茶叶加工厂。",
]


def minimal_pdf(pages):
    """Return a PDF with a text layer: one Type 0 font whose codes are UTF-16 and say so."""
    ranges = (
        "<0020> <007E> <0020>\n<2010> <2030> <2010>\n<3000> <303F> <3000>\n<4E00> <9FFF> <4E00>\n<FF00> <FFEF> <FF00>"
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n5 beginbfrange\n{ranges}\nendbfrange\nendcmap end end"
    )
    streams = []
    for lines in pages:
        shown = "".join(
            f"1 0 0 1 60 {780 - 22 * n} Tm <{line.encode('utf-16-be').hex()}> Tj\n" for n, line in enumerate(lines)
        )
        streams.append(f"BT /F1 14 Tf\n{shown}ET" if lines else "0 0 100 100 re f")
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /FontDescriptor 5 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 700 /StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for n, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{o:010} 00000 n \n" for o in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def encrypted(data, **passwords):
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt(algorithm="RC4-128", **passwords)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def aes_encrypted():
    """Return a PDF that says it is encrypted by AES-256, whose keys fit no password."""
    data = minimal_pdf([LINES])
    junk = "00" * 48
    aes = (
        f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -1 /U <{junk}> /O <{junk}>"
        f" /UE <{'00' * 32}> /OE <{'00' * 32}> /Perms <{'00' * 16}> /StmF /StdCF /StrF /StdCF"
        " /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> >>"
    )
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + aes.encode())


def word(build):
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(document):
    for line in LINES:
        document.add_paragraph(line)


PAGE = (
    '<!DOCTYPE html><html><head><meta charset="{0}"><title>白石镇</title><style>p{{color:red}}</style></head><body>'
    "<script>var 秘密 = 1;</script><div>" + "".join(f"<p>{line}</p>" for line in LINES) + "</div></body></html>"
)
SAMPLES = {
    "utf8.txt": "\n".join(LINES).encode(),
    "bom.txt": "\r\n".join(LINES).encode("utf-8-sig"),
    "wide.txt": "\n".join(LINES).encode("utf-16"),
    "national.txt": "\n".join(LINES).encode("gb18030"),
    "page.html": PAGE.format("utf-8").encode(),
    "old.HTM": PAGE.format("gb2312").encode("gb2312"),
    "office.docx": word(paragraphs),
    "layer.pdf": minimal_pdf([LINES[:3], LINES[3:]]),
    "restricted.pdf": encrypted(minimal_pdf([LINES]), user_password="", owner_password="owner"),
}


def written(name, data, folder):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_gives_the_same_text_and_outline(name, tmp_path):
    document = read_document(written(name, SAMPLES[name], tmp_path))
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    assert lines[-5:] == LINES
    assert [s.heading for s in document.sections] == ["2023年主要工作", "2024年工作计划"]
    assert document.years == ((2023, "reported"), (2024, "planned"))
    assert document.sha256 == hashlib.sha256(SAMPLES[name]).hexdigest()
    for s in document.sections:
        assert document.text[s.start :].startswith(s.marker + s.heading)


@pytest.mark.parametrize("name", ["utf8.txt", "national.txt"])
def test_a_text_file_is_never_changed(name, tmp_path):
    text = "　　红山镇工作总结 \r\n\r\n\t一、 修路 ,架桥；；\u3000\n\n\n\n尾巴"
    codec = "utf-8" if name == "utf8.txt" else "gb18030"
    assert read_document(written(name, text.encode(codec), tmp_path)).text == text


def test_a_web_page_keeps_what_is_seen(tmp_path):
    html = (
        "<html><body><nav><a href='/'>首页</a> &gt; <a>公开</a></nav><h1>红山镇2022年工作总结</h1><p>修&nbsp;路<b>三</b>条，"
        "<span>架桥</span>。<br>第二行&lt;完&gt;</p><table><tr><th>项目</th><th>状态</th></tr><tr><td>南桥</td><td>在建</td></tr></table>"
        "<!-- 注释 --><script>alert('脚本')</script><noscript>无脚本</noscript></body></html>"
    )
    document = read_document(written("p.html", html.encode(), tmp_path))
    assert document.title == "红山镇2022年工作总结"
    assert "修 路三条，架桥。\n\n第二行<完>" in document.text
    assert "项目\t状态" in document.text
    assert "南桥\t在建" in document.text
    assert not any(word in document.text for word in ("注释", "脚本", "alert"))


def test_a_word_table_stands_where_it_was(tmp_path):
    def build(document):
        document.add_paragraph("红山镇2022年重点项目情况")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            [c for r in table.rows for c in r.cells], ["项目", "状态", "南\n桥", "在建"], strict=True
        ):
            cell.text = text
        document.add_paragraph("以上情况属实。")

    text = read_document(written("t.docx", word(build), tmp_path)).text
    assert text == "红山镇2022年重点项目情况\n项目\t状态\n南 桥\t在建\n以上情况属实。\n"


def test_lines_a_pdf_page_broke_in_a_sentence_are_joined(tmp_path):
    long = "全镇围绕项目建设这个中心持续发力不断完善交通水利等基础设施并且投资六千万元"
    lines = ["白石镇工作总结", "一、主要工作", long, "建成白石大桥。", "二、下步打算", "修路。"]
    document = read_document(written("w.pdf", minimal_pdf([lines]), tmp_path))
    assert long + "建成白石大桥。\n二、" in document.text


def nested(depth):
    return b"<div>" * depth + "白石镇".encode() + b"</div>" * depth


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": ("　 \n\t\n".encode(), "empty"),
    "bom-only.txt": (b"\xef\xbb\xbf", "empty"),
    "empty.pdf": (b"", "empty"),
    "empty.docx": (b"", "empty"),
    "empty.html": (b"<html><body></body></html>", "empty"),
    "bottomless.html": (nested(20_000), "empty"),
    "bare.html": (b"<!-- -->", "empty"),
    "english.txt": (b"Annual report of the township\n", "no Chinese"),
    "table.xlsx": (b"PK", r"\.xlsx"),
    "noending": ("白石镇".encode(), "without an ending"),
    "locked.pdf": (encrypted(minimal_pdf([LINES]), user_password="secret"), "password"),
    "locked-aes.pdf": (aes_encrypted(), "password|encrypted"),
    "scan.pdf": (minimal_pdf([[], []]), "scanned"),
    "damaged.pdf": (b"%PDF-1.4 nothing", "damaged PDF"),
    "cut.pdf": (minimal_pdf([LINES])[:700], "damaged PDF"),
    "text.pdf": ("白石镇工作总结".encode(), "damaged PDF"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password-protected, or an old"),
    "damaged.docx": (b"PK\x03\x04" + b"\0" * 80, "damaged Word"),
    "cut.docx": (word(paragraphs)[:900], "damaged Word"),
    "notword.docx": (b"", "damaged Word"),
    "broken.txt": ("红山镇修了一条路。".encode() * 9 + b"\xff\xe4\xb8" + "红山镇".encode() * 9, "broken UTF-8"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
}
_archive = io.BytesIO()
with zipfile.ZipFile(_archive, "w") as _zip:
    _zip.writestr("readme.txt", "no Word file")
BAD["notword.docx"] = (_archive.getvalue(), "damaged Word")


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_line_that_names_it_and_the_reason(name, tmp_path):
    data, reason = BAD[name]
    path = written(name, data, tmp_path)
    with pytest.raises(GovPlanError, match=reason) as caught:
        read_document(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert len(message) < len(str(path)) + 200


def test_fifty_megabytes_of_one_line_are_refused_at_once(tmp_path):
    path = written("one-line.txt", "红山镇建成大桥".encode() * (50_000_000 // 21), tmp_path)
    start = time.perf_counter()
    with pytest.raises(GovPlanError, match=r"one-line\.txt: a line of [\d,]+ characters"):
        read_document(path)
    assert time.perf_counter() - start < 10


def test_a_deeply_nested_page_is_read(tmp_path):
    assert read_document(written("deep.html", nested(900), tmp_path)).text == "白石镇\n"


def test_a_missing_path_and_a_folder_without_documents_are_named(tmp_path):
    with pytest.raises(GovPlanError, match=r"none\.txt: no such file"):
        find_documents([tmp_path / "none.txt"])
    with pytest.raises(GovPlanError, match="no document in this folder"):
        find_documents([tmp_path])


def test_folders_are_walked_in_order_and_each_file_is_taken_once(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".cache").mkdir()
    for name in ("b/2.txt", "a.PDF", "b/1.html", "notes.md", ".cache/x.txt"):
        (tmp_path / name).write_bytes(b"x")
    found = find_documents([tmp_path / "b" / "2.txt", tmp_path])
    assert [str(p.relative_to(tmp_path)) for p in found] == ["b/2.txt", "a.PDF", "b/1.html"]


def test_the_other_files_are_built_and_the_exit_code_tells(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in SAMPLES.items():
        if name in {"utf8.txt", "office.docx", "layer.pdf"}:
            written(name, data, folder)
    wrong = ["locked.pdf", "scan.pdf", "broken.txt", "damaged.pdf"]
    for name in wrong:
        written(name, BAD[name][0], folder)
    result = CliRunner().invoke(app, ["build", str(folder), "--store", str(tmp_path / "s")])
    assert result.exit_code == 1
    assert "3 built, 0 unchanged, 4 failed" in result.stderr
    for name in wrong:
        (line,) = [li for li in result.stderr.splitlines() if name in li]
        assert line.startswith("kg: ")
    said = [line for line in result.stderr.splitlines() if not line.startswith(("3 built", "found: "))]
    assert len([line for line in said if line.strip()]) == len(wrong)


def test_reading_time_grows_with_the_text_not_with_its_square(tmp_path):
    block = "\n".join(LINES) + "\n" + "全镇围绕项目建设持续发力。" * 6 + "\n"

    def seconds(times):
        path = written(f"long{times}.txt", (block * times).encode(), tmp_path)
        return timing.seconds(lambda: read_document(path))

    seconds(100)
    assert seconds(5000) < 30 * max(seconds(500), 0.005)
