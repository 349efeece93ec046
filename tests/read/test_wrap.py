"""Text files whose lines are broken to a width: read as if they were not, with the offsets of the file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract, load_pipeline
from kg.extract.annotated import parse
from kg.read import read_document
from kg.read.wrap import soft_breaks, without

SEED = Path("seeds/buji-2022-2023.txt")


def wrapped(text, width, end="\n"):
    """Return `text` with every line cut into lines of `width` characters."""
    pieces = (line[i : i + width] for line in text.split("\n") for i in range(0, max(1, len(line)), width))
    return end.join(pieces)


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 70), st.sampled_from(["\n", "\r\n"]))
def test_a_wrapped_report_has_its_broken_lines_joined(width, end):
    text = SEED.read_text(encoding="utf-8")
    broken = wrapped(text, width, end)
    breaks = soft_breaks(broken)
    joined, kept = without(broken, breaks)
    assert "".join(broken[i] for i in kept) == joined
    made = broken.count("\n") - text.count("\n")
    assert 0.9 * made <= len(breaks) / len(end) <= 1.02 * made


def test_no_text_of_the_corpus_is_taken_for_wrapped():
    for path in sorted(Path("seeds/annotated").rglob("*.ann")):
        assert not soft_breaks(parse(path.read_text(encoding="utf-8"))[0]), path


@pytest.mark.parametrize("width", [28, 40])
def test_a_wrapped_report_says_what_it_said(tmp_path, width):
    text = SEED.read_text(encoding="utf-8")
    path = tmp_path / "wrapped.txt"
    path.write_text(wrapped(text, width), encoding="utf-8", newline="")
    nlp = load_pipeline()
    whole, broken = extract(read_document(SEED), nlp), extract(read_document(path), nlp)
    written = broken.document.text
    assert [s.heading for s in broken.document.sections] == [s.heading for s in whole.document.sections]
    assert all(written[m.start : m.end].replace("\n", "") == m.text for m in broken.mentions)
    names = {(m.text, m.label) for m in whole.mentions}
    assert len(names & {(m.text, m.label) for m in broken.mentions}) >= 0.98 * len(names)
    facts = {(s.subject.text, s.phase, s.modality, s.year) for s in whole.statuses}
    assert len(facts & {(s.subject.text, s.phase, s.modality, s.year) for s in broken.statuses}) >= 0.97 * len(facts)
