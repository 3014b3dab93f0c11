"""Train the network that corrects mentions: training/mentions.py OUT.npz [--held N] [--epochs N].

It learns from articles/, whose every mention is marked, beside what the recognizer and the rules find in them: neither has seen those texts.
With --held, one article in N is kept out, and the names found in it are counted. Needs jax and optax besides the program's own libraries.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from descent import Params, Task, descend
from numpy.typing import NDArray
from passages import ARTICLES, Passage, parsed, read
from relations import filled, form_of, layered

from kg.learned.names import EMBEDDED, KINDS, LABELS, LAYERS, Names, Vocabulary, names, told
from kg.learned.network import SCALE, static_vectors
from kg.learned.tokens import WIDTH, Tokens
from kg.mention import is_common, mentions
from kg.model import EntityClass, Form, Mention
from kg.parse import Article, load

Batch = dict[str, NDArray[np.generic]]
TOKENS = 2048  # of a batch, at most
WIDE = 64
INPUTS = {
    "lemma": 24,
    "tag": 12,
    "relation": 8,
    "type": 8,
    "form": 4,
    "inside": 4,
    "quoted": 4,
    "first": 12,
    "last": 12,
    "opens": 4,
    "closes": 4,
    "length": 4,
}
UNTOLD = -1  # the tag of a token that is marked by a common word (市, 会社): nothing is learned from it
RARE = 4  # a lemma or letter met less often is unknown
DROPPED = {"lemma": 0.3, "first": 0.3, "last": 0.3}  # shares of the inputs left out while learning; of the others:
OTHERS, CONTEXT, VECTORS, ROWS = 0.1, 0.3, 0.2, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """An article, what was found in it, and the tag that each token should have."""

    article: Article
    found: tuple[Mention, ...]
    tokens: Tokens
    tags: NDArray[np.int32]
    marked: frozenset[tuple[int, int, EntityClass, Form]]


def main() -> None:
    args = _arguments()
    samples = [sample(p, a) for p, a in parsed(read(ARTICLES))]
    held = [s for i, s in enumerate(samples) if args.held and i % args.held == 0]
    learned = [s for i, s in enumerate(samples) if not args.held or i % args.held]
    fit(learned, held, args.epochs, args.seed).write(args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def sample(passage: Passage, article: Article) -> Sample:
    """Return an article with its tags: of names, roles and unnamed sources, not of 同社."""
    found = mentions(passage.text, load())
    tokens = told(article, found)
    words = [(*s.span(t.i, t.i), t.tag_) for s in article.sentences for t in s.doc]
    tags = np.zeros(len(tokens), np.int32)
    marked = set()
    for mark in passage.marks:
        form = Form.ROLE if mark.type == EntityClass.UNNAMED_SOURCE else form_of(passage, mark, words)
        if mark.type == EntityClass.STRATEGY or form is Form.ANAPHOR:
            continue
        rows = np.flatnonzero((tokens.begins < mark.end) & (tokens.ends > mark.begin) & (tokens.ends > tokens.begins))
        if form is Form.NAME and is_common(passage.name(mark)):
            tags[rows] = UNTOLD
            continue
        kind = (EntityClass(mark.type), form)
        marked.add((mark.begin, mark.end, *kind))
        if len(rows):
            rows = rows[tokens.sentences[rows] == tokens.sentences[rows[0]]]
            tags[rows] = 2 + 2 * KINDS.index(kind)
            tags[rows[0]] -= 1
    return Sample(article, found, tokens, tags, frozenset(marked))


def vocabulary_of(samples: Sequence[Sample]) -> Vocabulary:
    """Return the lemmas and letters that are met often enough, and all tags and dependencies."""
    counts = [Counter(key for s in samples for key in getattr(s.tokens, name).tolist()) for name in ("lemmas", "tags", "relations")]
    words = (s.article.document.text[b:e] for s in samples for b, e in zip(s.tokens.begins.tolist(), s.tokens.ends.tolist(), strict=True) if e > b)
    counts.append(Counter(ord(letter) for word in words for letter in sorted({word[0], word[-1]})))
    return Vocabulary(*(tuple(sorted(k for k, n in c.items() if k and n >= least)) for c, least in zip(counts, (RARE, 1, 1, RARE), strict=True)))


def batches(samples: Sequence[Sample], order: Sequence[int]) -> Iterator[list[int]]:
    """Yield the samples, by number, that fit into a batch together."""
    batch: list[int] = []
    full = 0
    for number in order:
        size = len(samples[number].tags)
        if size > TOKENS:
            raise ValueError(f"article {number} has {size} tokens, wanted at most {TOKENS}")
        if full + size > TOKENS:
            yield batch
            batch, full = [], 0
        batch.append(number)
        full += size
    if batch:
        yield batch


def collate(samples: Sequence[Sample], numbers: Sequence[int], network: Names) -> Batch:
    """Return the arrays of several samples behind one another, filled up to one size."""
    columns: dict[str, list[NDArray[np.generic]]] = {}
    row = 0
    for number in numbers:
        s = samples[number]
        t = s.tokens
        given = {"vectors": np.where(t.vectors >= 0, t.vectors + 1, 0), "context": t.context, "heads": t.heads + row}
        for name, values in {**network.ids(s.article.document.text, t), **given, "tags": s.tags, "is_token": np.ones(len(t))}.items():
            columns.setdefault(name, []).append(values)
        row += len(t)
    return {name: filled(np.concatenate(values), TOKENS) for name, values in columns.items()}


def initial(seed: int, vocabulary: Vocabulary) -> Params:
    """Return weights at random."""
    keys = iter(jax.random.split(jax.random.PRNGKey(seed), 40))

    def normal(rows: int, columns: int, scale: float = 1.0) -> jax.Array:
        return jax.random.normal(next(keys), (rows, columns)) * (scale / rows**0.5)

    sizes = {"lemma": len(vocabulary.lemma), "tag": len(vocabulary.tag), "relation": len(vocabulary.relation)}
    sizes |= {"first": len(vocabulary.letter), "last": len(vocabulary.letter), "type": len(EntityClass), "form": len(Form), "inside": 2, "quoted": 2}
    sizes |= {"opens": 7, "closes": 7, "length": 7}
    p = {name: jax.random.normal(next(keys), (sizes[name] + 1, width)) * 0.1 for name, width in INPUTS.items()}
    p |= {"vectors": normal(300, 64), "context": normal(WIDTH, 64, 0.4)}
    p |= {"w0": normal(128 + sum(INPUTS.values()), WIDE), "b0": jnp.zeros(WIDE)}
    for layer in LAYERS:
        p |= {f"c{layer}": normal(3 * WIDE, WIDE), f"d{layer}": jnp.zeros(WIDE), f"h{layer}": normal(2 * WIDE, WIDE), f"g{layer}": jnp.zeros(WIDE)}
    return p | {"wo": normal(WIDE, LABELS, 0.3), "bo": jnp.zeros(LABELS)}


def forward(p: Params, b: Batch, vectors: jax.Array, key: jax.Array) -> jax.Array:
    """Return logits of the tags, as `Names` computes them, with some inputs dropped."""
    keys = iter(jax.random.split(key, 3 + len(EMBEDDED) + len(LAYERS)))

    def drop(values: jax.Array, share: float, whole: bool = False) -> jax.Array:
        kept = jax.random.bernoulli(next(keys), 1 - share, (len(values), 1) if whole else values.shape)
        return values * kept if whole else values * kept / (1 - share)

    parts = [drop(vectors[b["vectors"]] @ p["vectors"], VECTORS, whole=True), drop(b["context"], CONTEXT) @ p["context"]]
    parts += [drop(p[name][b[name]], DROPPED.get(name, OTHERS), whole=True) for name in EMBEDDED]
    rows = jax.nn.relu(drop(jnp.concatenate(parts, 1), ROWS) @ p["w0"] + p["b0"])
    for layer in LAYERS:
        rows = drop(layered(p, rows, b["heads"], layer), ROWS)
    return rows @ p["wo"] + p["bo"]


def loss(p: Params, b: Batch, vectors: jax.Array, key: jax.Array) -> jax.Array:
    """Return what is to become small; a mention's token weighs twice."""
    each = optax.softmax_cross_entropy_with_integer_labels(forward(p, b, vectors, key), jnp.maximum(b["tags"], 0))
    weight = (1 + (b["tags"] > 0)) * b["is_token"] * (b["tags"] != UNTOLD)
    return (each * weight).sum() / b["is_token"].sum()


