"""Whose course of action a stance is about: 市は鉄道会社の駅の無人化に反対した, 庁が温める新税の創設にかみついた."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import EntityClass, Modality, Stance
from kg.relation.event import Found
from kg.relation.object import OPINION
from kg.relation.page import Spot
from kg.relation.scene import Scene
from kg.strategy import Course

_OWNS = re.compile(
    r"(?:側|社)?(?:の|(?:が|の)(?:[^、。「」をにがは]{0,8})(?P<verb>進め|掲げ|打ち出し|示し|温め|持ち出し|描|主導[しす]|推進[しす]|計画[しす]|検討[しす]|目指[しす]|提案[しす]|定め|貫|くわだて|もくろ)"
    r"(?:る|た|く|む|い?てい[るた]|てきた|した|する))"
)
_WEIGHED = frozenset(("温め", "持ち出し", "検討し", "検討す", "もくろ", "描"))
_PLANNED = frozenset(("示し", "計画し", "計画す", "目指し", "目指す", "提案し", "提案す"))
_ACTING = frozenset((EntityClass.ORGANIZATION, EntityClass.PLACE, EntityClass.PERSON))
_REACH = 40  # characters before a course in which its owner stands


def pursued(scene: Scene, told: Sequence[Found]) -> Iterator[Found]:
    """Yield who takes the courses that the opinions of `told` are about, where that stands before them."""
    for found in told:
        if found.property not in OPINION or not isinstance(found.object, Course):
            continue
        begin, _ = scene.courses.place(found.object)
        here = scene.page.sentences[found.predicate.sentence].begin <= begin  # an owner by の alone is one where it is criticized
        for spot in reversed(scene.page.within(max(0, begin - _REACH), begin)):
            match = _OWNS.fullmatch(scene.page.text, scene.page.after(spot), begin)
            if match is None or not _owns(spot, match, here):
                continue
            verb = match["verb"] or ""
            modality = Modality.CONSIDERATION if verb in _WEIGHED else Modality.PLAN if verb in _PLANNED else Modality.FACT
            for entity in spot.entities:
                if entity is not found.subject:
                    yield Found(entity, "pursues", found.object, found.predicate, Stance(modality), found.rule, 0.5)
            break


def _owns(spot: Spot, match: re.Match[str], here: bool) -> bool:
    return spot.type in _ACTING and (bool(match["verb"]) or (here and spot.type is EntityClass.ORGANIZATION))
