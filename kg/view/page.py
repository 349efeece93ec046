"""The graph as one HTML file: no request, no foreign script, whatever the documents say.

pyvis holds the network and renders it, through a template of ours in an environment that
escapes; its own template asks three hosts for code and runs what a title contains.
"""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.documents import GovPlanError
from kg.store.iris import BASE
from kg.view.layout import positions, radius
from kg.view.model import STYLE, Quote, ViewData

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = ("graph.js", "picture.js", "card.js", "controls.js", "main.js")
_UNBROKEN = re.compile(r"[“‘《〈「『((]*.[”’》〉」』)),、。]*", re.S)
_LARGE = 1500  # nodes; above it edges are not drawn while the picture moves


def render(data: ViewData, title: str) -> str:
    """Return the page.

    Parameters
    ----------
    data
        What to show.
    title
        Heading and window title, as plain text.

    Returns
    -------
    str
        A complete HTML document that loads nothing. The same input gives the same text.
    """
    network = Network(directed=True, heading=title)
    for at, (node, (x, y)) in enumerate(zip(data.nodes, positions(data).tolist(), strict=True)):
        network.add_node(
            at,
            label=wrap(node.name),
            shape=STYLE["classes"][node.label]["shape"],
            group=node.label,
            size=round(radius(node.degree), 1),
            x=x,
            y=y,
        )
    index = {node.iri: at for at, node in enumerate(data.nodes)}
    for at, edge in enumerate(data.edges):
        network.add_edge(index[edge.subject], index[edge.object], id=at)
    network.options = _options(len(data.nodes))
    scripts = [_asset("theme.js"), _vis(), *(_asset(name) for name in _SCRIPTS)]
    styles = [_colours(), _asset("page.css")]
    environment = Environment(loader=PackageLoader("kg.view"), autoescape=True, trim_blocks=True)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals.update(
        policy=_policy(scripts, styles),
        scripts=[Markup(script) for script in scripts],
        styles=[Markup(style) for style in styles],
        details=_details(data, index),
    )
    network.templateEnv = environment
    network.path = "page.html"
    return str(network.generate_html())


def write_page(data: ViewData, path: Path, title: str) -> None:
    """Write the page to `path` as UTF-8, whole or not at all.

    Parameters
    ----------
    data, title
        See :func:`render`.
    path
        The file to write; its folder must be there.

    Raises
    ------
    GovPlanError
        If the file cannot be written.
    """
    text = render(data, title)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise GovPlanError(f"{path}: cannot write the page ({error.strerror}); choose another file") from error


def wrap(name: str, width: int = 9, lines: int = 3) -> str:
    r"""Break `name` into even lines, `lines` at most, of `width` Chinese characters at most.

    Letters and digits count half; what does not fit ends in an ellipsis.

    Examples
    --------
    >>> wrap("西环路道路交通综合整治工程")
    '西环路道路交通\n综合整治工程'
    """
    parts = _UNBROKEN.findall(name)
    sizes = [sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in part) for part in parts]
    needed = max(math.ceil(sum(sizes) / width), 1)
    rows: list[str] = []
    for limit in range(math.ceil(sum(sizes) / needed), width + 1):
        rows = _fill(parts, sizes, limit)
        if len(rows) <= needed:
            break
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1][:-1] + "…"]
    return "\n".join(rows)


def _fill(parts: list[str], sizes: list[float], limit: int) -> list[str]:
    rows, taken = [""], 0.0
    for part, size in zip(parts, sizes, strict=True):
        if taken + size > limit and rows[-1]:
            rows.append("")
            taken = 0.0
        rows[-1] += part
        taken += size
    return [row.strip() for row in rows]


def _options(size: int) -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"chosen": False, "borderWidth": 1.5},
        "edges": {"chosen": False, "smooth": False, "arrows": {"to": {"enabled": False, "scaleFactor": 0.5}}},
        "interaction": {
            "hover": True,
            "selectConnectedEdges": False,
            "hideEdgesOnDrag": size > _LARGE,
            "hideEdgesOnZoom": size > _LARGE,
        },
    }


def _details(data: ViewData, index: dict[str, int]) -> dict[str, Any]:
    """All of the data that pyvis has no place for; documents and sentences are stored once."""
    documents: dict[str, int] = {}
    sentences: dict[str, int] = {}

    def quotes(found: Iterable[Quote]) -> list[list[Any]]:
        return [
            [
                documents.setdefault(quote.document, len(documents)),
                quote.start,
                quote.end,
                quote.at,
                quote.text,
                sentences.setdefault(quote.sentence, len(sentences)),
            ]
            for quote in found
        ]

    nodes = [
        {
            "iri": node.iri,
            "label": node.label,
            "name": node.name,
            "aliases": node.aliases,
            "mentions": quotes(node.mentions),
            "facts": [
                {
                    "kind": fact.kind,
                    "text": fact.text,
                    "year": fact.year,
                    "phase": fact.phase,
                    "modality": fact.modality,
                    "evidence": quotes(fact.evidence),
                }
                for fact in node.facts
            ],
        }
        for node in data.nodes
    ]
    edges = [
        {
            "from": index[edge.subject],
            "to": index[edge.object],
            "predicate": edge.predicate,
            "confidence": edge.confidence,
            "evidence": quotes(edge.evidence),
        }
        for edge in data.edges
    ]
    classes = {label: {"name": data.classes.get(label, label), **look} for label, look in STYLE["classes"].items()}
    relations = {key: {"name": data.relations.get(key, key), **look} for key, look in STYLE["relations"].items()}
    return {
        "base": BASE,
        "classes": classes,
        "families": STYLE["families"],
        "relations": relations,
        "phases": list(data.phases.items()),
        "documents": list(documents),
        "sentences": list(sentences),
        "nodes": nodes,
        "edges": edges,
    }


def _colours() -> str:
    """Class colours as CSS variables, for a light and for a dark page."""
    rules = []
    for selector, shade in ((":root", "light"), (':root[data-theme="dark"]', "dark")):
        colours = "".join(f"--{label}:{look[shade]};" for label, look in STYLE["classes"].items())
        rules.append(f"{selector}{{{colours}}}")
    return "\n".join(rules)


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the Content-Security-Policy that lets exactly these texts run and nothing be fetched."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text("utf-8")


@cache
def _vis() -> str:
    return files("pyvis").joinpath(_VIS).read_text("utf-8")
