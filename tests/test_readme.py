"""The README promises nothing that does not run."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from kg.cli import app
from tests.readme import MARKS, README, SEED, answers

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme") / "graph.store"
    assert CliRunner().invoke(app, ["build", str(SEED), "--store", str(folder)]).exit_code == 0
    return folder


def test_the_answers_are_what_the_commands_print(store):
    written = MARKS.search(TEXT)
    assert written
    assert written[0] == answers(store), "write them again: python -m tests.readme"


@pytest.mark.parametrize("line", re.findall(r"^    (kg (?!build|extract).*)$", TEXT, re.MULTILINE))
def test_every_command_of_the_list_runs(line, store, tmp_path, monkeypatch):
    command = [str(tmp_path / a) if a.startswith("graph.") else a for a in shlex.split(line, comments=True)[1:]]
    if "--list" not in command:
        command += ["--store", str(store)]
    assert CliRunner().invoke(app, command).exit_code == 0
