"""Passages and articles of news written for training, `passages/*.tsv` and `articles/*.tsv`: every name in them is marked, and every relation is told.

A line is a passage and its relations, divided by a tab: `[[Organization#a|青嶺電子]]は…`, `a releases b Plan; b partOf c Fact!` (! is negated).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from names_corpora import Sample
from spacy.language import Language

from kg.model import Document
from kg.parse import Article, parse

PASSAGES, ARTICLES = (Path(__file__).with_name(name) for name in ("passages", "articles"))
NAMED = {"Organization": "Organization", "Outlet": "Organization", "Person": "Person", "Place": "Place", "Model": "Product"}
_MARKED = re.compile(r"\[\[(\w+)#(\w+)\|([^\[\]|]+)\]\]")
_ANAPHOR = re.compile(r"(?:同|当|弊|両|わが|我|自)[一-龥々ァ-ヶー]{1,4}|彼女?|私|自身|それ|[0-9０-９]社")
_SENTENCE = re.compile(r"[^。！？]*(?:[。！？]+[」』）]*|$)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: its place in the passage's text, its class, and the thing that it speaks of."""

    begin: int
    end: int
    type: str
    thing: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What the passage states of two things."""

    subject: str
    property: str
    object: str
    modality: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage without its marks."""

    source: str
    text: str
    marks: tuple[Marked, ...]
    relations: tuple[Relation, ...]

    def name(self, mark: Marked) -> str:
        return self.text[mark.begin : mark.end]


def read(folder: Path = PASSAGES) -> list[Passage]:
    """Return every passage, or every article, in the order of the files' names."""
    return [
        passage(line, f"{path.name}:{number}")
        for path in sorted(folder.glob("*.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
    ]


def parsed(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Article]]:
    """Yield each passage with its article, parsed."""
    return zip(passages, parse(Document(p.source, p.text) for p in passages), strict=True)


def passage(line: str, source: str) -> Passage:
    """Return one line, read. Raises ValueError, with its source, for a line that is none."""
    marked, tab, told = line.partition("\t")
    if not tab:
        raise ValueError(f"{source}: one column, wanted two")
    text, marks, done = "", list[Marked](), 0
    for found in _MARKED.finditer(marked):
        text += marked[done : found.start()]
        marks.append(Marked(len(text), len(text) + len(found[3]), found[1], found[2]))
        text, done = text + found[3], found.end()
    text += marked[done:]
    return Passage(source, text, tuple(marks), tuple(_relation(each, source) for each in told.split("; ") if told != "-"))


def _relation(words: str, source: str) -> Relation:
    parts = words.split()
    if len(parts) != 4:
        raise ValueError(f"{source}: relation {words!r}, wanted SUBJECT PROPERTY OBJECT MODALITY")
    return Relation(parts[0], parts[1], parts[2], parts[3].rstrip("!"), parts[3].endswith("!"))


def samples(passages: list[Passage], nlp: Language) -> Iterator[Sample]:
    """Yield the sentences with their names, as the recognizer learns them: no 同社, no role, no course of action.

    The passages leave a place unmarked that only modifies (英国の大学); the tokenizer's gazetteer marks it.
    """
    for each in passages:
        marks = [m for m in each.marks if m.type in NAMED and not is_anaphor(each.name(m))]
        tokens = [(t.idx, t.idx + len(t), t.tag_) for t in nlp.make_doc(each.text)]
        names = [(m.begin, m.end, NAMED[m.type]) for m in marks if m.type != "Person" or not is_role(each.name(m), m, tokens)]
        taken = [(m.begin, m.end) for m in each.marks]
        names += [(b, e, "Place") for b, e, tag in tokens if e - b > 1 and "地名" in tag and not any(b < end and begin < e for begin, end in taken)]
        for found in _SENTENCE.finditer(each.text):
            begin, end = found.span()
            if begin < end:
                inside = sorted((b - begin, e - begin, kind) for b, e, kind in names if begin <= b and e <= end)
                yield Sample(each.text[begin:end], tuple(inside), "stockmark")


def is_anaphor(name: str) -> bool:
    """Whether a mention refers back by a word that is no name (同社)."""
    return bool(_ANAPHOR.fullmatch(name))


def is_role(name: str, mark: Marked, tokens: list[tuple[int, int, str]]) -> bool:
    """Whether a person is meant by what he does (広報担当者); the tokens are (begin, end, tag)."""
    proper = any("固有名詞" in tag for b, e, tag in tokens if mark.begin <= b and e <= mark.end)
    return not proper and name[-1] in "者長員部官家人士師役手督民生客主表"
