"""Entities and facts as RDF in a store: writing, validating, exporting."""

from kg.store.dataset import built, open_dataset, prune_divisions, write_document, write_ontology
from kg.store.export import FORMATS, export
from kg.store.iris import BASE, Iris
from kg.store.quads import DocumentTriples
from kg.store.validate import Violation, violations

__all__ = [
    "BASE",
    "FORMATS",
    "DocumentTriples",
    "Iris",
    "Violation",
    "built",
    "export",
    "open_dataset",
    "prune_divisions",
    "violations",
    "write_document",
    "write_ontology",
]
