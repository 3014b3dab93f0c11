"""Quotations that no verb follows: whole lines, lists, headlines, interviews."""

from __future__ import annotations

import re
from functools import cache

from kg.claim.certainty import quoted_stance
from kg.claim.interview import is_question, line_of_talk, teller
from kg.claim.patterns import patterns
from kg.claim.said import add_direct
from kg.claim.scene import Scene, Voice, quote_token, remember, voices_of
from kg.claim.site import Site
from kg.claim.speaker import circle_of
from kg.claim.topic import topic_of
from kg.claim.verbs import report_nouns
from kg.claim.who import SOURCES
from kg.model import Attribution, EntityClass, Statement
from kg.parse import Sentence
from kg.segment import PLACEHOLDER, Kind, Quote

_CLEFT = re.compile(r"(?:そう|こう)[^。、「」]{1,10}のは、?(?P<who>[^。「」]{2,60})")  # そう打ち明けるのは、…村瀬さんだ
_REFERS_BACK = re.compile(
    r"(?:は|が|も)[^。]{0,40}"
    r"(?:そう|こう|このように|ため息|語り始め|振り返|口を開|胸を張|肩を落と|訴え|嘆|笑|うなず|話し|語っ|証言し|明かし)"
)
_LEAD = re.compile(  # …では、 above a list
    r"(?P<circle>(?:[でに](?:は|も)?|から(?:は|も)?|の間で(?:は|も)?)[、：:]|から(?:は|も)|[でに][はも])$|[、：:]$"
)
_HEADED = re.compile(  # ■ネットの声
    r".{0,40}(?:の|する)(?:声|反応|意見|感想|コメント|書き込み|つぶやき|ツイート|投稿|レビュー|口コミ)(?:は(?:さまざま|様々)?)?[：:！!]?[】＞>]?"
)
_READER = re.compile(r"(?:[1-90１-９０]{2}代|[0-9０-９]{2}歳|男性?|女性?)(?:$|[・、，,/／ 　])")  # （30代・男性）
_NAMED = re.compile(  # 理由は「…」「…」といったものが挙がった; 「使いやすい」と好評だ
    r"(?:など)?(?:(?:という|といった)もの(?:が|も|など)|と(?:の)?(?:好評|大好評|不評|評判|話題|大人気|人気|騒ぎ|大騒ぎ|物議|噂|うわさ)(?:だ|で|に|を|の|が|と|。))"
)
_CONTENT = re.compile(
    r"(?:^|、)(?:(?P<who>[^、。「」]{2,24})の|その)?(?:内容|文面|メッセージ|返答|回答|返事|答え|言い分|第一声|主張|反論|一言)は、?$"
)
_IS = re.compile(r"(?:というもの|といったもの|だった|だ。|である|。|$)")
_PASSED_ON = re.compile(r"(?:という|ということ(?:だ|です)|とのこと(?:だ|です)?|そう(?:だ|です))。?$")  # what is passed on as a whole
_TALK = re.compile(r"(?P<who>[^。、「」]{2,40})の(?:話|談話|コメント)(?:[ 　:：]+(?P<words>.+))?")


def read_loose(scene: Scene, s: Sentence, used: set[int]) -> None:
    """Quotations that no quotative follows: X氏は「…」。, 「…」など批判の声, 市長「…」, 「…」と広報担当者。"""
    loose = []
    for quote in (scene.article.quotes[n] for n in s.quotes if n not in used):
        if s.kind is Kind.PROSE and (credit := credit_of(scene, quote)) is not None:
            add_direct(scene, quote, credit, (), None)
            remember(scene, credit)
        else:
            loose.append(quote)
    if not loose:
        return
    first = quote_token(scene, s, loose[0]) - 1
    text = s.text
    after = text[s.starts[min(quote_token(scene, s, loose[-1]) + 1, len(s.doc) - 1)] + 1 :]
    voice = loose_voice(scene, s, first, after, several=len(loose) > 1 and s.kind is Kind.PROSE)
    if voice is None or (s.kind is Kind.TITLE and repeated(scene, loose[0])):
        return
    for quote in loose:
        add_direct(scene, quote, voice, (), None)
    remember(scene, voice)


