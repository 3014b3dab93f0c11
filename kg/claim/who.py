"""Which entity a stretch of the text speaks of, and who is the subject of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.lexicon import rows
from kg.model import Entity, EntityClass, Mention
from kg.parse import Sentence

SOURCES = (EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE)
AGENTS = (*SOURCES, EntityClass.PERSON, EntityClass.ORGANIZATION, EntityClass.PLACE)
_JOINING = "「」『』・=＝&-−’'.（）()"
_AND_OTHERS = ("など", "等", "ら", "たち")
_ONE_OF = ("一人", "1人", "１人", "ひとり")  # 団員の一人は: a 団員
_LONGEST = 40  # code points of a name
_AND = ("および", "及び", "ならびに", "並びに", "と", "や")
_HOUSE = re.compile(
    r"では、?(?:[「『]|[^。、]{2,60}と(?:し(?:て|、|た)|説明|話し|発表)|[^。は]{2,90}と(?:し(?:て[いお]|、)|説明し|話し))"
)  # 同社では「…」, 同社では…としている: its spokesman says
_EXTREME = re.compile(r"に(?:至|いた)っては、?")  # 川辺にいたっては「…」と頭を下げた
_TOPICAL = frozenset(("は", "が", "も", "さえ", "で"))
_NOMINAL = {"NOUN", "PROPN", "NUM", "PRON", "SYM", "X"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A noun phrase with は, が or も: its particle's token, where the phrase begins, and the entity that it speaks of."""

    first: int  # token
    particle: int  # token
    after: int  # the first token behind particle and comma
    text: str
    entity: Entity | None


