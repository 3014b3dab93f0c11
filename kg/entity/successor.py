"""Who takes over: 新社長 and 次期総裁 stand for the person whom the text puts into the office."""

from __future__ import annotations

import re

from kg.entity.anaphors import Anaphor
from kg.entity.scene import Scene, Slot
from kg.entity.thing import Thing
from kg.model import EntityClass
from kg.parse import Sentence

_NAMED = r"[」』]?(?:氏|さん|[々一-龥ァ-ヺー]{1,12})?(?:[（(][^（）()]*[)）])?"
_ENTERS = r"(?:就く|就い|就き|就任|昇格|昇任|充て|充てる|起用|迎え|選ば|選出|内定|指名|抜[擢て]|推[すし]|なる|なり|なった|継[ぐぎい]|引き継)"
_TAKES_OVER = re.compile(rf"{_NAMED}(?:が|を|は)[^。、]{{0,24}}?{_ENTERS}")
_AFTER = re.compile(r"(?:後任|後継|次期[々一-龥]{1,6}|新[々一-龥]{1,6})(?:者)?(?:に|は|には|として)[^。がをは]{0,24}$")
_CLEFT = re.compile(rf"{_ENTERS}[るたの]?(?:する|した|される|された)?のは[^、。]{{0,24}}$")
_LEAVES = re.compile(rf"{_NAMED}(?:が|は)[^。、]{{0,16}}?(?:退|辞|降り|離れ)")


def successor(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return the only person who comes into an office in the sentences before, or right behind in its own: 新所長には汐崎氏が就く."""
    own = [slot for slot in scene.slots.get(sentence.index, []) if slot.begin >= anaphor.end]
    for slots in (own, *(slots for distance, slots in scene.before(sentence, anaphor.begin) if distance <= 3)):
        found = {id(slot.thing): slot.thing for slot in slots if _takes_over(scene, slot)}
        if len(found) == 1:
            return tuple(found.values()), 0.7
        if found:
            break
    return (), 0.0


def _takes_over(scene: Scene, slot: Slot) -> bool:
    if slot.thing.kind is not EntityClass.PERSON or _LEAVES.match(scene.text, slot.end):
        return False
    begin = scene.by_index[slot.sentence].begin
    before = (scene.text, begin, slot.begin)
    return any(words.search(*before) for words in (_AFTER, _CLEFT)) or _TAKES_OVER.match(scene.text, slot.end) is not None
