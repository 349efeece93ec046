"""The official divisions of China: names, levels, parents and codes."""

from kg.gazetteer.load import Gazetteer

__all__ = ["Gazetteer"]
