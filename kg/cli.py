"""The command line: a thin layer over the public API.

Data goes to standard output, all else to standard error. Exit codes: 0 done, 1 a file failed or the graph
does not conform, 2 a mistake in the call or a name that is not there.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from kg.documents import ENTITY_LABELS, GovPlanError

app = typer.Typer(
    help="从政府工作报告和计划到可查询的知识图谱。Chinese government reports and plans as a knowledge graph you can ask.",
    epilog="Exit codes: 0 done · 1 a file failed or the graph does not conform · 2 a mistake in the call.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
console = Console(stderr=True)

DEFAULT_STORE = "out/graph.store"
Store = Annotated[str, typer.Option("--store", help="Folder of the store, or the URL of a SPARQL 1.1 store.")]


class Rows(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"


class Export(StrEnum):
    """The export formats."""

    nquads = "nquads"
    trig = "trig"
    turtle = "turtle"
    jsonld = "jsonld"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"


Format = Annotated[Rows, typer.Option("--format", help="How to print the rows; json for scripts.")]


def _guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a user's mistake into one line on standard error and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except GovPlanError as error:
            typer.echo(f"kg: {error}", err=True)
            raise typer.Exit(2) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None

    return run


def _print_rows(header: list[str], rows: list[list[object]], format_: Rows) -> None:
    import csv

    from kg.query.results import table

    if format_ is Rows.json:
        data = [dict(zip(header, row, strict=True)) for row in rows]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif format_ is Rows.table:
        typer.echo(table(header, [["" if c is None else str(c) for c in row] for row in rows]), nl=False)
        typer.echo(f"({len(rows)} rows)", err=True)
    else:
        writer = csv.writer(sys.stdout, delimiter="\t" if format_ is Rows.tsv else ",", lineterminator="\n")
        writer.writerow(header)
        writer.writerows([["" if c is None else c for c in row] for row in rows])


@app.command(epilog="Example: kg build seeds/ --store out/graph.store")
@_guarded
def build(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt .html .docx .pdf.")],
    store: Store = DEFAULT_STORE,
    merges: Annotated[Path | None, typer.Option(help="Merge file that forces or forbids merges.")] = None,
    base: Annotated[str, typer.Option(help="Base IRI of the data.")] = "https://w3id.org/govplan/id/",
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave mentions below it out.")] = 0.0,
) -> None:
    """Build the graph from documents, or refresh what changed."""
    from kg.builder import Outcome, build_into
    from kg.resolve import NO_RULES, read_merges
    from kg.store import open_dataset

    rules = read_merges(merges) if merges else NO_RULES
    dataset = open_dataset(store, writable=True)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("loading", total=None)

        def report(outcome: Outcome, done: int, total: int) -> None:
            progress.update(task, total=total, completed=done, description=outcome.path.name)
            if outcome.state == "failed":
                progress.console.print(f"kg: {outcome.message}", markup=False, highlight=False, soft_wrap=True)

        outcomes = build_into(dataset, paths, base=base, merges=rules, min_confidence=min_confidence, report=report)
    states = Counter(o.state for o in outcomes)
    total: Counter[str] = sum((o.counts for o in outcomes), Counter())
    typer.echo(
        f"{states['built']} built, {states['unchanged']} unchanged, {states['failed']} failed → {store}", err=True
    )
    if total:
        found = ", ".join(f"{total[k]} {k}" for k in sorted(ENTITY_LABELS, key=lambda k: (-total[k], k)) if total[k])
        typer.echo(
            f"found: {found}; {total['mentions']} mentions, {total['statuses']} statuses, "
            f"{total['observations']} values",
            err=True,
        )
    if states["failed"]:
        raise typer.Exit(1)


@app.command(epilog="Example: kg extract report.txt --relations > mentions.jsonl")
@_guarded
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt .html .docx .pdf.")],
    relations: Annotated[bool, typer.Option("--relations", help="Print the facts after the mentions.")] = False,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Leave the trained model out.")] = False,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave mentions below it out.")] = 0.0,
) -> None:
    """Print the mentions of documents as JSON Lines (document, start, end, label, text, confidence, method)."""
    from kg.extract import extract as extract_document
    from kg.extract import load_pipeline
    from kg.extract.lines import fact_lines, mention_lines
    from kg.read import find_documents, read_document

    nlp = load_pipeline(rules_only=rules_only)
    failed = False
    with Progress(console=console, transient=True) as progress:
        for path in progress.track(find_documents(paths), description="reading"):
            try:
                extraction = extract_document(read_document(path), nlp, min_confidence)
            except GovPlanError as error:
                progress.console.print(f"kg: {error}", markup=False, highlight=False, soft_wrap=True)
                failed = True
                continue
            for line in [*mention_lines(extraction), *(fact_lines(extraction) if relations else [])]:
                typer.echo(json.dumps(line, ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


@app.command(epilog="Examples: kg query q01 --set community=龙岭社区 · kg query my.rq --format json · kg query --list")
@_guarded
def query(
    what: Annotated[str | None, typer.Argument(help="A shipped question (q01 … q13), a .rq file, or SPARQL.")] = None,
    store: Store = DEFAULT_STORE,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Parameter of a shipped question: name=value.")
    ] = None,
    format_: Format = Rows.table,
    list_: Annotated[bool, typer.Option("--list", help="List the shipped questions and their parameters.")] = False,
) -> None:
    """Ask a shipped question or any SPARQL query over the union of the documents' graphs."""
    from kg.graph import open_graph
    from kg.query.questions import questions
    from kg.query.results import render

    if list_ or what is None:
        for name, q in questions().items():
            example = " ".join(f"--set {p[0]}={p[2]}" for p in q.parameters)
            typer.echo(f"{name:<20}{q.title}\n{'':<20}{q.title_en}\n{'':<20}kg query {name} {example}".rstrip())
        return
    pairs = [pair.partition("=") for pair in set_ or []]
    for key, equals, _ in pairs:
        if not equals:
            raise GovPlanError(f"--set {key}: write name=value, for example --set community=龙岭社区")
    graph = open_graph(store)
    if what.endswith(".rq"):
        path = Path(what)
        if not path.is_file():
            raise GovPlanError(f"{path}: no such query file")
        result = graph.query(path.read_text(encoding="utf-8"))
    elif "{" in what:
        result = graph.query(what)
    else:
        result = graph.ask(what, **{key: value for key, _, value in pairs})
    typer.echo(render(result, format_), nl=False)


