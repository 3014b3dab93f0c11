"""Sentences with their entities marked in place, {s:O:青葉電機}は{o:M:カワセミ}を開発した: what the relation tables' examples are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.argument import predicates
from kg.context import stance
from kg.model import Document, Entity, EntityClass, Form, Mention, Proposition
from kg.parse import parse
from kg.relation import propositions

CLASSES = {
    "O": EntityClass.ORGANIZATION,
    "U": EntityClass.ORGANIZATION,
    "P": EntityClass.PERSON,
    "R": EntityClass.PERSON,
    "M": EntityClass.MODEL,
    "L": EntityClass.PLACE,
    "K": EntityClass.PLACE,
    "S": EntityClass.STRATEGY,
    "T": EntityClass.OUTLET,
    "N": EntityClass.UNNAMED_SOURCE,
}
_MARK = re.compile(r"\{(?:([a-z]):)?([A-Z]):([^}]+)\}")


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, the entities that it marks, and the name at each role (s, o, and others)."""

    text: str
    entities: tuple[Entity, ...]
    roles: dict[str, str]


def unmark(sentence: str) -> Marked:
    """Return a marked sentence read. What is marked S is expected to be found, not given."""
    text, at, roles = "", 0, {}
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for mark in _MARK.finditer(sentence):
        role, letter, name = mark.groups()
        text += sentence[at : mark.start()]
        places.setdefault((letter, name), []).append((len(text), len(text) + len(name)))
        text += name
        at = mark.end()
        if role:
            roles[role] = name
    text += sentence[at:]
    entities = tuple(_entity(letter, name, spans, text) for (letter, name), spans in places.items() if letter != "S")
    return Marked(text, entities, roles)


def _entity(letter: str, name: str, spans: list[tuple[int, int]], text: str) -> Entity:
    form = Form.ROLE if letter in "RN" else Form.NAME
    mentions = tuple(Mention(b, e, text[b:e], CLASSES[letter], form, "test", 1.0) for b, e in spans)
    return Entity(CLASSES[letter], name, (), mentions)


@cache
def relations(sentences: tuple[str, ...]) -> dict[str, tuple[Proposition, ...]]:
    """Return what is read off each marked sentence, all of them parsed in one go."""
    marked = [unmark(s) for s in sentences]
    articles = parse(Document("test", m.text) for m in marked)
    found = {}
    for sentence, m, article in zip(sentences, marked, articles, strict=True):
        found[sentence] = propositions(article, predicates(article), m.entities, stance)[0]
    return found


def names(entity: Entity) -> set[str]:
    """Return all names of an entity."""
    return {entity.name, *entity.aliases}


def fires(found: Iterable[Proposition], rule: str, marked: Marked) -> bool:
    """Whether a row has found the relation between the ends that its sentence marks."""
    return any(p.rule == rule and marked.roles["s"] in names(p.subject) and marked.roles["o"] in names(p.object) for p in found)
