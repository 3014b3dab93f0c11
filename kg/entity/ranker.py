"""Which thing an anaphor stands for, among all that fit: boosted trees, told which one the rules take. `training/anaphors.py` makes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.entity.anaphors import Anaphor
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.entity.thing import Thing
from kg.entity.voice import voice
from kg.forest import Forest, read_forest
from kg.model import EntityClass
from kg.parse import Sentence

WEIGHTS = Path(__file__).resolve().parent / "anaphors.npz"
MARGIN = 0.05  # by how much more probable than the rules' thing another must be
LEAST = 0.6  # what a thing must have where the rules took none: they take none where nothing decides
_RECENT = 3  # sentences
_MOST = 20  # candidates, the nearest: an article has seldom more
_PRONOUNS = ("彼", "彼女")
_FARTHEST = 9
_OPENS = re.compile(r"が、|一方|。|「")
_BESIDES = re.compile(r"(?:大株主|株主|親会社|取引先|仕入れ先|委託先|顧客|競合|ライバル)の?$")
_BEHIND = ("と", "の", "に", "を", "はも", "が", "（(", "、・")
_AFTER = ("はも", "の", "が")


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A thing that fits, how many sentences back it is met first, and its slots there."""

    thing: Thing
    distance: int
    slots: tuple[Slot, ...]


def candidates(scene: Scene, sentence: Sentence, anaphor: Anaphor, things: Sequence[Thing]) -> list[Candidate]:
    """Return those of the things that stand before an anaphor, the nearest first."""
    found: dict[int, Candidate] = {}
    wanted = {id(thing) for thing in things}
    for distance, slots in scene.before(sentence, anaphor.begin):
        if len(found) >= _MOST:
            break
        for slot in slots:
            if id(slot.thing) in wanted and id(slot.thing) not in found:
                found[id(slot.thing)] = Candidate(slot.thing, distance, tuple(s for s in slots if s.thing is slot.thing))
    return list(found.values())