class Who:
    """An article's mentions by place."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        placed = [(m.begin, m.end, n, e, m) for n, e in enumerate(entities) for m in e.mentions]
        self._placed: list[tuple[int, int, int, Entity, Mention]] = sorted(placed, key=lambda p: p[:3])
        self._begins = [p[0] for p in self._placed]
        self._topics: dict[int, list[Topic]] = {}  # of sentences, by their index

    def within(self, begin: int, end: int, *, agents: bool = True) -> list[tuple[Entity, Mention]]:
        """Return the mentions that begin in a stretch of the article, of agents unless all are asked for, in their order."""
        found = self._placed[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]
        return [(e, m) for _, _, _, e, m in found if not agents or e.type in AGENTS]

    def last(self, begin: int, end: int) -> Entity | None:
        """Return the agent mentioned last in a stretch, or None."""
        found = self.within(begin, end)
        return found[-1][0] if found else None

    def phrase(self, sentence: Sentence, particle: int) -> tuple[int, Entity | None]:
        """Return where the noun phrase before a particle begins, and the agent that it is.

        「わかば総研の東雲氏は」 is 東雲, 「同社の幹部らは」 the company: a group that nobody names speaks for its organization.
        """
        doc = sentence.doc
        while particle > 1 and doc[particle - 1].text in _AND_OTHERS:
            particle -= 1
        first = _run(sentence, particle)
        begin, end = sentence.offset(first), sentence.offset(particle)
        near = self.within(begin - _LONGEST, begin)  # サイバー of サイバーエージェント is no noun, nor is the の of 三村ゆきの教授 a particle
        covering = [m.begin for _, m in near if m.end > begin or (m.end == begin and m.text.endswith("の"))]
        begin = min([begin, *covering])
        text = sentence.text[sentence.starts[first] : sentence.starts[particle]]
        if found := self._legible(sentence, begin, end):
            return self._listed(sentence, first, found[-1])
        if first > 1 and doc[first - 1].text == "の" and text in _ONE_OF:
            return self.phrase(sentence, first - 1)
        head = doc[particle - 1]
        if first > 1 and doc[first - 1].text == "の" and (head.text in groups() or doc[first].text in groups()):
            before = _run(sentence, first - 1)
            if found := self._legible(sentence, sentence.offset(before), sentence.offset(first - 1)):
                return before, found[-1]
        return first, None

    def _listed(self, sentence: Sentence, first: int, last: Entity) -> tuple[int, Entity]:
        """Of several bodies in one phrase the one named first, which speaks for all: KDDIおよび沖縄セルラー電話は."""
        while last.type is EntityClass.ORGANIZATION and (joint := self._joint(sentence, first)) is not None:
            before = _run(sentence, joint)
            found = self._legible(sentence, sentence.offset(before), sentence.offset(joint))
            if not found or found[-1].type is not EntityClass.ORGANIZATION:
                break
            first, last = before, found[-1]
        return first, last

    def _joint(self, sentence: Sentence, first: int) -> int | None:
        """The と or や before a phrase, or before what it is called: 大学と化学メーカーのミツワ樹脂."""
        doc = sentence.doc
        if first > 1 and doc[first - 1].text == "の":
            begin = _run(sentence, first - 1)
            first = first if self._legible(sentence, sentence.offset(begin), sentence.offset(first - 1)) else begin
        return first - 1 if first > 1 and doc[first - 1].text in _AND else None

    def _legible(self, sentence: Sentence, begin: int, end: int) -> list[Entity]:
        """The agents of a stretch that the parser read: not those of an aside, 北嶺化成（大阪市）."""
        read = set(sentence.offsets[bisect_left(sentence.offsets, begin) : bisect_left(sentence.offsets, end)])
        return [e for e, m in self.within(begin, end) if m.begin in read]

    def topics(self, sentence: Sentence, begin: int, end: int) -> list[Topic]:
        """Return the は, が, も and に至っては phrases between two tokens, in their order."""
        if sentence.index not in self._topics:
            self._topics[sentence.index] = self._all_topics(sentence)
        return [t for t in self._topics[sentence.index] if begin <= t.particle < end]

    def _all_topics(self, sentence: Sentence) -> list[Topic]:
        found = []
        extremes = dict(m.span() for m in _EXTREME.finditer(sentence.text))
        for i in range(1, len(sentence.doc)):
            if (behind := extremes.get(sentence.starts[i])) is not None:
                first, entity = self.phrase(sentence, i)
                found.append(Topic(first, i, bisect_left(sentence.starts, behind), "は", entity))
                continue
            if sentence.text[sentence.starts[i] : sentence.ends[i]] not in _TOPICAL:
                continue
            token = sentence.doc[i]
            house = token.text == "で" and _HOUSE.match(sentence.text, token.idx) is not None
            if not house and not _marks(sentence, i):
                continue
            first, entity = self.phrase(sentence, i)
            if house and (entity is None or entity.type is not EntityClass.ORGANIZATION):
                continue
            last = i if token.text != "で" else i + 1
            after = last + 1
            while after < len(sentence.doc) and sentence.doc[after].text in "、，":
                after += 1
            found.append(Topic(first, i, after, token.text, entity))
        return found


def _nominal(token: Token) -> bool:
    """Whether a token is of a noun phrase: by its part of speech, or by Sudachi's tag, which the parser's label may contradict."""
    return token.pos_ in _NOMINAL or token.tag_.startswith(("名詞", "代名詞", "接頭辞", "接尾辞", "記号-文字"))


def _marks(sentence: Sentence, i: int) -> bool:
    """Whether a token is a は, が or も (also でさえ, side by side with a topic: 側は) after a noun."""
    doc = sentence.doc
    token, before = doc[i], doc[i - 1]
    if not _nominal(before) and before.text not in ("」", "』", "）", ")", *_AND_OTHERS):
        return False
    if token.text == "で" and i + 1 < len(doc) and doc[i + 1].text in ("さえ", "すら"):
        return True
    return token.text in _TOPICAL and token.text != "で" and token.tag_.startswith("助詞")


def _run(sentence: Sentence, end: int) -> int:
    """The first token of the run of nouns that ends before `end`."""
    doc, i = sentence.doc, end
    while i > 0 and (_nominal(doc[i - 1]) or doc[i - 1].text in _JOINING):
        i = _opening(sentence, i - 1)
    return min(i, end - 1)


def _opening(sentence: Sentence, i: int) -> int:
    """Where the bracket opens that a token closes (「里山の会」 whatever stands in it), else the token itself."""
    doc = sentence.doc
    if doc[i].text not in "」』":
        return i
    return next((k for k in range(i - 1, max(i - 12, -1), -1) if doc[k].text in "「『"), i)


@cache
def groups() -> frozenset[str]:
    """Nouns for people who speak for the organization before の: 幹部ら, 側, 陣営."""
    return frozenset(r["noun"] for r in rows("groups.tsv"))
