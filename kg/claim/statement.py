"""Who says what: an article's attributed statements, one a quoted sentence or reported clause."""

from __future__ import annotations

import re

from kg.claim.bare import is_bare, name_after, note_announcement, note_list, read_bare, read_loose, read_told
from kg.claim.heard import answers_others, asked, asker_of, document_voice, pressing, published
from kg.claim.hearsay import read_found_out, read_hearsay, read_rest_of_via, read_sentence_before, reports_act, tails_of, within_report
from kg.claim.interview import answers_of, interviewee_of, is_question, read_answer
from kg.claim.relay import passed_on, with_via
from kg.claim.said import add_clause, add_direct
from kg.claim.scene import Scene, Voice, char_at, quote_token, quotes_before, remember, same_sentence, token_at, voices_of
from kg.claim.site import Site, is_passive, sites
from kg.claim.speaker import answerer, speaker_of
from kg.claim.topic import is_inner
from kg.claim.verbs import reporting
from kg.claim.via import Via, via_of
from kg.claim.who import Topic, Who
from kg.lexicon import Row
from kg.model import Cue, Entity, EntityClass, Form, Statement
from kg.parse import Article, Sentence
from kg.segment import Kind, Quote

_PUTTING_OUT = frozenset(("発売", "公開", "披露", "投入", "お披露目", "開始", "売り出す"))  # of a product's firm that tells of it
_NAMING = {"呼ぶ", "たとえる", "例える", "評する", "名指し", "位置付ける"}
_ANSWERS = re.compile(r"[^、。]{0,40}?(?:について|に関して?|に対して?|を?(?:めぐ|巡)(?:り|って)|受けて?)(?:は|も)?、")
_GOES_ROUND = re.compile(r"[がもは](?:あ[りるっ]|出|上が|広が|聞かれ|見られ|相次|寄せられ|根強|強)[ぁ-ん]{0,6}、")  # 期待の声もあったが、
_SHARE = re.compile(r"[\d０-９.．]+(?:[%％]|割|人に[\d０-９]+人)(?:の[^、。「」がは]{1,12})?が$")  # 68％の人が「…」と答えた
_CLEFT = re.compile(r"(?:の|人物|一人|ひとり)[がは]、?(?P<who>[^。は]{2,40}?)(?:だ|である|だった|であった|です|でした)?。?$")
_SURVEYS = re.compile(
    r"(?:調査|アンケート|分析|解析|実験|検証|試験|測定|計測|集計|聞き取り)(?:を(?:行|実施|し[たて]|まとめ)|し[たて])"
)  # who did it found something out
_TITLE = 6  # code points of what follows a name: 氏, 社長, さん
_CLOSED = ("AUX", "SCONJ", "PUNCT", "ADP", "PART")


def statements(article: Article, entities: tuple[Entity, ...]) -> tuple[Statement, ...]:
    """Return every statement that somebody other than the article makes, in the order of the text.

    「社長は「計画は順調だ」と述べた」 gives one DirectQuote; 「関係者によると、延期されたという」 one IndirectSpeech of the source.
    A quotation within another statement's words gives none.
    """
    scene = Scene(article, Who(entities))
    scene.interviewee = interviewee_of(scene)
    scene.answers = answers_of(scene)
    return tuple(sorted(read(scene), key=lambda s: (s.begin, s.end)))


