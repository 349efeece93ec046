"""Observations: which value belongs to which indicator, of whom, in which year.

A value belongs to the indicator before it in its sentence until another one is named; values in a row
after indicators in a row are paired in order (安全事故宗数、死亡人数同比下降36.6%、44%).
"""

from __future__ import annotations

import re

from kg.documents import VALUE_LABELS, Document, Evidence, Mention, Observation
from kg.extract.clauses import Sentence, outermost
from kg.extract.values import read_value

_FAR = 30
_BETWEEN = re.compile(
    r"[\s、,，;；和与及:：“”（）()]*(?:共|约|超|超过|近|达|达到|为|至|到|完成|实现|累计|分别|同比|比上年|较上年|环比|突破|上升至|占|居|位居|排名|排|列|位列|名列"
    r"|全省|全市|全区|全县|全镇|全国|稳居|保持|控制在|力争|不低于|不少于|预计|将|增速|增幅|以上|左右|其中|涉及|[、,，和与及])*[\s“”（）()]*"
)
"""What may stand between an indicator's first value and a further one that is no growth, rank or share."""
_YEAR = re.compile(r"20\d{2}")


def read_observations(document: Document, sentence: Sentence) -> list[Observation]:
    """Return the observations a sentence states."""
    found: list[Observation] = []
    year, _ = document.period_at(sentence.start)
    indicators: list[Mention] = []
    fresh = False
    paired = 0
    subject: Mention | None = None
    last_end = sentence.start
    for mention in outermost(sentence.mentions):
        gap = sentence.text[last_end - sentence.start : mention.start - sentence.start]
        if mention.label == "Date":
            stated = _YEAR.match(mention.text)
            year = int(stated[0]) if stated else year
        elif mention.label == "Indicator":
            if not fresh or (gap and gap not in {"、", "和", "与", "及"}):
                indicators = []
            indicators.append(mention)
            fresh, paired = True, 0
        elif mention.label == "Quantity":
            if indicators and len(gap) <= _FAR:
                indicator = indicators[min(paired, len(indicators) - 1)] if len(indicators) > 1 else indicators[0]
                value = read_value(
                    mention.text, sentence.text[max(0, last_end - sentence.start - 6) : mention.start - sentence.start]
                )
                further = not fresh and paired == 0 and len(indicators) == 1
                if value is not None and not value.comparison and _of_its_own(sentence, mention, gap, further):
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
                paired = (paired + 1) % max(1, len(indicators))
            fresh = False
        elif mention.label not in VALUE_LABELS:
            subject, indicators, fresh = mention, [], False
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
