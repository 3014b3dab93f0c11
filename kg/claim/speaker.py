"""Whose words they are: the topic, who stands behind the quotation, the circle, or whoever spoke last."""

from __future__ import annotations

import re
from functools import cache

from kg.claim.heard import answers_others, asked, sender_of
from kg.claim.relay import relays_of
from kg.claim.scene import Scene, Voice, adjuncts_only, char_at, past_circle, same_sentence, skip, skip_conjunction, voices_of
from kg.claim.site import Site, says_so
from kg.claim.topic import is_answer, is_paper, nested_topic, topic_of, was_asked
from kg.claim.verbs import report_nouns
from kg.claim.who import SOURCES, Topic
from kg.lexicon import rows
from kg.model import Entity, EntityClass, Form
from kg.parse import Sentence

_PLACED = re.compile(
    r"(?:^|[。、])(?:Twitter|ツイッター|SNS|ＳＮＳ|ネット|インターネット|Facebook|フェイスブック|X)(?:上)?(?:など)?で(?:は|も)、?$"
)  # nobody's
_ITS_PAPER = re.compile(
    r"[^。、]{2,24}の(?:記事|報道|論評|批判|指摘|発言|主張|報告書?|文書|投稿|調査結果?)(?:に(?:ついて|関し|対し)|を(?:めぐ|巡)|(?:に|を)[^。、「」]{0,4}(?:反論|否定))"
)
_JOINED_ON = re.compile(r"[^、。]{0,12}(?:が|けれども?|ものの|し|つつ|一方で?|ながら|おり)、")
_ASKS_WHOM = re.compile(r"(?:[^。]*?[、」])?(?P<who>[^、。「」]{2,30})に(?:対し(?:て)?)?、")
_SAYER = 20  # code points behind という within which its sayer is named
_CIRCLE_END = re.compile(r"(?:[でに][はも]|から[はも]|の間で(?:は|も)?)、?$")


@cache
def authors() -> frozenset[str]:
    """Nouns by which an article's author speaks of himself: 筆者."""
    return frozenset(r["noun"] for r in rows("authors.tsv"))


@cache
def judging() -> frozenset[str]:
    """Verbs under which a medium's own words are its report: 指摘, 分析."""
    return frozenset(r["lemma"] for r in rows("judging.tsv"))


@cache
def circulating() -> frozenset[str]:
    """Verbs under which a view is nobody's in particular."""
    return frozenset(r["lemma"] for r in rows("circulating.tsv"))


