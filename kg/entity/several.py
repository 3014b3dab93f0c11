"""Which things a word for two or more stands for: 両社, 3社, 二人, 彼ら."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.anaphors import Anaphor
from kg.entity.fits import barred_from, fits
from kg.entity.scene import Part, Scene, Slot
from kg.entity.thing import Thing
from kg.model import EntityClass
from kg.parse import Sentence

_NEAR = 6  # sentences back in which they are found
_TOGETHER = re.compile(
    r"合併|子会社|傘下|株式交換|タッグ|コンビ|対談|対戦|対決|結婚|交際|離婚|再会|統合|提携|買収|吸収|協業|出資|会談|協議|交渉|共同|連携|合弁|子会社化|合意|契約|協力|提訴|訴え|対立|競"
)


def several(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return as many as asked for out of the nearest sentences: joined by と first, then exactly so many, else none."""
    barred = barred_from(scene, sentence, anaphor)
    wanted = anaphor.number or 2
    spare: tuple[Thing, ...] = ()
    for kinds in _kinds(anaphor):
        gathered: list[Slot] = []
        for distance, slots in scene.before(sentence, anaphor.begin):
            known = [*barred, *(slot.thing for slot in gathered)]
            gathered += [slot for slot in slots if slot.thing.kind in kinds and slot.thing not in known and fits(scene, anaphor, slot.thing)]
            things = list(dict.fromkeys(slot.thing for slot in gathered))
            if len(things) >= wanted or distance > _NEAR:
                break
        chosen = _pair(scene, anaphor, {slot.sentence for slot in gathered}, kinds, wanted) or _chosen(gathered, wanted, exact=anaphor.number > 0)
        if chosen and kinds != _kinds(anaphor)[-1] and not all(slot.head for slot in gathered if slot.thing in chosen):
            spare = spare or chosen  # アオバの汐崎氏とトキワの野波氏: 両者 are the two men
            continue
        if chosen:
            return chosen, 0.75
        for distance, slots in scene.before(sentence, anaphor.begin):
            alone = tuple(dict.fromkeys(s.thing for s in slots if s.thing.kind in kinds and s.thing not in barred and fits(scene, anaphor, s.thing)))
            if len(alone) == wanted and distance <= _NEAR:
                return alone, 0.6
    return (spare, 0.6) if spare else ((), 0.0)


def _pair(scene: Scene, anaphor: Anaphor, sentences: set[int], kinds: Sequence[EntityClass], wanted: int) -> tuple[Thing, ...]:
    """The two that one sentence brings together (合併, 提携), where those after it name fewer: another company that comes in is none of them."""
    for index in sorted(sentences, reverse=True):
        slots = scene.slots.get(index, ())
        here = [slot for slot in slots if slot.end <= anaphor.begin and slot.thing.kind in kinds and fits(scene, anaphor, slot.thing)]
        things = tuple(dict.fromkeys(slot.thing for slot in here))
        if len(things) > wanted:  # 米X傘下のYは、Zと
            things = tuple(dict.fromkeys(slot.thing for slot in here if slot.head))
        if len(things) > wanted:
            return ()
        if len(things) == wanted == 2 and _TOGETHER.search(scene.by_index[index].text):
            return things
    return ()


def _kinds(anaphor: Anaphor) -> list[tuple[EntityClass, ...]]:
    """One class after the other; for 両者 also a country and a body together."""
    each: list[tuple[EntityClass, ...]] = [(kind,) for kind in anaphor.classes]
    return [*each, (*anaphor.classes, EntityClass.PLACE)] if anaphor.number == 2 and len(each) > 1 else each


def _chosen(slots: Sequence[Slot], wanted: int, *, exact: bool) -> tuple[Thing, ...]:
    things = tuple(dict.fromkeys(slot.thing for slot in slots))
    if len(things) == wanted:
        return things
    for phrase in dict.fromkeys((slot.sentence, slot.phrase) for slot in sorted(slots, key=lambda slot: (-slot.part, slot.begin))):
        inside = [slot for slot in slots if (slot.sentence, slot.phrase) == phrase]
        for members in (inside, [slot for slot in inside if slot.head]):
            joined = tuple(dict.fromkeys(slot.thing for slot in members))
            if len(joined) == wanted or (not exact and len(joined) > 1):
                return joined
    heads = tuple(dict.fromkeys(slot.thing for slot in slots if slot.head and slot.part >= Part.SUBJECT))
    return heads if len(heads) == wanted else ()
