"""On whose word: という, とのこと, 関係者への取材で分かった, and the sentence that only says who reported the one before."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Token

from kg.claim.certainty import clause_stance, last_predicate
from kg.claim.patterns import patterns
from kg.claim.said import add, add_direct, partial_stance
from kg.claim.scene import (
    SKIPPED,
    Scene,
    Voice,
    char_at,
    past_circle,
    quote_token,
    quotes_before,
    remember,
    skip_conjunction,
    skip_plain,
    token_at,
    voices_of,
)
from kg.claim.site import Site, is_quote
from kg.claim.via import Via, via_of
from kg.claim.who import Topic
from kg.context import modal_nouns
from kg.lexicon import Row
from kg.model import Cue, Entity, EntityClass, Form, Modality, Stance
from kg.parse import Sentence

_IN_SHORT = re.compile(r"つまり|要するに|すなわち|言い換えれば|換言すれば|要は")  # つまり…ということだ explains, it passes nothing on
_ANNOUNCED = ("とのこと", "ということ")
_OF_PRODUCTS = (*_ANNOUNCED, "そうだ")
_DEFINES = re.compile(r"(?:の|こと|もの|理由|秘訣|ポイント)は、?[^。、は]{2,40}$")  # 大切なのは続けるということです
_FOUND = re.compile(r"こと(?:が|も)、?(?:[^、。]{0,10}[日月年時夜朝]、)?[^、。]{0,10}(?:分か|わか|判明|明らかにな|浮かび上が)[^、。]{0,8}。?$")
_RESULT = re.compile(r"(?:その|この|調査の|分析の|実験の|検証の)結果、?")
_DOES_TOO = re.compile(r"で[はも]、?")
_TURNING = re.compile("一方|他方|これに対し|対照的に|もっとも|ところが|ところで")
_AUTHORITY = re.compile(r"(?:[警庁省署局裁]|地検|検察|特捜部|委員会|消防本部|保健所|市|県|町|村)$")
_OWNS = re.compile(r"[」』）)]?(?:[（(][^（）()]*[)）])?の")
_CONTENT = re.compile(r"[一-鿿ァ-ヿA-Za-z0-9]")


def tails_of(scene: Scene, s: Sentence) -> list[tuple[int, int, Row]]:
    """The hearsay endings of a sentence: where each begins and ends in the Doc's text."""
    found = []
    for row, pattern in patterns("hearsay.tsv"):
        for m in pattern.finditer(s.text):
            if _names(s.text, m.start(), row["name"]) or _modifies(scene, s, m.end(), row["name"]):
                continue
            if row["name"] == "ということ" and (_IN_SHORT.match(s.text) or _DEFINES.search(s.text[: m.start()])):
                continue
            if row["name"] == "そうだ" and not _heard(s.doc[token_at(scene, s, m.start())]):
                continue
            found.append((m.start(), m.end(), row))
    return sorted(found, key=lambda f: f[:2])


def _heard(token: Token) -> bool:
    """Whether a そう passes a clause on (持つそうだ), not what looks so (持ちそうだ)."""
    if token.tag_ == "名詞-助動詞語幹":
        return True
    whole = token.i > 0 and re.search("終止形|連体形", "".join(token.doc[token.i - 1].morph.get("Inflection", []))) is not None
    return token.tag_ == "形状詞-助動詞語幹" and whole


def _names(text: str, begin: int, ending: str) -> bool:
    """「水が凍ったものを氷という。」, 「正式には管理票という。」: という that gives a name passes nothing on."""
    clause = re.split(r"[。、]", text[:begin])[-1]
    bare = re.search(r"[一-鿿ァ-ヿA-Za-z」』]$", clause) is not None and not re.search(r"[0-9０-９一二三四五六七八九十数][^、。は]{0,3}$", clause)
    return (
        ending == "という"
        and bare
        and not clause.endswith(tuple(modal_nouns()))
        and re.search(r"を[^、。をは]{1,24}$|(?:正式に|英語で|日本語で|通称|略して|俗に|別名)", clause) is not None
    )


def _own_topic(scene: Scene, s: Sentence, low: int, begin: int) -> Topic | None:
    """「新作について、任天堂は受注生産も検討しているとのこと」: the body that a clause without another source is about."""
    topics = scene.who.topics(s, token_at(scene, s, low), token_at(scene, s, begin))
    return next((t for t in topics if t.text == "は" and t.entity is not None and t.entity.type is EntityClass.ORGANIZATION), None)


