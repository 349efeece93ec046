"""Speed, memory and accuracy beside what a user would pick instead; ``python -m tests.benchmarks``.

Every reader runs in a process of its own on one core, on the same texts in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.rivals import RIVALS, Found, group_of, loaded
from tests.quality.report import SETS, gold_of
from tests.quality.score import score

SMALL, LARGE = 10_000, 1_000_000


def measure(name: str) -> dict[str, float]:
    """Return the figures of one reader, measured in this process."""
    reader, load = loaded(name)
    texts, gold = gold_of(SETS["development set"])
    wanted: dict[str, Found] = {
        stem: {(a, b, g) for a, b, label in spans if (g := group_of(label))} for stem, spans in gold.items()
    }
    seconds = _timed(reader, "\n".join(texts.values()))
    characters = sum(map(len, texts.values()))
    result = score(wanted, {stem: reader(text) for stem, text in texts.items()})["labels"]
    figures = {"load": load, "speed": characters / seconds}
    for group in ("place", "organisation"):
        figures[f"{group} strict"] = result[group]["strict"]["f1"]
        figures[f"{group} overlap"] = result[group]["overlap"]["f1"]
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def linearity() -> dict[str, float]:
    """Return seconds for 10 kB and 1 MB of our reader, and the peak memory, measured in this process."""
    reader, _ = loaded("govplan-kg")
    text = "\n".join(gold_of(SETS["development set"])[0].values())
    long = (text * (LARGE // len(text.encode()) + 1)).encode()
    small, large = (long[:size].decode(errors="ignore") for size in (SMALL, LARGE))
    figures = {"small": min(_timed(reader, small) for _ in range(5)), "large": _timed(reader, large)}
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _timed(reader: object, text: str) -> float:
    began = time.perf_counter()
    reader(text)  # type: ignore[operator]
    return time.perf_counter() - began


def _apart(*args: str) -> dict[str, float]:
    one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.benchmarks", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | one_core)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main() -> None:
    """Print the tables, or the figures of one reader as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--reader", choices=RIVALS, help="measure one reader only, as JSON")
    parser.add_argument("--linearity", action="store_true", help="time 10 kB and 1 MB only, as JSON")
    args = parser.parse_args()
    if args.reader or args.linearity:
        print(json.dumps(measure(args.reader) if args.reader else linearity()))
        return
    figures = {name: _apart("--reader", name) for name in RIVALS}
    own = figures["govplan-kg"]
    print(
        "| | load s | characters/s | of ours | memory MB | places strict / overlap | organisations strict / overlap |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, f in figures.items():
        cells = [f"{f['load']:.1f}", f"{f['speed']:,.0f}", f"{f['speed'] / own['speed']:.2f}", f"{f['memory']:.0f}"]
        cells += [f"{f[f'{g} strict']:.3f} / {f[f'{g} overlap']:.3f}" for g in ("place", "organisation")]
        print(f"| {name} | {' | '.join(cells)} |")
    line = _apart("--linearity")
    ratio = line["large"] / line["small"]
    print(f"\n10 kB {line['small']:.3f} s, 1 MB {line['large']:.2f} s: {ratio:.0f} times; peak {line['memory']:.0f} MB")


if __name__ == "__main__":
    if not Path("seeds").is_dir():
        sys.exit("run from the top of the repository")
    main()
