"""Placing names in the official divisions, by the document's own place and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.documents import Division, Document, Mention
from kg.gazetteer import Gazetteer
from kg.gazetteer.forms import LEVELS, short_forms

_OFFICE = re.compile(r"(?:人民政府|政府|办事处|党工委|党委|管理委员会|管委会|委员会|办公室|街道办)+$")
_NAME = re.compile(r"(?:年|于|关于)?([一-鿿]{2,30}?(?:省|自治区|市|自治州|区|县|旗|街道|镇|乡))")


def publisher_division(document: Document, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> Division | None:
    """Return the division the document speaks for, or None where that is not clear.

    Read from the publisher, then the title; a homonym is settled by the divisions the text names most.
    """
    named = Counter(m.text for m in mentions if m.label == "AdminArea")
    for stated in (document.publisher, document.title):
        if stated:
            division = _deepest(_OFFICE.sub("", stated), gazetteer, named)
            if division:
                return division
    return None


def _deepest(text: str, gazetteer: Gazetteer, named: Counter[str]) -> Division | None:
    found: Division | None = None
    for start, end in gazetteer.spans(text):
        candidates = [
            d for d in gazetteer.lookup(text[start:end]) if d.name == text[start:end] and d.level != "village"
        ]
        if found:
            below = [d for d in candidates if d.path[: len(found.path)] == found.path]
            candidates = below or candidates
        outermost = min(candidates, key=lambda d: len(d.path), default=None)
        if outermost and all(_inside(d, outermost) for d in candidates):
            candidates = [outermost]  # 天津市 is the city as well as the province around it
        if len(candidates) > 1:
            weight = {
                d: sum(named[n] for n in d.path[:-1]) + sum(named[n[:-1]] for n in d.path[:-1]) for d in candidates
            }
            best = max(weight.values())
            candidates = [d for d in candidates if weight[d] == best and best]
        if len(candidates) == 1:
            found = candidates[0]
    return found


def place_division(
    name: str,
    label: str,
    contexts: list[Division],
    publisher: Division | None,
    gazetteer: Gazetteer,
    beside: Iterable[Division] = (),
) -> Division | None:
    """Return the division that `name` means here, or None where it is undecided.

    A short name read as an administrative area that only a community of the publisher bears (罗岗) means the community.

    Parameters
    ----------
    name
        Normal name, full (罗岗社区) or short (罗岗).
    label
        ``AdminArea`` or ``Community``.
    contexts
        Divisions stated right before the name (寻乌县 before 菖蒲乡), nearest first.
    publisher
        The document's own division.
    beside
        What the place before it in a list is stated to lie in (沈阳市 in 沈阳市铁西区、和平区), nearest first.
    """
    wanted = {"village"} if label == "Community" else {"province", "city", "county", "town"}
    for context in (*contexts, *beside):
        inside = [d for d in gazetteer.within(context, name) if d.level in wanted]
        if len(inside) == 1:
            return inside[0]
    found = _near(name, label, frozenset(wanted), publisher, gazetteer)
    below = found is not None and found.level in {"town", "village"}
    if found and below and contexts and not _inside(found, contexts[0]):
        return None
    if found is None and label == "AdminArea" and publisher and not contexts:
        inside = [d for d in gazetteer.within(publisher, name) if d.level == "village"]
        return inside[0] if len(inside) == 1 else None
    return found


def _near(
    name: str, label: str, wanted: frozenset[str], publisher: Division | None, gazetteer: Gazetteer
) -> Division | None:
    """Return the division `name` means to the publisher where nothing beside it tells."""
    for depth in range(len(publisher.path) - 1 if publisher else -1, -1, -1):
        if publisher and label == "AdminArea" and name in _forms(publisher.path[depth], LEVELS[depth]):
            return gazetteer.by_path(publisher.path[: depth + 1])
    candidates = [d for d in gazetteer.lookup(name) if d.level in wanted]
    provinces = [d for d in candidates if d.level == "province"]
    if provinces:
        return provinces[0]
    if publisher is None:
        certain = len(candidates) == 1 and label == "AdminArea"
        return candidates[0] if certain and (candidates[0].level != "town" or candidates[0].name == name) else None
    found = gazetteer.closest(name, publisher, wanted)
    if found and label == "Community":
        common = sum(a == b for a, b in zip(found.path, publisher.path, strict=False))
        return found if common >= min(len(publisher.path), 3) else None
    return found


def _inside(division: Division, context: Division) -> bool:
    return division.path[: len(context.path)] == context.path


def _forms(name: str, level: str) -> tuple[str, ...]:
    return (name, *short_forms(name, level))
