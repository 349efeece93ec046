"""Observations: which value belongs to which indicator, of whom, in which year.

A value belongs to the indicator before it in its sentence until another one is named; values in a row
after indicators in a row are paired in order (安全事故宗数、死亡人数同比下降36.6%、44%).
"""

from __future__ import annotations

import re

from kg.documents import VALUE_LABELS, Document, Evidence, Mention, Observation
from kg.extract.clauses import Sentence, outermost
from kg.extract.periods import period_of
from kg.extract.values import read_value

_FAR = 30
_BETWEEN = re.compile(
    r"[\s、,，;；和与及:：“”（）()]*(?:共|约|超|超过|近|达|达到|为|至|到|完成|实现|累计|分别|同比|比上年|较上年|环比|突破|上升至|占|居|位居|排名|排|列|位列|名列"
    r"|每[年月日人户亩周]|全省|全市|全区|全县|全镇|全国|稳居|保持|控制在|力争|不低于|不少于|预计|将|增速|增幅|以上|左右|其中|涉及|[、,，和与及])*[\s“”（）()]*"
)
"""What may stand between an indicator's first value and a further one that is no growth, rank or share."""
_YEAR = re.compile(r"20\d{2}")
_GROWS = re.compile(r"(?:增长|上升|提高|增加|下降|减少|降低|增幅|增速)$")
"""What an indicator or the words before a value end in where the value itself is a growth: 两年平均增长8.9%."""
_AND = frozenset({"、", "和", "与", "及"})
_SHARES = ("%", "％", "‰", "百分点", "倍", "成")


def read_observations(document: Document, sentence: Sentence) -> list[Observation]:
    """Return the observations a sentence states."""
    found: list[Observation] = []
    year, _ = period_of(document, sentence.start)
    indicators: list[Mention] = []
    recent: list[Mention] = []
    fresh = False
    paired = 0
    growing = ""
    subject: Mention | None = None
    last_end = sentence.start
    for mention in outermost(sentence.mentions):
        gap = sentence.text[last_end - sentence.start : mention.start - sentence.start]
        if mention.label == "Date":
            stated = _YEAR.match(mention.text)
            year = int(stated[0]) if stated and not _base(sentence, mention) else year
        elif mention.label == "Indicator":
            if not fresh or (gap and gap not in _AND):
                indicators = []
            indicators.append(mention)
            recent.append(mention)
            fresh, paired = True, 0
        elif mention.label == "Quantity":
            if not fresh and "分别" in gap and len(indicators) == 1:
                indicators, paired = recent[-_in_a_row(sentence, mention) :], 0
            if _other_cell(sentence, last_end, mention):
                indicators = []
            if indicators and len(gap) <= _FAR:
                indicator = indicators[min(paired, len(indicators) - 1)] if len(indicators) > 1 else indicators[0]
                before = sentence.text[: mention.start - sentence.start]
                verb = _GROWS.search(before) if mention.text.endswith(_SHARES) else None
                value = read_value(mention.text, verb[0] if verb else growing if gap in _AND else "")
                further = not fresh and paired == 0 and len(indicators) == 1
                if mention.text.startswith("前") or (
                    value and not value.comparison and _of_its_own(sentence, mention, gap, further)
                ):
                    value = None
                if value is not None:
                    who = (
                        subject
                        if subject and subject.end <= indicator.start and _near(sentence, subject, indicator)
                        else None
                    )
                    evidence = Evidence(sentence.start, sentence.end, 0.85, "kg_observations")
                    found.append(
                        Observation(who, indicator, mention, value.number, value.unit, value.comparison, year, evidence)
                    )
                    growing = verb[0] if verb else mention.text if value.comparison == "growth" else ""
                paired = (paired + 1) % max(1, len(indicators))
            fresh = False
        elif mention.label not in VALUE_LABELS:
            subject, indicators, recent, fresh = mention, [], [], False
        last_end = mention.end
    return found


def _of_its_own(sentence: Sentence, quantity: Mention, gap: str, further: bool) -> bool:
    """Tell whether a count belongs to the noun after it: 新建干支管网约16千米,266个小区雨污分流."""
    clause = re.split("[,，;；]", gap)[-1] if not further else gap
    if not _BETWEEN.fullmatch(clause) and (further or clause != gap):
        return True
    following = sentence.text[quantity.end - sentence.start :][:1]
    return further and gap in {",", "，"} and "一" <= following <= "鿿"


def _near(sentence: Sentence, subject: Mention, indicator: Mention) -> bool:
    """Tell whether an indicator is said of the thing named just before it."""
    gap = sentence.text[subject.end - sentence.start : indicator.start - sentence.start]
    return len(gap) <= 8 and subject.label not in {"Policy", "Award", "Event", "Person"} and "。" not in gap


def _base(sentence: Sentence, date: Mention) -> bool:
    """Tell whether a date is what a value is compared with: 较2020年下降, 恢复到2019年的80%."""
    begin, end = date.start - sentence.start, date.end - sentence.start
    return sentence.text[:begin].endswith(("较", "比", "对比")) or bool(
        re.match(r"的?\d", sentence.text[end : end + 2])
    )


def _in_a_row(sentence: Sentence, first: Mention) -> int:
    """Return how many values stand in a row from `first` on: 分别增长18.4%、21%."""
    count, end = 1, first.end
    for mention in outermost(sentence.mentions):
        if mention.start > end and mention.label == "Quantity":
            if sentence.text[end - sentence.start : mention.start - sentence.start] not in _AND:
                break
            count, end = count + 1, mention.end
    return count


def _other_cell(sentence: Sentence, last_end: int, quantity: Mention) -> bool:
    """Tell whether a value stands alone in a cell of a row: its column names it, not the cell before."""
    cell = re.fullmatch(
        r"\s*(?:\t|[ \u3000]{2,})\s*", sentence.text[last_end - sentence.start : quantity.start - sentence.start]
    )
    return sentence.row and cell is not None
