"""The network in numpy: which tokens belong to a course of action, and which properties hold between two things.

A token is embedded from its static vector, its context in ja_ginza's tok2vec, its lemma, tag and dependency, and the mention over it; two
layers look at its neighbours and at its head. Courses of action are read off the tokens; a pair is read off the tokens of two mentions, of
the words between them and on the path through the tree, and of their sentences. `training/relations.py` makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.learned.pairs import Pairs
from kg.learned.tokens import PROPERTIES, VECTORS, Floats, Ints, Tokens
from kg.model import Modality

WEIGHTS = Path(__file__).resolve().parent / "weights.npz"
MODALITIES = tuple(Modality)
CHUNK = 4096  # instances at a time
SCALE = 3.0  # of the static vectors, which are taken at length 1
EMBEDDED = ("lemma", "tag", "relation", "type", "form", "inside", "quoted")
LAYERS = ("1", "2")
_HASHED = ("lemma", "tag", "relation")
Params = dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What the network knows by sight: spaCy's hashes of lemmas, tags and dependencies. The place of each, from 1, is its id; 0 is unknown."""

    lemma: tuple[int, ...]
    tag: tuple[int, ...]
    relation: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the network says of pairs. `probability` has a row a pair: the smaller thing to the greater for each property, then back."""

    things: tuple[tuple[int, int], ...]
    probability: Floats
    modality: Floats  # pairs × MODALITIES, probabilities
    negation: Floats
    points: Ints  # pairs × 2: the heads of the mentions that stand nearest


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Weights and vocabulary."""

    vocabulary: Vocabulary
    params: Params
    vectors: Floats  # ja_ginza's, at length 1

    def ids(self, tokens: Tokens) -> dict[str, Ints]:
        """Return the rows of the embeddings that each token has."""
        known = _places(self.vocabulary)
        columns = {"lemma": tokens.lemmas, "tag": tokens.tags, "relation": tokens.relations}
        found = {name: np.array([known[name].get(key, 0) for key in columns[name].tolist()], np.int32) for name in _HASHED}
        return found | {"type": tokens.types, "form": tokens.forms, "inside": tokens.inside, "quoted": tokens.quoted}

    def encode(self, tokens: Tokens) -> Floats:
        """Return a row a token."""
        p, ids = self.params, self.ids(tokens)
        first = len(p["vectors"][0])
        parts = [tokens.context @ p["context"], tokens.frames @ p["frames"], *(p[name][ids[name]] for name in EMBEDDED)]
        rows = np.concatenate(parts, 1) @ p["w0"][first:] + p["b0"]
        rows += _static(self)[tokens.vectors]
        rows = relu(rows)
        for layer in LAYERS:
            rows = layered(p, rows, tokens.heads, layer)
        return rows

    def courses(self, rows: Floats, heads: Ints) -> Floats:
        """Return tokens × 3: the probabilities that a token is within a course of action, opens one, ends one."""
        return _sigmoid(layered(self.params, rows, heads, "3") @ self.params["ws"] + self.params["bs"])

    def scores(self, rows: Floats, tokens: Tokens, pairs: Pairs) -> Scores:
        """Return what holds between the things of each pair."""
        p = self.params
        count = len(pairs)
        if not count:
            empty = np.zeros((0, 1), np.float32)
            return Scores((), empty, empty, empty, np.zeros((0, 2), np.int32))
        starts = np.flatnonzero(np.diff(tokens.sentences, prepend=-1))
        sentences = np.maximum.reduceat(rows, starts)
        rows = np.concatenate((rows, np.zeros_like(rows[:1])))  # the last one, place -1, is nothing: no row is below 0
        hidden = np.concatenate([self._hidden(rows, sentences, pairs, slice(at, at + CHUNK)) for at in range(0, count, CHUNK)])
        logits = np.where(pairs.allowed, hidden @ p["wo"] + p["bo"], -30)
        back = pairs.left > pairs.right
        logits[back] = np.roll(logits[back], len(PROPERTIES), 1)
        first = np.full(int(pairs.pair.max()) + 1, count)
        np.minimum.at(first, pairs.pair, np.arange(count))
        best = np.full((len(first), logits.shape[1]), -30, np.float32)
        np.maximum.at(best, pairs.pair, logits)
        firm = hidden[first] @ p["wm"] + p["bm"]
        things = tuple((min(a, b), max(a, b)) for a, b in zip(pairs.left[first].tolist(), pairs.right[first].tolist(), strict=True))
        return Scores(things, _sigmoid(best), softmax(firm[:, :-1]), _sigmoid(firm[:, -1]), pairs.points[first, :2])

    def _hidden(self, rows: Floats, sentences: Floats, pairs: Pairs, part: slice) -> Floats:
        p = self.params
        between = rows.take(np.where(pairs.is_between[part], pairs.between[part], -1).T, axis=0)  # by place: so pairs are added up at once
        path = rows.take(np.where(pairs.is_path[part], pairs.path[part], -1).T, axis=0)
        mean = between.sum(0) / (pairs.is_between[part].sum(1, dtype=np.float32)[:, None] + 1)  # by whole numbers all would be of double width
        ends = [table[places].reshape(len(mean), -1) for table, places in ((rows, pairs.points[part]), (sentences, pairs.sentences[part]))]
        given = np.concatenate((ends[0], between.max(0), mean, path.max(0), ends[1], pairs.features[part]), 1)
        hidden = relu(given @ p["w1"] + p["b1"])
        return hidden + relu(hidden @ p["w2"] + p["b2"])

    def write(self, path: Path) -> None:
        """Write weights in half precision and the vocabulary to an npz."""
        table: dict[str, Any] = {f"v_{name}": np.array(getattr(self.vocabulary, name), np.uint64) for name in _HASHED}
        table |= {f"p_{name}": values.astype(np.float16) for name, values in self.params.items()}
        np.savez_compressed(path, **table)