def loose_voice(scene: Scene, s: Sentence, first: int, after: str, *, several: bool = False) -> Voice | None:
    """Return the voice of quotations that no quotative follows: of several, the circle's, whatever they are said to be (「…」「…」など非難の嵐だ)."""
    if (content := _content_of(scene, s, s.text[: s.starts[first]], after)) is not None:
        return content
    if _NAMED.match(after):
        return Voice(rule="nobody", confidence=0.6) if _PASSED_ON.search(after) is None else None
    if _sums_up().match(after) or (several and _LISTED.match(after)):
        site = Site(first, first, None, first, None, "noun", True)
        voice, _, _ = circle_of(scene, s, site, 0, first, True)
        return voice
    trailing = re.match(r"とは、?(?P<who>[^。]{2,60})の(?:弁|言葉|言|談)(?:だ|である)?(?:。|$)", after)
    trailing = trailing or re.match(r"と[^。]{0,24}のは、?(?P<who>[^。]{2,60})", after) or re.match(r"(?:と)、?(?P<who>[^。、]{2,40})。?$", after)
    if trailing:
        start = s.offsets[len(s.text) - len(after) + trailing.start("who")]
        entity = scene.who.last(start, s.end)
        return voices_of(scene, [entity], "verbless") if entity else None
    topic = topic_of(scene, s, scene.who.topics(s, 0, first), first, True)
    if topic is not None and topic.entity is not None and (not after.strip("。 ") or re.match(r"(?:。|$)", after)):
        return voices_of(scene, [topic.entity], "verbless")
    if first > 0:
        entity = scene.who.last(s.offset(max(first - 6, 0)), s.offset(first))
        ahead = s.text[: s.starts[first]]
        direct = not after.strip("。 ") and len(ahead) <= 24
        if entity is not None and (s.kind is not Kind.PROSE or direct or re.search(r"[:：―—＝=]+$", ahead)):
            return voices_of(scene, [entity], "title" if s.kind is not Kind.PROSE else "colon", 0.8)
    return None


def _content_of(scene: Scene, s: Sentence, ahead: str, after: str) -> Voice | None:
    """「その内容は「…」というもの」, 「Xの答えは「…」だった」: whose the words are that the sentence only describes."""
    m = _CONTENT.search(ahead) if _IS.match(after) else None
    if m is None:
        return None
    owner = scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who")]) if m["who"] else scene.subject
    return voices_of(scene, [owner], "content", 0.7) if owner is not None and owner.type in (EntityClass.PERSON, EntityClass.ORGANIZATION) else None


_LISTED = re.compile(r"(?:など|等)(?:と|、)?(?!の)|と(?!の|並|同)")


@cache
def _sums_up() -> re.Pattern[str]:
    """What follows quotations that a noun sums up: などと批判する声."""
    return re.compile(rf"(?:などの?|などと|といった|という|との)?[^。]{{0,40}}(?:{'|'.join(report_nouns())})")


def read_told(scene: Scene, s: Sentence) -> bool:
    """「◇評論家の木戸さんの話　機体が古い。」: what follows on such a line is a quotation without brackets."""
    m = _TALK.fullmatch(s.text) or line_of_talk(scene, s)
    entity = teller(scene, s.begin, s.offsets[m.end("who") - 1] + 1) if m and (s.kind is not Kind.TITLE or _goes_on(scene, s)) else None
    begin = s.begin
    if m is not None and entity is not None:
        scene.told = (s.line, voices_of(scene, [entity], "told"))
        if m["words"] is None:
            return True
        begin = s.offsets[m.start("words")]
    if scene.told is None or scene.told[0] != s.line or s.quotes:
        return False
    voice = scene.told[1]
    end = s.end - 1 if s.text.endswith("。") else s.end
    rule = f"quote-{voice.rule}"
    scene.found.append(
        Statement(begin, end, Attribution.DIRECT_QUOTE, voice.speaker, voice.source, quoted_stance(s, None), (), rule, voice.confidence)
    )
    return True


