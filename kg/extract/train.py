"""Train the tagger: ``python -m kg.extract.train`` reads ``seeds/annotated/train`` and ``user`` and writes the model.

Training is deterministic (L-BFGS from a zero start), so the same texts give the same model.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from rich.console import Console
from rich.progress import track

from kg.documents import GovPlanError
from kg.extract.annotated import Span, children, outer, parse
from kg.extract.context import Context, paint, read_context
from kg.extract.features import features, nested_features
from kg.extract.names import propose
from kg.extract.sentences import split
from kg.extract.tagger import NESTING, RIGHT, SHORTEST_PARENT, WRONG, Fields, Judge, decide
from kg.gazetteer import Gazetteer, Locality

SEEDS = Path("seeds/annotated")
MODEL = Path(__file__).parent / "data" / "model"
FIELD = {"c1": 0.1, "c2": 0.5, "max_iterations": 120, "feature.minfreq": 1, "feature.possible_transitions": False}
JUDGE = {"c1": 1.5, "c2": 0.05, "max_iterations": 150, "feature.minfreq": 2}
FOLDS = 4
Weighed = tuple[list[str], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with its features and its gold mentions (offsets within the sentence)."""

    document: str
    context: Context
    rules: list[Span]
    rows: list[list[str]]
    spans: list[Span]


def examples(paths: Iterable[Path], gazetteer: Gazetteer) -> list[Example]:
    """Return the sentences of annotated files; a mention across a sentence end is left out.

    Raises
    ------
    GovPlanError
        If a file is not in the guideline's notation; the message names file and line.
    """
    found: list[Example] = []
    for path in paths:
        try:
            text, spans = parse(path.read_text(encoding="utf-8"))
        except GovPlanError as error:
            raise GovPlanError(f"{path}: {error}") from None
        found.extend(_sentences(path.stem, text, spans, gazetteer))
    return found


def _sentences(name: str, text: str, spans: list[Span], gazetteer: Gazetteer) -> Iterator[Example]:
    locality = Locality(gazetteer, text)
    for start, end in split(text):
        inside = [(a - start, b - start, label) for a, b, label in spans if start <= a and b <= end]
        context = read_context(text[start:end], gazetteer, locality)
        rules = propose(context)
        rows = features(context, paint(end - start, outer(rules)))
        yield Example(name, context, rules, rows, inside)


def _train(target: Path, sequences: Iterable[tuple[list[list[str]], list[str]]], settings: dict[str, float]) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(settings)
    for rows, tags in sequences:
        trainer.append(rows, tags)
    trainer.train(str(target))


def train(data: list[Example], folder: Path) -> None:
    """Train both fields on `data` and write them to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _train(folder / "outer.crfsuite", ((e.rows, paint(len(e.rows), outer(e.spans))) for e in data), FIELD)
    nested = []
    for example in data:
        for span in example.spans:
            start, end, label = span
            if label in NESTING and end - start >= SHORTEST_PARENT:
                inner = [(a - start, b - start, name) for a, b, name in children(span, example.spans)]
                nested.append(
                    (nested_features(example.context, example.rows, start, end, label), paint(end - start, inner))
                )
    _train(folder / "nested.crfsuite", nested, FIELD)


def train_judge(weighed: Iterable[Weighed], path: Path) -> None:
    """Train the judge on candidates whose truth is known and write it to `path`."""
    _train(path, (([row], [RIGHT if right else WRONG]) for row, right in weighed), JUDGE)


def fit(paths: list[Path], held: set[str], folder: Path) -> list[Example]:
    """Train the fields on all documents but those `held` out; return the sentences of these."""
    data = examples(paths, Gazetteer.load())
    train([e for e in data if e.document not in held], folder)
    return [e for e in data if e.document in held]


def weigh(fields: Fields, data: list[Example]) -> list[Weighed]:
    """Return the candidates the fields see in `data`, with their features and whether they are right."""
    found = []
    for example in data:
        gold = set(outer(example.spans))
        seen, rows = fields.weigh(example.context, example.rows, outer(example.rules))
        found += [(row, candidate.span in gold) for candidate, row in zip(seen, rows, strict=True) if row]
    return found


def train_all(paths: list[Path], folder: Path) -> None:
    """Train fields, judge and calibration on annotated files.

    The judge learns from candidates in documents the fields did not see (stacking by folds), and the
    calibration from documents neither saw.
    """
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor() as pool:
        folders = [Path(scratch) / str(fold) for fold in range(FOLDS)]
        jobs = [pool.submit(fit, paths, {p.stem for p in paths[i::FOLDS]}, f) for i, f in enumerate(folders)]
        jobs.append(pool.submit(fit, paths, set(), folder))
        held = [job.result() for job in track(jobs, "fields", console=Console(stderr=True))][:FOLDS]
        fields = [Fields(f) for f in folders]
        weighed = [weigh(f, part) for f, part in zip(fields, held, strict=True)]
        train_judge((w for part in weighed for w in part), folder / "judge.crfsuite")
        scored: list[tuple[float, bool]] = []
        for fold in range(FOLDS):
            path = folders[fold] / "judge.crfsuite"
            train_judge((w for i, part in enumerate(weighed) if i != fold for w in part), path)
            judge = Judge(path)
            for e in held[fold]:
                gold = set(e.spans)
                found = decide(fields[fold], judge, e.context, e.rows, outer(e.rules))
                scored += [(p, (a, b, label) in gold) for a, b, label, p in found]
    (folder / "calibration.json").write_text(json.dumps(isotonic(scored)), encoding="utf-8")


def isotonic(scored: list[tuple[float, bool]], bins: int = 40) -> list[tuple[float, float]]:
    """Return rising ``(score, share right)`` steps for `scored` spans, from at most `bins` equal bins."""
    ordered = sorted(scored)
    size = max(1, len(ordered) // bins)
    pools = []
    for i in range(0, len(ordered), size):
        part = ordered[i : i + size]
        pools.append([sum(s for s, _ in part), float(sum(right for _, right in part)), float(len(part))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [x + y for x, y in zip(pools[-1], last, strict=True)]
    return [(round(score / n, 4), round(right / n, 4)) for score, right, n in pools]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "data", nargs="*", type=Path, default=[SEEDS / "train", SEEDS / "user"], help="folders or .ann files"
    )
    parser.add_argument("--output", type=Path, default=MODEL, help="folder of the model")
    args = parser.parse_args()
    paths = sorted(p for d in args.data for p in (d.rglob("*.ann") if d.is_dir() else [d]))
    try:
        args.output.mkdir(parents=True, exist_ok=True)
        train_all(paths, args.output)
    except GovPlanError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
