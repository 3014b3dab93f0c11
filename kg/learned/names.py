"""Names that the recognizer and the rules missed or took for another class: a small network over the article's tokens.

It is told what they found, and learned from articles where that was not enough. `training/mentions.py` makes the weights.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.learned.network import Params, brought, layered, relu, softmax, static_vectors
from kg.learned.tokens import Floats, Ints, Mark, Tokens, laid, tokens_of
from kg.mention import is_body, is_chain, is_common
from kg.model import EntityClass, Form, Mention
from kg.parse import Article, only_common

WEIGHTS = Path(__file__).resolve().parent / "names.npz"
KINDS: tuple[tuple[EntityClass, Form], ...] = (
    (EntityClass.ORGANIZATION, Form.NAME),
    (EntityClass.PERSON, Form.NAME),
    (EntityClass.PLACE, Form.NAME),
    (EntityClass.MODEL, Form.NAME),
    (EntityClass.OUTLET, Form.NAME),
    (EntityClass.UNNAMED_SOURCE, Form.ROLE),
    (EntityClass.PERSON, Form.ROLE),
)
OUTSIDE = 0  # the tag of a token that is of no mention; from 1 on two tags a kind, of its first token and of the others
LABELS = 1 + 2 * len(KINDS)
NEW, OTHER_CLASS, LONGER = 0.8, 0.95, 0.97  # from which probability on a mention is added, takes another class, or a product's takes in more
WORD = 0.85  # of which confidence a body called by a common word is one: of those below it all eight were none
NONE, SURE = 0.5, 0.9  # from which probability on, over all its places, a name is none; of which confidence one is left alone
LAYERS = ("1", "2")
EMBEDDED = ("lemma", "tag", "relation", "type", "form", "inside", "quoted", "first", "last", "opens", "closes", "length")
_HASHED = ("lemma", "tag", "relation")
_LONGEST = 7  # characters of a token, from which on its length no longer counts
_RULE = "network"
_DOUBTED = ("tagger", "context", "repeated")  # rules whose names the network may take out
_LISTED = re.compile(r".+:\d+")  # the rule of a name that stands in a list, the program's or the user's: its row


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What the network knows by sight: spaCy's hashes of lemmas, tags, dependencies; letters by code point. The place of each, from 1, is its id."""

    lemma: tuple[int, ...]
    tag: tuple[int, ...]
    relation: tuple[int, ...]
    letter: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Weights and vocabulary."""

    vocabulary: Vocabulary
    params: Params

    def ids(self, text: str, tokens: Tokens) -> dict[str, Ints]:
        """Return the rows of the embeddings that each token has; the tokens carry what is known of them."""
        known = places(self.vocabulary)
        words = [text[begin:end] for begin, end in zip(tokens.begins.tolist(), tokens.ends.tolist(), strict=True)]
        found = {
            "lemma": _found(known["lemma"], tokens.lemmas.tolist()),
            "tag": _found(known["tag"], tokens.tags.tolist()),
            "relation": _found(known["relation"], tokens.relations.tolist()),
            "first": _found(known["letter"], [ord(word[0]) if word else -1 for word in words]),
            "last": _found(known["letter"], [ord(word[-1]) if word else -1 for word in words]),
            "opens": np.array([_script(word[:1]) for word in words], np.int32),
            "closes": np.array([_script(word[-1:]) for word in words], np.int32),
            "length": np.array([min(len(word), _LONGEST) for word in words], np.int32),
        }
        return found | {"type": tokens.types, "form": tokens.forms, "inside": tokens.inside, "quoted": tokens.quoted}

    def probabilities(self, text: str, tokens: Tokens) -> Floats:
        """Return tokens × LABELS."""
        p, ids = self.params, self.ids(text, tokens)
        first = len(p["vectors"][0])
        parts = [tokens.context @ p["context"], *(p[name][ids[name]] for name in EMBEDDED)]
        rows = np.concatenate(parts, 1) @ p["w0"][first:] + p["b0"]
        rows += _brought(self)[tokens.vectors]
        rows = relu(rows)
        for layer in LAYERS:
            rows = layered(p, rows, tokens.heads, layer)
        return softmax(rows @ p["wo"] + p["bo"])

    def write(self, path: Path) -> None:
        """Write weights in half precision and the vocabulary to an npz."""
        table: dict[str, Any] = {f"v_{name}": np.array(getattr(self.vocabulary, name), np.uint64) for name in (*_HASHED, "letter")}
        np.savez_compressed(path, **table | {f"p_{name}": values.astype(np.float16) for name, values in self.params.items()})


def names(article: Article, mentions: Sequence[Mention], network: Names | None = None) -> tuple[Mention, ...]:
    """Return the article's mentions, corrected: some added, some that the recognizer was unsure of left out, some of another class.

    Without a network given, the one that ships with the program is asked.
    """
    tokens = told(article, mentions)
    if not len(tokens):
        return tuple(mentions)
    text = article.document.text
    probability = (network or load_names()).probabilities(text, tokens)
    kept = _without_words(article, _judged(text, tokens, probability, mentions))
    for new in _spans(text, tokens, probability):
        touched = [m for m in kept if m.begin < new.end and new.begin < m.end]
        proper = new.form is Form.NAME and not is_common(new.text) and _ends_in_noun(article, new) and not _is_word(article, new)
        if proper and (_is_longer(new, touched) if touched else _is_new(new, kept)):
            kept = [m for m in kept if m not in touched] + [new]
    return tuple(sorted(kept, key=lambda m: (m.begin, -m.end)))


def _ends_in_noun(article: Article, new: Mention) -> bool:
    """Whether the tokenizer reads a mention's last word as a noun or a sign: not ついて."""
    sentence = article.sentence_at(new.begin)
    words = sentence.tokens(new.begin, new.end) if sentence is not None else None
    return words is not None and len(words) > 0 and words[-1].tag_.startswith(("名詞", "接尾辞", "記号", "補助記号", "形状詞"))


