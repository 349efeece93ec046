"""Scores a pipeline on annotated texts; ``python -m tests.quality`` prints the tables of the README."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kg.documents import Extraction
from kg.extract import extract, load_pipeline
from kg.extract.annotated import Span, parse
from kg.gazetteer import Gazetteer
from kg.read import read_document
from kg.resolve import resolve
from tests.quality.facts import figures, gold_facts, read_facts, same_found
from tests.quality.score import prf, score

SEEDS = Path("seeds/annotated")
SETS = {"development set": SEEDS / "dev", "user's document": SEEDS / "user"}
Mentions = dict[str, set[Span]]


def gold_of(folder: Path) -> tuple[dict[str, str], Mentions]:
    """Return texts and gold mentions of the annotated files of a folder, by stem."""
    texts, gold = {}, {}
    for path in sorted(folder.glob("*.ann")):
        texts[path.stem], spans = parse(path.read_text(encoding="utf-8"))
        gold[path.stem] = set(spans)
    return texts, gold


def read(texts: dict[str, str], scratch: Path, nlp: object) -> dict[str, Extraction]:
    """Return what the whole product reads in each text, from a file as a user would give it."""
    found = {}
    for stem, text in texts.items():
        path = scratch / f"{stem}.txt"
        path.write_text(text, encoding="utf-8", newline="")
        found[stem] = extract(read_document(path), nlp)  # type: ignore[arg-type]
    return found


def mentions_of(extractions: dict[str, Extraction]) -> Mentions:
    """Return the mentions in the form the scorer compares."""
    return {stem: {(m.start, m.end, m.label) for m in e.mentions} for stem, e in extractions.items()}


def f1(figure: dict[str, float]) -> str:
    """Return a figure as the tables show it."""
    return f"{figure['f1']:.3f}"


def ablation(name: str, folder: Path, scratch: Path, pipelines: dict[str, object]) -> str:
    """Return a table of strict and overlap F1 for each label and pipeline."""
    texts, gold = gold_of(folder)
    if not texts:
        return ""
    scored = {kind: score(gold, mentions_of(read(texts, scratch, nlp))) for kind, nlp in pipelines.items()}
    characters = sum(map(len, texts.values()))
    lines = [f"{name}: {len(texts)} texts, {characters:,} characters. Strict F1 / overlap F1.", ""]
    lines += [f"| label | gold | {' | '.join(scored)} |", f"| --- | ---: |{' ---: |' * len(scored)}"]
    labels = sorted({label for spans in gold.values() for _, _, label in spans})
    for row, pick in [("**entities**", None), ("**values**", None), *((label, label) for label in labels)]:
        cells, count = [], 0
        for result in scored.values():
            part = result["labels"][pick] if pick else result[row.strip("*")]
            count = part["strict"]["gold"]
            cells.append(f"{f1(part['strict'])} / {f1(part['overlap'])}")
        lines.append(f"| {row} | {count} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def fact_table(name: str, folder: Path, scratch: Path, nlp: object) -> str:
    """Return a table of precision, recall and F1 for each kind of fact."""
    texts, _ = gold_of(folder)
    total: dict[str, Counter[str]] = {}
    hits = wanted = 0
    gazetteer = Gazetteer.load()
    for stem, extraction in read(texts, scratch, nlp).items():
        path = folder / f"{stem}.json"
        if not path.exists():
            continue
        gold = gold_facts(path)
        for kind, counted in figures(gold, read_facts(extraction)).items():
            total.setdefault(kind, Counter()).update(counted)
        h, w = same_found(gold, resolve(extraction, gazetteer))
        hits, wanted = hits + h, wanted + w
    if not total:
        return ""
    lines = [f"{name}: facts.", "", "| fact | gold | read | P | R | F1 |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    everything: Counter[str] = sum(total.values(), Counter())
    for kind, c in [*total.items(), ("**all**", everything)]:
        r = prf(c["tp"], c["pred"], c["gold"])
        lines.append(f"| {kind} | {c['gold']} | {c['pred']} | {r['p']:.3f} | {r['r']:.3f} | {r['f1']:.3f} |")
    lines.append(f"| same (recall only) | {wanted} | | | {hits / wanted if wanted else 0:.3f} | |")
    return "\n".join([*lines, ""])


def reliability(folder: Path, scratch: Path, nlp: object) -> str:
    """Return a table that holds the confidence of mentions against the share of them that is right."""
    texts, gold = gold_of(folder)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for stem, extraction in read(texts, scratch, nlp).items():
        for m in extraction.mentions:
            right = (m.start, m.end, m.label) in gold[stem]
            bins.setdefault(min(int(m.confidence * 5), 4), []).append((m.confidence, right))
    lines = ["| confidence | mentions | mean confidence | share right |", "| --- | ---: | ---: | ---: |"]
    for index, members in sorted(bins.items()):
        mean = sum(c for c, _ in members) / len(members)
        share = sum(r for _, r in members) / len(members)
        lines.append(f"| {index / 5:.1f}–{index / 5 + 0.2:.1f} | {len(members)} | {mean:.2f} | {share:.2f} |")
    return "\n".join([*lines, ""])


def worst(folder: Path, scratch: Path, nlp: object, size: int = 50) -> str:
    """Return the errors the model was surest of and the names it missed, by kind, with their context."""
    texts, gold = gold_of(folder)
    errors: list[tuple[float, str, str]] = []
    for stem, extraction in read(texts, scratch, nlp).items():
        read_spans = {(m.start, m.end, m.label): m.confidence for m in extraction.mentions}
        for (a, b, label), confidence in read_spans.items():
            if (a, b, label) not in gold[stem]:
                errors.append((confidence, _kind((a, b, label), gold[stem]), _shown(texts[stem], stem, a, b, label)))
        for a, b, label in gold[stem] - set(read_spans):
            if not any(s < b and a < e for s, e, _ in read_spans):
                errors.append((0.5, "missed", _shown(texts[stem], stem, a, b, label)))
    errors.sort(key=lambda e: (-e[0], e[1:]))
    lines = ["| kind | confidence | where |", "| --- | ---: | --- |"]
    lines += [f"| {kind} | {confidence:.2f} | {shown} |" for confidence, kind, shown in errors[:size]]
    counted = Counter(kind for _, kind, _ in errors)
    return "\n".join([", ".join(f"{k} {n}" for k, n in counted.most_common()), "", *lines, ""])


def _kind(span: Span, gold: set[Span]) -> str:
    a, b, label = span
    if any((s, e) == (a, b) for s, e, _ in gold):
        return "label"
    touching = [x for x in gold if x[0] < b and a < x[1]]
    if any(x[2] == label for x in touching):
        return "boundary"
    return "boundary and label" if touching else "no mention"


def _shown(text: str, stem: str, start: int, end: int, label: str) -> str:
    around = f"{text[max(0, start - 8) : start]}**{text[start:end]}**{text[end : end + 8]}"
    return f"{stem} {label}: {around}".replace("\n", " ").replace("|", "¦")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--worst", action="store_true", help="print the fifty worst errors instead")
    parser.add_argument("--model", type=Path, help="folder of another model than the shipped one")
    parser.add_argument("--folder", type=Path, help="score this folder of .ann files only")
    args = parser.parse_args()
    import tempfile

    sets = {args.folder.name: args.folder} if args.folder else SETS
    nlp = load_pipeline()
    if args.model:
        nlp.replace_pipe("kg_tagger", "kg_tagger", config={"model": str(args.model)})
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        tables: list[Callable[[str, Path], str]] = [
            lambda n, f: ablation(
                n, f, scratch, {"rules alone": load_pipeline(rules_only=True), "rules and model": nlp}
            ),
            lambda n, f: fact_table(n, f, scratch, nlp),
            lambda n, f: reliability(f, scratch, nlp),
        ]
        if args.worst:
            tables = [lambda n, f: worst(f, scratch, nlp)]
        for name, path in sets.items():
            for table in tables:
                print(table(name, path))