@app.command(epilog="Example: kg trace 罗岗 --format json")
@_guarded
def trace(
    name: Annotated[str, typer.Argument(help="A place: community, street, area, sub-district …")],
    store: Store = DEFAULT_STORE,
    format_: Format = Rows.table,
) -> None:
    """Show which initiatives touch a place, directly or through a place inside it."""
    from kg.graph import open_graph

    touches = [t.as_dict() for t in open_graph(store).trace(name)]
    header = ["initiative", "class", "place", "phase", "modality", "year", "quote", "document", "start", "end"]
    _print_rows(header, [[t[h] for h in header] for t in touches], format_)


@app.command(epilog="Example: kg timeline 惠康路")
@_guarded
def timeline(
    name: Annotated[str, typer.Argument(help="Any initiative or place.")],
    store: Store = DEFAULT_STORE,
    format_: Format = Rows.table,
) -> None:
    """Show what was said of a thing, year by year."""
    from kg.graph import open_graph

    header = ["year", "phase", "phase_zh", "modality", "quote", "document", "start", "end"]
    rows = [[getattr(m, h) for h in header] for m in open_graph(store).timeline(name)]
    _print_rows(header, rows, format_)


@app.command(epilog="Example: kg path 布吉公园 大芬油画村")
@_guarded
def path(
    first: Annotated[str, typer.Argument(help="Name of one thing.")],
    second: Annotated[str, typer.Argument(help="Name of the other.")],
    store: Store = DEFAULT_STORE,
    format_: Format = Rows.table,
) -> None:
    """Show how two things are connected, with the quotes along the way."""
    from kg.graph import open_graph

    header = ["path", "source", "relation", "target", "quote", "document"]
    rows: list[list[object]] = [
        [number, s.source, f"←{s.relation}" if s.inverse else f"{s.relation}→", s.target, s.quote, s.document]
        for number, steps in enumerate(open_graph(store).paths(first, second), 1)
        for s in steps
    ]
    _print_rows(header, rows, format_)


