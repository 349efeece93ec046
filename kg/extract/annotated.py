"""The inline notation of the annotation guideline: ``⟦surface/Label⟧``, nested but never crossing."""

from __future__ import annotations

from kg.documents import LABELS, GovPlanError

Span = tuple[int, int, str]


def parse(marked: str) -> tuple[str, list[Span]]:
    """Return the text without its marks and the ``(start, end, label)`` of each, in order.

    Raises
    ------
    GovPlanError
        If a mark is not closed, not opened or carries no label of the guideline.

    Examples
    --------
    >>> parse("⟦惠康路/Street⟧竣工")
    ('惠康路竣工', [(0, 3, 'Street')])
    """
    text: list[str] = []
    spans: list[Span] = []
    opened: list[int] = []
    for position, char in enumerate(marked):
        if char == "⟦":
            opened.append(len(text))
        elif char == "⟧":
            line = marked.count("\n", 0, position) + 1
            if not opened:
                raise GovPlanError(f"line {line}: ⟧ without ⟦; remove it or open the mark")
            start = opened.pop()
            surface, slash, label = "".join(text[start:]).rpartition("/")
            if not slash or label not in LABELS:
                raise GovPlanError(f"line {line}: {surface or label!r} carries no label of the guideline")
            spans.append((start, start + len(surface), label))
            del text[start + len(surface) :]
        else:
            text.append(char)
    if opened:
        raise GovPlanError("a ⟦ is never closed; add ⟧ after its label")
    return "".join(text), sorted(spans, key=lambda s: (s[0], -s[1]))


def outer(spans: list[Span]) -> list[Span]:
    """Return the spans that lie in no other."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def children(parent: Span, spans: list[Span]) -> list[Span]:
    """Return the spans that lie directly inside `parent`."""
    inside = [s for s in spans if s != parent and parent[0] <= s[0] and s[1] <= parent[1]]
    return outer([s for s in inside if s[:2] != parent[:2]])
