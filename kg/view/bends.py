"""How far each edge is bent: so that labels lie clear of each other and of the nodes, and parallel edges apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TRIED = (0.0, 0.12, -0.16, 0.24, -0.32, 0.36, -0.48, 0.5, -0.64)  # negative: the other side
_STEPS = np.linspace(0.1, 0.9, 9)[:, None]  # on the way along an edge, a quadratic curve
_EARLY, _MIDST, _LATE = (1 - _STEPS) ** 2, 2 * _STEPS * (1 - _STEPS), _STEPS**2
SEARCHED = 400  # edges; above, only parallel ones are bent


def bends(
    at: Sequence[tuple[int, int]],
    boxes: Sequence[tuple[float, float]],
    pairs: Sequence[tuple[int, int]],
    labels: Sequence[tuple[float, float]],
    below: float,
    weights: Sequence[int],
) -> list[dict[str, Any] | None]:
    """Return vis-network's `smooth` option for each edge, None for a straight one, in the order of `pairs`.

    `at` are the places of the nodes' marks, `below` how far under them the middle of each box lies. Edges of
    more weight choose first, so that their labels find room."""
    taken: dict[tuple[int, int], set[float]] = {}
    chosen = [0.0] * len(pairs)
    board = _Board(at, boxes, below)
    telling_first = sorted(range(len(pairs)), key=lambda i: (-weights[i], math.dist(at[pairs[i][0]], at[pairs[i][1]]), i))
    for i in telling_first:
        a, b = pairs[i]
        if a == b:
            continue
        used = taken.setdefault((min(a, b), max(a, b)), set())
        side = 1 if a < b else -1
        free = [t for t in TRIED if _sided(t, side) not in used] or [TRIED[-1]]
        if len(pairs) > SEARCHED or len(free) == 1:
            best = free[0]
        else:
            costs = dict(zip(free, board.costs(a, b, free, labels[i]), strict=True))
            best = min(free, key=lambda t: (costs[t], abs(t)))
        used.add(_sided(best, side))
        chosen[i] = best
        board.put(a, b, best, labels[i])
    return [None if t == 0 else {"type": "curvedCW" if t > 0 else "curvedCCW", "roundness": abs(t)} for t in chosen]


def _sided(bend: float, side: int) -> float:
    """A bend as seen from the pair's first node: the edge back bends to the other side by the same number."""
    index = TRIED.index(bend)
    return float(index if side > 0 or index == 0 else (index + 1 if index % 2 else index - 1))


def middle(a: tuple[float, float], b: tuple[float, float], bend: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the control point and the label's place of an edge, by vis-network 9.1.2's formula for curvedCW and curvedCCW."""
    dx, dy = b[0] - a[0], a[1] - b[1]
    reach = (0.5 * abs(bend) + 0.5) * math.hypot(dx, dy)
    angle = math.atan2(dy, dx) + (0.5 * bend + 0.5) * math.pi
    via = a[0] + reach * math.sin(angle), a[1] + reach * math.cos(angle)
    return via, (0.25 * a[0] + 0.5 * via[0] + 0.25 * b[0], 0.25 * a[1] + 0.5 * via[1] + 0.25 * b[1])


class _Board:
    """What lies where already: nodes with their labels, and the labels of edges put before."""

    def __init__(self, at: Sequence[tuple[int, int]], boxes: Sequence[tuple[float, float]], below: float) -> None:
        self.at = at
        self.nodes = np.array([(x, y + below) for x, y in at], dtype=float).reshape(-1, 2)
        self.half = np.array(boxes, dtype=float).reshape(-1, 2) / 2
        self.labels: list[tuple[float, float, float, float]] = []

    def costs(self, a: int, b: int, bends: Sequence[float], label: tuple[float, float]) -> list[float]:
        """Return what each of some bends of an edge would cost, its label put there."""
        vias, places = map(np.array, zip(*(middle(self.at[a], self.at[b], bend) for bend in bends), strict=True))
        width, height = label[0] / 2, label[1] / 2
        over = _overlap(places, width, height, self.nodes, self.half)
        if self.labels:
            put = np.array(self.labels)
            over += 1.5 * _overlap(places, width, height, put[:, :2], put[:, 2:])
        points = _EARLY * np.array(self.at[a]) + _MIDST * vias[:, None] + _LATE * np.array(self.at[b])
        across, down = (np.abs(points[:, :, axis, None] - self.nodes[:, axis]) < self.half[:, axis] for axis in (0, 1))
        inside = across & down
        inside[:, :, [a, b]] = False
        crossed = inside.any(1).sum(1)
        return [float(over[i]) + 160.0 * float(crossed[i]) + 120.0 * abs(bend) for i, bend in enumerate(bends)]

    def put(self, a: int, b: int, bend: float, label: tuple[float, float]) -> None:
        """Keep the label of an edge between two nodes that bends so far."""
        _, (x, y) = middle(self.at[a], self.at[b], bend)
        self.labels.append((x, y, label[0] / 2, label[1] / 2))


def _overlap(places: Floats, width: float, height: float, nodes: Floats, half: Floats) -> Floats:
    """How much of a box is covered by others in all, were it at each of some places."""
    gap = np.abs(nodes - places[:, None])
    across = np.minimum(half[:, 0] + width - gap[:, :, 0], 2 * min(width, 1e9))
    down = np.minimum(half[:, 1] + height - gap[:, :, 1], 2 * height)
    found: Floats = (np.clip(across, 0, None) * np.clip(down, 0, None)).sum(1)
    return found
