"""A Resolution as RDF: entities, mentions, claims, statuses, observations, lists and the outline."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.documents import (
    INITIATIVE_LABELS,
    PLACE_LABELS,
    Division,
    Document,
    Entity,
    Evidence,
    Mention,
    Observation,
    Resolution,
)
from kg.extract.sentences import split
from kg.store.iris import ONTOLOGY, Iris, digest
from kg.store.units import in_base_unit

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
QB = "http://purl.org/linked-data/cube#"
QUDT = "http://qudt.org/schema/qudt/"
COUNTRY = "中国"

_TYPE = NamedNode(RDF + "type")
_LABEL, _ALT = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_STATED_NAME = NamedNode(RDFS + "label")
_PLACED = {"name": 0.6, "publisher": 0.5}
"""Confidence that a place lies in the area its document speaks for, where nothing more is stated."""


def gp(name: str) -> NamedNode:
    """Return a term of the ontology."""
    return NamedNode(ONTOLOGY + name)


def _typed(value: object, kind: str) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + kind))


def _decimal(value: Decimal) -> Literal:
    return _typed(format(value.normalize(), "f"), "decimal")


def _confidence(value: float) -> Literal:
    return _decimal(Decimal(f"{value:.3f}"))


def _zh(text: str) -> Literal:
    return Literal(text, language="zh")


class DocumentTriples:
    """The statements of one document's graph.

    Parameters
    ----------
    resolution
        The document with its entities.
    iris
        Where the IRIs lie.
    version
        Version of the program and its rules, kept to tell when to read again.
    """

    def __init__(self, resolution: Resolution, iris: Iris, version: str) -> None:
        self.resolution, self.iris, self.version = resolution, iris, version
        self.document: Document = resolution.extraction.document
        self.stem = self.document.stem
        self.node = NamedNode(iris.of("document", self.stem))
        self.sentences = split(self.document.text, self.document.soft_breaks)
        self._mention_nodes: dict[Mention, NamedNode] = {}
        self._claimed: set[NamedNode] = set()
        self._divisions = {e.key: e.division for e in resolution.entities if e.division}
        self._value_of: dict[Mention, NamedNode] = {}
        for observation in resolution.extraction.observations:
            self._value_of.setdefault(observation.quantity, self._observation(observation))

    def __iter__(self) -> Iterator[Triple]:
        """Yield every statement; the same document always gives the same ones."""
        yield from self._about_document()
        yield from self._outline()
        for entity in self.resolution.entities:
            yield from self._entity(entity)
        yield from self._mentions()
        yield from self._relations()
        yield from self._statuses()
        yield from self._observations()
        yield from self._sets()
        for merge in self.resolution.merges:
            yield Triple(self.node, gp("mergeReason"), _zh(f"{merge.name} → {merge.into}:{merge.reason}"))

    def _about_document(self) -> Iterator[Triple]:
        d = self.document
        yield Triple(self.node, _TYPE, gp("Document"))
        yield Triple(self.node, NamedNode(DCT + "title"), _zh(d.title or self.stem))
        yield Triple(self.node, _LABEL, _zh(d.title or self.stem))
        yield Triple(self.node, NamedNode(DCT + "identifier"), Literal(d.name))
        yield Triple(self.node, gp("sha256"), Literal(d.sha256))
        yield Triple(self.node, gp("builtBy"), Literal(self.version))
        if d.publisher:
            yield Triple(self.node, NamedNode(DCT + "publisher"), _zh(d.publisher))
        if self.resolution.publisher:
            yield Triple(self.node, NamedNode(DCT + "spatial"), self._thing(self.resolution.publisher))
        if d.source:
            yield Triple(self.node, NamedNode(DCT + "source"), _zh(d.source))
        if d.issued:
            yield Triple(self.node, NamedNode(DCT + "issued"), _typed(d.issued, "date"))
        for year, _ in d.years:
            yield Triple(self.node, gp("year"), _typed(year, "gYear"))

    def _section(self, number: int) -> NamedNode:
        return NamedNode(self.iris.of("section", self.stem, number))

    def _outline(self) -> Iterator[Triple]:
        part, whole = NamedNode(DCT + "hasPart"), NamedNode(DCT + "isPartOf")
        for s in self.document.sections:
            node = self._section(s.number)
            yield Triple(node, _TYPE, gp("WorkItem" if s.work_item else "Section"))
            yield Triple(node, _LABEL, _zh(f"{s.marker}{s.heading}"))
            yield Triple(node, gp("heading"), _zh(s.heading))
            above = self.node if s.parent is None else self._section(s.parent)
            yield Triple(above, part, node)
            yield Triple(node, whole, above)
            yield Triple(node, gp("inDocument"), self.node)
            yield Triple(node, gp("start"), _typed(s.start, "integer"))
            yield Triple(node, gp("end"), _typed(s.end, "integer"))
            if s.year:
                yield Triple(node, gp("year"), _typed(s.year, "gYear"))
            if s.modality:
                yield Triple(node, gp("modality"), gp("planned" if s.modality == "planned" else "achieved"))

    def _thing(self, key: str) -> NamedNode:
        return NamedNode(self.iris.of(*key.split("/")))

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        node = self._thing(entity.key)
        yield Triple(node, _TYPE, gp(entity.label))
        if entity.label in PLACE_LABELS:
            yield Triple(node, _TYPE, gp("Place"))
        elif entity.label in INITIATIVE_LABELS:
            yield Triple(node, _TYPE, gp("Initiative"))
        if entity.division is None:
            yield Triple(node, _STATED_NAME, _zh(entity.name))
        for alias in entity.aliases:
            yield Triple(node, _ALT, _zh(alias))
        if entity.within and entity.placed_by in _PLACED and entity.mentions:
            first = entity.mentions[0]
            evidence = Evidence(first.start, first.end, _PLACED[entity.placed_by], entity.placed_by)
            yield from self._claim(node, "locatedIn", self._thing(entity.within), evidence, [first])
            if entity.placed_by == "name" and self.resolution.publisher:
                spoken = Evidence(first.start, first.end, _PLACED["publisher"], "publisher")
                yield from self._claim(node, "locatedIn", self._thing(self.resolution.publisher), spoken, [first])

    def _mention(self, mention: Mention) -> NamedNode:
        if mention not in self._mention_nodes:
            self._mention_nodes[mention] = NamedNode(
                self.iris.of("mention", self.stem, f"{mention.start}-{mention.end}-{mention.label}")
            )
        return self._mention_nodes[mention]

    def _mentions(self) -> Iterator[Triple]:
        position = 0
        for m in sorted({*self.resolution.entity_of, *self._value_of}):
            while position + 1 < len(self.sentences) and self.sentences[position][1] <= m.start:
                position += 1
            start, end = self.sentences[position]
            text = self.document.text[start:end]
            start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
            node = self._mention(m)
            yield Triple(node, _TYPE, gp("Mention"))
            target = self._value_of.get(m) or self._named(m)
            yield Triple(node, gp("mentionOf"), target)
            yield Triple(node, gp("inDocument"), self.node)
            section = self.document.section_at(m.start)
            if section:
                yield Triple(node, gp("inSection"), self._section(section.number))
                if section.work_item and m.label in INITIATIVE_LABELS:
                    stated = Evidence(start, end, m.confidence, "outline")
                    yield from self._claim(target, "partOf", self._section(section.number), stated, [m])
            yield Triple(node, gp("quote"), Literal(self.document.text[m.start : m.end]))
            yield Triple(node, gp("start"), _typed(m.start, "integer"))
            yield Triple(node, gp("end"), _typed(m.end, "integer"))
            yield Triple(node, gp("sentence"), Literal(self.document.text[start:end]))
            yield Triple(node, gp("sentenceStart"), _typed(start, "integer"))
            yield Triple(node, gp("sentenceEnd"), _typed(end, "integer"))
            yield Triple(node, gp("confidence"), _confidence(m.confidence))
            yield Triple(node, gp("method"), Literal(m.method))
            yield from self._selectors(node, m)

    def _selectors(self, node: NamedNode, m: Mention) -> Iterator[Triple]:
        target = NamedNode(node.value + "/target")
        quote, position = NamedNode(node.value + "/quote"), NamedNode(node.value + "/position")
        yield Triple(node, NamedNode(OA + "hasTarget"), target)
        yield Triple(target, NamedNode(OA + "hasSource"), self.node)
        for selector, kind in ((quote, "TextQuoteSelector"), (position, "TextPositionSelector")):
            yield Triple(target, NamedNode(OA + "hasSelector"), selector)
            yield Triple(selector, _TYPE, NamedNode(OA + kind))
        yield Triple(quote, NamedNode(OA + "exact"), Literal(self.document.text[m.start : m.end]))
        yield Triple(position, NamedNode(OA + "start"), _typed(m.start, "integer"))
        yield Triple(position, NamedNode(OA + "end"), _typed(m.end, "integer"))

    def _claim(
        self,
        subject: NamedNode,
        predicate: str,
        value: NamedNode,
        evidence: Evidence,
        mentions: list[Mention],
    ) -> Iterator[Triple]:
        node = NamedNode(
            self.iris.of("claim", self.stem, digest(subject.value, predicate, value.value, evidence.start))
        )
        yield Triple(subject, gp(predicate), value)
        yield Triple(node, _TYPE, gp("Claim"))
        yield Triple(node, NamedNode(RDF + "subject"), subject)
        yield Triple(node, NamedNode(RDF + "predicate"), gp(predicate))
        yield Triple(node, NamedNode(RDF + "object"), value)
        yield Triple(node, gp("inDocument"), self.node)
        if node not in self._claimed:
            self._claimed.add(node)
            yield Triple(node, gp("confidence"), _confidence(evidence.confidence))
            yield Triple(node, gp("method"), Literal(evidence.method))
        for mention in mentions:
            yield Triple(node, gp("evidence"), self._mention(mention))

    def _named(self, mention: Mention | None) -> NamedNode:
        """Return the entity a mention names, the publisher where there is none."""
        key = self.resolution.entity_of[mention] if mention else self.resolution.publisher
        return self._thing(key) if key else self.node

    def _relations(self) -> Iterator[Triple]:
        for r in self.resolution.extraction.relations:
            subject, value = self._named(r.subject), self._named(r.object)
            if subject != value and not (r.kind == "locatedIn" and r.subject and self._denied(r.subject, r.object)):
                predicate = "received" if r.kind == "award" else r.kind
                confidence = min(
                    [
                        r.evidence.confidence,
                        r.object.confidence,
                        *([r.subject.confidence] if r.subject else []),
                    ]
                )
                evidence = Evidence(r.evidence.start, r.evidence.end, confidence, r.evidence.method)
                yield from self._claim(subject, predicate, value, evidence, [m for m in (r.subject, r.object) if m])

    def _denied(self, inner: Mention, outer: Mention) -> bool:
        """Tell whether the official divisions know that `inner` does not lie in `outer`."""
        place = self._divisions.get(self.resolution.entity_of[inner])
        around = self._divisions.get(self.resolution.entity_of[outer])
        return bool(place and around and place.path[: len(around.path)] != around.path)

    def _statuses(self) -> Iterator[Triple]:
        for s in self.resolution.extraction.statuses:
            subject = self._named(s.subject)
            node = NamedNode(
                self.iris.of("status", self.stem, digest(subject.value, s.phase, s.modality, s.year, s.subject.start))
            )
            yield Triple(node, _TYPE, gp("StatusReport"))
            yield Triple(node, gp("phase"), gp(s.phase))
            yield Triple(node, gp("modality"), gp(s.modality))
            if s.year:
                yield Triple(node, gp("year"), _typed(s.year, "gYear"))
            yield from self._claim(subject, "hasStatus", node, s.evidence, [s.subject])

    def _observation(self, o: Observation) -> NamedNode:
        return NamedNode(self.iris.of("observation", self.stem, f"{o.indicator.start}-{o.quantity.start}"))

    def _observations(self) -> Iterator[Triple]:
        for o in self.resolution.extraction.observations:
            subject = self._named(o.subject)
            node = self._observation(o)
            indicator = NamedNode(self.iris.of("indicator", o.indicator.text))
            value, unit, qudt = in_base_unit(o.value, o.unit)
            yield Triple(node, _TYPE, gp("Observation"))
            yield Triple(node, _LABEL, _zh(f"{o.indicator.text} {o.quantity.text}"))
            yield Triple(indicator, _TYPE, NamedNode(SKOS + "Concept"))
            yield Triple(indicator, _LABEL, _zh(o.indicator.text))
            yield Triple(node, gp("indicator"), indicator)
            yield Triple(node, gp("value"), _decimal(o.value))
            yield Triple(node, gp("unit"), Literal(o.unit))
            yield Triple(node, gp("baseValue"), _decimal(value))
            yield Triple(node, gp("baseUnit"), Literal(unit))
            yield Triple(node, gp("comparison"), Literal(o.comparison))
            if qudt:
                yield Triple(node, NamedNode(QUDT + "hasUnit"), NamedNode(qudt))
            if o.year:
                yield Triple(node, gp("year"), _typed(o.year, "gYear"))
            yield from self._claim(
                subject, "hasObservation", node, o.evidence, [o.quantity, *([o.subject] if o.subject else [])]
            )

    def _sets(self) -> Iterator[Triple]:
        for s in self.resolution.extraction.sets:
            node = NamedNode(self.iris.of("set", self.stem, f"{s.start}-{s.end}"))
            yield Triple(node, _TYPE, gp("NamedSet"))
            yield Triple(node, _LABEL, _zh(self.document.text[s.start : s.end]))
            yield Triple(node, gp("statedCount"), _typed(s.count, "integer"))
            yield Triple(node, gp("inDocument"), self.node)
            yield Triple(node, gp("start"), _typed(s.start, "integer"))
            yield Triple(node, gp("end"), _typed(s.end, "integer"))
            for member in s.members:
                yield from self._claim(node, "member", self._named(member), s.evidence, [member])


def division_triples(division: Division, iris: Iris) -> Iterator[Triple]:
    """Yield what is known of a division and of those above it, up to the country.

    Only the division itself carries its code; those above it are described when they are in use.
    """
    country = NamedNode(iris.of("place", COUNTRY))
    yield Triple(country, _TYPE, gp("AdminArea"))
    yield Triple(country, _TYPE, gp("Place"))
    yield Triple(country, _LABEL, _zh(COUNTRY))
    above = country
    for depth, name in enumerate(division.path):
        node = NamedNode(iris.of("place", *division.path[: depth + 1]))
        last = depth == len(division.path) - 1
        yield Triple(node, _TYPE, gp("Community" if last and division.level == "village" else "AdminArea"))
        yield Triple(node, _TYPE, gp("Place"))
        yield Triple(node, _LABEL, _zh(name))
        yield Triple(node, gp("locatedIn"), above)
        above = node
    if division.code:
        yield Triple(above, gp("divisionCode"), Literal(division.code))
