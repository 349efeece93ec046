"""Relations between the things a sentence names: location, locatedIn, partOf, agent and award."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.documents import INITIATIVE_LABELS, PLACE_LABELS, Evidence, Mention, Relation
from kg.extract.clauses import Clause, Sentence, groups
from kg.extract.lexicon import any_of, table

_SITED = INITIATIVE_LABELS - {"Policy"} | {"Organization", "Facility", "Area"}
_WORKS = frozenset({"Project", "Program", "Event", "Policy", "Facility", "Area", "Street"})


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    relations = table("relations")
    return {
        "award": re.compile(any_of(relations["award"]["cues"])),
        "agent before": re.compile(f"{any_of(relations['agent']['before'])}$"),
        "agent after": re.compile(any_of(relations["agent"]["after"])),
        "located": re.compile(f"{any_of(relations['location']['before'])}$"),
        "part": re.compile(any_of(relations["partOf"]["verbs"])),
    }


def read_relations(sentence: Sentence) -> list[Relation]:
    """Return the relations a sentence states, each once."""
    found: dict[tuple[str, Mention | None, Mention], Relation] = {}
    for relation in [
        *_nested(sentence),
        *_adjacent(sentence),
        *_awards(sentence),
        *_clausal(sentence),
        *_afar(sentence),
    ]:
        found.setdefault((relation.kind, relation.subject, relation.object), relation)
    return list(found.values())


def _evidence(sentence: Sentence, confidence: float) -> Evidence:
    return Evidence(sentence.start, sentence.end, confidence, "kg_relations")


def _parent(sentence: Sentence, inner: Mention) -> Mention | None:
    """Return the smallest mention around `inner`."""
    around = [m for m in sentence.mentions if m != inner and m.start <= inner.start and inner.end <= m.end]
    return min(around, key=lambda m: m.end - m.start) if around else None


def _nested(sentence: Sentence) -> Iterator[Relation]:
    """Names inside names: 大芬 in 大芬立体停车库工程 is where the works are."""
    for inner in sentence.mentions:
        outer = _parent(sentence, inner)
        if outer is None:
            continue
        if inner.label in PLACE_LABELS:
            if outer.label in INITIATIVE_LABELS - {"Policy"}:
                yield Relation("location", outer, inner, _evidence(sentence, 0.95))
            elif outer.label in PLACE_LABELS and inner.label in {"AdminArea", "Community", "Area"}:
                yield Relation("locatedIn", outer, inner, _evidence(sentence, 0.9))
            elif outer.label == "Organization" and inner.label in PLACE_LABELS:
                yield Relation("location", outer, inner, _evidence(sentence, 0.85))
        elif inner.label == "Organization" and outer.label in {"Project", "Program", "Event"}:
            yield Relation("agent", outer, inner, _evidence(sentence, 0.6))


def _adjacent(sentence: Sentence) -> Iterator[Relation]:
    """Names side by side: 靖西市新靖镇 is an address, 京南片区“布吉数创谷” a place in a place, 华润集团某项目 its doer."""
    for clause in sentence.clauses:
        named = clause.named
        for left, right in pairwise(named):
            gap = clause.between(left.end, right.start)
            if gap.strip('“”「」"'):
                continue
            if left.label == "Organization" and right.label == "Project" and not gap:
                yield Relation("agent", right, left, _evidence(sentence, 0.7))
            if left.label not in PLACE_LABELS:
                continue
            if right.label in PLACE_LABELS and (left.label == "AdminArea" or gap):
                yield Relation("locatedIn", right, left, _evidence(sentence, 0.85))
            elif right.label in {"Project", "Program", "Event", "Facility"}:
                yield Relation("location", right, left, _evidence(sentence, 0.85))


def _awards(sentence: Sentence) -> Iterator[Relation]:
    """X获评“Y”: the receiver is the last thing named before the cue, else the publisher."""
    named = [m for m in sentence.outer if m.label not in {"Indicator", "Quantity", "Date"}]
    given: set[Mention] = set()
    for index, award in enumerate(named):
        if award.label != "Award":
            continue
        since = named[index - 1].end if index else sentence.start
        lead = sentence.text[since - sentence.start : award.start - sentence.start]
        earlier = [m for m in named[:index] if m.label != "Award"]
        if index and named[index - 1].label == "Award" and re.fullmatch(r"[”“、和与及等\"]*", lead):
            cue = named[index - 1] in given
        else:
            cue = bool(_cues()["award"].search(lead))
        if not cue or _counted(sentence, since, award):
            continue
        given.add(award)
        receiver = earlier[-1] if earlier else None
        if receiver is not None and "。" in sentence.text[receiver.end - sentence.start : award.start - sentence.start]:
            receiver = None
        for member in _listed_with(sentence, receiver) if receiver else (None,):
            yield Relation("award", member, award, _evidence(sentence, 0.8))


def _listed_with(sentence: Sentence, mention: Mention) -> tuple[Mention, ...]:
    """Return the mentions joined with `mention` in a list, itself included."""
    together = (group for clause in sentence.clauses for group in groups(clause) if mention in group)
    return tuple(m for m in next(together, (mention,)) if m.label != "Award")


def _counted(sentence: Sentence, since: int, award: Mention) -> bool:
    """Tell whether an award is a class that some number got: 16家企业通过国高认定, 先进集体16个."""
    quantities = [m for m in sentence.mentions if m.label == "Quantity"]
    return any((since <= q.start and q.end <= award.start) or q.start == award.end for q in quantities)


def _clausal(sentence: Sentence) -> Iterator[Relation]:
    """Relations by the words between two names of a clause."""
    for clause in sentence.clauses:
        grouped = groups(clause)
        for index, group in enumerate(grouped):
            previous = grouped[index - 1][-1].end if index else clause.start
            lead = clause.between(previous, group[0].start)
            following = grouped[index + 1] if index + 1 < len(grouped) else None
            if following is None:
                continue
            gap = clause.between(group[-1].end, following[0].start)
            yield from _located(sentence, clause, group, following, lead, gap)
            yield from _agents(sentence, group, following, lead, gap)
            yield from _parts(sentence, group, following, lead, gap)


def _located(
    sentence: Sentence, clause: Clause, group: tuple[Mention, ...], following: tuple[Mention, ...], lead: str, gap: str
) -> Iterator[Relation]:
    places = [m for m in group if m.label in PLACE_LABELS]
    things = [m for m in following if m.label in _SITED and m.label not in PLACE_LABELS]
    if (
        places
        and things
        and (_cues()["located"].search(lead) or (not lead.strip() and clause.start == group[0].start))
        and len(gap) <= 12
        and not any(mark in gap for mark in "、被")
    ):
        for place in places:
            for thing in things:
                yield Relation("location", thing, place, _evidence(sentence, 0.75))
    if _cues()["located"].search(gap):
        for thing in group:
            if thing.label in _SITED:
                for place in following:
                    if place.label in PLACE_LABELS:
                        kind = "locatedIn" if thing.label in PLACE_LABELS else "location"
                        yield Relation(kind, thing, place, _evidence(sentence, 0.8))  # type: ignore[arg-type]


def _agents(
    sentence: Sentence, group: tuple[Mention, ...], following: tuple[Mention, ...], lead: str, gap: str
) -> Iterator[Relation]:
    actors = [m for m in group if m.label == "Organization"]
    works = [m for m in following if m.label in {"Project", "Program", "Event", "Policy"}]
    if actors and works and (_cues()["agent before"].search(lead) or _cues()["agent after"].search(gap)):
        for actor in actors:
            for work in works:
                yield Relation("agent", work, actor, _evidence(sentence, 0.75))
    late = [m for m in following if m.label == "Organization"]
    if late and _cues()["agent before"].search(gap):
        for work in group:
            if work.label in {"Project", "Program", "Event"}:
                for actor in late:
                    yield Relation("agent", work, actor, _evidence(sentence, 0.7))


def _afar(sentence: Sentence) -> Iterator[Relation]:
    """Yield actors whose work stands in another clause: 由X实施 looks back, 对接X深化方案 ahead."""
    for number, clause in enumerate(sentence.clauses):
        actors = [m for m in clause.named if m.label == "Organization"]
        if not actors or len(actors) != len(clause.named):
            continue
        lead = clause.between(clause.start, actors[0].start)
        if not _cues()["agent before"].search(lead):
            continue
        earlier = [m for c in sentence.clauses[:number] for m in c.named if m.label in _WORKS]
        later = [m for c in sentence.clauses[number + 1 :] for m in c.named if m.label in _WORKS]
        ordered = [*earlier[::-1], *later] if lead.endswith("由") else [*later, *earlier[::-1]]
        for actor in actors:
            if ordered:
                yield Relation("agent", ordered[0], actor, _evidence(sentence, 0.55))


def _parts(
    sentence: Sentence, group: tuple[Mention, ...], following: tuple[Mention, ...], lead: str, gap: str
) -> Iterator[Relation]:
    parts = [m for m in group if m.label in {"Project", "Program"}]
    wholes = [m for m in following if m.label in {"Project", "Program", "Policy"}]
    if not parts or not wholes:
        return
    if "纳入" in gap or "列入" in gap or "并入" in gap:
        for part in parts:
            for whole in wholes:
                yield Relation("partOf", part, whole, _evidence(sentence, 0.85))
    elif lead.endswith("依托"):
        for whole in parts:
            for part in wholes:
                if part.label != "Policy":
                    yield Relation("partOf", part, whole, _evidence(sentence, 0.7))
