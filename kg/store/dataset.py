"""The store: one named graph a document, in Oxigraph on disk, in memory or behind a SPARQL URL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import RdfFormat, Triple
from rdflib import Dataset, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from kg.documents import Division, GovPlanError
from kg.store.iris import ONTOLOGY, Iris
from kg.store.quads import division_triples
from kg.vocabulary import FOLDER

MEMORY = ":memory:"


def open_dataset(store: str | Path, *, writable: bool = False) -> Dataset:
    """Open a store as an rdflib Dataset whose default graph is the union of all.

    Parameters
    ----------
    store
        A folder (made where missing, if `writable`), ``":memory:"``, or the URL of a SPARQL 1.1 store; for a
        store whose update address differs, give both with a space between: ``QUERY_URL UPDATE_URL``.
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
        return Dataset(OxigraphStore(store=pyoxigraph.Store()), default_union=True)
    folder = Path(text)
    try:
        if writable:
            folder.parent.mkdir(parents=True, exist_ok=True)
            opened = pyoxigraph.Store(str(folder))
        elif not (folder / "CURRENT").exists():
            raise GovPlanError(f"{folder}: no graph here; build one with: kg build PATH --store {folder}")
        else:
            opened = pyoxigraph.Store.read_only(str(folder))
    except OSError as error:
        if "lock" in str(error).lower():
            raise GovPlanError(
                f"{folder}: another process is writing to this store; try again when it is done"
            ) from None
        raise GovPlanError(f"{folder}: cannot open the store ({error})") from None
    return Dataset(OxigraphStore(store=opened), default_union=True)


def _lines(triples: Iterable[Triple]) -> str:
    return "\n".join(sorted({f"{t} ." for t in triples}))


def update(dataset: Dataset, request: str) -> None:
    """Run a SPARQL update; on Oxigraph all its operations are one transaction."""
    store = dataset.store
    if isinstance(store, OxigraphStore):
        store._inner.update(request)
    else:
        store.update(request)  # type: ignore[attr-defined]


def write_document(
    dataset: Dataset, iris: Iris, stem: str, triples: Iterable[Triple], divisions: Iterable[Division]
) -> None:
    """Replace a document's graph and add the divisions it names, in one transaction.

    A process that dies before the transaction ends leaves the store as it was.

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
    graph, places = iris.graph(stem), {t for d in divisions for t in division_triples(d, iris)}
    request = f"DROP SILENT GRAPH <{graph}> ;\nINSERT DATA {{ GRAPH <{graph}> {{\n{_lines(triples)}\n}} }} ;\n"
    request += f"INSERT DATA {{ GRAPH <{iris.gazetteer}> {{\n{_lines(places)}\n}} }}"
    update(dataset, request)


def write_ontology(dataset: Dataset, iris: Iris) -> None:
    """Put the shipped ontology into its graph, where it is not there yet or has changed."""
    source = (FOLDER / "govplan.ttl").read_bytes()
    triples = [Triple(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(source, format=RdfFormat.TURTLE)]
    graph = iris.ontology
    update(dataset, f"DROP SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{\n{_lines(triples)}\n}} }}")


def prune_divisions(dataset: Dataset, iris: Iris) -> None:
    """Remove divisions no document names any more, directly or as what lies above a named one."""
    update(
        dataset,
        f"""DELETE {{ GRAPH <{iris.gazetteer}> {{ ?place ?p ?o }} }}
        WHERE {{ GRAPH <{iris.gazetteer}> {{ ?place ?p ?o }}
          FILTER NOT EXISTS {{
            GRAPH <{iris.gazetteer}> {{ ?below <{ONTOLOGY}locatedIn>* ?place }}
            GRAPH ?g {{ ?below a ?class }} FILTER(?g != <{iris.gazetteer}>) }} }}""",
    )


def built(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """Return ``{document IRI: (sha256, version)}`` of the documents in the store."""
    rows = dataset.query(f"SELECT ?d ?h ?v WHERE {{ ?d <{ONTOLOGY}sha256> ?h ; <{ONTOLOGY}builtBy> ?v }}")
    return {str(d): (str(h), str(v)) for d, h, v in rows}  # type: ignore[misc]


def remove_document(dataset: Dataset, iris: Iris, stem: str) -> None:
    """Take a document's graph out of the store."""
    dataset.remove_graph(URIRef(iris.graph(stem)))
