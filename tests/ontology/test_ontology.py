"""The vocabulary is complete, says itself in Chinese and English, and is there when installed."""

import json

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.documents import ENTITY_LABELS
from kg.vocabulary import FOLDER

GP = Namespace("https://w3id.org/govplan/ontology#")
CLASSES = ENTITY_LABELS | {
    *("Document", "Section", "Initiative", "WorkItem", "Place"),
    *("StatusReport", "Observation", "NamedSet", "Mention", "Claim"),
}
PROPERTIES = set(
    [
        "location",
        "locatedIn",
        "partOf",
        "agent",
        "received",
        "hasStatus",
        "phase",
        "modality",
        "year",
        "hasObservation",
        "indicator",
        "value",
        "unit",
        "comparison",
        "member",
        "statedCount",
        "mentionOf",
        "inDocument",
        "inSection",
        "quote",
        "start",
        "end",
        "sentence",
        "evidence",
        "confidence",
        "method",
        "divisionCode",
        "order",
    ]
)
PHASES = "proposed approved designed land-assembly under-construction topped-out completed in-operation launched ongoing ended"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(FOLDER / "govplan.ttl")


def test_every_term_of_the_design_is_there(ontology: Graph) -> None:
    assert {str(c).removeprefix(GP) for c in ontology.subjects(RDF.type, OWL.Class)} >= CLASSES
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    assert {str(p).removeprefix(GP) for kind in kinds for p in ontology.subjects(RDF.type, kind)} >= PROPERTIES


def test_terms_have_labels_and_definitions_in_both_languages(ontology: Graph) -> None:
    def languages(term: Node, *predicates: URIRef) -> set[str]:
        return {getattr(o, "language", "") for p in predicates for o in ontology.objects(term, p)}

    for term in set(ontology.subjects(RDF.type, None)):
        if str(term).startswith(GP):
            assert languages(term, RDFS.label, SKOS.prefLabel) == {"zh", "en"}, term
            assert languages(term, SKOS.definition) == {"zh", "en"}, term


def test_phases_are_in_order(ontology: Graph) -> None:
    phases = [c for c in ontology.subjects(SKOS.inScheme, GP.phases)]
    phases.sort(key=lambda c: int(str(ontology.value(c, GP.order))))
    assert [str(ontology.value(c, SKOS.notation)) for c in phases] == PHASES.split()


def test_every_shape_says_what_is_wrong_in_chinese() -> None:
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    for shape in shapes.objects(None, SH.property):
        assert "zh" in {getattr(m, "language", "") for m in shapes.objects(shape, SH.message)}


def test_the_context_names_terms_that_exist(ontology: Graph) -> None:
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for name, meaning in context.items():
        iri = meaning["@id"] if isinstance(meaning, dict) else meaning
        if iri.startswith("gp:"):
            assert (GP[iri.removeprefix("gp:")], None, None) in ontology, name
