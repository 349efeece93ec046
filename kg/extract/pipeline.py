"""From a Document to an Extraction: the spaCy pipeline, then the facts of each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from thinc.api import Config

import kg.extract.components  # noqa: F401 - registers the factories
from kg.documents import Document, Extraction, Mention, NamedSet, Observation, Relation, Status
from kg.extract import sentences
from kg.extract.clauses import read_sentence
from kg.extract.observations import read_observations
from kg.extract.relations import read_relations
from kg.extract.sets import read_sets
from kg.extract.statuses import read_statuses
from kg.read.wrap import smooth, written

CHUNK = 20_000
"""Characters the pipeline sees at once; a document is cut at line ends so that memory stays flat."""


def load_pipeline(*, rules_only: bool = False) -> Language:
    """Load the shipped spaCy pipeline.

    Parameters
    ----------
    rules_only
        Leave the trained model out and keep what the rules propose.

    Returns
    -------
    spacy.language.Language
        ``nlp(text).spans["mentions"]`` holds the mentions, nested ones too; tokens are characters.

    Examples
    --------
    >>> nlp = load_pipeline(rules_only=True)
    >>> [(s.text, s.label_) for s in nlp("全年完成工业投资6.2亿元").spans["mentions"] if s.label_ == "Quantity"]
    [('6.2亿元', 'Quantity')]
    """
    config = Config().from_str(files("kg.extract").joinpath("data/config.cfg").read_text(encoding="utf-8"))
    if rules_only:
        config["nlp"]["pipeline"].remove("kg_tagger")
        del config["components"]["kg_tagger"]
        config["components"]["kg_mentions"]["source"] = "rules"
    nlp = load_model_from_config(config, auto_fill=True)
    nlp.max_length = 100_000_000
    return nlp


def read_mentions(document: Document, nlp: Language) -> tuple[Mention, ...]:
    """Return the mentions of a document outside its page furniture, in order."""
    found = []
    for offset, doc in _docs(document.text, nlp):
        for span in doc.spans["mentions"]:
            start, end = offset + span.start, offset + span.end
            if not any(start < b and a < end for a, b in document.chrome):
                found.append(Mention(start, end, span.label_, span.text, span._.confidence, span._.method))
    return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.label)))


def extract(document: Document, nlp: Language, min_confidence: float = 0.0) -> Extraction:
    """Return the mentions of a document and the facts its sentences state about them.

    Parameters
    ----------
    document
        As read.
    nlp
        From :func:`load_pipeline`.
    min_confidence
        Mentions below this calibrated confidence, and their facts, are left out.
    """
    plain, kept = smooth(document) if document.soft_breaks else (document, ())
    found = read_facts(plain, tuple(m for m in read_mentions(plain, nlp) if m.confidence >= min_confidence))
    if not kept:
        return found
    return Extraction(
        document,
        *written((found.mentions, found.relations, found.statuses, found.observations, found.sets), kept),
    )


def read_facts(document: Document, mentions: tuple[Mention, ...]) -> Extraction:
    """Return the facts stated about `mentions`, which are in order of their start, sentence by sentence."""
    relations: list[Relation] = []
    statuses: list[Status] = []
    observations: list[Observation] = []
    sets: list[NamedSet] = []
    position = 0
    for start, end in sentences.split(document.text):
        inside = []
        while position < len(mentions) and mentions[position].start < end:
            if mentions[position].end <= end:
                inside.append(mentions[position])
            position += 1
        if not inside:
            continue
        sentence = read_sentence(document.text, start, end, tuple(inside))
        relations.extend(read_relations(sentence))
        statuses.extend(read_statuses(document, sentence))
        observations.extend(read_observations(document, sentence))
        sets.extend(read_sets(sentence))
    return Extraction(document, mentions, tuple(relations), tuple(statuses), tuple(observations), tuple(sets))


def _docs(text: str, nlp: Language) -> Iterator[tuple[int, Doc]]:
    """Yield the pieces of a text with their offsets, cut at sentence ends."""
    begin = 0
    for _, end in sentences.split(text):
        if end - begin >= CHUNK or end == len(text):
            yield begin, nlp(text[begin:end])
            begin = end
