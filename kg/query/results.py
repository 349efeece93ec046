"""Query results as a table, CSV, TSV or SPARQL JSON."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

from rdflib.query import Result

FORMATS = ("table", "csv", "tsv", "json")
_WIDEST = 40


def width(text: str) -> int:
    """Return how many columns a terminal gives `text`; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if width(text) <= _WIDEST:
        return text
    out, used = "", 0
    for char in text:
        used += width(char)
        if used > _WIDEST - 1:
            break
        out += char
    return out + "…"


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return rows as an aligned table; long cells are cut with an ellipsis."""
    cells = [header, *([_cut(c) for c in row] for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    lines = ["  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines) + "\n"


def render(result: Result, format_: str) -> str:
    """Return a result in one of :data:`FORMATS`; a graph (CONSTRUCT) is always Turtle.

    ``json`` is the SPARQL 1.1 Query Results JSON Format.
    """
    if result.type in {"CONSTRUCT", "DESCRIBE"}:
        return str(result.graph.serialize(format="turtle")) if result.graph is not None else ""
    if format_ == "json":
        data = result.serialize(format="json") or b"{}"
        return json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"
    if result.type == "ASK":
        return ("true" if result.askAnswer else "false") + "\n"
    header = [str(v) for v in result.vars or []]
    rows = [["" if v is None else str(v) for v in row] for row in result]  # type: ignore[union-attr]
    if format_ == "table":
        return table(header, rows) + f"({len(rows)} rows)\n"
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if format_ == "tsv" else ",", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
