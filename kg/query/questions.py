"""The shipped questions: ``ontology/queries/*.rq`` with their titles and parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import Dataset, Literal
from rdflib.namespace import XSD
from rdflib.query import Result

from kg.documents import GovPlanError
from kg.query.names import as_values, find, indicators
from kg.vocabulary import FOLDER


@dataclass(frozen=True, slots=True)
class Question:
    """One shipped question.

    ``parameters`` holds ``(name, description, example)`` of each; the SPARQL uses them as ``$name``.
    """

    name: str
    title: str
    title_en: str
    parameters: tuple[tuple[str, str, str], ...]
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """Return the shipped questions by name (``q01-community``), in order."""
    found = {}
    for path in sorted((FOLDER / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = dict(re.findall(r"^# (title|title_en): (.+)$", text, re.M))
        parameters = tuple(
            (p[0].strip(), p[1].strip(), p[2].strip())
            for p in (line.split("|") for line in re.findall(r"^# parameter: (.+)$", text, re.M))
        )
        found[path.stem] = Question(path.stem, head["title"], head["title_en"], parameters, text)
    return found


def question(name: str) -> Question:
    """Return a question by its name, its number (``q01``, ``1``) or its word (``community``).

    Raises
    ------
    GovPlanError
        If there is none.
    """
    known = questions()
    for key, found in known.items():
        number, _, word = key.partition("-")
        if name in {key, number, word, number.lstrip("q0")}:
            return found
    raise GovPlanError(f"no question {name!r}; there are: {', '.join(known)}")


def ask(dataset: Dataset, name: str, parameters: Mapping[str, str]) -> Result:
    """Answer a shipped question.

    Parameters
    ----------
    dataset
        The graph.
    name
        As in :func:`question`.
    parameters
        Value of each parameter; names of things are looked up, a year is a number.

    Raises
    ------
    GovPlanError
        If a parameter is missing, unknown or names nothing in the graph.
    """
    chosen = question(name)
    wanted = {p[0]: p for p in chosen.parameters}
    for given in parameters:
        if given not in wanted:
            raise GovPlanError(f"{chosen.name} takes no {given!r}; it takes: {', '.join(wanted) or 'nothing'}")
    sparql = chosen.sparql
    for key, (_, description, example) in wanted.items():
        if key not in parameters:
            raise GovPlanError(f"{chosen.name} needs --set {key}=… ({description}), for example --set {key}={example}")
        sparql = sparql.replace(f"${key}", _term(dataset, key, parameters[key]))
    return dataset.query(sparql)


def _term(dataset: Dataset, key: str, value: str) -> str:
    if key == "year":
        if not re.fullmatch(r"\d{4}", value):
            raise GovPlanError(f"{value!r} is no year; give four digits, for example --set year=2023")
        return Literal(value, datatype=XSD.gYear).n3()
    if key == "indicator":
        return as_values(indicators(dataset, value))
    return as_values([named.iri for named in find(dataset, value)])
