"""Segments to spaCy Docs: the only place that loads the model.

One Doc a segment and one sentence a Doc. Latin names with spaces are one token, GiNZA's own names are left out
(`kg.mention` finds them), and so is everything that nothing here reads. Docs are read-only from here on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.api import Model, NumpyOps

from kg import arcs, encode
from kg.model import Document
from kg.segment import Kind, Quote, segment
from kg.words import Words

MODEL = "ja_ginza"
BATCH = 32  # segments a batch: 660 MB of memory at 32, 1.5 GB at large ones (ja_ginza 5.2)
LONGEST = 1_000  # characters of a sentence that is parsed: 1,150 take 3 s, 2,300 take 28. The longest of 11,892 sentences has 269.
_UNREAD = ("ner", "compound_splitter", "bunsetu_recognizer")
_BUNSETSU = "_bunsetu"
_KATAKANA = re.compile(r"[ァ-ヺー・＆]+")
_COMMON = ("名詞-普通名詞", "形状詞", "補助記号")
_PUT_TOGETHER = 0x0FFFFFFF  # the word id of katakana that Sudachi joined because its dictionary has no such word


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A parsed segment. `doc[i]` and characters of `doc.text` are found again in the article by `offsets`."""

    index: int
    doc: Doc
    offsets: tuple[int, ...]
    begin: int
    end: int
    kind: Kind
    line: int
    quote: int | None
    quotes: tuple[int, ...]
    text: str = field(init=False)  # of the Doc, which would put it together anew each time that it is asked for
    starts: tuple[int, ...] = field(init=False)  # of the tokens in `text`
    ends: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Take from the Doc what is asked for most: a quarter of the time of an article went into asking it."""
        starts = tuple(token.idx for token in self.doc)
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "starts", starts)
        object.__setattr__(self, "ends", tuple(start + len(token) for start, token in zip(starts, self.doc, strict=True)))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the tokens `first` to `last` (inclusive) stand in the article."""
        return self.offsets[self.starts[first]], self.offsets[self.ends[last] - 1] + 1

    def offset(self, token: int) -> int:
        """Return where a token begins in the article."""
        return self.offsets[self.starts[token]]

    def before(self, token: int) -> str:
        """Return what stands before a token."""
        last = min(token, len(self.ends)) - 1
        return self.text[: self.ends[last]] if last >= 0 else ""

    def tokens(self, begin: int, end: int) -> Span | None:
        """Return the tokens that touch the article's stretch `begin` to `end`, or None if it is not in what was parsed."""
        places = self.places(begin, end)
        return None if places is None else self.doc[places[0] : places[1]]

    def places(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the first of those tokens, and the first behind them: a Span costs more than to know where it is."""
        first, last = bisect_left(self.offsets, begin), bisect_left(self.offsets, end)
        if first >= last:
            return None
        return bisect_right(self.starts, first) - 1, bisect_right(self.starts, last - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """A document with all of its sentences, in the order of the text; a quotation's sentences follow their host."""

    document: Document
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    _edges: tuple[int, ...] = field(init=False, repr=False)  # where another sentence becomes the innermost one
    _inner: tuple[Sentence | None, ...] = field(init=False, repr=False)  # that one

    def __post_init__(self) -> None:
        """Lay the sentences over the text once: what stands where is asked for thousands of times."""
        edges = sorted({edge for s in self.sentences for edge in (s.begin, s.end)})
        inner: list[Sentence | None] = [None] * len(edges)
        for s in sorted(self.sentences, key=lambda s: (s.begin - s.end, -s.index)):  # the longest first, shorter ones over it
            first, last = bisect_left(edges, s.begin), bisect_left(edges, s.end)
            inner[first:last] = [s] * (last - first)
        object.__setattr__(self, "_edges", tuple(edges))
        object.__setattr__(self, "_inner", tuple(inner))

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the innermost sentence whose stretch holds an offset of the article."""
        at = bisect_right(self._edges, offset)
        return self._inner[at - 1] if at else None


@cache
def load() -> Language:
    """Return the pipeline, loaded once a process: ja_ginza's tokenizer, tok2vec, parser and morphologizer."""
    nlp = spacy.load(MODEL, exclude=_UNREAD)
    vectors = nlp.get_pipe("tok2vec")
    vectors.model = encode.faster(vectors.model)  # type: ignore[attr-defined]
    _use_numpy(nlp.get_pipe("parser").model)  # type: ignore[attr-defined]
    nlp.get_pipe("morphologizer").cfg.update(overwrite=False, extend=False)  # type: ignore[attr-defined]  # it knows parts of speech alone
    return nlp


@cache
def _words() -> Words:
    return Words(load())


def only_common(words: Span) -> bool:
    """Return whether a stretch is nothing but common words in katakana that Sudachi's dictionary has: ハンドボール, ウィッシュリスト."""
    return bool(_KATAKANA.fullmatch(words.text)) and all(t.tag_.startswith(_COMMON) and _is_listed(t.text) for t in words)


@lru_cache(maxsize=10_000)
def _is_listed(word: str) -> bool:
    """Whether Sudachi knows a word, instead of having put it together from letters or from other words."""
    tokenizer: Any = load().tokenizer
    found = tokenizer.tokenizer.tokenize(word)
    return len(found) == 1 and not found[0].is_oov() and found[0].word_id() != _PUT_TOGETHER and "固有名詞" not in found[0].part_of_speech()


def _use_numpy(model: Model[Any, Any]) -> None:
    """Let numpy multiply matrices in the parser: BLIS, Thinc's own, takes half as long again."""
    ops = NumpyOps(use_blis=False)
    for node in model.walk():
        node.ops = ops


def parse(documents: Iterable[Document]) -> Iterator[Article]:
    """Parse articles, in their order, a batch of segments at a time."""
    nlp, words = load(), _words()
    for document in documents:
        cut = segment(document.text)
        legible = [s for s in cut.segments if s.kind is not Kind.FOREIGN and len(s.text) <= LONGEST]
        docs = _docs(nlp, (words(s.text) for s in legible))
        sentences = tuple(
            Sentence(s.index, doc, s.offsets, s.begin, s.end, s.kind, s.line, s.quote, s.quotes) for s, doc in zip(legible, docs, strict=True)
        )
        yield Article(document, sentences, cut.quotes)


def _docs(nlp: Language, whole: Iterator[Doc]) -> Iterator[Doc]:
    while batch := list(islice(whole, BATCH)):
        parts: list[tuple[str, Any]] = nlp.pipeline
        for name, part in parts:
            part.set_annotations(batch, arcs.parsed(part, batch) if name == "parser" else part.predict(batch))
        yield from map(_plain, batch)


def _plain(doc: Doc) -> Doc:
    """The Doc without the mark that GiNZA's labels bear at a bunsetsu's head: nmod_bunsetu is nmod."""
    for token in doc:
        if token.dep_.endswith(_BUNSETSU):
            token.dep_ = token.dep_.removesuffix(_BUNSETSU)
    return doc
