"""The file formats: bytes to the text a reader would see."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html as lxml_html
from lxml.etree import ParserError
from pypdf.errors import DependencyError, PyPdfError

from kg.read.decode import decode
from kg.read.wrap import unwrap

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what is wrong with a file is said once, by us
_DROPPED = ("script", "style", "noscript", "template", "iframe", "select", "button")
_BLOCK = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "ul",
        "ol",
        "table",
        "title",
        "dd",
        "dt",
        "blockquote",
        "pre",
        "nav",
        "main",
        "form",
    ]
)


def read_text(data: bytes) -> tuple[str, str]:
    """Return a text file's text and codec."""
    return decode(data)


def read_html(data: bytes) -> tuple[str, str]:
    """Return the visible text of a page, a block a line and table cells apart by tabs."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    try:
        text, codec = decode(data)
    except ValueError:
        if not declared:
            raise
        codec = declared[1].decode("ascii")
        text = data.decode(codec, errors="strict")
    try:
        root = lxml_html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=lxml_html.HTMLParser(huge_tree=True)
        )
    except ParserError:
        return "", codec
    for element in list(root.iter(*_DROPPED)):
        element.drop_tree()
    pieces: list[str] = []
    _visible(root, pieces)
    lines = (
        re.sub(r"[ \t\xa0\u3000]*\t[ \t]*", "\t", re.sub(r"[ \xa0\r]+", " ", line)).strip(" \t")
        for line in "".join(pieces).split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n", codec


def _visible(root: lxml_html.HtmlElement, pieces: list[str]) -> None:
    stack: list[tuple[lxml_html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag in {"td", "th"}:
                pieces.append("\t")
            elif tag in _BLOCK:
                pieces.append("\n")
            if element is not root and element.tail:
                pieces.append(element.tail.replace("\n", " "))
            continue
        if tag in _BLOCK:
            pieces.append("\n")
        stack.append((element, True))
        if not tag:
            continue
        if element.text:
            pieces.append(element.text.replace("\n", " "))
        stack.extend((child, False) for child in reversed(element))


def read_docx(data: bytes) -> tuple[str, str]:
    """Return a Word document's paragraphs and tables in their order.

    Raises
    ------
    ValueError
        If the file is damaged or protected.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError("password-protected, or an old .doc; save it as an unprotected .docx")
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ValueError(f"damaged Word file ({error})") from None
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines.extend(_rows(block))
    return "\n".join(lines) + "\n", "docx"


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            if cell._tc is not previous:
                cells.append(cell.text.replace("\n", " ").strip())
            previous = cell._tc
        yield "\t".join(cells)


def read_pdf(data: bytes) -> tuple[str, str]:
    """Return a PDF's text layer; lines the page broke in the middle of a sentence are joined again.

    Raises
    ------
    ValueError
        If the file is protected, damaged or has no text layer.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("password-protected PDF; save it without a password")
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError:
        raise ValueError("encrypted PDF, password-protected or restricted; save it without encryption") from None
    except (PyPdfError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ValueError(f"damaged PDF ({error})") from None
    text = unwrap("\n".join(pages))
    if len(re.sub(r"\s", "", text)) < 10 * max(1, len(pages)) // 5:
        raise ValueError("scanned PDF without a text layer; run OCR on it first")
    return text, "pdf"


READERS: dict[str, Callable[[bytes], tuple[str, str]]] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
