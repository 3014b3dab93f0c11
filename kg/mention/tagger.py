"""A linear-chain CRF run by numpy. Its weights come from training/names.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.mention.features import BAG, NEAR, OFFSETS, Clusters, around, beside, far, of_forms, of_tags, own, pair, place, quoted, run, runs
from kg.mention.units import Unit, shape

if TYPE_CHECKING:
    from spacy.vocab import Vocab

WEIGHTS = Path(__file__).with_name("weights.npz")
TYPES = ("Organization", "Person", "Place", "Product")
Rows = tuple[int, ...]
_KEPT = 30_000  # units whose sums are kept: 14 MB
_SUMS = 3 + len(OFFSETS)  # rows of 17 floats a unit: of itself, as a neighbour, at a distance to the left and to the right
_BATCH = 800  # units that are labelled at once, if no sentence alone has more
_NEIGHBOURS = (
    *((offset, part) for part, offset in enumerate(OFFSETS, 1)),
    *((-distance, _SUMS - 2) for distance in range(NEAR + 1, BAG + 1)),
    *((distance, _SUMS - 1) for distance in range(NEAR + 1, BAG + 1)),
)  # where a neighbour stands, and which of its sums counts there
_PAIRS = 50_000  # pairs of neighbours whose rows are kept


class Tagger:
    """Labels the units of a sentence: O, or B-, I-, E-, S- with one of the four types."""

    def __init__(self, path: Path, vocab: Vocab) -> None:
        with np.load(path, allow_pickle=False) as saved:
            self.labels: list[str] = saved["labels"].tolist()
            counts = np.diff(saved["row"])
            weights = np.zeros((1 + len(counts) + _SUMS * _KEPT, len(self.labels)), "float32")
            weights[1 + np.repeat(np.arange(len(counts)), counts), saved["col"]] = saved["val"]
            self.transitions = saved["trans"].astype("float32")
            self._rows = {name: i for i, name in enumerate(saved["attrs"].tobytes().decode().split("\0"), 1)}  # row 0 weighs nothing
            self._clusters = clusterer(vocab, saved["clusters"])
        self._weights = weights
        self._first = self._next = 1 + len(counts)
        self._sums: dict[Unit, int] = {}
        self._pairs: dict[tuple[int, int], tuple[Rows, Rows]] = {}
        self._tags = lru_cache(_KEPT)(lambda *tags: self._rows.get(of_tags(*tags)))
        self._forms = lru_cache(_KEPT)(lambda *forms: self._rows.get(of_forms(*forms)))
        self._places = lru_cache(1_000)(lambda behind, ahead, tag: self._of(place(behind, ahead, tag)))
        self._types = np.array([[label[2:] == name for name in TYPES] for label in self.labels], "float64")

    def label(self, sentences: Sequence[Sequence[Unit]]) -> list[list[str]]:
        """Return the best sequence of labels of each sentence; no sentence is empty."""
        return [labels for batch in _batches(sentences) for labels in self._best(self._emissions(batch))]

    def weigh(self, sentences: Sequence[Sequence[Unit]]) -> Iterator[tuple[list[str], NDArray[np.float64]]]:
        """Yield for each sentence the best labels, and for each of its units the probability of each of TYPES."""
        for batch in _batches(sentences):
            emissions = self._emissions(batch)
            for labels, weights in zip(self._best(emissions), _marginals(emissions, self.transitions), strict=True):
                yield labels, weights @ self._types

    def knows(self, word: str) -> bool:
        """Whether the word has a vector: common words have, new names have none."""
        return bool(self._clusters(word))

    def _of(self, features: Iterable[str]) -> Rows:
        """Return the rows of the features that have weights."""
        return tuple(filter(None, map(self._rows.get, features)))

    def _emissions(self, batch: Sequence[Sequence[Unit]]) -> list[NDArray[np.float32]]:
        """Sum the weights of each unit's features: kept sums of itself and its neighbours, and what hangs on several units."""
        units = [unit for sentence in batch for unit in sentence]
        sums = self._kept(units)
        ends = list(accumulate(map(len, batch)))
        rows: list[int] = []
        starts: list[int] = []
        for sentence, end in zip(batch, ends, strict=True):
            self._wide(sentence, sums[end - len(sentence) : end], rows, starts)
        scores: NDArray[np.float32] = np.add.reduceat(self._weights[rows], starts, 0)
        lengths = np.array([len(sentence) for sentence in batch])
        at = np.arange(len(units)) + BAG * (1 + np.repeat(np.arange(len(batch)), lengths))  # BAG nothings before, between and after the sentences
        padded = np.zeros(len(units) + BAG * (1 + len(batch)), "int64")
        padded[at] = sums
        for offset, part in _NEIGHBOURS:
            near = padded[at + offset]
            scores += self._weights[np.where(near, near + part, 0)]
        return np.split(scores, ends[:-1])

    def _wide(self, units: Sequence[Unit], sums: Sequence[int], rows: list[int], starts: list[int]) -> None:
        """Append for each unit the rows of its own sum and of the features that hang on several units of the sentence."""
        get, pairs, count = self._rows.get, self._pairs, len(units)
        shared: list[Rows] = []
        for first, last in runs(units):
            found = self._of(run(units, first, last))
            tag = units[last].tag
            shared += [self._places(i - first, last - i, tag if i < last else "") + found for i in range(first, last + 1)]
        for first, last, features in quoted(units):
            found = self._of(features)
            for i in range(first, last + 1):
                shared[i] += found
        words, tags = ["^", *(unit.surface for unit in units), "$"], ["^", *(unit.tag for unit in units), "$"]
        forms = ["^", *map(shape, words[1:-1]), "$"]
        three = zip(words, words[2:], map(self._tags, tags, tags[1:], tags[2:]), map(self._forms, forms, forms[1:], forms[2:]), strict=False)
        right = pairs.get((0, sums[0])) or self._pair(None, units[0], (0, sums[0]))
        for i, (unit, (word, next_word, *rest)) in enumerate(zip(units, three, strict=True)):
            left, here = right[1], sums[i]
            after, there = (units[i + 1], sums[i + 1]) if i + 1 < count else (None, 0)
            right = pairs.get((here, there)) or self._pair(unit, after, (here, there))
            starts.append(len(rows))
            rows.append(here)
            rows += shared[i]
            rows += left
            rows += right[0]
            rows += filter(None, (get(around(word, next_word)), *rest))

    def _pair(self, a: Unit | None, b: Unit | None, at: tuple[int, int]) -> tuple[Rows, Rows]:
        if len(self._pairs) >= _PAIRS:
            self._pairs.clear()
        first, second = pair(a, b)
        self._pairs[at] = found = (self._of(first), self._of(second))
        return found

    def _kept(self, units: Sequence[Unit]) -> list[int]:
        """Return for each unit the row that sums its own features; the next ones sum it as a neighbour at OFFSETS, and far to the left and right."""
        if self._next + _SUMS * len(units) > len(self._weights):
            self._sums, self._pairs, self._next = {}, {}, self._first
        known = self._sums
        new = [unit for unit in dict.fromkeys(units) if unit not in known]
        rows: list[int] = []
        starts: list[int] = []
        for unit in new:
            near = (beside(unit, offset, self._clusters) for offset in OFFSETS)
            for part in (own(unit, self._clusters), *near, far(unit, "L"), far(unit, "R")):
                starts.append(len(rows))
                rows += self._of(part) or (0,)
        if new:
            begin, self._next = self._next, self._next + len(starts)
            self._weights[begin : self._next] = np.add.reduceat(self._weights[rows], starts, 0)
            known.update(zip(new, range(begin, self._next, _SUMS), strict=True))
        return [known[unit] for unit in units]

    def _best(self, emissions: Sequence[NDArray[np.float32]]) -> list[list[str]]:
        """Viterbi on all sentences at once."""
        order, rows, going = _abreast(emissions)
        paths: list[NDArray[np.float32]] = []  # of each step: label before, sentence, label
        score = rows[0]
        for row, count in zip(rows[1:], going[1:], strict=True):
            paths.append(score[:count].T[:, :, None] + self.transitions[:, None])
            score[:count] = paths[-1].max(0) + row[:count]
        at = score.argmax(1)
        found = np.empty(rows.shape[:2], "int64")
        for step in range(len(paths), 0, -1):
            count = going[step]
            found[step, :count] = at[:count]
            at[:count] = paths[step - 1][:, np.arange(count), at[:count]].argmax(0)
        found[0] = at
        labels, result = self.labels, [list[str]()] * len(order)
        for column, i in enumerate(order):
            result[i] = [labels[number] for number in found[: len(emissions[i]), column].tolist()]
        return result