def read_sentence(scene: Scene, s: Sentence, before: Sentence | None) -> None:
    """Make the statements of one sentence and keep what it leaves to the next."""
    if is_question(s):
        return
    done = len(scene.found)
    via = via_of(scene, s)
    tails = tails_of(scene, s)
    lower = token_at(scene, s, via.begin) if via else 0
    used: set[int] = set()
    last_site: Site | None = None
    known = sites(s)
    reported = via is not None or (bool(tails) and scene.reach is not None and scene.reach.source is not None)
    act = reported and reports_act(scene, s, tails, known)
    for site in known:
        if last_site is not None and shares_verb(last_site, site):
            lower = last_site.particle + 1
        if site.end <= lower or is_hearsay(s, site, tails):
            continue
        lower = read_hearsay(scene, s, via, tails, lower, s.starts[site.end - 1])
        if (passed := read_heard(scene, s, site, lower, act, used)) is not None:
            lower = passed
            continue
        after = read_site(scene, s, site, lower, via, tails, used)
        if after is not None:
            lower, last_site = after, site
    read_loose(scene, s, used)
    read_hearsay(scene, s, via, tails, lower, len(s.text) + 1)
    read_rest_of_via(scene, s, via, tails, last_site)
    read_found_out(scene, s)
    if scene.pending:
        name_after(scene, s)
    if len(scene.found) == done:
        read_sentence_before(scene, s, before)
        note_announcer(scene, s)
    note_announcement(scene, s)
    note_media(scene, s)
    note_agents(scene, s)


def shares_verb(before: Site, site: Site) -> bool:
    """「…」と、路線を続ける考えを示した: a quotation and a clause under one verb."""
    return before.quoted and before.form == "to" and site.form in ("koto", "noun") and site.verb == before.verb and site.end > before.particle + 2


def is_hearsay(s: Sentence, site: Site, tails: list[tuple[int, int, Row]]) -> bool:
    """「採用すると噂されているが、社長は…」: what goes round is not the next one's who speaks."""
    return not site.quoted and any(begin == s.starts[site.particle] and row["source"] == "nobody" for begin, _, row in tails)


def read_heard(scene: Scene, s: Sentence, site: Site, lower: int, act: bool, used: set[int]) -> int | None:
    """Words that a paper holds, that somebody hears or that a report's act takes up; the next clause's token, None where they are none of these."""
    if site.verb is None:
        return None
    quotes = quotes_before(scene, s, site.end)
    paper = document_voice(scene, s, site) if site.quoted else None
    heard = site.form == "to" and ((is_passive(s, site.verb) and is_heard(scene, s, site)) or (act and site.quoted))
    if paper is None and not heard:
        return None
    named = asked(scene, s, quote_token(scene, s, quotes[0]) - 1) if heard and quotes and not act else None
    voice = paper or (voices_of(scene, [named], "heard") if named is not None else asker_of(scene, s, site) if not act else None)
    if voice is None and quotes and not act:
        begin = quote_token(scene, s, quotes[0]) - 1
        voice = published(scene, s, begin) or (same_sentence(scene, s) if site.row is not None and not answers_others(scene, s, begin) else None)
    if voice is not None:
        for quote in quotes:
            add_direct(scene, quote, voice, (site_cue(scene, s, site),), site)
    used.update(q.index for q in quotes)
    return next_token(scene, s, site) if site.quoted and not act else lower


def is_heard(scene: Scene, s: Sentence, site: Site) -> bool:
    """Whether a passive hands words to its subject: not 「…」と対応に追われた, whose verb is none of saying."""
    assert site.verb is not None
    return site.row is not None or s.doc[site.verb].lemma_ in pressing() or not scene.who.topics(s, 0, site.end)


def note_agents(scene: Scene, s: Sentence) -> None:
    """Keep whom a sentence is about, and the only organization that it names."""
    topics = [t for t in scene.who.topics(s, 0, len(s.doc)) if t.entity is not None and acts(s, t)]
    own = [t for t in topics if t.text != "が" or not is_inner(s, t)] or topics  # A社が起用したBさんが登場: Bさん
    scene.surveyor = next((t.entity for t in topics if t.text != "も"), None) if _SURVEYS.search(s.text) is not None else None
    scene.brought_up = _brought_up(scene, s)
    scene.subject = scene.brought_up or (own[0].entity if own else scene.subject)
    makers = {e for e, _ in scene.who.within(s.begin, s.end) if e.type is EntityClass.ORGANIZATION}
    scene.maker = next(iter(makers)) if len(makers) == 1 else scene.maker


def acts(s: Sentence, topic: Topic) -> bool:
    """Whether a topic is who acts: a city itself (汐路市は), not what lies in it (汐路市内は)."""
    entity = topic.entity
    return entity is None or entity.type is not EntityClass.PLACE or any(m.end == s.offset(topic.particle) for m in entity.mentions)


