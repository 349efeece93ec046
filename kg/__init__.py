"""govplan-kg: Chinese local-government reports and plans as a knowledge graph.

Examples
--------
>>> import kg
>>> graph = kg.build(["seeds/"])
>>> touches = graph.trace("罗岗")
"""

from kg.documents import Document, GovPlanError
from kg.extract import load_pipeline
from kg.graph import Graph, build, open_graph
from kg.read import read_document

__all__ = ["Document", "GovPlanError", "Graph", "build", "load_pipeline", "open_graph", "read_document"]
