import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import GovPlanError
from kg.extract.annotated import children, outer, parse


def test_nested_marks_give_text_and_spans():
    text, spans = parse("⟦⟦惠康路/Street⟧与⟦中原路/Street⟧路口片区改造/Project⟧等⟦3个/Quantity⟧项目")
    assert text == "惠康路与中原路路口片区改造等3个项目"
    assert spans == [(0, 13, "Project"), (0, 3, "Street"), (4, 7, "Street"), (14, 16, "Quantity")]
    assert outer(spans) == [(0, 13, "Project"), (14, 16, "Quantity")]
    assert children(spans[0], spans) == [(0, 3, "Street"), (4, 7, "Street")]


def test_a_slash_inside_a_name_is_kept():
    assert parse("⟦17.8微克/立方米/Quantity⟧") == ("17.8微克/立方米", [(0, 10, "Quantity")])


@pytest.mark.parametrize("broken", ["⟦甲/Street", "甲⟧", "⟦甲⟧", "⟦甲/Road⟧"])
def test_a_broken_mark_is_named(broken):
    with pytest.raises(GovPlanError):
        parse(broken)


@given(st.text(alphabet=st.characters(exclude_characters="⟦⟧"), max_size=80))
def test_unmarked_text_is_untouched(text):
    assert parse(text) == (text, [])


def test_facts_beside_a_text_name_what_is_marked_in_it():
    for path in sorted(Path("seeds/annotated").rglob("*.json")):
        text, spans = parse(path.with_suffix(".ann").read_text(encoding="utf-8"))
        names = {text[start:end] for start, end, _ in spans} | {""}
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            for role in ("subject", "object", "indicator"):
                assert fact.get(role, "") in names, f"{path}: {role} {fact[role]}"
