"""What a user would pick instead, each as ``text -> {(start, end, group)}`` with group place or organisation.

Each imports its library only when asked for, so that memory is measured apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kg.documents import PLACE_LABELS
from kg.extract import load_pipeline
from kg.gazetteer import Gazetteer

Found = set[tuple[int, int, str]]
Reader = Callable[[str], Found]


def group_of(label: str) -> str | None:
    """Return the group a label of ours is compared in."""
    return "place" if label in PLACE_LABELS else "organisation" if label == "Organization" else None


def ours() -> Reader:
    """govplan-kg, mentions only."""
    nlp = load_pipeline()

    def read(text: str) -> Found:
        doc = nlp(text)
        return {(s.start, s.end, g) for s in doc.spans["mentions"] if (g := group_of(s.label_))}

    return read


def posseg() -> Reader:
    """jieba.posseg: words tagged ns are places, nt organisations."""
    import jieba.posseg

    jieba.initialize()
    groups = {"ns": "place", "nt": "organisation"}

    def read(text: str) -> Found:
        found, position = set(), 0
        for word, flag in jieba.posseg.cut(text):
            if flag in groups:
                found.add((position, position + len(word), groups[flag]))
            position += len(word)
        return found

    return read


def location() -> Reader:
    """jionlp's location recogniser, a line at a time."""
    import jionlp

    def read(text: str) -> Found:
        found: Found = set()
        for line_start, line in _lines(text):
            position = 0
            for item in (jionlp.recognize_location(line) or {}).get("domestic") or []:
                for name in filter(None, (item[0].get(k) for k in ("province", "city", "county"))):
                    at = line.find(name, position)
                    if at >= 0:
                        found.add((line_start + at, line_start + at + len(name), "place"))
        return found

    return read


def ruler() -> Reader:
    """spaCy's EntityRuler with every name of the same gazetteer, on tokens of one character."""
    import spacy

    nlp = spacy.blank("zh")
    nlp.max_length = 100_000_000
    patterns = [{"label": "place", "pattern": name} for name in Gazetteer.load().names()]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]

    def read(text: str) -> Found:
        return {(e.start_char, e.end_char, "place") for e in nlp(text).ents}

    return read


def _lines(text: str) -> list[tuple[int, str]]:
    found, position = [], 0
    for line in text.splitlines(keepends=True):
        found.append((position, line))
        position += len(line)
    return found


RIVALS: dict[str, Callable[[], Reader]] = {
    "govplan-kg": ours,
    "jieba.posseg": posseg,
    "jionlp location": location,
    "spaCy EntityRuler": ruler,
}


def loaded(name: str) -> tuple[Reader, float]:
    """Return a reader, warmed up, and the seconds it took to load."""
    began = time.perf_counter()
    reader = RIVALS[name]()
    reader("深圳市龙岗区布吉街道罗岗社区。")
    return reader, time.perf_counter() - began
