"""From files to a graph: read, extract, resolve and store each document."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rdflib import Dataset
from spacy.language import Language

from kg.documents import VALUE_LABELS, GovPlanError, Resolution
from kg.extract import extract, load_pipeline
from kg.gazetteer import Gazetteer
from kg.read import find_documents, read_document
from kg.resolve import NO_RULES, MergeRules, resolve
from kg.store import BASE, DocumentTriples, Iris, built, prune_divisions, write_document, write_ontology


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Parameters
    ----------
    path
        The file.
    state
        ``"built"``, ``"unchanged"`` or ``"failed"``.
    message
        Why it failed, else ``""``.
    counts
        Entities by class where it was built.
    """

    path: Path
    state: str
    message: str
    counts: Counter[str]


@cache
def _fingerprint() -> str:
    """Return a digest of the rules and the model, so that a change of them builds documents again."""
    found = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.is_dir():
                add(item)
            else:
                found.update(item.read_bytes())

    add(files("kg.extract").joinpath("data"))
    return found.hexdigest()[:12]


def build_into(
    dataset: Dataset,
    paths: Iterable[Path],
    *,
    base: str = BASE,
    merges: MergeRules = NO_RULES,
    min_confidence: float = 0.0,
    report: Callable[[Outcome, int, int], None] = lambda _outcome, _done, _total: None,
) -> list[Outcome]:
    """Build or refresh the graphs of documents in a writable store.

    A document whose bytes, rules and settings are as they were is left alone; a file that cannot be read
    is reported and the others go on.

    Parameters
    ----------
    dataset
        From :func:`kg.store.open_dataset` with ``writable=True``.
    paths
        Files and folders.
    base
        Base IRI of the data.
    merges
        The analyst's merge rules.
    min_confidence
        Mentions below it are left out.
    report
        Called after each file with its outcome, how many are done and how many there are.

    Returns
    -------
    list of Outcome
        One a file, in order.
    """
    iris, gazetteer = Iris(base), Gazetteer.load()
    settings = f"{version('govplan-kg')} {_fingerprint()} {hashlib.sha256(repr((merges.same, sorted(map(sorted, merges.different)), min_confidence)).encode()).hexdigest()[:8]}"
    known = built(dataset)
    documents = find_documents(paths)
    nlp: Language | None = None
    outcomes: list[Outcome] = []
    stems: dict[str, Path] = {}
    write_ontology(dataset, iris)
    for done, path in enumerate(documents, 1):
        try:
            if path.stem in stems:
                raise GovPlanError(f"{path}: {stems[path.stem]} has the same name; rename one of them")
            stems[path.stem] = path
            document = read_document(path)
            if known.get(iris.of("document", document.stem)) == (document.sha256, settings):
                outcome = Outcome(path, "unchanged", "", Counter())
            else:
                nlp = nlp or load_pipeline()
                resolution = resolve(extract(document, nlp, min_confidence), gazetteer, merges)
                divisions = [e.division for e in resolution.entities if e.division]
                write_document(dataset, iris, document.stem, DocumentTriples(resolution, iris, settings), divisions)
                outcome = Outcome(path, "built", "", counts(resolution))
        except GovPlanError as error:
            outcome = Outcome(path, "failed", str(error), Counter())
        outcomes.append(outcome)
        report(outcome, done, len(documents))
    if any(o.state == "built" for o in outcomes):
        prune_divisions(dataset, iris)
    return outcomes


def counts(resolution: Resolution) -> Counter[str]:
    """Return how many entities of each class, and how many facts, a document gave."""
    found = Counter(e.label for e in resolution.entities)
    found["mentions"] = sum(m.label not in VALUE_LABELS for m in resolution.extraction.mentions)
    found["statuses"] = len(resolution.extraction.statuses)
    found["observations"] = len(resolution.extraction.observations)
    return found
