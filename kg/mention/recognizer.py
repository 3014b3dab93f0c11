"""The recognizer: names of the four training types, from the tokenizer's output alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.mention.tagger import WEIGHTS, Tagger
from kg.mention.units import Sentence, sentences

if TYPE_CHECKING:
    from spacy.language import Language

_AHEAD = 32  # texts


def recognize(text: str, nlp: Language) -> list[tuple[int, int, str]]:
    """Return (begin, end, type) of the text's names, sorted, not overlapping; type is Person, Organization, Place or Product.

    Exactly what the trained tagger says: no rules, no lexicon. Of nlp only the tokenizer runs.
    """
    return next(recognize_all([text], nlp))


def recognize_all(texts: Iterable[str], nlp: Language) -> Iterator[list[tuple[int, int, str]]]:
    """Yield what `recognize` returns for each text. Some texts are read ahead: many short ones take half the time when they are labelled together."""
    model, rest = tagger(nlp), iter(texts)
    while some := list(islice(rest, _AHEAD)):
        read = [list(sentences(text, nlp)) for text in some]
        labels = iter(model.label([sentence.units for each in read for sentence in each]))
        for each in read:
            yield [
                (*bounds(sentence, first, last), kind)
                for sentence, found in zip(each, islice(labels, len(each)), strict=True)
                for first, last, kind in chunks(found)
            ]


@lru_cache(maxsize=4)
def tagger(nlp: Language) -> Tagger:
    """Return the tagger with the shipped weights for this pipeline's vocabulary; loaded once."""
    return Tagger(WEIGHTS, nlp.vocab)


def chunks(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, type) of the names in a sequence of labels, reading an ill-formed one as well as it can be."""
    first, kind = -1, ""
    for i, label in enumerate(labels):
        if kind and (label[0] in "OBS" or label[2:] != kind):
            yield first, i - 1, kind
            kind = ""
        if label != "O" and not kind:
            first, kind = i, label[2:]
        if label[0] in "ES" and kind:
            yield first, i, kind
            kind = ""
    if kind:
        yield first, len(labels) - 1, kind


def bounds(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Return where units first to last begin and end in the text."""
    return sentence.begins[first], sentence.begins[last] + len(sentence.units[last].surface)
