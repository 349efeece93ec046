"""Writing a graph out: RDF for machines, GraphML and GEXF for network tools, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import networkx as nx
from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib import RDF, RDFS, SKOS, XSD, Dataset, Graph, URIRef
from rdflib.namespace import DCTERMS

from kg.documents import ENTITY_LABELS
from kg.store.dataset import quads
from kg.store.iris import ONTOLOGY
from kg.vocabulary import FOLDER

RELATIONS = ("location", "locatedIn", "partOf", "agent", "received")


_PREFIXES = {
    "gp": ONTOLOGY,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "dct": str(DCTERMS),
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": str(XSD),
}
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _sorted(dataset: Dataset) -> list[Quad]:
    return sorted(quads(dataset), key=str)


def _union(dataset: Dataset) -> list[Triple]:
    return sorted({quad.triple for quad in quads(dataset)}, key=str)


def _dump(statements: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> str:
    return (serialize(statements, format=format_, prefixes=_PREFIXES) or b"").decode()


def _nquads(dataset: Dataset) -> str:
    return _dump(_sorted(dataset), RdfFormat.N_QUADS)


def _turtle(dataset: Dataset) -> str:
    return _dump(_union(dataset), RdfFormat.TURTLE)


def _trig(dataset: Dataset) -> str:
    by_graph = sorted(_sorted(dataset), key=lambda quad: str(quad.graph_name))
    return _dump(by_graph, RdfFormat.TRIG)


def _jsonld(dataset: Dataset) -> str:
    """Every node once, in the words of ``ontology/context.jsonld``."""
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    triples = _dump(_union(dataset), RdfFormat.N_TRIPLES)
    compact = json.loads(Graph().parse(data=triples, format="nt").serialize(format="json-ld", context=context))
    compact["@graph"] = sorted(map(_in_order, compact["@graph"]), key=lambda node: str(node["@id"]))
    return json.dumps(compact, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _in_order(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node whose lists of values, which mean sets, always come in the same order."""
    return {
        key: sorted(value, key=lambda v: json.dumps(v, sort_keys=True)) if isinstance(value, list) else value
        for key, value in node.items()
    }


def entity_graph(dataset: Dataset) -> nx.MultiDiGraph:
    """Return entities and the relations between them for networkx.

    Nodes are IRIs with ``label`` (name) and ``class``; edges carry ``relation``.
    """
    graph = nx.MultiDiGraph()
    names = {s: str(o) for s, _, o in dataset.triples((None, SKOS.prefLabel, None))}
    for label in sorted(ENTITY_LABELS):
        for node in sorted(set(dataset.subjects(RDF.type, URIRef(ONTOLOGY + label))), key=str):
            graph.add_node(str(node), **{"label": names.get(node, str(node)), "class": label})
    for relation in RELATIONS:
        pairs = {(str(s), str(o)) for s, _, o in dataset.triples((None, URIRef(ONTOLOGY + relation), None))}
        for s, o in sorted(pairs):
            if s in graph and o in graph:
                graph.add_edge(s, o, key=relation, relation=relation)
    return graph


def _xml_graph(dataset: Dataset) -> nx.MultiDiGraph:
    graph = entity_graph(dataset)
    for _, data in graph.nodes(data=True):
        data["label"] = data["label"].translate(_NOT_IN_XML)
    return graph


def _graphml(dataset: Dataset) -> str:
    return "\n".join(nx.generate_graphml(_xml_graph(dataset))) + "\n"


def _gexf(dataset: Dataset) -> str:
    text = "\n".join(nx.generate_gexf(_xml_graph(dataset))) + "\n"
    # networkx writes today's date, which would make the same graph differ from day to day.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text)


_CLAIMS = f"""PREFIX gp: <{ONTOLOGY}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?subject ?relation ?object ?phase ?modality ?year ?confidence ?method ?document ?start ?end ?quote WHERE {{
  ?c a gp:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; gp:confidence ?confidence ; gp:method ?method ;
     gp:evidence ?m . ?m gp:sentence ?quote ; gp:sentenceStart ?start ; gp:sentenceEnd ?end ; gp:inDocument/dct:identifier ?document .
  OPTIONAL {{ ?s skos:prefLabel ?subject }}
  OPTIONAL {{ ?o skos:prefLabel ?object }}
  OPTIONAL {{ ?o gp:phase ?ph . ?ph skos:notation ?phase }}
  OPTIONAL {{ ?o gp:modality ?mo . ?mo skos:notation ?modality }}
  OPTIONAL {{ ?o gp:year ?year }}
  BIND(STRAFTER(STR(?p), "#") AS ?relation)
}} ORDER BY ?document ?start ?relation ?subject ?object ?phase ?modality ?confidence"""


def _csv(dataset: Dataset) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    result = dataset.query(_CLAIMS)
    writer.writerow([str(v) for v in result.vars or []])
    writer.writerows(["" if v is None else str(v) for v in row] for row in result)  # type: ignore[union-attr]
    return out.getvalue()


FORMATS: dict[str, Callable[[Dataset], str]] = {
    "nquads": _nquads,
    "trig": _trig,
    "turtle": _turtle,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}


def export(dataset: Dataset, format_: str) -> str:
    """Return the whole graph in one of :data:`FORMATS`; the same graph gives the same text."""
    return FORMATS[format_](dataset)
