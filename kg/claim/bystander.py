"""Entities that the graph leaves out: people without a name, and common words, of which nothing is said and which say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Claim, Entity, EntityClass, Form
from kg.parse import Article, only_common

_REPEATED = ("repeated", "again:same")
_LOOKS = ("tagger", "context", "network", *_REPEATED)
_GUESSED = {  # rules that go by what a name looks like
    EntityClass.ORGANIZATION: _LOOKS,
    EntityClass.PERSON: _LOOKS,
    EntityClass.MODEL: ("context", *_REPEATED),
}


def without_bystanders(article: Article, found: Iterable[Entity], made: Iterable[Claim]) -> tuple[Entity, ...]:
    """Return the entities but for 妻, 社員 and words such as ウィッシュリスト, ホーム＆アウェイ that no claim is about."""
    ends = {e for c in made for e in (c.speaker, c.source, c.subject, c.object, *c.about)}
    return tuple(e for e in found if e in ends or not (_is_nobody(e) or _is_word(article, e)))


def _is_nobody(entity: Entity) -> bool:
    """Whether it is a person of whom the article gives no name."""
    return entity.type is EntityClass.PERSON and all(m.form is Form.ROLE for m in entity.mentions)


def _is_word(article: Article, entity: Entity) -> bool:
    """Whether common words in katakana make up a name that only looks like one."""
    rules = _GUESSED.get(entity.type)
    if rules is None or entity.aliases or not all(m.rule in rules for m in entity.mentions):
        return False
    first = entity.mentions[0]
    if entity.type is EntityClass.MODEL and article.document.text[first.begin - 1 : first.begin] in ("「", "『"):
        return False
    sentence = article.sentence_at(first.begin)
    words = sentence.tokens(first.begin, first.end) if sentence is not None else None
    return words is not None and only_common(words)
