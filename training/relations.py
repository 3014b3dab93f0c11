"""Train the network that finds courses of action and relations: training/relations.py OUT.npz [--held N] [--epochs N].

It learns from passages/ and articles/, whose every mention is marked and whose every relation is told. With --held, one text
in N is kept out and the figures on it are printed. Needs jax and optax besides the program's own libraries.
What the rules say is part of what it learns from, so weights made anew differ with them; the shipped ones saw the nearest three mentions of each pair,
of which the program now asks two (F1 .00 to .01 less on fresh articles, a fifth of the time).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from descent import Batch, Params, Task, descend
from numpy.typing import NDArray
from passages import ARTICLES, Marked, Passage, is_anaphor, is_role, read

from kg.argument import predicates
from kg.context import stance
from kg.learned.course import spans_of
from kg.learned.network import EMBEDDED, LAYERS, MODALITIES, SCALE, Network, Vocabulary, static_vectors
from kg.learned.pairs import BOTH_WAYS, FEATURES, POINTS, Pairs, Told, pairs_of, told_by
from kg.learned.read import title_end
from kg.learned.tokens import PROPERTIES, WIDTH, Mark, Tokens, mentions_of, tokens_of
from kg.model import Document, EntityClass, Form, Modality
from kg.parse import Article, parse
from kg.pipeline import known_of
from kg.relation import propositions

TOKENS, INSTANCES, PAIRS = 1536, 2560, 1280  # of a batch, at most
LIMITS = np.array((TOKENS, INSTANCES, PAIRS))
ON_TOKENS = ("lemma", "tag", "relation", "type", "form", "inside", "quoted", "vectors", "heads", "sentence", "frames", "context", "spans", "is_token")
ON_PAIRS = ("told", "modality", "negated", "is_pair", "first")
WIDE, HIDDEN = 96, 192
DROPPED = 0.5
RARE = 4  # a lemma met less often is unknown
INPUTS = {"lemma": 24, "tag": 10, "relation": 8, "type": 6, "form": 4, "inside": 4, "quoted": 4}


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A text, read: what the network is given, and what it is to find."""

    tokens: Tokens
    pairs: Pairs
    spans: NDArray[np.float32]  # tokens × 3: within a course of action, its first, its last
    told: NDArray[np.float32]  # pairs × twice the properties
    modality: NDArray[np.int32]  # of a pair, -1 where nothing is told of it
    negated: NDArray[np.float32]
    lost: int  # relations whose ends are no pair


def main() -> None:
    args = _arguments()
    samples = [*_samples(read(), read_by_hand), *_samples(read(ARTICLES), read_by_program)]
    held = [s for i, s in enumerate(samples) if args.held and i % args.held == 0]
    learned = [s for i, s in enumerate(samples) if not args.held or i % args.held]
    fit(learned, held, args.epochs, args.seed).write(args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=18)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _samples(passages: Sequence[Passage], read: Callable[[Passage, Article], Sample]) -> Iterator[Sample]:
    return map(read, passages, parse(Document(p.source, p.text) for p in passages))


def read_by_hand(passage: Passage, article: Article) -> Sample:
    """Return a passage with the mentions that its writer marked."""
    tags = [(*s.span(t.i, t.i), t.tag_) for s in article.sentences for t in s.doc]
    things = {thing: number for number, thing in enumerate(dict.fromkeys(m.thing for m in passage.marks))}
    marks = [Mark(m.begin, m.end, EntityClass(m.type), form_of(passage, m, tags), things[m.thing]) for m in passage.marks]
    return _sample(passage, article, marks, things, None)


def form_of(passage: Passage, mark: Marked, tags: list[tuple[int, int, str]]) -> Form:
    name = passage.name(mark)
    if mark.type == EntityClass.STRATEGY:
        return Form.NOUN
    if is_anaphor(name):
        return Form.ANAPHOR
    role = mark.type == EntityClass.UNNAMED_SOURCE or (mark.type == EntityClass.PERSON and is_role(name, mark, tags))
    return Form.ROLE if role else Form.NAME


