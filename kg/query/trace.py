"""Traces and timelines: what touches a place, and what was said of a thing over the years."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Dataset

from kg.query.names import as_values, find
from kg.query.questions import ask, question


@dataclass(frozen=True, slots=True)
class Touch:
    """One statement that an initiative touches a place.

    ``quote`` is the sentence, ``document[start:end]`` its place; ``phase``, ``modality`` and ``year`` are
    None where the sentence does not state them.
    """

    initiative: str
    class_: str
    place: str
    phase: str | None
    modality: str | None
    year: int | None
    quote: str
    document: str
    start: int
    end: int

    def as_dict(self) -> dict[str, object]:
        """Return the fields as the command prints them (``class`` without its underscore)."""
        return {("class" if f == "class_" else f): getattr(self, f) for f in self.__slots__}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing said of an entity in a year."""

    year: int | None
    phase: str | None
    phase_zh: str | None
    modality: str | None
    quote: str
    document: str
    start: int
    end: int


def _year(term: object) -> int | None:
    return int(str(term)[:4]) if term is not None else None


def _text(term: object) -> str | None:
    return str(term) if term is not None else None


def trace(dataset: Dataset, name: str) -> list[Touch]:
    """Return which initiatives touch a place, directly or through a place inside it.

    A sentence that gives an initiative a phase hides the same sentence without one.

    Raises
    ------
    GovPlanError
        If nothing in the graph bears the name.
    """
    found: dict[tuple[object, ...], Touch] = {}
    for row in ask(dataset, "q01", {"community": name}):
        get = row.asdict().get  # type: ignore[union-attr]
        touch = Touch(
            str(get("initiative")),
            str(get("class")),
            str(get("place")),
            _text(get("phase")),
            _text(get("modality")),
            _year(get("year")),
            str(get("quote")),
            str(get("document")),
            int(str(get("start"))),
            int(str(get("end"))),
        )
        key = (touch.initiative, touch.class_, touch.document, touch.start)
        if key not in found or (found[key].phase is None and touch.phase is not None):
            found[key] = touch
    return sorted(found.values(), key=lambda t: (t.year or 0, t.initiative, t.document, t.start))


def timeline(dataset: Dataset, name: str) -> list[Moment]:
    """Return what was said of a thing, year by year.

    Raises
    ------
    GovPlanError
        If nothing in the graph bears the name.
    """
    found: dict[tuple[object, ...], Moment] = {}
    sparql = question("q03").sparql.replace("$project", as_values([n.iri for n in find(dataset, name)]))
    for row in dataset.query(sparql):
        get = row.asdict().get  # type: ignore[union-attr]
        moment = Moment(
            _year(get("year")),
            _text(get("phase")),
            _text(get("phase_zh")),
            _text(get("modality")),
            str(get("quote")),
            str(get("document")),
            int(str(get("start"))),
            int(str(get("end"))),
        )
        key = (moment.document, moment.start, moment.phase)
        bare = (moment.document, moment.start, None)
        if moment.phase is not None:
            found.pop(bare, None)
        elif any(k[:2] == bare[:2] for k in found):
            continue
        found[key] = moment
    return sorted(found.values(), key=lambda m: (m.year or 0, m.document, m.start))