def _teller(scene: Scene, s: Sentence, low: int, begin: int) -> Topic | None:
    """「ミチルさんは、恋人には話していないという」 in a paragraph of its own: another person than told the one before tells this of himself."""
    reach = scene.reach.speaker if scene.reach is not None else None
    begun = _paragraph(scene, s)
    if reach is None or reach.type is not EntityClass.PERSON or any(f.begin >= begun for f in scene.found):
        return None
    if any(begun <= m.begin < s.begin for m in reach.mentions):
        return None  # 黒木氏はAとBを挙げた。Aは独裁的だという
    topics = scene.who.topics(s, token_at(scene, s, low), token_at(scene, s, begin))
    first = topics[0] if topics and topics[0].text == "は" else None
    return first if first is not None and first.entity is not reach and first.entity is not None and first.entity.type is EntityClass.PERSON else None


def _turns(scene: Scene, s: Sentence) -> bool:
    """「一方、Xは関心を示しているという」 at a paragraph's beginning, X new to the article: who spoke above does not tell it."""
    if s.begin != _paragraph(scene, s) or _TURNING.match(s.text) is None:
        return False
    return any(min(m.begin for m in e.mentions) >= s.begin for e, _ in scene.who.within(s.begin, s.end))


def _of_others(scene: Scene, s: Sentence, low: int, begin: int, voice: Voice) -> bool:
    """「A社では導入するとし、B社でも対策を取っているという」: who spoke in the same sentence does not tell what another body does."""
    if voice.speaker is None or low == 0:
        return False
    bodies = [(e, m) for e, m in scene.who.within(s.offsets[low], s.offsets[begin]) if e.type is EntityClass.ORGANIZATION]
    return any(e is not voice.speaker and _DOES_TOO.match(scene.article.document.text, m.end) is not None for e, m in bodies)


def _of_another(scene: Scene, s: Sentence, low: int, begin: int, voice: Voice) -> bool:
    """「老舗の灯台社はAI翻訳を使わない。読者に受けているという」: a person does not tell of a body that only comes up here or right before."""
    if voice.speaker is None or voice.speaker.type is not EntityClass.PERSON:
        return False
    topics, since = scene.who.topics(s, token_at(scene, s, low), token_at(scene, s, begin)), s.begin
    position = next(i for i, o in enumerate(scene.outer) if o is s)
    before = scene.outer[position - 1] if position else None
    if before is not None and before.line == s.line and not any(before.begin <= f.begin < before.end for f in scene.found):
        since = before.begin
        topics = topics if any(t.text == "は" for t in topics) else scene.who.topics(before, 0, len(before.doc))
    body = next((t.entity for t in topics if t.text in ("は", "も") and t.entity is not None and t.entity.type is EntityClass.ORGANIZATION), None)
    return body is not None and min(m.begin for m in body.mentions) >= since


def _paragraph(scene: Scene, s: Sentence) -> int:
    """Where the paragraph of a sentence begins."""
    return min(o.begin for o in scene.outer if o.line == s.line)


def _modifies(scene: Scene, s: Sentence, end: int, ending: str) -> bool:
    """「現場で必要とされる技術」: とされる before a noun only says what kind it is."""
    token = s.doc[min(token_at(scene, s, end), len(s.doc) - 1)]
    return ending == "とされる" and end < len(s.text) and s.text[end - 1] not in "、，" and token.idx == end and token.pos_ in ("NOUN", "PROPN")


def read_hearsay(scene: Scene, s: Sentence, via: Via | None, tails: list[tuple[int, int, Row]], lower: int, before: int) -> int:
    """The hearsay endings before a character, each over its clause, where it is not speech alone; return the next clause's token."""
    low = char_at(scene, s, lower)
    while tails and tails[0][0] < before:
        begin, end, row = tails.pop(0)
        quoted = begin > low and is_quote(s, token_at(scene, s, begin))
        if not quoted and (begin <= low or not _CONTENT.search(s.text[low:begin]) or begin - low < 5):
            continue
        if row["name"] == "と話題" and (quoted or s.text[begin - 1] in "」』”"):
            continue  # 何度も「かわいい」と話題になる
        voice = hearsay_voice(scene, s, via if via is not None and via.begin >= low - 1 else None, row)
        if voice.rule == "hearsay" and row["name"] in _ANNOUNCED and (own := _own_topic(scene, s, low, begin)) is not None:
            voice, low = voices_of(scene, [own.entity], "hearsay-own", 0.6), char_at(scene, s, own.after)
        if voice.rule == "hearsay-carried" and (teller := _teller(scene, s, low, begin)) is not None:
            voice, low = voices_of(scene, [teller.entity], "hearsay-own", 0.6), char_at(scene, s, teller.after)
            remember(scene, voice)
        elif voice.rule == "hearsay-carried" and (
            _turns(scene, s) or _of_others(scene, s, low, begin, voice) or _of_another(scene, s, low, begin, voice)
        ):
            voice, scene.reach = Voice(rule="hearsay", confidence=0.7), None
        cue = Cue(s.offsets[begin], s.offsets[end - 1] + 1, s.text[begin:end].rstrip("。、"), row.rule)
        low = skip_conjunction(scene, s, low)
        add_whole(scene, s, past_circle(s.text, low) if row["source"] == "nobody" else low, begin, voice, cue)
        comma = s.text.find("、", end, end + 10)
        low = skip_plain(scene, s.text, comma + 1 if comma >= 0 else end)
    return token_at(scene, s, low) if low > char_at(scene, s, lower) else lower


