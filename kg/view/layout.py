"""Where each node stands, computed beforehand so that the page stands still at once.

Groups that belong together (Louvain communities) are laid out one by one, then set side by
side as discs that never overlap; what no statement links waits in a tidy block below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.model import STYLE, ViewData

Points = NDArray[np.float64]

_GAP = 21.0  # free space around a node, in pixels at scale 1
_CELL = (128.0, 64.0)  # a node of the block with a label of nine characters
_ASPECT = 1.35  # width over height of the whole picture
_DENSE = 500  # above this many nodes a group is set as a spiral: all pairs cost too much


def radius(degree: int) -> float:
    """Return the size of a node in pixels at scale 1 from its number of relations."""
    return min(8 + 2.6 * math.sqrt(degree), 34.0)


def positions(data: ViewData) -> Points:
    """Compute where every node stands.

    Parameters
    ----------
    data
        The graph to draw.

    Returns
    -------
    numpy.ndarray
        Shape ``(len(data.nodes), 2)``, x to the right and y down, in pixels at scale 1, centred
        on what statements link. The same data gives the same array.
    """
    index = {node.iri: at for at, node in enumerate(data.nodes)}
    radii = np.array([radius(node.degree) for node in data.nodes])
    pairs = sorted({(index[edge.subject], index[edge.object]) for edge in data.edges})
    linked = _linked(data, index)
    graph = nx.Graph()
    graph.add_nodes_from(sorted(linked))
    degree = np.bincount(np.array(pairs, dtype=int).ravel(), minlength=len(data.nodes))
    # A hub that everything lies in says little about what belongs together.
    graph.add_weighted_edges_from(
        (a, b, 1 / math.sqrt(max(degree[a], degree[b]))) for a, b in pairs if a in linked and b in linked
    )
    placed = np.zeros((len(data.nodes), 2))
    if graph:
        _arrange(graph, radii, placed)
    aside = [at for at in range(len(data.nodes)) if at not in linked]
    _block(aside, sorted(linked), placed)
    return np.round(placed, 1)


def _linked(data: ViewData, index: dict[str, int]) -> set[int]:
    """Return the nodes some statement links, and the places those lie in."""
    containment = {name for name, look in STYLE["relations"].items() if look.get("containment")}
    news = [edge for edge in data.edges if edge.evidence or edge.predicate not in containment]
    linked = {index[end] for edge in news for end in (edge.subject, edge.object)}
    within: dict[int, list[int]] = {}
    for edge in data.edges:
        if edge.predicate in containment:
            within.setdefault(index[edge.subject], []).append(index[edge.object])
    waiting = list(linked)
    while waiting:
        for outer in within.get(waiting.pop(), ()):
            if outer not in linked:
                linked.add(outer)
                waiting.append(outer)
    return linked


def _arrange(graph: nx.Graph, radii: Points, placed: Points) -> None:
    """Fill `placed` for the nodes of `graph`, group by group."""
    found = nx.community.louvain_communities(graph, seed=7)
    groups = [sorted(group, key=lambda at: (-graph.degree(at), at)) for group in found]
    groups.sort(key=lambda group: (-len(group), group))
    home = {at: number for number, group in enumerate(groups) for at in group}
    discs = np.empty(len(groups))
    for number, group in enumerate(groups):
        inner = graph.subgraph(group)
        place = {at: local for local, at in enumerate(group)}
        ends = [(place[a], place[b]) for a, b in sorted(inner.edges)]
        points = _settle(radii[group] + _GAP, ends)
        placed[group] = points
        discs[number] = (np.hypot(*points.T) + radii[group]).max() + 1.5 * _GAP
    between = sorted({(home[a], home[b]) for a, b in graph.edges if home[a] != home[b]})
    centres = _settle(discs, between, stretch=_ASPECT)
    for number, group in enumerate(groups):
        out = [(a, b) for a in group for b in graph[a] if home[b] != number]
        placed[group] = centres[number] + _turned(placed, group, out, centres, home)
    placed[list(home)] -= (placed[list(home)].max(axis=0) + placed[list(home)].min(axis=0)) / 2


def _spiral(sizes: Points) -> Points:
    """Even points on a sunflower spiral, first the centre, as far apart as the `sizes` need."""
    at = np.arange(len(sizes))
    reach = np.sqrt(np.concatenate([[0.0], np.cumsum(sizes[1:] ** 2)])) * 1.15
    angle = at * math.pi * (3 - math.sqrt(5))
    return np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)


def _settle(sizes: Points, pairs: Sequence[tuple[int, int]], stretch: float = 1.0) -> Points:
    """Lay out discs of the given radii: linked ones near each other, none over another.

    A spring embedding (Fruchterman and Reingold, 1991) from a spiral, then pushes apart while
    everything is drawn to the centre.
    """
    points: Points = _spiral(sizes)
    if len(sizes) == 1 or len(sizes) > _DENSE:
        return points
    ends = np.array(pairs, dtype=int).reshape(-1, 2)
    need = sizes[:, None] + sizes[None, :]
    np.fill_diagonal(need, 0)
    ideal = float(np.median(sizes)) * 2
    for heat in np.linspace(ideal, ideal / 30, 90):
        delta = points[:, None] - points[None]
        square = (delta**2).sum(axis=2) + 1e-3
        force = (delta * (need**2 / square)[..., None]).sum(axis=1) * 0.5 / ideal
        pull = points[ends[:, 0]] - points[ends[:, 1]]
        pull *= np.hypot(*pull.T)[:, None] / ideal**2 * 2
        np.add.at(force, ends[:, 0], -pull)
        np.add.at(force, ends[:, 1], pull)
        force -= points * 0.15
        length = np.hypot(*force.T)[:, None] + 1e-9
        points = points + force / length * np.minimum(length, heat)
    points -= points.mean(axis=0)
    for still in range(120):
        points *= [1 - 0.010 * (still < 80), 1 - 0.010 * stretch**2 * (still < 80)]
        points = _apart(points, need)
    centre: Points = (points * sizes[:, None]).sum(axis=0) / sizes.sum()
    return points - centre


def _apart(points: Points, need: Points) -> Points:
    """Move every two points that are nearer than they need half the way apart."""
    delta = points[:, None] - points[None]
    distance = np.sqrt((delta**2).sum(axis=2)) + 1e-6
    lack = np.clip(need - distance, 0, None) / distance * 0.5
    push: Points = np.clip((delta * lack[..., None]).sum(axis=1), -need.max() / 2, need.max() / 2)
    return points + push


def _turned(
    placed: Points,
    group: Sequence[int],
    out: Sequence[tuple[int, int]],
    centres: Points,
    home: dict[int, int],
) -> Points:
    """Turn a group about its centre so that what it is linked to lies on the near side."""
    own = placed[group]
    if not out:
        return own
    inner = placed[[a for a, _ in out]]
    outer = centres[[home[b] for _, b in out]] - centres[home[group[0]]]
    angle = math.atan2(
        float((inner[:, 0] * outer[:, 1] - inner[:, 1] * outer[:, 0]).sum()), float((inner * outer).sum())
    )
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    turned: Points = own @ turn
    return turned


def _block(aside: Sequence[int], linked: Sequence[int], placed: Points) -> None:
    """Set the rest in rows under the picture, in the order of the nodes."""
    if not aside:
        return
    above = placed[linked] if linked else np.zeros((1, 2))
    square = math.ceil(math.sqrt(len(aside) * _ASPECT * _CELL[1] / _CELL[0]))
    columns = max(int(np.ptp(above[:, 0]) // _CELL[0]), square)
    row, column = np.divmod(np.arange(len(aside)), columns)
    placed[aside, 0] = (column - (min(columns, len(aside)) - 1) / 2) * _CELL[0]
    placed[aside, 1] = above[:, 1].max() + 3 * _CELL[1] + row * _CELL[1]
