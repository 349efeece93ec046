"""The span network: gated convolutions over characters, and a score for every span under every label.

Each character's features are looked up and joined, residual blocks of gated convolutions with growing strides
(Dauphin et al. 2017; Strubell et al. 2017) mix in what stands around it, and a start and an end vector a label
are multiplied for every pair of characters (GlobalPointer, Su et al. 2022; rotary positions, Su et al. 2021). A
span's score above 0 says it is more likely a mention than not; nested mentions are spans like any other.

:func:`forward` runs on numpy here and on JAX in :mod:`kg.extract.train`.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.documents import LABELS
from kg.extract.features import WIDTHS, Indices, Vocabulary

NAMES = tuple(sorted(LABELS))
"""The labels in the order of the network's scores."""
LONGEST = 60
"""Characters of the longest mention."""
FLOOR = -2.5
"""Least score of a span worth looking at."""
DIM, HEAD = 160, 24
STRIDES = (1, 2, 4, 8)
_BATCH, _WIDTHS = 512, range(4, 601, 4)
ScoredSpan = tuple[int, int, str, float]
Parameters = dict[str, Any]


def forward(xp: Any, p: Parameters, indices: Any, mask: Any, drop: Callable[[Any], Any] = lambda values: values) -> Any:
    """Return the scores of all spans.

    Parameters
    ----------
    xp
        The array module, ``numpy`` or ``jax.numpy``.
    p
        The network's parameters by name.
    indices
        Feature indices, sentences by characters by features.
    mask
        1 for a character, 0 for padding; sentences by characters.
    drop
        Applied between the layers in training (dropout).

    Returns
    -------
    array
        Sentences by labels by first character by last character, both inclusive; those that are no
        span (see :func:`possible`) mean nothing.
    """
    count, size, _ = indices.shape
    known = mask[..., None]
    joined = xp.concatenate([p[f"embed {name}"][indices[:, :, i]] for i, name in enumerate(WIDTHS)], -1)
    hidden = (drop(joined) @ p["in"] + p["in bias"]) * known
    for stride in STRIDES:
        normal = _normal(xp, hidden, p[f"scale {stride}"], p[f"shift {stride}"]) * known
        padded = xp.pad(normal, ((0, 0), (stride, stride), (0, 0)))
        around = xp.concatenate([padded[:, :size], normal, padded[:, 2 * stride :]], -1)
        value, gate = xp.split(around @ p[f"mix {stride}"] + p[f"mix bias {stride}"], 2, -1)
        hidden = (hidden + drop(value * 0.5 * (1 + xp.tanh(0.5 * gate)))) * known
    hidden = drop(hidden)
    labels = len(NAMES)
    ends = (hidden @ p["ends"] + p["ends bias"]).reshape(count, size, 2, labels, HEAD).transpose(2, 0, 3, 1, 4)
    alone = (hidden @ p["alone"] + p["alone bias"]).reshape(count, size, 2, labels, 1).transpose(2, 0, 3, 1, 4)
    one = xp.ones_like(alone[0])
    first = xp.concatenate([_rotated(xp, ends[0]) / math.sqrt(HEAD), alone[0], one], -1)
    last = xp.concatenate([_rotated(xp, ends[1]), one, alone[1]], -1)
    return first @ last.swapaxes(-1, -2)


def possible(xp: Any, mask: Any) -> Any:
    """Return where a span can be: sentences by first character by last character."""
    position = xp.arange(mask.shape[1])
    length = position[None, :] - position[:, None]
    return ((length >= 0) & (length < LONGEST))[None] & ((mask[:, :, None] * mask[:, None, :]) > 0)


def _normal(xp: Any, values: Any, scale: Any, shift: Any) -> Any:
    mean = values.mean(-1, keepdims=True)
    variance = ((values - mean) ** 2).mean(-1, keepdims=True)
    return (values - mean) / xp.sqrt(variance + 1e-5) * scale + shift


