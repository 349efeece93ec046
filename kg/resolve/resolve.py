"""Mentions become entities: the same thing under all its names, placed in the official divisions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from kg.documents import (
    INITIATIVE_LABELS,
    PLACE_LABELS,
    VALUE_LABELS,
    Division,
    Entity,
    Extraction,
    Mention,
    Merge,
    Resolution,
)
from kg.extract.lexicon import heads
from kg.gazetteer import Gazetteer
from kg.resolve.merges import NO_RULES, MergeRules
from kg.resolve.names import normal, one_slip, with_level, without_branch, without_ending
from kg.resolve.places import place_division, publisher_division

_SHARED = frozenset({"Award", "Event", "Person", "Policy"})
"""Labels whose names mean one thing wherever they are written."""

_FAMILIES = {label: "place" for label in PLACE_LABELS} | {label: "initiative" for label in INITIATIVE_LABELS}


@dataclass(slots=True)
class _Group:
    """Mentions taken for one thing while resolving."""

    name: str
    labels: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    division: Division | None = None

    @property
    def label(self) -> str:
        return max(sorted(self.labels), key=lambda label: self.labels[label])


def _ends_with_head(name: str, label: str) -> bool:
    return any(label in labels and name.endswith(head) for head, labels in heads().items())


class _Resolver:
    def __init__(self, extraction: Extraction, gazetteer: Gazetteer, rules: MergeRules) -> None:
        self.extraction, self.gazetteer, self.rules = extraction, gazetteer, rules
        self.publisher = publisher_division(extraction.document, extraction.mentions, gazetteer)
        self.levels: dict[str, str] = {}
        if self.publisher:
            for depth in range(len(self.publisher.path)):
                above = gazetteer.by_path(self.publisher.path[: depth + 1])
                self.levels[above.level] = above.name
        self.merges: list[Merge] = []
        self.stated_within = self._stated_within()
        self.listed_after = self._listed_after()
        self.headed = self._headed()

    def _stated_within(self) -> dict[Mention, Mention]:
        return {r.subject: r.object for r in self.extraction.relations if r.kind == "locatedIn" and r.subject}

    def _listed_after(self) -> dict[Mention, Mention]:
        """Return for each place of a list the one before it."""
        text = self.extraction.document.text
        places = [m for m in self.extraction.mentions if m.label in {"AdminArea", "Community"}]
        return {
            right: left
            for left, right in pairwise(places)
            if text[left.end : right.start] in {"、", "和", "与", "及", "以及"}
        }

    def _headed(self) -> dict[Mention, str]:
        """Return the whole names of facilities and streets listed before the head they share: 长龙、罗岗2个小型消防站."""
        return {
            member: normal(member.text) + listed.head
            for listed in self.extraction.sets
            for member in listed.members
            if member.label in {"Facility", "Street"}
            and _ends_with_head(listed.head, member.label)
            and not _ends_with_head(member.text, member.label)
        }

    def _contexts(self, mention: Mention) -> list[Division]:
        found, seen = [], {mention}
        above = self.stated_within.get(mention)
        while above and above not in seen:
            seen.add(above)
            if above.label == "AdminArea":
                division = place_division(
                    normal(above.text), "AdminArea", self._contexts(above), self.publisher, self.gazetteer
                )
                if division:
                    found.append(division)
            above = self.stated_within.get(above)
        return found

    def _beside(self, mention: Mention) -> list[Division]:
        """Return what the first place of the list around `mention` is stated to lie in."""
        before = self.listed_after.get(mention)
        while before and before not in self.stated_within:
            before = self.listed_after.get(before)
        return self._contexts(before) if before else []

    def groups(self) -> list[_Group]:
        """Return the mentions grouped by thing."""
        found: dict[tuple[str, str], _Group] = {}
        for mention in self.extraction.mentions:
            if mention.label in VALUE_LABELS:
                continue
            family = _FAMILIES.get(mention.label, mention.label)
            written = normal(mention.text)
            whole = self.headed.get(mention, written)
            if whole != written:
                self._note(written, whole, "the head its list shares")
            name = self.rules.same.get(written, whole)
            if name != whole:
                self._note(written, name, "merge file")
            division = None
            if mention.label in {"AdminArea", "Community"}:
                division = place_division(
                    name, mention.label, self._contexts(mention), self.publisher, self.gazetteer, self._beside(mention)
                )
            if division:
                key = (family, "/".join(division.path))
                if division.name != name:
                    self._note(name, division.name, "official division of the publisher's area")
                name = division.name
            else:
                full = (
                    with_level(name, self.publisher, self.levels)
                    if mention.label in PLACE_LABELS | {"Organization"}
                    else name
                )
                if full != name and not self.rules.forbids(full, name):
                    self._note(name, full, "the bare level is the publisher's")
                    name = full
                key = (family, name)
            group = found.setdefault(key, _Group(name, division=division))
            if mention.text != name and any(m.text != mention.text for m in group.mentions):
                self._note(mention.text, name, "the same but for quotes, brackets or width")
            group.labels["Community" if division and division.level == "village" else mention.label] += 1
            group.mentions.append(mention)
        return self._joined(found)

    def _joined(self, found: dict[tuple[str, str], _Group]) -> list[_Group]:
        """Join groups whose names are forms of one name, the longer history first."""
        by_form: dict[tuple[str, str], _Group] = {}
        kept: list[_Group] = []
        for (family, _), group in sorted(found.items(), key=lambda f: (len(f[1].name), f[0])):
            if group.division is None:
                target, reason = self._same_as(family, group, by_form, kept)
                if target:
                    self._note(group.name, target.name, reason)
                    target.labels.update(group.labels)
                    target.mentions.extend(group.mentions)
                    continue
            by_form[family, group.name] = group
            kept.append(group)
        return kept

    def _same_as(
        self, family: str, group: _Group, by_form: dict[tuple[str, str], _Group], kept: list[_Group]
    ) -> tuple[_Group | None, str]:
        name = group.name
        forms = [(without_branch(name), "name without its branch in brackets")]
        if family == "initiative":
            forms.append((without_ending(name), "name without 工程 or 项目 at its end"))
        for form, reason in forms:
            target = by_form.get((family, form))
            if form != name and target and not self.rules.forbids(form, name):
                return target, reason
        for other in kept:
            same_family = _FAMILIES.get(other.label, other.label) == family
            if (
                same_family
                and other.division is None
                and one_slip(name, other.name)
                and not self.rules.forbids(name, other.name)
            ):
                return other, "one character differs in a long name"
        return None, ""

    def _note(self, name: str, into: str, reason: str) -> None:
        merge = Merge(name, into, reason)
        if merge not in self.merges:
            self.merges.append(merge)


def _key(group: _Group, label: str, home: str) -> str:
    if group.division:
        return "place/" + "/".join(group.division.path)
    folder = "place" if label in PLACE_LABELS else label.lower()
    name = group.name.replace("/", "／")
    return f"{folder}/{name}" if label in _SHARED else f"{folder}/{home}/{name}"


def resolve(extraction: Extraction, gazetteer: Gazetteer, rules: MergeRules = NO_RULES) -> Resolution:
    """Ground every entity mention of a document in an entity.

    Parameters
    ----------
    extraction
        What was read from the document.
    gazetteer
        The official divisions.
    rules
        Forced and forbidden merges.

    Returns
    -------
    Resolution
        With one entity a thing, its names, where it lies and the reasons of every merge.
    """
    resolver = _Resolver(extraction, gazetteer, rules)
    publisher = resolver.publisher
    home = "/".join(publisher.path) if publisher else extraction.document.stem
    home_key = f"place/{home}" if publisher else None
    groups = resolver.groups()
    key_of: dict[Mention, str] = {}
    keyed: dict[str, tuple[_Group, str]] = {}
    for group in groups:
        label = group.label
        key = _key(group, label, home)
        if key in keyed:
            keyed[key][0].mentions.extend(group.mentions)
        else:
            keyed[key] = (group, label)
        key_of.update(dict.fromkeys(group.mentions, key))
    if publisher and home_key not in keyed:
        keyed[str(home_key)] = (_Group(publisher.name, Counter({"AdminArea": 1}), [], publisher), "AdminArea")
    above = _within(resolver, key_of)
    communities = {_stem(g.name): key for key, (g, label) in sorted(keyed.items()) if label == "Community"}
    entities = []
    for key, (group, label) in sorted(keyed.items()):
        within, placed_by = None, "statement"
        if label in PLACE_LABELS and key != home_key and group.division is None:
            names = sorted({group.name, *(normal(m.text) for m in group.mentions)})
            namesake = next(filter(None, (_namesake(name, label, communities) for name in names)), None)
            if key in above:
                within = above[key]
            elif namesake:
                within, placed_by = namesake, "name"
            elif home_key:
                within, placed_by = home_key, "publisher"
        entities.append(_entity(key, label, group, within, placed_by))
    return Resolution(extraction, home_key, tuple(entities), key_of, tuple(resolver.merges))


def _within(resolver: _Resolver, key_of: dict[Mention, str]) -> dict[str, str]:
    """Return the place each place is most often said to lie in."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for inner, outer in resolver.stated_within.items():
        if inner in key_of and outer in key_of and key_of[inner] != key_of[outer]:
            said[key_of[inner]][key_of[outer]] += 1
    return {key: max(sorted(c), key=lambda k: c[k]) for key, c in said.items()}


def _stem(community: str) -> str:
    """Return a community's name without 社区 or 村."""
    return re.sub(r"(?:社区|行政村|村)$", "", community)


def _namesake(name: str, label: str, communities: dict[str, str]) -> str | None:
    """Return the key of the community an area or facility is named after: 罗岗片区, 医院(罗岗院区)."""
    if label not in {"Area", "Facility"}:
        return None
    branch = name.partition("(")[2]
    stems = [s for s in communities if len(s) > 1 and (name.startswith(s) or branch.startswith(s))]
    return communities[max(stems, key=len)] if stems else None


def _entity(key: str, label: str, group: _Group, within: str | None, placed_by: str) -> Entity:
    mentions = tuple(sorted(group.mentions, key=lambda m: (m.start, m.end)))
    written = Counter(m.text for m in mentions)
    name = group.division.name if group.division else group.name
    if not group.division and written:
        same = [w for w in written if normal(w) == group.name]
        name = max(sorted(same), key=lambda w: written[w]) if same else group.name
    aliases = tuple(sorted(w for w in written if w != name))
    return Entity(key, label, name, aliases, group.division, within, mentions, placed_by)
