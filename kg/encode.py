"""ja_ginza's tok2vec in plain numpy: the same vectors from less than half the work, for two thirds of the time of a parse go into it.

- A word's embedding hangs on nothing but the word, and so do its products with the first layer's matrices: they are found once.
- Thinc sets 8 rows of padding between two texts and takes all of them through all 8 layers. Yet layer k of 8 asks for no more
  than 8 - k rows off a text, and a row further off than k holds what padding alone gives, the same at every text.
- A layer looks at each row with its two neighbours. Four rows side by side take twelve products of a row with a matrix, or six by
  Winograd's minimal filtering, F(4, 3): https://arxiv.org/abs/1509.09308.

The vectors differ from Thinc's in the sixth decimal, the parses do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

Floats = NDArray[np.float32]
PIECES = 3  # of a maxout
FOUR, SIX = 4, 6  # rows that are found at once, and rows that they hang on
_KEPT = 10_000  # words that are kept, 10 kB each
_STRETCH = 1 << 14  # numbers that are added up at once: all of a layer at once take twice as long
_NOTHING = 0  # the place of what is no word
_OWN, _SEEN = np.arange(FOUR)[:, None], np.arange(-1, FOUR + 1)[:, None]
# Winograd's: six rows and three matrices to six of each, and their six products to four rows.
_ROWS = np.array(
    (
        (4, 0, -5, 0, 1, 0),
        (0, -4, -4, 1, 1, 0),
        (0, 4, -4, -1, 1, 0),
        (0, -2, -1, 2, 1, 0),
        (0, 2, -1, -2, 1, 0),
        (0, 4, 0, -5, 0, 1),
    ),
    np.float32,
)
_MATRICES = np.array(((6, 0, 0), (-4, -4, -4), (-4, 4, -4), (1, 2, 4), (1, -2, 4), (0, 0, 24))) / 24
_PRODUCTS = np.array(((1, 1, 1, 1, 1, 0), (0, 1, -1, 2, -2, 0), (0, 1, 1, 4, 4, 0), (0, 1, -1, 8, -8, 1)), np.float32)
_IN_ALL = 1  # the product that each of the four rows holds once


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A window of three rows, a maxout and a layer norm."""

    weights: Floats  # pieces × 6 × width × width
    bias: Floats  # pieces × width
    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return 4 × n × width: what the layer gives for the four rows in the midst of each six, `rows` being 6 × n × width."""
        asked = _mixed(_ROWS, rows)
        best = self._piece(asked, 0)
        for number in range(1, PIECES):  # a piece at a time stays within the processor's cache
            np.maximum(best, self._piece(asked, number), out=best)
        return self.normal(best)

    def _piece(self, asked: Floats, number: int) -> Floats:
        products: Floats = np.matmul(asked, self.weights[number])
        products[_IN_ALL] += self.bias[number]
        return _mixed(_PRODUCTS, products)

    def normal(self, rows: Floats) -> Floats:
        """Return the rows scaled to mean and deviation of the layer, in place."""
        mean = np.full((len(self.scale), 1), 1 / len(self.scale), np.float32)
        rows -= rows @ mean
        rows *= (np.square(rows) @ mean + np.float32(1e-8)) ** np.float32(-0.5)
        rows *= self.scale
        rows += self.shift
        return rows


def _mixed(parts: Floats, rows: Floats) -> Floats:
    """Sums of rows, `parts` of each; of long ones a stretch at a time, for the processor's cache to hold."""
    flat = rows.reshape(len(rows), -1)
    mixed = np.empty((len(parts), flat.shape[1]), np.float32)
    for begin in range(0, flat.shape[1], _STRETCH):
        stretch = slice(begin, begin + _STRETCH)
        np.matmul(parts, flat[:, stretch], out=mixed[:, stretch])
    return mixed.reshape(len(parts), *rows.shape[1:])


def faster(model: Model[Any, Any]) -> Model[Any, Any]:
    """Return a model that predicts, and only predicts, what a tok2vec of spaCy's MultiHashEmbed and MaxoutWindowEncoder does."""
    encoder = Encoder(model)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], None]:
        return encoder(docs), None

    return Model("encoder", forward, dims={"nO": model.get_dim("nO")})


