"""Who puts a part made by others into what he makes uses it: X社の掃除機「Y」, 電池はZ社の「W」."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import EntityClass, Proposition

_MAKING = ("develops", "releases")


def propositions(found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield uses for each product that is part of another of which the text names the maker, where it names another maker of the part."""
    found = list(found)
    makers: dict[int, list[Proposition]] = {}
    for p in found:
        if p.property in _MAKING and p.subject.type is EntityClass.ORGANIZATION and not p.stance.negated:
            makers.setdefault(id(p.object), []).append(p)
    for p in found:
        if p.property != "partOf" or p.subject.type is not EntityClass.MODEL:
            continue
        theirs = {id(m.subject) for m in makers.get(id(p.subject), ())}
        users = {id(m.subject): m.subject for m in makers.get(id(p.object), ())}
        if theirs and not theirs & users.keys():
            for user in users.values():
                yield Proposition(user, "uses", p.subject, p.begin, p.end, p.stance, p.rule, 0.6)
