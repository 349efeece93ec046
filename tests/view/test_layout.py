import time

import numpy as np
import pytest

from kg.view import ViewData, read_view
from kg.view.layout import positions, radius
from tests.view.town import town


@pytest.fixture(scope="module")
def data() -> ViewData:
    return read_view(town(350))


def test_the_same_graph_stands_the_same(data: ViewData) -> None:
    np.testing.assert_array_equal(positions(data), positions(data))


def test_no_node_stands_on_another(data: ViewData) -> None:
    points = positions(data)
    radii = np.array([radius(node.degree) for node in data.nodes])
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    free = distance - radii[:, None] - radii[None]
    np.fill_diagonal(free, np.inf)
    assert free.min() > 4


def test_linked_nodes_are_nearer_than_others(data: ViewData) -> None:
    points = positions(data)
    index = {node.iri: at for at, node in enumerate(data.nodes)}
    stated = [(index[e.subject], index[e.object]) for e in data.edges if e.predicate == "location"]
    linked = [np.hypot(*(points[a] - points[b])) for a, b in stated]
    ends = sorted({end for pair in stated for end in pair})
    among = points[ends][:, None] - points[ends][None]
    assert np.median(linked) < np.median(np.hypot(among[..., 0], among[..., 1])) / 4


def test_what_nothing_links_stands_in_rows_below(data: ViewData) -> None:
    points = positions(data)
    linked = {end for edge in data.edges for end in (edge.subject, edge.object)}
    alone = [at for at, node in enumerate(data.nodes) if node.iri not in linked]
    others = [at for at, node in enumerate(data.nodes) if node.iri in linked and node.label == "Project"]
    assert alone
    assert points[alone, 1].min() > points[others, 1].max()
    assert len(set(points[alone, 1])) < len(alone) / 4


def test_no_graph_is_too_small() -> None:
    nothing = ViewData((), (), {}, {}, {})
    assert positions(nothing).shape == (0, 2)


def test_a_thousand_nodes_take_less_than_two_seconds() -> None:
    data = read_view(town(1000))
    begin = time.process_time()
    positions(data)
    assert time.process_time() - begin < 2
