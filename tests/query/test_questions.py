"""The thirteen questions on a report whose answers are written down by hand."""

import pytest
from rdflib import Dataset

from kg.documents import GovPlanError
from kg.query.questions import ask, question, questions
from kg.store import open_dataset
from tests.store.town import Town, town_dataset, write


@pytest.fixture(scope="module")
def town() -> Dataset:
    return town_dataset()


def rows(dataset: Dataset, name: str, *columns: str, **parameters: str) -> list[tuple[str, ...]]:
    found = ask(dataset, name, parameters)
    return [tuple("" if row[c] is None else str(row[c]) for c in columns) for row in found]  # type: ignore[index,call-overload]


@pytest.mark.parametrize("name", ["罗岗社区", "罗岗", "布吉街道"])
def test_q01_what_touches_a_community(town: Dataset, name: str) -> None:
    found = rows(town, "q01", "initiative", "class", "place", "phase", "modality", "year", community=name)
    inside = [
        ("罗岗片区土地整备项目", "Project", "罗岗片区", "approved", "achieved", "2022"),
        ("石芽岭学校", "Facility", "石芽岭学校", "completed", "planned", "2023"),
    ]
    assert [r for r in found if r in inside] == inside
    assert (len(found) == len(inside)) == (name != "布吉街道")


def test_q01_quotes_stand_at_their_offsets(town: Dataset) -> None:
    for quote, start, end in rows(town, "q01", "quote", "start", "end", community="布吉街道"):
        assert Town().text[int(start) : int(end)] == quote


def test_q02_communities_touched_most(town: Dataset) -> None:
    found = rows(town, "q02", "community", "total", "class", "initiatives")
    assert found == [("罗岗社区", "2", "Facility", "1"), ("罗岗社区", "2", "Project", "1")]


def test_q03_what_was_reported_year_by_year(town: Dataset) -> None:
    found = rows(town, "q03", "year", "phase_zh", "modality", project="西环路整治工程")
    assert found == [("2022", "在建", "ongoing"), ("2023", "", "")]


def test_q04_a_promise_is_open_until_a_later_report_names_it() -> None:
    dataset = town_dataset()
    columns = ("initiative", "phase", "later", "later_document")
    assert rows(dataset, "q04", *columns, year="2023") == [("石芽岭学校", "completed", "未再提及", "")]
    assert rows(dataset, "q04", *columns, year="2019") == []
    later = Town("一、主要工作XXXXX\n⟦石芽岭学校/Facility⟧建成。", "later.txt")
    write(dataset, later.resolution())
    assert rows(dataset, "q04", *columns, year="2023") == [("石芽岭学校", "completed", "后有报告", "later.txt")]


def test_q05_unfinished_and_carried_on(town: Dataset) -> None:
    found = rows(town, "q05", "initiative", "phase", "modality", "then", "next")
    assert found == [("西环路整治工程", "under-construction", "ongoing", "2022", "2023")]


def test_q06_values_with_growth(town: Dataset) -> None:
    columns = ("subject", "year", "comparison", "value", "unit", "base_value", "base_unit")
    assert rows(town, "q06", *columns, indicator="社会消费品零售总额") == [
        ("布吉街道", "2022", "", "110.84", "亿元", "11084000000", "元"),
        ("布吉街道", "2022", "growth", "5.7", "%", "5.7", "%"),
    ]


def test_q07_who_works_on_what_and_where(town: Dataset) -> None:
    found = rows(town, "q07", "organization", "initiative", "place")
    assert found == [("华润集团", "文旅运营计划", "大芬油画村")]


def test_q08_works_on_a_street(town: Dataset) -> None:
    found = rows(town, "q08", "works", "class", "phase", "year", place="西环路")
    assert found == [
        ("西环路整治工程", "Project", "under-construction", "2022"),
        ("西环路整治工程", "Project", "", "2023"),
    ]
    assert rows(town, "q08", "works", "phase", place="惠康路") == [("惠康路", "in-operation")]


def test_q09_awards(town: Dataset) -> None:
    assert rows(town, "q09", "receiver", "award", "year") == [("龙岭社区", "民主法治示范社区", "2022")]


def test_q10_parts_of_a_program(town: Dataset) -> None:
    assert set(rows(town, "q10", "initiative", whole="布吉绿廊")) == {("西环路整治工程",)}


def test_q11_how_two_things_are_connected(town: Dataset) -> None:
    columns = ("steps", "subject", "relation", "object")
    assert rows(town, "q11", *columns, first="华润集团", second="大芬油画村") == [
        ("2", "文旅运营计划", "agent", "华润集团"),
        ("2", "文旅运营计划", "location", "大芬油画村"),
    ]
    direct = rows(town, "q11", *columns, first="罗岗", second="罗岗片区")
    assert direct == [("1", "罗岗片区", "locatedIn", "罗岗社区")] * len(direct)
    assert direct


def test_q12_evidence(town: Dataset) -> None:
    found = rows(town, "q12", "subject", "statement", "object", "mention", "confidence", "method", thing="华润集团")
    assert set(found) == {
        ("文旅运营计划", "agent", "华润集团", "文旅运营计划", "0.8", "hand"),
        ("文旅运营计划", "agent", "华润集团", "华润集团", "0.8", "hand"),
    }


def test_q13_lists_that_name_fewer_than_they_state(town: Dataset) -> None:
    found = rows(town, "q13", "named", "stated", "members")
    assert found == [("2", "7", "翔鸽路、布吉派出所重建")]


def test_every_question_says_what_it_asks_and_what_it_takes() -> None:
    assert [name[:3] for name in questions()] == [f"q{n:02}" for n in range(1, 14)]
    for asked in questions().values():
        assert asked.title
        assert asked.title_en
        assert all(len(p) == 3 and all(p) for p in asked.parameters)
        assert all(f"${p[0]}" in asked.sparql for p in asked.parameters)


def test_a_question_goes_by_number_name_or_word() -> None:
    assert question("1") == question("q01") == question("community") == question("q01-community")
    assert question("10").name == "q10-parts"


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("q99", {}, "q01-community"),
        ("q01", {}, "--set community=龙岭社区"),
        ("q01", {"comunity": "罗岗"}, "it takes: community"),
        ("q01", {"community": "罗冈"}, "罗岗"),
        ("q04", {"year": '2023" } DROP ALL #'}, "four digits"),
        ("q06", {"indicator": "消费品"}, ""),
        ("q06", {"indicator": "社会消费零售额"}, "社会消费品零售总额"),
    ],
)
def test_a_mistake_is_answered_with_how_to_mend_it(
    town: Dataset, name: str, parameters: dict[str, str], said: str
) -> None:
    if not said:
        assert len(list(ask(town, name, parameters))) == 2
        return
    with pytest.raises(GovPlanError, match=said):
        ask(town, name, parameters)


def test_a_name_is_never_read_as_sparql(town: Dataset) -> None:
    with pytest.raises(GovPlanError, match="图中没有"):
        ask(town, "q01", {"community": "> } INSERT DATA { <a> <b> <c> } #"})


def test_an_empty_graph_answers_with_nothing() -> None:
    empty = open_dataset(":memory:", writable=True)
    for asked in questions().values():
        if not asked.parameters:
            assert list(ask(empty, asked.name, {})) == []
