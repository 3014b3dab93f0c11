"""Who speaks in a quotation, as far as a left-out subject in it needs to know: 「値上げは考えていない」と社長は述べた is the company's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Case, Entity, EntityClass, Predicate, Proposition
from kg.relation.page import Page

_SPEAK = frozenset((EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.UNNAMED_SOURCE))


@dataclass(frozen=True, slots=True)
class Voices:
    """`speakers`: for each quotation the speaker's organization, else the speaker. `bodies`: the organization of each person, by id."""

    speakers: dict[int, Entity]
    bodies: dict[int, Entity]


def voices(page: Page, predicates: Sequence[Predicate], named: Sequence[Proposition]) -> Voices:
    """Return who speaks in the quotations of an article, and for whom."""
    bodies = {id(p.subject): p.object for p in reversed(named) if p.property in ("leads", "memberOf")}
    by_sentence: dict[int, list[Predicate]] = {}
    for predicate in predicates:
        by_sentence.setdefault(predicate.sentence, []).append(predicate)
    found: dict[int, Entity] = {}
    last: Entity | None = None
    for quote in page.article.quotes:
        host = page.sentences.get(quote.host)
        if host is None:
            continue
        told = _subject(page, by_sentence.get(host.index, []), quote.begin, quote.end)
        if told is not None:
            last = bodies.get(id(told), told)
        if last is not None:
            found[quote.index] = last
    return Voices(found, bodies)


def _subject(page: Page, predicates: list[Predicate], begin: int, end: int) -> Entity | None:
    after = [p for p in predicates if p.begin >= end]
    for predicate in after or predicates[-1:]:
        for argument in predicate.arguments:
            if argument.case is Case.GA and not begin <= argument.head < end:
                spot = page.over(argument.head)
                if spot is not None and spot.type in _SPEAK:
                    return spot.entities[0]
    return page.topic(begin, _SPEAK)
