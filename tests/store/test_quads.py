"""What a document's graph says, asked back with SPARQL."""

from rdflib import Dataset

from kg.store import BASE, DocumentTriples, Iris, open_dataset
from tests.store.town import HOME, Town, report, town_dataset, write

PREFIX = """PREFIX gp: <https://w3id.org/govplan/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX qudt: <http://qudt.org/schema/qudt/> """
PLACE = BASE + "place/" + "/".join(HOME)


def ask(dataset: Dataset, sparql: str) -> list[tuple[str, ...]]:
    return [tuple("" if v is None else str(v) for v in row) for row in dataset.query(PREFIX + sparql)]  # type: ignore[union-attr]


def test_every_claim_leads_to_a_quote_at_its_offsets() -> None:
    text = Town().text
    rows = ask(
        town_dataset(),
        """SELECT ?c ?quote ?start ?end ?sentence ?from ?to ?exact ?a ?b WHERE { ?c a gp:Claim .
        OPTIONAL { ?c gp:evidence ?m . ?m gp:quote ?quote ; gp:start ?start ; gp:end ?end ; gp:sentence ?sentence ;
          gp:sentenceStart ?from ; gp:sentenceEnd ?to ; oa:hasTarget ?t . ?t oa:hasSelector ?q, ?p .
          ?q oa:exact ?exact . ?p oa:start ?a ; oa:end ?b } }""",
    )
    assert rows
    for _, quote, start, end, sentence, sentence_start, sentence_end, exact, a, b in rows:
        assert text[int(start) : int(end)] == quote == exact
        assert (start, end) == (a, b)
        assert text[int(sentence_start) : int(sentence_end)] == sentence
        assert quote in sentence


def test_every_relation_between_things_has_its_claim() -> None:
    unclaimed = ask(
        town_dataset(),
        """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o
        FILTER(?p IN (gp:location, gp:locatedIn, gp:partOf, gp:agent, gp:received, gp:hasStatus, gp:hasObservation, gp:member)) }
        FILTER(STRENDS(STR(?g), "/graph/report"))
        FILTER NOT EXISTS { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }""",
    )
    assert unclaimed == []


def test_places_lie_in_the_official_divisions_up_to_the_country() -> None:
    rows = ask(
        town_dataset(),
        "SELECT ?name WHERE { ?x skos:prefLabel '罗岗片区'@zh . ?x gp:locatedIn+ ?y . ?y skos:prefLabel ?name }",
    )
    assert {r[0] for r in rows} == {"罗岗社区", "布吉街道", "龙岗区", "深圳市", "广东省", "中国"}
    assert ask(town_dataset(), f"SELECT ?c WHERE {{ <{PLACE}> gp:divisionCode ?c }}") == [("440307",)]


def test_a_short_name_is_another_name_of_the_same_community() -> None:
    rows = ask(
        town_dataset(),
        "SELECT DISTINCT ?x WHERE { ?x skos:prefLabel '罗岗社区'@zh ; skos:altLabel '罗岗'@zh ; a gp:Community }",
    )
    assert rows == [(f"{PLACE}/罗岗社区",)]


def test_a_place_is_not_put_where_the_divisions_know_better() -> None:
    town = Town("⟦龙岭社区/Community⟧⟦罗岗社区/Community⟧")
    town.relate("龙岭社区", "locatedIn", "罗岗社区")
    dataset = open_dataset(":memory:", writable=True)
    write(dataset, town.resolution())
    assert not ask(dataset, f"SELECT ?c WHERE {{ <{PLACE}/龙岭社区> gp:locatedIn <{PLACE}/罗岗社区> }}")


def test_a_value_keeps_its_unit_and_gains_the_base_unit() -> None:
    rows = ask(
        town_dataset(),
        """SELECT ?v ?u ?b ?bu ?q WHERE { ?o gp:comparison '' ; gp:value ?v ; gp:unit ?u ; gp:baseValue ?b ; gp:baseUnit ?bu
        OPTIONAL { ?o qudt:hasUnit ?q } }""",
    )
    assert rows == [("110.84", "亿元", "11084000000", "元", "http://qudt.org/vocab/currency/CNY")]


def test_initiatives_of_a_work_item_are_part_of_it() -> None:
    rows = ask(
        town_dataset(), "SELECT ?n WHERE { ?i gp:partOf ?item ; skos:prefLabel ?n . ?item a gp:WorkItem } ORDER BY ?n"
    )
    assert rows == [("布吉绿廊",), ("西环路整治工程",)]


def test_no_blank_nodes_and_the_same_statements_each_time() -> None:
    one, two = (set(map(str, DocumentTriples(report(), Iris(), "v"))) for _ in range(2))
    assert one == two
    assert not any("_:" in line for line in one)
    assert len(one) < 2000