def _brought_up(scene: Scene, s: Sentence) -> Entity | None:
    """「これに怒ったのが、代理人の鶴見氏だ」: whom a sentence brings up last, and so what follows is about."""
    m = _CLEFT.search(s.text)
    found = scene.who.within(s.offsets[m.start("who")], s.offsets[m.end("who") - 1] + 1) if m is not None else []
    if m is None or not found or s.offsets[m.end("who") - 1] + 1 - found[-1][1].end > _TITLE:
        return None
    return found[-1][0] if found[-1][0].type in (EntityClass.PERSON, EntityClass.ORGANIZATION) else None


def note_media(scene: Scene, s: Sentence) -> None:
    """Keep the medium that a sentence cites last."""
    for entity, _ in scene.who.within(s.begin, s.end):
        if entity.type is EntityClass.OUTLET:
            scene.outlet = entity


def read_site(scene: Scene, s: Sentence, site: Site, lower: int, via: Via | None, tails: list[tuple[int, int, Row]], used: set[int]) -> int | None:
    """Make the statements that end at a site; return the token from which the next one may begin, None if there is none."""
    quotes = quotes_before(scene, s, site.end) if site.quoted else []
    if site.quoted and not quotes:
        return None
    begin = quote_token(scene, s, quotes[0]) - 1 if quotes else site.end
    voice, start, partial = speaker_of(scene, s, site, lower, begin, bool(quotes))
    if voice is None:
        return None
    if quotes and site.form == "to" and _SHARE.search(s.text[: s.starts[begin]]) is not None:
        voice, partial = Voice(rule="nobody", confidence=0.6), False
    whole = any(len(q.inside) > 1 for q in quotes)
    about = is_about(s, start, begin)
    named = about and names_whom(scene, s, start, begin)
    partial = partial and len(quotes) == 1 and not whole and not named
    voice = passed_on(scene, s, site, with_via(scene, voice, via, s, tails))
    if not acceptable(scene, site, voice, quotes):
        return None
    loose = partial and not about
    person = voice.rule in ("subject", "relative") and voice.speaker is not None and voice.speaker.type is EntityClass.PERSON
    person = person and (voice.rule == "subject" or utters(scene, s, site, quotes))
    if site.row is None and site.form == "to" and (loose or not (person or voice.rule.startswith(("topic", "behind", "carried", "circle")))):
        return None
    if site.row is not None and site.row["lemma" if "lemma" in site.row.fields else "noun"] in _NAMING and not has_clause(scene, quotes):
        used.update(q.index for q in quotes)
        return None
    cue = site_cue(scene, s, site)
    if quotes and not partial:
        for quote in quotes:
            add_direct(scene, quote, voice, (cue,), site)
    else:
        add_clause(scene, s, start, site, voice, cue, quotes)
    used.update(q.index for q in quotes)
    remember(scene, voice)
    if (answering := answerer(scene, s, site, lower, begin)) is not None:
        remember(scene, answering)
        return behind_answer(scene, s, next_token(scene, s, site))
    return next_token(scene, s, site)


def utters(scene: Scene, s: Sentence, site: Site, quotes: list[Quote]) -> bool:
    """Whether a verb that does not say so describes who says a clause: 「教え方が悪い」と落胆する長沢氏, not 「鉄人」と恐れられる長沢氏."""
    return site.verb is not None and not is_passive(s, site.verb) and has_clause(scene, quotes)


def behind_answer(scene: Scene, s: Sentence, at: int) -> int:
    """Return the token behind what is answered: behind 、 in X紙の記事について、."""
    m = _ANSWERS.match(s.text, char_at(scene, s, at))
    return token_at(scene, s, m.end()) if m is not None else at


def is_about(s: Sentence, start: int, begin: int) -> bool:
    """Whether what stands between a speaker and a quotation only says of what it speaks: 采配について、「…」."""
    return re.search(r"(?:について|に関して|に対して?|をめぐって|を巡って)(?:は|も)?、?$", s.text[start : s.starts[begin]]) is not None


