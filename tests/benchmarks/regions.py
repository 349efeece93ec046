"""How well regions are read that no training text is about; ``python -m tests.benchmarks.regions`` (half an hour; needs the extra ``train``).

One network is trained without the texts whose home lies in the given provinces, and without those of
``seeds/annotated/held.toml``, and reads the former. Their sentences are of our own making like all others, so this tells
what new places, names and themes cost, not what a strange hand costs.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import kg.extract.train as training
from kg.extract.annotated import parse
from kg.gazetteer import Gazetteer, Locality
from tests.benchmarks.ablation import loaded
from tests.quality.report import SEEDS, ablation


def province_of(gazetteer: Gazetteer, path: Path) -> str | None:
    """Return the province in which an annotated text is at home, or None."""
    home = Locality(gazetteer, parse(path.read_text(encoding="utf-8"))[0]).home
    return gazetteer.name_of(gazetteer.chain(home)[-1]) if home is not None else None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.regions", description=__doc__)
    parser.add_argument("provinces", nargs="*", default=["福建省", "陕西省", "吉林省"], help="full names")
    provinces = set(parser.parse_args().provinces)
    gazetteer = Gazetteer.load()
    paths = sorted([*(SEEDS / "train").glob("*.ann"), *(SEEDS / "user").glob("*.ann")])
    away = [path for path in paths if province_of(gazetteer, path) in provinces]
    held = training.held_texts(SEEDS / "held.toml")
    with tempfile.TemporaryDirectory() as name:
        scratch, apart = Path(name), Path(name) / "apart"
        apart.mkdir()
        for path in away:
            shutil.copy(path, apart)
        data = training.examples([path for path in paths if path not in away], training.COPIES)
        training.save(*training.unseen(data, held), scratch / "model")
        print(ablation("、".join(sorted(provinces)), apart, scratch, {"one network": loaded(scratch / "model")}))


if __name__ == "__main__":
    main()
