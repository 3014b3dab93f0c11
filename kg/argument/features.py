"""What the ranker sees of a predicate and a noun that may be its argument: numbers, the same in training and at work.

Three groups: the predicate, the noun, and the way between them in the tree. Counts per word (`Counts`) come with the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kg.argument.frame import Frame, timelike
from kg.argument.tree import Tree
from kg.argument.words import content_nouns

CASES = ("ga", "wo", "ni")


def _codes(words: str) -> dict[str, int]:
    return {word: code for code, word in enumerate(words.split(), 1)}


_MARKER_CODE = _codes("ga wo ni ha mo no de to kara he yori made niyotte nituite tosite list source quote nitotte")
_DEP_CODE = {
    d: c - 1 for d, c in _codes("ROOT nsubj obj obl nmod acl advcl ccomp dislocated compound advmod conj amod dep csubj appos nummod").items()
}
_LINK_CODE = {"": 0} | _codes("て で と が ば し ながら つつ から ので の に content link か という など まで たり")
_KINDS = ("verb", "adjective", "copula", "event")
_TAGS = (
    ("名詞-固有名詞-人名", 1),
    ("名詞-固有名詞-地名", 2),
    ("名詞-固有名詞", 3),
    ("名詞-普通名詞-サ変", 4),
    ("名詞-普通名詞-副詞", 5),
    ("名詞-普通名詞-形状詞", 6),
    ("名詞-普通名詞-助数詞", 7),
    ("名詞-普通名詞", 8),
    ("名詞-数詞", 9),
    ("代名詞", 10),
    ("接尾辞", 11),
)
_KIND_CODE = {k: i for i, k in enumerate(_KINDS)}
_OBJECT = 3  # the column of `Counts.predicate` that counts objects
_FAR = 7
SURFACE = 12  # a noun's first numbers: those that its own sentence gives
Row = list[float]
Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often a word was seen, and with which case: rates shrunk towards the mean of all words."""

    predicate: dict[str, tuple[float, ...]]  # rate of ga, wo, ni, of an object in deep case; of ga, wo, ni in a relative clause; log count
    particle: dict[str, tuple[float, ...]]  # predicate + particle: rate of ga, wo, ni among its nouns
    noun: dict[str, tuple[float, ...]]  # rate of ga, wo, ni; log count
    pair: dict[str, tuple[float, ...]]  # predicate + noun: how often as ga, wo, ni
    default: dict[str, tuple[float, ...]]


@cache
def transitive(counts: Counts) -> dict[str, float]:
    """Return how often each predicate was seen with an object, a passive's subject included."""
    return {word: rates[_OBJECT] for word, rates in counts.predicate.items()}


