"""Divisions near the document's home that the model left out: what the gazetteer is sure of is added."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.lexicon import generic

Span = tuple[int, int, str]

_ROOM = frozenset({"Project", "Organization", "Award", "Policy", "Event"})
"""Labels that nest a short division name (guideline, decisions 3, 4 and 23)."""
_GOES_ON = frozenset("段港站桥路街道里巷河湖山新老东西南北")
_SHORT_LEVELS = {
    "home": ("province", "city", "county"),
    "above": ("province", "city", "county"),
    "beside": ("province", "city"),
    "wide": ("province",),
}
"""Levels whose short names are taken, by their relation to the home."""


def nearby(context: Context, found: list[Span]) -> list[Span]:
    """Return the divisions named in a sentence that `found` has room for.

    A full name is taken wherever it crosses no mention and lies in none of its own label. A short one is
    taken for the home itself outside all mentions and quotes, and for a county or above also directly inside
    a mention that nests short names.

    Parameters
    ----------
    context
        The sentence's arrays.
    found
        Its mentions so far.
    """
    added: list[Span] = []
    for start, end, tag in context.near_names:
        relation, level, form = tag.split("|")
        span = (start, end, "Community" if level == "village" else "AdminArea")
        touching = [s for s in found if s[0] < end and start < s[1]]
        if any(not _holds(s, span) or s[:2] == span[:2] for s in touching):
            continue
        if form == "full":
            if (
                relation == "alone"
                or (relation == "named" and level == "village")
                or context.text[start:end] in generic()
            ):
                continue
            if all(s[2] != span[2] for s in touching):
                added.append(span)
        elif relation == "home" and not touching and _plain(context, start, end):
            added.append(span)
        elif level in _SHORT_LEVELS.get(relation, ()):
            smallest = min(touching, key=lambda s: s[1] - s[0], default=None)
            if smallest[2] in _ROOM if smallest else _plain(context, start, end):
                added.append(span)
    return added


def _plain(context: Context, start: int, end: int) -> bool:
    """Tell whether a name stands outside quotes and is no part of a longer word."""
    following = context.text[end : end + 1]
    return context.quote[start] is None and following not in _GOES_ON and context.text[start - 1 : start] != "新"


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
