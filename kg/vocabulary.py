"""Where the ontology's files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "ontology"
FOLDER = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "ontology"
"""Folder of ``govplan.ttl``, ``shapes.ttl``, ``context.jsonld`` and ``queries/``."""