def read_rest_of_via(scene: Scene, s: Sentence, via: Via | None, tails: list[tuple[int, int, Row]], last: Site | None) -> None:
    """によると with nothing at the end: the clause as a whole, where it is not speech alone."""
    if via is None:
        return
    scene.reach = via.voice if via.voice.known else scene.reach
    if last is None and not any(f.begin < s.end and s.offsets[via.begin] <= f.begin for f in scene.found):
        found = _FOUND.search(s.text)
        add_whole(scene, s, via.begin, found.start() if found is not None else len(s.text.rstrip("。")), via.voice, via.cue)


def reports_act(scene: Scene, s: Sentence, tails: list[tuple[int, int, Row]], found: list[Site]) -> bool:
    """Whether a report's last predicate is an act rather than an utterance (「…」と迫って中止を要請)."""
    end = token_at(scene, s, tails[-1][0]) if tails else len(s.doc)
    final = last_predicate(s, end)
    spoken = [site for site in found if "".join(t.text for t in s.doc[site.particle :][:3]) != "として"]
    return not any(abs(v - final.i) <= 2 for site in spoken for v in (site.verb, site.noun) if v is not None)


def hearsay_voice(scene: Scene, s: Sentence, via: Via | None, row: Row) -> Voice:
    """Return on whose word a hearsay ending stands: that of によると, the one carried on, or the topic before."""
    if via is not None:
        return via.voice
    if row["name"] in _OF_PRODUCTS and (announcer := _announcer(scene, s)) is not None:
        return Voice(announcer.speaker, announcer.source, "hearsay-carried", 0.75)
    if row["source"] == "carry" and scene.reach is not None:
        return Voice(scene.reach.speaker, scene.reach.source, "hearsay-carried", 0.75)
    if row["source"] == "carry" and scene.subject is not None and _tells(scene.subject, row["name"]):
        return voices_of(scene, [scene.subject], "hearsay-topic", 0.6)
    if row["name"] == "とのこと" and scene.maker is not None:
        return voices_of(scene, [scene.maker], "hearsay-maker", 0.6)
    return Voice(rule="hearsay", confidence=0.7)


def _announcer(scene: Scene, s: Sentence) -> Voice | None:
    """Who goes on with what was announced: in a new paragraph also where another body, his press office, spoke above."""
    reach, voice = scene.reach, scene.announcer
    if voice is None or voice.speaker is None:
        return None
    if reach is None:
        return voice
    spoke = any(f.begin >= _paragraph(scene, s) for f in scene.found)
    body = reach.source is None and reach.speaker is not None and reach.speaker.type is EntityClass.ORGANIZATION
    return voice if body and not spoke else None


def _tells(subject: Entity, ending: str) -> bool:
    """Whether whom the sentence before is about tells what follows: of という an authority, of とのこと any body; a product or a person does not."""
    body = subject.type is EntityClass.ORGANIZATION and ending in _ANNOUNCED
    return body or subject.type is EntityClass.UNNAMED_SOURCE or _AUTHORITY.search(subject.name) is not None


