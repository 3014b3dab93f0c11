"""A text to a Doc of words: what spaCy's tokenizer for Japanese makes of Sudachi's morphemes, as far as anything here reads it.

A word's attributes are looked up once. Left out are its short units (`kg.mention` has its own), its reading, and the part of speech,
which the morphologizer finds anew.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

_LATIN_NAME = re.compile(r"[A-Za-z][\w.&'’+-]*(?: (?:[A-Za-z0-9][\w.&'’+-]*|&|\+))+", re.ASCII)
_FIRST, _LATER = 1, 2**64 - 1  # where a sentence begins and where not, as spaCy stores it
_ATTRIBUTES: list[int | str] = ["ORTH", "TAG", "LEMMA", "NORM", "MORPH"]
_KEPT = 50_000  # words whose attributes are kept


class Words:
    """The tokenizer of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._known: dict[tuple[int, int, str], tuple[int, ...]] = {}

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text, one sentence, with Latin names that hold spaces (Moonshot AI, GPT-4o mini) as one token each."""
        doc = self._doc(text)
        if " " in text:
            _join_names(doc)
        starts: Any = np.full(len(doc), _LATER, np.uint64)
        starts[:1] = _FIRST
        return doc.from_array(["SENT_START"], starts)

    def _doc(self, text: str) -> Doc:
        """A text straight from Sudachi. One space right behind a word is no token, all others between two words are one."""
        tokenizer: Any = self._nlp.tokenizer  # spaCy's for Japanese, which holds Sudachi's
        found: list[tuple[int, ...]] = []
        spaces: list[bool] = []
        length, gap = 0, ""
        for morpheme in tokenizer.tokenizer.tokenize(text):
            surface = morpheme.surface()
            length += len(surface)
            if surface == " " and not gap and spaces and not spaces[-1]:
                spaces[-1] = True
            elif surface.isspace():
                gap += surface
            elif surface:
                if gap:
                    found.append(self._space(gap))
                    spaces.append(False)
                    gap = ""
                found.append(self._attributes(morpheme, surface))
                spaces.append(False)
        if gap:
            found.append(self._space(gap))
            spaces.append(False)
        if length != len(text):
            return self._as_spacy_does(text)
        orths: list[Any] = [word[0] for word in found]
        values: Any = np.array(found, np.uint64).reshape(-1, len(_ATTRIBUTES))
        return Doc(self._nlp.vocab, words=orths, spaces=spaces).from_array(_ATTRIBUTES, values)

    def _as_spacy_does(self, text: str) -> Doc:
        """A text of which Sudachi leaves characters out."""
        doc = self._nlp.make_doc(text)
        unsaid: Any = np.zeros(len(doc), np.uint64)
        return doc.from_array(["POS"], unsaid)

    def _space(self, gap: str) -> tuple[int, ...]:
        vocab = self._nlp.vocab
        return (*map(vocab.strings.add, (gap, "空白", gap, gap)), vocab.morphology.add({}))

    def _attributes(self, morpheme: Any, surface: str) -> tuple[int, ...]:
        """Orth, tag, lemma, norm and inflection of a morpheme, as numbers."""
        key = (morpheme.word_id(), morpheme.part_of_speech_id(), surface)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            vocab, parts = self._nlp.vocab, morpheme.part_of_speech()
            tag, inflection = "-".join(p for p in parts[:4] if p != "*"), ";".join(p for p in parts[4:] if p != "*")
            texts = (surface, tag, morpheme.dictionary_form() or surface, morpheme.normalized_form())
            morph = vocab.morphology.add({"Inflection": inflection} if inflection else {})
            found = self._known[key] = (*map(vocab.strings.add, texts), morph)
        return found


def _join_names(doc: Doc) -> None:
    matches = (doc.char_span(*m.span(), alignment_mode="strict") for m in _LATIN_NAME.finditer(doc.text))
    names = filter_spans([s for s in matches if s is not None and len(s) > 1])
    with doc.retokenize() as retokenizer:
        for name in names:
            retokenizer.merge(name, attrs={"TAG": "名詞-固有名詞-一般", "LEMMA": name.text, "NORM": name.text})
