"""Which relations can be: the ontology's domains and ranges, and one row for each triple, modality and negation."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Entity, EntityClass, Modality, Proposition

O, P, M, S, L = EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.MODEL, EntityClass.STRATEGY, EntityClass.PLACE
AGENT = frozenset((O, P, L, EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE))
ANY = frozenset(EntityClass)
SYMMETRIC = frozenset(("partnersWith", "competesWith", "opposes"))

ENDS: dict[str, tuple[frozenset[EntityClass], frozenset[EntityClass]]] = {
    "develops": (AGENT, frozenset((M,))),
    "releases": (AGENT, frozenset((M,))),
    "uses": (AGENT, frozenset((M,))),
    "suspends": (AGENT, frozenset((M, S))),
    "pursues": (AGENT, frozenset((S,))),
    "abandons": (AGENT, frozenset((S, M))),
    "supports": (AGENT, AGENT | {S, M}),
    "criticizes": (AGENT, AGENT | {S, M}),
    "affects": (AGENT | {S, M}, ANY),
    "partnersWith": (frozenset((O,)), frozenset((O,))),
    "competesWith": (frozenset((O, M)), frozenset((O, M))),
    "acquires": (frozenset((O,)), frozenset((O,))),
    "investsIn": (AGENT, frozenset((O, M, S))),
    "partOf": (frozenset((O, M, L)), frozenset((O, M, L))),
    "founded": (AGENT, frozenset((O,))),
    "leads": (frozenset((P,)), frozenset((O,))),
    "memberOf": (frozenset((P,)), frozenset((O,))),
    "hires": (frozenset((O,)), frozenset((P,))),
    "basedIn": (frozenset((O,)), frozenset((L,))),
    "opposes": (frozenset((S,)), frozenset((S,))),
}
_ALIKE = frozenset(("competesWith", "partOf"))  # both ends of one class


def fits(subject: Entity, name: str, thing: Entity) -> bool:
    """Tell whether a property may stand between two entities."""
    domain, range_ = ENDS[name]
    if subject is thing or subject.type not in domain or thing.type not in range_:
        return False
    return name not in _ALIKE or subject.type is thing.type


def select(found: Iterable[Proposition]) -> tuple[Proposition, ...]:
    """Return the propositions whose ends fit, in the order of the text, one for each triple, modality and negation at a place."""
    kept: dict[tuple[object, ...], Proposition] = {}
    for p in sorted(found, key=lambda p: (p.begin, p.end, p.property, -p.confidence, p.rule)):
        if not fits(p.subject, p.property, p.object):
            continue
        kept.setdefault((*_triple(p), p.stance.modality, p.stance.negated, p.begin), p)
    return tuple(_without_doubt(list(kept.values())))


def _triple(p: Proposition) -> tuple[object, ...]:
    ends = (id(p.subject), id(p.object))
    return (p.property, *(sorted(ends) if p.property in SYMMETRIC else ends))


def _without_doubt(found: list[Proposition]) -> list[Proposition]:
    """Leave out memberOf where the same person leads the same body, and the bare construction where a predicate says the same less firmly."""
    leading = {(id(p.subject), id(p.object)) for p in found if p.property == "leads"}
    found = [p for p in found if p.property != "memberOf" or (id(p.subject), id(p.object)) not in leading]
    return [p for p in found if not (p.property == "develops" and p.stance.modality is not Modality.FACT and _stated(found, p))]


def _stated(found: list[Proposition], other: Proposition) -> bool:
    return any(_triple(p) == _triple(other) and p.stance.modality is Modality.FACT and not p.stance.negated for p in found)
