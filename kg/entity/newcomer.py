"""Whom or what the sentence before brought in, where the anaphor's own sentence goes on with it: XはYを買収した。同社は部品を手がける."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.entity.anaphors import Anaphor
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.lexicon import rows
from kg.model import EntityClass
from kg.parse import Sentence


def brought_in(scene: Scene, sentence: Sentence, anaphor: Anaphor, slots: Sequence[Slot]) -> Slot | None:
    """Return the only newcomer of the sentence before that this one describes, or that answers in it what was asked of it."""
    part, head, _ = part_of(sentence.doc, anaphor.token)
    first = slots[0]
    if part < Part.SUBJECT or not (first.part is Part.TOPIC or (first.part is Part.SUBJECT and first.head)) or sentence.quote is not None:
        return None
    body = EntityClass.PERSON not in anaphor.classes
    found = [slot for slot in slots[1:] if slot.thing is not first.thing and slot.part < Part.SUBJECT]
    if _says("describes", sentence.text) or (body and _says("describes body", sentence.text)):
        found = [slot for slot in found if _is_brought(scene, slot, whole=head)]
    elif head and _says("takes", sentence.text):
        found = [slot for slot in found if slot.head and _is_said("brought to", scene, slot)]
    elif head and _says("answers", sentence.text):
        found = [slot for slot in found if slot.head and _is_said("asks", scene, slot)]
    else:
        return None
    return found[0] if len({id(slot.thing) for slot in found}) == 1 else None


def _is_brought(scene: Scene, slot: Slot, *, whole: bool) -> bool:
    """Whether a sentence brings a thing in; `whole` where the anaphor itself is the subject, and not what belongs to it."""
    if whole and slot.head and slot.part is Part.OBJECT and _says("brought", scene.by_index[slot.sentence].text):
        return True
    if slot.begin != slot.thing.begin:
        return False
    if slot.thing.kind is EntityClass.PERSON:
        return not slot.head and _is_said("brought person", scene, slot)
    kinds = ("brought into", "brought by", "brought with") if slot.head else ("brought of", "brought into")
    return any(_is_said(kind, scene, slot) for kind in kinds)


def _says(kind: str, text: str) -> bool:
    return _pattern(kind).search(text) is not None


def _is_said(kind: str, scene: Scene, slot: Slot) -> bool:
    return _pattern(kind).match(scene.text, slot.end) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("newcomers.tsv") if row["kind"] == kind))