def fit(samples: Sequence[Sample], held: Sequence[Sample], epochs: int, seed: int) -> Names:
    """Return the network after so many rounds over the samples; with samples held back, its figures on them are printed."""
    static = static_vectors()
    vectors = jnp.concatenate((jnp.zeros((1, static.shape[1])), static * SCALE))
    network = Names(vocabulary_of(samples), {})
    task = Task(loss, partial(batches, samples), lambda numbers: collate(samples, numbers, network), vectors, len(samples))
    for epoch, (value, params) in enumerate(descend(task, initial(seed, network.vocabulary), epochs, seed, 40), start=1):
        network = Names(network.vocabulary, params)
        print(f"{epoch}: {value:.4f}", flush=True)
    if held:
        print(measure(network, held))
    return network


def measure(network: Names, samples: Sequence[Sample]) -> str:
    """Return precision, recall and F1 of the mentions with class and form, as found before and as corrected."""
    counts: Counter[str] = Counter()
    for s in samples:
        counts["marked"] += len(s.marked)
        for name, found in (("before", s.found), ("now", names(s.article, s.found, network))):
            spans = {(m.begin, m.end, m.type, m.form) for m in found}
            counts[name] += len(spans)
            counts[f"{name} right"] += len(spans & s.marked)
    return " | ".join(_f1(name, counts[f"{name} right"], counts[name], counts["marked"]) for name in ("before", "now"))


def _f1(name: str, right: int, found: int, wanted: int) -> str:
    return f"{name}: P {right / found:.3f} R {right / wanted:.3f} F {2 * right / (found + wanted):.3f}"


if __name__ == "__main__":
    main()
