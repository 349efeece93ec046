"""Names by rule: head nouns, quotes, lists and divisions, without any list of the names themselves.

The rules know the genre only: what a name ends in (``data/heads.toml``), what stands before it
(``data/cues.toml``) and how lists share a head. They propose; the model decides.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.context import Context
from kg.extract.lexicon import any_of, cues_before, generic, heads

Span = tuple[int, int, str]

_DIVISION_LABEL = {
    "province": "AdminArea",
    "city": "AdminArea",
    "county": "AdminArea",
    "town": "AdminArea",
    "village": "Community",
}
_SETTLED = [
    "Project",
    "Program",
    "Policy",
    "Event",
    "Facility",
    "Area",
    "Street",
    "Organization",
    "Community",
    "AdminArea",
    "NaturalFeature",
]
_NUMBER = re.compile(r"(?:等|共|这)?(\d+|[两二三四五六七八九十]+)(?:个|条|家|座|所|处|项|类|大)")
_STOP_PARTS = ("v", "p", "c", "u", "d", "r", "m", "y", "e", "o", "x")


@cache
def _label_of(head: str) -> str:
    """Return the label a head noun speaks for most clearly."""
    labels = heads()[head]
    return min(labels, key=lambda label: _SETTLED.index(label) if label in _SETTLED else len(_SETTLED))


def _start_of(context: Context, run_start: int, head_start: int) -> int:
    """Walk left from a head noun over the words that can belong to its name."""
    start = head_start
    index = context.word_of[head_start]
    if context.words[index][0] < head_start:
        start = max(run_start, context.words[index][0])
    index -= 1
    while index >= 0:
        begin, _, word, part = context.words[index]
        if begin < run_start or word in cues_before() or (part[:1] in _STOP_PARTS and part not in {"vn", "x"}):
            break
        if context.value[begin] != "O":
            break
        start = begin
        index -= 1
    return start


def _headed(context: Context) -> list[Span]:
    """Return the names that end in a head noun, up to the verb or mark before them."""
    text, found = context.text, []
    known = heads()
    for i in range(len(text)):
        head = context.head[i]
        if not head:
            continue
        end = i + 1
        run_start, run_end = context.run[i]
        following = context.words[context.word_of[i]][1]
        if following > end and following <= run_end:
            continue
        longer = any(context.head[j] and j - len(context.head[j]) < i for j in range(i + 1, min(run_end, i + 5)))
        if longer:
            continue
        head_start = end - len(head)
        start = _start_of(context, run_start, head_start)
        body = text[start:head_start]
        if start > 0 and start == run_start and text[start - 1] in "”」" and context.quote[start - 2]:
            quote = context.quote[start - 2]
            if quote and quote[1] == start - 1:
                start, body = quote[0] - 1, text[quote[0] : quote[1]] + body
        if not body or all(w in generic() for w in _words(context, start, head_start)):
            continue
        if len(body) < 2 and head not in known:
            continue
        found.append((start, end, _label_of(head)))
    return found


def _words(context: Context, start: int, end: int) -> list[str]:
    return [w for a, b, w, _ in context.words if a >= start and b <= end]


def _quoted(context: Context) -> list[Span]:
    """Return titles in 《》 and quoted names that carry their own head noun."""
    found = []
    for start, end in sorted({q for q in context.quote if q}):
        mark, body = context.text[start - 1], context.text[start:end]
        if mark == "《" and end - start > 2:
            found.append((start - 1, end + 1, "Policy"))
        elif mark in "“「" and context.head[end - 1] and 2 < end - start <= 20 and "，" not in body:
            found.append((start, end, _label_of(context.head[end - 1])))
    return found


def _divisions(context: Context) -> list[Span]:
    """Return the official divisions named in full."""
    found, tags = [], context.division
    i = 0
    while i < len(tags):
        if tags[i].startswith("B-"):
            end = i + 1
            while end < len(tags) and tags[end].startswith("I-"):
                end += 1
            label = _DIVISION_LABEL[tags[i][2:]]
            settled = context.text[i:end].endswith(("村", "社区", "嘎查")) or label == "AdminArea"
            if settled and end - i > 2:
                found.append((i, end, label))
            i = end
        else:
            i += 1
    return found


@cache
def _shared() -> re.Pattern[str]:
    return re.compile(
        r"((?:[一-鿿]{2,4}[、和与及]){1,12}[一-鿿]{2,4})(?:等)?(?:\d+|[两三四五六七八九十]+)?个?"
        rf"({any_of(['社区', '村', '街道', '乡镇', '镇'])})"
    )


def _lists(context: Context) -> list[Span]:
    """Return the items before a shared head: 东方半岛、国展、罗岗等社区."""
    found = []
    label = {"社区": "Community", "村": "Community"}
    for match in _shared().finditer(context.text):
        position = match.start(1)
        for item in re.split("[、和与及]", match[1]):
            if len(item) >= 2 and item not in generic():
                found.append((position, position + len(item), label.get(match[2], "AdminArea")))
            position += len(item) + 1
    return found


def propose(context: Context) -> list[Span]:
    """Return the names the rules see in a sentence, longest first where they would cross."""
    spans = {*_headed(context), *_quoted(context), *_divisions(context), *_lists(context)}
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        a, b, _ = span
        if all(b <= s or e <= a or (s <= a and b <= e and (a, b) != (s, e)) for s, e, _ in kept):
            kept.append(span)
    return sorted(kept)
