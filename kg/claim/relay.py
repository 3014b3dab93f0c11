"""Who passes somebody's words on: the source between a speaker and his words, a report's medium, the media that take up what was announced."""

from __future__ import annotations

import re

from kg.claim.patterns import patterns
from kg.claim.scene import Scene, Voice, char_at, voices_of
from kg.claim.site import Site
from kg.claim.via import Via
from kg.claim.who import SOURCES
from kg.lexicon import Row
from kg.model import Entity, EntityClass
from kg.parse import Sentence


def relays_of(scene: Scene, s: Sentence, start: int, begin: int) -> tuple[list[Entity], int]:
    """関係者の話として, 毎朝新聞の取材に: the source named between the speaker and the words, and where the words begin."""
    high = char_at(scene, s, begin)
    for row, pattern in patterns("relays.tsv"):
        m = pattern.match(s.text, start, high)
        if m is None:
            continue
        entity = scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who")]) if m.end("who") > m.start("who") else None
        if row["name"] == "取材に" and entity is not None and entity.type is not EntityClass.OUTLET:
            entity = None
        return ([entity] if entity else []), m.end()
    addressed = re.search(r"(?:^|、)([^、。「」]{2,24})に(?:対し(?:て)?)?、?$", s.text[start:high])
    if addressed:
        entity = scene.who.last(s.offsets[start + addressed.start(1)], s.offsets[start + addressed.end(1)])
        if entity is not None and entity.type is EntityClass.OUTLET:
            return [entity], high
    return [], start


def with_via(scene: Scene, voice: Voice, via: Via | None, s: Sentence, tails: list[tuple[int, int, Row]]) -> Voice:
    """Within a medium's report the medium passes the words on."""
    if voice.rule == "carried" and via is not None and via.voice.speaker is not None and via.voice.rule == "via":
        return via.voice  # 連盟の調査では、3割が「…」と答えた: not who spoke before
    carried = scene.reach is not None and (scene.marked or any(r["source"] == "carry" for *_, r in tails))
    source = via.voice.source if via else scene.reach.source if scene.reach and carried else None
    if source is not None and voice.source is not None and voice.speaker is None:
        return voices_of(scene, [source, voice.source], voice.rule, voice.confidence) if source is not voice.source else voice
    if source is None or voice.source is not None:
        return voice
    if voice.speaker is None and not voice.known:
        return via.voice if via else voice
    if source.type is not EntityClass.OUTLET:
        return voice
    return Voice(voice.speaker, source, voice.rule, voice.confidence)


def passed_on(scene: Scene, s: Sentence, site: Site, voice: Voice) -> Voice:
    """「…すると発表したことを各社が報じ」: the media that pass on what somebody announced."""
    if site.verb is None or voice.speaker is None or voice.source is not None:
        return voice
    after = s.starts[site.verb]
    m = re.match(r".{0,8}(?:こと|の)(?:を|が)(?P<who>[^。、]{1,20}?)(?:が|で|に)?(?:報じ|伝え|報道|取り上げ)", s.text[after:])
    if m is None:
        return voice
    found = [e for e, _ in scene.who.within(s.offsets[after + m.start("who")], s.offsets[after + m.end("who")]) if e.type in SOURCES]
    return Voice(voice.speaker, found[-1], voice.rule, voice.confidence) if found else voice