@app.command(epilog="Example: kg show 布吉公园")
@_guarded
def show(
    entity: Annotated[str, typer.Argument(help="Any name in the graph.")],
    store: Store = DEFAULT_STORE,
) -> None:
    """Show all that is known of a thing."""
    from kg.graph import open_graph

    for card in open_graph(store).show(entity):
        typer.echo(f"{card.named.name}  [{card.named.label}]  {card.named.iri}")
        if card.aliases:
            typer.echo(f"  又名 {'、'.join(card.aliases)}")
        for relation, arrow, other in card.relations:
            typer.echo(f"  {arrow} {relation} {other}")
        for year, phase, modality in card.statuses:
            typer.echo(f"  {year or '----'} {phase} ({modality})")
        for year, text in card.values:
            typer.echo(f"  {year or '----'} {text}")
        for document, start, end, quote in card.quotes:
            typer.echo(f"  {document}:{start}-{end} {quote}")


@app.command(epilog="Example: kg stats --store out/graph.store")
@_guarded
def stats(store: Store = DEFAULT_STORE, format_: Format = Rows.table) -> None:
    """Count what is in the graph and show what is central in it."""
    from kg.graph import open_graph

    found = open_graph(store).stats()
    rows: list[list[object]] = [["documents", "", found.documents, None], ["quads", "", found.quads, None]]
    for kind, counter in (("class", found.classes), ("relation", found.relations), ("phase", found.phases)):
        rows += [[kind, name, number, None] for name, number in counter.most_common()]
    rows += [["central", f"{name} ({label})", degree, between] for name, label, degree, between in found.central]
    _print_rows(["kind", "name", "count", "betweenness"], rows, format_)


@app.command(epilog="Example: kg view --output out/graph.html")
@_guarded
def view(
    store: Store = DEFAULT_STORE,
    output: Annotated[Path, typer.Option("--output", help="The page to write.")] = Path("graph.html"),
    title: Annotated[str, typer.Option(help="Title of the page.")] = "政府工作知识图谱",
) -> None:
    """Write the graph as one self-contained interactive page."""
    from kg.graph import open_graph

    open_graph(store).draw(output, title)
    typer.echo(f"wrote {output}; open it in a browser", err=True)


@app.command(epilog="Example: kg export --format turtle --output graph.ttl")
@_guarded
def export(
    store: Store = DEFAULT_STORE,
    format_: Annotated[Export, typer.Option("--format", help="RDF, network or table format.")] = Export.nquads,
    output: Annotated[Path | None, typer.Option("--output", help="File to write; standard output without it.")] = None,
) -> None:
    """Write the whole graph out; the same graph gives the same bytes."""
    from kg.graph import open_graph

    text = open_graph(store).export(format_)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"wrote {output}", err=True)
    else:
        typer.echo(text, nl=False)


@app.command(epilog="Example: kg validate --store out/graph.store")
@_guarded
def validate(store: Store = DEFAULT_STORE) -> None:
    """Check the graph against the SHACL shapes and say in words what is wrong."""
    from kg.graph import open_graph

    found = open_graph(store).validate()
    for v in found:
        typer.echo(f"{v.name or v.node}: {v.message}" + (f" ({v.value})" if v.value else ""))
    typer.echo(f"{len(found)} violations" if found else "the graph conforms", err=True)
    if found:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
