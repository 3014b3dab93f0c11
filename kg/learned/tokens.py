"""An article as arrays: its tokens in one row, sentence after sentence, and its mentions over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.vocab import Vocab

from kg.model import EntityClass, Form
from kg.parse import Article, Sentence, load
from kg.relation.frame import frames
from kg.relation.select import ENDS

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
PROPERTIES = tuple(ENDS)
TYPES = tuple(EntityClass)
FORMS = tuple(Form)
VECTORS = 20_000  # ja_ginza's
WIDTH = 256  # of a token's context, ja_ginza's tok2vec
_NOWHERE: Floats = np.zeros((1, WIDTH), np.float32)  # the context of a row that opens a sentence
_SILENT = (Form.NAME, Form.ANAPHOR)  # their own words say nothing of what is told of them


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as the network sees it: where it stands, and whose it is. `thing` is any number that names the entity."""

    begin: int
    end: int
    type: EntityClass
    form: Form
    thing: int


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Each sentence's tokens behind a row that opens it. All have a row a token.

    `lemmas`, `tags` and `relations` are spaCy's hashes, `heads` are rows; `vectors` are rows of the static vectors, -1 for none.
    `types` and `forms` count from 1, 0 where there is no mention; `inside` is 1 where a mention begins and 2 where it goes on.
    """

    lemmas: NDArray[np.uint64]
    tags: NDArray[np.uint64]
    relations: NDArray[np.uint64]
    vectors: Ints
    heads: Ints
    sentences: Ints
    begins: Ints
    ends: Ints
    quoted: Ints
    types: Ints
    forms: Ints
    inside: Ints
    frames: Floats  # which properties the token's lemma can tell of
    context: Floats

    def __len__(self) -> int:
        return len(self.heads)


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Marks as rows of tokens, in the order of the text. `sentences` are ordinals in the order of the article's sentences."""

    first: Ints
    last: Ints
    head: Ints
    type: Ints  # index in TYPES
    form: Ints
    thing: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.first)


@cache
def _properties() -> dict[int, tuple[int, ...]]:
    """The properties that a lemma's frames tell of, by the lemma's hash."""
    strings = load().vocab.strings
    return {strings.add(lemma): tuple(sorted({PROPERTIES.index(f.property) for f in found})) for lemma, found in frames().items()}


def tokens_of(article: Article, marks: Iterable[Mark]) -> tuple[Tokens, dict[int, int]]:
    """Return an article's tokens, with what the marks say of them, and the row of each sentence's first token by the sentence's index."""
    table, spans, context, vectors, rows = _rows(article)
    table, context, vectors = table.copy(), context.copy(), vectors.copy()
    begins, ends = np.array(spans, np.int32).reshape(-1, 2).T
    types, forms, inside, silent = laid(article, rows, marks, len(table))
    vectors[silent] = -1
    table[silent, 0] = 0
    context[silent] = 0
    known = _properties()
    told = np.zeros((len(table), len(PROPERTIES)), np.float32)
    telling = [(row, column) for row, lemma in enumerate(table[:, 0].tolist()) for column in known.get(lemma, ())]
    told[tuple(np.array(telling, np.int32).reshape(-1, 2).T)] = 1
    sizes = [len(s.doc) + 1 for s in article.sentences]
    sentences = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    quoted = np.repeat(np.array([1 + (s.quote is not None) for s in article.sentences], np.int32), sizes)
    quoted[[row - 1 for row in rows.values()]] = 0
    lemmas, tags, relations, heads = (table[:, column] for column in range(4))
    columns = (lemmas, tags, relations, vectors, heads.astype(np.int32), sentences, begins, ends, quoted, types, forms, inside, told, context)
    return Tokens(*columns), rows


@lru_cache(maxsize=1)  # asked for twice an article: by the names, then by the relations
def _rows(article: Article) -> tuple[NDArray[np.uint64], list[tuple[int, int]], Floats, Ints, dict[int, int]]:
    """Lemma, tag, dependency, head and orth of each row, where it stands, its context and its vector, and where each sentence's tokens begin."""
    columns: list[NDArray[np.uint64]] = [np.zeros((0, 5), np.uint64)]
    context: list[Floats] = [_NOWHERE[:0]]
    spans: list[tuple[int, int]] = []
    rows: dict[int, int] = {}
    for sentence in article.sentences:
        count, at = len(sentence.doc), len(spans)
        found: NDArray[np.uint64] = sentence.doc.to_array(["LEMMA", "TAG", "DEP", "HEAD", "ORTH"]).reshape(count, 5).astype(np.uint64)
        rows[sentence.index] = at + 1
        found[:, 3] += np.arange(at + 1, at + 1 + count, dtype=np.uint64)
        opening = np.zeros((1, 5), np.uint64)  # no lemma, no tag, no dependency
        opening[0, 3] = at
        columns += (opening, found)
        spans += [(sentence.begin, sentence.begin), *(sentence.span(i, i) for i in range(count))]
        context += (_NOWHERE, np.asarray(sentence.doc.tensor, np.float32))
    table = np.concatenate(columns)
    return table, spans, np.concatenate(context), _vectors(load().vocab, table), rows


def _vectors(vocab: Vocab, table: NDArray[np.uint64]) -> Ints:
    rows = vocab.vectors.key2row
    found = np.array([rows.get(orth, rows.get(lemma, -1)) for lemma, orth in table[:, [0, 4]].tolist()], np.int32).reshape(-1)
    found[found >= VECTORS] = -1  # spaCy gives one to every Latin name that is put together, in the order of their coming
    return found


def laid(article: Article, rows: dict[int, int], marks: Iterable[Mark], count: int) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Return class, form and place within its mention of each token, and whether its own words are to be left out."""
    types, forms, inside = (np.zeros(count, np.int32) for _ in range(3))
    silent = np.zeros(count, np.bool_)
    for mark in marks:
        if mark.type is EntityClass.STRATEGY or (place := _place(article, rows, mark)) is None:
            continue
        first, last, _ = place
        types[first : last + 1] = TYPES.index(mark.type) + 1
        forms[first : last + 1] = FORMS.index(mark.form) + 1
        inside[first : last + 1] = 2
        inside[first] = 1
        silent[first : last + 1] = mark.form in _SILENT
    return types, forms, inside, silent


def _place(article: Article, rows: dict[int, int], mark: Mark) -> tuple[int, int, Sentence] | None:
    sentence = article.sentence_at(mark.begin)
    if sentence is None:
        return None
    places = sentence.places(mark.begin, min(mark.end, sentence.end))
    if places is None or places[0] == places[1]:
        return None
    row = rows[sentence.index]
    return row + places[0], row + places[1] - 1, sentence


def mentions_of(article: Article, rows: dict[int, int], marks: Iterable[Mark]) -> Mentions:
    """Return the marks that stand on tokens, in the order of the text."""
    order = {sentence.index: ordinal for ordinal, sentence in enumerate(article.sentences)}
    found: list[tuple[int, ...]] = []
    for mark in marks:
        if (place := _place(article, rows, mark)) is not None:
            first, last, sentence = place
            row = rows[sentence.index]
            head = row + sentence.doc[first - row : last + 1 - row].root.i
            found.append((first, last, head, TYPES.index(mark.type), FORMS.index(mark.form), mark.thing, order[sentence.index]))
    table: Ints = np.array(sorted(found), np.int32).reshape(-1, 7)
    return Mentions(*(table[:, column] for column in range(7)))
