"""The store: one named graph a document, in Oxigraph on disk, in memory or behind a SPARQL URL."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple
from rdflib import RDFS, SKOS, Dataset, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from rdflib.term import Node

from kg.documents import Division, GovPlanError
from kg.store.iris import ONTOLOGY, Iris
from kg.store.quads import division_triples
from kg.vocabulary import FOLDER

MEMORY = ":memory:"
_LABEL, _PREFERRED = NamedNode(str(RDFS.label)), NamedNode(str(SKOS.prefLabel))


def open_dataset(store: str | Path, *, writable: bool = False) -> Dataset:
    """Open a store as an rdflib Dataset whose default graph is the union of all.

    Parameters
    ----------
    store
        A folder (made where missing, if `writable`), ``":memory:"``, or the URL of a SPARQL 1.1 store; for a
        store whose update address differs, give both with a space between: ``QUERY_URL UPDATE_URL``. The
        default graph of such a store must be the union of its named graphs.
    writable
        Open for writing; one process at a time can.

    Raises
    ------
    GovPlanError
        If the folder holds no store, or another process writes to it.
    """
    text = str(store)
    if text.startswith(("http://", "https://")):
        query, _, update = text.partition(" ")
        remote = SPARQLUpdateStore(query, update or query, method="POST", autocommit=True)
        return Dataset(remote, default_union=True)
    if text == MEMORY:
        return Dataset(OxigraphStore(store=Store()), default_union=True)
    folder = Path(text)
    if not writable and not (folder / "CURRENT").exists():
        raise GovPlanError(f"{folder}: no graph here; build one with: kg build PATH --store {folder}")
    try:
        opened = _writable(folder) if writable else Store.read_only(str(folder))
    except OSError as error:
        if "lock" in str(error).lower():
            raise GovPlanError(
                f"{folder}: this store is open for writing already; try again when that is done"
            ) from None
        raise GovPlanError(f"{folder}: cannot open the store ({error})") from None
    return Dataset(OxigraphStore(store=opened), default_union=True)


def _writable(folder: Path) -> Store:
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        return Store(str(folder))
    except OSError:
        # A dataset nobody holds any more keeps its lock until the collector finds it: rdflib's are cyclic.
        gc.collect()
        return Store(str(folder))


def local_store(dataset: Dataset) -> Store | None:
    """Return the Oxigraph store under a dataset, or None where it lies behind a URL."""
    return dataset.store._inner if isinstance(dataset.store, OxigraphStore) else None


def update(dataset: Dataset, request: str) -> None:
    """Run a SPARQL update; on Oxigraph all its operations are one transaction."""
    store = local_store(dataset)
    if store is not None:
        store.update(request)
    else:
        dataset.update(request)


def quads(dataset: Dataset, graph: str | None = None) -> list[Quad]:
    """Return every quad, or those of one named graph, in no particular order."""
    store = local_store(dataset)
    if store is not None:
        return list(store.quads_for_pattern(None, None, None, NamedNode(graph) if graph else None))
    name = URIRef(graph).n3() if graph else "?g"
    rows = dataset.query(f"SELECT ?s ?p ?o ?g WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
    return [Quad(_ox(s), _ox(p), _ox(o), NamedNode(graph or str(g))) for s, p, o, g in rows]  # type: ignore[misc,arg-type]


def _ox(term: Node) -> NamedNode | Literal:
    if isinstance(term, RdfLiteral):
        kind = NamedNode(term.datatype) if term.datatype and not term.language else None
        return Literal(str(term), language=term.language, datatype=kind)
    return NamedNode(str(term))


def _triples(dataset: Dataset, graph: str) -> set[Triple]:
    return {quad.triple for quad in quads(dataset, graph)}


def _change(graph: str, old: set[Triple], new: set[Triple]) -> str:
    """Return the SPARQL operations that turn `old` into `new`, ``""`` where they are the same."""
    request = ""
    for operation, triples in (("DELETE", old - new), ("INSERT", new - old)):
        if triples:
            lines = "\n".join(sorted(f"{t} ." for t in triples))
            request += f"{operation} DATA {{ GRAPH <{graph}> {{\n{lines}\n}} }} ;\n"
    return request


def write_document(
    dataset: Dataset, iris: Iris, stem: str, triples: Iterable[Triple], divisions: Iterable[Division]
) -> None:
    """Replace a document's graph, add the divisions it names and settle preferred names, in one transaction.

    Only what differs is written. A process that dies before the transaction ends leaves the store as it was.

    Parameters
    ----------
    dataset
        A writable store.
    iris
        Where the IRIs lie.
    stem
        Names the document's graph.
    triples
        Every statement of that graph.
    divisions
        Official divisions to describe in the gazetteer's graph.
    """
    graph = iris.graph(stem)
    old, new = _triples(dataset, graph), set(triples)
    places = {t for d in divisions for t in division_triples(d, iris)}
    request = _change(graph, old, new) + _change(iris.gazetteer, set(), places)
    request += _preferred(dataset, iris, graph, old, new)
    if request:
        update(dataset, request)


def _preferred(dataset: Dataset, iris: Iris, graph: str, old: set[Triple], new: set[Triple]) -> str:
    """Return the operations that give each thing one preferred name over all documents.

    The longest of the names that documents prefer, then the first: quotes and brackets are kept.
    """
    touched = {t.subject for t in old | new if t.predicate == _LABEL}
    if not touched:
        return ""
    stated: dict[str, set[str]] = {str(subject): set() for subject in touched}
    before = set()
    rows = dataset.query(
        f"""SELECT ?g ?thing ?name WHERE {{ VALUES ?thing {{ {" ".join(sorted(stated))} }}
        {{ GRAPH ?g {{ ?thing <{RDFS.label}> ?name }} FILTER(?g != <{graph}>) }}
        UNION {{ GRAPH <{iris.names}> {{ ?thing <{SKOS.prefLabel}> ?name }} BIND(<{iris.names}> AS ?g) }} }}"""
    )
    for source, thing, name in rows:  # type: ignore[misc]
        if str(source) == iris.names:
            before.add(Triple(_ox(thing), _PREFERRED, _ox(name)))  # type: ignore[arg-type]
        else:
            stated[str(_ox(thing))].add(str(name))
    for triple in new:
        if triple.predicate == _LABEL:
            stated[str(triple.subject)].add(triple.object.value)  # type: ignore[union-attr]
    after = set()
    for subject in touched:
        names = stated[str(subject)]
        if names:
            best = min(names, key=lambda name: (-len(name), name))
            after.add(Triple(subject, _PREFERRED, Literal(best, language="zh")))
    return _change(iris.names, before, after)


def write_ontology(dataset: Dataset, iris: Iris) -> None:
    """Put the shipped ontology into its graph, where it is not there yet or has changed."""
    source = (FOLDER / "govplan.ttl").read_bytes()
    shipped = {q.triple for q in pyoxigraph.parse(source, format=RdfFormat.TURTLE)}
    request = _change(iris.ontology, _triples(dataset, iris.ontology), shipped)
    if request:
        update(dataset, request)


def prune_divisions(dataset: Dataset, iris: Iris) -> None:
    """Remove divisions no document names any more, directly or as what lies above a named one.

    The last step of a build: on disk it also writes the log out, so that readers open the store at once.
    """
    update(
        dataset,
        f"""DELETE {{ GRAPH <{iris.gazetteer}> {{ ?place ?p ?o }} }}
        WHERE {{ GRAPH <{iris.gazetteer}> {{ ?place ?p ?o }}
          FILTER NOT EXISTS {{
            GRAPH <{iris.gazetteer}> {{ ?below <{ONTOLOGY}locatedIn>* ?place }}
            GRAPH ?g {{ ?below a ?class }} FILTER(?g != <{iris.gazetteer}>) }} }}""",
    )
    store = local_store(dataset)
    if store is not None:
        store.flush()


def built(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """Return ``{document IRI: (sha256, version)}`` of the documents in the store."""
    rows = dataset.query(f"SELECT ?d ?h ?v WHERE {{ ?d <{ONTOLOGY}sha256> ?h ; <{ONTOLOGY}builtBy> ?v }}")
    return {str(d): (str(h), str(v)) for d, h, v in rows}  # type: ignore[misc]
