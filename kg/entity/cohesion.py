"""What the words around an anaphor say outright: 同社の調査では is who was cited, この工場の閉鎖 the plant that was shut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.anaphors import Anaphor
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.entity.thing import Thing
from kg.model import EntityClass

_STUDIES = re.compile(r"(?:の|が|による|は)[^。、]{0,12}?(?:調べ|調査|推計|集計|予測|試算|リポート|レポート|分析|アナリスト)")
_RATED = re.compile(r"[」』]?(?:社|株)?の(?:株式の)?(?:目標株価|投資判断|格付け|レーティング|業績予想)")
_FOCUS = re.compile(r"[るた]のは、?(?:[^、。]{0,20}ではなく、)?[^、。は]{0,24}$")
_COPULA = re.compile(
    r"[」』]?(?:氏|さん|[々一-龥ァ-ヺー]{1,6})?(?:[（(][^（）()]*[)）])?(?:という[^、。はがを]{1,12})?(?:だ|だった|である|であった|です|でした)?。"
)
_OWN = re.compile(r"の([々一-龥ァ-ヺー]{2,8})")
_DEMONSTRATED = ("この", "その", "同")


def told(scene: Scene, anaphor: Anaphor, things: Sequence[Thing]) -> Thing | None:
    """Return the thing that a construction names as the one meant, among those that fit; None where none does."""
    slots = [slot for slot in scene.met(anaphor.begin) if any(slot.thing is thing for thing in things)]
    for words in (_cited, _rated, _focused, _of_one_event):
        found = {id(slot.thing): slot.thing for slot in words(scene, anaphor, slots)}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _before(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot]) -> list[Slot]:
    """The slots of the last sentence before an anaphor's."""
    here = scene.order[anaphor.sentence]
    return [slot for slot in slots if scene.order[slot.sentence] == here - 1]


def _cited(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot]) -> list[Slot]:
    """調査会社Xのアナリスト、Y氏は…と話す。同社の調べでは: whose people spoke."""
    if EntityClass.ORGANIZATION not in anaphor.classes or not _STUDIES.match(scene.text, anaphor.end):
        return []
    return [slot for slot in _before(scene, anaphor, slots) if slot.part is Part.SOURCE]


def _rated(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot]) -> list[Slot]:
    """証券会社がXの目標株価を引き上げた。同社の株は: who is rated."""
    if _STUDIES.match(scene.text, anaphor.end):
        return []
    here = [slot for slot in slots if slot.sentence == anaphor.sentence]
    return [slot for slot in (here or _before(scene, anaphor, slots)) if _RATED.match(scene.text, slot.end)]


def _focused(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot]) -> list[Slot]:
    """賞を取ったのは、Xだった。彼は: whom a cleft sentence brings in. A body so brought in often only stands by (請け負ったのはYだ)."""
    part, head, _ = part_of(scene.by_index[anaphor.sentence].doc, anaphor.token)
    if EntityClass.PERSON not in anaphor.classes or not head or part < Part.SUBJECT:
        return []
    if any(slot.sentence == anaphor.sentence and slot.part >= Part.SUBJECT for slot in slots):
        return []
    return [slot for slot in _before(scene, anaphor, slots) if _is_focus(scene, slot)]


def is_said_last(scene: Scene, slot: Slot) -> bool:
    """Whether a sentence ends in a name: 対照的なのが、Yだ。"""
    return _COPULA.match(scene.text, slot.end) is not None


def _is_focus(scene: Scene, slot: Slot) -> bool:
    begin = scene.by_index[slot.sentence].begin
    return is_said_last(scene, slot) and _FOCUS.search(scene.text, begin, slot.begin) is not None


def _of_one_event(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot]) -> list[Slot]:
    """閉鎖した工場Xを…。この工場の閉鎖は: of whom the noun behind the anaphor was said before."""
    own = _OWN.match(scene.text, anaphor.end) if anaphor.text.startswith(_DEMONSTRATED) else None
    if own is None:
        return []
    noun = re.escape(own[1])
    behind = re.compile(rf"[」』]?(?:社|氏)?の[^、。はがを]{{0,8}}{noun}|[」』]?(?:社|氏)?(?:は|が)[^、。はが]{{0,8}}{noun}し")
    ahead = re.compile(rf"{noun}した[^、。はがを]{{0,8}}$")
    return [slot for slot in slots if behind.match(scene.text, slot.end) or ahead.search(scene.text, max(0, slot.begin - 20), slot.begin)]
