"""Traces, timelines, paths, statistics, cards and printed results."""

import csv
import io
import json

import pytest
from rdflib import Dataset

from kg.documents import GovPlanError
from kg.query.names import find
from kg.query.network import paths, stats
from kg.query.questions import ask
from kg.query.results import render
from kg.query.show import show
from kg.query.trace import timeline, trace
from tests.store.town import Town, town_dataset


@pytest.fixture(scope="module")
def town() -> Dataset:
    return town_dataset()


def test_a_trace_has_the_fields_scripts_rely_on(town: Dataset) -> None:
    first, second = (t.as_dict() for t in trace(town, "罗岗"))
    start = Town().text.index("罗岗片区位于")
    quote = "罗岗片区位于罗岗社区,罗岗片区土地整备项目完成立项。"
    assert first == {
        "initiative": "罗岗片区土地整备项目",
        "class": "Project",
        "place": "罗岗片区",
        "phase": "approved",
        "modality": "achieved",
        "year": 2022,
        "quote": quote,
        "document": "report.txt",
        "start": start,
        "end": start + len(quote),
    }
    assert (second["initiative"], second["modality"], second["year"]) == ("石芽岭学校", "planned", 2023)


def test_a_timeline_goes_by_year(town: Dataset) -> None:
    moments = timeline(town, "西环路整治工程")
    assert [(m.year, m.phase, m.modality) for m in moments] == [
        (2022, "under-construction", "ongoing"),
        (2023, None, None),
    ]


def test_a_path_has_a_quote_on_every_stated_edge(town: Dataset) -> None:
    (steps,) = paths(town, "华润集团", "大芬油画村")
    assert [(s.source, s.relation, s.target, s.inverse) for s in steps] == [
        ("华润集团", "agent", "文旅运营计划", True),
        ("文旅运营计划", "location", "大芬油画村", False),
    ]
    assert {s.quote for s in steps} == {"联合华润集团在大芬油画村开展文旅运营计划。"}


def test_a_name_can_be_short_and_a_wrong_one_is_met_with_the_nearest(town: Dataset) -> None:
    assert [(n.name, n.label) for n in find(town, "罗岗")] == [("罗岗社区", "Community")]
    assert [n.name for n in find(town, "布吉")] == ["布吉街道"]
    with pytest.raises(GovPlanError, match=r"是不是:.*惠康路"):
        find(town, "惠康道")


def test_statistics_count_what_was_written(town: Dataset) -> None:
    found = stats(town)
    assert found.documents == 1
    assert found.classes["Project"] == 3
    assert found.phases == {"approved": 1, "in-operation": 1, "under-construction": 1, "completed": 1}
    assert found.central[0][0] == "布吉街道"


def test_a_card_holds_all_that_is_known(town: Dataset) -> None:
    (card,) = show(town, "西环路整治工程")
    assert card.named.label == "Project"
    assert ("location", "→", "西环路") in card.relations
    assert ("partOf", "→", "布吉绿廊") in card.relations
    assert card.statuses == [("2022", "under-construction", "ongoing")]
    assert [q[0] for q in card.quotes] == ["report.txt", "report.txt"]


def test_results_print_in_each_format(town: Dataset) -> None:
    def result():  # type: ignore[no-untyped-def]
        return ask(town, "q09", {})

    data = json.loads(render(result(), "json"))
    assert data["results"]["bindings"][0]["award"]["value"] == "民主法治示范社区"
    for format_, delimiter in (("csv", ","), ("tsv", "\t")):
        (row,) = csv.DictReader(io.StringIO(render(result(), format_)), delimiter=delimiter)
        assert row["receiver"] == "龙岭社区"
    lines = render(result(), "table").splitlines()
    assert lines[0].split()[:3] == ["receiver", "class", "award"]
    assert lines[-1] == "(1 rows)"
    assert render(town.query("ASK { ?s ?p ?o }"), "table") == "true\n"
    assert "惠康路" in render(town.query("CONSTRUCT { ?s ?p '惠康路'@zh } WHERE { ?s ?p '惠康路'@zh }"), "table")
