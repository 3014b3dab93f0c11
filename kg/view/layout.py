"""Places for the nodes: even distances for a small graph, communities for a large one. Seeded, rounded, no clock."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from itertools import groupby

import networkx as nx
import numpy as np
from numpy.typing import NDArray

SMALL = 300  # up to here distances are balanced over all pairs; above, within communities
_STILL = 0.01  # of a pixel: what moves less in a step has found its place
_STEPS, _FURTHER = 60, 0.9  # steps of balancing; by how much each goes beyond the place that it finds: that halves their number
_SLACK = 40.0  # pixels between boxes that may meet while those further apart are not asked
WIDE = 1.45  # the picture's pane is wider than high

Floats = NDArray[np.float64]
Pair = tuple[int, int]


def places(boxes: Sequence[tuple[float, float]], edges: Sequence[Pair], dense: float = 0.15) -> list[tuple[int, int]]:
    """Return a place for each node, so that no two boxes (width, height: the node with its label) overlap.

    `dense` is the share of the picture that the boxes may fill. Components stand in rows, the largest first, single nodes last."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    parts = sorted((sorted(p) for p in nx.connected_components(graph)), key=lambda p: (-len(p), p))
    size = np.array(boxes, dtype=float).reshape(-1, 2)
    at = np.zeros((len(boxes), 2))
    for _, alike in groupby(parts, key=len):
        some = list(alike)
        for part, own in zip(some, _components(graph, some, [size[part] for part in some], dense), strict=True):
            at[part] = own
    _pack(at, size, parts)
    return [(round(x), round(y)) for x, y in at]