def _without_words(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions but for bodies that the recognizer was unsure of and whose name is one common word: モバイル, not the フォリオ of フォリオ映像."""
    sure: dict[str, float] = defaultdict(float)
    for m in mentions:
        sure[m.text] = max(sure[m.text], m.confidence if m.rule in _DOUBTED else 1.0)
    doubted = {m.text for m in mentions if sure[m.text] < WORD and _is_word(article, m, most=1)}
    doubted = {name for name in doubted if not any(m.text.startswith(name) and m.text != name for m in mentions)}
    return [m for m in mentions if m.text not in doubted]


def _is_word(article: Article, new: Mention, most: int = _LONGEST) -> bool:
    """Whether a body's name is nothing but common words in katakana, up to so many: ハンドボール, ウィッシュリスト."""
    if new.type is not EntityClass.ORGANIZATION:
        return False
    sentence = article.sentence_at(new.begin)
    words = sentence.tokens(new.begin, new.end) if sentence is not None else None
    return words is not None and len(words) <= most and only_common(words)


def _is_new(new: Mention, known: Sequence[Mention]) -> bool:
    """Whether a mention is to be added: not the part of a name, which the name itself explains (ノヴァク of ペトラ・ノヴァク)."""
    return new.confidence >= NEW and len(new.text) > 1 and not any(new.text in m.text for m in known if m.form is Form.NAME and m.text != new.text)


def _is_longer(new: Mention, touched: Sequence[Mention]) -> bool:
    """Whether a product's name takes in those found, each of them shorter: Galaxy Note 10.1 for Galaxy."""
    longer = all(new.begin <= m.begin and m.end <= new.end and m.text != new.text and m.type is new.type for m in touched)
    return longer and new.type is EntityClass.MODEL and new.confidence >= LONGER


def told(article: Article, mentions: Iterable[Mention]) -> Tokens:
    """Return the article's tokens as they are, with what is known of the mentions beside them."""
    tokens, rows = tokens_of(article, ())
    marks = [Mark(m.begin, m.end, m.type, m.form, 0) for m in mentions]
    types, forms, inside, _ = laid(article, rows, marks, len(tokens))
    return replace(tokens, types=types, forms=forms, inside=inside)


def _judged(text: str, tokens: Tokens, probability: Floats, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions by name, over all places of each: left out or of another class where the network is sure of it; listed names stay as they are."""
    by_name: dict[str, list[Floats]] = defaultdict(list)
    outside: dict[str, list[float]] = defaultdict(list)
    sure: dict[str, float] = defaultdict(float)
    placed = [(m, _rows(tokens, m.begin, m.end)) for m in mentions]
    for mention, rows in placed:
        if mention.form is Form.NAME and len(rows) and not _LISTED.fullmatch(mention.rule):
            by_name[mention.text].append(_of_kinds(probability[rows]))
            outside[mention.text].append(float(probability[rows, OUTSIDE].mean()))
            sure[mention.text] = max(sure[mention.text], mention.confidence if mention.rule in _DOUBTED else 1.0)
    classes: dict[str, EntityClass] = {}
    none: set[str] = set()
    chains = {m.text for m in mentions if m.type is EntityClass.ORGANIZATION and is_chain(text, m.begin)}
    for name, found in by_name.items():
        if name in chains:
            continue
        if np.mean(outside[name]) >= NONE and sure[name] < SURE:
            none.add(name)
            continue
        mean = np.mean(found, axis=0)
        best = int(mean.argmax())
        if KINDS[best][0] is EntityClass.PERSON and is_body(name):
            continue
        if mean[best] >= OTHER_CLASS and KINDS[best][1] is Form.NAME:
            classes[name] = KINDS[best][0]
    return [
        replace(m, type=classes[m.text], rule=_RULE) if m.form is Form.NAME and classes.get(m.text, m.type) is not m.type else m
        for m, _ in placed
        if m.form is not Form.NAME or m.text not in none
    ]


def _of_kinds(rows: Floats) -> Floats:
    """How probable each kind is over a mention's tokens, the first of which opens it."""
    opens, goes_on = rows[:, 1::2], rows[:, 2::2]
    return np.asarray(np.concatenate((opens[:1], goes_on[1:])).mean(0), np.float32)


def _rows(tokens: Tokens, begin: int, end: int) -> NDArray[np.intp]:
    return np.flatnonzero((tokens.begins < end) & (tokens.ends > begin) & (tokens.ends > tokens.begins))


def _spans(text: str, tokens: Tokens, probability: Floats) -> list[Mention]:
    """The mentions as the network tags them, each with the probability of its least sure token."""
    tags, sure = probability.argmax(1), probability.max(1)
    found = []
    for first in np.flatnonzero(tags > OUTSIDE).tolist():
        kind = (int(tags[first]) - 1) // 2
        if first and tags[first] == 2 + 2 * kind and (tags[first - 1] - 1) // 2 == kind and tags[first - 1] > OUTSIDE and _together(tokens, first):
            continue
        last = first
        while last + 1 < len(tags) and tags[last + 1] == 2 + 2 * kind and _together(tokens, last + 1):
            last += 1
        begin, end = int(tokens.begins[first]), int(tokens.ends[last])
        type_, form = KINDS[kind]
        found.append(Mention(begin, end, text[begin:end], type_, form, _RULE, round(float(sure[first : last + 1].min()), 2)))
    return found


def _together(tokens: Tokens, row: int) -> bool:
    return bool(tokens.sentences[row] == tokens.sentences[row - 1])


def _found(known: dict[int, int], keys: list[int]) -> Ints:
    return np.array([known.get(key, 0) for key in keys], np.int32)


def _script(letter: str) -> int:
    """A number for the script of a letter, 0 for none."""
    if not letter:
        return 0
    if "一" <= letter <= "鿿" or letter == "々":
        return 1
    if "ァ" <= letter <= "ヺ" or letter == "ー":
        return 2
    if "ぁ" <= letter <= "ゖ":
        return 3
    if letter.isascii() and letter.isalpha():
        return 4 + letter.isupper()
    return 6 if letter.isdigit() else 7


@cache
def places(vocabulary: Vocabulary) -> dict[str, dict[int, int]]:
    """Return the ids of what a vocabulary knows."""
    return {name: {key: place for place, key in enumerate(getattr(vocabulary, name), start=1)} for name in (*_HASHED, "letter")}


@cache
def _brought(names: Names) -> Floats:
    return brought(names.params, static_vectors())


@cache
def load_names() -> Names:
    """Return the network that ships with the program."""
    return read_names(WEIGHTS)


def read_names(path: Path) -> Names:
    """Return the network of an npz."""
    with np.load(path, allow_pickle=False) as found:
        vocabulary = Vocabulary(*(tuple(found[f"v_{name}"].tolist()) for name in (*_HASHED, "letter")))
        params = {name.removeprefix("p_"): found[name].astype(np.float32) for name in found.files if name.startswith("p_")}
    return Names(vocabulary, params)
