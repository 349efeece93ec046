"""Agreement of the second reading with the first; ``python -m tests.quality.agreement``.

``seeds/annotated/second.jsonl`` holds paragraphs of the training texts as two readers marked them, the second
without seeing the first marks: ``file``, ``line`` (from 1), ``first`` and ``second``. The training texts hold what
was settled afterwards.
"""

from __future__ import annotations

import json

from kg.extract.annotated import parse
from tests.quality.report import SEEDS, f1
from tests.quality.score import score


def main() -> None:
    """Print strict and overlap F1 between the readings, the first taken as gold."""
    first, second = {}, {}
    characters = 0
    for number, line in enumerate((SEEDS / "second.jsonl").read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        settled = (SEEDS / entry["file"]).read_text(encoding="utf-8").split("\n")[entry["line"] - 1]
        (text, spans), (again, others) = parse(entry["first"]), parse(entry["second"])
        if not text == again == parse(settled)[0]:
            raise SystemExit(f"second.jsonl line {number + 1}: the text is not that of {entry['file']}:{entry['line']}")
        first[str(number)], second[str(number)] = set(spans), set(others)
        characters += len(text)
    found = score(first, second)
    print(f"{len(first)} paragraphs, {characters:,} characters. Strict F1 / overlap F1 between two readings.\n")
    print("| label | first | second | agreement |\n| --- | ---: | ---: | ---: |")
    rows = [("**entities**", found["entities"]), ("**values**", found["values"]), *found["labels"].items()]
    for name, part in rows:
        strict = part["strict"]
        print(f"| {name} | {strict['gold']} | {strict['pred']} | {f1(strict)} / {f1(part['overlap'])} |")


if __name__ == "__main__":
    main()
