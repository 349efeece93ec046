from pathlib import Path

import pytest
from rdflib import Dataset

from kg.view import ViewData, read_view
from kg.view.model import Edge, Node, Quote
from tests.view.town import ID, ONTOLOGY, town


@pytest.fixture(scope="module")
def data() -> ViewData:
    dataset = Dataset(default_union=True)
    dataset.graph(ID["graph/ontology"]).parse(ONTOLOGY, format="turtle")
    dataset.parse(Path(__file__).parent / "data" / "small.trig", format="trig")
    return read_view(dataset)


def node(data: ViewData, name: str) -> Node:
    return next(node for node in data.nodes if node.name == name)


def edge(data: ViewData, predicate: str, subject: str) -> Edge:
    iri = node(data, subject).iri
    return next(edge for edge in data.edges if edge.predicate == predicate and edge.subject == iri)


def test_entities_have_their_most_specific_class_and_all_names(data: ViewData) -> None:
    works = node(data, "柳河公园(二期)改造工程")
    assert (works.label, works.aliases, works.degree) == ("Project", ("柳河公园改造",), 2)
    assert node(data, "东湖社区").label == "Community"
    assert {n.label for n in data.nodes} == {
        "Project",
        "Community",
        "AdminArea",
        "Organization",
        "Award",
        "NaturalFeature",
    }


def test_labels_are_the_chinese_ones_of_the_ontology(data: ViewData) -> None:
    assert data.classes["Project"] == "项目"
    assert data.relations["location"] == "地点"
    assert list(data.phases.values()) == ["竣工", "投入使用"]


def test_a_relation_carries_the_quotes_and_confidence_of_its_claim(data: ViewData) -> None:
    stated = edge(data, "location", "柳河公园(二期)改造工程")
    sentence = "东湖社区柳河公园(二期)改造工程竣工。"
    expected = Quote("柳河街道2022年工作总结", 10, 22, "柳河公园(二期)改造工程", sentence, 4)
    assert (stated.evidence, stated.confidence) == ((expected,), 0.8)
    known = edge(data, "locatedIn", "东湖社区")
    assert (known.evidence, known.confidence) == ((), None)


def test_facts_come_by_year_with_phase_and_evidence(data: ViewData) -> None:
    works = node(data, "柳河公园(二期)改造工程")
    told = [(fact.kind, fact.year, fact.text, fact.phase) for fact in works.facts]
    assert told == [
        ("status", 2022, "竣工", "completed"),
        ("status", 2023, "投入使用", "in-operation"),
        ("observation", 2022, "总投资 1.5亿元", None),
        ("set", None, "文中列举1项,共称3项", None),
    ]
    assert works.facts[0].evidence[0].start == 10
    assert (works.years, works.phases) == ((2022, 2023), ("completed", "in-operation"))
    assert [fact.text for fact in node(data, "柳河街道").facts] == ["440307001"]


def test_the_same_graph_reads_the_same_and_an_empty_one_is_empty() -> None:
    assert read_view(town(60)).nodes == read_view(town(60)).nodes
    empty = read_view(Dataset(default_union=True))
    assert (empty.nodes, empty.edges, empty.phases) == ((), (), {})
