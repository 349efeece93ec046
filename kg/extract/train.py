"""Train the tagger: ``python -m kg.extract.train`` reads ``seeds/annotated/train`` and writes the model.

Training is deterministic (L-BFGS from a zero start), so the same texts give the same model. The
calibration is fitted on predictions for folds the model did not see.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from kg.extract.annotated import Span, children, outer, parse
from kg.extract.augment import Swapper
from kg.extract.context import Context, paint, read_context
from kg.extract.features import features, nested_features
from kg.extract.names import propose
from kg.extract.sentences import split
from kg.extract.tagger import NESTING, SHORTEST_PARENT, Tagger
from kg.gazetteer import Gazetteer

MODEL = Path(__file__).parent / "data" / "model"
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 160, "feature.minfreq": 1, "feature.possible_transitions": False}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with its features and its gold mentions (offsets within the sentence)."""

    document: str
    context: Context
    rules: list[Span]
    rows: list[list[str]]
    spans: list[Span]


def examples(paths: Iterable[Path], gazetteer: Gazetteer, swapped: int = 0) -> list[Example]:
    """Return the sentences of annotated files; a mention across a sentence end is left out.

    Parameters
    ----------
    paths
        Files in the guideline's notation.
    gazetteer
        The official divisions.
    swapped
        Copies of each document with its place names swapped, marked by an ``*`` in their name.
    """
    found: list[Example] = []
    swappers = [Swapper(gazetteer, seed) for seed in range(1, swapped + 1)]
    for path in paths:
        text, spans = parse(path.read_text(encoding="utf-8"))
        found.extend(_sentences(path.stem, text, spans, gazetteer))
        for swapper in swappers:
            found.extend(_sentences(f"{path.stem}*", *swapper.swap(text, spans), gazetteer))
    return found


def _sentences(name: str, text: str, spans: list[Span], gazetteer: Gazetteer) -> Iterator[Example]:
    for start, end in split(text):
        inside = [(a - start, b - start, label) for a, b, label in spans if start <= a and b <= end]
        context = read_context(text[start:end], gazetteer)
        rules = propose(context)
        rows = features(context, paint(end - start, outer(rules)))
        yield Example(name, context, rules, rows, inside)


def _train(target: Path, sequences: Iterable[tuple[list[list[str]], list[str]]], verbose: bool) -> None:
    trainer = pycrfsuite.Trainer(verbose=verbose)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for rows, tags in sequences:
        trainer.append(rows, tags)
    trainer.train(str(target))


def train(data: list[Example], folder: Path, verbose: bool = False) -> None:
    """Train both layers on `data` and write them to `folder` with an identity calibration."""
    folder.mkdir(parents=True, exist_ok=True)
    _train(folder / "outer.crfsuite", ((e.rows, paint(len(e.rows), outer(e.spans))) for e in data), verbose)
    nested = []
    for example in data:
        for span in example.spans:
            start, end, label = span
            if label in NESTING and end - start >= SHORTEST_PARENT:
                inner = [(a - start, b - start, name) for a, b, name in children(span, example.spans)]
                nested.append((nested_features(example.rows, start, end, label), paint(end - start, inner)))
    _train(folder / "nested.crfsuite", nested, verbose)
    (folder / "calibration.json").write_text("[]", encoding="utf-8")


def calibrate(data: list[Example], folder: Path, verbose: bool = False) -> None:
    """Fit the calibration on held-out folds of whole documents and write it to `folder`.

    Isotonic regression by pooling adjacent violators (Zadrozny and Elkan 2002).
    """
    documents = sorted({e.document for e in data})
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        with tempfile.TemporaryDirectory() as scratch:
            train([e for e in data if e.document not in held], Path(scratch), verbose)
            tagger = Tagger(Path(scratch))
            for example in (e for e in data if e.document in held):
                gold = set(example.spans)
                for a, b, label, score in tagger.tag(example.context, outer(example.rules)):
                    scored.append((score, (a, b, label) in gold))
        print(f"fold {fold + 1} of {FOLDS} scored", file=sys.stderr)
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
        "data", nargs="*", type=Path, default=[Path("seeds/annotated/train")], help="folders or .ann files"
    )
    parser.add_argument("--output", type=Path, default=MODEL, help="folder of the model")
    parser.add_argument("--no-calibration", action="store_true", help="skip the five folds of the calibration")
    args = parser.parse_args()
    paths = sorted(p for d in args.data for p in (d.rglob("*.ann") if d.is_dir() else [d]))
    data = examples(paths, Gazetteer.load())
    characters = sum(len(e.rows) for e in data)
    print(f"{len(paths)} files, {len(data)} sentences, {characters} characters", file=sys.stderr)
    train(data, args.output, verbose=False)
    if not args.no_calibration:
        calibrate(data, args.output)


if __name__ == "__main__":
    main()