def speaker_of(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
    """The voice of a site, the character where its words begin, and whether a quotation is only a part of them."""
    if site.verb is not None and (behind := behind_of(scene, s, site)):
        taken_up = behind.rule == "relative" and _taken_up(s, site)
        start = skip_conjunction(scene, s, char_at(scene, s, _behind_topic(scene, s, lower, begin) if taken_up else lower))
        return behind, start, quoted and not adjuncts_only(scene, s, start, begin)
    if quoted and (named := credited(scene, s, site)) is not None:
        return voices_of(scene, [named], "credit"), char_at(scene, s, begin), False
    if quoted and (sender := sender_of(scene, s, site, begin)) is not None:
        return voices_of(scene, [sender], "sender"), char_at(scene, s, begin), False
    if quoted and site.form == "to" and _crowd_before(scene, s, begin):
        return circle_of(scene, s, site, lower, begin, quoted)
    if quoted and (site.form == "to" or site.verb is None) and (other := asked(scene, s, begin)) is not None and other.type not in SOURCES:
        return voices_of(scene, [other], "heard"), char_at(scene, s, begin), False
    if quoted and _PLACED.search(s.text[: char_at(scene, s, begin)]) is not None:
        return Voice(rule="nobody", confidence=0.7), char_at(scene, s, begin), False
    if site.form == "noun" and not quoted and _answered(s, site):
        return _reported_by(scene, s, site, lower), skip(scene, s, char_at(scene, s, _behind_topic(scene, s, lower, begin)), begin), False
    if quoted and answers_others(scene, s, begin):
        return Voice(rule="nobody", confidence=0.7), char_at(scene, s, begin), False
    topics = scene.who.topics(s, lower, begin)
    chosen = nested_topic(scene, site, topics) or topic_of(scene, s, topics, begin, quoted, site)
    beside = chosen is not None and chosen.text == "は" and adjuncts_only(scene, s, char_at(scene, s, chosen.after), begin)
    if site.form == "noun" and site.verb is not None and s.doc[site.verb].lemma_ in circulating() and not (beside and quoted):
        return circle_of(scene, s, site, lower, begin, quoted)
    if chosen is not None and chosen.entity is not None and not (site.form == "noun" and quoted and s.doc[begin - 1].text == "の"):
        start = s.starts[chosen.after] if chosen.after < len(s.doc) else len(s.text)
        relayed, start = relays_of(scene, s, start, begin)
        if chosen is not topics[0] and nested_topic(scene, site, topics) is chosen:
            relayed = [topics[0].entity, *relayed] if topics[0].entity is not None else relayed
        start = skip(scene, s, start, begin)
        voice = topic_voice(scene, site, chosen.entity, relayed)
        return voice, start, quoted and not adjuncts_only(scene, s, start, begin)
    if site.form == "noun" and quoted and begin > 2 and s.doc[begin - 1].text == "の":
        _, owner = scene.who.phrase(s, begin - 2 if s.doc[begin - 2].text == "から" else begin - 1)
        if owner is not None:
            return voices_of(scene, [owner, *[t.entity for t in topics]], "owner"), char_at(scene, s, begin), False
    if site.form == "noun" and not (site.verb is not None and puts_forward(scene, s, site)):
        return circle_of(scene, s, site, lower, begin, quoted)
    return carried_voice(scene, s, site, lower, begin, quoted, topics)


def _reported_by(scene: Scene, s: Sentence, site: Site, lower: int) -> Voice:
    """「同社は、買収するとする一部報道について…」: whose the report is that somebody then answers, else nobody's."""
    assert site.noun is not None
    entity = scene.who.last(s.offset(site.particle), s.span(site.noun, site.noun)[1])
    return voices_of(scene, [entity], "answered") if entity is not None else Voice(rule="nobody", confidence=0.6)


def answerer(scene: Scene, s: Sentence, site: Site, lower: int, begin: int) -> Voice | None:
    """「同社は、買収するとする一部報道について…」, 「Xは「…」という質問に…」: who answers, and so speaks on behind it."""
    if site.quoted and sender_of(scene, s, site, begin) is not None:
        named = [t.entity for t in scene.who.topics(s, 0, begin) if t.entity is not None]
        return voices_of(scene, named[-1:], "topic") if named else scene.other
    if not (_answered(s, site) if site.form == "noun" else _taken_up(s, site)):
        return None
    first = _answering(scene, s, lower, begin)
    return voices_of(scene, [first.entity], "topic") if first is not None and first.entity is not None else None


def _answering(scene: Scene, s: Sentence, lower: int, begin: int) -> Topic | None:
    return next((t for t in scene.who.topics(s, lower, begin) if t.text == "は" and t.entity is not None), None)


def _behind_topic(scene: Scene, s: Sentence, lower: int, begin: int) -> int:
    """The token behind the topic of whoever answers."""
    first = _answering(scene, s, lower, begin)
    return first.after if first is not None else lower


def _crowd_before(scene: Scene, s: Sentence, begin: int) -> bool:
    """「掲示板では「…」「…」と批判が殺到した」: whether the place or circle right before a quotation is where it was said."""
    ahead = s.text[: char_at(scene, s, begin)]
    m = _CIRCLE_END.search(ahead)
    entity = scene.who.last(s.offsets[max(0, m.start() - 14)], s.offsets[m.start()]) if m is not None and m.start() > 0 else None
    return entity is not None and entity.type is EntityClass.UNNAMED_SOURCE


def credited(scene: Scene, s: Sentence, site: Site) -> Entity | None:
    """「…」（大森市長）と求めた: who is named in brackets between a quotation and its quotative."""
    begin, end = s.span(site.end - 1, site.end - 1)[1], s.offset(site.particle)
    return scene.who.last(begin, end) if end - begin > 3 else None


def topic_voice(scene: Scene, site: Site, entity: Entity, relayed: list[Entity]) -> Voice:
    """A medium that reports is a source; one that speaks for itself (コメントした, としている) is the speaker."""
    reports = site.row is not None and (site.row.fields.get("kind") in ("report", None) or site.row.fields.get("lemma") in judging())
    if entity.type is EntityClass.OUTLET and not reports and not relayed:
        return Voice(entity, None, "topic")
    return voices_of(scene, [entity, *relayed], "topic")


def puts_forward(scene: Scene, s: Sentence, site: Site) -> bool:
    """Whether a view is somebody's who puts it forward (との見方を示した), not one that goes round (との見方が出ている)."""
    verb = s.doc[site.verb or 0]
    particle = s.doc[site.noun + 1].text if site.noun is not None and site.noun + 1 < len(s.doc) else ""
    return scene.last is not None and particle == "を" and verb.lemma_ not in circulating()


def _answered(s: Sentence, site: Site) -> bool:
    """「…」との噂について、同社は…: who follows only has something to say on it."""
    return site.noun is not None and re.match(r"(?:に(?:ついて|関し|対し)|を(?:めぐ|巡|受け(?:て|、)))", s.text[s.ends[site.noun] :]) is not None


def _taken_up(s: Sentence, site: Site) -> bool:
    """「同社は、…と報じたX紙の記事について、…」: the sentence's topic answers what the paper says."""
    return site.verb is not None and _ITS_PAPER.match(s.text, s.ends[site.verb]) is not None


def behind_of(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「…」と広報担当者は語った, 「…」と語る鈴木氏."""
    verb = site.verb
    assert verb is not None
    if verb == site.particle + 1 and s.doc[verb].text == "いう" and says_so(s, verb):
        first = s.offset(verb + 1)
        sayer = next((e for e, _ in scene.who.within(first, first + _SAYER)), None)
        return voices_of(scene, [sayer], "relative") if sayer is not None else None
    between = [t for t in scene.who.topics(s, site.particle + 1, verb) if t.entity is not None]
    if between and not _answered(s, site):
        return voices_of(scene, [between[-1].entity], "behind")
    cleft = re.match(r"[^、。]{0,8}のは、?(?P<who>[^。]{2,60})", s.text[s.starts[verb] :])
    if cleft is not None:
        at = s.starts[verb]
        entity = scene.who.last(s.offsets[at + cleft.start("who")], s.offsets[at + cleft.end("who") - 1] + 1)
        return voices_of(scene, [entity], "cleft") if entity else None
    token = s.doc[verb]
    joined = _JOINED_ON.match(s.text, token.idx) is not None  # 「…」と豪語していたが、…購入できる書籍は
    if token.dep_ != "acl" or token.head.i <= verb or token.head.text in report_nouns() or joined:
        return None
    last = token.head.i
    while last + 1 < len(s.doc) and (s.doc[last + 1].pos_ in ("NOUN", "PROPN") or s.doc[last + 1].text == "の"):
        last += 1
    entity = scene.who.last(s.offset(verb) + 1, s.span(last, last)[1])
    return voices_of(scene, [entity], "relative") if entity else None


def _ends_with_name(scene: Scene, begin: int, end: int) -> bool:
    """Whether a name ends a stretch: 全国茶業連盟 in 全国茶業連盟では, not in 国内の企業では."""
    found = scene.who.within(begin, end)
    return bool(found) and found[-1][1].end == end and found[-1][1].form is not Form.ROLE


def circle_of(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
    """との見方: of the circle that では or からは names, of the one carried on by 中には, else nobody's."""
    text = s.text
    low, high = char_at(scene, s, lower), char_at(scene, s, begin)
    start, entity = low, None
    if site.noun is not None and site.noun - site.particle <= 8 and s.doc[site.noun - 1].text == "の":
        entity = scene.who.last(s.offset(site.particle), s.offset(site.noun))
    for m in re.finditer(r"(?:の間)?(?:上)?(?:で[はも]|に[はも]|から[はも]|の間で|の中からは|として|から(?![はも]))(?:、)?", text[low:high]):
        found = scene.who.last(s.offsets[low], s.offsets[low + m.start()])
        named = found is not None and found.type is EntityClass.ORGANIZATION and _ends_with_name(scene, s.offsets[low], s.offsets[low + m.start()])
        unnamed = found is not None and found.type is EntityClass.UNNAMED_SOURCE
        if m.group() in ("から", "から、") and not named and not (unnamed and quoted):
            continue
        if found is not None and (found.type in SOURCES or m.group().startswith("から") or (named and m.group().startswith(("では", "でも")))):
            entity, start = found, low + m.end()
    if quoted and _CIRCLE_END.search(text[start:high]):
        start = high
    start = skip(scene, s, start, begin)
    placed = re.match(r"[^、。]{1,24}(?:[でに][はも]|から[はも]|の間で)(?:、|$)", text[start:high]) if entity is None else None
    if placed:
        start = skip(scene, s, start + placed.end(), begin)
    partial = quoted and not adjuncts_only(scene, s, start, begin)
    if entity is None and site.noun is not None:
        entity = _raised_by(scene, s, site.noun)
    if entity is not None:
        return voices_of(scene, [entity], "circle"), start, partial
    if entity is None and not placed and not (quoted and answers_others(scene, s, begin)) and (same := same_sentence(scene, s)) is not None:
        return same, start, partial
    crowd = scene.reach is not None and scene.reach.source is not None and scene.reach.source.type is EntityClass.UNNAMED_SOURCE
    if scene.reach is not None and crowd and re.match(r"(?:だが、?|しかし、?)?(?:中には|その一方|一方|また|ほかにも|このほか)", text[low:]):
        return Voice(scene.reach.speaker, scene.reach.source, "circle-carried", 0.7), start, partial
    return Voice(rule="nobody", confidence=0.7), past_circle(text, start), partial


def _raised_by(scene: Scene, s: Sentence, noun: int) -> Entity | None:
    """「…」との声が利用者から上がっている: those who raise it, behind it."""
    at = s.ends[noun]
    m = re.match(r"[がもは]、?(?P<who>[^。、「」]{1,20}?)(?:の間で|から|内で)", s.text[at:])
    found = scene.who.last(s.offsets[at + m.start("who")], s.offsets[at + m.end("who")]) if m is not None else None
    return found if found is not None and found.type in (*SOURCES, EntityClass.PERSON, EntityClass.ORGANIZATION) else None


def _owner(scene: Scene, s: Sentence, topic: Topic) -> Entity | None:
    """Whose a paper is: 第三者委員会の報告書は."""
    if topic.first < 2 or s.doc[topic.first - 1].text != "の":
        return None
    return scene.who.phrase(s, topic.first - 1)[1]


def carried_voice(scene: Scene, s: Sentence, site: Site, lower: int, begin: int, quoted: bool, topics: list[Topic]) -> tuple[Voice | None, int, bool]:
    """Nobody named in the sentence: whoever spoke last goes on."""
    start = skip(scene, s, char_at(scene, s, lower), begin)
    partial = quoted and not adjuncts_only(scene, s, start, begin)
    stranger = [t for t in topics if t.entity is None and t.text in ("は", "も")]
    if any(s.doc[t.particle - 1].text in authors() for t in stranger):
        return None, start, partial
    paper = next((t for t in stranger[-1:] if is_paper(s, t)), None)
    if paper is not None and site.row is not None and (owner := _owner(scene, s, paper)) is not None:
        after = skip(scene, s, char_at(scene, s, paper.after), begin)
        return voices_of(scene, [owner], "paper-owner", 0.7), after, quoted and not adjuncts_only(scene, s, after, begin)
    if quoted and stranger and adjuncts_only(scene, s, char_at(scene, s, stranger[-1].after), begin):
        return Voice(rule="unnamed", confidence=0.5), skip(scene, s, char_at(scene, s, stranger[-1].after), begin), False
    if site.row is not None and not quoted and any(is_paper(s, t) for t in stranger):
        return Voice(rule="paper", confidence=0.6), char_at(scene, s, stranger[0].after), False
    if quoted and not topics and (answering := _answering_before(scene, s, begin)) is not None:
        return answering, start, partial
    relayed, start = relays_of(scene, s, start, begin)
    named_so = s.doc[site.particle + 1 : site.particle + 2].text == "いう"  # 「…」という意見に応えた: somebody else's
    if (
        scene.last is None
        and quoted
        and not named_so
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
    announced = scene.last.rule == "announcer" and quoted  # X社は昇格を発表した。楠木氏は…。会見では「…」と述べた
    if (scene.last.speaker is None or announced) and scene.subject is not None and scene.subject.type is EntityClass.PERSON:
        return voices_of(scene, [scene.subject, scene.last.source, *relayed], "subject", 0.7), start, partial
    speaker = scene.last.speaker or scene.last.source
    return voices_of(scene, [speaker, *relayed], "carried", 0.7), start, partial


def _answering_before(scene: Scene, s: Sentence, begin: int) -> Voice | None:
    """「落胆する長沢氏に、記者が「…」と尋ねると、「…」」: whom the question goes to, else whoever spoke before; also behind 「…」と聞かれると、."""
    if same_sentence(scene, s) is None or scene.last is None:
        return None
    if was_asked(s, begin):
        return Voice(scene.last.speaker, scene.last.source, "answers", 0.7)
    if not is_answer(s, begin):
        return None
    m = _ASKS_WHOM.match(s.text)
    whom = scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who")]) if m is not None else None
    if whom is not None and whom is not scene.last.speaker:
        return voices_of(scene, [whom], "answers", 0.7)
    return Voice(scene.other.speaker, scene.other.source, "answers", 0.6) if scene.other is not None else None
