"""Writing a graph out: RDF for machines, GraphML and GEXF for network tools, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import networkx as nx
from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Literal, Node

from kg.documents import ENTITY_LABELS
from kg.store.iris import ONTOLOGY
from kg.vocabulary import FOLDER

RELATIONS = ("location", "locatedIn", "partOf", "agent", "received")


def _nquads(dataset: Dataset) -> str:
    lines = []
    for s, p, o, graph in dataset.quads((None, None, None, None)):
        name = f" {URIRef(str(getattr(graph, 'identifier', graph))).n3()}" if graph is not None else ""
        lines.append(f"{s.n3()} {p.n3()} {_term(o)}{name} .\n")
    return "".join(sorted(set(lines)))


def _term(term: Node) -> str:
    if isinstance(term, Literal):
        text = str(term).translate({92: "\\\\", 34: '\\"', 10: "\\n", 13: "\\r", 9: "\\t"})
        kind = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
        return f'"{text}"{kind}'
    return term.n3()


def _union(dataset: Dataset) -> Graph:
    graph = Graph()
    for s, p, o, _ in dataset.quads((None, None, None, None)):
        graph.add((s, p, o))
    _bind(graph)
    return graph


def _bind(graph: Graph) -> None:
    graph.bind("gp", ONTOLOGY)
    graph.bind("skos", SKOS)


def _turtle(dataset: Dataset) -> str:
    return _union(dataset).serialize(format="turtle")


def _trig(dataset: Dataset) -> str:
    out = Dataset()
    _bind(out)
    for s, p, o, graph in sorted(dataset.quads((None, None, None, None)), key=str):
        out.graph(URIRef(str(getattr(graph, "identifier", graph)))).add((s, p, o))
    return out.serialize(format="trig")


def _jsonld(dataset: Dataset) -> str:
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    expanded = json.loads(_union(dataset).serialize(format="json-ld", context=context, auto_compact=True))
    if isinstance(expanded.get("@graph"), list):
        expanded["@graph"].sort(key=lambda n: str(n.get("@id", "")))
    return json.dumps(expanded, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


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


def _graphml(dataset: Dataset) -> str:
    return "\n".join(nx.generate_graphml(entity_graph(dataset))) + "\n"


def _gexf(dataset: Dataset) -> str:
    text = "\n".join(nx.generate_gexf(entity_graph(dataset))) + "\n"
    return "\n".join(line for line in text.split("\n") if "lastmodifieddate" not in line)


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
