"""What was read as plain records: the JSON Lines of ``kg extract``."""

from __future__ import annotations

from collections.abc import Iterator

from kg.documents import Evidence, Extraction, Mention


def mention_lines(extraction: Extraction) -> Iterator[dict[str, object]]:
    """Yield one record a mention; offsets count Unicode characters of the text as read."""
    name = extraction.document.name
    for m in extraction.mentions:
        yield {
            "document": name,
            "start": m.start,
            "end": m.end,
            "label": m.label,
            "text": extraction.document.text[m.start : m.end],
            "confidence": m.confidence,
            "method": m.method,
        }


def fact_lines(extraction: Extraction) -> Iterator[dict[str, object]]:
    """Yield one record a fact; a subject of null is the publisher."""
    document = extraction.document

    def place(m: Mention | None) -> dict[str, object] | None:
        return {"start": m.start, "end": m.end, "label": m.label, "text": document.text[m.start : m.end]} if m else None

    def record(kind: str, evidence: Evidence, **fields: object) -> dict[str, object]:
        return {
            "document": document.name,
            "relation": kind,
            **fields,
            "quote": document.text[evidence.start : evidence.end].strip(),
            "confidence": evidence.confidence,
            "method": evidence.method,
        }

    for r in extraction.relations:
        yield record(r.kind, r.evidence, subject=place(r.subject), object=place(r.object))
    for s in extraction.statuses:
        yield record("status", s.evidence, subject=place(s.subject), phase=s.phase, modality=s.modality, year=s.year)
    for o in extraction.observations:
        yield record(
            "observation",
            o.evidence,
            subject=place(o.subject),
            indicator=place(o.indicator),
            quantity=place(o.quantity),
            value=str(o.value),
            unit=o.unit,
            comparison=o.comparison,
            year=o.year,
        )
    for n in extraction.sets:
        yield record("list", n.evidence, members=[place(m) for m in n.members], count=n.count, head=n.head)
