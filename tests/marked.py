"""Documents written by hand in the guideline's notation, so that facts are tested apart from the model."""

from __future__ import annotations

from pathlib import Path

from kg.documents import Document, Extraction, Mention
from kg.extract import read_facts
from kg.extract.annotated import parse
from kg.read import read_document


def document_of(text: str, folder: Path, name: str = "report.txt") -> Document:
    """Return `text` as read from a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_document(path)


def extraction_of(marked: str, folder: Path, name: str = "report.txt") -> Extraction:
    """Return the facts of a marked text."""
    text, spans = parse(marked)
    document = document_of(text, folder, name)
    mentions = tuple(Mention(a, b, label, text[a:b], 1.0, "hand") for a, b, label in spans)
    return read_facts(document, mentions)
