"""Score facts: precision and recall of what was read against the JSON beside an annotated text.

Facts are compared by surfaces, a document at a time, so a fact stated twice counts once. A status must
agree in phase, modality and year; an observation in indicator, value, unit, comparison and year.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from kg.documents import Extraction, Resolution
from kg.resolve.names import normal

KINDS = ("location", "status", "observation", "award", "agent", "list", "same")


def _number(value: object) -> str:
    text = str(value).replace(",", "").lstrip("+")
    return f"{float(text):g}" if text.replace(".", "", 1).lstrip("-").isdigit() else text


def gold_facts(path: Path) -> set[tuple[object, ...]]:
    """Return the facts of ``FILE.json`` as comparable tuples."""
    found: set[tuple[object, ...]] = set()
    for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
        kind = fact["kind"]
        if kind in {"location", "award", "agent"}:
            found.add((kind, normal(fact["subject"]), normal(fact["object"])))
        elif kind == "status":
            found.add((kind, normal(fact["subject"]), fact["phase"], fact["modality"], fact.get("year")))
        elif kind == "observation":
            found.add(
                (
                    kind,
                    normal(fact["indicator"]),
                    _number(fact["value"]),
                    fact["unit"],
                    fact.get("comparison", ""),
                    fact.get("year"),
                )
            )
        elif kind == "list":
            found.add((kind, frozenset(map(normal, fact["members"])), int(fact["count"])))
        elif kind == "same":
            found.add((kind, frozenset(map(normal, fact["names"]))))
    return found


def read_facts(extraction: Extraction) -> set[tuple[object, ...]]:
    """Return what was read from a document in the same form."""
    found: set[tuple[object, ...]] = set()
    for r in extraction.relations:
        if r.kind in {"location", "award", "agent"}:
            found.add((r.kind, normal(r.subject.text) if r.subject else "", normal(r.object.text)))
    for s in extraction.statuses:
        found.add(("status", normal(s.subject.text), s.phase, s.modality, s.year))
    for o in extraction.observations:
        found.add(("observation", normal(o.indicator.text), _number(o.value), o.unit, o.comparison, o.year))
    for n in extraction.sets:
        found.add(("list", frozenset(normal(m.text) for m in n.members), n.count))
    return found


def same_found(gold: set[tuple[object, ...]], resolution: Resolution) -> tuple[int, int]:
    """Return how many of the gold's ``same`` facts the resolution agrees with, and how many there are."""
    key = {normal(m.text): k for m, k in resolution.entity_of.items()}
    wanted = [f[1] for f in gold if f[0] == "same"]
    hits = sum(len({key.get(n) for n in names}) == 1 and None not in {key.get(n) for n in names} for names in wanted)  # type: ignore[attr-defined]
    return hits, len(wanted)


def figures(gold: set[tuple[object, ...]], read: set[tuple[object, ...]]) -> dict[str, Counter[str]]:
    """Return true positives, predicted and gold counts for each kind."""
    out: dict[str, Counter[str]] = {}
    for kind in KINDS[:-1]:
        g = {f for f in gold if f[0] == kind}
        r = {f for f in read if f[0] == kind}
        out[kind] = Counter(tp=len(g & r), pred=len(r), gold=len(g))
    return out
