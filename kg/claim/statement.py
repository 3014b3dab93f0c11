"""Who says what: an article's attributed statements, one a quoted sentence or reported clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.claim.certainty import clause_stance, last_predicate, quoted_stance
from kg.claim.patterns import match_end, patterns
from kg.claim.site import Site, is_passive, is_quote, report_nouns, reporting, sites
from kg.claim.who import SOURCES, Topic, Who
from kg.lexicon import Row, rows
from kg.model import Attribution, Cue, Entity, EntityClass, Stance, Statement
from kg.parse import Article, Sentence
from kg.segment import PLACEHOLDER, Kind, Quote

_NAMING = {"呼ぶ", "たとえる", "例える", "評する", "名指し", "位置付ける"}
_REFERS_BACK = re.compile(
    r"(?:は|が|も)[^。]{0,24}"
    r"(?:そう|こう|このように|ため息|語り始め|振り返|口を開|胸を張|肩を落と|訴え|嘆|笑|うなず|話し|語っ|証言し|明かし)"
)
_QUESTION = ("―", "—", "─", "Q", "問")
_CONTENT = re.compile(r"[一-鿿ァ-ヿA-Za-z0-9]")
_SKIP = " 　、，\n\r"


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word: the speaker, the source that passes it on, and why."""

    speaker: Entity | None = None
    source: Entity | None = None
    rule: str = ""
    confidence: float = 0.9

    @property
    def known(self) -> bool:
        return self.speaker is not None or self.source is not None


@dataclass(frozen=True, slots=True)
class Via:
    """によると: the voice, and where in the Doc's text the words begin."""

    voice: Voice
    begin: int
    cue: Cue


def statements(article: Article, entities: tuple[Entity, ...]) -> tuple[Statement, ...]:
    """Return every statement that somebody other than the article makes, in the order of the text.

    「社長は「計画は順調だ」と述べた」 gives one DirectQuote; 「関係者によると、延期されたという」 one IndirectSpeech of the source.
    A quotation within another statement's words gives none.
    """
    reader = _Reader(article, Who(entities))
    found = reader.read()
    return tuple(sorted(found, key=lambda s: (s.begin, s.end)))


@cache
def authors() -> frozenset[str]:
    """Nouns by which an article's author speaks of himself: 筆者."""
    return frozenset(r["noun"] for r in rows("authors.tsv"))


@cache
def circulating() -> frozenset[str]:
    """Verbs under which a view is nobody's in particular."""
    return frozenset(r["lemma"] for r in rows("circulating.tsv"))


