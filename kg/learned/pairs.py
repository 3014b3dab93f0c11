"""The pairs of things that a relation may hold between, and what the network is told of each.

An instance is two mentions of two things, the left one and the right one in the text; the nearest few stand for their things.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.learned.tokens import FORMS, PROPERTIES, TYPES, Floats, Ints, Mentions, Tokens
from kg.relation.select import ENDS, SYMMETRIC

NEAREST = 2  # instances of a pair
NEXT = 150  # mentions behind one that are paired with it
MOST = 20_000  # instances of an article, the nearest of them: an article of news has 150
FAR = 6  # sentences between two mentions beyond which they are no pair
BETWEEN = 24  # tokens between two mentions that are looked at: the first and the last of them
UP = 8  # steps up the tree
_EDGES = np.array((0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45, 70, 110))
_BUCKETS = len(_EDGES) + 1
Flags = NDArray[np.bool_]
Told = Mapping[tuple[int, int], Sequence[int]]  # columns of the properties that rules found from one thing to another
_SIZES = (_BUCKETS, FAR + 1, UP + 1, UP + 1, *(len(TYPES),) * 2, *(len(FORMS),) * 2, 5, 4, 4, 4, 4, 4, 4)  # of the one-hot columns
_STARTS = np.cumsum((0, *_SIZES))
_PLAIN = 10  # columns that are numbers by themselves
POINTS = 7  # rows of an instance: both heads, their governors, where their paths meet, what follows each
RULES = 1 + 2 * len(PROPERTIES)  # whether rules were asked, and what they say, left to right and right to left
FEATURES = int(_STARTS[-1]) + _PLAIN + RULES


def _allowed() -> Flags:
    table = np.zeros((len(TYPES), len(TYPES), len(PROPERTIES)), np.bool_)
    for column, (name, (domain, range_)) in enumerate(ENDS.items()):
        for one, subject in enumerate(TYPES):
            for other, thing in enumerate(TYPES):
                alike = name not in ("competesWith", "partOf") or subject is thing
                table[one, other, column] = subject in domain and thing in range_ and alike
    return table


ALLOWED = _allowed()  # by the classes of subject and object
BOTH_WAYS = np.array([name in SYMMETRIC for name in PROPERTIES])


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Instances of pairs, a row an instance. `left` and `right` are things, `pair` counts the pairs; the rest are rows of tokens."""

    left: Ints
    right: Ints
    pair: Ints
    allowed: Flags  # instances × twice the properties: left to right, right to left
    points: Ints  # instances × POINTS
    between: Ints  # instances × BETWEEN
    is_between: Flags
    path: Ints  # instances × 2 (UP - 1)
    is_path: Flags
    sentences: Ints  # instances × 2, ordinals
    features: Floats  # instances × FEATURES

    def __len__(self) -> int:
        return len(self.left)


def pairs_of(tokens: Tokens, mentions: Mentions, title: int, rules: Told | None = None) -> Pairs:
    """Return the instances of all pairs of things that a property may hold between.

    `title` is where the article's title ends; `rules` has what is known by other means of a pair of things, None if nothing was asked.
    """
    one, other = _chosen(mentions)
    left, right = mentions.thing[one], mentions.thing[other]
    _, pair = np.unique(np.stack((np.minimum(left, right), np.maximum(left, right)), 1), axis=0, return_inverse=True)
    allowed = np.concatenate((ALLOWED[mentions.type[one], mentions.type[other]], ALLOWED[mentions.type[other], mentions.type[one]]), 1)
    up = _ancestors(tokens, mentions)
    near = mentions.sentence[one] == mentions.sentence[other]
    steps, back, common, path, is_path = _paths(up[one], up[other], near)
    between, is_between = _between(mentions.last[one] + 1, mentions.first[other])
    after = np.minimum(mentions.last + 1, len(tokens) - 1)
    points = np.stack((mentions.head[one], mentions.head[other], up[one, 1], up[other, 1], common, after[one], after[other]), 1)
    features = _features(tokens, mentions, one, other, steps, back, common, title)
    if rules is not None:
        features[:, -RULES] = 1
        for row, ends in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
            for way, key in enumerate((ends, ends[::-1])):
                for column in rules.get(key, ()):
                    features[row, 1 - RULES + way * len(PROPERTIES) + column] = 1
    sentences = np.stack((mentions.sentence[one], mentions.sentence[other]), 1)
    return Pairs(left, right, pair.astype(np.int32), allowed, points, between, is_between, path, is_path, sentences, features)


def told_by(relations: Iterable[tuple[int, str, int]]) -> Told:
    """Return what rules found, as `pairs_of` takes it."""
    found: dict[tuple[int, int], list[int]] = {}
    for subject, name, thing in relations:
        for ends in ((subject, thing), (thing, subject)) if name in SYMMETRIC else ((subject, thing),):
            found.setdefault(ends, []).append(PROPERTIES.index(name))
    return found


def _chosen(mentions: Mentions) -> tuple[Ints, Ints]:
    """The mentions left and right of each instance: of a pair the nearest, by sentences and then by tokens."""
    count = len(mentions)
    one, step = np.indices((count, min(NEXT, max(count - 1, 0)))).reshape(2, -1)
    other = one + 1 + step
    one, other = one[other < count], other[other < count]
    apart = np.abs(mentions.sentence[one] - mentions.sentence[other])
    fit = (mentions.thing[one] != mentions.thing[other]) & (mentions.last[one] < mentions.first[other]) & (apart <= FAR)
    kinds: Flags = np.asarray(ALLOWED.any(2))
    fit &= kinds[mentions.type[one], mentions.type[other]] | kinds[mentions.type[other], mentions.type[one]]
    one, other, apart = one[fit], other[fit], apart[fit]
    order = np.lexsort((other, one, np.abs(mentions.head[one] - mentions.head[other]), apart))
    seen: dict[tuple[int, int], int] = {}
    kept: list[int] = []
    things = mentions.thing.tolist()
    for place, a, b in zip(order.tolist(), one[order].tolist(), other[order].tolist(), strict=True):
        x, y = things[a], things[b]
        key = (x, y) if x < y else (y, x)
        if (met := seen.get(key, 0)) < NEAREST:
            seen[key] = met + 1
            kept.append(place)
    return one[kept[:MOST]].astype(np.int32), other[kept[:MOST]].astype(np.int32)