def _goes_on(scene: Scene, s: Sentence) -> bool:
    """Whether a full sentence follows on the line."""
    place = scene.outer.index(s) + 1
    return place < len(scene.outer) and scene.outer[place].line == s.line and scene.outer[place].text.endswith("。")


def is_bare(scene: Scene, s: Sentence) -> bool:
    """Return whether a sentence is nothing but quotations."""
    return len(s.quotes) >= 1 and not re.sub(rf"[「『“]{PLACEHOLDER}[」』”]|[\s。、]", "", s.text)


def read_bare(scene: Scene, s: Sentence, before: Sentence | None) -> None:
    """A sentence that is nothing but a quotation."""
    after = scene.outer[scene.outer.index(s) + 1 : scene.outer.index(s) + 2]
    if after and not after[0].quotes and (_REFERS_BACK.search(after[0].text) or _CLEFT.match(after[0].text)):
        scene.pending = [scene.article.quotes[n] for n in s.quotes]
        return
    voice = bare_voice(scene, s, before)
    if voice is None:
        scene.pending = [scene.article.quotes[n] for n in s.quotes] if s.kind is Kind.PROSE else []
        return
    for number in s.quotes:
        add_direct(scene, scene.article.quotes[number], voice, (), None)
    scene.last = voice if voice.known else scene.last


def name_after(scene: Scene, s: Sentence) -> None:
    """「…」。折原さんはそう話した。: the sentence after a quotation names who spoke."""
    quotes, scene.pending = scene.pending, []
    agents = [t.entity for t in scene.who.topics(s, 0, len(s.doc)) if t.entity is not None]
    if (cleft := _CLEFT.match(s.text)) is not None and (who := scene.who.last(s.offsets[cleft.start("who")], s.end)) is not None:
        agents = [who]
    if not agents:
        return
    voice = voices_of(scene, agents[-1:], "after", 0.85)
    for quote in quotes:
        add_direct(scene, quote, voice, (), None)
    remember(scene, voice)


def bare_voice(scene: Scene, s: Sentence, before: Sentence | None) -> Voice | None:
    """Return the voice of a sentence that is nothing but a quotation, or None where nobody is known."""
    if s.kind is not Kind.PROSE and repeated(scene, scene.article.quotes[s.quotes[0]]):
        return None
    if (credit := credit_of(scene, scene.article.quotes[s.quotes[-1]])) is not None:
        return credit
    if before is not None and is_question(before) and scene.interviewee is not None:
        return Voice(scene.interviewee, None, "interview", 0.85)
    if scene.announced is not None:
        return scene.announced
    if before is not None and (signed := signature_of(scene, before)) is not None:
        return signed
    if s.kind is not Kind.PROSE:
        return Voice(scene.interviewee, None, "title", 0.7) if scene.interviewee else None
    if before is None:
        return None
    if scene.found and before.begin <= scene.found[-1].begin and scene.last is not None:
        return Voice(scene.last.speaker, scene.last.source, "bare", 0.85)
    topics = [t for t in scene.who.topics(before, 0, len(before.doc)) if t.entity is not None]
    if topics:
        return voices_of(scene, [topics[0].entity], "bare-topic", 0.7)
    if scene.brought_up is not None and scene.brought_up.type is EntityClass.PERSON:
        return voices_of(scene, [scene.brought_up], "bare-cleft", 0.8)
    people = [e for e, _ in scene.who.within(before.begin, before.end) if e.type is EntityClass.PERSON]
    if len(people) == 1 and before.line == s.line and s.end == _line_end(scene, s):  # 店主の及川さんの朝は早い。「…」
        return voices_of(scene, people, "bare-person", 0.6)
    spoke = scene.last is not None and scene.last.speaker is scene.subject and before.line == s.line and s.end == _line_end(scene, s)
    return Voice(scene.subject, None, "bare-subject", 0.7) if spoke and scene.subject is not None else None


def _line_end(scene: Scene, s: Sentence) -> int:
    """Where the last sentence of a line ends."""
    return max(o.end for o in scene.outer if o.line == s.line)


