"""Who stands where in a sentence: for each mention its grammatical part, read off the particles that follow its phrase."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from kg.entity.thing import Thing
from kg.entity.titles import is_title
from kg.lexicon import rows
from kg.model import EntityClass, Form, Mention
from kg.parse import Article, Sentence
from kg.segment import Kind

_SOURCES = frozenset({"よる", "対する", "たいする", "よれ"})
_MODIFIERS = ("形容詞", "連体詞", "形状詞", "副詞", "助動詞")  # between の and the noun: Xの新しい端末は
_POST = re.compile("[々一-鿿ァ-ヺー]{0,6}[相官長員者手家士師卿役将督使王帝翁段](?=[はがのをにとでもやへ、]|から|より|ら)")  # 汐崎海洋相を
_ADVERBIAL = ("何", "何度", "何回", "何人", "度々", "再三", "共", "一緒", "同時")  # Xと何度も
_REPORTS = frozenset({"報道", "調査", "調べ", "取材", "発表", "記事", "まとめ", "集計", "インタビュー"})


class Part(IntEnum):
    """The part that a phrase plays, weightier ones higher."""

    SOURCE = 0  # Xによると, Xの取材に対し
    OTHER = 1
    OBJECT = 2
    SUBJECT = 3
    TOPIC = 4


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A mention in its sentence. `head`: the thing itself plays the part, not what belongs to it (Xの株価は)."""

    thing: Thing
    begin: int
    end: int
    sentence: int
    part: Part
    head: bool
    phrase: int  # the token that closes its phrase: mentions joined by と or 、 share it