def add_whole(scene: Scene, s: Sentence, start: int, end: int, voice: Voice, cue: Cue) -> None:
    """Keep a clause passed on as a whole."""
    stop = token_at(scene, s, end - 1) + 1
    quotes = quotes_before(scene, s, stop)
    if quotes and s.text[start : s.starts[quote_token(scene, s, quotes[0]) - 1]].strip(SKIPPED) == "":  # …によると、「出す予定です」とのことだ
        for quote in quotes:
            add_direct(scene, quote, voice, (cue,), None)
        return
    if quotes:  # 発売は「来春です」とのことだ
        add(scene, s, start, end, voice, partial_stance(scene, quotes[-1], None), (cue,), voice.rule)
        return
    announced = "とのこと" in cue.text or "ということ" in cue.text
    about = [t.entity for t in scene.who.topics(s, token_at(scene, s, start), stop) if t.entity is not None]
    announced = announced or (bool(about) and about[0] is not None and about[0].type is EntityClass.ORGANIZATION)
    hearsay = not announced and (not voice.rule.startswith(("via", "found", "sentence")) or end < len(s.text))
    stance = clause_stance(s, stop, None, hearsay=hearsay)
    if stance.modality is Modality.CONDITION and all(c.end <= s.offsets[start] for c in stance.cues):
        stance = Stance(negated=stance.negated)  # 電話で聞いたら、…とのこと: who asks makes no condition
    add(scene, s, start, end, voice, stance, (cue,), voice.rule)


def read_found_out(scene: Scene, s: Sentence) -> None:
    """「…ことが関係者への取材で分かった」, 「その結果、…ことがわかった」 after the sentence that tells who looked into it."""
    result, found = _RESULT.match(s.text), _FOUND.search(s.text)
    if result is not None and found is not None and scene.surveyor is not None and result.end() < found.start():
        voice = voices_of(scene, [scene.surveyor], "found", 0.7)
        add_whole(scene, s, result.end(), found.start(), voice, Cue(s.offsets[found.start()], s.end, found.group(), "found"))
        remember(scene, voice)
        return
    for row, pattern in patterns("found.tsv"):
        m = pattern.search(s.text)
        if m is None:
            continue
        agents = [e for e, _ in scene.who.within(s.offsets[m.start("who")], s.offsets[m.end("who")])]
        if not agents:
            continue
        voice = voices_of(scene, [agents[-1]], "found")
        cue = Cue(s.offsets[m.start()], s.offsets[m.end() - 1] + 1, m.group(), row.rule)
        add_whole(scene, s, 0, m.start(), voice, cue)
        remember(scene, voice)
        return


def read_sentence_before(scene: Scene, s: Sentence, before: Sentence | None) -> None:
    """「…。商都新聞が関係者の話として報じた。」: the sentence before is what was reported."""
    if before is None or before.line != s.line or s.quotes or before.quotes:
        return
    if any(f.begin < before.end and before.begin < f.end for f in scene.found):
        return
    m = re.search(r"(?:に|へ)?(?:明らかにし|明かし|報じ|伝え|発表し|公表し|語っ|話し|証言し|認め)(?:た|ている|ました)。?$", s.text)
    agents = _informants(scene, s)
    if m is None or not agents or re.search(r"[をと](?!して|基|もと|元|引用)[^、]{0,12}$", s.text[: m.start()]):
        return
    voice = voices_of(scene, list(agents), "sentence-before")
    known = _FOUND.search(before.text)
    end = known.start() if known is not None else len(before.text)
    add_whole(scene, before, 0, end, voice, Cue(s.offsets[m.start()], s.end, s.text[m.start() :], "sentence-before"))
    remember(scene, voice)


def _informants(scene: Scene, s: Sentence) -> list[Entity]:
    """Who reports in a sentence: not those who only own a medium (梨田電機傘下の東都新聞), nor whose the source is (欧州連合の外交筋, 同社の首脳)."""
    named = scene.who.within(s.begin, s.end)
    owners = [
        one
        for (one, m), (_, n) in pairwise(named)
        if (n.type is EntityClass.PERSON or (n.type is EntityClass.UNNAMED_SOURCE and n.form is Form.ROLE))
        and _OWNS.fullmatch(scene.article.document.text, m.end, n.begin)
    ]
    agents = [e for e, _ in named if e not in owners]
    subjects = [t.entity for t in scene.who.topics(s, 0, len(s.doc)) if t.entity is not None]
    media = [e for e in subjects if e.type is EntityClass.OUTLET]
    return [e for e in agents if e in media or e.type is EntityClass.UNNAMED_SOURCE or e.type is EntityClass.PERSON] if media else agents


def within_report(scene: Scene) -> set[int]:
    """The sentences that a report reaches: those between its によると and the last sentence of the paragraph that marks itself (という)."""
    reached: set[int] = set()
    start: int | None = None
    for i, s in enumerate(scene.outer):
        if via_of(scene, s) is not None:
            start = i
        elif start is not None and scene.outer[start].line != s.line:
            start = None
        if start is not None and i > start and any(r["source"] == "carry" for *_, r in tails_of(scene, s)):
            reached.update(o.index for o in scene.outer[start : i + 1])
    return reached
