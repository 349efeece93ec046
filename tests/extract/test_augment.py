"""Sentences with other names: the marks must follow the names, and nothing else may change."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.annotated import parse
from kg.extract.augment import Names

SENTENCES = [
    parse("⟦⟦惠康路/Street⟧改造工程/Project⟧竣工,⟦罗岗社区/Community⟧受益⟦300户/Quantity⟧。"),
    parse("⟦⟦寻乌县/AdminArea⟧⟦菖蒲乡/AdminArea⟧⟦新村小区/Area⟧/Area⟧与⟦锦龙大道/Street⟧贯通。"),
    parse("“⟦暖流工程/Program⟧”走进⟦望江里社区/Community⟧。"),
]


@given(st.sampled_from(SENTENCES), st.integers(0, 1000))
def test_marks_follow_the_names(sentence, seed):
    text, spans = sentence
    known = {(t[a:b], label) for t, s in SENTENCES for a, b, label in s}
    changed, moved = Names(SENTENCES).replaced(text, spans, Random(seed))
    assert [label for *_, label in moved] == [label for *_, label in spans]
    inner = [s for s in moved if not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in moved)]
    assert all((changed[a:b], label) in known for a, b, label in inner)

    def outside(whole, marks):
        covered = {i for a, b, _ in marks for i in range(a, b)}
        return "".join(c for i, c in enumerate(whole) if i not in covered)

    assert outside(changed, moved) == outside(text, spans)


def test_values_and_divisions_stay():
    text, spans = SENTENCES[1]
    for seed in range(20):
        changed, moved = Names(SENTENCES).replaced(text, spans, Random(seed))
        assert [changed[a:b] for a, b, label in moved if label == "AdminArea"] == ["寻乌县", "菖蒲乡"]
