"""The graph as one page that an analyst opens in a browser."""

from kg.view.data import read_view
from kg.view.model import ViewData
from kg.view.page import render, write_page

__all__ = ["ViewData", "read_view", "render", "write_page"]
