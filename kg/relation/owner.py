"""Whose course of action a stance is about: 市は鉄道会社の駅の無人化に反対した, 庁が温める新税の創設にかみついた."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import EntityClass, Modality, Stance
from kg.relation.event import Found
from kg.relation.page import Spot
from kg.relation.scene import Scene
from kg.relation.select import OPINION
from kg.strategy import Course

_OWNS = re.compile(
    r"(?:側|社)?(?:の(?:経営陣|執行部|首脳部?|幹部|当局|事務局))?(?:の|による|(?:が|の)(?:[^、。「」をがは]{0,10})"
    r"(?P<verb>進め|掲げ|打ち出し|示し|温め|持ち出し|描|主導[しす]|推進[しす]|計画[しす]|検討[しす]|目指[しす]|提案[しす]|予定[しす]|導入[しす]|構想[しす]|決め|始め|続け|急[いぐ]"
    r"|定め|貫|くわだて|もくろ)(?:る|た|だ|く|む|い?てい[るた]|てきた|した|する)?)"
)
_WEIGHED = frozenset(("温め", "持ち出し", "検討し", "検討す", "もくろ", "描"))
_PLANNED = frozenset(("示し", "計画し", "計画す", "目指し", "目指す", "提案し", "提案す", "予定し", "予定す", "構想し", "構想す", "決め"))
_GOVERNED = re.compile("[都道府県市区町村国]$|政府$")
_ACTING = frozenset((EntityClass.ORGANIZATION, EntityClass.PLACE, EntityClass.PERSON))
_REACH = 40  # characters before a course in which its owner stands


def pursued(scene: Scene, told: Sequence[Found]) -> Iterator[Found]:
    """Yield who takes the courses that the opinions of `told` are about, where that stands before them."""
    for found in told:
        if found.property not in OPINION or not isinstance(found.object, Course):
            continue
        for begin in scene.courses.starts(found.object):
            if (owned := _owned(scene, found, begin)) is not None:
                yield from owned
                break


def _owned(scene: Scene, found: Found, begin: int) -> list[Found] | None:
    """Who takes the course that begins at an offset; None where nobody's name leads to it."""
    here = scene.page.sentences[found.predicate.sentence].begin <= begin  # an owner by の alone is one where it is criticized
    for spot in reversed(scene.page.within(max(0, begin - _REACH), begin + 1)):
        after = scene.page.after(spot)
        match = _OWNS.fullmatch(scene.page.text, after, begin if after <= begin else after + 1)  # the fullest name begins with its owner
        if match is None or not _owns(scene, spot, match, here):
            continue
        verb = match["verb"] or ""
        modality = Modality.CONSIDERATION if verb in _WEIGHED else Modality.PLAN if verb in _PLANNED else Modality.FACT
        others = (e for e in spot.entities if e is not found.subject)
        return [Found(e, "pursues", found.object, found.predicate, Stance(modality), found.rule, 0.5) for e in others]
    return None


def _owns(scene: Scene, spot: Spot, match: re.Match[str], here: bool) -> bool:
    governs = spot.type is EntityClass.PLACE and _GOVERNED.search(scene.page.text, spot.begin, spot.end) is not None
    return spot.type in _ACTING and (bool(match["verb"]) or (here and (governs or spot.type is EntityClass.ORGANIZATION)))
