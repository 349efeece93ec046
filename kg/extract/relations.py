"""Relations between the things a sentence names: location, locatedIn, partOf, agent and award."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile

from kg.documents import INITIATIVE_LABELS, PLACE_LABELS, VALUE_LABELS, Evidence, Mention, Relation
from kg.extract.clauses import Clause, Sentence, groups
from kg.extract.lexicon import any_of, table

_SITED = INITIATIVE_LABELS - {"Policy"} | {"Organization", "Facility", "Area"}
_DONE = INITIATIVE_LABELS - {"Policy"}
_CELL = re.compile(r"[\s\d、，,和与及等至—－–-]*(?:乡镇|镇街|街道|社区|村|镇|乡|县|区|市)?\s*")
"""What a cell of a table may hold beside the names it lists: A、B等5个乡镇."""
_QUOTES = '“”「」"'


_BEFORE = frozenset({"agent before", "agent does", "agent afar", "location before"})
"""Cues that stand right before what they are about."""


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {
        f"{kind} {key}": re.compile(any_of(words) + "$" * (f"{kind} {key}" in _BEFORE))
        for kind in ("award", "agent", "partOf", "location")
        for key, words in table("relations")[kind].items()
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
        *_cells(sentence),
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
            if outer.label in _DONE:
                yield Relation("location", outer, inner, _evidence(sentence, 0.95))
            elif outer.label in PLACE_LABELS and inner.label in {"AdminArea", "Community", "Area"}:
                yield Relation("locatedIn", outer, inner, _evidence(sentence, 0.9))
            elif outer.label == "Organization":
                yield Relation("location", outer, inner, _evidence(sentence, 0.85))
        elif inner.label == "Organization" and outer.label in _DONE and not _is_site(inner, outer):
            yield Relation("agent", outer, inner, _evidence(sentence, 0.6))


def _is_site(inner: Mention, outer: Mention) -> bool:
    """Tell whether an organisation in the name of works only says where they are: 老窖厂片区棚改."""
    return _cues()["agent site"].match(outer.text[inner.end - outer.start :]) is not None


def _adjacent(sentence: Sentence) -> Iterator[Relation]:
    """Names side by side: 靖西市新靖镇 is an address, 京南片区“布吉数创谷” a place in a place, 华润集团某项目 its doer."""
    for clause in sentence.clauses:
        named = clause.named
        for left, right in pairwise(named):
            gap = clause.between(left.end, right.start)
            if left.label == "Organization" and right.label == "Program" and re.fullmatch("[一-鿿]{0,3}[“「]", gap):
                for actor in _listed_with(sentence, left):
                    if actor.label == "Organization":
                        yield Relation("agent", right, actor, _evidence(sentence, 0.65))
            of = gap.rstrip(_QUOTES) == "的" and right.label in _DONE
            if gap.strip(_QUOTES) and not of:
                continue
            if left.label == "Organization" and right.label == "Project" and not gap:
                yield Relation("agent", right, left, _evidence(sentence, 0.7))
            if left.label not in PLACE_LABELS:
                continue
            if right.label in PLACE_LABELS and (left.label == "AdminArea" or gap):
                yield Relation("locatedIn", right, left, _evidence(sentence, 0.85))
            elif right.label in {"Project", "Program", "Event", "Facility", "Organization"}:
                yield Relation("location", right, left, _evidence(sentence, 0.85))


def _awards(sentence: Sentence) -> Iterator[Relation]:
    """X获评“Y”: the receiver is the last thing named before the cue, else the publisher."""
    named = [m for m in sentence.outer if m.label not in VALUE_LABELS]
    given: set[Mention] = set()
    for index, award in enumerate(named):
        if award.label != "Award":
            continue
        since = named[index - 1].end if index else sentence.start
        lead = sentence.text[since - sentence.start : award.start - sentence.start]
        if index and named[index - 1].label == "Award" and re.fullmatch(r"[”“、和与及等\"]*", lead):
            cue = named[index - 1] in given
        else:
            cue = bool(_cues()["award cues"].search(lead)) and not _aimed_at(sentence, award, lead)
        if not cue or _counted(sentence, since, award):
            continue
        given.add(award)
        for receiver in _receivers(sentence, award):
            yield Relation("award", receiver, award, _evidence(sentence, 0.8))


def _receivers(sentence: Sentence, award: Mention) -> tuple[Mention | None, ...]:
    """Return who gets an award: what its own clause names before it, else what the nearest clause before names first.

    街道 and other common nouns stand for the publisher, as does nobody at all; a quoted name that is no mention gets
    nothing recorded.
    """
    number = next(i for i, c in enumerate(sentence.clauses) if award in c.outer)
    clause = sentence.clauses[number]
    here = [m for m in clause.named if m.end <= award.start and m.label != "Award"]
    if here:
        return _listed_with(sentence, here[-1])
    said = _cues()["award cues"].split(clause.between(clause.start, award.start))[0]
    for mention in clause.outer:
        said = said.replace(mention.text, "") if mention.end <= award.start else said
    who = re.sub(_cues()["award adverbs"], "", said)
    if re.search("[一-鿿]", who):
        return () if re.search("[”」该其]", who) else (None,)
    for earlier in reversed(sentence.clauses[:number]):
        if earlier.named:
            return tuple(m for m in _subject(earlier) if m.label not in {"Award", "Policy", "Event"}) or (None,)
    return (None,)


def _subject(clause: Clause) -> tuple[Mention, ...]:
    """Return what a clause is about: the list it opens with (before 与), else the last thing it names."""
    grouped = groups(clause)
    first = grouped[0]
    opens = not re.search("[一-鿿]", clause.between(clause.start, first[0].start))
    if len(grouped) > 1 and not (opens and clause.between(first[-1].end, grouped[1][0].start).strip(_QUOTES + "的")):
        return grouped[-1]
    cut = [i for i, (a, b) in enumerate(pairwise(first), 1) if clause.between(a.end, b.start) == "与"]
    return first[: cut[0]] if cut else first


def _listed_with(sentence: Sentence, mention: Mention) -> tuple[Mention, ...]:
    """Return the mentions joined with `mention` in a list, itself included."""
    together = (group for clause in sentence.clauses for group in groups(clause) if mention in group)
    return tuple(m for m in next(together, (mention,)) if m.label != "Award")


def _aimed_at(sentence: Sentence, award: Mention, lead: str) -> bool:
    """Tell whether an award is still to be won: 力争创成X, 获X提名."""
    after = sentence.text[award.end - sentence.start :].lstrip("”」")
    goal = _cues()["award goals"].search(re.split("[，,；;。]", lead)[-1])
    return goal is not None or after.startswith(("提名", "候选", "创建", "培育"))


def _counted(sentence: Sentence, since: int, award: Mention) -> bool:
    """Tell whether an award is a class that some number got: 16家企业通过国高认定, 先进集体16个.

    The size of a list that receives it is none: A、B、C3个村获评.
    """
    for clause in sentence.clauses:
        if award not in clause.outer:
            continue
        quantities = [m for m in clause.outer if m.label == "Quantity"]
        here = any(m.end == since for m in clause.named)
        return any((since < q.start + (not here) and q.end <= award.start) or q.start == award.end for q in quantities)
    return False


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
    places = group if all(m.label in PLACE_LABELS for m in group) else ()
    within = _cues()["location before"].search(lead)
    things = [
        m
        for m in takewhile(lambda m: m.label not in PLACE_LABELS, following)
        if m.label in _SITED and (m.label != "Organization" or within or gap.endswith("的"))
    ]
    if (
        places
        and things
        and (within or not clause.between(clause.start, group[0].start).strip())
        and len(gap) <= 12
        and not re.search("[、被]|[列纳]入|入[选列]", gap)
    ):
        for place in places:
            for thing in things:
                yield Relation("location", thing, place, _evidence(sentence, 0.75))
    if _cues()["location before"].search(gap):
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
    does = not re.search("[一-鿿]", lead) and _cues()["agent does"].search(gap.rstrip(_QUOTES))
    if actors and works and (does or _cues()["agent before"].search(lead) or _cues()["agent after"].search(gap)):
        for actor in actors:
            for work in works:
                yield Relation("agent", work, actor, _evidence(sentence, 0.75))
    late = [m for m in following if m.label == "Organization"]
    if late and _cues()["agent afar"].search(gap):
        for work in group:
            if work.label in _DONE:
                for actor in late:
                    yield Relation("agent", work, actor, _evidence(sentence, 0.7))


def _afar(sentence: Sentence) -> Iterator[Relation]:
    """Yield actors whose work stands in another clause: 由X实施 and X承建 look back, 对接X深化方案 ahead."""
    for number, clause in enumerate(sentence.clauses):
        actors = [m for m in clause.named if m.label == "Organization"]
        if not actors or len(actors) != len(clause.named):
            continue
        lead = clause.between(clause.start, actors[0].start)
        tail = clause.between(actors[-1].end, clause.end)
        alone = not lead.strip() and _cues()["agent meets"].match(tail)
        if not alone and not _cues()["agent afar"].search(lead):
            continue
        earlier = [m for c in sentence.clauses[:number] for m in c.named if m.label in INITIATIVE_LABELS]
        later = [m for c in sentence.clauses[number + 1 :] for m in c.named if m.label in INITIATIVE_LABELS]
        ordered = (
            earlier[::-1] if alone else [*earlier[::-1], *later] if lead.endswith("由") else [*later, *earlier[::-1]]
        )
        for actor in actors:
            if ordered:
                yield Relation("agent", ordered[0], actor, _evidence(sentence, 0.55))


def _cells(sentence: Sentence) -> Iterator[Relation]:
    """Yield what the cells of a row say of the works in its first: a cell of places, a cell of organisations."""
    filled = [c for c in sentence.clauses if c.named] if sentence.row else []
    if not filled or not all(m.label in _DONE for m in filled[0].named):
        return
    for clause in filled[1:]:
        rest = clause.text
        for mention in clause.outer:
            rest = rest.replace(mention.text, "", 1)
        for mention in clause.named if _CELL.fullmatch(rest) else ():
            if mention.label in PLACE_LABELS | {"Organization"}:
                kind = "location" if mention.label in PLACE_LABELS else "agent"
                for work in filled[0].named:
                    yield Relation(kind, work, mention, _evidence(sentence, 0.8))  # type: ignore[arg-type]


def _parts(
    sentence: Sentence, group: tuple[Mention, ...], following: tuple[Mention, ...], lead: str, gap: str
) -> Iterator[Relation]:
    parts = [m for m in group if m.label in {"Project", "Program"}]
    wholes = [m for m in following if m.label in {"Project", "Program", "Policy"}]
    if _cues()["partOf verbs"].search(gap):
        for part in parts:
            for whole in wholes:
                yield Relation("partOf", part, whole, _evidence(sentence, 0.85))
    elif lead.endswith("依托"):
        for whole in parts:
            for part in wholes:
                if part.label != "Policy":
                    yield Relation("partOf", part, whole, _evidence(sentence, 0.7))