def communities(count: int, edges: Sequence[Pair]) -> list[int]:
    """Return the community of each node: Louvain's, largest first, single nodes in the last one."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in edges if a != b}))
    single = [n for n in graph if graph.degree[n] == 0]
    graph.remove_nodes_from(single)
    groups = sorted((sorted(g) for g in nx.community.louvain_communities(graph, seed=7)), key=lambda g: (-len(g), g)) if graph else []
    groups += [single] if single else []
    label = [0] * count
    for number, group in enumerate(groups):
        for node in group:
            label[node] = number
    return label


def _components(graph: nx.Graph[int], parts: list[list[int]], sizes: list[Floats], dense: float) -> list[Floats]:
    """Places within each of some components that have as many nodes as each other."""
    if len(parts[0]) == 1:
        return [np.zeros((1, 2))] * len(parts)
    subs = [nx.relabel_nodes(graph.subgraph(part), {n: i for i, n in enumerate(part)}) for part in parts]
    if len(parts[0]) > SMALL:
        return [_by_community(sub, size) for sub, size in zip(subs, sizes, strict=True)]
    balanced = zip(_balanced(subs, sizes), sizes, strict=True)
    return [_apart(_drawn_in(at * np.array([WIDE, 1.0]), size, dense), size) for at, size in balanced]


def _drawn_in(at: Floats, size: Floats, dense: float) -> Floats:
    """Drawn together until the boxes fill a share of `dense` of the picture: labels stay readable when all of it is shown."""
    room = float(np.prod(np.ptp(at, axis=0) + size.mean(0)))
    wanted = float((size[:, 0] * size[:, 1]).sum()) / dense
    closer: Floats = at * min(1.0, math.sqrt(wanted / room))
    return closer


def _balanced(graphs: list[nx.Graph[int]], sizes: list[Floats]) -> list[Floats]:
    """Stress majorisation (Gansner, Koren, North 2004), relaxed (de Leeuw, Heiser 1980): drawn distance close to that in the graph.

    The graphs have as many nodes as each other and are balanced side by side, for most graphs are small.
    """
    wanted = np.array([_distances(graph, size) for graph, size in zip(graphs, sizes, strict=True)])
    at = np.array([_rings(graph) for graph in graphs])
    at *= [[[far.mean() / max(1.0, float(drawn.mean()))]] for far, drawn in zip(wanted, _drawn(at), strict=True)]
    weight = np.zeros_like(wanted)
    np.divide(1.0, wanted**2, out=weight, where=wanted > 0)
    inverse = np.array([np.linalg.pinv(np.diag(own.sum(1)) - own) for own in weight])
    push = -weight * wanted
    for step in range(_STEPS):
        ratio, before = _drawn(at), at
        diagonal = ratio.reshape(len(ratio), -1)[:, :: ratio.shape[1] + 1]
        diagonal[:] = np.inf
        if ratio.min() <= 1e-9:
            ratio[ratio <= 1e-9] = np.inf
        np.divide(push, ratio, out=ratio)
        diagonal[:] = -ratio.sum(2)
        at = inverse @ (ratio @ at)
        moved = at - before
        if step % 5 == 4 and np.abs(moved).max() < _STILL:
            break
        if step + 1 < _STEPS:
            at += _FURTHER * moved
    return [_laid_across(each - each.mean(0)) for each in at]


def _laid_across(at: Floats) -> Floats:
    """Turned so that the longest way lies across."""
    across = np.linalg.svd(at, full_matrices=False)[2][0]
    turn = np.array([[across[0], -across[1]], [across[1], across[0]]])
    at = at @ turn
    turned: Floats = at * (1.0 if at[int(np.abs(at[:, 0]).argmax()), 0] > 0 else -1.0)
    return turned


def _distances(graph: nx.Graph[int], size: Floats) -> Floats:
    """Shortest ways, an edge as long as its ends need: a hub keeps its neighbours further off."""
    degree, edges = dict(graph.degree), []
    for a, b in graph.edges:
        few, many = sorted((degree[a], degree[b]))
        edges.append((a, b, 80 + 26 * math.sqrt(few) + 12 * math.sqrt(many) + (size[a, 0] + size[b, 0]) / 8))
    wanted = np.full((len(graph), len(graph)), np.inf)
    np.fill_diagonal(wanted, 0.0)
    known = np.full_like(wanted, np.nan)
    while not np.array_equal(wanted, known):
        known = wanted.copy()
        for a, b, length in edges:
            np.minimum(wanted[a], wanted[b] + length, out=wanted[a])
            np.minimum(wanted[b], wanted[a] + length, out=wanted[b])
        edges.reverse()  # so that ways are found from either end
    both: Floats = (wanted + wanted.T) / 2
    return both


def _drawn(at: Floats) -> Floats:
    """How far each node of some graphs is from each other one: graphs × nodes × nodes."""
    axes = np.ascontiguousarray(at.transpose(2, 0, 1))
    way = axes[:, :, :, None] - axes[:, :, None]
    way *= way
    far: Floats = np.sqrt(way[0] + way[1])
    return far


def _rings(graph: nx.Graph[int]) -> Floats:
    """A start without chance: the best connected node in the middle, the others on rings by steps, beside their parents."""
    root = max(graph, key=lambda n: (graph.degree[n], -n))
    order, step, queue = [root], {root: 0}, deque([root])
    while queue:
        node = queue.popleft()
        for near in sorted(graph[node], key=lambda n: (-graph.degree[n], n)):
            if near not in step:
                step[near] = step[node] + 1
                order.append(near)
                queue.append(near)
    at = np.zeros((len(graph), 2))
    for ring in range(1, max(step.values()) + 1):
        members = [n for n in order if step[n] == ring]
        for i, node in enumerate(members):
            angle = 2 * math.pi * (i + 0.37 * ring) / len(members)
            at[node] = ring * 100 * math.cos(angle), ring * 100 * math.sin(angle)
    return at


def _by_community(graph: nx.Graph[int], size: Floats) -> Floats:
    """Louvain's communities, each a spring layout of its own, on places balanced between the communities."""
    label = communities(len(graph), list(graph.edges))
    count = max(label) + 1
    members = [[n for n in graph if label[n] == c] for c in range(count)]
    inner = [_spread(graph.subgraph(nodes), nodes, size[nodes]) for nodes in members]
    extent = np.array([np.ptp(places, axis=0) + size[nodes].mean(0) for places, nodes in zip(inner, members, strict=True)])
    coarse: nx.Graph[int] = nx.Graph()
    coarse.add_nodes_from(range(count))
    coarse.add_edges_from(sorted({(min(p), max(p)) for p in ((label[a], label[b]) for a, b in graph.edges) if p[0] != p[1]}))
    centre = _apart(_balanced([coarse], [extent * 2])[0], extent) if count > 1 else np.zeros((1, 2))
    at = np.zeros((len(graph), 2))
    for nodes, places, middle in zip(members, inner, centre, strict=True):
        at[nodes] = middle + places
    return at


