"""Example sentences of the lexicon, parsed, with the agents that they name."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from kg.claim import statements
from kg.lexicon import Row
from kg.model import Document, Entity, EntityClass, Form, Mention, Statement
from kg.parse import Article, Sentence, parse

AGENTS = {
    EntityClass.PERSON: ("会長", "社長", "市議", "店主"),
    EntityClass.ORGANIZATION: ("三橋電機", "市消防局", "県警", "県", "同社"),
    EntityClass.OUTLET: ("毎朝新聞", "毎朝通信", "同紙", "通信社"),
    EntityClass.UNNAMED_SOURCE: ("関係者", "目撃者", "担当者", "利用者", "住民"),
}
_CLASS = {name: kind for kind, names in AGENTS.items() for name in names}
_NAMES = re.compile("|".join(sorted(_CLASS, key=len, reverse=True)))


def unmarked(example: str) -> tuple[str, int, int]:
    """The sentence without its ［］, and where the words between them stand."""
    begin = example.index("［")
    return example.replace("［", "").replace("］", ""), begin, example.index("］") - 1


@cache
def article(text: str) -> Article:
    """The parsed text of an example; `\\n` stands for a line break."""
    return next(parse([Document("example", text.replace("\\n", "\n"))]))


def marked(example: str) -> tuple[Sentence, Token]:
    """The predicate in ［］ and its sentence."""
    text, begin, end = unmarked(example)
    inside = [s for s in article(text).sentences if s.begin <= begin < s.end]
    sentence = min(inside, key=lambda s: s.end - s.begin)
    span = sentence.tokens(begin, end)
    assert span is not None, example
    return sentence, span.root


def root(example: str) -> tuple[Sentence, Token]:
    """The last main predicate of an example of one sentence."""
    sentence = article(example).sentences[0]
    return sentence, next(t for t in sentence.doc if t.head.i == t.i)


def agents(text: str) -> tuple[Entity, ...]:
    """The agents of an example, each with its mentions."""
    places: dict[str, list[Mention]] = {}
    for m in _NAMES.finditer(text):
        mention = Mention(m.start(), m.end(), m.group(), _CLASS[m.group()], Form.ROLE, "example", 1.0)
        places.setdefault(m.group(), []).append(mention)
    return tuple(Entity(_CLASS[name], name, (), tuple(found)) for name, found in places.items())


@cache
def said(example: str) -> tuple[Statement, ...]:
    """The statements that an example holds."""
    parsed = article(example)
    return statements(parsed, agents(parsed.document.text))


def words(example: str) -> list[str]:
    """The words of an example's statements."""
    return [example.replace("\\n", "\n")[s.begin : s.end] for s in said(example)]


def ids(rows: tuple[Row, ...]) -> list[str]:
    """Rows by their place, for the names of tests."""
    return [row.rule for row in rows]