class _Reader:
    """Goes over the outer sentences once; remembers who spoke last and on whose word the article stands."""

    def __init__(self, article: Article, who: Who) -> None:
        self.article, self.who = article, who
        self.by_index = {s.index: s for s in article.sentences}
        self.outer = [s for s in article.sentences if s.quote is None]
        self.found: list[Statement] = []
        self.last: Voice | None = None  # of the last statement
        self.reach: Voice | None = None  # what a という carries on
        self.outlet: Entity | None = None  # the medium cited last
        self.interviewee: Entity | None = self._interviewee()
        self.announced: Voice | None = None
        self.marked = False  # whether the sentence stands within a report
        self.subject: Entity | None = None  # the agent that the sentence before was about
        self.pending: list[Quote] = []  # quotations whose speaker the next sentence may name

    def read(self) -> list[Statement]:
        marked = self._within_report()
        for position, sentence in enumerate(self.outer):
            self.marked = sentence.index in marked
            before = self.outer[position - 1] if position else None
            if sentence.kind is Kind.SOURCE:
                continue
            if self._is_bare(sentence):
                self._bare(sentence, before)
            else:
                self._sentence(sentence, before)
        return self.found

    def _within_report(self) -> set[int]:
        """The sentences that a report reaches: those between its によると and the last sentence of the paragraph that marks itself (という)."""
        reached: set[int] = set()
        start: int | None = None
        for i, s in enumerate(self.outer):
            if self._via(s) is not None:
                start = i
            elif start is not None and self.outer[start].line != s.line:
                start = None
            if start is not None and i > start and any(r["source"] == "carry" for *_, r in self._tails(s)):
                reached.update(o.index for o in self.outer[start : i + 1])
        return reached

    # -- one sentence -------------------------------------------------------------------------------------------------

    def _sentence(self, s: Sentence, before: Sentence | None) -> None:
        if s.doc.text.startswith(_QUESTION):
            return
        done = len(self.found)
        via = self._via(s)
        tails = self._tails(s)
        lower = self._token(s, via.begin) if via else 0
        used: set[int] = set()
        last_site: Site | None = None
        known = sites(s)
        act = (via is not None or bool(tails)) and self._reports_act(s, tails, known)
        for site in known:
            if site.end <= lower:
                continue
            lower = self._hearsay(s, via, tails, lower, s.doc[site.end - 1].idx)
            if site.verb is not None and site.form == "to" and (is_passive(s, site.verb) or (act and site.quoted)):
                used.update(q.index for q in self._quotes_before(s, site.end))
                continue
            after = self._site(s, site, lower, via, tails, used)
            if after is not None:
                lower, last_site = after, site
        self._loose_quotes(s, used)
        self._hearsay(s, via, tails, lower, len(s.doc.text) + 1)
        self._rest_of_via(s, via, tails, last_site)
        self._found_out(s)
        if self.pending:
            self._named_after(s)
        if len(self.found) == done:
            self._of_sentence_before(s, before)
            self._announcer(s)
        self._announces(s)
        self._cites(s)
        agents = [t.entity for t in self.who.topics(s, 0, len(s.doc)) if t.entity is not None]
        self.subject = agents[0] if agents else self.subject

    def _cites(self, s: Sentence) -> None:
        for entity, _ in self.who.within(s.begin, s.end):
            if entity.type is EntityClass.OUTLET:
                self.outlet = entity

    def _token(self, s: Sentence, char: int) -> int:
        return next((t.i for t in s.doc if t.idx + len(t.text) > char), len(s.doc))

    def _site(self, s: Sentence, site: Site, lower: int, via: Via | None, tails: list[tuple[int, int, Row]], used: set[int]) -> int | None:
        """Make the statements that end at a site; return the token from which the next one may begin, None if there is none."""
        quotes = self._quotes_before(s, site.end) if site.quoted else []
        if site.quoted and not quotes:
            return None
        begin = self._quote_token(s, quotes[0]) - 1 if quotes else site.end
        voice, start, partial = self._speaker(s, site, lower, begin, bool(quotes))
        if voice is None:
            return None
        voice = self._passed_on(s, site, self._with_via(voice, via, s, tails))
        if not self._acceptable(site, voice, quotes):
            return None
        if site.row is None and site.form == "to" and (partial or not voice.rule.startswith(("topic", "behind", "carried"))):
            return None
        if site.row is not None and site.row["lemma" if "lemma" in site.row.fields else "noun"] in _NAMING and not self._has_clause(quotes):
            used.update(q.index for q in quotes)
            return None
        cue = self._site_cue(s, site)
        if quotes and not partial:
            for quote in quotes:
                self._direct(quote, voice, (cue,), site)
        else:
            self._clause(s, start, site, voice, cue, quotes)
        used.update(q.index for q in quotes)
        self._remember(voice)
        return self._after(s, site)

    def _has_clause(self, quotes: list[Quote]) -> bool:
        """Whether what somebody is called says something of him: 門を閉ざした会社, not 鉄の男."""
        inside = [self.by_index[i] for q in quotes for i in q.inside if i in self.by_index]
        return any(t.pos_ in ("VERB", "AUX") for s in inside for t in s.doc)

    def _acceptable(self, site: Site, voice: Voice, quotes: list[Quote]) -> bool:
        """A clause needs somebody who says it; a quotation or a view does not."""
        return bool(quotes) or voice.known or site.form == "noun"

    def _after(self, s: Sentence, site: Site) -> int:
        listed = site.noun is not None and site.noun - site.particle > 8  # 「…」など、 … 声が: the noun stands far behind
        at = site.particle if listed else max(site.noun or site.verb or 0, site.particle)
        doc = s.doc
        while at + 1 < len(doc) and doc[at].text not in "、，" and doc[at + 1].pos_ in ("AUX", "SCONJ", "PUNCT", "ADP", "PART"):
            at += 1
        return at + 1

    # -- who speaks ---------------------------------------------------------------------------------------------------

    def _speaker(self, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
        """The voice of a site, the character where its words begin, and whether a quotation is only a part of them."""
        if site.verb is not None and (behind := self._behind(s, site)):
            start = self._skip_conjunction(s, self._char(s, lower))
            return behind, start, quoted and not self._adjuncts_only(s, start, begin)
        topics = self.who.topics(s, lower, begin)
        if site.form == "noun" and site.verb is not None and s.doc[site.verb].lemma_ in circulating():
            return self._circle(s, site, lower, begin, quoted)
        chosen = self._nested(site, topics) or self._topic(s, topics, begin, quoted, site)
        if chosen is not None and chosen.entity is not None and not (site.form == "noun" and quoted and s.doc[begin - 1].text == "の"):
            start = s.doc[chosen.after].idx if chosen.after < len(s.doc) else len(s.doc.text)
            relayed, start = self._relays(s, start, begin)
            if chosen is not topics[0] and self._nested(site, topics) is chosen:
                relayed = [topics[0].entity, *relayed] if topics[0].entity is not None else relayed
            start = self._skip(s, start, begin)
            voice = self._topic_voice(site, chosen.entity, relayed)
            return voice, start, quoted and not self._adjuncts_only(s, start, begin)
        if site.form == "noun" and quoted and begin > 1 and s.doc[begin - 1].text == "の":
            _, owner = self.who.phrase(s, begin - 1)
            if owner is not None:
                return self._voices([owner, *[t.entity for t in topics]], "owner"), self._char(s, begin), False
        if site.form == "noun" and not (site.verb is not None and self._says(s, site)):
            return self._circle(s, site, lower, begin, quoted)
        return self._carried(s, site, lower, begin, quoted, topics)

    def _nested(self, site: Site, topics: list[Topic]) -> Topic | None:
        """「ロイター通信は、首相が応じると述べたと報じた」: who speaks within a medium's report."""
        if site.form != "to" or site.row is None or site.row.fields.get("kind") == "report" or len(topics) < 2:
            return None
        first = topics[0].entity
        if first is None or first.type is not EntityClass.OUTLET or site.verb is None:
            return None
        inner = [t for t in topics[1:] if t.entity is not None and t.entity.type not in SOURCES and t.text in ("が", "は")]
        return inner[0] if inner else None

    def _topic(self, s: Sentence, topics: list[Topic], begin: int, quoted: bool, site: Site | None = None) -> Topic | None:
        """Which topic speaks: the one with only adjuncts between it and the quotation, else the first with は, else with が."""
        named = [t for t in topics if t.entity is not None]
        media = [t for t in named if t.entity is not None and t.entity.type is EntityClass.OUTLET]
        if media and site is not None and site.row is not None and site.row.fields.get("kind") == "report":
            return media[-1]
        if quoted:
            for topic in reversed(named):
                if topic.after <= begin and self._adjuncts_only(s, self._char(s, topic.after), begin):
                    return topic
        by_particle = [t for t in named if t.text in ("は", "も", "さえ", "で")]
        return next(iter(by_particle or named), None)

    def _topic_voice(self, site: Site, entity: Entity, relayed: list[Entity]) -> Voice:
        """A medium that reports is a source; one that speaks for itself (コメントした, としている) is the speaker."""
        reports = site.row is not None and site.row.fields.get("kind") in ("report", None)
        if entity.type is EntityClass.OUTLET and not reports and not relayed:
            return Voice(entity, None, "topic")
        return self._voices([entity, *relayed], "topic")

    def _says(self, s: Sentence, site: Site) -> bool:
        """Whether a view is somebody's who puts it forward (との見方を示した), not one that goes round (との見方が出ている)."""
        verb = s.doc[site.verb or 0]
        particle = s.doc[site.noun + 1].text if site.noun is not None and site.noun + 1 < len(s.doc) else ""
        if self.last is None or particle != "を" or verb.lemma_ in circulating():
            return False
        return bool(self.found) and self.found[-1].begin >= s.begin

    def _behind(self, s: Sentence, site: Site) -> Voice | None:
        """「…」と広報担当者は語った, 「…」と語る鈴木氏."""
        verb = site.verb
        assert verb is not None
        between = [t for t in self.who.topics(s, site.particle + 1, verb) if t.entity is not None]
        if between:
            return self._voices([between[-1].entity], "behind")
        cleft = re.match(r"[^、。]{0,8}のは、?(?P<who>[^。]{2,60})", s.doc.text[s.doc[verb].idx :])
        if cleft is not None:
            at = s.doc[verb].idx
            entity = self.who.last(s.offsets[at + cleft.start("who")], s.offsets[at + cleft.end("who") - 1] + 1)
            return self._voices([entity], "cleft") if entity else None
        token = s.doc[verb]
        if token.dep_ != "acl" or token.head.i <= verb or token.head.text in report_nouns():
            return None
        last = token.head.i
        while last + 1 < len(s.doc) and (s.doc[last + 1].pos_ in ("NOUN", "PROPN") or s.doc[last + 1].text == "の"):
            last += 1
        entity = self.who.last(s.offset(verb) + 1, s.span(last, last)[1])
        return self._voices([entity], "relative") if entity else None

    def _circle(self, s: Sentence, site: Site, lower: int, begin: int, quoted: bool) -> tuple[Voice | None, int, bool]:
        """との見方: of the circle that では or からは names, of the one carried on by 中には, else nobody's."""
        text = s.doc.text
        low, high = self._char(s, lower), self._char(s, begin)
        start, entity = low, None
        if site.noun is not None and site.noun - site.particle <= 8:
            entity = self.who.last(s.offset(site.particle), s.offset(site.noun))
        for m in re.finditer(r"(?:の間)?(?:上)?(?:では|には|からは|からも|の間で|の中からは|として)(?:、)?", text[low:high]):
            found = self.who.last(s.offsets[low], s.offsets[low + m.start()])
            if found is not None and (found.type in SOURCES or m.group().startswith("から")):
                entity, start = found, low + m.end()
        start = self._skip(s, start, begin)
        placed = re.match(r"[^、。]{1,24}(?:では|には|からは|の間で)(?:、|$)", text[start:high]) if entity is None else None
        if placed:
            start = self._skip(s, start + placed.end(), begin)
        partial = quoted and not self._adjuncts_only(s, start, begin)
        if entity is not None:
            return self._voices([entity], "circle"), start, partial
        if entity is None and (same := self._same_sentence(s)) is not None and not placed:
            return same, start, partial
        if self.reach is not None and re.match(r"(?:だが、?|しかし、?)?(?:中には|その一方|一方|また|ほかにも|このほか)", text[low:]):
            return Voice(self.reach.speaker, self.reach.source, "circle-carried", 0.7), start, partial
        return Voice(rule="nobody", confidence=0.7), start, partial

    def _same_sentence(self, s: Sentence) -> Voice | None:
        """The voice of the statement before, if it stands in the same sentence."""
        if not self.found or self.found[-1].begin < s.begin:
            return None
        before = self.found[-1]
        return Voice(before.speaker, before.source, "circle-carried", 0.7)

    def _carried(self, s: Sentence, site: Site, lower: int, begin: int, quoted: bool, topics: list[Topic]) -> tuple[Voice | None, int, bool]:
        """Nobody named in the sentence: whoever spoke last goes on."""
        start = self._skip(s, self._char(s, lower), begin)
        partial = quoted and not self._adjuncts_only(s, start, begin)
        stranger = [t for t in topics if t.entity is None and t.text in ("は", "も")]
        if any(s.doc[t.particle - 1].text in authors() for t in stranger):
            return None, start, partial
        if quoted and stranger and self._adjuncts_only(s, self._char(s, stranger[-1].after), begin):
            return Voice(rule="unnamed", confidence=0.5), self._skip(s, self._char(s, stranger[-1].after), begin), False
        relayed, start = self._relays(s, start, begin)
        if self.last is None:
            voice = self._voices(relayed, "relay") if relayed else Voice(rule="nobody", confidence=0.4)
            return voice, start, partial
        speaker = self.last.speaker or self.last.source
        return self._voices([speaker, *relayed], "carried", 0.7), start, partial

    def _relays(self, s: Sentence, start: int, begin: int) -> tuple[list[Entity], int]:
        """関係者の話として, 毎朝新聞の取材に: the source named between the speaker and the words, and where the words begin."""
        high = self._char(s, begin)
        for row, pattern in patterns("relays.tsv"):
            m = pattern.match(s.doc.text, start, high)
            if m is None:
                continue
            entity = self.who.last(s.offsets[m.start("who")], s.offsets[m.end("who")]) if m.end("who") > m.start("who") else None
            if row["name"] == "取材に" and entity is not None and entity.type is not EntityClass.OUTLET:
                entity = None
            return ([entity] if entity else []), m.end()
        addressed = re.match(r"([^、。「」]{2,24})に(?:、)?$", s.doc.text[start:high])
        if addressed:
            entity = self.who.last(s.offsets[start], s.offsets[start + addressed.end(1)])
            if entity is not None and entity.type is EntityClass.OUTLET:
                return [entity], high
        return [], start

    def _voices(self, agents: Sequence[Entity | None], rule: str, confidence: float = 0.9) -> Voice:
        """Speaker and source of those that the text names: a medium is never the speaker, an unnamed source only beside a medium."""
        named = list(dict.fromkeys(a for a in agents if a is not None))
        outlets = [a for a in named if a.type is EntityClass.OUTLET]
        unnamed = [a for a in named if a.type is EntityClass.UNNAMED_SOURCE]
        speakers = [a for a in named if a.type not in SOURCES]
        if speakers:
            return Voice(speakers[0], next(iter(outlets or unnamed), None), rule, confidence)
        if unnamed and outlets:
            return Voice(unnamed[-1], outlets[0], rule, confidence)
        if len(outlets) > 1:
            return Voice(outlets[-1], outlets[0], rule, confidence)
        return Voice(None, next(iter(outlets or unnamed), None), rule, confidence)

    def _with_via(self, voice: Voice, via: Via | None, s: Sentence, tails: list[tuple[int, int, Row]]) -> Voice:
        """Within a medium's report the medium passes the words on."""
        carried = self.reach is not None and (self.marked or any(r["source"] == "carry" for *_, r in tails))
        source = via.voice.source if via else self.reach.source if self.reach and carried else None
        if source is None or voice.source is not None:
            return voice
        if voice.speaker is None and not voice.known:
            return via.voice if via else voice
        if source.type is not EntityClass.OUTLET:
            return voice
        return Voice(voice.speaker, source, voice.rule, voice.confidence)

    def _passed_on(self, s: Sentence, site: Site, voice: Voice) -> Voice:
        """「…すると発表したことを各社が報じ」: the media that pass on what somebody announced."""
        if site.verb is None or voice.speaker is None or voice.source is not None:
            return voice
        after = s.doc[site.verb].idx
        m = re.match(r".{0,8}(?:こと|の)(?:を|が)(?P<who>[^。、]{1,20}?)(?:が|で|に)?(?:報じ|伝え|報道|取り上げ)", s.doc.text[after:])
        if m is None:
            return voice
        found = [e for e, _ in self.who.within(s.offsets[after + m.start("who")], s.offsets[after + m.end("who")]) if e.type in SOURCES]
        return Voice(voice.speaker, found[-1], voice.rule, voice.confidence) if found else voice

    def _remember(self, voice: Voice) -> None:
        if voice.known:
            self.last = self.reach = voice

    # -- what is said -------------------------------------------------------------------------------------------------

    def _direct(self, quote: Quote, voice: Voice, cues: tuple[Cue, ...], site: Site | None) -> None:
        """One statement a sentence of the quotation."""
        full = self.article.document.text[quote.end - 1 : quote.end] in "。．"
        for index in quote.inside:
            inside = self.by_index.get(index)
            if inside is None:
                continue
            begin, end = inside.begin, inside.end
            if not full:
                while end > begin + 1 and self.article.document.text[end - 1] in "。．":
                    end -= 1
            stance = quoted_stance(inside, site)
            rule = f"quote-{voice.rule}"
            self.found.append(Statement(begin, end, Attribution.DIRECT_QUOTE, voice.speaker, voice.source, stance, cues, rule, voice.confidence))

    def _clause(self, s: Sentence, start: int, site: Site, voice: Voice, cue: Cue, quotes: list[Quote]) -> None:
        """A reported clause, a quotation in it or not."""
        end = s.doc[site.end - 1].idx + len(s.doc[site.end - 1].text)
        if start >= end:
            return
        stance = self._partial_stance(quotes[-1], site) if quotes else clause_stance(s, site.end, site)
        self._add(s, start, end, voice, stance, (cue,), f"{site.form}-{voice.rule}")

    def _partial_stance(self, quote: Quote, site: Site) -> Stance:
        inside = [self.by_index[i] for i in quote.inside if i in self.by_index]
        return quoted_stance(inside[-1], site) if inside else Stance()

    def _add(self, s: Sentence, start: int, end: int, voice: Voice, stance: Stance, cues: tuple[Cue, ...], rule: str) -> None:
        begin, stop = s.offsets[start], s.offsets[end - 1] + 1
        text = self.article.document.text
        while stop > begin and text[stop - 1] in "。、" + _SKIP:
            stop -= 1
        if stop - begin < 2 or any(f.begin < stop and begin < f.end and f.attribution is Attribution.INDIRECT_SPEECH for f in self.found):
            return
        self.found.append(Statement(begin, stop, Attribution.INDIRECT_SPEECH, voice.speaker, voice.source, stance, cues, rule, voice.confidence))

    # -- によると, という -------------------------------------------------------------------------------------------------

    def _via(self, s: Sentence) -> Via | None:
        text = s.doc.text
        for row, pattern in patterns("via.tsv"):
            m = pattern.search(text)
            if m is None:
                continue
            phrase = self._phrase_begin(s, m.start())
            agents = [e for e, _ in self.who.within(s.offsets[phrase], s.offsets[m.end() - 1])]
            agents = agents or [e for e, _ in self.who.within(s.begin, s.offsets[m.end() - 1])]
            voice = self._via_voice(text[phrase : m.start()], agents, row)
            begin = self._skip_plain(text, m.end())
            cue = Cue(s.offsets[m.start()], s.offsets[m.end() - 1] + 1, m.group(), row.rule)
            return Via(voice, begin, cue)
        return None

    def _via_voice(self, phrase: str, agents: list[Entity], row: Row) -> Voice:
        outlets = [a for a in agents if a.type is EntityClass.OUTLET]
        unnamed = [a for a in agents if a.type is EntityClass.UNNAMED_SOURCE]
        if (unnamed and outlets) or len(outlets) > 1:
            return self._voices([*outlets, *unnamed], "via")
        if agents:
            return self._voices([agents[-1]], "via")
        if re.search(r"(?:記事|報道|同紙|同誌|同局)$", phrase) and self.outlet is not None:
            return Voice(None, self.outlet, "via-article", 0.85)
        if self.last is not None and re.search(r"(?:発表|説明|話|リリース|ブログ|資料|サイト|広報)$", phrase):
            return Voice(self.last.speaker, self.last.source, "via-carried", 0.6)
        return Voice(rule="via-nobody", confidence=0.5)

    def _phrase_begin(self, s: Sentence, end: int) -> int:
        """Where the noun phrase before によると begins."""
        token = s.doc[self._token(s, max(end - 1, 0))]
        left: int = token.left_edge.idx
        comma = s.doc.text.rfind("、", 0, end)
        return left if left <= comma or comma < 0 else min(left, comma + 1)

    def _tails(self, s: Sentence) -> list[tuple[int, int, Row]]:
        """The hearsay endings of a sentence: where each begins and ends in the Doc's text."""
        found = []
        for row, pattern in patterns("hearsay.tsv"):
            for m in pattern.finditer(s.text):
                if row["name"] == "そうだ" and s.doc[self._token(s, m.start())].tag_ != "名詞-助動詞語幹":
                    continue
                found.append((m.start(), m.end(), row))
        return sorted(found, key=lambda f: f[:2])

    def _hearsay(self, s: Sentence, via: Via | None, tails: list[tuple[int, int, Row]], lower: int, before: int) -> int:
        """The hearsay endings before a character, each over its clause, where it is not speech alone; return the next clause's token."""
        low = self._char(s, lower)
        while tails and tails[0][0] < before:
            begin, end, row = tails.pop(0)
            if begin <= low or not _CONTENT.search(s.doc.text[low:begin]) or begin - low < 5:
                continue
            voice = self._hearsay_voice(via if via is not None and via.begin >= low - 1 else None, row)
            cue = Cue(s.offsets[begin], s.offsets[end - 1] + 1, s.doc.text[begin:end].rstrip("。、"), row.rule)
            self._whole(s, self._skip_conjunction(s, low), begin, voice, cue)
            comma = s.doc.text.find("、", end, end + 10)
            low = self._skip_plain(s.doc.text, comma + 1 if comma >= 0 else end)
        return self._token(s, low) if low > self._char(s, lower) else lower

    def _rest_of_via(self, s: Sentence, via: Via | None, tails: list[tuple[int, int, Row]], last: Site | None) -> None:
        """によると with nothing at the end: the clause as a whole, where it is not speech alone."""
        if via is None:
            return
        self.reach = via.voice if via.voice.known else self.reach
        if last is None and not any(f.begin < s.end and s.offsets[via.begin] <= f.begin for f in self.found):
            self._whole(s, via.begin, len(s.doc.text), via.voice, via.cue)

    def _reports_act(self, s: Sentence, tails: list[tuple[int, int, Row]], found: list[Site]) -> bool:
        """Whether a report's last predicate is an act rather than an utterance (「…」と迫って中止を要請)."""
        end = self._token(s, tails[-1][0]) if tails else len(s.doc)
        final = last_predicate(s, end).i
        return not any(abs(v - final) <= 2 for site in found for v in (site.verb, site.noun) if v is not None)

    def _hearsay_voice(self, via: Via | None, row: Row) -> Voice:
        if via is not None:
            return via.voice
        if row["source"] == "carry" and self.reach is not None:
            return Voice(self.reach.speaker, self.reach.source, "hearsay-carried", 0.75)
        if row["source"] == "carry" and self.subject is not None:
            return self._voices([self.subject], "hearsay-topic", 0.6)
        return Voice(rule="hearsay", confidence=0.7)

    def _whole(self, s: Sentence, start: int, end: int, voice: Voice, cue: Cue) -> None:
        stop = self._token(s, end - 1) + 1
        announced = "とのこと" in cue.text or "ということ" in cue.text
        about = [t.entity for t in self.who.topics(s, self._token(s, start), stop) if t.entity is not None]
        announced = announced or (bool(about) and about[0] is not None and about[0].type is EntityClass.ORGANIZATION)
        hearsay = not announced and (not voice.rule.startswith(("via", "found", "sentence")) or end < len(s.doc.text))
        self._add(s, start, end, voice, clause_stance(s, stop, None, hearsay=hearsay), (cue,), voice.rule)

    def _found_out(self, s: Sentence) -> None:
        """「…ことが関係者への取材で分かった」."""
        for row, pattern in patterns("found.tsv"):
            m = pattern.search(s.doc.text)
            if m is None:
                continue
            agents = [e for e, _ in self.who.within(s.offsets[m.start("who")], s.offsets[m.end("who")])]
            if not agents:
                continue
            voice = self._voices([agents[-1]], "found")
            cue = Cue(s.offsets[m.start()], s.offsets[m.end() - 1] + 1, m.group(), row.rule)
            self._whole(s, 0, m.start(), voice, cue)
            self._remember(voice)
            return

    def _announcer(self, s: Sentence) -> None:
        """「X社は新製品を発表した」: what follows with とのこと stands on X社's word."""
        root = next((t for t in s.doc if t.head.i == t.i), s.doc[0])
        row = reporting().get(root.lemma_)
        if row is None or row["kind"] != "announce" or s.kind is not Kind.PROSE:
            return
        agents = [t.entity for t in self.who.topics(s, 0, root.i) if t.entity is not None]
        if agents and self.reach is None:
            self.last = self.reach = self._voices(agents[:1], "announcer", 0.8)

    def _of_sentence_before(self, s: Sentence, before: Sentence | None) -> None:
        """「…。商都新聞が関係者の話として報じた。」: the sentence before is what was reported."""
        if before is None or before.line != s.line or s.quotes or before.quotes:
            return
        if any(f.begin < before.end and before.begin < f.end for f in self.found):
            return
        m = re.search(r"(?:に|へ)?(?:明らかにし|報じ|伝え|語っ|話し|証言し|認め)(?:た|ている|ました)。?$", s.doc.text)
        agents = [e for e, _ in self.who.within(s.begin, s.end)]
        if m is None or not agents or re.search(r"[をと](?!して)[^、]{0,12}$", s.doc.text[: m.start()]):
            return
        voice = self._voices(list(agents), "sentence-before")
        self._whole(before, 0, len(before.doc.text), voice, Cue(s.offsets[m.start()], s.end, s.doc.text[m.start() :], "sentence-before"))
        self._remember(voice)

    # -- quotations without a verb --------------------------------------------------------------------------------------

    def _loose_quotes(self, s: Sentence, used: set[int]) -> None:
        """Quotations that no quotative follows: X氏は「…」。, 「…」など批判の声, 市長「…」, 「…」と広報担当者。"""
        loose = [self.article.quotes[n] for n in s.quotes if n not in used]
        if not loose:
            return
        first = self._quote_token(s, loose[0]) - 1
        text = s.doc.text
        after = text[s.doc[min(self._quote_token(s, loose[-1]) + 1, len(s.doc) - 1)].idx + 1 :]
        voice = self._loose_voice(s, first, after)
        if voice is None or (s.kind is Kind.TITLE and self._repeated(loose[0])):
            return
        for quote in loose:
            self._direct(quote, voice, (), None)
        self._remember(voice)

    def _loose_voice(self, s: Sentence, first: int, after: str) -> Voice | None:
        if re.match(r"(?:などの?|などと|といった|という|との)?[^。]{0,40}(?:" + "|".join(report_nouns()) + ")", after):
            site = Site(first, first, None, first, None, "noun", True)
            voice, _, _ = self._circle(s, site, 0, first, True)
            return voice
        trailing = re.match(r"と[^。]{0,24}のは、?(?P<who>[^。]{2,60})", after) or re.match(r"(?:と)、?(?P<who>[^。、]{2,40})。?$", after)
        if trailing:
            start = s.offsets[len(s.doc.text) - len(after) + trailing.start("who")]
            entity = self.who.last(start, s.end)
            return self._voices([entity], "verbless") if entity else None
        topic = self._topic(s, self.who.topics(s, 0, first), first, True)
        if topic is not None and topic.entity is not None and (not after.strip("。 ") or re.match(r"(?:。|$)", after)):
            return self._voices([topic.entity], "verbless")
        if first > 0:
            entity = self.who.last(s.offset(max(first - 6, 0)), s.offset(first))
            ahead = s.doc.text[: s.doc[first].idx]
            direct = not after.strip("。 ") and len(ahead) <= 24
            if entity is not None and (s.kind is not Kind.PROSE or direct or re.search(r"[:：―—＝=]+$", ahead)):
                return self._voices([entity], "title" if s.kind is not Kind.PROSE else "colon", 0.8)
        return None

    def _is_bare(self, s: Sentence) -> bool:
        return len(s.quotes) >= 1 and not re.sub(rf"[「『“]{PLACEHOLDER}[」』”]|[\s。、]", "", s.doc.text)

    def _bare(self, s: Sentence, before: Sentence | None) -> None:
        """A sentence that is nothing but a quotation."""
        after = self.outer[self.outer.index(s) + 1 : self.outer.index(s) + 2]
        if after and _REFERS_BACK.search(after[0].doc.text) and not after[0].quotes:
            self.pending = [self.article.quotes[n] for n in s.quotes]
            return
        voice = self._bare_voice(s, before)
        if voice is None:
            self.pending = [self.article.quotes[n] for n in s.quotes] if s.kind is Kind.PROSE else []
            return
        for number in s.quotes:
            self._direct(self.article.quotes[number], voice, (), None)
        self.last = voice if voice.known else self.last

    def _named_after(self, s: Sentence) -> None:
        """「…」。折原さんはそう話した。: the sentence after a quotation names who spoke."""
        quotes, self.pending = self.pending, []
        agents = [t.entity for t in self.who.topics(s, 0, len(s.doc)) if t.entity is not None]
        if not agents:
            return
        voice = self._voices(agents[-1:], "after", 0.85)
        for quote in quotes:
            self._direct(quote, voice, (), None)
        self._remember(voice)

    def _bare_voice(self, s: Sentence, before: Sentence | None) -> Voice | None:
        if s.kind is not Kind.PROSE and self._repeated(self.article.quotes[s.quotes[0]]):
            return None
        if before is not None and before.doc.text.startswith(_QUESTION) and self.interviewee is not None:
            return Voice(self.interviewee, None, "interview", 0.85)
        if self.announced is not None:
            return self.announced
        if before is not None and (signed := self._signature(before)) is not None:
            return signed
        if s.kind is not Kind.PROSE:
            return Voice(self.interviewee, None, "title", 0.7) if self.interviewee else None
        if before is None:
            return None
        if self.found and before.begin <= self.found[-1].begin and self.last is not None:
            return Voice(self.last.speaker, self.last.source, "bare", 0.85)
        topics = [t for t in self.who.topics(before, 0, len(before.doc)) if t.entity is not None]
        return self._voices([topics[0].entity], "bare-topic", 0.7) if topics else None

    def _signature(self, before: Sentence) -> Voice | None:
        """「代表取締役社長　蓮沼みずほ」 on a line of its own, above what she says."""
        if before.kind is Kind.PROSE or before.quotes:
            return None
        found = self.who.within(before.begin, before.end)
        last = found[-1] if found else None
        if last is None or last[0].type is not EntityClass.PERSON or before.end - last[1].end > 6:
            return None
        return self._voices([last[0]], "signature")

    def _announces(self, s: Sentence) -> None:
        """「次のように述べた」, 「意見が寄せられている」: the voice of the quotations that follow."""
        if s.kind is not Kind.PROSE:
            return
        self.announced = None
        for row, pattern in patterns("announcing.tsv"):
            m = pattern.search(s.doc.text)
            if m is None:
                continue
            agents = [t.entity for t in self.who.topics(s, 0, len(s.doc)) if t.entity is not None]
            if row["name"] == "bare":
                self.announced = self._voices(agents[-1:], "announced") if agents else None
            else:
                circle = [e for e, _ in self.who.within(s.begin, s.end) if e.type is EntityClass.UNNAMED_SOURCE]
                self.announced = self._voices(list(circle[-1:]), "voices", 0.8)

    def _interviewee(self) -> Entity | None:
        for s in self.outer:
            m = re.search(r"(?:氏|さん|CEO|社長|教授|会長)?(?:に(?:話を)?(?:聞く|聞いた|うかがった|尋ねた|インタビュー))", s.doc.text)
            if m is not None and (entity := self.who.last(s.begin, s.offsets[m.start()] + 1)) is not None:
                return entity
        return None

    def _repeated(self, quote: Quote) -> bool:
        """Whether a headline's quotation only repeats words of the body."""
        text = self.article.document.text
        words = text[quote.begin : quote.end]
        body = [text[q.begin : q.end] for q in self.article.quotes if q.begin != quote.begin]
        pairs = {words[i : i + 2] for i in range(len(words) - 1)}
        return any(len(pairs & {b[i : i + 2] for i in range(len(b) - 1)}) >= 0.5 * len(pairs) for b in body)

    # -- places -------------------------------------------------------------------------------------------------------

    def _quotes_before(self, s: Sentence, end: int) -> list[Quote]:
        """The quotations that stand side by side before a token."""
        found: list[Quote] = []
        while is_quote(s, end):
            at = s.offset(end - 2)
            quote = next((self.article.quotes[n] for n in s.quotes if self.article.quotes[n].begin == at), None)
            if quote is None:
                break
            found.insert(0, quote)
            end -= 3
            if end > 0 and s.doc[end - 1].text in ("や", "、") and is_quote(s, end - 1):
                end -= 1
        return found

    def _quote_token(self, s: Sentence, quote: Quote) -> int:
        span = s.tokens(quote.begin, quote.begin + 1)
        return span.start if span is not None else 0

    def _char(self, s: Sentence, token: int) -> int:
        return s.doc[token].idx if token < len(s.doc) else len(s.doc.text)

    def _skip(self, s: Sentence, start: int, begin: int) -> int:
        """Skip what stands before the words without being part of them."""
        high = self._char(s, begin)
        return match_end("adjuncts.tsv", s.text, self._skip_plain(s.text, start), high)

    def _skip_plain(self, text: str, start: int) -> int:
        while start < len(text) and text[start] in _SKIP:
            start += 1
        return start

    def _skip_conjunction(self, s: Sentence, start: int) -> int:
        return match_end("adjuncts.tsv", s.doc.text, self._skip_plain(s.doc.text, start), len(s.doc.text), only="conj")

    def _adjuncts_only(self, s: Sentence, start: int, begin: int) -> bool:
        """Whether nothing but time, place, occasion and addressee stands between."""
        high = self._char(s, begin)
        rest = s.doc.text[self._skip(s, start, begin) : high].strip(_SKIP)
        return not re.search(r"(?:を|は|が|も|との|の|と)$|(?:を|は|が|も)、$", rest) if rest else True

    def _site_cue(self, s: Sentence, site: Site) -> Cue:
        last = site.verb if site.verb is not None else site.noun if site.noun is not None else site.particle
        first = site.noun if site.noun is not None else last
        while last + 1 < len(s.doc) and s.doc[last + 1].pos_ in ("AUX", "SCONJ") and s.doc[last + 1].head.i >= first:
            last += 1
        begin, end = s.span(min(first, last), max(first, last))
        return Cue(begin, end, s.doc[min(first, last) : max(first, last) + 1].text, site.row.rule if site.row else site.form)

