"""Named sets: lists with a stated size (「惠康路A段、翔鸽路、石芽岭学校、布吉派出所重建等7个项目」)."""

from __future__ import annotations

import re

from kg.documents import Evidence, Mention, NamedSet
from kg.extract.clauses import Clause, Sentence, groups
from kg.extract.values import read_value

_TAIL = re.compile(r"^(?:(?!等)[一-鿿]){0,2}[”」』）)\"]?(等)?[^，,；;。、\d]{0,4}$")
_PART = re.compile(r"[一-鿿]{1,4}、")
"""A part named after an item of a list: 龙岭学校后侧挡墙、康达尔花园沿线等4个."""
_HEAD = re.compile(
    r"^[一-鿿“”·]{1,14}?(?=建成|建设|完成|完工|竣工|进入|进行|全面|全部|全力|正在|正式|实现|实施|通过|通车|获|成功|成为|"
    r"已|顺利|有序|圆满|基本|开工|开展|开放|加快|加装|投入|投用|启用|列入|入选|落地|打造|争取|提供|覆盖|的|[，,；;。、]|$)"
)


def read_sets(sentence: Sentence) -> list[NamedSet]:
    """Return the lists of a sentence that a count follows."""
    found = []
    for clause in sentence.clauses:
        quantities = [m for m in clause.outer if m.label == "Quantity"]
        for group in _with_parts(clause):
            after = [q for q in quantities if q.start >= group[-1].end]
            if not after:
                continue
            tail = _TAIL.match(clause.between(group[-1].end, after[0].start))
            if not tail or (not tail[1] and (len(group) < 2 or after[0].start > group[-1].end + 1)):
                continue
            value = read_value(after[0].text)
            if value is None or value.comparison or value.number != int(value.number) or "万" in value.unit:
                continue
            if not tail[1] and value.number != len(group):
                continue
            head = _HEAD.match(clause.between(after[0].end, clause.end))
            end = after[0].end + (len(head[0]) if head else 0)
            evidence = Evidence(sentence.start, sentence.end, 0.9, "kg_sets")
            found.append(NamedSet(group, int(value.number), head[0] if head else "", group[0].start, end, evidence))
    return found


def _with_parts(clause: Clause) -> list[tuple[Mention, ...]]:
    """Return the lists of a clause, those that name a part of each item taken together."""
    found: list[tuple[Mention, ...]] = []
    for group in groups(clause):
        if found and _PART.fullmatch(clause.between(found[-1][-1].end, group[0].start)):
            found[-1] += group
        else:
            found.append(group)
    return found
