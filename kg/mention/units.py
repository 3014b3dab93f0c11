"""Short units: what the recognizer labels. Sudachi's A-mode morphemes inside ja_ginza's C-mode tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A sentence for the tagger: up to a full stop with the brackets that close after it, or a line's end.
_SENTENCE = re.compile(r"[^。．\n！？!?]*[。．\n！？!?]*[」』）)]*")
_LONGEST = 300  # units a sentence: what is longer is a table or a list, and only costs memory
_CALL = 12_000  # code points a tokenizer call: 4 bytes each stay below SudachiPy's limit of 49,149 bytes


class Unit(NamedTuple):
    """A morpheme without its place in the text, so that what is known of it can be kept between its occurrences."""

    surface: str
    tag: str  # Sudachi's part of speech, 名詞-固有名詞-人名-姓
    norm: str
    place: str  # in its token: S(ingle), B(egin), I(nside), E(nd)
    token: str
    token_tag: str


_KEPT = 50_000  # words whose short units are kept
_parts: dict[tuple[int, int, str], tuple[Unit, ...]] = {}


class Sentence(NamedTuple):
    """Units and where each begins in the text."""

    units: tuple[Unit, ...]
    begins: tuple[int, ...]


def sentences(text: str, nlp: Language) -> Iterator[Sentence]:
    """Yield the sentences of a text of any length, tokenized line by line; of nlp only the tokenizer runs."""
    for begin, line in _pieces(text):
        units, begins = units_in(line, nlp, begin)
        first = 0
        for match in _SENTENCE.finditer(line):
            last = first
            while last < len(units) and begins[last] < begin + match.end() and last - first < _LONGEST:
                last += 1
            if last > first:
                yield Sentence(units[first:last], begins[first:last])
            first = last
        if first < len(units):
            yield Sentence(units[first:], begins[first:])


def units_in(text: str, nlp: Language, begin: int = 0) -> tuple[tuple[Unit, ...], tuple[int, ...]]:
    """Return a text's short units as units_of does for its Doc, straight from Sudachi: half the time, for nobody needs the Doc here.

    One space right behind a word is no unit, all others between two words are one.
    """
    whole: Any = nlp.tokenizer  # spaCy's for Japanese, which holds Sudachi's
    tokenizer = whole.tokenizer
    units: list[Unit] = []
    begins: list[int] = []
    at, gap, behind_word = begin, "", False
    for morpheme in tokenizer.tokenize(text):
        surface = morpheme.surface()
        if surface.isspace():
            if behind_word and surface == " ":
                at += 1
            else:
                gap += surface
            behind_word = False
            continue
        if gap:
            units.append(_space(gap))
            begins.append(at)
            at, gap = at + len(gap), ""
        key = (morpheme.word_id(), morpheme.part_of_speech_id(), surface)
        parts = _parts.get(key)
        if parts is None:
            if len(_parts) >= _KEPT:
                _parts.clear()
            parts = _parts[key] = _split(morpheme, morpheme.split(tokenizer.SplitMode.A)) if surface else ()
        for part in parts:
            units.append(part)
            begins.append(at)
            at += len(part.surface)
        behind_word = behind_word or bool(surface)
    if gap:
        units.append(_space(gap))
        begins.append(at)
    if at + len(gap) != begin + len(text):
        return units_of(nlp.make_doc(text), begin)
    return tuple(units), tuple(begins)


def _space(gap: str) -> Unit:
    return Unit(gap, "空白", gap, "S", gap, "空白")


def _split(whole: Any, short: Iterable[Any]) -> tuple[Unit, ...]:
    token, tag = whole.surface(), _tag(whole)
    parts = [part for part in short if part.surface()]
    if len(parts) < 2:
        return (Unit(token, tag, whole.normalized_form() or token, "S", token, tag),)
    places = ["B", *"I" * (len(parts) - 2), "E"]
    return tuple(
        Unit(part.surface(), _tag(part), part.normalized_form() or part.surface(), place, token, tag)
        for part, place in zip(parts, places, strict=True)
    )


def _tag(morpheme: Any) -> str:
    return "-".join(part for part in morpheme.part_of_speech()[:4] if part != "*")


def units_of(doc: Doc, begin: int = 0) -> tuple[tuple[Unit, ...], tuple[int, ...]]:
    """Return the short units of a tokenized text, and the offset of each plus `begin`."""
    short = doc.user_data.get("sub_tokens") or [None] * len(doc)
    units: list[Unit] = []
    begins: list[int] = []
    for token, parts in zip(doc, short, strict=True):
        text, tag, at = token.text, token.tag_, begin + token.idx
        morphemes = parts[0] if parts and len(parts[0]) > 1 else ()
        if not morphemes:
            units.append(Unit(text, tag, token.norm_, "S", text, tag))
            begins.append(at)
        for number, morpheme in enumerate(morphemes):
            place = "I" if number else "B"
            if number == len(morphemes) - 1:
                place = "E"
            units.append(Unit(morpheme.surface, morpheme.tag, morpheme.norm or morpheme.surface, place, text, tag))
            begins.append(at)
            at += len(morpheme.surface)
    return tuple(units), tuple(begins)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines, and pieces of lines that are too long for one call."""
    begin = 0
    for line in text.splitlines(keepends=True):
        for cut in range(0, len(line), _CALL):
            piece = line[cut : cut + _CALL]
            yield begin + cut, piece
        begin += len(line)


_SCRIPTS = (
    ("h", "\u3041", "\u309f"),
    ("t", "\u30a0", "\u30ff"),
    ("k", "\u4e00", "\u9fff"),
    ("t", "\uff66", "\uff9f"),
    ("k", "\U00020000", "\U0003ffff"),
)


def script(character: str) -> str:
    """Return h(iragana), t (katakana), k(anji), 9, A, a, an opening or closing bracket, or `.` for anything else."""
    for name, low, high in _SCRIPTS:
        if low <= character <= high:
            return name
    if character in "々〆ヶ":
        return "k"
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return "(" if character in '「『“"（(【〈《' else ")" if character in "」』”）)】〉》" else "."


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Return the scripts of a word, runs cut to two: GPT-4o → AA.9a."""
    return re.sub(r"(.)\1+", r"\1\1", "".join(map(script, word)))[:8]
