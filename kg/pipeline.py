"""The whole flow on one screen: documents to readings, from which the graph is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg import learned
from kg.argument import predicates
from kg.claim import claims, linked, statements, without_bystanders
from kg.context import stance
from kg.entity import entities, with_first_person
from kg.mention import mentions
from kg.model import Document, Entity, EntityClass, Reading, Statement
from kg.parse import Article, load, parse
from kg.relation import propositions
from kg.segment import Kind

_SOURCES = (EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE)


def read(documents: Iterable[Document], *, names: Path | None = None, lexicon: bool = True) -> Iterator[Reading]:
    """Return what each document says, in their order: its entities, and its claims with speaker, source and certainty.

    `names` is a TSV of names of the user's own, `lexicon=False` leaves the program's out. The model is loaded at the first document.
    """
    for article in parse(documents):
        yield reading(article, names=names, lexicon=lexicon)


def reading(article: Article, *, names: Path | None = None, lexicon: bool = True) -> Reading:
    """Return what one parsed article says."""
    known, said = known_of(article, names=names, lexicon=lexicon)
    stated, strategies = propositions(article, predicates(article), known, stance, said)
    stated, strategies = learned.read(article, known, stated, strategies, stance)
    everything = (*known, *strategies)
    cited = tuple(e for e in known if e.type in _SOURCES)
    made = linked(claims(article, everything, said, stated))
    return Reading(_titled(article), without_bystanders(article, everything, made), made, cited, _publisher(article, known))


def known_of(article: Article, *, names: Path | None = None, lexicon: bool = True) -> tuple[tuple[Entity, ...], tuple[Statement, ...]]:
    """Return the entities that an article names, and its statements with their agents among them."""
    found = entities(article, learned.names(article, mentions(article.document.text, load(), names=names, lexicon=lexicon)))
    said = learned.voices(article, found, statements(article, found))
    known = with_first_person(found, article, [(s.begin, s.end, s.speaker) for s in said if s.speaker is not None])
    return known, tuple(_renewed(s, dict(zip(found, known, strict=True))) for s in said)


def _titled(article: Article) -> Document:
    """The document with its title: the meta file's, else the first line that is no bullet and no sentence."""
    title = [s for s in article.sentences if s.kind is Kind.TITLE]
    if article.document.title or not title:
        return article.document
    return replace(article.document, title=" ".join(article.document.text[title[0].begin : title[-1].end].split()))


def _renewed(statement: Statement, now: dict[Entity, Entity]) -> Statement:
    """The statement with its agents as they are once the first persons are known."""
    speaker, source = statement.speaker, statement.source
    return replace(statement, speaker=now.get(speaker) if speaker else None, source=now.get(source) if source else None)


def _publisher(article: Article, known: tuple[Entity, ...]) -> Entity | None:
    name = article.document.publisher
    if name is None:
        return None
    same = (e for e in known if name in (e.name, *e.aliases))
    return next(same, Entity(EntityClass.OUTLET, name, (), ()))