@lru_cache(maxsize=1)
def _static(network: Network) -> Floats:
    return brought(network.params, network.vectors)


def brought(p: Params, vectors: Floats) -> Floats:
    """Return what each static vector brings to a token's row; the last row, place -1, brings nothing."""
    scaled: Floats = vectors * np.float32(SCALE)
    rows: Floats = np.asarray(scaled @ p["vectors"] @ p["w0"][: len(p["vectors"][0])], np.float32)
    return np.concatenate((rows, np.zeros_like(rows[:1])))


@lru_cache(maxsize=1)
def _places(vocabulary: Vocabulary) -> dict[str, dict[int, int]]:
    return {name: {key: place for place, key in enumerate(getattr(vocabulary, name), start=1)} for name in _HASHED}


@cache
def load_network() -> Network:
    """Return the network that ships with the program."""
    return read_network(WEIGHTS)


def read_network(path: Path) -> Network:
    """Return the network of an npz."""
    with np.load(path, allow_pickle=False) as found:
        vocabulary = Vocabulary(*(tuple(found[f"v_{name}"].tolist()) for name in _HASHED))
        params = {name.removeprefix("p_"): found[name].astype(np.float32) for name in found.files if name.startswith("p_")}
    return Network(vocabulary, params, static_vectors())


@cache
def static_vectors() -> Floats:
    """Return ja_ginza's static vectors at length 1."""
    from kg.parse import load

    vectors: Floats = load().vocab.vectors.data[:VECTORS]
    long: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return long


def layered(p: Params, rows: Floats, heads: Ints, layer: str) -> Floats:
    """Return each token's row once it has looked at its neighbours, then at its head."""
    nothing = np.zeros((1, rows.shape[1]), np.float32)
    window = np.concatenate((np.concatenate((nothing, rows[:-1])), rows, np.concatenate((rows[1:], nothing))), 1)
    rows = rows + relu(window @ p["c" + layer] + p["d" + layer])
    return rows + relu(np.concatenate((rows, rows[heads]), 1) @ p["h" + layer] + p["g" + layer])


def relu(rows: Floats) -> Floats:
    """Return rows without what is below 0, in their place."""
    return np.maximum(rows, 0, out=rows)


def _sigmoid(values: Floats) -> Floats:
    return np.float32(1) / (np.float32(1) + np.exp(-values))


def softmax(values: Floats) -> Floats:
    """Return probabilities, a row each."""
    raised: Floats = np.exp(values - values.max(1, keepdims=True))
    share: Floats = raised / raised.sum(1, keepdims=True)
    return share