def rows(scene: Scene, sentence: Sentence, anaphor: Anaphor, found: Sequence[Candidate], taken: Thing | None) -> NDArray[np.float32]:
    """Return what is looked at of each candidate, a row each."""
    here, met = scene.order[sentence.index], scene.met(anaphor.begin)
    things = [c.thing for c in found]
    view = _View(
        scene,
        sentence,
        anaphor,
        taken,
        scene.main(lambda thing: any(thing is t for t in things), anaphor.begin),
        here,
        met,
        [s for s in met if here - _RECENT <= scene.order[s.sentence] <= here],
        Counter(id(s.thing) for s in met),
    )
    shared = _of_anaphor(view, len(found))
    return np.array([_of_thing(view, c, found) + shared for c in found], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """An anaphor's surroundings, laid out once."""

    scene: Scene
    sentence: Sentence
    anaphor: Anaphor
    taken: Thing | None
    main: Thing | None
    here: int
    met: list[Slot]
    recent: list[Slot]
    often: Counter[int]


def _of_thing(view: _View, c: Candidate, found: Sequence[Candidate]) -> list[Any]:
    scene, anaphor, thing = view.scene, view.anaphor, c.thing
    text = scene.text
    best = max(c.slots, key=lambda s: (s.part, s.head, -s.begin))
    last = c.slots[-1]
    level = [o for o in found if o.distance == c.distance]
    rival = max((max(s.part + 0.5 * s.head for s in o.slots) for o in level if o.thing is not thing), default=-1)
    between = text[last.end : anaphor.begin] if c.distance == 0 else ""
    places = sorted(level, key=lambda o: o.slots[0].begin)
    first = scene.slots.get(min(scene.slots, default=-1), [])
    count = view.often[id(thing)]
    row: list[Any] = [min(c.distance, _FARTHEST), c.distance == min(o.distance for o in found), c.distance == 0, c.distance == 1]
    row += [best.part, best.head, best.part + 0.5 * best.head - rival, len(level), next(n for n, o in enumerate(places) if o.thing is thing)]
    row += [last.begin == max(o.slots[-1].begin for o in found), count, count == max(view.often[id(o.thing)] for o in found), count / len(view.met)]
    row += [sum(s.thing is thing and s.part is Part.TOPIC and s.head for s in view.recent)]
    row += [sum(s.thing is thing and s.part >= Part.SUBJECT for s in view.recent), thing is view.main]
    row += [any(s.thing is thing for s in first), any(s.thing is thing and s.part is Part.TOPIC for s in first)]
    row += [thing is view.taken, view.taken is None, "、" in between, bool(_OPENS.search(between)), len(between) if c.distance == 0 else -1]
    row += [any(s.thing is thing and s.begin >= anaphor.end for s in scene.slots.get(view.sentence.index, []))]
    row += [bool(scene.linked) and scene.linked[-1] is thing, bool(scene.linked), bool(_BESIDES.search(text[max(0, last.begin - 6) : last.begin]))]
    row += [text[last.end : last.end + 1] in letters and last.end < len(text) for letters in _BEHIND]
    row += [bool(thing.role), thing.kind is EntityClass.PLACE, thing.kind is EntityClass.OUTLET, len(thing.names[0])]
    row += [anaphor.text in _PRONOUNS and voice(scene, thing) == anaphor.text, anaphor.text in thing.voices]
    return [*row, sum(s.thing is thing and scene.order[s.sentence] == view.here - 1 for s in view.met)]


def _of_anaphor(view: _View, count: int) -> list[Any]:
    anaphor, text = view.anaphor, view.scene.text
    part, head, _ = part_of(view.sentence.doc, anaphor.token)
    own = view.scene.slots.get(view.sentence.index, [])
    topical = any(s.end <= anaphor.begin and s.part is Part.TOPIC and s.head for s in own)
    kinds = (EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.MODEL)
    behind = text[anaphor.end : anaphor.end + 1]
    row: list[Any] = [part, head, view.sentence.quote is not None, count, topical, view.here, *(anaphor.classes[0] is kind for kind in kinds)]
    row += [
        anaphor.text.startswith("同"),
        anaphor.text == "同社",
        anaphor.text == "同氏",
        anaphor.text in ("彼", "彼女"),
        anaphor.text[0] in "このそ",
    ]
    return [*row, *(behind != "" and behind in letters for letters in _AFTER)]


def chosen(scene: Scene, sentence: Sentence, anaphor: Anaphor, things: Sequence[Thing], taken: Thing | None) -> tuple[Thing, float] | None:
    """Return the thing that is more probable than the rules' by MARGIN, with its probability; None where theirs, or none, stays."""
    found = candidates(scene, sentence, anaphor, things)
    if not found or (taken is not None and all(c.thing is not taken for c in found)):
        return None
    probability = load_forest().scores(rows(scene, sentence, anaphor, found, taken))
    best = int(probability.argmax())
    ruled = next((float(p) for c, p in zip(found, probability, strict=True) if c.thing is taken), LEAST - MARGIN)
    if found[best].thing is taken or probability[best] < ruled + MARGIN:
        return None
    return found[best].thing, round(float(probability[best]), 2)


def is_level(scene: Scene, sentence: Sentence, anaphor: Anaphor, things: Sequence[Thing], taken: Thing) -> bool:
    """Whether another thing is as probable as the rules' within MARGIN."""
    found = candidates(scene, sentence, anaphor, things)
    if len(found) < 2 or all(c.thing is not taken for c in found):
        return False
    probability = load_forest().scores(rows(scene, sentence, anaphor, found, taken))
    ruled = max(float(p) for c, p in zip(found, probability, strict=True) if c.thing is taken)
    return any(float(p) > ruled - MARGIN for c, p in zip(found, probability, strict=True) if c.thing is not taken)


@cache
def load_forest() -> Forest:
    """Return the trees that ship with the program."""
    return read_forest(WEIGHTS)
