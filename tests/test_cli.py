"""The commands as a user runs them: what they print, where, and how they end."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

SEED = Path("seeds/buji-2022-2023.txt")
runner = CliRunner()


def kg(*args):
    return runner.invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kg") / "graph.store"
    result = kg("build", SEED, "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_build_tells_what_it_found_on_standard_error_only(tmp_path):
    result = kg("build", SEED, "--store", tmp_path / "s")
    assert result.stdout == ""
    assert "1 built" in result.stderr
    again = kg("build", SEED, "--store", tmp_path / "s")
    assert "1 unchanged" in again.stderr


def test_the_seeds_folder_builds_as_the_readme_says(tmp_path):
    result = kg("build", "seeds/", "--store", tmp_path / "s")
    assert result.exit_code == 0, result.stderr


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    shutil.copy(SEED, tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = kg("build", tmp_path, "--store", tmp_path / "s")
    assert result.exit_code == 1
    assert "1 built, 0 unchanged, 2 failed" in result.stderr
    assert "empty.txt" in result.stderr
    assert "broken.pdf" in result.stderr
    assert "Traceback" not in result.stderr


def test_extract_prints_the_fields_of_the_guideline():
    result = kg("extract", SEED, "--relations")
    assert result.exit_code == 0
    text = SEED.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    mentions = [line for line in lines if "label" in line]
    assert {"document", "start", "end", "label", "text", "confidence", "method"} == set(mentions[0])
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
    assert {"status", "observation", "location"} <= {line.get("relation") for line in lines}


def test_min_confidence_cuts():
    every = kg("extract", SEED).stdout.count("\n")
    sure = [json.loads(line) for line in kg("extract", SEED, "--min-confidence", "0.8").stdout.splitlines()]
    assert 0 < len(sure) < every
    assert min(m["confidence"] for m in sure) >= 0.8


def test_trace_gives_quotes_that_stand_in_the_document(store):
    result = kg("trace", "罗岗", "--store", store, "--format", "json")
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)
    assert rows
    text = SEED.read_text(encoding="utf-8")
    fields = ["initiative", "class", "place", "phase", "modality", "year", "quote", "document", "start", "end"]
    for row in rows:
        assert list(row) == fields
        assert text[row["start"] : row["end"]] == row["quote"]


def test_a_name_that_is_not_there_suggests_the_nearest(store):
    result = kg("trace", "罗刚社区", "--store", store)
    assert result.exit_code == 2
    assert "罗岗社区" in result.stderr


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["query", "q01"], "--set community="),
        (["query", "q99"], "q01"),
        (["query", "SELECT {"], "SPARQL"),
        (["query", "no.rq"], "no.rq"),
    ],
)
def test_a_wrong_query_is_explained(args, hint, store):
    result = kg(*args, "--store", store)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "Traceback" not in result.stderr


def test_a_store_that_is_not_there_says_how_to_build_one(tmp_path):
    result = kg("stats", "--store", tmp_path / "none")
    assert result.exit_code == 2
    assert "kg build" in result.stderr


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json"])
def test_query_formats(format_, store):
    result = kg("query", "q13", "--store", store, "--format", format_)
    assert result.exit_code == 0, result.stderr
    if format_ == "json":
        assert json.loads(result.stdout)["results"]["bindings"]
    else:
        assert "stated" in result.stdout.splitlines()[0]


def test_the_built_graph_conforms(store):
    result = kg("validate", "--store", store)
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])
def test_every_command_teaches_by_example(command):
    result = kg(command, "--help")
    assert result.exit_code == 0
    assert f"kg {command}" in result.stdout
