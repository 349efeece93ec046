"""A graph you can ask: the object the public API hands out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rdflib import Dataset
from rdflib.query import Result

from kg.builder import Outcome, build_into
from kg.documents import GovPlanError
from kg.query.network import Stats, Step, paths, stats
from kg.query.questions import ask
from kg.query.show import Card, show
from kg.query.trace import Moment, Touch, timeline, trace
from kg.resolve import NO_RULES, read_merges
from kg.store import BASE, Violation, export, open_dataset, violations
from kg.view.data import read_view
from kg.view.page import write_page


class Graph:
    """A built graph.

    Parameters
    ----------
    dataset
        The rdflib Dataset; its default graph is the union of the documents' graphs.
    outcomes
        What became of each file when the graph was built; empty for one merely opened.

    Examples
    --------
    >>> import kg
    >>> graph = kg.build(["seeds/buji-2022-2023.txt"])
    >>> graph.stats().documents
    1
    """

    def __init__(self, dataset: Dataset, outcomes: Iterable[Outcome] = ()) -> None:
        self.dataset = dataset
        self.outcomes = list(outcomes)

    def query(self, sparql: str) -> Result:
        """Return the result of any SPARQL query over the union of the graphs.

        Raises
        ------
        GovPlanError
            If the query is not valid SPARQL; the message says where.
        """
        try:
            return self.dataset.query(sparql)
        except (SyntaxError, ValueError) as error:
            raise GovPlanError(f"no valid SPARQL: {error}") from None

    def ask(self, question: str, **parameters: str) -> Result:
        """Return the answer to a shipped question, such as ``ask("q01", community="罗岗")``."""
        return ask(self.dataset, question, parameters)

    def trace(self, name: str) -> list[Touch]:
        """Return which initiatives touch a place, directly or through a place inside it."""
        return trace(self.dataset, name)

    def timeline(self, name: str) -> list[Moment]:
        """Return what was said of a thing, year by year."""
        return timeline(self.dataset, name)

    def paths(self, first: str, second: str) -> list[list[Step]]:
        """Return the shortest paths between two things, with the quotes along them."""
        return paths(self.dataset, first, second)

    def show(self, name: str) -> list[Card]:
        """Return all that is known of the things called `name`."""
        return show(self.dataset, name)

    def stats(self) -> Stats:
        """Return the counts and the central things of the graph."""
        return stats(self.dataset)

    def validate(self) -> list[Violation]:
        """Return what breaks the SHACL shapes; empty where the graph conforms."""
        return violations(self.dataset)

    def export(self, format_: str) -> str:
        """Return the graph as nquads, trig, turtle, jsonld, graphml, gexf or csv."""
        return export(self.dataset, format_)

    def draw(self, path: str | Path, title: str = "政府工作知识图谱") -> Path:
        """Write the interactive page to `path` and return it."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_page(read_view(self.dataset), target, title)
        return target


def build(
    paths: Iterable[str | Path],
    store: str | Path = ":memory:",
    *,
    base: str = BASE,
    merges: str | Path | None = None,
    min_confidence: float = 0.0,
) -> Graph:
    """Build a graph from documents.

    Parameters
    ----------
    paths
        Files and folders of .txt, .html, .docx and .pdf.
    store
        Folder of an embedded store, ``":memory:"``, or the URL of a SPARQL 1.1 store.
    base
        Base IRI of the data.
    merges
        A merge file, see :func:`kg.resolve.read_merges`.
    min_confidence
        Mentions below this calibrated confidence are left out.

    Returns
    -------
    Graph
        With ``outcomes`` telling which files failed and why.
    """
    dataset = open_dataset(store, writable=True)
    rules = read_merges(Path(merges)) if merges else NO_RULES
    outcomes = build_into(dataset, [Path(p) for p in paths], base=base, merges=rules, min_confidence=min_confidence)
    return Graph(dataset, outcomes)


def open_graph(store: str | Path) -> Graph:
    """Open a graph built before.

    Raises
    ------
    GovPlanError
        If there is none.
    """
    return Graph(open_dataset(store))
