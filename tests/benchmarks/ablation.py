"""Rules alone, model alone and both, side by side; ``python -m tests.benchmarks.ablation`` (half an hour on two cores).

Both models are trained here on ``seeds/annotated/train`` without the texts written in the manner of the user's document, so
neither has seen that document or its like.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg.extract.train as training
from kg.extract import load_pipeline
from tests.quality.report import SEEDS, SETS, ablation

LIKE_THE_USERS = {"w6-09", "w6-10", "w6-51", "w6-57", "w6-76"}


@Language.component("no_rules")
def no_rules(doc: Doc) -> Doc:
    """Propose nothing."""
    doc.spans["rules"] = []
    return doc


def trained(folder: Path, *, with_rules: bool) -> Language:
    """Return a pipeline with a model trained with or without the rules' proposals."""
    propose = training.propose
    if not with_rules:
        training.propose = lambda context: []
    try:
        texts = [p for p in sorted((SEEDS / "train").glob("*.ann")) if p.stem not in LIKE_THE_USERS]
        training.train_all(texts, folder)
    finally:
        training.propose = propose
    nlp = load_pipeline()
    nlp.replace_pipe("kg_tagger", "kg_tagger", config={"model": str(folder)})
    if not with_rules:
        nlp.replace_pipe("kg_rules", "no_rules")
    return nlp


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / kind for kind in ("alone", "both")]
        for folder in folders:
            folder.mkdir()
        pipelines = {
            "rules alone": load_pipeline(rules_only=True),
            "model alone": trained(folders[0], with_rules=False),
            "both": trained(folders[1], with_rules=True),
        }
        for title, folder in SETS.items():
            print(ablation(title, folder, Path(name), pipelines))


if __name__ == "__main__":
    main()
