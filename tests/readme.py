"""The README's five questions with the answers of the user's document; ``python -m tests.readme`` writes them again."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from kg.cli import app

README = Path("README.md")
SEED = Path("seeds/buji-2022-2023.txt")
MARKS = re.compile(r"(?<=<!-- answers -->\n).*?(?=<!-- /answers -->)", re.DOTALL)
QUESTIONS = (
    ("Which projects touch my community?", "哪些项目涉及罗岗?", ("trace", "罗岗")),
    ("How far has this building come?", "布吉文体中心建到哪一步?", ("timeline", "布吉文体中心")),
    ("What was unfinished and is carried on?", "哪些事未完成、在计划中继续?", ("query", "q05")),
    (
        "What was reported of this indicator?",
        "社会消费品零售总额是多少?",
        ("query", "q06", "--set", "indicator=社会消费品零售总额"),
    ),
    ("Who received which award?", "谁获得了哪些荣誉?", ("query", "q09")),
)


def answers(store: Path) -> str:
    """Return the block of questions, commands and their output on `store`."""
    lines = []
    for english, chinese, command in QUESTIONS:
        printed = CliRunner().invoke(app, [*command, "--store", str(store)]).stdout.rstrip().split("\n")
        lines += [f"**{english}** {chinese}", "", f"    $ kg {' '.join(command)}"]
        lines += [*(f"    {line}".rstrip() for line in printed), ""]
    return "\n".join(lines)


def main() -> None:
    """Build the user's document and write its answers into the README."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "graph.store"
        CliRunner().invoke(app, ["build", str(SEED), "--store", str(store)])
        block = answers(store)
    README.write_text(MARKS.sub(lambda _: block, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
