"""Which relations can be: the ontology's domains and ranges, and one row for each triple, modality and negation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Entity, EntityClass, Modality, Proposition
from kg.relation.page import Page
from kg.segment import Kind

_ORG, _PERSON, _MODEL, _PLACE = EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.MODEL, EntityClass.PLACE
AGENT = frozenset((_ORG, _PERSON, _PLACE, EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE))
ANY = frozenset(EntityClass)
_ORGS, _PERSONS, _MODELS, _COURSES = frozenset((_ORG,)), frozenset((_PERSON,)), frozenset((_MODEL,)), frozenset((EntityClass.STRATEGY,))
SYMMETRIC = frozenset(("partnersWith", "competesWith", "opposes"))
OPINION = frozenset(("supports", "criticizes"))

ENDS: dict[str, tuple[frozenset[EntityClass], frozenset[EntityClass]]] = {
    "develops": (AGENT, _MODELS),
    "releases": (AGENT, _MODELS),
    "uses": (AGENT, _MODELS),
    "suspends": (AGENT, _MODELS | _COURSES),
    "pursues": (AGENT, _COURSES),
    "abandons": (AGENT, _MODELS | _COURSES),
    "supports": (AGENT, AGENT | _MODELS | _COURSES),
    "criticizes": (AGENT, AGENT | _MODELS | _COURSES),
    "affects": (AGENT | _MODELS | _COURSES, ANY),
    "partnersWith": (_ORGS, _ORGS),
    "competesWith": (_ORGS | _MODELS, _ORGS | _MODELS),
    "acquires": (_ORGS, _ORGS),
    "investsIn": (AGENT, _ORGS | _MODELS | _COURSES),
    "partOf": (_ORGS | _MODELS | {_PLACE}, _ORGS | _MODELS | {_PLACE}),
    "founded": (AGENT, _ORGS),
    "leads": (_PERSONS, _ORGS),
    "memberOf": (_PERSONS, _ORGS),
    "hires": (_ORGS, _PERSONS),
    "basedIn": (_ORGS, frozenset((_PLACE,))),
    "opposes": (_COURSES, _COURSES),
}
_BUILT = re.compile("搭載|採用|内蔵|載せ|積|組み込|実装|取り付け|備え|装備")  # who makes a part may well use it in what it makes
CLOSER = {"memberOf": ("leads",), "uses": ("develops", "releases")}  # what says the same more exactly
_ALIKE = frozenset(("competesWith", "partOf"))  # both ends of one class


def fits(subject: Entity, name: str, thing: Entity) -> bool:
    """Tell whether a property may stand between two entities."""
    domain, range_ = ENDS[name]
    if subject is thing or subject.type not in domain or thing.type not in range_:
        return False
    return name not in _ALIKE or subject.type is thing.type


def select(page: Page, found: Iterable[Proposition]) -> tuple[Proposition, ...]:
    """Return the propositions whose ends fit, in the order of the text, one for each triple, modality and negation at a place.

    Where headline and body differ in how firmly they state a triple, the body is kept.
    """
    kept: dict[tuple[object, ...], Proposition] = {}
    for p in sorted(found, key=lambda p: (p.begin, p.end, p.property, -p.confidence, p.rule)):
        if fits(p.subject, p.property, p.object):
            kept.setdefault((*_triple(p), p.stance.modality, p.stance.negated, p.begin), p)
    return tuple(_settled(page, _specific(page, list(kept.values()))))


def _triple(p: Proposition) -> tuple[object, ...]:
    ends = (id(p.subject), id(p.object))
    return (p.property, *(sorted(ends) if p.property in SYMMETRIC else ends))


def _specific(page: Page, found: list[Proposition]) -> list[Proposition]:
    """Leave out memberOf where the same person leads the same body, and uses where the same one makes or sells the thing.

    Who is to lead it (副社長が社長に昇格する) is already one of its people.
    """
    closer = {name: {(id(p.subject), id(p.object)) for p in found if p.property in closely and not _to_lead(p)} for name, closely in CLOSER.items()}
    return [p for p in found if (id(p.subject), id(p.object)) not in closer.get(p.property, ()) or _BUILT.search(page.text, p.begin, p.end)]


def _to_lead(p: Proposition) -> bool:
    return p.property == "leads" and p.stance.modality is not Modality.FACT


def _settled(page: Page, found: list[Proposition]) -> list[Proposition]:
    body = {_triple(p): set[tuple[Modality, bool]]() for p in found if not _headline(page, p)}
    for p in found:
        if not _headline(page, p):
            body[_triple(p)].add((p.stance.modality, p.stance.negated))
    return [p for p in found if not _headline(page, p) or _triple(p) not in body or (p.stance.modality, p.stance.negated) in body[_triple(p)]]


def _headline(page: Page, p: Proposition) -> bool:
    sentence = page.article.sentence_at(p.begin)
    return sentence is not None and sentence.kind in (Kind.TITLE, Kind.HEADING, Kind.BULLET)
