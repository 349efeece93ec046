"""Train the tagger: ``python -m kg.extract.train`` reads ``seeds/annotated/train`` and ``user`` and writes the model.

Needs the extra ``train``. Seeds are fixed, so the same texts give the same model on the same machine.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from kg.documents import GovPlanError
from kg.extract.annotated import Span, outer, parse
from kg.extract.augment import Names
from kg.extract.context import paint, read_context
from kg.extract.features import LEXICAL, WIDTHS, Indices, Row, Vocabulary, features
from kg.extract.names import propose
from kg.extract.network import DIM, HEAD, NAMES, STRIDES, Network, Parameters, batches, forward, padded, possible
from kg.extract.sentences import split
from kg.extract.tagger import choose
from kg.gazetteer import Gazetteer, Locality

SEEDS = Path("seeds/annotated")
MODEL = Path(__file__).parent / "data" / "model"
MEMBERS = 3
"""Networks whose scores are averaged; the first of them sees none of the held texts."""
EPOCHS = 10
COPIES, SWAPPED = 3, 0.5
"""Versions of a sentence with other names, and how often one is read in its place."""
REPEATED = 6
"""Times an epoch that networks which see the held texts read them: the user's document is the one real report."""
_BATCH, _RATE, _WARM_UP, _DECAY, _CLIP = 2048, 2e-3, 200, 0.01, 5.0
_DROPOUT, _BLANK = 0.3, 0.12
_WIDTHS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 640)
_LABEL = {label: i for i, label in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with its features and its gold mentions (offsets within the sentence)."""

    document: str
    text: str
    rows: list[Row]
    spans: list[Span]


def examples(paths: Iterable[Path], copies: int = 0) -> list[list[Example]]:
    """Return the sentences of annotated files, each with `copies` versions that bear other names.

    A mention across a sentence end is left out.

    Raises
    ------
    GovPlanError
        If a file is not in the guideline's notation; the message names file and line.
    """
    gazetteer, random = Gazetteer.load(), Random(0)
    found: list[tuple[str, Locality, str, list[Span]]] = []
    for path in paths:
        try:
            text, spans = parse(path.read_text(encoding="utf-8"))
        except GovPlanError as error:
            raise GovPlanError(f"{path}: {error}") from None
        locality = Locality(gazetteer, text)
        for start, end in split(text):
            inside = [(a - start, b - start, label) for a, b, label in spans if start <= a and b <= end]
            found.append((path.stem, locality, text[start:end], inside))
    names = Names([(text, spans) for _, _, text, spans in found])

    def example(document: str, locality: Locality, text: str, spans: list[Span]) -> Example:
        context = read_context(text, gazetteer, locality)
        return Example(document, text, features(context, paint(len(text), outer(propose(context)))), spans)

    return [
        [
            example(document, locality, text, spans),
            *(example(document, locality, *names.replaced(text, spans, random)) for _ in range(copies)),
        ]
        for document, locality, text, spans in track(found, "features", console=Console(stderr=True))
    ]


def fit(data: list[list[Example]], vocabulary: Vocabulary, seed: int, epochs: int = EPOCHS) -> Parameters:
    """Train one network on sentences in their versions and return its parameters.

    Raises
    ------
    GovPlanError
        If the extra ``train`` is not installed.
    """
    try:
        import jax
        import jax.numpy as jnp
        import optax
    except ModuleNotFoundError as error:
        raise GovPlanError(f"{error.name} is not installed; run: pip install 'govplan-kg[train]'") from None

    random = np.random.default_rng(seed)
    encoded = [[(vocabulary.encode(e.rows), e.spans) for e in versions] for versions in data]
    steps = sum(1 for _ in _drawn(encoded, np.random.default_rng(seed)))
    schedule = optax.warmup_cosine_decay_schedule(0.0, _RATE, min(_WARM_UP, steps), steps * epochs)
    optimizer = optax.chain(
        optax.clip_by_global_norm(_CLIP), optax.adamw(schedule, b2=0.99, eps=1e-6, weight_decay=_DECAY)
    )

    def loss(parameters: Any, indices: Any, mask: Any, gold: Any, key: Any) -> Any:
        keys = iter(jax.random.split(key, 2 + len(STRIDES)))

        def drop(values: Any) -> Any:
            return values * jax.random.bernoulli(next(keys), 1 - _DROPOUT, values.shape) / (1 - _DROPOUT)

        scores = forward(jnp, parameters, indices, mask, drop)
        scores = jnp.where(possible(jnp, mask)[:, None], scores, -1e4).reshape(len(gold), len(NAMES), -1)
        right = gold.reshape(scores.shape) > 0
        never, zero = jnp.full_like(scores, -1e4), jnp.zeros((*scores.shape[:2], 1))
        # every right span above 0 and every other below it (Su et al. 2022, equation 11)
        too_high = jax.nn.logsumexp(jnp.concatenate([jnp.where(right, never, scores), zero], -1), -1)
        too_low = jax.nn.logsumexp(jnp.concatenate([jnp.where(right, -scores, never), zero], -1), -1)
        return (too_high + too_low).sum() / len(gold)

    @jax.jit
    def step(parameters: Any, state: Any, batch: Any, key: Any) -> Any:
        gradient = jax.grad(loss)(parameters, *batch, key)
        updates, state = optimizer.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state

    parameters = _start(vocabulary, np.random.default_rng(seed))
    state, key, count = optimizer.init(parameters), jax.random.PRNGKey(seed), 0
    for _ in track(range(epochs), f"network {seed}", console=Console(stderr=True)):
        for batch in _drawn(encoded, random):
            parameters, state = step(parameters, state, batch, jax.random.fold_in(key, count))
            count += 1
    return {name: np.asarray(array) for name, array in parameters.items()}


def _start(vocabulary: Vocabulary, random: np.random.Generator) -> Parameters:
    def drawn(*shape: int) -> Any:
        return random.normal(0, 1 / math.sqrt(shape[0]), shape).astype(np.float32)

    def zeros(size: int) -> Any:
        return np.zeros(size, np.float32)

    labels = len(NAMES)
    found: Parameters = {
        f"embed {name}": random.normal(0, 0.3, (len(vocabulary.values[name]) + 1, width)).astype(np.float32)
        for name, width in WIDTHS.items()
    }
    found |= {"in": drawn(sum(WIDTHS.values()), DIM), "in bias": zeros(DIM)}
    for stride in STRIDES:
        found |= {f"mix {stride}": drawn(3 * DIM, 2 * DIM), f"mix bias {stride}": zeros(2 * DIM)}
        found |= {f"scale {stride}": zeros(DIM) + 1, f"shift {stride}": zeros(DIM)}
    found |= {"ends": drawn(DIM, 2 * labels * HEAD), "ends bias": zeros(2 * labels * HEAD)}
    return found | {"alone": drawn(DIM, 2 * labels), "alone bias": zeros(2 * labels) - 1}


def _drawn(encoded: list[list[tuple[Indices, list[Span]]]], random: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield the batches of one epoch: each sentence once, in any of its versions, some words blanked."""
    chosen = []
    for position in random.permutation(len(encoded)):
        versions = encoded[position]
        swapped = len(versions) > 1 and random.random() < SWAPPED
        chosen.append(versions[random.integers(1, len(versions)) if swapped else 0])
    lexical = [i for i, name in enumerate(WIDTHS) if name in LEXICAL]
    for width, group in batches([len(indices) for indices, _ in chosen], _BATCH, _WIDTHS):
        rows = -(-_BATCH // width)
        empty = [np.zeros((0, len(WIDTHS)), np.int32)] * (rows - len(group))
        indices, mask = padded([chosen[i][0] for i in group] + empty, width)
        for i in lexical:
            indices[:, :, i] *= random.random((rows, width)) >= _BLANK
        gold = np.zeros((rows, len(NAMES), width, width), np.int8)
        for row, i in enumerate(group):
            for start, end, label in chosen[i][1]:
                gold[row, _LABEL[label], start, end - 1] = 1
        yield indices, mask, gold


def calibrate(network: Network, held: list[Example]) -> list[tuple[float, float]]:
    """Return the steps of the calibration from sentences the network was not trained on."""
    scored = network.score([network.vocabulary.encode(e.rows) for e in held])
    return isotonic(
        [
            (score, (start, end, label) in set(example.spans))
            for spans, example in zip(scored, held, strict=True)
            for start, end, label, score in choose(spans, example.text)
        ]
    )


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


def held_texts(path: Path) -> set[str]:
    """Return the names of the texts held out, from a TOML file."""
    return set(tomllib.loads(path.read_text(encoding="utf-8"))["names"])


def unseen(data: list[list[Example]], held: set[str]) -> tuple[Network, list[tuple[float, float]]]:
    """Train a network of one member without the texts `held` out; return it and the calibration fitted on these."""
    seen = [versions for versions in data if versions[0].document not in held]
    vocabulary = Vocabulary.of(versions[0].rows for versions in seen)
    network = Network(vocabulary, [fit(seen, vocabulary, 0)])
    return network, calibrate(network, [versions[0] for versions in data if versions[0].document in held])


def save(network: Network, steps: list[tuple[float, float]], folder: Path) -> None:
    """Write a model to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    network.save(folder)
    (folder / "calibration.json").write_text(json.dumps(steps), encoding="utf-8")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "data", nargs="*", type=Path, default=[SEEDS / "train", SEEDS / "user"], help="folders or .ann files"
    )
    parser.add_argument("--held", type=Path, default=SEEDS / "held.toml", help="lists the texts to calibrate on")
    parser.add_argument("--output", type=Path, default=MODEL, help="folder of the model")
    parser.add_argument("--unseen", type=Path, help="folder to keep the network in that saw none of the held texts")
    args = parser.parse_args()
    paths = sorted(p for d in args.data for p in (d.rglob("*.ann") if d.is_dir() else [d]))
    try:
        data = examples(paths, COPIES)
        held = held_texts(args.held)
        network, steps = unseen(data, held)
        if args.unseen:
            save(network, steps, args.unseen)
        data = [versions for versions in data for _ in range(REPEATED if versions[0].document in held else 1)]
        members = [*network.members, *(fit(data, network.vocabulary, seed) for seed in range(1, MEMBERS))]
    except GovPlanError as error:
        sys.exit(str(error))
    save(Network(network.vocabulary, members), steps, args.output)


if __name__ == "__main__":
    main()