@cache
def takes_dative(counts: Counts) -> dict[str, float]:
    """Return how often each predicate was seen with に."""
    return {word: rates[CASES.index("ni")] for word, rates in counts.predicate.items()}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that heads a phrase: sentence, token, and its numbers."""

    sentence: int
    token: int
    lemma: str
    row: Row
    case: str
    topical: bool
    lasts: bool  # a name, a pronoun or a topic, and no time or plan: what a later sentence may mean


@dataclass(slots=True)
class Scene:
    """A sentence made ready: its tree, frames and nouns."""

    sentence: int
    tree: Tree
    frames: dict[int, Frame]
    nouns: list[Noun]
    rows: Rows  # the nouns' numbers
    chains: list[list[int]]  # each token with what is above it
    acts: list[int]  # how many predicates stand before each token, event nouns not counted
    topics: list[int]  # how many topics and subjects do


def scene(sentence: int, tree: Tree, made: dict[int, Frame], seen: dict[str, int], counts: Counts) -> Scene:
    """Return a sentence with the numbers of its nouns; `seen` counts each noun of the article so far, in place."""
    chains = [[token, *tree.ancestors(token)] for token in range(len(tree))]
    nouns = [_noun(sentence, tree, token, len(chains[token]), seen, counts) for token in range(len(tree)) if heads_phrase(tree, token)]
    for noun in nouns:
        seen[noun.lemma] = seen.get(noun.lemma, 0) + 1
    rows = _rows([noun.row for noun in nouns], _NOUN_WIDTH)
    acts = _so_far(len(tree), [t for t, f in made.items() if f.found.kind != "event"])
    topics = _so_far(len(tree), [n.token for n in nouns if n.topical or n.case == "ga"])
    return Scene(sentence, tree, made, nouns, rows, chains, acts, topics)


def _so_far(count: int, tokens: list[int]) -> list[int]:
    """How many of some tokens stand before each of `count`, and before the end."""
    there = frozenset(tokens)
    return list(accumulate((token in there for token in range(count)), initial=0))


def heads_phrase(tree: Tree, token: int) -> bool:
    """Tell whether a token is a noun that heads a phrase: モデル in AIモデルを, not AI."""
    return (tree.nominal(token) and tree.deps[token] not in ("compound", "nummod")) or tree.tags[token] == "代名詞"


def _noun(sentence: int, tree: Tree, token: int, depth: int, seen: dict[str, int], counts: Counts) -> Noun:
    marker = tree.marker(token)
    lemma = noun_key(tree, token)
    tag = next((code for name, code in _TAGS if tree.tags[token].startswith(name)), 0)
    topical = marker.case in ("ha", "mo") or marker.topic
    named = tree.pos[token] == "PROPN" or tag in (1, 2, 3, 10, 11)
    time, content = timelike(tree, token), tree.texts[token] in content_nouns()
    rates = known(counts.noun, lemma, counts.default["noun"])
    row: Row = [
        _MARKER_CODE.get(marker.case, 0),
        marker.topic,
        marker.adnominal,
        marker.comma,
        _DEP_CODE.get(tree.deps[token], 20),
        tag,
        min(len(lemma), 8),
        min(depth, _FAR),
        min(token, 20),
        time,
        content,
        any(c < token and tree.deps[c] == "acl" for c in tree.children[token]),
        min(seen.get(lemma, 0), 4),
        min(sentence, 3),
        *rates,
    ]
    return Noun(sentence, token, lemma, row, marker.case, topical, (topical or named) and not time and not content)


def known(table: dict[str, tuple[float, ...]], word: str, default: tuple[float, ...]) -> tuple[float, ...]:
    """Return a word's rates, or those of all words with its last character (社, 者, 化)."""
    return table.get(word) or table.get(f"*{word[-1:]}") or default


def noun_key(tree: Tree, token: int) -> str:
    """Return the word under which a noun is counted; numbers are one word."""
    return "0" if tree.pos[token] == "NUM" else tree.texts[token]


def near(frame: Frame, here: Scene, counts: Counts) -> tuple[list[Noun], Rows]:
    """Return the nouns of a predicate's own sentence, the last first, with their rows."""
    at = [i for i, noun in enumerate(here.nouns) if not frame.found.first <= noun.token <= frame.found.token][::-1]
    nouns = [here.nouns[i] for i in at]
    rows = np.empty((len(nouns), WIDTH), np.float32)
    rows[:, :_PREDICATE_WIDTH] = predicate_row(frame, here, counts)
    rows[:, _PREDICATE_WIDTH : _PREDICATE_WIDTH + _NOUN_WIDTH] = here.rows[at]
    places, ruled = {token: steps for steps, token in enumerate(here.chains[frame.found.token])}, _ruled(frame)
    rows[:, _PREDICATE_WIDTH + _NOUN_WIDTH :] = _rows(
        [_between(frame, noun, here, counts, places, ruled.get(noun.token, 0)) for noun in nouns], _WAY_WIDTH
    )
    return nouns, rows


def _rows(rows: list[Row], width: int) -> Rows:
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


