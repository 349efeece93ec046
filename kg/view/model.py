"""What the page shows: a graph's entities, relations and quotes as plain frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

STYLE = tomllib.loads(files(__package__).joinpath("static/style.toml").read_text("utf-8"))
"""Classes and relations in the order of the legend, with shape, colours and wording."""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A passage of a document: `text` at ``[start, end)``, inside `sentence`.

    Offsets count Unicode characters of the document as read; `sentence` is ``""`` where unknown.
    `at` is where `text` begins in `sentence`, or -1 where it is not in it.
    """

    document: str
    start: int
    end: int
    text: str
    sentence: str
    at: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something stated of one entity that is no relation to another.

    Parameters
    ----------
    kind
        ``status`` (a phase), ``observation`` (a value), ``set`` (a list with its size) or ``code``.
    text
        The fact in Chinese, such as ``竣工`` or ``固定资产投资 69.69亿元``.
    year
        Year it holds for, if stated.
    phase
        Local name of the phase of a status, else None.
    modality
        Label of the modality (达成, 计划 …) of a status, else ``""``.
    evidence
        Where it is stated.
    """

    kind: Literal["status", "observation", "set", "code"]
    text: str
    year: int | None
    phase: str | None
    modality: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity; `label` is its class, `degree` the number of relations it is in."""

    iri: str
    label: str
    name: str
    aliases: tuple[str, ...]
    degree: int
    facts: tuple[Fact, ...]
    mentions: tuple[Quote, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years its facts hold for, ascending."""
        return tuple(sorted({fact.year for fact in self.facts if fact.year is not None}))

    @property
    def phases(self) -> tuple[str, ...]:
        """Local names of the phases reported of it."""
        return tuple(dict.fromkeys(fact.phase for fact in self.facts if fact.phase is not None))


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two entities (IRIs), with the passages that state it.

    `predicate` is the local name of an ontology property; `confidence` is the highest of its
    claims, or None for what is known without a document (the official divisions).
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Quote, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ViewData:
    """All the page shows, ordered, so that the same graph gives the same page.

    Parameters
    ----------
    nodes, edges
        Entities by class and name, relations by their ends.
    classes, relations, phases
        Chinese labels by local name, in the order of the legend; phases in their own order.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    classes: Mapping[str, str]
    relations: Mapping[str, str]
    phases: Mapping[str, str]
