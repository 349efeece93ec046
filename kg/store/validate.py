"""Checking a store against the SHACL shapes, in words an analyst can act on."""

from __future__ import annotations

from dataclasses import dataclass

from pyshacl import validate
from rdflib import RDF, SH, Dataset, Graph
from rdflib.namespace import SKOS

from kg.vocabulary import FOLDER


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: where (IRI and name), what, and the offending value if any."""

    node: str
    name: str
    message: str
    value: str


def violations(dataset: Dataset) -> list[Violation]:
    """Return what in the union of all graphs breaks ``ontology/shapes.ttl``; empty where it conforms."""
    data = Graph()
    for s, p, o, _ in dataset.quads((None, None, None, None)):
        data.add((s, p, o))
    shapes = Graph().parse(data=(FOLDER / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    conforms, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if conforms or not isinstance(report, Graph):
        return []
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: getattr(m, "language", "") != "zh")
        value = report.value(result, SH.value)
        name = data.value(node, SKOS.prefLabel) if node is not None else None
        found.append(Violation(str(node), str(name or ""), str(messages[0]) if messages else "", str(value or "")))
    return sorted(found, key=lambda v: (v.node, v.message, v.value))
