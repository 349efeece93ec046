"""IRIs: readable, stable, the same in every build."""

from __future__ import annotations

import hashlib
import re

from kg.documents import GovPlanError

ONTOLOGY = "https://w3id.org/govplan/ontology#"
BASE = "https://w3id.org/govplan/id/"
_UNSAFE = re.compile(r"[^\w\-.~!$&'()*+,;=:@\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]")
"""What RFC 3987 does not allow in a path segment; ``%`` is among it, so two texts never give one IRI."""


def safe(text: str) -> str:
    """Return `text` with what an IRI may not hold percent-encoded; Chinese stays as it is.

    Examples
    --------
    >>> safe("惠康路(罗岗路—锦龙路)"), safe("a b%[1]")
    ('惠康路(罗岗路—锦龙路)', 'a%20b%25%5B1%5D')
    """
    return _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), text)


def digest(*parts: object) -> str:
    """Return twelve hex digits that stand for `parts`."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


class Iris:
    """Makes the IRIs of a graph under one base.

    Parameters
    ----------
    base
        An absolute IRI that ends in ``/`` or ``#``.

    Raises
    ------
    GovPlanError
        If `base` is no such IRI.
    """

    def __init__(self, base: str = BASE) -> None:
        if not re.match(r"^[a-z][a-z0-9+.-]*:[^\s<>\"]*[/#]$", base):
            raise GovPlanError(f"base IRI {base!r}: give an absolute IRI that ends in / or #")
        self.base = base

    def of(self, *parts: object) -> str:
        """Return the IRI of a path of parts below the base."""
        return self.base + "/".join(safe(str(p)) for p in parts)

    def graph(self, stem: str) -> str:
        """Return the named graph of a document."""
        return self.of("graph", stem)

    @property
    def gazetteer(self) -> str:
        """The named graph of the official divisions in use."""
        return self.of("gazetteer")

    @property
    def names(self) -> str:
        """The named graph of the preferred names, one a thing whatever documents call it."""
        return self.of("names")

    @property
    def ontology(self) -> str:
        """The named graph of the ontology."""
        return self.of("ontology")
