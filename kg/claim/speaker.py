"""Whose words they are: the topic, who stands behind the quotation, the circle, or whoever spoke last."""

from __future__ import annotations

import re
from functools import cache

from kg.claim.hearsay import Via
from kg.claim.patterns import patterns
from kg.claim.scene import Scene, Voice, adjuncts_only, char_at, same_sentence, skip, skip_conjunction, voices_of
from kg.claim.site import Site, report_nouns
from kg.claim.who import SOURCES, Topic
from kg.lexicon import Row, rows
from kg.model import Entity, EntityClass
from kg.parse import Sentence


@cache
def authors() -> frozenset[str]:
    """Nouns by which an article's author speaks of himself: 筆者."""
    return frozenset(r["noun"] for r in rows("authors.tsv"))


_JUDGED = {"指摘", "分析", "みる", "見る", "予想", "予測", "評価", "批判", "伝える"}  # what a medium says as its report


@cache
def circulating() -> frozenset[str]:
    """Verbs under which a view is nobody's in particular."""
    return frozenset(r["lemma"] for r in rows("circulating.tsv"))


def speaker_of(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
    """The voice of a site, the character where its words begin, and whether a quotation is only a part of them."""
    if site.verb is not None and (behind := behind_of(scene, s, site)):
        start = skip_conjunction(scene, s, char_at(scene, s, lower))
        return behind, start, quoted and not adjuncts_only(scene, s, start, begin)
    if quoted and (named := credited(scene, s, site)) is not None:
        return voices_of(scene, [named], "credit"), char_at(scene, s, begin), False
    if quoted and (site.form == "to" or site.verb is None) and (other := asked(scene, s, begin)) is not None and other.type not in SOURCES:
        return voices_of(scene, [other], "heard"), char_at(scene, s, begin), False
    topics = scene.who.topics(s, lower, begin)
    chosen = nested_topic(scene, site, topics) or topic_of(scene, s, topics, begin, quoted, site)
    beside = chosen is not None and chosen.text == "は" and adjuncts_only(scene, s, char_at(scene, s, chosen.after), begin)
    if site.form == "noun" and site.verb is not None and s.doc[site.verb].lemma_ in circulating() and not (beside and quoted):
        return circle_of(scene, s, site, lower, begin, quoted)
    if chosen is not None and chosen.entity is not None and not (site.form == "noun" and quoted and s.doc[begin - 1].text == "の"):
        start = s.doc[chosen.after].idx if chosen.after < len(s.doc) else len(s.text)
        relayed, start = relays_of(scene, s, start, begin)
        if chosen is not topics[0] and nested_topic(scene, site, topics) is chosen:
            relayed = [topics[0].entity, *relayed] if topics[0].entity is not None else relayed
        start = skip(scene, s, start, begin)
        voice = topic_voice(scene, site, chosen.entity, relayed)
        return voice, start, quoted and not adjuncts_only(scene, s, start, begin)
    if site.form == "noun" and quoted and begin > 1 and s.doc[begin - 1].text == "の":
        _, owner = scene.who.phrase(s, begin - 1)
        if owner is not None:
            return voices_of(scene, [owner, *[t.entity for t in topics]], "owner"), char_at(scene, s, begin), False
    if site.form == "noun" and not (site.verb is not None and puts_forward(scene, s, site)):
        return circle_of(scene, s, site, lower, begin, quoted)
    return carried_voice(scene, s, site, lower, begin, quoted, topics)


def credited(scene: Scene, s: Sentence, site: Site) -> Entity | None:
    """「…」（大森市長）と求めた: who is named in brackets between a quotation and its quotative."""
    begin, end = s.span(site.end - 1, site.end - 1)[1], s.offset(site.particle)
    return scene.who.last(begin, end) if end - begin > 3 else None


def asked(scene: Scene, s: Sentence, begin: int) -> Entity | None:
    """永井監督から「…」と言われ, 同社に尋ねたところ、「…」: who is the source of words that another one hears."""
    ahead = s.text[: char_at(scene, s, begin)]
    m = re.search(r"(?P<who>[^、。「」]{2,30})(?:から(?:は|も)?、?|に(?:問い合わせ|尋ね|聞い|取材し|確認し)た(?:ところ|ら)、?)$", ahead)
    return scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who") - 1] + 1) if m else None


def asker_of(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「…」と詰め寄られると: whoever it was that spoke before the one who hears it."""
    pressed = site.verb is not None and s.doc[site.verb].lemma_ in ("詰め寄る", "追及", "問い詰める", "迫る", "問いただす")
    return Voice(scene.other.speaker, scene.other.source, "asker", 0.6) if pressed and scene.other is not None else None


def _is_paper(s: Sentence, topic: Topic) -> bool:
    """報告書は, 白書は, 判決は: a paper that says something by itself."""
    return (
        re.search(
            r"(?:白書|報告書|報告|判決|決定|声明|答申|提言|文書|調査|論文|統計|指針|草案|原案|素案|案|書簡|社説)$", s.doc[: topic.particle].text
        )
        is not None
    )


def document_voice(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「資料には「…」と記されている」: a paper's words stand on the word of the medium that cited it, or of nobody."""
    if site.verb is None or not re.search(
        r"(?:資料|文書|報告書|書簡|メモ|議事録|メール|計画書|議案|草案|記録|日記|手紙)(?:に|で)は", s.text[: s.doc[site.end - 1].idx]
    ):
        return None
    if s.doc[site.verb].lemma_ not in ("記す", "書く", "明記", "記載", "ある", "つづる", "綴る"):
        return None
    return Voice(None, scene.outlet, "document", 0.75)


def nested_topic(scene: Scene, site: Site, topics: list[Topic]) -> Topic | None:
    """「ロイター通信は、首相が応じると述べたと報じた」: who speaks within a medium's report."""
    if site.form != "to" or site.row is None or site.row.fields.get("kind") == "report" or len(topics) < 2:
        return None
    first = topics[0].entity
    if first is None or first.type is not EntityClass.OUTLET or site.verb is None:
        return None
    inner = [t for t in topics[1:] if t.entity is not None and t.entity.type not in SOURCES and t.text in ("が", "は")]
    return inner[0] if inner else None


def topic_of(scene: Scene, s: Sentence, topics: list[Topic], begin: int, quoted: bool, site: Site | None = None) -> Topic | None:
    """Which topic speaks: the one with only adjuncts between it and the quotation, else the first with は, else with が."""
    everybody = [t for t in topics if t.entity is not None]
    named = [t for t in everybody if t.text != "で" and not _within(s, t, begin)] or [t for t in everybody if t.text == "で"]
    media = [t for t in named if t.entity is not None and t.entity.type is EntityClass.OUTLET]
    if media and site is not None and site.row is not None and site.row.fields.get("kind") == "report":
        return media[-1]
    if quoted and len(named) > 1 and named[0].text == "は" and named[-1].text == "が" and _speaks_of(named[0], named[-1]):
        return named[0]
    if quoted:
        for topic in reversed(named):
            if topic.after <= begin and adjuncts_only(scene, s, char_at(scene, s, topic.after), begin):
                return topic
    by_particle = [t for t in named if t.text in ("は", "も", "さえ", "で")]
    later = [t for t in by_particle[1:] if t.text == "は" and not quoted and _opens_clause(s, t)]
    return next(iter(later[-1:] or by_particle or named), None)


def _speaks_of(first: Topic, last: Topic) -> bool:
    """「森氏はまた、A社が「…」と述べた」: a person says it of the company."""
    companies = (EntityClass.ORGANIZATION, EntityClass.PLACE)
    return first.entity is not None and last.entity is not None and first.entity.type is EntityClass.PERSON and last.entity.type in companies


def _opens_clause(s: Sentence, topic: Topic) -> bool:
    """「A社は発売する予定で、B社は応援するとしている」: a topic behind a comma that ends a clause begins another."""
    doc, first = s.doc, topic.first
    while first > 0 and doc[first - 1].text not in "、，":
        first -= 1
    return first > 1 and doc[first - 2].pos_ in ("AUX", "VERB", "SCONJ") and doc[first - 2].text in ("で", "が", "し", "り", "ており", "おり")


def _within(s: Sentence, topic: Topic, begin: int) -> bool:
    """Whether a が phrase is the subject of a clause before the words, not of the verb of saying: 政府が計画する売却について「…」."""
    node = s.doc[topic.particle - 1].head
    while topic.text == "が" and topic.particle < node.i < begin and node.head.i > node.i:
        if node.dep_ == "acl":
            return True
        node = node.head
    return False


def topic_voice(scene: Scene, site: Site, entity: Entity, relayed: list[Entity]) -> Voice:
    """A medium that reports is a source; one that speaks for itself (コメントした, としている) is the speaker."""
    reports = site.row is not None and (site.row.fields.get("kind") in ("report", None) or site.row.fields.get("lemma") in _JUDGED)
    if entity.type is EntityClass.OUTLET and not reports and not relayed:
        return Voice(entity, None, "topic")
    return voices_of(scene, [entity, *relayed], "topic")


def puts_forward(scene: Scene, s: Sentence, site: Site) -> bool:
    """Whether a view is somebody's who puts it forward (との見方を示した), not one that goes round (との見方が出ている)."""
    verb = s.doc[site.verb or 0]
    particle = s.doc[site.noun + 1].text if site.noun is not None and site.noun + 1 < len(s.doc) else ""
    return scene.last is not None and particle == "を" and verb.lemma_ not in circulating()


def behind_of(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「…」と広報担当者は語った, 「…」と語る鈴木氏."""
    verb = site.verb
    assert verb is not None
    between = [t for t in scene.who.topics(s, site.particle + 1, verb) if t.entity is not None]
    if between:
        return voices_of(scene, [between[-1].entity], "behind")
    cleft = re.match(r"[^、。]{0,8}のは、?(?P<who>[^。]{2,60})", s.text[s.doc[verb].idx :])
    if cleft is not None:
        at = s.doc[verb].idx
        entity = scene.who.last(s.offsets[at + cleft.start("who")], s.offsets[at + cleft.end("who") - 1] + 1)
        return voices_of(scene, [entity], "cleft") if entity else None
    token = s.doc[verb]
    if token.dep_ != "acl" or token.head.i <= verb or token.head.text in report_nouns():
        return None
    last = token.head.i
    while last + 1 < len(s.doc) and (s.doc[last + 1].pos_ in ("NOUN", "PROPN") or s.doc[last + 1].text == "の"):
        last += 1
    entity = scene.who.last(s.offset(verb) + 1, s.span(last, last)[1])
    return voices_of(scene, [entity], "relative") if entity else None


def circle_of(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
    """との見方: of the circle that では or からは names, of the one carried on by 中には, else nobody's."""
    text = s.text
    low, high = char_at(scene, s, lower), char_at(scene, s, begin)
    start, entity = low, None
    if site.noun is not None and site.noun - site.particle <= 8 and s.doc[site.noun - 1].text == "の":
        entity = scene.who.last(s.offset(site.particle), s.offset(site.noun))
    for m in re.finditer(r"(?:の間)?(?:上)?(?:では|には|からは|からも|の間で|の中からは|として)(?:、)?", text[low:high]):
        found = scene.who.last(s.offsets[low], s.offsets[low + m.start()])
        if found is not None and (found.type in SOURCES or m.group().startswith("から")):
            entity, start = found, low + m.end()
    if quoted and re.search(r"(?:では|には|からは|からも|の間で)、?$", text[start:high]):
        start = high
    start = skip(scene, s, start, begin)
    placed = re.match(r"[^、。]{1,24}(?:では|には|からは|の間で)(?:、|$)", text[start:high]) if entity is None else None
    if placed:
        start = skip(scene, s, start + placed.end(), begin)
    partial = quoted and not adjuncts_only(scene, s, start, begin)
    if entity is not None:
        return voices_of(scene, [entity], "circle"), start, partial
    if entity is None and (same := same_sentence(scene, s)) is not None and not placed:
        return same, start, partial
    crowd = scene.reach is not None and scene.reach.source is not None and scene.reach.source.type is EntityClass.UNNAMED_SOURCE
    if scene.reach is not None and crowd and re.match(r"(?:だが、?|しかし、?)?(?:中には|その一方|一方|また|ほかにも|このほか)", text[low:]):
        return Voice(scene.reach.speaker, scene.reach.source, "circle-carried", 0.7), start, partial
    return Voice(rule="nobody", confidence=0.7), start, partial


def carried_voice(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool, topics: list[Topic]) -> tuple[Voice | None, int, bool]:
    """Nobody named in the sentence: whoever spoke last goes on."""
    start = skip(scene, s, char_at(scene, s, lower), begin)
    partial = quoted and not adjuncts_only(scene, s, start, begin)
    stranger = [t for t in topics if t.entity is None and t.text in ("は", "も")]
    if any(s.doc[t.particle - 1].text in authors() for t in stranger):
        return None, start, partial
    if quoted and stranger and adjuncts_only(scene, s, char_at(scene, s, stranger[-1].after), begin):
        return Voice(rule="unnamed", confidence=0.5), skip(scene, s, char_at(scene, s, stranger[-1].after), begin), False
    if site.row is not None and not quoted and any(_is_paper(s, t) for t in stranger):
        return Voice(rule="paper", confidence=0.6), char_at(scene, s, stranger[0].after), False
    relayed, start = relays_of(scene, s, start, begin)
    if (
        scene.last is None
        and quoted
        and not relayed
        and scene.subject is not None
        and scene.subject.type in (EntityClass.PERSON, EntityClass.ORGANIZATION)
        and not stranger
    ):
        return voices_of(scene, [scene.subject], "subject", 0.7), start, partial
    states = not quoted and site.form == "to" and site.row is not None and site.row.fields.get("lemma") == "する"
    if scene.last is None and states and scene.subject is not None and scene.subject.type is EntityClass.ORGANIZATION:
        return voices_of(scene, [scene.subject], "subject", 0.7), start, partial
    if scene.last is None:
        voice = voices_of(scene, relayed, "relay") if relayed else Voice(rule="nobody", confidence=0.4)
        return voice, start, partial
    if scene.last.speaker is None and scene.subject is not None and scene.subject.type is EntityClass.PERSON:
        return voices_of(scene, [scene.subject, scene.last.source, *relayed], "subject", 0.7), start, partial
    speaker = scene.last.speaker or scene.last.source
    return voices_of(scene, [speaker, *relayed], "carried", 0.7), start, partial


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
    addressed = re.match(r"([^、。「」]{2,24})に(?:、)?$", s.text[start:high])
    if addressed:
        entity = scene.who.last(s.offsets[start], s.offsets[start + addressed.end(1)])
        if entity is not None and entity.type is EntityClass.OUTLET:
            return [entity], high
    return [], start


def with_via(scene: Scene, voice: Voice, via: Via | None, s: Sentence, tails: list[tuple[int, int, Row]]) -> Voice:
    """Within a medium's report the medium passes the words on."""
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
    after = s.doc[site.verb].idx
    m = re.match(r".{0,8}(?:こと|の)(?:を|が)(?P<who>[^。、]{1,20}?)(?:が|で|に)?(?:報じ|伝え|報道|取り上げ)", s.text[after:])
    if m is None:
        return voice
    found = [e for e, _ in scene.who.within(s.offsets[after + m.start("who")], s.offsets[after + m.end("who")]) if e.type in SOURCES]
    return Voice(voice.speaker, found[-1], voice.rule, voice.confidence) if found else voice
