"""Boosted trees in numpy: what LightGBM made, without it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Places = NDArray[np.intp]  # what numpy looks up by; anything narrower it widens at each step
_HOPELESS = -3.5  # .03 as a probability; at -4 the 9,100 arguments of ten sets of articles are the same
Node = tuple[int, float, int, float]  # feature, threshold, left child, value
_EMPTY: Node = (0, 0.0, 0, 0.0)
_PLACES = ("feature", "left", "roots")


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as columns over all of their nodes; `roots[i]` is where tree i begins.

    The right child stands after the left one; a leaf is its own left child, and nothing is beyond its threshold.
    """

    feature: Places
    threshold: NDArray[np.float32]
    left: Places
    value: NDArray[np.float32]
    roots: Places
    depth: int

    @classmethod
    def of(cls, model: Any) -> Forest:
        """Return a LightGBM model's trees."""
        nodes: list[Node] = []
        roots, depths = [], []
        for tree in model.dump_model()["tree_info"]:
            roots.append(len(nodes))
            nodes.append(_EMPTY)
            depths.append(_flatten(tree["tree_structure"], roots[-1], nodes))
        feature, threshold, left, value = zip(*nodes, strict=True)
        return cls(
            np.array(feature, np.intp),
            np.array(threshold, np.float32),
            np.array(left, np.intp),
            np.array(value, np.float32),
            np.array(roots, np.intp),
            max(depths),
        )

    @classmethod
    def stored(cls, columns: Mapping[str, Any]) -> Forest:
        """Return the trees of some columns, as `columns` gives them."""
        places = {name: columns[name].astype(np.intp) for name in _PLACES}
        return cls(threshold=columns["threshold"], value=columns["value"], depth=int(columns["depth"]), **places)

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return what is to be stored of the trees, places in 32 bits."""
        found = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
        return found | {name: found[name].astype(np.int32) for name in _PLACES}

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """Return each row's probability. What a fifth of the trees holds hopeless goes no further: four rows of five."""
        first = len(self.roots) // 5
        raw = self._sums(rows, self.roots[:first])
        alive = np.flatnonzero(raw > _HOPELESS)
        if len(alive):
            raw[alive] += self._sums(rows[alive], self.roots[first:])
        return np.asarray(1.0 / (1.0 + np.exp(-raw)), dtype=np.float32)

    def _sums(self, rows: NDArray[np.float32], roots: Places) -> NDArray[np.float64]:
        flat = np.ascontiguousarray(rows).ravel()
        base = (np.arange(len(rows)) * rows.shape[1])[:, None]
        at = np.broadcast_to(roots, (len(rows), len(roots)))
        for _ in range(self.depth):
            beyond = flat.take(base + self.feature.take(at)) > self.threshold.take(at)
            at = self.left.take(at) + beyond
        return np.asarray(self.value.take(at).sum(axis=1, dtype=np.float64))


def _flatten(node: Mapping[str, Any], at: int, nodes: list[Node]) -> int:
    """Set a tree's nodes, the root at `at`, and return its depth."""
    if "leaf_value" in node and "split_feature" not in node:
        nodes[at] = (0, math.inf, at, node["leaf_value"])
        return 0
    left = len(nodes)
    nodes[at] = (node["split_feature"], node["threshold"], left, 0.0)
    nodes.extend((_EMPTY, _EMPTY))
    return 1 + max(_flatten(node["left_child"], left, nodes), _flatten(node["right_child"], left + 1, nodes))


def write_forest(path: Path, forest: Forest) -> None:
    """Write trees to an npz; the same ones give the same bytes."""
    np.savez_compressed(path, allow_pickle=False, **forest.columns())


def read_forest(path: Path) -> Forest:
    """Return the trees of an npz."""
    with np.load(path, allow_pickle=False) as found:
        return Forest.stored(found)
