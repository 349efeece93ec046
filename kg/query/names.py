"""From a name an analyst types to the entities it can mean."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from rdflib import Dataset, URIRef
from rdflib.namespace import SKOS

from kg.documents import GovPlanError
from kg.resolve.names import normal
from kg.store.iris import ONTOLOGY


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """An entity with its class and preferred name."""

    name: str
    label: str
    iri: str


def all_names(dataset: Dataset) -> dict[str, list[Named]]:
    """Return every name in the graph, preferred and other, with the entities that bear it."""
    rows = dataset.query(
        f"""PREFIX gp: <{ONTOLOGY}> PREFIX skos: <{SKOS}>
        SELECT DISTINCT ?e ?name ?alias ?kind WHERE {{
          ?e skos:prefLabel ?name ; a ?kind . FILTER(STRSTARTS(STR(?kind), "{ONTOLOGY}"))
          FILTER(?kind NOT IN (gp:Place, gp:Initiative, gp:Observation, gp:NamedSet, gp:Section, gp:Document))
          OPTIONAL {{ ?e skos:altLabel ?alias }} }}"""
    )
    found: dict[str, list[Named]] = {}
    for entity, name, alias, kind in rows:  # type: ignore[misc]
        named = Named(str(name), str(kind).removeprefix(ONTOLOGY), str(entity))
        for written in {str(name), *([str(alias)] if alias is not None else [])}:
            entries = found.setdefault(normal(written), [])
            if named not in entries:
                entries.append(named)
    return found


def find(dataset: Dataset, name: str) -> list[Named]:
    """Return the entities called `name`: exactly, else with one of the endings 社区, 村, 街道 and so on.

    Raises
    ------
    GovPlanError
        If nothing bears the name; the nearest names are suggested.
    """
    names = all_names(dataset)
    wanted = normal(name)
    for form in (wanted, *(wanted + ending for ending in ("社区", "村", "街道", "镇", "乡", "市", "区", "县"))):
        if form in names:
            return sorted(names[form])
    raise GovPlanError(missing(name, wanted, list(names)))


def indicators(dataset: Dataset, name: str) -> list[str]:
    """Return the IRIs of the indicators called `name`, or containing it where none is called so.

    Raises
    ------
    GovPlanError
        If there is none; the nearest are suggested.
    """
    rows = dataset.query(
        f"PREFIX gp: <{ONTOLOGY}> PREFIX skos: <{SKOS}> SELECT DISTINCT ?i ?n WHERE {{ ?o gp:indicator ?i . ?i skos:prefLabel ?n }}"
    )
    known = {str(n): str(i) for i, n in rows}  # type: ignore[misc]
    if name in known:
        return [known[name]]
    partly = sorted(i for n, i in known.items() if name in n)
    if partly:
        return partly
    raise GovPlanError(missing(name, name, list(known)))


def missing(name: str, wanted: str, known: list[str]) -> str:
    """Return the message for a name nothing bears, with the nearest names."""
    near = [k for k in known if wanted in k][:5] or difflib.get_close_matches(wanted, known, n=5, cutoff=0.4)
    hint = f";是不是:{'、'.join(near)}?" if near else ";用 kg stats 看看图里有什么"
    return f"图中没有「{name}」{hint}"


def as_values(iris: list[str]) -> str:
    """Return IRIs for a SPARQL ``VALUES`` block, escaped."""
    return " ".join(URIRef(i).n3() for i in iris)
