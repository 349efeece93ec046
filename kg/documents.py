"""The terms every stage shares: documents, sections, mentions, facts and entities.

Plain frozen values pass between the stages, so a stage knows the ones before it only by
the types of this module. All offsets count Unicode characters of :attr:`Document.text`
and ``end`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

PLACE_LABELS = frozenset({"AdminArea", "Community", "Street", "Area", "Facility", "NaturalFeature"})
INITIATIVE_LABELS = frozenset({"Project", "Program", "Policy", "Event"})
ENTITY_LABELS = PLACE_LABELS | INITIATIVE_LABELS | {"Organization", "Person", "Award"}
VALUE_LABELS = frozenset({"Indicator", "Quantity", "Date"})
LABELS = ENTITY_LABELS | VALUE_LABELS

Modality = Literal["achieved", "ongoing", "planned"]
RelationKind = Literal["location", "locatedIn", "partOf", "agent", "award"]


class GovPlanError(Exception):
    """A mistake the user can mend; its text is one clear line that says how."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the outline and the text it governs.

    Parameters
    ----------
    number
        Position in :attr:`Document.sections`, from 0.
    parent
        ``number`` of the enclosing section, or None at the top.
    level
        Depth from 1 (``一、``), 2 (``(一)``), 3 (``1.``) on.
    marker, heading
        The marker as written (``(一)``) and the heading's text without it.
    start, end
        Offsets of the whole section, heading included.
    heading_end
        Offset where the heading ends and running text begins.
    year
        Year the section reports on or plans for, if known.
    modality
        ``"reported"`` or ``"planned"``, or None where the document does not tell.
    work_item
        True for a numbered item of a plan (``gp:WorkItem``).
    """

    number: int
    parent: int | None
    level: int
    marker: str
    heading: str
    start: int
    end: int
    heading_end: int
    year: int | None
    modality: Literal["reported", "planned"] | None
    work_item: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as read, with what its frame says about it.

    Parameters
    ----------
    name
        File name with its ending; unique in a graph by its stem.
    path
        Where it was read from.
    text
        The decoded text; nothing is removed or normalised, so offsets hold for ever.
    sha256
        Hex digest of the file's bytes.
    encoding
        Codec the bytes were decoded with, or the format's name (``docx``, ``pdf``).
    title, publisher, issued, source
        Metadata found in the text, or None. ``issued`` is ISO 8601 (``2023-07-11``).
    years
        ``(year, modality)`` pairs covered, such as ``((2022, "reported"), (2023, "planned"))``.
    sections
        The outline in document order.
    chrome
        Offset ranges of page furniture (navigation, counters); no mention is read there.
    soft_breaks
        Offsets of the line-end characters that break a sentence in two, as in a text wrapped to a width.
    """

    name: str
    path: Path
    text: str
    sha256: str
    encoding: str
    title: str | None
    publisher: str | None
    issued: str | None
    source: str | None
    years: tuple[tuple[int, Literal["reported", "planned"]], ...]
    sections: tuple[Section, ...]
    chrome: tuple[tuple[int, int], ...]
    soft_breaks: tuple[int, ...] = ()

    @property
    def stem(self) -> str:
        """The name without its ending; names the document's graph."""
        return Path(self.name).stem

    def section_at(self, offset: int) -> Section | None:
        """Return the innermost section that holds `offset`, or None before the first."""
        found = None
        for section in self.sections:
            if section.start <= offset < section.end:
                found = section
        return found

    def period_at(self, offset: int) -> tuple[int | None, Literal["reported", "planned"] | None]:
        """Return year and direction of what stands at `offset`: its section's, before the first the year reported on."""
        section = self.section_at(offset)
        if section:
            return section.year, section.modality
        reported = [period for period in self.years if period[1] == "reported"] or list(self.years)
        return reported[0] if len(reported) == 1 else (None, None)


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of the text that names one thing, with its label (an ontology class).

    ``text`` is the name; where a wrapped line breaks it, the source between ``start`` and ``end`` has the break too.
    """

    start: int
    end: int
    label: str
    text: str
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact is stated and how it was read.

    ``start`` and ``end`` bound the sentence; ``method`` names the rule or model.
    """

    start: int
    end: int
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed relation; a `subject` of None is the document's publisher."""

    kind: RelationKind
    subject: Mention | None
    object: Mention
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Status:
    """The phase an initiative (or a place as the site of works) is said to be in."""

    subject: Mention
    phase: str
    modality: Modality
    year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Observation:
    """A stated value of an indicator.

    ``value`` is in the stated ``unit`` (``1.6`` and ``万条``); ``comparison`` is ``""`` for a
    level, ``"growth"`` (negative for a fall) or ``"rank"``. A `subject` of None is the publisher.
    """

    subject: Mention | None
    indicator: Mention
    quantity: Mention
    value: Decimal
    unit: str
    comparison: Literal["", "growth", "rank"]
    year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A list with its stated size: 「惠康路A段、翔鸽路等7个项目」 has two members and count 7.

    ``start`` and ``end`` bound the list up to and with the counted noun ``head``.
    """

    members: tuple[Mention, ...]
    count: int
    head: str
    start: int
    end: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document."""

    document: Document
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    statuses: tuple[Status, ...]
    observations: tuple[Observation, ...]
    sets: tuple[NamedSet, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """An official division of China, from province to village and residents' community.

    ``path`` holds the names from the province down to the division itself; ``code`` is the
    six-digit GB/T 2260 code where known (county and above).
    """

    path: tuple[str, ...]
    level: Literal["province", "city", "county", "town", "village"]
    code: str | None

    @property
    def name(self) -> str:
        """The division's own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the world, with every name a document gives it.

    Parameters
    ----------
    key
        Local part of the IRI, stable between builds and documents, such as
        ``place/广东省/深圳市/龙岗区/布吉街道/罗岗社区``.
    label
        Ontology class.
    name, aliases
        Preferred name and the others, as written.
    division
        The official division this is, if it is one.
    within
        Key of the place it lies in, or None.
    mentions
        Where it is named, in order.
    placed_by
        How `within` is known: the text says so (``statement``), the name is built on a community's
        (罗岗片区 on 罗岗社区: ``name``), or only that the publisher speaks of it (``publisher``).
    """

    key: str
    label: str
    name: str
    aliases: tuple[str, ...]
    division: Division | None
    within: str | None
    mentions: tuple[Mention, ...]
    placed_by: str = "statement"


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two names were taken for one thing: `name` became `into` because of `reason`."""

    name: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """One document's extraction with its mentions grounded in entities.

    Parameters
    ----------
    publisher
        Key of the publisher's own entity (its AdminArea), or None where unknown.
    entities
        Ordered by key. The publisher's own entity is among them; its ancestors are not
        (the store derives them from :attr:`Entity.division`).
    entity_of
        Key of the entity each entity mention names; value mentions are absent.
    """

    extraction: Extraction
    publisher: str | None
    entities: tuple[Entity, ...]
    entity_of: Mapping[Mention, str]
    merges: tuple[Merge, ...]