def names_whom(scene: Scene, s: Sentence, start: int, begin: int) -> bool:
    """Whether the words between a speaker and a quotation name only of whom it speaks: 新人の国分坂亮については「…」."""
    m = re.search(r"(?:氏|さん|選手|社)?(?:について|に関して)(?:は|も)?、?$", s.text[start : s.starts[begin]])
    if m is None:
        return False
    end = s.offsets[start + m.start()]
    found = scene.who.within(s.begin, end)
    return bool(found) and found[-1][1].end == end and found[-1][1].form is Form.NAME


def has_clause(scene: Scene, quotes: list[Quote]) -> bool:
    """Whether what somebody is called says something of him: 門を閉ざした会社, not 鉄の男."""
    inside = [scene.by_index[i] for q in quotes for i in q.inside if i in scene.by_index]
    return any(t.pos_ in ("VERB", "AUX") for s in inside for t in s.doc)


def acceptable(scene: Scene, site: Site, voice: Voice, quotes: list[Quote]) -> bool:
    """A clause needs somebody who says it; a quotation or a view does not."""
    return bool(quotes) or voice.known or site.form == "noun" or voice.rule == "paper"


def next_token(scene: Scene, s: Sentence, site: Site) -> int:
    """Return the token behind a site's verb or noun and its auxiliaries."""
    listed = site.noun is not None and site.noun - site.particle > 8  # 「…」など、 … 声が: the noun stands far behind
    at = site.particle if listed else max(site.noun or site.verb or 0, site.particle)
    doc = s.doc
    while at + 1 < len(doc) and doc[at].text not in "、，" and (doc[at + 1].pos_ in _CLOSED or doc[at + 1].dep_ == "fixed"):
        at += 1
    rest = _GOES_ROUND.match(s.text, doc[at].idx) if site.noun is not None and not listed else None
    return token_at(scene, s, rest.end()) if rest is not None else at + 1


def site_cue(scene: Scene, s: Sentence, site: Site) -> Cue:
    """Return the words that hand the statement over: と述べた."""
    last = site.verb if site.verb is not None else site.noun if site.noun is not None else site.particle
    first = site.noun if site.noun is not None else last
    while last + 1 < len(s.doc) and s.doc[last + 1].pos_ in ("AUX", "SCONJ") and s.doc[last + 1].head.i >= first:
        last += 1
    begin, end = s.span(min(first, last), max(first, last))
    return Cue(begin, end, s.doc[min(first, last) : max(first, last) + 1].text, site.row.rule if site.row else site.form)


def note_announcer(scene: Scene, s: Sentence) -> None:
    """「X社は新製品を発表した」: what follows with とのこと stands on X社's word."""
    root = next((t for t in s.doc if t.head.i == t.i), s.doc[0])
    row = reporting().get(root.lemma_)
    told = row is not None and row["kind"] == "announce"
    if not (told or root.lemma_ in _PUTTING_OUT) or s.kind is not Kind.PROSE:
        return
    agents = [t.entity for t in scene.who.topics(s, 0, root.i) if t.entity is not None]
    if agents and (told or agents[0].type is EntityClass.ORGANIZATION):
        voice = voices_of(scene, agents[:1], "announcer", 0.8)
        scene.announcer = scene.announcer or voice
        if told and scene.reach is None:
            scene.last = scene.reach = voice


def read(scene: Scene) -> list[Statement]:
    """Return the statements of all outer sentences, in the order of reading."""
    marked = within_report(scene)
    for position, sentence in enumerate(scene.outer):
        scene.marked = sentence.index in marked
        before = scene.outer[position - 1] if position else None
        if sentence.kind is Kind.SOURCE:
            continue
        if read_told(scene, sentence) or read_answer(scene, sentence):
            continue
        if is_bare(scene, sentence):
            read_bare(scene, sentence, before)
        else:
            read_sentence(scene, sentence, before)
            note_list(scene, sentence, scene.outer[position + 1] if position + 1 < len(scene.outer) else None)
    return scene.found
