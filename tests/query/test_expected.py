"""The thirteen questions on the user's document: what a careful reader answers, row by row.

``tests/data/expected_buji.toml`` was written from the text.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kg
from kg.documents import GovPlanError
from kg.resolve.names import normal

EXPECTED = tomllib.loads(Path("tests/data/expected_buji.toml").read_text(encoding="utf-8"))["answer"]
CASES = [(answer, row) for answer in EXPECTED for row in answer["rows"]]


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build(["seeds/buji-2022-2023.txt"])


@pytest.mark.parametrize(
    ("answer", "row"),
    CASES,
    ids=[f"{a['question']}-{'-'.join(map(str, r.values()))}" for a, r in CASES],
)
def test_a_careful_readers_answer_is_found(graph: kg.Graph, answer: dict, row: dict) -> None:
    wanted = {k: normal(str(v)) for k, v in row.items()}
    try:
        found = [r.asdict() for r in graph.ask(answer["question"], **answer.get("set", {}))]
    except GovPlanError as error:
        pytest.fail(str(error))
    cells = [{k: normal(str(v).rsplit("#")[-1]) for k, v in r.items()} for r in found]
    assert any(all(cell.get(k) == v for k, v in wanted.items()) for cell in cells), cells
