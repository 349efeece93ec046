"""The spaCy components, registered by name; ``data/config.cfg`` puts them in order.

``doc.spans["mentions"]`` holds the result; each span has ``span._.confidence`` (the calibrated share
of such spans that are right) and ``span._.method`` (the component that made it).
"""

from __future__ import annotations

from bisect import bisect_right
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from kg.extract import sentences
from kg.extract.annotated import outer
from kg.extract.context import Context, read_context
from kg.extract.echoes import echoes
from kg.extract.lexicon import table
from kg.extract.names import propose
from kg.extract.tagger import Tagger
from kg.gazetteer import Gazetteer, Locality

for _name in ("confidence", "method"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
if not Doc.has_extension("contexts"):
    Doc.set_extension("contexts", default=None)


class CharacterTokenizer:
    """One token a character, so that any mention of the guideline can be a span.

    Offsets of tokens and of characters are the same number.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return a Doc of single characters, white space included."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> CharacterTokenizer:
        """Return itself."""
        return self

    def to_disk(self, path: Path, **_: object) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, path: Path, **_: object) -> CharacterTokenizer:
        """Return itself."""
        return self


@registry.tokenizers("kg.CharacterTokenizer.v1")
def create_tokenizer():  # type: ignore[no-untyped-def]
    """Return what spaCy calls to make the tokenizer of a pipeline."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)


@Language.component("kg_sentences", assigns=["doc.sents"])
def kg_sentences(doc: Doc) -> Doc:
    """Set the sentence starts."""
    starts = np.full(len(doc), -1, dtype=np.int64)
    starts[[start for start, _ in sentences.split(doc.text)]] = 1
    # one array: the setter of a single token looks through the whole Doc each time
    return doc.from_array([SENT_START], starts.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]


@Language.factory("kg_context")
class ContextReader:
    """Reads words, divisions, values and head nouns of each sentence for the components after it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._gazetteer = Gazetteer.load()

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.contexts`` with ``(offset, Context)`` of each sentence."""
        text = doc.text
        locality = Locality(self._gazetteer, text)
        doc._.contexts = [(s, read_context(text[s:e], self._gazetteer, locality)) for s, e in sentences.split(text)]
        return doc


def _add(doc: Doc, key: str, found: list[tuple[int, int, str, float, str]]) -> None:
    spans = []
    for start, end, label, confidence, method in found:
        span = Span(doc, start, end, label=label)
        span._.confidence, span._.method = confidence, method
        spans.append(span)
    doc.spans[key] = spans


def contexts_of(doc: Doc) -> list[tuple[int, Context]]:
    """Return the sentence contexts of `doc`; empty before ``kg_context`` ran."""
    return doc._.contexts or []


@Language.factory("kg_rules")
class RuleTagger:
    """Proposes names by rule (``doc.spans["rules"]``) and values by pattern."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._confidence: dict[str, float] = table("confidence")

    def __call__(self, doc: Doc) -> Doc:
        """Add the proposals; the confidence of values is the precision of their patterns on the training texts."""
        found = []
        for offset, context in contexts_of(doc):
            for start, end, label in [*propose(context), *context.values]:
                found.append((offset + start, offset + end, label, self._confidence.get(label, 0.5), "kg_rules"))
        _add(doc, "rules", sorted(found))
        return doc


@Language.factory("kg_tagger", default_config={"model": None})
class ModelTagger:
    """Tags mentions with the trained model (``doc.spans["model"]``), the rules' proposals among its features.

    Parameters
    ----------
    model
        Folder of a model trained by ``python -m kg.extract.train``; None is the shipped one.
    """

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:
        with as_file(files("kg.extract").joinpath("data/model")) as shipped:
            self._tagger = Tagger(Path(model) if model else shipped)

    def __call__(self, doc: Doc) -> Doc:
        """Add the model's mentions."""
        contexts = contexts_of(doc)
        starts = [offset for offset, _ in contexts]
        rules: list[list[tuple[int, int, str]]] = [[] for _ in contexts]
        for span in doc.spans["rules"]:
            if span.label_ not in {"Date", "Quantity"}:
                index = bisect_right(starts, span.start) - 1
                rules[index].append((span.start - starts[index], span.end - starts[index], span.label_))
        tagged = self._tagger.tag([(c, outer(found)) for (_, c), found in zip(contexts, rules, strict=True)])
        found = [
            (offset + start, offset + end, label, confidence, "kg_tagger")
            for offset, mentions in zip(starts, tagged, strict=True)
            for start, end, label, confidence in mentions
        ]
        _add(doc, "model", sorted(found))
        return doc


@Language.factory("kg_mentions", default_config={"source": "model"})
class MentionChooser:
    """Settles ``doc.spans["mentions"]`` from the proposals and drops the working data.

    Parameters
    ----------
    source
        ``"model"`` (which has read the rules) or ``"rules"`` alone.
    """

    def __init__(self, nlp: Language, name: str, source: str) -> None:
        self._source = source

    def __call__(self, doc: Doc) -> Doc:
        """Take the chosen spans and the repetitions of their names."""
        found = [(s.start, s.end, s.label_, s._.confidence, s._.method) for s in doc.spans[self._source]]
        found += echoes(doc.text, found)
        _add(doc, "mentions", sorted(found, key=lambda m: (m[0], -m[1], m[2])))
        doc._.contexts = None
        return doc
