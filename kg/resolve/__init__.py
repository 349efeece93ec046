"""Mentions become entities with names, places and merges that say why."""

from kg.resolve.merges import NO_RULES, MergeRules, read_merges
from kg.resolve.resolve import resolve

__all__ = ["NO_RULES", "MergeRules", "read_merges", "resolve"]
