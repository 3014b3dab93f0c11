"""A linear-chain CRF run by numpy. Its weights come from training/names.py."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.mention.features import OFFSETS, Clusters, around, beside, far, own, reach
from kg.mention.units import Unit

if TYPE_CHECKING:
    from spacy.vocab import Vocab

WEIGHTS = Path(__file__).with_name("weights.npz")
TYPES = ("Organization", "Person", "Place", "Product")
_KEPT = 30_000  # units whose sums are kept: 7 rows of 17 floats each, 14 MB


class Sums(NamedTuple):
    """Rows of the weights that hold the sums for one unit: of itself, as a neighbour at each of OFFSETS, at a distance."""

    own: int
    beside: tuple[int, ...]
    left: int
    right: int


class Tagger:
    """Labels the units of a sentence: O, or B-, I-, E-, S- with one of the four types."""

    def __init__(self, path: Path, vocab: Vocab) -> None:
        with np.load(path, allow_pickle=False) as saved:
            self.labels: list[str] = saved["labels"].tolist()
            counts = np.diff(saved["row"])
            weights = np.zeros((len(counts), len(self.labels)), "float32")
            weights[np.repeat(np.arange(len(counts)), counts), saved["col"]] = saved["val"]
            self.transitions = saved["trans"].astype("float32")
            self._index = {name: i for i, name in enumerate(saved["attrs"].tobytes().decode().split("\0"))}
            self._clusters = clusterer(vocab, saved["clusters"])
        self._zero = len(counts)  # a row without weights
        self._first = self._next = len(counts) + 1
        self._weights = np.concatenate([weights, np.zeros((7 * _KEPT + 1, len(self.labels)), "float32")])
        self._sums: dict[Unit, Sums] = {}
        self._types = np.array([[label[2:] == name for name in TYPES] for label in self.labels], "float64")

    def label(self, units: Sequence[Unit]) -> list[str]:
        """Return the best sequence of labels."""
        return self._best(self._emissions(units))

    def weigh(self, units: Sequence[Unit]) -> tuple[list[str], NDArray[np.float64]]:
        """Return the best labels, and for each unit the probability of each of TYPES."""
        emissions = self._emissions(units)
        return self._best(emissions), _marginals(emissions, self.transitions) @ self._types

    def knows(self, word: str) -> bool:
        """Whether the word has a vector: common words have, new names have none."""
        return bool(self._clusters(word))

    def _emissions(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Sum the weights of each unit's features; those that hang on one unit alone are summed once and kept."""
        if self._next + 7 * len(units) > len(self._weights):
            self._sums, self._next = {}, self._first
        self._keep([unit for unit in dict.fromkeys(units) if unit not in self._sums])
        kept, index, count = [self._sums[unit] for unit in units], self._index.get, len(units)
        lefts, rights = [sums.left for sums in kept], [sums.right for sums in kept]
        rows: list[int] = []
        starts: list[int] = []
        for i, wide in enumerate(around(units)):
            starts.append(len(rows))
            rows.append(kept[i].own)
            rows += [kept[i + offset].beside[at] for at, offset in enumerate(OFFSETS) if 0 <= i + offset < count]
            left, right = reach(count, i)
            rows += filter(None, lefts[left.start : left.stop])
            rows += filter(None, rights[right.start : right.stop])
            rows += [row for row in map(index, wide) if row is not None]
        scores: NDArray[np.float32] = np.add.reduceat(self._weights[rows], starts, 0)
        return scores

    def _keep(self, units: Sequence[Unit]) -> None:
        """Sum the weights of what hangs on each unit alone, all in one step."""
        get, clusters = self._index.get, self._clusters
        rows: list[int] = []
        starts: list[int] = []
        first = at = self._next
        for unit in units:
            wide, near = far(unit, "L"), tuple(beside(unit, offset, clusters) for offset in OFFSETS)
            parts = (own(unit, clusters), *near, *((wide, far(unit, "R")) if wide else ()))
            for part in parts:
                starts.append(len(rows))
                rows += [row for row in map(get, part) if row is not None] or [self._zero]
            left, right = (at + 1 + len(near), at + 2 + len(near)) if wide else (0, 0)
            self._sums[unit] = Sums(at, tuple(range(at + 1, at + 1 + len(near))), left, right)
            at += len(parts)
        if starts:
            self._weights[first:at] = np.add.reduceat(self._weights[rows], starts, 0)
        self._next = at

    def _best(self, emissions: NDArray[np.float32]) -> list[str]:
        score, back = emissions[0], []
        for row in emissions[1:]:
            paths = score[:, None] + self.transitions
            back.append(paths.argmax(0))
            score = paths.max(0) + row
        at = int(score.argmax())
        found = [self.labels[at]]
        for pointer in reversed(back):
            at = int(pointer[at])
            found.append(self.labels[at])
        return found[::-1]


def _marginals(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.float64]:
    """Forward and backward, each step scaled to sum 1."""
    scores = np.exp(emissions.astype("float64") - emissions.max(1, keepdims=True))
    steps = np.exp(transitions.astype("float64"))
    forward, backward = np.empty_like(scores), np.ones_like(scores)
    forward[0] = scores[0] / scores[0].sum()
    for i in range(1, len(scores)):
        row = (forward[i - 1] @ steps) * scores[i]
        forward[i] = row / row.sum()
    for i in range(len(scores) - 2, -1, -1):
        row = steps @ (scores[i + 1] * backward[i + 1])
        backward[i] = row / row.sum()
    both = forward * backward
    result: NDArray[np.float64] = both / both.sum(1, keepdims=True)
    return result


def clusterer(vocab: Vocab, table: NDArray[Any]) -> Clusters:
    """Return the look-up of a word's clusters. `table` has a row for each of the vocabulary's vectors, a column a clustering."""
    rows = vocab.vectors.key2row
    names = [tuple(f"K{column}={number}" for column, number in enumerate(row)) for row in table.tolist()]

    @lru_cache(_KEPT)
    def clusters(word: str) -> Sequence[str]:
        row = rows.get(vocab.strings[word], -1)
        return names[row] if 0 <= row < len(names) else ()

    return clusters
