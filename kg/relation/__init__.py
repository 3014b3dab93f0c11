"""What an article says of its entities, as the ontology's properties: by predicate, by construction, and by what is pursued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from kg.model import Entity, EntityClass, Predicate, Proposition, Stance, Statement
from kg.parse import Article, Sentence
from kg.relation import component, construction, due, opinion, owner, series, specification, target, unsaid
from kg.relation.event import Events, Found
from kg.relation.page import Page
from kg.relation.scene import Scene
from kg.relation.select import select
from kg.relation.speaker import voices
from kg.strategy import Course, Courses

__all__ = ["propositions"]

Stances = Callable[[Sentence, int], Stance]


def propositions(
    article: Article, predicates: Sequence[Predicate], entities: Sequence[Entity], stance: Stances, said: Sequence[Statement] = ()
) -> tuple[tuple[Proposition, ...], tuple[Entity, ...]]:
    """Return the relations of an article and the strategies that they name.

    Both ends of a relation fit its property; its place is that of the predicate or construction that states it.
    """
    page = Page(article, entities)
    stance = cache(stance)  # several frames ask for the same predicate's
    named = construction.propositions(page, stance)
    courses = Courses(page)
    scene = Scene(page, tuple(predicates), stance, voices(page, tuple(predicates), named, said), courses)
    reader = Events(scene)
    events = reader.read()
    events += target.stances(scene, events)
    events += list(owner.pursued(scene, events))
    strategies = courses.entities()
    told = _whole([p for found in events if (p := _proposition(found, strategies)) is not None and not _is_itself(page, p)])
    used = {id(e) for p in told for e in (p.subject, p.object)}
    heard = opinion.propositions(page, [s for s in strategies.values() if id(s) in used], [*named, *told])
    known = component.lifted(page, [*named, *told])
    more = [
        *series.propositions(page, known),
        *component.propositions(page, known),
        *unsaid.propositions(page, reader.unsaid, known),
        *due.propositions(page, known),
        *specification.propositions(page, known),
    ]
    kept = select(page, [*known, *heard, *more])
    used = {id(e) for p in kept for e in (p.subject, p.object)}
    courses_used = dict.fromkeys(e for e in strategies.values() if id(e) in used)
    return kept, tuple(sorted(courses_used, key=lambda e: e.mentions[0].begin))


def _is_itself(page: Page, p: Proposition) -> bool:
    """Whether what ends a course is the course: 施設の廃止を打ち出す pursues 施設の廃止, of which the 廃止 is no end."""
    if p.property not in ("abandons", "suspends", "affects") or p.object.type is not EntityClass.STRATEGY:
        return False
    word = page.text[p.begin : p.end]
    acts = (name for name in (p.object.name, *p.object.aliases) if name.endswith(word) and not name.endswith(("からの" + word, "との" + word)))
    return any(name != word and page.text.endswith(name, 0, p.end) for name in acts)


def _whole(told: list[Proposition]) -> list[Proposition]:
    """Leave out a course of which the same is said as of the longer one that it begins: ベトナムでの事業 beside ベトナムでの事業展開."""
    names = {(p.property, id(p.subject), p.object.name) for p in told if p.object.type is EntityClass.STRATEGY}

    def begins(p: Proposition) -> bool:
        return any(
            (name, who) == (p.property, id(p.subject)) and longer != p.object.name and longer.startswith(p.object.name) for name, who, longer in names
        )

    pursued = {(id(p.subject), id(p.object)) for p in told if p.property == "pursues"}  # who promotes his own course does not affect it
    kept = (p for p in told if p.property != "affects" or (id(p.subject), id(p.object)) not in pursued)
    return [p for p in kept if p.object.type is not EntityClass.STRATEGY or not begins(p)]


def _proposition(found: Found, strategies: dict[Course, Entity]) -> Proposition | None:
    subject = strategies.get(found.subject) if isinstance(found.subject, Course) else found.subject
    thing = strategies.get(found.object) if isinstance(found.object, Course) else found.object
    if subject is None or thing is None:
        return None
    predicate = found.predicate
    return Proposition(subject, found.property, thing, predicate.begin, predicate.end, found.stance, found.rule, found.confidence)