def read_by_program(passage: Passage, article: Article) -> Sample:
    """Return an article with the mentions that the program finds, besides the courses of action that were marked, and what its rules say."""
    known, _ = known_of(article)
    stated, strategies = propositions(article, predicates(article), known, stance)
    courses = [m for m in passage.marks if m.type == EntityClass.STRATEGY]
    more = [e for e in strategies if not any(m.begin < c.end and c.begin < m.end for m in e.mentions for c in courses)]
    numbers = {thing: number for number, thing in enumerate(dict.fromkeys(m.thing for m in passage.marks))}
    votes = Counter((numbers[m.thing], id(e)) for e in known for m in passage.marks for x in e.mentions if x.begin < m.end and m.begin < x.end)
    thing_of, things = dict[int, int](), {c.thing: numbers[c.thing] for c in courses}
    names = {number: thing for thing, number in numbers.items()}
    for (number, entity), _ in sorted(votes.items(), key=lambda vote: -vote[1]):
        if entity not in thing_of and names[number] not in things:
            thing_of[entity] = things[names[number]] = number
    for entity in (*known, *more):
        thing_of.setdefault(id(entity), len(numbers) + len(thing_of))
    for entity in strategies:
        near = next((c for c in courses if any(m.begin < c.end and c.begin < m.end for m in entity.mentions)), None)
        if near is not None:
            thing_of[id(entity)] = numbers[near.thing]
    marks = [Mark(m.begin, m.end, e.type, m.form, thing_of[id(e)]) for e in (*known, *more) for m in e.mentions]
    marks += [Mark(c.begin, c.end, EntityClass.STRATEGY, Form.NOUN, numbers[c.thing]) for c in courses]
    return _sample(passage, article, marks, things, told_by([(thing_of[id(p.subject)], p.property, thing_of[id(p.object)]) for p in stated]))


def _sample(passage: Passage, article: Article, marks: Sequence[Mark], things: Mapping[str, int], rules: Told | None) -> Sample:
    tokens, rows = tokens_of(article, marks)
    mentions = mentions_of(article, rows, marks)
    pairs = pairs_of(tokens, mentions, title_end(article), rules)
    spans = np.zeros((len(tokens), 3), np.float32)
    for mark in (m for m in passage.marks if m.type == EntityClass.STRATEGY):
        inside = np.flatnonzero((tokens.begins < mark.end) & (tokens.ends > mark.begin))
        inside = inside[tokens.sentences[inside] == tokens.sentences[inside[-1]]] if len(inside) else inside
        if len(inside):
            spans[inside, 0] = spans[inside[0], 1] = spans[inside[-1], 2] = 1
    count = int(pairs.pair.max(initial=-1)) + 1
    told, modality, negated = np.zeros((count, 2 * len(PROPERTIES)), np.float32), np.full(count, -1, np.int32), np.zeros(count, np.float32)
    place = {(min(a, b), max(a, b)): n for a, b, n in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.pair.tolist(), strict=True)}
    lost = 0
    for relation in passage.relations:
        subject, thing, column = things.get(relation.subject, -1), things.get(relation.object, -1), PROPERTIES.index(relation.property)
        pair = place.get((min(subject, thing), max(subject, thing)))
        if pair is None:
            lost += 1
            continue
        for forward in (True, False) if BOTH_WAYS[column] else (subject < thing,):
            told[pair, column if forward else len(PROPERTIES) + column] = 1
        modality[pair], negated[pair] = MODALITIES.index(Modality(relation.modality)), relation.negated
    return Sample(tokens, pairs, spans, told, modality, negated, lost)


