"""Places in short texts of our own, linked to the official divisions.

Each line of ``linking.jsonl`` is one mention with the division a careful reader takes it for: the six-digit
code down to the county, the path of names below it (no code is known there), or null where the text and its
publisher do not settle it. The whole resolver runs over each text, from the mentions as marked.
"""

import hashlib
import json
from itertools import groupby
from pathlib import Path

import pytest

from kg.documents import Document, Mention
from kg.extract import read_facts
from kg.gazetteer import Gazetteer
from kg.resolve import resolve

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "linking.jsonl").read_text(encoding="utf-8").splitlines()
]


def identity(division):
    """Return what names a division in the list: its code, or its path where it has none."""
    return division and (division.code or "/".join(division.path))


def linked(text, publisher, mentions):
    """Return the division each mention of one text is linked to."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document("t.txt", Path("t.txt"), text, digest, "utf-8", None, publisher or None, None, None, (), (), ())
    resolution = resolve(read_facts(document, tuple(mentions)), Gazetteer.load())
    divisions = {e.key: e.division for e in resolution.entities}
    return {m: identity(divisions[key]) for m, key in resolution.entity_of.items()}


@pytest.fixture(scope="module")
def answers():
    found = []
    for (text, publisher), group in groupby(LINES, key=lambda o: (o["text"], o["publisher"])):
        lines = list(group)
        mentions = {
            Mention(o["start"], o["start"] + len(o["mention"]), o["label"], o["mention"], 1.0, "hand"): o for o in lines
        }
        result = linked(text, publisher, mentions)
        found += [(o, result[m]) for m, o in mentions.items()]
    return found


def test_the_list_is_sound():
    gazetteer = Gazetteer.load()
    assert len(LINES) >= 180
    assert len({(o["text"], o["start"]) for o in LINES}) == len(LINES)
    assert 20 <= sum(o["division"] is None for o in LINES) <= 40
    for o in LINES:
        assert o["text"][o["start"] :].startswith(o["mention"])
        if o["division"] and "/" in o["division"]:
            assert gazetteer.by_path(tuple(o["division"].split("/"))).code is None


def test_what_is_decided_is_right_and_what_is_open_stays_open(answers):
    decided = [(o, got) for o, got in answers if got]
    wrong = [(o, got) for o, got in decided if got != o["division"]]
    clear = [(o, got) for o, got in answers if o["division"]]
    open_ = [(o, got) for o, got in answers if not o["division"]]
    accuracy = 1 - len(wrong) / len(decided)
    found = sum(got == o["division"] for o, got in clear) / len(clear)
    abstained = sum(got is None for _, got in open_) / len(open_)
    print(
        f"\n{len(answers)} mentions, {len(decided)} decided: accuracy {accuracy:.3f}; "
        f"{found:.3f} of {len(clear)} clear ones found; {abstained:.3f} of {len(open_)} open ones left open"
    )
    for o, got in answers:
        if got != o["division"]:
            print(f"  {o['publisher'] or '-'}: {o['mention']} → {got}, not {o['division']}: {o['text']}")
    assert accuracy >= 0.95
    assert found >= 0.95
    assert abstained >= 0.85