def credit_of(scene: Scene, last: Quote) -> Voice | None:
    """「…」（安達真弓理事長）: whom the brackets behind a quotation name."""
    m = re.match(r"[（(](?P<who>[^（）()\n]{2,30})[）)]", scene.article.document.text[last.end + 1 : last.end + 36])
    if m is not None and _READER.match(m["who"]):
        return None
    entity = scene.who.last(last.end + 2, last.end + 1 + m.end("who")) if m else None
    return voices_of(scene, [entity], "credit") if entity is not None else None


def signature_of(scene: Scene, before: Sentence) -> Voice | None:
    """「代表取締役社長　蓮沼みずほ」 on a line of its own, above what she says."""
    if before.kind is Kind.PROSE or before.quotes:
        return None
    found = scene.who.within(before.begin, before.end)
    last = found[-1] if found else None
    if last is None or last[0].type is not EntityClass.PERSON or before.end - last[1].end > 6:
        return None
    return voices_of(scene, [last[0]], "signature")


def note_announcement(scene: Scene, s: Sentence) -> None:
    """「次のように述べた」, 「意見が寄せられている」: the voice of the quotations that follow."""
    if s.kind is not Kind.PROSE:
        return
    scene.announced = None
    for row, pattern in patterns("announcing.tsv"):
        m = pattern.search(s.text)
        if m is None:
            continue
        agents = [t.entity for t in scene.who.topics(s, 0, len(s.doc)) if t.entity is not None]
        if row["name"] in ("statement", "asked"):
            source = re.search(r"(?:から(?:は|も)?|は|が|も)、?(?=(?:次|以下)の)", s.text) if row["name"] == "statement" else m
            agent = scene.who.last(s.begin, s.offsets[source.start()]) if source else None
            scene.announced = voices_of(scene, [agent], "announced") if agent is not None else None
            return
        if row["name"] == "words":
            owner = scene.who.last(s.begin, s.offsets[m.start()]) or scene.subject
            scene.announced = voices_of(scene, [owner], "announced", 0.7) if owner is not None else None
        elif row["name"] == "bare":
            scene.announced = voices_of(scene, agents[-1:], "announced") if agents else None
        else:
            circle = [e for e, _ in scene.who.within(s.begin, s.end) if e.type is EntityClass.UNNAMED_SOURCE]
            scene.announced = voices_of(scene, list(circle[-1:]), "voices", 0.8)


def note_list(scene: Scene, s: Sentence, after: Sentence | None) -> None:
    """「ネット掲示板には、」 above quotations that have a line each: they are the circle's or the speaker's that it ends with, else nobody's."""
    scene.announced = scene.announced if s.kind is Kind.PROSE else None
    if after is None or after.line == s.line or not is_bare(scene, after):
        return
    if s.kind is not Kind.PROSE and _HEADED.fullmatch(s.text):
        scene.announced = voices_of(scene, [scene.who.last(s.begin, s.end)], "voices", 0.8)
        return
    if (lead := _LEAD.search(s.text)) is None:
        return
    if lead["circle"] is None:
        topics = [t for t in scene.who.topics(s, 0, len(s.doc)) if t.entity is not None and not s.text[s.ends[t.particle] :].strip("、：:")]
        scene.announced = voices_of(scene, [t.entity for t in topics[-1:]], "voices", 0.8)
        return
    end = lead.start("circle")
    circle = [e for e, m in scene.who.within(s.offsets[max(0, end - 16)], s.offsets[end]) if e.type in SOURCES]
    scene.announced = voices_of(scene, circle[-1:], "voices", 0.8)


def repeated(scene: Scene, quote: Quote) -> bool:
    """Whether a headline's quotation only repeats words of the body."""
    text = scene.article.document.text
    words = text[quote.begin : quote.end]
    body = [text[q.begin : q.end] for q in scene.article.quotes if q.begin != quote.begin]
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return any(len(pairs & {b[i : i + 2] for i in range(len(b) - 1)}) >= 0.5 * len(pairs) for b in body)