def batches(samples: Sequence[Sample], order: Sequence[int]) -> Iterator[list[int]]:
    """Yield the samples, by number, that fit into a batch together."""
    batch: list[int] = []
    full = np.zeros(3)
    for number in order:
        s = samples[number]
        size = np.array((len(s.tokens), len(s.pairs), len(s.told)))
        if (size > LIMITS).any():
            raise ValueError(f"text {number} has {size.tolist()} tokens, instances and pairs, wanted at most {LIMITS.tolist()}")
        if (full + size > LIMITS).any():
            yield batch
            batch, full = [], np.zeros(3)
        batch.append(number)
        full += size
    if batch:
        yield batch


def collate(samples: Sequence[Sample], numbers: Sequence[int], network: Network) -> Batch:
    """Return the arrays of several samples behind one another, filled up to one size."""
    columns: dict[str, list[NDArray[np.generic]]] = {}
    row = pair = sentence = 0
    for number in numbers:
        s = samples[number]
        t, q = s.tokens, s.pairs
        vectors = np.where(t.vectors >= 0, t.vectors + 1, 0)
        back = q.left > q.right
        told = {"spans": s.spans, "is_token": np.ones(len(t)), "told": s.told, "modality": s.modality, "negated": s.negated}
        for name, values in {
            **network.ids(t),
            **{"vectors": vectors, "heads": t.heads + row, "sentence": t.sentences + sentence, "frames": t.frames, "context": t.context},
            **{"points": q.points + row, "between": q.between + row, "is_between": q.is_between, "path": q.path + row, "is_path": q.is_path},
            **{"sentences": q.sentences + sentence, "features": q.features, "allowed": q.allowed, "pair": q.pair + pair, "back": back},
            **{"is_instance": np.ones(len(q)), "is_pair": np.ones(len(s.told)), **told},
            "first": np.unique(q.pair, return_index=True)[1] + sum(map(len, columns.get("pair", ()))),
        }.items():
            columns.setdefault(name, []).append(values)
        row, pair, sentence = row + len(t), pair + len(s.told), sentence + int(t.sentences.max(initial=-1)) + 1
    sizes = dict.fromkeys(ON_TOKENS, TOKENS) | dict.fromkeys(ON_PAIRS, PAIRS)
    return {name: filled(np.concatenate(values), sizes.get(name, INSTANCES)) for name, values in columns.items()}


def filled(values: NDArray[np.generic], size: int) -> NDArray[np.generic]:
    if values.dtype == np.bool_ or values.dtype == np.float64:
        values = values.astype(np.float32)
    elif values.dtype.kind == "i":
        values = values.astype(np.int32)
    return np.concatenate((values, np.zeros((size - len(values), *values.shape[1:]), values.dtype)))


def initial(seed: int, vocabulary: Vocabulary) -> Params:
    """Return weights at random."""
    keys = iter(jax.random.split(jax.random.PRNGKey(seed), 40))
    wide, count = WIDE, len(PROPERTIES)

    def normal(rows: int, columns: int, scale: float = 1.0) -> jax.Array:
        return jax.random.normal(next(keys), (rows, columns)) * (scale / rows**0.5)

    sizes = {"lemma": len(vocabulary.lemma), "tag": len(vocabulary.tag), "relation": len(vocabulary.relation)}
    sizes |= {"type": len(EntityClass), "form": len(Form), "inside": 2, "quoted": 2}
    p = {name: jax.random.normal(next(keys), (sizes[name] + 1, width)) * (0.03 if name == "lemma" else 0.1) for name, width in INPUTS.items()}
    p |= {"vectors": normal(300, 64), "context": normal(WIDTH, 48, 0.3), "frames": normal(count, 12)}
    p |= {"w0": normal(64 + 48 + 12 + sum(INPUTS.values()), wide), "b0": jnp.zeros(wide)}
    for layer in "123":
        p |= {f"c{layer}": normal(3 * wide, wide), f"d{layer}": jnp.zeros(wide), f"h{layer}": normal(2 * wide, wide), f"g{layer}": jnp.zeros(wide)}
    p |= {"ws": normal(wide, 3, 0.3), "bs": jnp.full(3, -2.0)}
    p |= {"w1": normal((POINTS + 3 + 2) * wide + FEATURES, HIDDEN), "b1": jnp.zeros(HIDDEN), "w2": normal(HIDDEN, HIDDEN), "b2": jnp.zeros(HIDDEN)}
    p |= {"wo": normal(HIDDEN, 2 * count, 0.1), "bo": jnp.full(2 * count, -3.0)}
    p |= {"wm": normal(HIDDEN, len(MODALITIES) + 1, 0.1), "bm": jnp.zeros(len(MODALITIES) + 1)}
    return p


