"""Rules alone, model alone and both, side by side; ``python -m tests.benchmarks.ablation`` (half an hour on two cores; needs the extra ``train``).

Both models are trained here without the texts of ``seeds/annotated/held.toml``, so neither has seen the user's document or
those written in its manner.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg.extract.train as training
from kg.extract import load_pipeline
from tests.quality.report import SEEDS, SETS, ablation


@Language.component("no_rules")
def no_rules(doc: Doc) -> Doc:
    """Propose nothing."""
    doc.spans["rules"] = []
    return doc


def loaded(folder: Path) -> Language:
    """Return a pipeline with the model of `folder`."""
    nlp = load_pipeline()
    nlp.replace_pipe("kg_tagger", "kg_tagger", config={"model": str(folder)})
    return nlp


def trained(folder: Path, *, with_rules: bool) -> Language:
    """Return a pipeline whose network saw no text of ``held.toml``, with or without the rules' proposals."""
    propose = training.propose
    if not with_rules:
        training.propose = lambda context: []
    try:
        paths = sorted([*(SEEDS / "train").glob("*.ann"), *(SEEDS / "user").glob("*.ann")])
        data = training.examples(paths, training.COPIES)
    finally:
        training.propose = propose
    training.save(*training.unseen(data, training.held_texts(SEEDS / "held.toml")), folder)
    nlp = loaded(folder)
    if not with_rules:
        nlp.replace_pipe("kg_rules", "no_rules")
    return nlp


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ablation", description=__doc__)
    parser.add_argument(
        "--unseen", type=Path, help="what `kg.extract.train --unseen` kept, instead of training it again"
    )
    unseen = parser.parse_args().unseen
    with tempfile.TemporaryDirectory() as name:
        pipelines = {
            "rules alone": load_pipeline(rules_only=True),
            "model alone": trained(Path(name) / "alone", with_rules=False),
            "both": loaded(unseen) if unseen else trained(Path(name) / "both", with_rules=True),
        }
        for title, folder in SETS.items():
            print(ablation(title, folder, Path(name), pipelines))


if __name__ == "__main__":
    main()
