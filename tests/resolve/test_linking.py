"""Linking place mentions to their divisions, homonyms among them.

``tests/data/linking.jsonl`` holds a mention a line with the path of the division a careful reader would
name, or null where the text does not decide it. The divisions are facts of the official list; the
sentences are ours.
"""

import json
from pathlib import Path

import pytest

from kg.documents import Mention
from kg.extract import read_facts
from kg.gazetteer import Gazetteer
from kg.resolve import resolve
from tests.marked import document_of

ITEMS = [json.loads(line) for line in Path("tests/data/linking.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    gazetteer = Gazetteer.load()
    found = []
    for number, item in enumerate(ITEMS):
        folder = tmp_path_factory.mktemp("link")
        document = document_of(item["text"], folder, f"t{number}.txt")
        mentions = []
        start = item["start"]
        for a, b in gazetteer.spans(item["text"]):
            if not (a < start + len(item["mention"]) and start < b):
                level = gazetteer.lookup(item["text"][a:b])[0].level
                mentions.append(
                    Mention(a, b, "Community" if level == "village" else "AdminArea", item["text"][a:b], 1.0, "hand")
                )
        mention = Mention(start, start + len(item["mention"]), item["label"], item["mention"], 1.0, "hand")
        mentions = tuple(sorted([*mentions, mention]))
        resolution = resolve(read_facts(document, mentions), gazetteer)
        entity = next(e for e in resolution.entities if e.key == resolution.entity_of[mention])
        found.append(list(entity.division.path) if entity.division else None)
    return found


def test_the_list_is_long_and_has_homonyms():
    assert len(ITEMS) >= 150
    gazetteer = Gazetteer.load()
    assert sum(len(gazetteer.lookup(i["mention"])) > 1 for i in ITEMS) >= 75
    for item in ITEMS:
        assert item["text"][item["start"] :].startswith(item["mention"])


def test_what_is_decided_is_right(linked):
    decided = [(f, i) for f, i in zip(linked, ITEMS, strict=True) if f is not None]
    wrong = [(i["kind"], i["mention"], i["path"], f) for f, i in decided if f != i["path"]]
    accuracy = 1 - len(wrong) / len(decided)
    open_ = [f for f, i in zip(linked, ITEMS, strict=True) if i["path"] is None]
    print(f"accuracy {accuracy:.3f} of {len(decided)} decided; abstained on {open_.count(None)} of {len(open_)} open")
    assert accuracy >= 0.95, wrong
    assert len(decided) >= 0.8 * sum(i["path"] is not None for i in ITEMS)
    assert open_.count(None) >= 0.8 * len(open_)