def forward(p: Params, b: Batch, vectors: jax.Array, key: jax.Array | None) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return logits of spans, of what pairs are told, and of how firmly: as `Network` computes them, with some inputs dropped if there is a key."""
    keys = iter(jax.random.split(key, 9)) if key is not None else None

    def drop(values: jax.Array, share: float, whole: bool = False) -> jax.Array:
        if keys is None:
            return values
        share = share * DROPPED
        kept = jax.random.bernoulli(next(keys), 1 - share, (len(values), 1) if whole else values.shape)
        return values * kept if whole else values * kept / (1 - share)

    parts = [drop(vectors[b["vectors"]] @ p["vectors"], 0.1, whole=True), drop(b["context"], 0.2) @ p["context"], b["frames"] @ p["frames"]]
    parts += [drop(p[name][b[name]], 0.2, whole=True) if name == "lemma" else p[name][b[name]] for name in EMBEDDED]
    rows = jax.nn.relu(drop(jnp.concatenate(parts, 1), 0.15) @ p["w0"] + p["b0"])
    for layer in LAYERS:
        rows = layered(p, rows, b["heads"], layer)
    rows = drop(rows, 0.2)
    spans = layered(p, rows, b["heads"], "3") @ p["ws"] + p["bs"]
    sentences = jax.ops.segment_max(rows, b["sentence"], num_segments=TOKENS)
    between, path = rows[b["between"]] * b["is_between"][:, :, None], rows[b["path"]] * b["is_path"][:, :, None]
    mean = between.sum(1) / (b["is_between"].sum(1)[:, None] + 1)
    count = len(b["pair"])
    ends = sentences[b["sentences"]].reshape(count, -1)
    given = jnp.concatenate((rows[b["points"]].reshape(count, -1), between.max(1), mean, path.max(1), ends, b["features"]), 1)
    hidden = drop(jax.nn.relu(given @ p["w1"] + p["b1"]), 0.3)
    hidden = drop(hidden + jax.nn.relu(hidden @ p["w2"] + p["b2"]), 0.3)
    logits = jnp.where(b["allowed"] > 0, hidden @ p["wo"] + p["bo"], -30)
    logits = jnp.where(b["back"][:, None] > 0, jnp.roll(logits, len(PROPERTIES), 1), logits)
    logits = jnp.where(b["is_instance"][:, None] > 0, logits, -30)
    best = jnp.maximum(jax.ops.segment_max(logits, b["pair"], num_segments=PAIRS), -30)
    return spans, best, hidden[b["first"]] @ p["wm"] + p["bm"]


def layered(p: Params, rows: jax.Array, heads: jax.Array, layer: str) -> jax.Array:
    nothing = jnp.zeros((1, rows.shape[1]))
    window = jnp.concatenate((jnp.concatenate((nothing, rows[:-1])), rows, jnp.concatenate((rows[1:], nothing))), 1)
    rows = rows + jax.nn.relu(window @ p["c" + layer] + p["d" + layer])
    return rows + jax.nn.relu(jnp.concatenate((rows, rows[heads]), 1) @ p["h" + layer] + p["g" + layer])


def loss(p: Params, b: Batch, vectors: jax.Array, key: jax.Array) -> jax.Array:
    """Return what is to become small: of spans, of relations (a missed one weighs more), of their modality."""
    spans, pairs, firm = forward(p, b, vectors, key)
    of_spans = optax.sigmoid_binary_cross_entropy(spans, b["spans"] * 0.97 + 0.01) * (1 + b["spans"]) * b["is_token"][:, None]
    possible = pairs > -29
    of_pairs = optax.sigmoid_binary_cross_entropy(pairs, b["told"] * 0.97 + 0.005) * (1 + 0.7 * b["told"]) * possible * b["is_pair"][:, None]
    stated = (b["told"].sum(1) > 0) * b["is_pair"]
    of_firm = optax.softmax_cross_entropy_with_integer_labels(firm[:, :-1], jnp.maximum(b["modality"], 0))
    of_firm += optax.sigmoid_binary_cross_entropy(firm[:, -1], b["negated"])
    count = b["is_pair"].sum()
    return of_spans.sum() / b["is_token"].sum() * 2 + of_pairs.sum() / count + (of_firm * stated).sum() / count


def fit(samples: Sequence[Sample], held: Sequence[Sample], epochs: int, seed: int) -> Network:
    """Return the network after so many rounds over the samples; with samples held back, its figures on them are printed."""
    static = static_vectors()
    network = Network(vocabulary_of(samples), {}, static)
    vectors = jnp.concatenate((jnp.zeros((1, static.shape[1])), static * SCALE))
    task = Task(loss, partial(batches, samples), lambda numbers: collate(samples, numbers, network), vectors, len(samples))
    for epoch, (value, params) in enumerate(descend(task, initial(seed, network.vocabulary), epochs, seed, 50)):
        network = Network(network.vocabulary, params, static)
        figures = measure(network, held) if held and (epoch % 4 == 3 or epoch == epochs - 1) else ""
        print(f"{epoch + 1}: {value:.4f}  {figures}", flush=True)
    return network


def vocabulary_of(samples: Sequence[Sample]) -> Vocabulary:
    """Return the lemmas that are met often enough, and all tags and dependencies."""
    counts = [Counter(key for s in samples for key in getattr(s.tokens, name).tolist()) for name in ("lemmas", "tags", "relations")]
    return Vocabulary(*(tuple(sorted(k for k, n in c.items() if k and n >= least)) for c, least in zip(counts, (RARE, 1, 1), strict=True)))


def measure(network: Network, samples: Sequence[Sample]) -> str:
    """Return precision, recall and F1 of relations at some thresholds, and of the spans of courses of action, as the program reads them."""
    found: Counter[tuple[str, float]] = Counter()
    for s in samples:
        rows = network.encode(s.tokens)
        scores = network.scores(rows, s.tokens, s.pairs)
        found["wanted", 0] += int(_once(s.told).sum()) + s.lost
        for threshold in (0.3, 0.4, 0.5, 0.6):
            hits = _once((scores.probability >= threshold).astype(np.float32)) if len(s.told) else s.told
            found["found", threshold] += int(hits.sum())
            found["right", threshold] += int((hits * s.told).sum())
        spans = set(spans_of(network.courses(rows, s.tokens.heads)))
        gold = set(spans_of(s.spans))
        found["spans found", 0] += len(spans)
        found["spans wanted", 0] += len(gold)
        found["spans right", 0] += len(spans & gold)
    line = [f"spans {_f1(found['spans right', 0], found['spans found', 0], found['spans wanted', 0])}"]
    line += [f"{t}: {_f1(found['right', t], found['found', t], found['wanted', 0])}" for t in (0.3, 0.4, 0.5, 0.6)]
    return " | ".join(line)


def _once(told: NDArray[np.float32]) -> NDArray[np.float32]:
    """What holds both ways counts once."""
    once = told.copy()
    once[:, len(PROPERTIES) :] *= ~BOTH_WAYS
    return once


def _f1(right: int, found: int, wanted: int) -> str:
    return f"P {right / max(found, 1):.2f} R {right / max(wanted, 1):.2f} F {2 * right / max(found + wanted, 1):.3f}"


if __name__ == "__main__":
    main()