def _rotated(xp: Any, values: Any) -> Any:
    """Turn each pair of numbers by its position, so that a product knows the distance of its factors."""
    size, half = values.shape[-2], values.shape[-1] // 2
    turn = xp.arange(size)[:, None] * 1000.0 ** (-xp.arange(half) / half)
    sine, cosine = xp.sin(turn).astype("float32"), xp.cos(turn).astype("float32")
    other = xp.concatenate([-values[..., half:], values[..., :half]], -1)
    return values * xp.concatenate([cosine, cosine], -1) + other * xp.concatenate([sine, sine], -1)


def batches(sizes: list[int], most: int, widths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield ``(width, indices)`` of sentences of like length whose padded characters come to about `most`.

    Parameters
    ----------
    sizes
        Characters of each sentence.
    most
        Padded characters of a batch.
    widths
        Lengths sentences are padded to, rising; a longer sentence has its own.
    """
    waiting: dict[int, list[int]] = {}
    for index, size in enumerate(sizes):
        at = bisect_left(widths, size)
        width = widths[at] if at < len(widths) else size
        group = waiting.setdefault(width, [])
        group.append(index)
        if len(group) * width >= most:
            yield width, waiting.pop(width)
    yield from waiting.items()


def padded(sentences: list[Indices], width: int) -> tuple[Indices, np.ndarray[Any, Any]]:
    """Return sentences of at most `width` characters as one array, and its mask."""
    indices = np.zeros((len(sentences), width, len(WIDTHS)), np.int32)
    mask = np.zeros((len(sentences), width), np.float32)
    for row, sentence in enumerate(sentences):
        indices[row, : len(sentence)] = sentence
        mask[row, : len(sentence)] = 1
    return indices, mask


class Network:
    """Networks trained alike from other starts, whose scores are averaged, read from `folder`.

    Parameters
    ----------
    vocabulary
        The values of the features.
    members
        Parameters of each network.
    """

    def __init__(self, vocabulary: Vocabulary, members: list[Parameters]) -> None:
        self.vocabulary, self.members = vocabulary, members

    @classmethod
    def load(cls, folder: Path) -> Network:
        """Return what :meth:`save` wrote to `folder`."""
        values = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        members: dict[str, Parameters] = {}
        with np.load(folder / "network.npz") as arrays:
            for key in arrays.files:
                member, name, *step = key.split("/")
                if not step:
                    array = arrays[key].astype(np.float32)
                    if f"{key}/step" in arrays.files:
                        array *= arrays[f"{key}/step"].astype(np.float32)
                    members.setdefault(member, {})[name] = array
        return cls(Vocabulary(values), list(members.values()))

    def save(self, folder: Path) -> None:
        """Write ``vocabulary.json`` and ``network.npz``: embeddings in steps of a byte a number, the rest in half precision."""
        text = json.dumps(self.vocabulary.values, ensure_ascii=False, separators=(",", ":"))
        (folder / "vocabulary.json").write_text(text, encoding="utf-8")
        arrays = {}
        for number, member in enumerate(self.members):
            for name, array in member.items():
                key = f"{number}/{name}"
                if name.startswith("embed "):
                    step = (np.abs(array).max(-1, keepdims=True) / 127).astype(np.float16)
                    arrays[f"{key}/step"] = step
                    arrays[key] = (
                        np.rint(array / np.maximum(step.astype(np.float32), 1e-6)).clip(-127, 127).astype(np.int8)
                    )
                else:
                    arrays[key] = np.asarray(array, np.float16)
        np.savez_compressed(folder / "network.npz", **arrays)

    def score(self, sentences: list[Indices]) -> list[list[ScoredSpan]]:
        """Return the spans of each sentence whose score reaches :data:`FLOOR`."""
        found: list[list[ScoredSpan]] = [[] for _ in sentences]
        for width, chosen in batches([len(s) for s in sentences], _BATCH, _WIDTHS):
            indices, mask = padded([sentences[i] for i in chosen], width)
            scores = sum(forward(np, member, indices, mask) for member in self.members) / len(self.members)
            likely = (scores >= FLOOR) & possible(np, mask)[:, None]
            for row, label, first, last in zip(*np.nonzero(likely), strict=True):
                score = float(scores[row, label, first, last])
                found[chosen[row]].append((int(first), int(last) + 1, NAMES[label], score))
        return found
