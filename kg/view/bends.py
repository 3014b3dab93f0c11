"""How far each edge is bent: so that labels lie clear of each other and of the nodes, and parallel edges apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TRIED = (0.0, 0.12, -0.16, 0.24, -0.32, 0.36, -0.48, 0.5, -0.64)  # negative: the other side
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
        best = free[0] if len(pairs) > SEARCHED else min(free, key=lambda t: (board.cost(a, b, t, labels[i]), abs(t)))
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

    def cost(self, a: int, b: int, bend: float, label: tuple[float, float]) -> float:
        via, (x, y) = middle(self.at[a], self.at[b], bend)
        width, height = label[0] / 2, label[1] / 2
        over = _overlap(x, y, width, height, self.nodes[:, 0], self.nodes[:, 1], self.half[:, 0], self.half[:, 1]).sum()
        if self.labels:
            put = np.array(self.labels)
            over += 1.5 * _overlap(x, y, width, height, *put.T).sum()
        steps = np.linspace(0.1, 0.9, 9)[:, None]
        points = (1 - steps) ** 2 * np.array(self.at[a]) + 2 * steps * (1 - steps) * np.array(via) + steps**2 * np.array(self.at[b])
        inside = (np.abs(points[:, None, :] - self.nodes[None]) < self.half[None]).all(2)
        inside[:, [a, b]] = False
        return float(over) + 160.0 * float(inside.any(0).sum()) + 120.0 * abs(bend)

    def put(self, a: int, b: int, bend: float, label: tuple[float, float]) -> None:
        _, (x, y) = middle(self.at[a], self.at[b], bend)
        self.labels.append((x, y, label[0] / 2, label[1] / 2))


def _overlap(x: float, y: float, width: float, height: float, xs: Floats, ys: Floats, widths: Floats, heights: Floats) -> Floats:
    across = np.minimum(widths + width - np.abs(xs - x), 2 * min(width, 1e9))
    down = np.minimum(heights + height - np.abs(ys - y), 2 * height)
    found: Floats = np.clip(across, 0, None) * np.clip(down, 0, None)
    return found