def _batches(sentences: Iterable[Sequence[Unit]]) -> Iterator[list[Sequence[Unit]]]:
    batch: list[Sequence[Unit]] = []
    count = 0
    for sentence in sentences:
        if batch and count + len(sentence) > _BATCH:
            yield batch
            batch, count = [], 0
        batch.append(sentence)
        count += len(sentence)
    if batch:
        yield batch


def _abreast(emissions: Sequence[NDArray[np.float32]]) -> tuple[list[int], NDArray[np.float32], list[int]]:
    """Return the sentences, the longest first, their scores by step, sentence and label, and how many go on at each step: the first ones."""
    order = sorted(range(len(emissions)), key=lambda i: -len(emissions[i]))
    lengths = np.array([len(emissions[i]) for i in order])
    rows = np.zeros((lengths[0], len(order), emissions[0].shape[1]), "float32")
    for column, i in enumerate(order):
        rows[: len(emissions[i]), column] = emissions[i]
    return order, rows, (lengths > np.arange(lengths[0])[:, None]).sum(1).tolist()


def _marginals(emissions: Sequence[NDArray[np.float32]], transitions: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """Forward and backward on all sentences at once, each step scaled to sum 1."""
    order, rows, going = _abreast(emissions)
    scores = np.exp(rows.astype("float64") - rows.max(2, keepdims=True))
    steps = np.exp(transitions.astype("float64"))
    forward, backward = scores.copy(), np.ones_like(scores)
    for i, count in enumerate(going):
        row = forward[i, :count]
        if i:
            row *= forward[i - 1, :count] @ steps
        row /= row.sum(1, keepdims=True)
    for i in range(len(scores) - 1, 0, -1):
        count = going[i]
        row = (scores[i, :count] * backward[i, :count]) @ steps.T
        np.divide(row, row.sum(1, keepdims=True), out=backward[i - 1, :count])
    both = forward * backward
    both /= both.sum(2, keepdims=True)
    result = [both[:0, 0]] * len(order)
    for column, i in enumerate(order):
        result[i] = both[: len(emissions[i]), column]
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