def _ancestors(tokens: Tokens, mentions: Mentions) -> Ints:
    """A mention's head and what is above it, UP steps, the root again and again."""
    columns = [mentions.head]
    for _ in range(UP - 1):
        columns.append(tokens.heads[columns[-1]])
    return np.stack(columns, 1) if len(mentions) else np.zeros((0, UP), np.int32)


def _paths(one: Ints, other: Ints, near: Flags) -> tuple[Ints, Ints, Ints, Ints, Flags]:
    """How many steps each head is from where their paths meet (UP: they do not), where that is, and the tokens on the way."""
    same = (one[:, :, None] == other[:, None, :]) & near[:, None, None]
    meets = same.any((1, 2))
    steps = np.where(meets, same.any(2).argmax(1), UP).astype(np.int32)
    rows = np.arange(len(one))
    back = np.where(meets, same[rows, np.minimum(steps, UP - 1)].argmax(1), UP).astype(np.int32)
    common = np.where(meets, one[rows, np.minimum(steps, UP - 1)], 0).astype(np.int32)
    place = np.arange(1, UP)
    on = np.concatenate((place <= steps[:, None], place < back[:, None]), 1)
    return steps, back, common, np.concatenate((one[:, 1:], other[:, 1:]), 1), on


def _between(begin: Ints, end: Ints) -> tuple[Ints, Flags]:
    place = np.arange(BETWEEN)
    length = (end - begin)[:, None]
    rows = np.where((length > BETWEEN) & (place >= BETWEEN // 2), end[:, None] - BETWEEN + place, begin[:, None] + place)
    is_between = place < length
    return np.where(is_between, rows, 0).astype(np.int32), is_between


def _features(tokens: Tokens, mentions: Mentions, one: Ints, other: Ints, steps: Ints, back: Ints, common: Ints, title: int) -> Floats:
    count = len(one)
    made = np.zeros((count, FEATURES), np.float32)
    m, rows = mentions, np.arange(count)
    # How many mentions, of any class and of each, stand before each in the text.
    before = np.zeros((len(m) + 1, len(TYPES)), np.int32)
    before[np.arange(1, len(m) + 1), m.type] = 1
    before = np.cumsum(before, 0)
    inner = before[other] - before[one + 1]
    beside, rank = _beside(m), _rank(m)
    codes = (
        np.searchsorted(_EDGES, np.abs(m.head[one] - m.head[other])),
        np.minimum(np.abs(m.sentence[one] - m.sentence[other]), FAR),
        steps,
        back,
        m.type[one],
        m.type[other],
        m.form[one],
        m.form[other],
        np.minimum(inner.sum(1), 4),
        np.minimum(inner[rows, m.type[one]], 3),
        np.minimum(inner[rows, m.type[other]], 3),
        np.minimum(beside[one], 3),
        np.minimum(beside[other], 3),
        rank[one],
        rank[other],
    )
    for start, code in zip(_STARTS[:-1], codes, strict=True):
        made[rows, start + code] = 1
    for column, values in enumerate(_plain(tokens, m, one, other, common, title), start=int(_STARTS[-1])):
        made[:, column] = values
    return made


def _plain(tokens: Tokens, m: Mentions, one: Ints, other: Ints, common: Ints, title: int) -> tuple[Flags, ...]:
    main = _main(tokens, m, title)
    often = np.bincount(m.thing, minlength=1)[m.thing] > 1 if len(m) else np.zeros(0, np.bool_)
    return (
        m.thing[one] == main,
        m.thing[other] == main,
        often[one],
        often[other],
        tokens.heads[m.head[one]] == m.head[other],
        tokens.heads[m.head[other]] == m.head[one],
        tokens.heads[m.head[one]] == tokens.heads[m.head[other]],
        common == m.head[one],
        common == m.head[other],
        m.sentence[one] > m.sentence[other],
    )


def _beside(m: Mentions) -> Ints:
    """How many times a mention's sentence names other things of its class."""
    places = list(zip(m.sentence.tolist(), m.type.tolist(), strict=True))
    named: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for place, thing in zip(places, m.thing.tolist(), strict=True):
        named[place][thing] += 1
    count = [named[place].total() - named[place][thing] for place, thing in zip(places, m.thing.tolist(), strict=True)]
    return np.array(count, np.int32)


def _rank(m: Mentions) -> Ints:
    """Whether a thing is the first of its class that the text names, the second, the third, or a later one."""
    met: dict[int, dict[int, int]] = {}
    return np.array(
        [min(met.setdefault(t, {}).setdefault(x, len(met[t])), 3) for t, x in zip(m.type.tolist(), m.thing.tolist(), strict=True)], np.int32
    )


def _main(tokens: Tokens, m: Mentions, title: int) -> int:
    """The organization that is named most often, three times more if the title names it; -1 if there is none."""
    weight: dict[int, int] = {}
    for kind, thing, row in zip(m.type.tolist(), m.thing.tolist(), m.first.tolist(), strict=True):
        if kind == 0:
            weight[thing] = weight.get(thing, 3 if tokens.begins[row] < title else 0) + 1
    return max(weight, key=weight.__getitem__, default=-1)
