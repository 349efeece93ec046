"""Bytes to Documents: formats, encodings, page furniture, metadata and outline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from kg.documents import Document, GovPlanError
from kg.read.formats import READERS
from kg.read.frame import find_chrome, find_issued, find_publisher, find_title, first_match, load_frame
from kg.read.outline import correct_directions, read_outline, said
from kg.read.wrap import soft_breaks, without, written

LARGEST_FILE = 100_000_000
"""Bytes; a larger file is refused."""
LONGEST_LINE = 5_000_000
"""Characters; no report has a line as long, so such a file is not text for us."""

__all__ = ["find_documents", "read_document", "read_outline"]


def find_documents(paths: Iterable[Path]) -> list[Path]:
    """Return the documents among `paths`, folders walked, in a stable order and each once.

    Raises
    ------
    GovPlanError
        If a path does not exist or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p
                for p in path.rglob("*")
                if p.is_file()
                and p.suffix.lower() in READERS
                and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
            if not inside:
                raise GovPlanError(f"{path}: no document in this folder; put {', '.join(READERS)} files there")
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise GovPlanError(f"{path}: no such file or folder")
    return list(found)


def read_document(path: Path) -> Document:
    """Read one file.

    Raises
    ------
    GovPlanError
        If the file is empty, of a type we do not read, damaged, protected, without text or not text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise GovPlanError(
            f"{path}: cannot read {path.suffix or 'a file without an ending'}; give {', '.join(READERS)}"
        )
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise GovPlanError(
                f"{path}: {size // 1_000_000} MB is over the limit of {LARGEST_FILE // 1_000_000} MB; split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise GovPlanError(f"{path}: {error.strerror or error}") from None
    try:
        text, encoding = reader(data) if data.strip() else ("", "")
    except ValueError as error:
        raise GovPlanError(f"{path}: {error}") from None
    if not text.strip():
        raise GovPlanError(f"{path}: the file is empty")
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise GovPlanError(f"{path}: a line of {longest:,} characters is no report; break it into paragraphs")
    if not re.search("[一-鿿]", text):
        raise GovPlanError(f"{path}: no Chinese text found")
    return _document(path, text, encoding, hashlib.sha256(data).hexdigest())


def _document(path: Path, text: str, encoding: str, digest: str) -> Document:
    frame = load_frame()
    breaks = soft_breaks(text) if path.suffix.lower() == ".txt" else ()
    smooth, kept = without(text, breaks)
    chrome = find_chrome(smooth, frame)
    title = find_title(smooth, chrome, frame)
    issued = find_issued(smooth, frame)
    source = first_match(smooth, frame.source)
    sections = correct_directions(read_outline(smooth, frame, chrome, title, issued))
    years = sorted({(s.year, s.modality) for s in sections if s.year and s.modality and s.level == 1})
    if not sections and title:
        year, direction = said(title, frame)
        years = [(year, direction)] if year and direction else []
    publisher = find_publisher(smooth, title, source, frame)
    if breaks:
        sections = written(sections, kept)
        chrome = tuple((kept[start], kept[end - 1] + 1) for start, end in chrome)
    return Document(
        path.name,
        path,
        text,
        digest,
        encoding,
        title,
        publisher,
        issued,
        source,
        tuple(years),
        sections,
        chrome,
        breaks,
    )
