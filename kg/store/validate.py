"""Checking a store against the SHACL shapes, in words an analyst can act on."""

from __future__ import annotations

from dataclasses import dataclass

from pyshacl import validate
from rdflib import RDF, SH, Dataset, Graph
from rdflib.namespace import DCTERMS, SKOS

from kg.store.dataset import quads
from kg.vocabulary import FOLDER


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong.

    ``node`` and ``name`` say where, ``message`` what, ``value`` holds the offending value if any and
    ``document`` the files that speak of the node (``""`` for what no document states).
    """

    node: str
    name: str
    message: str
    value: str
    document: str


def violations(dataset: Dataset) -> list[Violation]:
    """Return what in the union of all graphs breaks ``ontology/shapes.ttl``; empty where it conforms."""
    found = quads(dataset)
    data = Graph().parse(data="\n".join({f"{q.triple} ." for q in found}), format="nt")
    shapes = Graph().parse(data=(FOLDER / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    conforms, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    if conforms or not isinstance(report, Graph):
        return []
    file_of = {q.graph_name: str(q.object.value) for q in found if q.predicate.value == str(DCTERMS.identifier)}  # type: ignore[union-attr]
    files: dict[str, set[str]] = {}
    for quad in found:
        if quad.graph_name in file_of:
            files.setdefault(str(quad.subject.value), set()).add(file_of[quad.graph_name])  # type: ignore[union-attr]
    problems = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: getattr(m, "language", "") != "zh")
        value = report.value(result, SH.value)
        name = data.value(node, SKOS.prefLabel) if node is not None else None
        message = str(messages[0]) if messages else ""
        document = "、".join(sorted(files.get(str(node), ())))
        problems.append(Violation(str(node), str(name or ""), message, str(value or ""), document))
    return sorted(problems, key=lambda v: (v.node, v.message, v.value))
