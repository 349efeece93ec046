"""The tour runs from its first cell to its last and shows what it promises."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient


def test_the_tour_runs():
    notebook = nbformat.read(Path("notebooks/tour.ipynb"), as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    text = "".join(o.get("text", "") for o in outputs)
    assert "罗岗" in text
    assert any("image/png" in o.get("data", {}) for o in outputs)
    assert any("iframe" in o.get("data", {}).get("text/html", "") for o in outputs)
