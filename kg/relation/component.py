"""Who puts a part made by others into what he makes uses it: X社の掃除機「Y」, 電池はZ社の「W」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Entity, EntityClass, Proposition
from kg.relation.page import Page

_TAKEN = re.compile("組み込|載せ替え|積み替え|プリイン")
_ON = 6  # characters behind a part in which a verb says so
_MAKING = ("develops", "releases")


def parts(page: Page, before: int, units: dict[int, Entity]) -> frozenset[int]:
    """Return, by id, the products that are parts of one that the text has named: 「X」には「Y」が入っている。製造元のZは… is about X."""
    named = {id(s.entities[0]) for s in page.within(page.text.rfind("\n", 0, before) + 1, before)}
    return frozenset(part for part in named if part in units and id(units[part]) in named)


def lifted(page: Page, found: Iterable[Proposition]) -> list[Proposition]:
    """Return the relations, a part of a part of the article's product being the product's: of OSはX、CPUはYを搭載 Y too."""
    found = list(found)
    product = page.product
    if product is None:
        return found
    parts = {id(p.subject) for p in found if p.property == "partOf" and p.object is product and p.subject.type is EntityClass.MODEL}
    inner = [p.property == "partOf" and id(p.object) in parts and p.subject is not product for p in found]
    return [replace(p, object=product) if within else p for p, within in zip(found, inner, strict=True)]


def propositions(page: Page, found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield uses for each product that is part of another of which the text names the maker.

    Where the text names no other maker of the part, a verb must say that it was built in: 組み込む.
    """
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
        taken = theirs or _TAKEN.search(page.text, p.begin, p.end + _ON)
        if taken and not theirs & users.keys():
            for user in users.values():
                yield Proposition(user, "uses", p.subject, p.begin, p.end, p.stance, p.rule, 0.6)
