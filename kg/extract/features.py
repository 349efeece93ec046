"""Features of the conditional random field, one list of strings a character.

Character, word and list features are the usual ones of Chinese name tagging; the others put what
the gazetteer, the value patterns and the rules say before the model, which learns how far to trust
each (stacking, Wolpert 1992).
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.context import Context
from kg.extract.lexicon import any_of, generic, heads, table

_NEAR = [0, 1, 2, 3, 4, 5, 6, 6, 8, 8, 8, 8, 12, 12, 12, 12, 12, 12, 12, 12]


def _bucket(distance: int) -> str:
    return str(_NEAR[distance]) if distance < len(_NEAR) else "far"


def _kind(char: str) -> str:
    if char.isdigit():
        return "9"
    if char.isascii() and char.isalpha():
        return "a"
    if "一" <= char <= "鿿":
        return "c"
    return "s" if char.isspace() else "p"


def _head_label(head: str) -> str:
    return "+".join(heads()[head]) if head else ""


@cache
def _word_class() -> dict[str, str]:
    """Return what the lists say of a word: cue before a name (L), common (G), light (T), head noun (H), joiner (J)."""
    cues = table("cues")
    found = {w: "H" for w in heads()}
    found |= {w: "G" for w in generic()}
    found |= {w: "T" for w in cues["light"]}
    found |= {w: "L" for w in cues["left"]}
    return found | {w: "J" for w in "、和与及"}


def features(context: Context, rules: list[str]) -> list[list[str]]:
    """Return the features of every character.

    Parameters
    ----------
    context
        The sentence's arrays.
    rules
        BIO tags of the names the rules propose (see :mod:`kg.extract.names`).

    Returns
    -------
    list of list of str
        As long as the sentence.
    """
    text, words, size = context.text, context.words, len(context.text)
    padded = f"‹‹‹{text}›››"
    known = _word_class()
    classes = ["<", "<", *(known.get(w[2]) or w[3] for w in words), ">", ">"]
    kinds = [_kind(c) for c in text]
    parts = ["<", "<", *(w[3] for w in words), ">", ">"]
    surface = ["<", "<", *(w[2] for w in words), ">", ">"]
    next_head = _next_heads(context)
    next_value = _next_values(context)
    last_verb = _last_verbs(context)
    cue_before, cue_after = _cues_around(text)
    out = []
    for i in range(size):
        c = i + 3
        w = context.word_of[i] + 2
        word = words[w - 2]
        place = "S" if word[1] - word[0] == 1 else "B" if i == word[0] else "E" if i == word[1] - 1 else "M"
        run_start, run_end = context.run[i]
        run_head = next_head[i][2]
        before = text[run_start - 1] if run_start else "<"
        after = text[run_end] if run_end < size else ">"
        quote, near = context.quote[i], context.near[i]
        here = padded[c]
        row = [
            "b",
            f"c0={here}",
            f"c-1={padded[c - 1]}",
            f"c1={padded[c + 1]}",
            f"c-2={padded[c - 2]}",
            f"c2={padded[c + 2]}",
            f"c-3={padded[c - 3]}",
            f"c3={padded[c + 3]}",
            f"d-1={padded[c - 1 : c + 1]}",
            f"d0={padded[c : c + 2]}",
            f"d-2={padded[c - 2 : c]}",
            f"d1={padded[c + 1 : c + 3]}",
            f"t0={padded[c - 1 : c + 2]}",
            f"k={kinds[i]}{kinds[i - 1] if i else '<'}",
            f"w={place}{word[2]}",
            f"w-1={place}{surface[w - 1]}",
            f"w1={place}{surface[w + 1]}",
            f"w-2={surface[w - 2]}",
            f"w2={surface[w + 2]}",
            f"p={place}{word[3]}",
            f"p-={place}{parts[w - 1]}{word[3]}",
            f"p+={place}{word[3]}{parts[w + 1]}",
            f"p--={place}{parts[w - 2]}{parts[w - 1]}",
            f"p++={place}{parts[w + 1]}{parts[w + 2]}",
            f"l={place}{classes[w]}",
            f"l-={place}{classes[w - 1]}{classes[w]}",
            f"l+={place}{classes[w]}{classes[w + 1]}",
            f"l--={place}{classes[w - 2]}{classes[w - 1]}{classes[w]}",
            f"l++={place}{classes[w]}{classes[w + 1]}{classes[w + 2]}",
            f"lw={place}{classes[w - 1]}{word[2]}",
            f"v={context.value[i]}",
            f"g={context.division[i]}",
            f"s={context.short[i]}",
            f"n={near}",
            f"n-={context.near[i - 1] if i else '<'}|{near}",
            f"n+={near}|{context.near[i + 1] if i + 1 < size else '>'}",
            f"ng={near}|{_head_label(context.head[i])}|{next_head[i][0]}|{_bucket(next_head[i][1])}",
            f"nl={near}|{context.near[i - 2] if i > 1 else '<'}|{here if here in '、和与及' else ''}",
            f"r={rules[i]}",
            f"rr={rules[i]}|{rules[i + 1] if i + 1 < size else '>'}",
            f"r-={rules[i - 1] if i else '<'}|{rules[i]}",
            f"h={_head_label(context.head[i])}",
            f"nh={next_head[i][0]}|{_bucket(next_head[i][1])}",
            f"nhw={next_head[i][3]}",
            f"rh={run_head}|{_bucket(i - run_start)}",
            f"rb={before}{_bucket(i - run_start)}",
            f"ra={after}{_bucket(run_end - i)}",
            f"nv={next_value[i]}",
            f"lv={last_verb[i]}",
            f"lvp={last_verb[i]}|{place}",
            f"lt={context.tail[i]}",
            f"ltp={context.tail[i]}|{place}|{before}",
            f"cb={cue_before[i]}|{place}",
            f"ca={cue_after[i]}|{place}",
            f"st={context.stem[i]}",
            f"sth={context.stem[i]}|{next_head[i][0]}|{_bucket(next_head[i][1])}",
        ]
        if quote:
            start, end = quote
            mark = text[start - 1]
            row.append(f"q={mark}{_bucket(i - start)}{_bucket(end - i)}")
            row.append(f"qa={mark}{text[end + 1 : end + 3]}")
            row.append(f"qh={mark}{_head_label(context.head[end - 1])}")
            row.append(f"qb={mark}{text[max(0, start - 3) : start - 1]}")
            if i == start:
                row.append(f"qt={mark}{text[start:end]}")
        if i and context.quote[i - 1] and not quote and text[i] in "”」》)）":
            row.append(f"qz={text[i + 1 : i + 3]}")
        out.append(row)
    return out


def nested_features(context: Context, rows: list[list[str]], start: int, end: int, label: str) -> list[list[str]]:
    """Return the features of the characters inside a mention, for the layer below it.

    Besides those of the sentence, each knows the next head noun inside and what remains after it: 云台山 in
    云台山隧道 ends in 山, and 隧道 is a head noun of its own.
    """
    text, size = context.text, end - start
    found: list[list[str]] = []
    head = ""
    at = end
    for i in range(end - 1, start - 1, -1):
        if i < end - 1 and context.head[i] and i - len(context.head[i]) >= start - 1:
            head, at = context.head[i], i
        rest = text[i:end]
        row = [
            *rows[i],
            f"P={label}",
            f"Pb={label}{_bucket(i - start)}",
            f"Pe={label}{_bucket(end - 1 - i)}",
            f"Ps={_bucket(size)}",
            f"rs={rest if len(rest) <= 5 else rest[:3] + '*'}",
        ]
        if head:
            after, kind, distance = text[at + 1 : end], _head_label(head), min(at - i, 6)
            then = _head_label(after) if after in heads() else "+" if _opens_with_head(after) else "-"
            row += [
                f"fh={kind}|{distance}|{then}",
                f"fw={head}|{distance}",
                f"fr={kind}|{distance}|{after[:3]}",
                f"fs={kind}|{then}|{i == start}|{distance}",
                f"fp={kind}|{then}|{min(at - start, 6)}|{min(i - start, 6)}",
            ]
        found.append(row)
    return found[::-1]


def _opens_with_head(text: str) -> bool:
    return any(text[:size] in heads() for size in range(1, 6))


@cache
def _cue_pattern() -> re.Pattern[str]:
    relations, phases = table("relations"), table("phases")
    words = {w: "phase" for entry in phases.values() for w in entry.get("after", ())}
    words |= {w: "award" for w in relations["award"]["cues"]}
    words |= {w: "agent" for w in (*relations["agent"]["after"], *relations["agent"]["before"]) if len(w) > 1}
    _CUE_KIND.update(words)
    return re.compile(any_of([w for w in words if len(w) > 1]))


_CUE_KIND: dict[str, str] = {}
_CLAUSE = re.compile(r"[^，,；;。！？\n]+")


def _cues_around(text: str) -> tuple[list[str], list[str]]:
    """For each character: the kind of the last cue before it and of the first after it, in its clause."""
    before, after = [""] * len(text), [""] * len(text)
    pattern = _cue_pattern()
    for clause in _CLAUSE.finditer(text):
        begin, kind = clause.start(), ""
        for match in pattern.finditer(clause[0]):
            start, end = clause.start() + match.start(), clause.start() + match.end()
            after[begin:start] = [_CUE_KIND[match[0]]] * (start - begin)
            before[begin:start] = [kind] * (start - begin)
            begin, kind = end, _CUE_KIND[match[0]]
        before[begin : clause.end()] = [kind] * (clause.end() - begin)
    return before, after


def _next_heads(context: Context) -> list[tuple[str, int, str, str]]:
    """For each character: next head's labels in its run, distance, the run's last head, the head's word."""
    size = len(context.text)
    found = [("", 99, "", "")] * size
    i = size - 1
    while i >= 0:
        start, end = context.run[i]
        last = _head_label(context.head[end - 1]) if end > start else ""
        label, word, at = "", "", end + 99
        for j in range(end - 1, start - 1, -1):
            if context.head[j]:
                label, word, at = _head_label(context.head[j]), context.head[j], j
            found[j] = (label, min(at - j, 99), last, word)
        i = start - 1
    return found


def _next_values(context: Context) -> list[str]:
    """For each character: kind and distance of the next value that begins in its run."""
    size = len(context.text)
    found = [""] * size
    for i in range(size - 1, -1, -1):
        tag = context.value[i]
        if tag.startswith("B-"):
            kind = "g" if not context.text[i].isdigit() else "q"
            mark = f"{tag[2]}{kind}"
            start = context.run[i][0]
            for j in range(i - 1, start - 1, -1):
                if context.value[j] != "O":
                    break
                found[j] = f"{mark}{_bucket(i - j)}"
    return found


def _last_verbs(context: Context) -> list[str]:
    """For each character: the last verb or preposition before its word in the run."""
    found = []
    verb, run = "", (-1, -1)
    for i in range(len(context.text)):
        if context.run[i] != run:
            verb, run = "", context.run[i]
        index = context.word_of[i]
        if index and i == context.words[index][0]:
            previous = context.words[index - 1]
            if previous[0] >= run[0] and previous[3][:1] in {"v", "p", "c", "u"}:
                verb = previous[2]
        found.append(verb)
    return found
