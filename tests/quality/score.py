"""The scorer of the annotation guideline: strict, span and overlap precision, recall and F1 of mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

VALUES = {"Indicator", "Quantity", "Date"}
Mentions = dict[str, set[tuple[int, int, str]]]


def prf(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Return precision, recall and F1 from counts."""
    p, r = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": gold, "pred": predicted}


def score(gold: Mentions, predicted: Mentions) -> dict[str, Any]:
    """Compare mentions by document.

    Returns
    -------
    dict
        ``entities``, ``values`` and ``labels`` (by label), each with ``strict`` (same span and label),
        ``span`` (same span) and ``overlap`` (same label, one character shared).
    """
    labels = sorted({label for part in (gold, predicted) for spans in part.values() for _, _, label in spans})

    def group(keep: Callable[[str], bool]) -> dict[str, dict[str, float]]:
        g = {(k, *s) for k, spans in gold.items() for s in spans if keep(s[2])}
        q = {(k, *s) for k, spans in predicted.items() for s in spans if keep(s[2])}
        bare_g, bare_q = {x[:3] for x in g}, {x[:3] for x in q}
        return {
            "strict": prf(len(g & q), len(q), len(g)),
            "span": prf(len(bare_g & bare_q), len(bare_q), len(bare_g)),
            "overlap": _overlap(g, q),
        }

    found: dict[str, Any] = {"entities": group(lambda x: x not in VALUES), "values": group(lambda x: x in VALUES)}
    found["labels"] = {label: group(label.__eq__) for label in labels}
    return found


def _overlap(gold: set[tuple[str, int, int, str]], predicted: set[tuple[str, int, int, str]]) -> dict[str, float]:
    def touching(of: set[tuple[str, int, int, str]], among: set[tuple[str, int, int, str]]) -> int:
        spans = defaultdict(list)
        for stem, a, b, label in among:
            spans[stem, label].append((a, b))
        return sum(any(a < e and s < b for a, b in spans[stem, label]) for stem, s, e, label in of)

    p = touching(predicted, gold) / len(predicted) if predicted else 0.0
    r = touching(gold, predicted) / len(gold) if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}
