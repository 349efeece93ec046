"""Compile the official divisions: ``python -m kg.gazetteer.compile``.

The source is ``china_location.txt`` of the jionlp package (Apache-2.0; extra ``gazetteer``): province, city, county
with its GB/T 2260 code, town, village, one a line and indented by level. jionlp itself is not imported.
"""

from __future__ import annotations

import argparse
import zipfile
from collections import Counter
from importlib.metadata import files as package_files
from pathlib import Path

import marisa_trie
import numpy as np

from kg.documents import GovPlanError
from kg.gazetteer.forms import LEVELS, short_form

DATA = Path(__file__).parent / "data"


def source_text() -> str:
    """Return the list as published in the installed jionlp package.

    Raises
    ------
    GovPlanError
        If jionlp is not installed.
    """
    try:
        found = [f for f in package_files("jionlp") or () if f.name == "china_location.zip"]
    except ModuleNotFoundError:
        found = []
    if not found:
        raise GovPlanError("the jionlp package is not installed; run: pip install 'govplan-kg[gazetteer]'")
    with zipfile.ZipFile(str(found[0].locate())) as archive:
        return archive.read("china_location.txt").decode("utf-8")


def compile_divisions(text: str, folder: Path) -> int:
    """Write ``names.marisa``, ``short.marisa`` and ``divisions.npz`` to `folder`; return the number of divisions."""
    names, levels, codes = [], [], []
    for line in text.splitlines():
        fields = line.lstrip("\t").split("\t")
        if fields[0]:
            names.append(fields[0])
            levels.append(min(len(line) - len(line.lstrip("\t")), len(LEVELS) - 1))
            codes.append(int(fields[1]) if len(fields) > 1 and fields[1].isdigit() else 0)
    full = marisa_trie.Trie(names)
    shortened = {short_form(n, LEVELS[level]) for n, level in zip(names, levels, strict=True) if level < 4}
    short = marisa_trie.Trie(sorted(s for s in shortened if s))
    stems = Counter(
        s for n, level in zip(names, levels, strict=True) if (s := short_form(n, LEVELS[level])) and len(s) == 2
    )
    folder.mkdir(parents=True, exist_ok=True)
    full.save(str(folder / "names.marisa"))
    short.save(str(folder / "short.marisa"))
    np.savez_compressed(
        folder / "divisions.npz",
        name=np.array([full[n] for n in names], dtype=np.uint32),
        level=np.array(levels, dtype=np.uint8),
        code=np.array(codes, dtype=np.uint32),
        stem=np.array(sorted(stems)),
        stem_count=np.array([stems[s] for s in sorted(stems)], dtype=np.uint16),
    )
    return len(names)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=DATA, help="folder to write (default: the package's own)")
    folder = parser.parse_args().output
    print(f"{compile_divisions(source_text(), folder)} divisions compiled to {folder}")


if __name__ == "__main__":
    main()
