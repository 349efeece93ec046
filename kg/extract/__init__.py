"""Reading mentions, values and facts out of a Document."""

from kg.extract.pipeline import extract, load_pipeline, read_facts, read_mentions

__all__ = ["extract", "load_pipeline", "read_facts", "read_mentions"]
