"""The span network: what it reads, that batches change nothing, and that a model survives the disk."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.context import paint, read_context
from kg.extract.features import WIDTHS, Vocabulary, features
from kg.extract.names import propose
from kg.extract.network import Network, batches
from kg.extract.train import Example, examples, fit
from kg.gazetteer import Gazetteer, Locality

TEXT = st.lists(
    st.sampled_from(
        ["布吉街道", "完成", "“龙岭模式”", "3.2亿元", "，", "。", "A", " ", "《规划》", "惠康路改造", "等3个"]
    ),
    max_size=12,
).map("".join)
MARKED = [
    "⟦柳溪社区/Community⟧完成⟦⟦安澜路/Street⟧改造工程/Project⟧,⟦望江社区/Community⟧启用⟦云门小学/Facility⟧。\n",
    "推进⟦⟦春晖路/Street⟧改造工程/Project⟧,⟦石塘社区/Community⟧建成⟦白露小学/Facility⟧。\n",
    "⟦丰乐社区/Community⟧和⟦双河社区/Community⟧推进⟦⟦锦绣路/Street⟧改造工程/Project⟧。\n",
]


def rows_of(text):
    gazetteer = Gazetteer.load()
    return features(read_context(text, gazetteer, Locality(gazetteer, text)), ["O"] * len(text))


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_every_character_has_every_feature(text):
    rows = rows_of(text)
    assert len(rows) == len(text)
    assert all(len(row) == len(WIDTHS) for row in rows)


def test_a_value_the_vocabulary_does_not_know_is_0():
    known = Vocabulary.of([rows_of("惠康路惠康路")] * 2)
    assert known.encode(rows_of("惠"))[0, 0] > 0
    assert known.encode(rows_of("鑫"))[0, 0] == 0


@given(st.lists(st.integers(1, 700), max_size=60), st.integers(1, 4096))
def test_batches_hold_each_sentence_once_and_are_wide_enough(sizes, most):
    groups = list(batches(sizes, most, (8, 32, 200)))
    assert sorted(i for _, group in groups for i in group) == list(range(len(sizes)))
    assert all(sizes[i] <= width for width, group in groups for i in group)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for number, marked in enumerate(MARKED):
        (folder / f"t{number}.ann").write_text(marked * 4, encoding="utf-8")
    data = examples(sorted(folder.glob("*.ann")), copies=2)
    vocabulary = Vocabulary.of(versions[0].rows for versions in data)
    return data, Network(vocabulary, [fit(data, vocabulary, seed=0, epochs=80)])


def read(network: Network, example: Example):
    (found,) = network.score([network.vocabulary.encode(example.rows)])
    return {(a, b, label) for a, b, label, score in found if score > 0}


def test_a_small_network_learns_names_and_the_names_inside_them(trained):
    data, network = trained
    for versions in data:
        assert read(network, versions[0]) == set(versions[0].spans)


def test_a_sentence_scores_the_same_alone_and_in_a_batch(trained):
    data, network = trained
    encoded = [network.vocabulary.encode(versions[0].rows) for versions in data]
    together = network.score(encoded)
    for sentence, found in zip(encoded, together, strict=True):
        (alone,) = network.score([sentence])
        assert {s[:3] for s in alone} == {s[:3] for s in found}
        assert np.allclose(sorted(s[3] for s in alone), sorted(s[3] for s in found), atol=1e-3)


def test_a_network_survives_the_disk(trained, tmp_path: Path):
    data, network = trained
    network.save(tmp_path)
    other = Network.load(tmp_path)
    assert other.vocabulary.values == network.vocabulary.values
    assert all(read(other, versions[0]) == set(versions[0].spans) for versions in data)


def test_the_rules_reach_the_network():
    text = "推进锦绣路改造工程。"
    gazetteer = Gazetteer.load()
    context = read_context(text, gazetteer, Locality(gazetteer, text))
    told = features(context, paint(len(text), propose(context)[:1]))
    assert [row[list(WIDTHS).index("rule")] for row in told][2].startswith("B-")