def _spread(graph: nx.Graph[int], nodes: list[int], size: Floats) -> Floats:
    """A spring layout scaled to the room that the boxes need, in the middle of (0, 0)."""
    at = _spring(graph, nodes)
    at *= math.sqrt(float((size[:, 0] * size[:, 1]).sum()) * 2) / max(1e-9, float(np.ptp(at, axis=0).max()))
    at = _apart(at * np.array([WIDE, 1.0]), size, 60)
    middle: Floats = at - (at.max(0) + at.min(0)) / 2
    return middle


def _spring(graph: nx.Graph[int], nodes: list[int]) -> Floats:
    if len(nodes) >= 500:  # networkx turns to scipy here, which kg does not depend on: a spiral by strength instead
        order = sorted(nodes, key=lambda n: (-graph.degree[n], n))
        rank = {n: i for i, n in enumerate(order)}
        return np.array([(math.sqrt(rank[n]) * math.cos(rank[n] * 2.4), math.sqrt(rank[n]) * math.sin(rank[n] * 2.4)) for n in nodes])
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(e), max(e)) for e in graph.edges))
    found = nx.spring_layout(ordered, seed=7, iterations=40)
    return np.array([found[n] for n in nodes])


def _apart(at: Floats, size: Floats, rounds: int = 200) -> Floats:
    """Push overlapping boxes apart along the shorter way, until none is left or `rounds` are over."""
    where, half = np.ascontiguousarray(at.T), np.ascontiguousarray((size + np.array([10.0, 12.0])).T / 2)
    moved = np.inf  # of two boxes towards each other at most, since it was asked last which may meet
    for _ in range(rounds):
        if moved > _SLACK:
            one, other = _near(where, half)
            room = half[:, one] + half[:, other]
            moved = 0.0
        way = where.take(one, axis=1) - where.take(other, axis=1)
        over = room - np.abs(way)
        hit = np.flatnonzero(over.min(axis=0) > 0.5)
        if not len(hit):
            break
        axis = np.where(over[0, hit] < over[1, hit], 0, 1)
        first, way = one[hit], np.sign(way[axis, hit])
        push = np.where(way == 0, np.sign(first - other[hit]), way) * over[axis, hit]
        pushed = np.bincount(axis * len(at) + first, push, where.size).reshape(where.shape)
        step = pushed * 0.55 / np.maximum(1, np.bincount(first, minlength=len(at))) ** 0.5
        where += step
        moved += 2 * float(np.abs(step).max())
    return where.T


def _near(where: Floats, half: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of boxes that stand so near that they may soon overlap, each in both orders."""
    near = np.abs(where[1, :, None] - where[1]) - half[1, :, None] - half[1] < _SLACK
    near &= np.abs(where[0, :, None] - where[0]) - half[0, :, None] - half[0] < _SLACK
    np.fill_diagonal(near, False)  # no box overlaps itself
    one, other = np.nonzero(near)
    return one, other


def _pack(at: Floats, size: Floats, parts: list[list[int]]) -> None:
    """Lay the components in rows, each as wide as the picture is to be."""
    if not parts:
        return
    widths = [float((at[p, 0] + size[p, 0] / 2).max() - (at[p, 0] - size[p, 0] / 2).min()) for p in parts]
    areas = [w * float((at[p, 1] + size[p, 1] / 2).max() - (at[p, 1] - size[p, 1] / 2).min()) for p, w in zip(parts, widths, strict=True)]
    row = max(widths[0], math.sqrt(1.9 * sum(areas)))
    x = y = tall = 0.0
    lines: list[list[int]] = []
    for part, width in zip(parts, widths, strict=True):
        if lines and (x + width > row or (len(part) == 1 < len(lines[-1]))):
            _centre(at, lines)
            lines, x, y, tall = [], 0.0, y + tall + 26, 0.0
        low = (at[part] - size[part] / 2).min(0)
        at[part] += np.array([x, y]) - low
        tall = max(tall, float((at[part, 1] + size[part, 1] / 2).max()) - y)
        x += width + 24
        lines.append(part)
    _centre(at, lines)


def _centre(at: Floats, line: list[list[int]]) -> None:
    nodes = [n for part in line for n in part]
    at[nodes, 0] -= (float(at[nodes, 0].max()) + float(at[nodes, 0].min())) / 2
