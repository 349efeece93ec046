from kg.store import BASE, Iris, violations
from kg.store.dataset import update
from tests.store.town import town_dataset

GP = "https://w3id.org/govplan/ontology#"


def test_a_built_graph_conforms() -> None:
    assert violations(town_dataset()) == []


def test_what_is_wrong_is_said_in_words_with_the_thing_and_its_document() -> None:
    dataset = town_dataset()
    graph = Iris().graph("report")
    award = f"{BASE}award/广东省/深圳市/龙岗区/布吉街道/民主法治示范社区"
    update(
        dataset,
        f"""PREFIX gp: <{GP}> DELETE WHERE {{ GRAPH ?g {{ ?status gp:phase gp:approved }} }} ;
        INSERT DATA {{ GRAPH <{graph}> {{ <{award}> gp:location <{award}> }} }}""",
    )
    found = violations(dataset)
    assert [(v.name, v.message) for v in found if v.node == award] == [
        ("民主法治示范社区", "gp:location 须指向一个地点")
    ]
    assert any(v.message == "进展须有一个阶段" for v in found)
    assert {v.document for v in found} == {"report.txt"}
