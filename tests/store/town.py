"""A short report of our own with its facts written down by hand: what stages before the store would hand over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from rdflib import Dataset

from kg.documents import (
    PLACE_LABELS,
    VALUE_LABELS,
    Division,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    NamedSet,
    Observation,
    Relation,
    RelationKind,
    Resolution,
    Section,
    Status,
)
from kg.extract.annotated import parse
from kg.extract.sentences import split
from kg.store import DocumentTriples, Iris, open_dataset, prune_divisions, write_document, write_ontology

HOME = ("广东省", "深圳市", "龙岗区", "布吉街道")
COMMUNITIES = {"罗岗社区": "罗岗社区", "罗岗": "罗岗社区", "龙岭社区": "龙岭社区", "南三社区": "南三社区"}

REPORT = """一、2022年主要工作
⟦罗岗片区/Area⟧位于⟦罗岗社区/Community⟧,⟦⟦罗岗片区/Area⟧土地整备项目/Project⟧完成立项。
⟦惠康路/Street⟧竣工通车,⟦⟦西环路/Street⟧整治工程/Project⟧有序推进。
提前完成⟦翔鸽路/Street⟧、⟦布吉派出所重建/Project⟧等⟦7个/Quantity⟧项目征拆。
实现⟦社会消费品零售总额/Indicator⟧⟦110.84亿元/Quantity⟧,同比⟦增长5.7%/Quantity⟧。
⟦龙岭社区/Community⟧获评“⟦民主法治示范社区/Award⟧”。
联合⟦华润集团/Organization⟧在⟦大芬油画村/Area⟧开展⟦文旅运营计划/Program⟧。
二、2023年主要工作
1.推动⟦布吉绿廊/Program⟧建设
把⟦西环路整治工程/Project⟧纳入⟦布吉绿廊/Program⟧,在⟦罗岗/Community⟧建成⟦石芽岭学校/Facility⟧。
"""


class Town:
    """Builds a Resolution from an annotated text; a mention is named by its surface (``惠康路``, ``罗岗片区#1``)."""

    def __init__(self, marked: str = REPORT, name: str = "report.txt") -> None:
        self.text, spans = parse(marked)
        self.mentions = tuple(sorted(Mention(s, e, kind, self.text[s:e], 0.9, "hand") for s, e, kind in spans))
        self.name = name
        self.relations: list[Relation] = []
        self.statuses: list[Status] = []
        self.observations: list[Observation] = []
        self.sets: list[NamedSet] = []

    def at(self, surface: str) -> Mention:
        wanted, _, number = surface.partition("#")
        return [m for m in self.mentions if m.text == wanted][int(number or 0)]

    def evidence(self, mention: Mention) -> Evidence:
        start, end = next((s, e) for s, e in split(self.text) if s <= mention.start < e)
        return Evidence(start, end, 0.8, "hand")

    def relate(self, subject: str | None, kind: RelationKind, value: str) -> None:
        mention = self.at(value)
        self.relations.append(Relation(kind, self.at(subject) if subject else None, mention, self.evidence(mention)))

    def status(self, subject: str, phase: str, modality: Modality, year: int | None) -> None:
        mention = self.at(subject)
        self.statuses.append(Status(mention, phase, modality, year, self.evidence(mention)))

    def observe(self, indicator: str, quantity: str, value: str, unit: str, comparison: str, year: int) -> None:
        stated = self.at(quantity)
        self.observations.append(
            Observation(None, self.at(indicator), stated, Decimal(value), unit, comparison, year, self.evidence(stated))  # type: ignore[arg-type]
        )

    def list_of(self, members: list[str], count: int) -> None:
        named = tuple(map(self.at, members))
        self.sets.append(NamedSet(named, count, "项目", named[0].start, named[-1].end, self.evidence(named[0])))

    def document(self) -> Document:
        text = self.text
        summary, plan = text.find("一、"), text.find("二、")
        sections: list[Section] = []
        if plan > 0:
            item = text.find("1.", plan)
            sections = [
                Section(0, None, 1, "一、", "2022年主要工作", summary, plan, summary + 11, 2022, "reported", False),
                Section(1, None, 1, "二、", "2023年主要工作", plan, len(text), plan + 11, 2023, "planned", False),
                Section(2, 1, 2, "1.", "推动布吉绿廊建设", item, len(text), item + 10, 2023, "planned", True),
            ]
        digest = hashlib.sha256(text.encode()).hexdigest()
        years = ((2022, "reported"), (2023, "planned"))
        return Document(
            self.name, Path(self.name), text, digest, "utf-8", "布吉街道工作总结及计划", "布吉街道办事处", "2023-07-11",
            None, years, tuple(sections), (),  # type: ignore[arg-type]
        )  # fmt: skip

    def resolution(self, within: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None) -> Resolution:
        """Ground every mention; `within` places one place in another, `same` gives a surface its entity's name."""
        home = "/".join(HOME)
        grouped: dict[str, list[Mention]] = {f"place/{home}": []}
        labels, divisions = {f"place/{home}": "AdminArea"}, {f"place/{home}": Division(HOME, "town", "440307")}
        for mention in self.mentions:
            if mention.label in VALUE_LABELS:
                continue
            name = (same or {}).get(mention.text, COMMUNITIES.get(mention.text, mention.text))
            key = f"{'place' if mention.label in PLACE_LABELS else mention.label.lower()}/{home}/{name}"
            grouped.setdefault(key, []).append(mention)
            labels.setdefault(key, mention.label)
            if mention.label == "Community":
                divisions[key] = Division((*HOME, name), "village", None)
        entities = []
        for key, mentions in sorted(grouped.items()):
            name = key.rsplit("/", 1)[-1]
            above, by = None, "statement"
            if labels[key] in PLACE_LABELS and key not in divisions:
                above = f"place/{home}/{within[name]}" if within and name in within else f"place/{home}"
                by = "statement" if within and name in within else "publisher"
            aliases = tuple(sorted({m.text for m in mentions} - {name}))
            entities.append(Entity(key, labels[key], name, aliases, divisions.get(key), above, tuple(mentions), by))
        entity_of = {m: key for key, mentions in grouped.items() for m in mentions}
        extraction = Extraction(
            self.document(), self.mentions, tuple(self.relations), tuple(self.statuses), tuple(self.observations), tuple(self.sets)
        )  # fmt: skip
        return Resolution(extraction, f"place/{home}", tuple(entities), entity_of, ())


def report() -> Resolution:
    """Return the town's report with every fact it states."""
    town = Town()
    town.relate("罗岗片区", "locatedIn", "罗岗社区")
    town.relate("罗岗片区土地整备项目", "location", "罗岗片区#1")
    town.relate("西环路整治工程", "location", "西环路")
    town.relate("龙岭社区", "award", "民主法治示范社区")
    town.relate("文旅运营计划", "agent", "华润集团")
    town.relate("文旅运营计划", "location", "大芬油画村")
    town.relate("西环路整治工程#1", "partOf", "布吉绿廊#1")
    town.relate("石芽岭学校", "location", "罗岗")
    town.status("罗岗片区土地整备项目", "approved", "achieved", 2022)
    town.status("惠康路", "in-operation", "achieved", 2022)
    town.status("西环路整治工程", "under-construction", "ongoing", 2022)
    town.status("石芽岭学校", "completed", "planned", 2023)
    town.observe("社会消费品零售总额", "110.84亿元", "110.84", "亿元", "", 2022)
    town.observe("社会消费品零售总额", "增长5.7%", "5.7", "%", "growth", 2022)
    town.list_of(["翔鸽路", "布吉派出所重建"], 7)
    return town.resolution(within={"罗岗片区": "罗岗社区"})


def write(dataset: Dataset, resolution: Resolution, iris: Iris | None = None) -> None:
    """Write one document as a build does."""
    iris = iris or Iris()
    write_ontology(dataset, iris)
    divisions = [e.division for e in resolution.entities if e.division]
    triples = DocumentTriples(resolution, iris, "test")
    write_document(dataset, iris, resolution.extraction.document.stem, triples, divisions)


def town_dataset() -> Dataset:
    """Return the report's graph in memory."""
    dataset = open_dataset(":memory:", writable=True)
    write(dataset, report())
    prune_divisions(dataset, Iris())
    return dataset
