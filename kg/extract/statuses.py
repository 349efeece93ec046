"""Statuses: which phase a clause says its initiatives have reached, and whether it is done, running or planned.

Guideline, Decisions 11, 20 and 32: a phase reached is achieved, 正在 and 有序推进 are ongoing, a goal is
planned, 完成 in a plan is planned, 已立项 is achieved wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.documents import PLACE_LABELS, Document, Evidence, Mention, Modality, Status
from kg.extract.clauses import Clause, Sentence, groups
from kg.extract.lexicon import any_of, table
from kg.extract.periods import Period, period_of

_WORKS = frozenset({"Project", "Program"}) | PLACE_LABELS - {"AdminArea", "Community"}
_GOES_ON = re.compile(
    r"等|和|与|及|保护|建设|项目|工程|改造|整治|提升|主体|全|基本|顺利|正|已|竣|完|建成|封|通|投|启|开|动|进|获|签|实施|加|有|征|拆|土地|的|分|综合|设施|道路|"
    r"[一二三四]期|扩建|改扩建|拓宽|新建|迁建|重建|翻建|修缮|修复|更新|[一-鿿]{0,3}楼|新?[校院]区"
)
"""What may follow a place that is itself the works; after 打通罗岗片区 comes 断头路, which is."""
_PARTLY = re.compile(
    r"完成(?:投资|路基|桩基|基础|总量|工程量|进度|形象进度|主体工程的)|完成(?:了|约|近)?\d|完成[^，,；;。]{0,8}?\d+(?:\.\d+)?%"
)
"""What is done in part is still under construction: 完成投资3亿元, 路面摊铺完成73%."""
_OF_ITSELF = re.compile(
    r"^[^＃]*完成(?:了|全部|各项|年度|整体|主体)?(?:改造|改建|扩建|重建|迁建|建设|整治|提升|更新|修缮|修复|治理|施工|改革|任务|工程|工作|并|$|[^一-鿿＃\d])"
)
"""What completes the works themselves; 完成清淤 and 完成启闭机更换 complete a part."""
_MOVES = re.compile(
    r"[”」]?(?:等\d*[一-鿿]{0,4})?(?:建设|工程)?(?:[正已]在?)?(?:全面|快速|加快|全速|有序|顺利|稳步|扎实|持续|同步|依次|抓紧|强力|加紧)(?:推进|跟进)(?:建设)?[，,；;。]?$"
)
"""What is said of streets and places listed as works: A、B快速推进, but not of 社区有序推进垃圾分类."""
_OF_NEXT = re.compile(r"(?:新?建成|建好|完成|打通|开通|启用|新建|建设|打造|改造|修缮)[“「]?$")
"""What stands before the next name and is said of that: 东屿岛建成零碳示范区."""
_PART = re.compile(r"[”」]?[一-鿿]{0,6}[、和与及]")
"""A part named after an item of a list: 许庄中学教学楼、卫生院门诊楼建成."""
_LABELLED = re.compile(r"[\s\d、.．)）(（·•●○◆■—“「-]*如?")
"""What may stand before a name that a line or a row of a table is about."""
_COUNT = re.compile(r"^[”」\"]?等\d+[个条项座处家所](?:[已拟]立项)?(?:项目|工程)?")
_COUNTED = re.compile(r"[”」\"]?等\d+[个条项座处家所][^，,；;。]{0,10}[、及和与][“「\"]?")
"""What parts two lists of one statement: 翔鸽路等4个道路交通工程、铁东路等项目加速建设."""
_YEAR = re.compile(r"(20\d{2})年(?!度)")


@dataclass(frozen=True, slots=True)
class _Phase:
    name: str
    order: int
    programs: bool


@cache
def _phases() -> tuple[dict[str, list[_Phase]], dict[str, list[_Phase]], re.Pattern[str], re.Pattern[str]]:
    after: dict[str, list[_Phase]] = {}
    before: dict[str, list[_Phase]] = {}
    for name, entry in table("phases").items():
        if name in {"weak", "ignored"}:
            continue
        phase = _Phase(name, entry["order"], entry.get("programs", False))
        for word in entry["after"]:
            after.setdefault(word, []).append(phase)
        for word in entry["before"]:
            before.setdefault(word, []).append(phase)
    ignored = table("phases")["ignored"]["words"]
    return after, before, re.compile(any_of([*after, *ignored])), re.compile(any_of([*before, *ignored]))


@cache
def _modality_words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(any_of(words)) for name, words in table("relations")["modality"].items()}


def _best(words: list[str], known: dict[str, list[_Phase]], programs: bool) -> tuple[_Phase, str] | None:
    found = [(p, w) for w in words for p in known.get(w, ()) if p.programs == programs]
    weak = table("phases")["weak"]["words"]
    return max(found, key=lambda f: (f[1] not in weak, f[0].order)) if found else None


def _done(
    tail: str, known: dict[str, list[_Phase]], pattern: re.Pattern[str], programs: bool
) -> tuple[_Phase, str] | None:
    """Return the phase named right after 完成: 土地整备项目完成立项工作 is approved, not land assembly."""
    for match in re.finditer("完成", tail):
        said = pattern.match(tail, match.end())
        hit = _best([said[0]], known, programs) if said else None
        if hit and hit[1] not in table("phases")["weak"]["words"]:
            return hit
    return None


def _modality(phase: _Phase, cue: str, around: str, direction: str | None) -> Modality:
    words = _modality_words()
    if direction == "planned":
        if phase.name == "ongoing":
            return "ongoing"
        done = re.search(r"已(?:经)?(?:立项|开工|建成|完成|获批)", around)
        return "achieved" if done and "拟" not in around[done.end() :] else "planned"
    future = words["future"].search(around)
    if (future and "已" not in around) or (words["planned"].search(around) and not words["achieved"].search(around)):
        return "planned"
    if phase.name == "ongoing" or (cue == "施工" and not re.search("进场|进入|启动|开始", around)):
        return "ongoing"
    if words["ongoing"].search(around) and not re.search(r"已|进入", around):
        return (
            "achieved"
            if phase.order >= 7 and cue in around and "局部" not in around and "正" not in around
            else "ongoing"
        )
    return "achieved"


def _year(clause: Clause, sentence: Sentence) -> int | None:
    for text in (clause.text, sentence.text):
        stated = _YEAR.findall(text)
        if len(set(stated)) == 1:
            return int(stated[0])
    return None


def read_statuses(document: Document, sentence: Sentence) -> list[Status]:
    """Return the statuses a sentence states for its initiatives and for places listed as works."""
    period = period_of(document, sentence.start)
    found: list[Status] = []
    topic = False
    for number, clause in enumerate(sentence.clauses):
        grouped = _lists(clause)
        for index, group in enumerate(grouped):
            works = [m for m in group if m.label in _WORKS]
            if not works or (topic and sentence.row and all(m.label in PLACE_LABELS for m in works)):
                continue
            programs = all(m.label == "Program" for m in works)
            left = grouped[index - 1][-1].end if index else clause.start
            lead = clause.said(left, group[0].start)
            if index == 0 and number and _LABELLED.fullmatch(lead):
                lead = _heading(sentence.clauses[number - 1]) + lead
            if index + 1 < len(grouped) and grouped[index + 1][0].label == "Award":
                continue
            for said, right in _tails(clause, grouped, index):
                tail, following = said, ""
                if right < clause.end:
                    tail = _OF_NEXT.sub("", said)
                else:
                    alone = index == 0 and _alone(lead, tail)
                    topic = topic or alone
                    following = _following(sentence, number, alone)
                found.extend(_read(document, sentence, clause, works, programs, lead, tail, following, period))
    return found


def _heading(clause: Clause) -> str:
    """Return what a clause says of the list after it: 重点推进“一心两翼”：A、B, 开工一批，如A、B."""
    ahead = re.search(r"(?:[:：]|一批[，,])\s*$", clause.text)
    return clause.said(clause.start, clause.end) if ahead and not clause.named else ""


def _lists(clause: Clause) -> list[tuple[Mention, ...]]:
    """Return the lists of a clause, with items joined that a count or a part of theirs keeps apart."""
    after, _, pattern, _ = _phases()
    weak = table("phases")["weak"]["words"]
    found: list[tuple[Mention, ...]] = []
    for group in groups(clause):
        if found and group[0].label in _WORKS and found[-1][-1].label in _WORKS:
            gap = clause.said(found[-1][-1].end, group[0].start)
            for quantity in clause.outer:
                if quantity.label == "Quantity" and found[-1][-1].end <= quantity.start < group[0].start:
                    gap = gap.replace(quantity.text, "", 1)
            if _PART.fullmatch(gap) and not any(w in after and w not in weak for w in pattern.findall(gap)):
                found[-1] += group
                continue
        found.append(group)
    return found


def _alone(lead: str, tail: str) -> bool:
    """Tell whether a clause names works and says nothing of them, as the first cell of a row."""
    return bool(_LABELLED.fullmatch(lead)) and not re.search("[一-鿿]", tail)


def _tails(clause: Clause, grouped: list[tuple[Mention, ...]], index: int) -> list[tuple[str, int]]:
    """Return what a clause says after a list, and where that ends; of lists joined by their counts, what it says of all."""

    def after(number: int) -> tuple[str, int]:
        end, right = grouped[number][-1].end, clause.end
        for group in grouped[number + 1 :]:
            if not (clause.said(end, group[0].start).endswith("由") and group[0].label == "Organization"):
                right = group[0].start
                break
        return clause.said(end, right), right

    last = index
    while last + 1 < len(grouped) and _COUNTED.fullmatch(after(last)[0]):
        last += 1
    if last == index:
        return [after(index)]
    said, right = after(last)
    joint = (_COUNT.sub("", said), right)
    return [after(index), joint] if "立项" in after(index)[0] else [joint]


def _following(sentence: Sentence, number: int, alone: bool) -> str:
    """Return the clauses after one that speak of the same works.

    They are the next where it names nothing (「项目立项后，正在施工」), and after works that stand `alone`, as in a
    list or a row of a table, all up to the next works; places in other cells are where they are.
    """
    said: list[str] = []
    for clause in sentence.clauses[number + 1 :]:
        elsewhere = PLACE_LABELS if sentence.row else frozenset({"Organization"})
        if any(m.label not in elsewhere | {"Organization"} for m in clause.named) or (said and not alone):
            break
        if not alone and clause.outer and any(m.label != "Date" for m in clause.outer):
            break
        if not clause.named:
            said.append(clause.said(clause.start, clause.end))
    return "，".join(said)


def _read(
    document: Document,
    sentence: Sentence,
    clause: Clause,
    works: list[Mention],
    programs: bool,
    lead: str,
    tail: str,
    following: str,
    period: Period,
) -> list[Status]:
    after, before, after_pattern, before_pattern = _phases()
    hit = _done(tail, after, after_pattern, programs) or _best(after_pattern.findall(tail), after, programs)
    around, said = f"{lead}…{tail}", tail
    if not hit or hit[0].order <= 5:
        leading = _best(before_pattern.findall(lead), before, programs)
        if leading and (not hit or (leading[0].order > hit[0].order and hit[1] in {"建设", "实施", "推进", "启动"})):
            hit = leading
    alone = False
    if not hit and following and not programs:
        alone = _alone(lead, tail)
        hit = _done(following, after, after_pattern, False) or _best(after_pattern.findall(following), after, False)
        around, said = f"{around}{following}", following
    places_only = all(m.label in PLACE_LABELS for m in works)
    if not hit or (places_only and not (_is_works(hit, lead, tail) or (alone and hit[0].order >= 5))):
        return []
    phase, cue = hit
    partly = _PARTLY.search(said.replace("＃", ""))
    if cue in said and cue.endswith("完成") and not (partly or _OF_ITSELF.search(said)):
        return []
    if phase.name == "completed" and partly:
        if not any(m.label in {"Project", "Street"} for m in works):
            return []
        phase = next(p for p in after["开工"] if p.name == "under-construction")
        around = around.replace("已", "") + "正在"
    modality = _modality(phase, cue, around, period[1])
    year = _year(clause, sentence) or period[0]
    evidence = Evidence(sentence.start, sentence.end, 0.8, "kg_statuses")
    return [Status(m, phase.name, modality, year, evidence) for m in works]


def _is_works(hit: tuple[_Phase, str], lead: str, tail: str) -> bool:
    """Tell whether a clause speaks of a place as works and not merely as a place."""
    if re.search(r"(?:在|于|位于|融入|参与|服务|赴|沿|围绕|单位)[“「]?$", lead):
        return False
    if hit[1] not in tail and re.match("[一-鿿]", tail) and not _GOES_ON.match(tail):
        return False
    if hit[0].order >= 6 or hit[0].name in {"approved", "designed", "land-assembly"} or _MOVES.match(tail):
        return True
    return bool(
        re.match(
            r"[”」]?(?:等\d*|[\d一二两三四五六七八九十]+[个条项座处家所][一-鿿]{0,6}|建设|项目|工程|主体|全面|开工|启动|正式|顺利|加快|加速|动工|进入|规划|新建|迁建|重建|扩建|改扩建|调试)",
            tail,
        )
    ) or bool(re.search(r"(?:建设|新建|开工|开建|动工|续建|启动|打通|改造|提升改造|扩建|修缮|推进)$", lead))