class Scene:
    """The sentences of an article with the things mentioned in each, in the order of the text."""

    def __init__(self, article: Article, things: Sequence[Thing]) -> None:
        self.article = article
        self.text = article.document.text
        self._starts = sorted((s.begin, -s.end, s.index) for s in article.sentences)
        self.by_index = {s.index: s for s in article.sentences}
        self.order = {index: n for n, (*_, index) in enumerate(self._starts)}  # of the sentences in the text
        self.slots: dict[int, list[Slot]] = {}
        self._met: list[Slot] = []  # all slots in the order of the text
        self.linked: list[Thing] = []  # what the anaphors so far stood for
        for thing in things:
            for mention in thing.mentions:
                self.add(thing, mention)

    def sentence_of(self, offset: int) -> Sentence | None:
        """Return the innermost sentence that holds an offset."""
        at = bisect_right(self._starts, (offset, 1, 0))
        found = [self.by_index[index] for begin, end, index in self._starts[max(0, at - 12) : at] if begin <= offset < -end]
        return min(found, key=lambda s: s.end - s.begin, default=None)

    def add(self, thing: Thing, mention: Mention) -> None:
        """Put a mention in its place, so that later words can refer to it."""
        sentence = self.sentence_of(mention.begin)
        if sentence is None:
            return
        part, head, phrase = self._part(sentence, mention)
        if part is Part.SOURCE and thing.kind is EntityClass.PERSON:
            part = Part.TOPIC  # who writes is no medium
        slots = self.slots.setdefault(sentence.index, [])
        slot = Slot(thing, mention.begin, mention.end, sentence.index, part, head, phrase)
        insort(slots, slot, key=_begin)
        insort(self._met, slot, key=_begin)

    def _part(self, sentence: Sentence, mention: Mention) -> tuple[Part, bool, int]:
        post = _POST.match(self.text, mention.end) if mention.type is EntityClass.PERSON else None
        places = (sentence.places(mention.begin, post.end()) if post else None) or sentence.places(mention.begin, mention.end)
        if places is None or places[0] == places[1]:
            return Part.OTHER, False, -1
        return part_of(sentence.doc, places[1], mention.form is not Form.ROLE)

    def before(self, sentence: Sentence, offset: int) -> Iterator[tuple[int, list[Slot]]]:
        """Yield (distance, slots) of the sentence itself up to an offset, then of those before it, nearest first.

        In a quotation the earlier sentences of it come first, then its host and what precedes that; elsewhere no quotation is looked into.
        """
        yield 0, [slot for slot in self.slots.get(sentence.index, []) if slot.end <= offset]
        host = self._host(sentence)
        order = [s for s in self.article.sentences if s.begin < sentence.begin and s.index != sentence.index]
        inner = [s for s in order if sentence.quote is not None and s.quote == sentence.quote]
        outer = [s for s in order if s.quote is None and (host is None or s.index != host.index)]
        distance = 0
        for s in reversed(inner):
            distance += 1
            yield distance, self.slots.get(s.index, [])
        if host is not None:
            yield distance + 1, [slot for slot in self.slots.get(host.index, []) if slot.end <= offset]
        for s in reversed(outer):
            distance += 1
            yield distance, self.slots.get(s.index, [])

    def met(self, offset: int) -> list[Slot]:
        """Return the slots of the whole text up to an offset, in its order."""
        return [slot for slot in self._met[: bisect_left(self._met, offset, key=_begin)] if slot.end <= offset]

    def _host(self, sentence: Sentence) -> Sentence | None:
        if sentence.quote is None:
            return None
        return self.by_index.get(self.article.quotes[sentence.quote].host)

    def host_slots(self, sentence: Sentence) -> list[Slot]:
        """Return the mentions in the sentence that a quoted sentence stands in."""
        host = self._host(sentence)
        return self.slots.get(host.index, []) if host else []

    def telling(self, sentence: Sentence) -> list[Slot]:
        """Return the mentions in the sentence around a quotation, or, of one that stands alone, in that behind it: 「…」。XはYをこうたたえた."""
        host = self._host(sentence)
        if host is None or self.slots.get(host.index):
            return self.host_slots(sentence)
        after = (s for s in self.article.sentences if s.quote is None and s.begin >= host.end)
        slots = self.slots.get(following.index, []) if (following := next(after, None)) else []
        return slots if any(slot.part >= Part.SUBJECT and slot.head for slot in slots) else []

    def speakers(self, sentence: Sentence) -> list[Thing]:
        """Return what is topic or subject of the sentence that a quoted sentence stands in: who speaks there."""
        host = self._host(sentence)
        if host is None:
            return []
        here = [slot.thing for slot in self.slots.get(host.index, []) if slot.part >= Part.SUBJECT]
        if here:
            return here
        for _, slots in self.before(host, host.begin):
            topics = [slot for slot in slots if slot.part is Part.TOPIC and slot.thing.kind is EntityClass.PERSON]
            if topics:
                return [topics[0].thing]
        return []

    def main(self, fits: Callable[[Thing], bool], before: int) -> Thing | None:
        """Return what the text up to an offset is about: what fits and is named most often, the first sentence counting fourfold; None on a tie."""
        weight: Counter[int] = Counter()
        found: dict[int, Thing] = {}
        first = min(self.slots, default=-1)
        for index, slots in self.slots.items():
            for slot in slots:
                if slot.end <= before and fits(slot.thing):
                    found[id(slot.thing)] = slot.thing
                    weight[id(slot.thing)] += 4 if index == first else 1
        ranked = weight.most_common(2)
        return found[ranked[0][0]] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    def in_body(self, offset: int) -> bool:
        """Whether an offset lies in running text, not in a headline or a bullet."""
        sentence = self.sentence_of(offset)
        return sentence is not None and sentence.kind is Kind.PROSE

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, -1 for none."""
        found = self.sentence_of(offset)
        return found.index if found else -1

    def is_surname(self, mention: Mention) -> bool:
        """Whether the tokenizer reads a mention as a surname by itself, or it is too short for more."""
        sentence = self.sentence_of(mention.begin)
        span = sentence.tokens(mention.begin, mention.end) if sentence else None
        if len(mention.text) < 3:
            return True
        return span is not None and len(span) == 1 and span.text == mention.text and span[0].tag_.endswith("人名-姓")


def _begin(slot: Slot) -> int:
    return slot.begin


def part_of(doc: Doc, at: int, named: bool = True) -> tuple[Part, bool, int]:
    """Return the part of a phrase from the token behind a name, whether the name heads it, and the token that closes it.

    Metaの広報担当者は: Meta is in a topic and does not head it; マイクロソフトの調査によると: a source.
    """
    head, joined, outsider, noun = True, False, False, ""
    while at < len(doc):
        token = doc[at]
        if token.tag_.startswith(("助詞-格助詞", "助詞-係助詞", "助詞-副助詞")) and not _passes(doc, at):
            part = _closing(doc, at, noun)
            return Part.SOURCE if outsider and not head and part >= Part.SUBJECT else part, head, at
        outsider = outsider or token.text in _outsiders()
        if token.tag_.startswith("助詞-格助詞") and token.text == "の":
            head = False
        elif token.text in ("と", "や", "、", "および", "・"):
            joined = True
        elif not _continues(doc, at) and (head or not token.tag_.startswith(_MODIFIERS)):
            return Part.OTHER, head, at
        elif _is_noun(token) and not _is_title(token):
            head, noun = head and (joined or token.text in ("側", "自身")), token.text
        at += 1
    return Part.OTHER, head, at


def _passes(doc: Doc, at: int) -> bool:
    """の, and と or や between two names of one list."""
    token = doc[at]
    if token.text in ("の", "など", "や", "か", "ら", "とか", "だけ", "のみ", "自身"):
        return True
    following = doc[at + 1] if at + 1 < len(doc) else None
    if token.text in ("と", "および") and following is not None and following.tag_.startswith(("名詞-固有", "接頭")):
        return True
    return token.text == "と" and following is not None and _is_noun(following) and "サ変" not in following.tag_ and following.text not in _ADVERBIAL


def _closing(doc: Doc, at: int, noun: str) -> Part:
    token, following = doc[at], doc[at + 1] if at + 1 < len(doc) else None
    if token.text in ("は", "も") and token.tag_.startswith("助詞-係助詞"):
        return Part.SOURCE if _is_report(doc) else Part.TOPIC
    if token.text == "が":
        return Part.SUBJECT
    if token.text == "を":
        return Part.OBJECT
    if token.text == "に" and following is not None and (following.lemma_ in _SOURCES or (noun in _REPORTS and following.text == "、")):
        return Part.SOURCE
    return Part.OTHER


@lru_cache(maxsize=1)  # every topic of a sentence asks for it
def _is_report(doc: Doc) -> bool:
    """Whether the sentence's last verb is what a medium does: 報じた, 伝えた."""
    roots = (token for token in reversed(doc) if token.head.i == token.i and token.tag_.startswith(("動詞-一般", "名詞-普通名詞-サ変可能")))
    last = next(roots, None)
    return last is not None and last.lemma_ in _report_verbs()


@cache
def _outsiders() -> frozenset[str]:
    """Roles that speak about others, so that their own body is not what comes next: アナリスト."""
    return frozenset(row["noun"] for row in rows("role_variants.tsv") if row["kind"] == "outsider")


@cache
def _report_verbs() -> frozenset[str]:
    return frozenset(row["lemma"] for row in rows("reporting.tsv") if row["kind"] == "report")


def _continues(doc: Doc, at: int) -> bool:
    """Nouns, brackets, 、 in a list, and である before what it describes."""
    token = doc[at]
    if _is_noun(token) or token.tag_.startswith(("補助記号-括弧", "接頭辞", "記号")) or token.text in ("・", "ら", "&", "および", "や"):
        return True
    if token.text in ("である", "で", "ある", "な") and token.tag_.startswith(("助動詞", "動詞-非自立")):
        return True
    following = doc[at + 1].tag_ if token.text == "、" and at + 1 < len(doc) else ""
    return following.startswith("名詞-固有名詞") and "地名" not in following


def _is_noun(token: Token) -> bool:
    return token.tag_.startswith(("名詞", "接尾辞", "代名詞", "形状詞"))


def _is_title(token: Token) -> bool:
    return token.tag_.startswith("接尾辞") or is_title(token.text)
