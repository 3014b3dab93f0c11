"""Names that と, や or 、 joins: a word for one thing means neither of them (AとBが競う。同社は…)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.scene import Part, Scene, Slot
from kg.model import EntityClass

_BEHIND = r"[」』）)]?(?:氏|さん|社|[一-龥]{1,5})?(?:[（(][^（）()]*[)）])?"
_NOUNS = r"[一-龥々ァ-ヺーA-Za-z0-9・]"
_JOINED = re.compile(rf"{_BEHIND}(?:と|や|か|、|・|および|及び|対)[^、。はがを]{{0,8}}?[「『]?")
_MODIFIED = re.compile(rf"{_BEHIND}(?:と|や|および|及び)、?(?:{_NOUNS}{{1,12}}の){{0,2}}{_NOUNS}{{0,6}}[「『]?")  # 女優のAと監督のBが
_OWNER = re.compile(rf"{_BEHIND}(?:系|傘下|子会社|グループ)の(?:{_NOUNS}{{1,10}}の)?{_NOUNS}{{0,8}}[「『]?")
_WITH_ANOTHER = re.compile(r"[」』]?(?:社|氏|さん)?(?:と|や)(?!の|何[度回])[一-龥ァ-ヺーA-Za-z]{1,12}(?:は|が|も)(?!、?共同)")
_WITH_FOREIGN = re.compile(
    rf"[」』]?(?:と|や)、?(?:{_NOUNS}{{1,12}}の){{0,2}}(?:[「『][^「」『』]{{1,16}}[」』]|[ァ-ヺーA-Za-z]{{2,16}})(?:は|が|も)"
)


_AFTER_ANOTHER = re.compile(rf"[」』](?:と|や)、?(?:{_NOUNS}{{1,12}}の){{0,2}}[「『]$")
_ALIKE = frozenset({EntityClass.ORGANIZATION, EntityClass.MODEL, EntityClass.OUTLET})  # a class is read wrongly oftener than と joins unlike things


def apart(scene: Scene, slots: Sequence[Slot]) -> list[Slot]:
    """Return the slots without those that stand together with another: アコムとレイクが is neither for 同社."""
    single = [slot for slot in slots if not _is_with_another(scene, slot) and not any(_are_joined(scene, slot, o) for o in _near(scene, slot, slots))]
    return [slot for slot in single if not any(_owns(scene, slot, other) for other in slots)]


def _owns(scene: Scene, slot: Slot, other: Slot) -> bool:
    """Whether a name first comes in as another's owner: アオバ系のトキワ."""
    first = scene.sentence(slot.thing.begin) == slot.sentence and slot.begin < other.begin
    return first and slot.thing is not other.thing and _OWNER.fullmatch(scene.text, slot.end, other.begin) is not None


def _near(scene: Scene, slot: Slot, slots: Sequence[Slot]) -> list[Slot]:
    """What may be joined with a slot: the others, and what its sentence has of another class that is like its own."""
    unlike = [o for o in scene.slots.get(slot.sentence, ()) if o.thing.kind is not slot.thing.kind and {o.thing.kind, slot.thing.kind} <= _ALIKE]
    return [*slots, *unlike]


def _are_joined(scene: Scene, slot: Slot, other: Slot) -> bool:
    """Whether と, や or 、 alone joins two mentions, or と and what describes the second: 女優のAと監督のBが."""
    first, second = (slot, other) if slot.begin < other.begin else (other, slot)
    if first.thing is second.thing or first.sentence != second.sentence:
        return False
    if first.phrase == second.phrase and first.part == second.part:
        return bool(_JOINED.fullmatch(scene.text, first.end, second.begin))
    return second.head and first.part is Part.OTHER and bool(_MODIFIED.fullmatch(scene.text, first.end, second.begin))


def _is_with_another(scene: Scene, slot: Slot) -> bool:
    """Whether a name is joined with one that nobody found, or that was taken for another class: カワセとトキワが."""
    if _AFTER_ANOTHER.search(scene.text, max(0, slot.begin - 30), slot.begin):
        return True
    words = _WITH_ANOTHER if slot.part >= Part.SUBJECT else _WITH_FOREIGN
    return slot.head and words.match(scene.text, slot.end) is not None
