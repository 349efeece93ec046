"""All that is known of one entity."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Dataset, URIRef

from kg.query.names import Named, find
from kg.store.iris import ONTOLOGY


@dataclass(frozen=True, slots=True)
class Card:
    """An entity's names, relations, statuses, values and the quotes that name it.

    ``relations`` holds ``(relation, direction, other)``, ``statuses`` ``(year, phase, modality)``, ``values``
    ``(year, text)`` and ``quotes`` ``(document, start, end, sentence)``.
    """

    named: Named
    aliases: list[str]
    relations: list[tuple[str, str, str]]
    statuses: list[tuple[str, str, str]]
    values: list[tuple[str, str]]
    quotes: list[tuple[str, int, int, str]]


_PREFIX = f"""PREFIX gp: <{ONTOLOGY}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/> """


def show(dataset: Dataset, name: str) -> list[Card]:
    """Return a card for each entity called `name`.

    Raises
    ------
    GovPlanError
        If nothing bears the name.
    """
    return [_card(dataset, named) for named in find(dataset, name)]


def _rows(dataset: Dataset, sparql: str) -> list[tuple[str, ...]]:
    return [tuple("" if v is None else str(v) for v in row) for row in dataset.query(_PREFIX + sparql)]  # type: ignore[union-attr]


def _card(dataset: Dataset, named: Named) -> Card:
    e = URIRef(named.iri).n3()
    relations = "gp:location, gp:locatedIn, gp:partOf, gp:agent, gp:received"
    rows = _rows(
        dataset,
        f"""SELECT DISTINCT ?p ?d ?o WHERE {{
        {{ {e} ?r ?x . BIND("→" AS ?d) }} UNION {{ ?x ?r {e} . BIND("←" AS ?d) }}
        FILTER(?r IN ({relations})) ?x skos:prefLabel ?o . BIND(STRAFTER(STR(?r), "#") AS ?p) }} ORDER BY ?p ?d ?o""",
    )
    statuses = _rows(
        dataset,
        f"""SELECT DISTINCT ?y ?p ?m WHERE {{ {e} gp:hasStatus ?s . ?s gp:phase/skos:notation ?p ;
        gp:modality/skos:notation ?m . OPTIONAL {{ ?s gp:year ?y }} }} ORDER BY ?y ?p""",
    )
    values = _rows(
        dataset,
        f"SELECT DISTINCT ?y ?l WHERE {{ {e} gp:hasObservation ?o . ?o skos:prefLabel ?l . OPTIONAL {{ ?o gp:year ?y }} }} ORDER BY ?y ?l",
    )
    quotes = _rows(
        dataset,
        f"""SELECT DISTINCT ?d ?s ?e ?q WHERE {{ ?m gp:mentionOf {e} ; gp:sentence ?q ; gp:sentenceStart ?s ; gp:sentenceEnd ?e ;
        gp:inDocument/dct:identifier ?d }} ORDER BY ?d ?s""",
    )
    aliases = [r[0] for r in _rows(dataset, f"SELECT DISTINCT ?a WHERE {{ {e} skos:altLabel ?a }} ORDER BY ?a")]
    return Card(
        named,
        aliases,
        [(r[0], r[1], r[2]) for r in rows],
        [(r[0][:4], r[1], r[2]) for r in statuses],
        [(r[0][:4], r[1]) for r in values],
        [(r[0], int(r[1]), int(r[2]), r[3]) for r in quotes],
    )
