"""Each format is read back by a reader of its own."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.store import FORMATS, export, open_dataset
from kg.store.dataset import quads
from tests.store.town import REPORT, Town, town_dataset, write


@pytest.fixture(scope="module")
def town() -> Dataset:
    return town_dataset()


@pytest.mark.parametrize(("name", "format_"), [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_quads_come_back(town: Dataset, name: str, format_: RdfFormat) -> None:
    assert set(pyoxigraph.parse(export(town, name), format=format_)) == set(quads(town))


@pytest.mark.parametrize(("name", "format_"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_triples_come_back(town: Dataset, name: str, format_: str) -> None:
    union = Graph().parse(data="\n".join({f"{q.triple} ." for q in quads(town)}), format="nt")
    assert isomorphic(Graph().parse(data=export(town, name), format=format_), union)


def test_json_ld_speaks_the_words_of_the_context(town: Dataset) -> None:
    nodes = {n["@id"]: n for n in json.loads(export(town, "jsonld"))["@graph"]}
    street = next(n for n in nodes.values() if n.get("prefLabel") == "惠康路")
    assert "Street" in street["@type"]
    assert "hasStatus" in street


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_network_tools_can_open_it(town: Dataset, name: str) -> None:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    network = read(io.BytesIO(export(town, name).encode()))
    labels = {data["label"]: node for node, data in network.nodes(data=True)}
    assert network.has_edge(labels["文旅运营计划"], labels["华润集团"])


def test_the_table_has_a_row_for_a_claim_with_its_quote(town: Dataset) -> None:
    rows = list(csv.DictReader(io.StringIO(export(town, "csv"))))
    row = next(r for r in rows if r["subject"] == "惠康路" and r["relation"] == "hasStatus")
    assert (row["phase"], row["modality"], row["year"], row["document"]) == (
        "in-operation",
        "achieved",
        "2022",
        "report.txt",
    )
    assert row["quote"] == Town().text[int(row["start"]) : int(row["end"])]


SCRIPT = """
import hashlib
from kg.store import FORMATS, export
from tests.store.town import town_dataset
dataset = town_dataset()
for name in FORMATS:
    print(name, hashlib.sha256(export(dataset, name).encode()).hexdigest())
"""


def test_another_process_exports_the_same_bytes(town: Dataset) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    printed = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=environment, cwd=Path.cwd()
    ).stdout
    mine = [f"{name} {hashlib.sha256(export(town, name).encode()).hexdigest()}" for name in FORMATS]
    assert printed.splitlines() == mine


NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="⟦⟧"), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(NAME)
def test_any_name_is_stored_and_exported_the_same_twice(name: str) -> None:
    texts = []
    for _ in range(2):
        dataset = open_dataset(":memory:", writable=True)
        write(dataset, Town(f"{REPORT}⟦{name}/Project⟧竣工").resolution())
        texts.append(export(dataset, "nquads"))
    assert texts[0] == texts[1]
    assert any(q.object.value == name for q in pyoxigraph.parse(texts[0], format=RdfFormat.N_QUADS))
    nx.read_graphml(io.BytesIO(export(dataset, "graphml").encode()))
