"""What an article says of its entities, as the ontology's properties: by predicate, by construction, and by what is pursued."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.model import Entity, Predicate, Proposition, Stance
from kg.parse import Article, Sentence
from kg.relation import construction
from kg.relation.page import Page
from kg.relation.select import select

__all__ = ["propositions"]

Stances = Callable[[Sentence, int], Stance]


def propositions(
    article: Article, predicates: Sequence[Predicate], entities: Sequence[Entity], stance: Stances
) -> tuple[tuple[Proposition, ...], tuple[Entity, ...]]:
    """Return the relations of an article and the strategies that they name.

    Both ends of a relation fit its property; its place is that of the predicate or construction that states it.
    """
    page = Page(article, entities)
    found = construction.propositions(page)
    return select(found), ()
