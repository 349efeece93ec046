"""The graph as the page needs it: read from the store, property by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from rdflib import RDF, RDFS, SKOS, Dataset, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node as Term

from kg.store.iris import ONTOLOGY
from kg.view.model import STYLE, Edge, Fact, Node, Quote, ViewData

GP = Namespace(ONTOLOGY)


def read_view(dataset: Dataset) -> ViewData:
    """Collect what the page shows from a graph.

    Parameters
    ----------
    dataset
        The graph; its default graph must be the union of all graphs (``default_union=True``).

    Returns
    -------
    ViewData
        Every entity of a class named in ``static/style.toml`` and every relation named there
        between two of them. An empty graph gives empty data.
    """
    return _Reader(dataset).read()


class _Reader:
    """One pass over each property: a SPARQL engine is not needed and any store will do."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.labels = self._labels()
        self.quotes = self._quotes()
        self.evidence, self.claims = self._evidence()

    def read(self) -> ViewData:
        kinds = self._kinds()
        edges = self._edges(kinds)
        degree: dict[str, int] = defaultdict(int)
        for edge in edges:
            degree[edge.subject] += 1
            degree[edge.object] += 1
        facts = self._facts()
        mentions: dict[Term, set[Quote]] = defaultdict(set)
        for mention, entities in self._values(GP.mentionOf).items():
            for entity in entities if mention in self.quotes else ():
                mentions[entity].add(self.quotes[mention])
        aliases = self._values(SKOS.altLabel)
        nodes = []
        for term, label in kinds.items():
            name = self._name(term)
            others = {str(alias) for alias in aliases.get(term, ())} - {name}
            iri = str(term)
            quotes = tuple(sorted(mentions[term]))
            node = Node(iri, label, name, tuple(sorted(others)), degree[iri], tuple(facts[term]), quotes)
            nodes.append(node)
        rank = {label: at for at, label in enumerate(STYLE["classes"])}
        nodes.sort(key=lambda node: (rank[node.label], node.name, node.iri))
        return ViewData(
            nodes=tuple(nodes),
            edges=edges,
            classes={label: self._name(GP[label]) for label in STYLE["classes"]},
            relations={relation: self._name(GP[relation]) for relation in STYLE["relations"]},
            phases=self._phases(),
        )

    def _pairs(self, predicate: URIRef) -> list[tuple[Term, Term]]:
        """Subjects and objects in a fixed order, each pair once although graphs may repeat it."""
        triples = self.dataset.triples((None, predicate, None))
        return _ordered((subject, object_) for subject, _, object_ in triples)

    def _values(self, predicate: URIRef) -> dict[Term, list[Term]]:
        values: dict[Term, list[Term]] = defaultdict(list)
        for subject, object_ in self._pairs(predicate):
            values[subject].append(object_)
        return dict(values)

    def _value(self, predicate: URIRef) -> dict[Term, Term]:
        return dict(reversed(self._pairs(predicate)))

    def _labels(self) -> dict[Term, str]:
        """Return the Chinese name of every resource that has a name."""
        labels: dict[Term, str] = {}
        for predicate in (SKOS.prefLabel, RDFS.label, DCTERMS.title):
            found: dict[Term, str] = {}
            for subject, label in self._pairs(predicate):
                language = (label.language or "") if isinstance(label, RdfLiteral) else ""
                if subject not in found or language.startswith("zh"):
                    found[subject] = str(label)
            labels = found | labels
        return labels

    def _name(self, term: Term) -> str:
        return self.labels.get(term) or unquote(str(term).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1])

    def _kinds(self) -> dict[Term, str]:
        """Return the most specific class of each entity: the style lists superclasses last."""
        kinds: dict[Term, str] = {}
        for label in STYLE["classes"]:
            for subject in sorted(self.dataset.subjects(RDF.type, GP[label]), key=str):
                kinds.setdefault(subject, label)
        return kinds

    def _quotes(self) -> dict[Term, Quote]:
        texts, starts, ends = self._value(GP.quote), self._value(GP.start), self._value(GP.end)
        documents, sentences = self._value(GP.inDocument), self._value(GP.sentence)
        openings = self._value(GP.sentenceStart)
        quotes = {}
        for mention, document in documents.items():
            start, end = int(str(starts.get(mention, 0))), int(str(ends.get(mention, 0)))
            text, sentence = str(texts.get(mention, "")), str(sentences.get(mention, ""))
            at = start - int(str(openings.get(mention, start)))
            if not sentence.startswith(text, at):
                at = sentence.find(text)
            quotes[mention] = Quote(self._name(document), start, end, text, sentence, at)
        return quotes

    def _evidence(self) -> tuple[dict[Term, set[Quote]], dict[tuple[Term, Term, Term], list[Term]]]:
        """Quotes by whatever has ``gp:evidence``, and claims by the statement they make."""
        evidence: dict[Term, set[Quote]] = defaultdict(set)
        for holder, mention in self._pairs(GP.evidence):
            if mention in self.quotes:
                evidence[holder].add(self.quotes[mention])
        claims: dict[tuple[Term, Term, Term], list[Term]] = defaultdict(list)
        predicates, objects = self._value(RDF.predicate), self._value(RDF.object)
        for claim, subject in self._pairs(RDF.subject):
            if claim in predicates and claim in objects:
                claims[subject, predicates[claim], objects[claim]].append(claim)
        return evidence, claims

    def _evidence_of(self, *holders: Term) -> tuple[Quote, ...]:
        return tuple(sorted(set[Quote]().union(*(self.evidence.get(holder, set()) for holder in holders))))

    def _edges(self, kinds: Mapping[Term, str]) -> tuple[Edge, ...]:
        confidences = self._value(GP.confidence)
        edges = []
        for relation in STYLE["relations"]:
            predicate = GP[relation]
            stated = [(s, o) for s, p, o in self.claims if p == predicate]
            for subject, object_ in _ordered([*self._pairs(predicate), *stated]):
                if subject in kinds and object_ in kinds and subject != object_:
                    claims = self.claims.get((subject, predicate, object_), [])
                    scores = [float(str(confidences[claim])) for claim in claims if claim in confidences]
                    edges.append(
                        Edge(
                            subject=str(subject),
                            predicate=relation,
                            object=str(object_),
                            evidence=self._evidence_of(*claims),
                            confidence=max(scores, default=None),
                        )
                    )
        return tuple(edges)

    def _phases(self) -> dict[str, str]:
        order = self._value(GP.order)
        used = {phase for _, phase in self._pairs(GP.phase)}
        ranked = sorted(used, key=lambda phase: (float(str(order.get(phase, 99))), str(phase)))
        return {_local(phase): self._name(phase) for phase in ranked}

    def _facts(self) -> dict[Term, list[Fact]]:
        facts: dict[Term, list[Fact]] = defaultdict(list)
        years, phases, modalities = self._value(GP.year), self._value(GP.phase), self._value(GP.modality)
        order = {phase: at for at, phase in enumerate(self._phases())}
        same: dict[tuple[Term, int | None, Term, str], set[Quote]] = defaultdict(set)
        for subject, status in self._pairs(GP.hasStatus):
            phase, modality = phases.get(status), modalities.get(status)
            if phase is not None:
                stance = self._name(modality) if modality is not None else ""
                evidence = self._evidence_for(subject, GP.hasStatus, status)
                same[subject, _year(years.get(status)), phase, stance].update(evidence)
        for (subject, year, phase, stance), quotes in same.items():
            fact = Fact("status", self._name(phase), year, _local(phase), stance, tuple(sorted(quotes)))
            facts[subject].append(fact)
        for statuses in facts.values():
            statuses.sort(key=lambda fact: (fact.year or 0, order[fact.phase or ""], fact.modality))
        self._add_observations(facts, years)
        self._add_sets(facts)
        for subject, code in self._pairs(GP.divisionCode):
            facts[subject].append(Fact("code", str(code), None, None, "", ()))
        return facts

    def _add_observations(self, facts: dict[Term, list[Fact]], years: Mapping[Term, Term]) -> None:
        indicators, values, units = self._value(GP.indicator), self._value(GP.value), self._value(GP.unit)
        comparisons = self._value(GP.comparison)
        for subject, seen in self._pairs(GP.hasObservation):
            indicator = self._name(indicators[seen]) if seen in indicators else ""
            unit = units.get(seen)
            suffix = "" if unit is None else self._name(unit) if isinstance(unit, URIRef) else str(unit)
            value = _decimal(values.get(seen))
            comparison = str(comparisons.get(seen, ""))
            if comparison == "growth":
                value = f"下降{value.removeprefix('-')}" if value.startswith("-") else f"增长{value}"
            elif comparison == "rank":
                value, suffix = f"第{value}", suffix.removeprefix("第")
            evidence = self._evidence_for(subject, GP.hasObservation, seen)
            text = f"{indicator} {value}{suffix}".strip()
            facts[subject].append(Fact("observation", text, _year(years.get(seen)), None, "", evidence))

    def _add_sets(self, facts: dict[Term, list[Fact]]) -> None:
        counts, members = self._value(GP.statedCount), self._values(GP.member)
        for named, things in members.items():
            count = str(counts.get(named, len(things)))
            text = f"文中列举{len(things)}项,共称{count}项"
            if named in self.labels:
                text = f"{self.labels[named]}({text})"
            for thing in things:
                evidence = self._evidence_for(named, GP.member, thing)
                facts[thing].append(Fact("set", text, None, None, "", evidence))

    def _evidence_for(self, subject: Term, predicate: URIRef, object_: Term) -> tuple[Quote, ...]:
        """Passages of the claim that links two things and of either thing that carries its own."""
        claims = self.claims.get((subject, predicate, object_), [])
        return self._evidence_of(subject, object_, *claims)


def _ordered(pairs: Iterable[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    return sorted(set(pairs), key=lambda pair: (str(pair[0]), str(pair[1])))


def _local(term: Term) -> str:
    return unquote(str(term).rsplit("#", 1)[-1].rsplit("/", 1)[-1])


def _year(term: Term | None) -> int | None:
    digits = str(term)[:4] if term is not None else ""
    return int(digits) if digits.isdecimal() else None


def _decimal(term: Term | None) -> str:
    """Write a value without trailing zeros of the fraction: ``110.840`` reads ``110.84``."""
    text = "" if term is None else str(term)
    return text.rstrip("0").rstrip(".") if "." in text else text
