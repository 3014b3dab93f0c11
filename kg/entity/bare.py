"""Which thing a noun alone stands for: 市は, 会社側は, 新モデルは, 社長は."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entity.anaphors import Anaphor
from kg.entity.fits import fits, words_before
from kg.entity.scene import Part, Scene
from kg.entity.thing import Thing
from kg.model import EntityClass
from kg.parse import Sentence

_NEAR = 4  # sentences back in which a class noun alone finds its thing


def only(scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return for a noun alone the only thing of its kind so far, or the one introduced as new; a title's bearer who was last named."""
    sentence = scene.by_index[anaphor.sentence]
    nearest: list[Thing] = []
    for _, slots in scene.before(sentence, anaphor.begin):
        for slot in sorted(slots, key=lambda slot: (-slot.part, slot.begin)):
            if slot.thing not in nearest and fits(scene, anaphor, slot.thing) and (anaphor.bare != "new" or _is_new(scene, anaphor, slot.thing)):
                nearest.append(slot.thing)
    if not nearest or (len(nearest) > 1 and not anaphor.title) or _are_level(scene, anaphor, nearest):
        return (), 0.0
    return (nearest[0],), 0.7 if len(nearest) == 1 else 0.5


def _are_level(scene: Scene, anaphor: Anaphor, nearest: Sequence[Thing]) -> bool:
    """Whether the two nearest bearers of a title stand last in one sentence: A大統領はB大統領と会った."""
    latest = [[slot for slot in scene.met(anaphor.begin) if slot.thing is thing][-1].sentence for thing in nearest[:2]]
    return len(latest) > 1 and latest[0] == latest[1]


def last(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return for 会社 or 党 as a subject the one of its kind in the nearest sentence that has any, or of several the only one that it is about."""
    if sentence.quote is not None:
        return (), 0.0
    for distance, slots in scene.before(sentence, anaphor.begin):
        fitting = [slot for slot in slots if fits(scene, anaphor, slot.thing)]
        if distance > _NEAR:
            break
        if fitting:
            about = [slot for slot in fitting if slot.head and slot.part is Part.TOPIC] if len({slot.thing for slot in fitting}) > 1 else fitting
            return ((about[0].thing,), 0.7) if len({slot.thing for slot in about}) == 1 else ((), 0.0)
    return (), 0.0


def _is_new(scene: Scene, anaphor: Anaphor, thing: Thing) -> bool:
    """Whether the thing was introduced as what the noun says, or as any named product in quotation marks."""
    if any(words.endswith(anaphor.text) for words in words_before(scene.text, thing.mentions)):
        return True
    first = min(thing.mentions, key=lambda m: m.begin)
    return thing.kind is EntityClass.MODEL and scene.text[first.begin - 1 : first.begin] in ("「", "『")
