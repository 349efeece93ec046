"""The official divisions of China: names, levels, parents and codes, and where a text is at home."""

from kg.gazetteer.load import Gazetteer
from kg.gazetteer.locality import Locality
from kg.gazetteer.match import Matcher

__all__ = ["Gazetteer", "Locality", "Matcher"]