class Encoder:
    """The vectors of a batch of Docs, as the model that it is made of predicts them."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Take over the weights; the window must be one of three rows."""
        embed, encode = model.layers
        blocks = encode.layers[0].layers
        self._layers = [_layer(block) for block in blocks]
        self._words = _Words(embed, _matrices(blocks[0]), self._layers[0].bias)
        self._padding = [np.zeros(self._layers[0].scale.shape, np.float32)]
        for layer in self._layers:
            last = self._padding[-1]
            self._padding.append(last + layer(np.tile(last, (SIX, 1, 1)))[0, 0])

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return an array a Doc, a row a token."""
        depth, margin = len(self._layers), len(self._layers) // 2 + 2
        lengths = np.array([len(doc) for doc in docs])
        ends = np.cumsum(lengths + 2 * margin) - margin
        off = np.concatenate([*(_off(length, margin) for length in lengths), np.full(FOUR, margin)])  # the last four may go on past the end
        places = np.full(len(off), _NOTHING)
        places[off == 0] = self._words.places(docs)
        rows = self._words.vectors[places]
        near_by = np.flatnonzero(off <= 1)
        rows[near_by] += self._layers[0].normal(self._words.first(places, near_by))
        rows[off > 1] = self._padding[1]
        for number, layer in enumerate(self._layers[1:], start=2):
            near = min(number, depth - number)
            begins = _fours(ends - lengths - near, lengths + 2 * near)
            seen = rows.take(begins + _SEEN, axis=0)
            made = layer(seen)
            made += seen[1:-1]
            rows[begins + _OWN] = made
            if number < depth // 2:
                rows[off > number] = self._padding[number]
        return [rows[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]


class _Words:
    """What hangs on a word alone: its embedding, and its products with the three matrices of the first layer."""

    def __init__(self, embed: Model[Any, Any], matrices: Floats, bias: Floats) -> None:
        self._embed, self._matrices, self._bias = embed, matrices, bias
        self._clear(_KEPT)

    def _clear(self, size: int) -> None:
        self._known: dict[int, int] = {}  # places of words, by orth
        self.vectors = np.empty((1 + size, self._matrices.shape[1]), np.float32)
        self._products = np.empty((3, 1 + size, self._matrices.shape[2]), np.float32)
        self.vectors[_NOTHING] = self._products[:, _NOTHING] = 0

    def places(self, docs: Sequence[Doc]) -> NDArray[np.intp]:
        """Return where the words of some Docs are kept, one after the other."""
        words, at = np.unique(np.concatenate([doc.to_array("ORTH") for doc in docs]), return_inverse=True)
        found: NDArray[np.intp] = np.array(self._placed(docs[0].vocab, words.tolist()), np.intp)[at]
        return found

    def _placed(self, vocab: Vocab, words: list[int]) -> list[int]:
        new = [word for word in words if word not in self._known]
        if new and len(self._known) + len(new) >= len(self.vectors):
            self._clear(max(_KEPT, len(words)))
            new = words
        if new:
            first = 1 + len(self._known)
            last = first + len(new)
            (self.vectors[first:last],) = self._embed.predict([Doc(vocab, words=[vocab.strings[word] for word in new])])
            np.matmul(self.vectors[first:last], self._matrices, out=self._products[:, first:last])
            self._known.update(zip(new, range(first, last), strict=True))
        return [self._known[word] for word in words]

    def first(self, places: NDArray[np.intp], at: NDArray[np.intp]) -> Floats:
        """Return the first layer's maxout at some rows."""
        made = self._products[0].take(places[at - 1], axis=0)
        made += self._products[1].take(places[at], axis=0)
        made += self._products[2].take(places[at + 1], axis=0)
        pieces = made.reshape(len(at), *self._bias.shape)
        pieces += self._bias
        best: Floats = pieces.max(axis=1)
        return best


def _layer(block: Model[Any, Any]) -> Layer:
    maxout, norm = _node(block, "maxout"), _node(block, "layernorm")
    weights, bias = _numbers(maxout, "W"), _numbers(maxout, "b")
    outputs, pieces, inputs = weights.shape
    if pieces != PIECES or inputs != 3 * outputs:
        raise ValueError(f"a maxout of {pieces} pieces over {inputs / outputs:g} rows: 3 and 3 wanted")
    six = np.einsum("ks,opsi->pkio", _MATRICES, weights.reshape(outputs, pieces, 3, outputs))
    return Layer(np.ascontiguousarray(six, np.float32), np.ascontiguousarray(bias.T), _numbers(norm, "G"), _numbers(norm, "b"))


def _matrices(block: Model[Any, Any]) -> Floats:
    """A layer's matrices for the row before, the row itself and the row after: 3 × width × (pieces × width)."""
    weights = _numbers(_node(block, "maxout"), "W")
    outputs, pieces, _ = weights.shape
    return np.ascontiguousarray(weights.reshape(outputs, pieces, 3, outputs).transpose(2, 3, 1, 0)).reshape(3, outputs, -1)


def _node(block: Model[Any, Any], name: str) -> Model[Any, Any]:
    return next(node for node in block.walk() if node.name == name)


def _numbers(node: Model[Any, Any], name: str) -> Floats:
    return np.asarray(node.get_param(name), np.float32)


def _off(length: int, margin: int) -> NDArray[np.intp]:
    """How far each row of a text with its margins is off the text."""
    near = np.arange(1, margin + 1)
    return np.concatenate([near[::-1], np.zeros(length, np.intp), near])


def _fours(begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each four begins of those that cover some stretches."""
    counts = -(-lengths // FOUR)
    before = np.cumsum(counts) - counts
    found: NDArray[np.intp] = np.repeat(begins - FOUR * before, counts) + FOUR * np.arange(counts.sum())
    return found
