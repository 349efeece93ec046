"""The graph as a network: shortest paths with their quotes, and measures, by networkx."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
from rdflib import Dataset, URIRef

from kg.documents import GovPlanError
from kg.query.names import find
from kg.store.export import entity_graph
from kg.store.iris import ONTOLOGY

_FEW = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path: `source` stands in `relation` to `target`, or the other way round if `inverse`."""

    source: str
    relation: str
    target: str
    inverse: bool
    quote: str
    document: str


def paths(dataset: Dataset, first: str, second: str) -> list[list[Step]]:
    """Return up to three shortest paths between two things, with the quotes along them.

    Places that everything lies in (the publisher and above) are avoided where another way exists.

    Raises
    ------
    GovPlanError
        If a name is unknown or the two are not connected.
    """
    graph = entity_graph(dataset)
    starts, ends = [n.iri for n in find(dataset, first)], [n.iri for n in find(dataset, second)]
    simple = nx.Graph()
    for source, target in graph.edges():
        simple.add_edge(source, target)
    degrees = dict(simple.degree())
    for source, target in simple.edges():
        simple[source][target]["weight"] = 1 + (degrees[source] + degrees[target]) / (2 * len(degrees))
    best: list[list[str]] = []
    for start in starts:
        for end in ends:
            if start in simple and end in simple and nx.has_path(simple, start, end):
                found = nx.all_shortest_paths(simple, start, end, weight="weight")
                best.extend(path for path, _ in zip(found, range(_FEW), strict=False))
    if not best:
        raise GovPlanError(f"「{first}」与「{second}」在图中没有相连")
    shortest = min(map(len, best))
    chosen = sorted(p for p in best if len(p) == shortest)[:_FEW]
    return [[_step(dataset, graph, a, b) for a, b in pairwise(p)] for p in chosen]


def _step(dataset: Dataset, graph: nx.MultiDiGraph, a: str, b: str) -> Step:
    inverse = not graph.has_edge(a, b)
    source, target = (b, a) if inverse else (a, b)
    relation = sorted(graph[source][target])[0]
    rows = list(
        dataset.query(
            f"""PREFIX gp: <{ONTOLOGY}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            PREFIX dct: <http://purl.org/dc/terms/>
            SELECT ?q ?d WHERE {{ ?c rdf:subject {URIRef(source).n3()} ; rdf:predicate gp:{relation} ;
              rdf:object {URIRef(target).n3()} ; gp:evidence ?m . ?m gp:sentence ?q ; gp:inDocument/dct:identifier ?d }}
            ORDER BY ?d ?q LIMIT 1"""
        )
    )
    quote, document = (str(rows[0][0]), str(rows[0][1])) if rows else ("", "")  # type: ignore[index]
    names = graph.nodes
    return Step(names[a]["label"], relation, names[b]["label"], inverse, quote, document)


@dataclass(frozen=True, slots=True)
class Stats:
    """How big a graph is and what is central in it.

    ``central`` holds ``(name, class, degree, betweenness)`` of the ten things with most relations.
    """

    documents: int
    quads: int
    classes: Counter[str]
    relations: Counter[str]
    phases: Counter[str]
    central: list[tuple[str, str, int, float]]


def stats(dataset: Dataset) -> Stats:
    """Return the counts and the central things of a graph."""
    graph = entity_graph(dataset)
    classes = Counter(data["class"] for _, data in graph.nodes(data=True))
    relations = Counter(data["relation"] for _, _, data in graph.edges(data=True))
    rows = dataset.query(
        f"""PREFIX gp: <{ONTOLOGY}> SELECT ?p (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s gp:phase ?p }} GROUP BY ?p"""
    )
    phases = Counter({str(p).removeprefix(ONTOLOGY): int(str(n)) for p, n in rows})  # type: ignore[misc]
    documents = len(list(dataset.query(f"SELECT ?d WHERE {{ ?d a <{ONTOLOGY}Document> }}")))
    simple = nx.Graph(graph)
    between = nx.betweenness_centrality(simple, k=min(len(simple), 200), seed=0) if len(simple) else {}
    top = sorted(simple.degree(), key=lambda d: (-d[1], d[0]))[:10]
    central = [(graph.nodes[n]["label"], graph.nodes[n]["class"], k, round(between[n], 4)) for n, k in top]
    return Stats(documents, len(dataset), classes, relations, phases, central)
