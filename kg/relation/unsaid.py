"""What a company halts or leaves where the sentence does not say it: 納入したX社は提供を中断した. It is the product that it makes, offers or uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Entity, EntityClass, Predicate, Proposition, Stance
from kg.relation.frame import Frame
from kg.relation.page import Page

_TIES = frozenset(("develops", "releases", "uses"))
_BARE = re.compile("(?:(?:同(?!社)[一-龥]{1,3}|その|当面の|新規の?)の?)?(?!自社|自前|独自)[一-龥ァ-ヶー]{2,6}")  # 提供, 同製品の販売
_AMOUNT = re.compile("[約計全]?[0-9０-９].*|全[一-龥]{1,2}")
_ALONE = frozenset(
    ("延期", "再延期", "先送り", "先延ばし", "見送る", "回収", "自主回収", "販売停止", "出荷停止", "発売延期")
)  # which say of what by themselves
_PARTLY = re.compile("[^。、]{0,4}わけでは")  # やめるわけではない
_BACK = 300  # characters before a halt in which its product is named


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A halt whose object the sentence leaves out."""

    subject: Entity
    frame: Frame
    predicate: Predicate
    stance: Stance


def leaves_out(page: Page, frame: Frame, predicate: Predicate) -> bool:
    """Tell whether a predicate has nothing, a bare noun of doing or an amount where a frame has its object: 販売を中断した, 12万個を回収する."""
    if predicate.kind == "event" or predicate.passive or EntityClass.MODEL not in frame.classes:
        return False
    if _PARTLY.match(page.text, predicate.end) or not (frame.needs or predicate.lemma in _ALONE):
        return False
    for place in frame.object:
        said = (page.text[a.begin : a.end] for a in predicate.arguments if a.case is place.case)
        if not all((_AMOUNT if place.inner is None else _BARE).fullmatch(text) for text in said):
            return False
    return True


def propositions(page: Page, halts: Iterable[Unsaid], found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield each halt with the last product named before it that the same body is said to make, offer or use."""
    tied = {(id(p.subject), id(p.object)) for p in found if p.property in _TIES}
    for halt in halts:
        begin = halt.predicate.begin
        near = [s.entities[0] for s in page.within(begin - _BACK, begin) if s.type is EntityClass.MODEL]
        thing = next((e for e in reversed(near) if (id(halt.subject), id(e)) in tied), None)
        if thing is not None:
            yield Proposition(halt.subject, halt.frame.property, thing, begin, halt.predicate.end, halt.stance, halt.frame.rule, 0.6)