# Columns of a row that are read again: steps up from the predicate, steps down to the noun.
_PREDICATE_WIDTH, _NOUN_WIDTH, _WAY_WIDTH = 18 + 8, 14 + 4, 10 + 6
WIDTH = _PREDICATE_WIDTH + _NOUN_WIDTH + _WAY_WIDTH
UP, DOWN = (_PREDICATE_WIDTH + _NOUN_WIDTH + offset for offset in (1, 2))


def predicate_row(frame: Frame, here: Scene, counts: Counts) -> Row:
    """Return the numbers of a predicate."""
    tree, found = frame.tree, frame.found
    head = tree.heads[found.token]
    markers = [tree.marker(c).case for c in tree.children[found.token] if tree.nominal(c)]
    relative = tree.deps[found.token] in ("acl", "amod") and head > found.token
    return [
        _KIND_CODE[found.kind],
        found.passive,
        found.causative,
        found.receive or found.give,
        found.potential,
        _DEP_CODE.get(tree.deps[found.token], 20),
        _LINK_CODE.get(frame.link or found.link, 21),
        frame.above is not None,
        relative,
        relative and tree.texts[head] in content_nouns(),
        relative and timelike(tree, head),
        markers.count("ga"),
        markers.count("wo"),
        markers.count("ni"),
        markers.count("ha") + markers.count("mo"),
        markers.count("to"),
        min(len(here.chains[found.token]), _FAR),
        min(len(tree) - found.token, 20),
        *known(counts.predicate, found.lemma, counts.default["predicate"]),
    ]


def _pair(frame: Frame, noun: Noun, counts: Counts) -> tuple[float, ...]:
    return counts.pair.get(f"{frame.found.lemma} {noun.lemma}", (0.0, 0.0, 0.0))


def _between(frame: Frame, noun: Noun, here: Scene, counts: Counts, places: dict[int, int], ruled: int) -> Row:
    """The way from the predicate, above which `places` tells the steps, to a noun; `ruled` is the case that the rules give it."""
    token, tree = frame.found.token, here.tree
    up, down, top, foot = _path(here.chains[token], places, here.chains[noun.token])
    low, high = (token, noun.token) if token < noun.token else (noun.token, token)
    particle = counts.particle.get(f"{frame.found.lemma} {noun.case}") if down == 1 and up == 0 else None
    return [
        max(-20, min(20, token - noun.token)),
        min(up, _FAR),
        min(down, _FAR),
        _MARKER_CODE.get(tree.marker(top).case, 0) if down else 22,
        _DEP_CODE.get(tree.deps[foot], 20) if up else 22,
        _LINK_CODE.get(_link(here, foot), 21) if up else 22,
        min(5, here.acts[high] - here.acts[low + 1]),
        min(3, here.topics[high] - here.topics[low + 1]),
        ruled,
        _role(here, noun.token),
        *(particle or counts.default["particle"]),
        *_pair(frame, noun, counts),
    ]


def _path(predicate: list[int], places: dict[int, int], noun: list[int]) -> tuple[int, int, int, int]:
    """Steps up from the predicate and from the noun to where they meet, and the last node on either side before that."""
    for down, token in enumerate(noun):
        up = places.get(token)
        if up is not None:
            return up, down, noun[max(down - 1, 0)], predicate[max(up - 1, 0)]
    return _FAR, _FAR, noun[-1], predicate[-1]


def _link(here: Scene, token: int) -> str:
    frame = here.frames.get(token)
    return (frame.link or frame.found.link) if frame else here.tree.marker(token).case


def _ruled(frame: Frame) -> dict[int, int]:
    """Which case the rules give each noun that fills one: 1 が, 2 を, 3 に."""
    return {s.head: i for i, case in reversed(list(enumerate(CASES, 1))) for s in frame.slots.get(case, ())}


def _role(here: Scene, token: int) -> int:
    """What the noun is to its own verb by rule: 1 subject, 2 object, 3 に, 0 nothing."""
    frame = here.frames.get(here.tree.heads[token])
    if frame is None:
        return 0
    return next((i for i, case in enumerate(CASES, 1) if any(s.head == token for s in frame.slots.get(case, ()))), 0)
