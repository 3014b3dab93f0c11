"""An article with its entities laid over it: which entity stands where, and whom a phrase without a name means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kg.lexicon import Row, rows
from kg.model import Entity, EntityClass, Form
from kg.parse import Article, Sentence
from kg.relation.post import POSTS, words
from kg.segment import Kind

ACTORS = frozenset((EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.PLACE, EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE))
_DESCRIBED = re.compile(  # …に載せる計画だったゼンリク電装, …を組み込む通信大手のX社
    r"[をにへで][^。「」はが]*?(?:だった|であった|ている|てきた|[うくぐすつぬぶむるた])(?:[一-龥ァ-ヶーA-Za-z]{2,10}(?:の|・)?)?$"
)
_OWN = re.compile(r"自社(?!株)")
_TOPIC = re.compile(r"(?:側|ら|など|社|両社)?(?:は|が|も|では|には|からは|からも|、|，)")
_CITED = re.compile(r"(?:側|社|など)?(?:によ(?:ると|れば)|は|が|も)")
_BODY = frozenset((EntityClass.ORGANIZATION,))
_LED = frozenset((EntityClass.ORGANIZATION, EntityClass.PERSON))
_NEAR = 400  # characters before a title in which a body may be named that can have it
_OTHER_TOPIC = re.compile(r"[一-龥ァ-ヶーA-Za-z0-9]は、")  # Xが出資するYは、…: Y is what the sentence is about
_PARTNER = re.compile(r"(?:と|に|を|から|へ)(?!よ[るれり]|つい|とって|関|対し|は|も|ころ)|(?:と|へ|から)の")
_HONORIFIC = re.compile(r"氏|さん|さま|様|くん|君|ちゃん")
_IN_BRACKETS = re.compile(r"[^（()）\n]{1,60}[)）]")


@cache
def _families() -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows("parts.tsv") if row["kind"] == "family"), key=lambda row: -len(row["word"])))


def component(name: str) -> Row | None:
    """Return the row of parts.tsv whose family a product is of, a system's or a processor's (Android 4.1, Tegra 3), or None."""
    return next((row for row in _families() if name.startswith(row["word"])), None)


@cache
def _titles() -> re.Pattern[str]:
    """What stands between a name and the particle that makes it the topic: 佐伯選手は, 佐伯社長は."""
    return re.compile("(?:" + "|".join(map(re.escape, words(("member", *POSTS)))) + ")(?=[はがも])")


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the text that stands for one entity, or for several (両社)."""

    begin: int
    end: int
    entities: tuple[Entity, ...]
    form: Form

    @property
    def type(self) -> EntityClass:
        """The class of what is named there."""
        return self.entities[0].type


class Page:
    """An article and its entities, asked by place. Nothing in it changes."""

    def __init__(self, article: Article, entities: Iterable[Entity]) -> None:
        self.article = article
        self.text = article.document.text
        self.entities = tuple(entities)
        self.sentences: dict[int, Sentence] = {s.index: s for s in article.sentences}
        self.spots = _spots(self.entities)
        self._begins = [s.begin for s in self.spots]
        self._told = sorted((s for s in article.sentences if s.quote is None), key=lambda s: s.end)
        self.main = self._main(EntityClass.ORGANIZATION)
        self.product = self._main(EntityClass.MODEL, titled=True)

    def within(self, begin: int, end: int) -> list[Spot]:
        """Return the spots that begin in a stretch of the article."""
        return self.spots[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]

    def over(self, offset: int) -> Spot | None:
        """Return the shortest spot that covers an offset."""
        around = [s for s in self.within(offset - 80, offset + 1) if s.begin <= offset < s.end]
        return min(around, key=lambda s: s.end - s.begin, default=None)

    def _main(self, kind: EntityClass, titled: bool = False) -> Entity | None:
        """The organization, or product, that the article is about: named in its title first and most often."""
        weight: Counter[int] = Counter()
        by_id = {id(e): e for e in self.entities}
        lines = {s.line for s in self.article.sentences}
        head = max((s.end for s in self.article.sentences if (s.line == 0 and len(lines) > 1) or s.kind is Kind.TITLE), default=0)
        for spot in self.spots:
            if spot.type is kind:
                topical = bool(_TOPIC.match(self.text, spot.end))
                weight[id(spot.entities[0])] += (2 if topical else 1) + (3 if spot.begin < head else 0)
        if titled:
            named = {id(s.entities[0]) for s in self.spots if s.begin < head and component(s.entities[0].name) is None}
            weight = Counter({key: count for key, count in weight.items() if key in named})
        if not weight:
            return None
        best = max(weight.values())
        return next(by_id[key] for key, count in weight.items() if count == best)

    def topic(self, before: int, classes: frozenset[EntityClass] = ACTORS, since: int | None = None) -> Entity | None:
        """Return whom the sentence is about at an offset: the nearest は, else the first が or head word before it."""
        return next(iter(self.topics(before, classes, since)), None)

    def topics(self, before: int, classes: frozenset[EntityClass] = ACTORS, since: int | None = None) -> tuple[Entity, ...]:
        """Return whom the sentence is about, all of them where one word means several (両社)."""
        start = self._start(before) if since is None else since
        sentence = self.article.sentence_at(start)
        quoted = [(self.article.quotes[q].begin, self.article.quotes[q].end) for q in sentence.quotes] if sentence else []
        titled = classes <= _LED  # 佐伯社長は is the topic for what a person is in a body, elsewhere the body may act as well
        heads = [
            s
            for s in self.within(start, before)
            if s.type in classes and s.end <= before and self._mark(s, titled) and not any(b <= s.begin < e <= before for b, e in quoted)
        ]
        heads = [s for s in heads if not self._mark(s, titled).startswith("が") or not _OTHER_TOPIC.search(self.text, s.end + 1, before)]
        marked = [s for s in heads if self._mark(s, titled).startswith(("は", "では", "も", "には"))]
        chosen = marked[-1] if marked else (heads[0] if heads else None)
        return chosen.entities if chosen else ()

    def previous(self, sentence: Sentence, count: int, *, anywhere: bool = False) -> list[Sentence]:
        """Return the sentences of running text before one in its paragraph, or before that as well, nearest first."""
        at = bisect_right(self._told, sentence.begin, key=lambda s: s.end)
        return [s for s in self._told[max(0, at - count) : at][::-1] if anywhere or s.line == sentence.line]

    def recent(self, before: int, classes: frozenset[EntityClass], reach: int = 160, but: Collection[int] = ()) -> Entity | None:
        """Return the last entity of some classes that the text names before an offset; `but` are ids of those that are not meant.

        Within the paragraph, if no wider reach is asked for.
        """
        line = max(self.text.rfind("\n", 0, before) + 1, before - reach) if reach <= 160 else before - reach
        near = [s for s in self.within(line, before) if s.type in classes and s.end <= before and id(s.entities[0]) not in but]
        return near[-1].entities[0] if near else None

    def whole(self, offset: int, but: Collection[int] = ()) -> Entity | None:
        """Return the product whose part is spoken of: the topic of the sentences before in the paragraph, the article's product, the last named.

        `but` are ids of those that are known to be parts.
        """
        sentence, models = self.article.sentence_at(offset), frozenset((EntityClass.MODEL,))
        for start, end in [(self._start(offset), offset), *((s.begin, s.end) for s in (self.previous(sentence, 3) if sentence else ()))]:
            if (found := self.topic(end, models, start)) is not None and id(found) not in but:
                return found
        return self.product or self.recent(offset, models, but=but)

    def heads(self, spot: Spot) -> bool:
        """Whether a spot is marked as a topic or subject."""
        return bool(self._mark(spot))

    def _mark(self, spot: Spot, titled: bool = False) -> str:
        """The particle by which a name is the topic or subject; `titled`: behind a person's title too."""
        at = self.after(spot)
        if titled and spot.type is EntityClass.PERSON and (title := _titles().match(self.text, at)):
            at = title.end()
        found = _TOPIC.match(self.text, at)
        return found.group().lstrip("側らなど社両") if found else ""

    def after(self, spot: Spot) -> int:
        """Return where the text goes on after a name: behind its honorific and its brackets."""
        at = spot.end
        while True:
            found = _HONORIFIC.match(self.text, at)
            if found:
                at = found.end()
            elif at < len(self.text) and self.text[at] in "」』":
                at += 1
            elif at < len(self.text) and self.text[at] in "（(" and (close := _IN_BRACKETS.match(self.text, at + 1)):
                at = close.end()
            else:
                return at

    def _start(self, offset: int) -> int:
        sentence = self.article.sentence_at(offset) or self.article.sentence_at(offset - 1)
        return sentence.begin if sentence else max(0, offset - 100)

    def organization(self, offset: int, start: int | None = None) -> Entity | None:
        """Return the organization that 自社, or a title without its company, belongs to at an offset.

        The sentence's own topic or subject before it, else whom the clause describes that it stands in (自社の「X」に載せるY社は),
        else the one that the article is about.
        """
        own = self.topic(offset, frozenset((EntityClass.ORGANIZATION,)), start)
        return own or self._described_by(offset) or self.main

    def _described_by(self, offset: int) -> Entity | None:
        """The organization that stands behind a clause's verb in the same sentence."""
        sentence = self.article.sentence_at(offset)
        if sentence is None or not self.text.startswith("自社", offset):
            return None
        for spot in self.within(offset, sentence.end):
            if spot.type is EntityClass.ORGANIZATION:
                described = _DESCRIBED.search(self.text, offset, spot.begin)
                return spot.entities[0] if described is not None else None
        return None

    def owners(self, offset: int, bodies: Mapping[int, Entity]) -> Iterator[Entity]:
        """Yield the organizations to which a title without its company may belong, likeliest first.

        The topic of its sentence, of those before in its paragraph (of a person the body, by id in `bodies`), whom these cite (X社によれば),
        the article's, and the last that were named. Last those that are named only in a clause that describes a noun (Yが出した案); none that
        is named only later, or only as somebody's partner (Yと組んだ, Yに移った).
        """
        alone, acting = self._first_named
        found = [e for e in self._owners(offset, bodies) if alone.get(id(e), offset) < offset]
        yield from (e for e in found if acting.get(id(e), offset) < offset)
        yield from (e for e in found if acting.get(id(e), offset) >= offset)

    @cached_property
    def _first_named(self) -> tuple[dict[int, int], dict[int, int]]:
        """Where each organization, by id, is first named not as a partner, and so outside a clause that describes a noun."""
        alone = [s for s in self.spots if s.type in _BODY and not _PARTNER.match(self.text, self.after(s))]
        return _firsts(alone), _firsts(s for s in alone if not self._describes(s))

    def _describes(self, spot: Spot) -> bool:
        """Whether a name is the subject of a clause that describes a noun."""
        sentence = self.article.sentence_at(spot.begin) if self.text.startswith("が", self.after(spot)) else None
        span = sentence.tokens(spot.begin, spot.end) if sentence is not None else None
        return span is not None and span.root.head.dep_ == "acl"

    def _owners(self, offset: int, bodies: Mapping[int, Entity]) -> Iterator[Entity]:
        sentence = self.article.sentence_at(offset)
        earlier = [(s.begin, s.end) for s in (self.previous(sentence, 2) if sentence else ())]
        for start, end, kinds in [(self._start(offset), offset, _BODY), *((b, e, _BODY | {EntityClass.PERSON}) for b, e in earlier)]:
            if (found := self.topic(end, kinds, start)) is not None:
                yield from (e for e in (found, bodies.get(id(found))) if e is not None and e.type in _BODY)
            if kinds is _BODY:  # X社の本社を訪れ、社長のYと会った
                named = [s for s in self.within(start, end) if s.type in _BODY and s.end <= end and self.text.startswith("の", self.after(s))]
                yield from (s.entities[0] for s in reversed(named))
            cited = [s for s in self.within(start, end) if s.type in _BODY and s.end <= end and _CITED.match(self.text, self.after(s))]
            yield from (s.entities[0] for s in reversed(cited))
        if self.main is not None:
            yield self.main
        yield from (s.entities[0] for s in reversed(self.within(max(0, offset - _NEAR), offset)) if s.type in _BODY)


def _firsts(spots: Iterable[Spot]) -> dict[int, int]:
    found: dict[int, int] = {}
    for spot in spots:
        found.setdefault(id(spot.entities[0]), spot.begin)
    return found


def _spots(entities: Iterable[Entity]) -> list[Spot]:
    found: dict[tuple[int, int], list[tuple[Entity, Form]]] = {}
    for entity in entities:
        for mention in entity.mentions:
            found.setdefault((mention.begin, mention.end), []).append((entity, mention.form))
    return [Spot(b, e, tuple(x for x, _ in there), there[0][1]) for (b, e), there in sorted(found.items())]


@cache
def metonyms() -> frozenset[str]:
    """Nouns through which their owner is meant: Xの手法を批判, X側, Xの幹部ら."""
    return frozenset(row["noun"] for row in rows("metonyms.tsv"))


@cache
def class_nouns() -> dict[str, EntityClass]:
    """Nouns that say what a name beside them names: アプリ a model."""
    return {row["word"]: EntityClass(row["class"]) for row in rows("classwords.tsv")}


def own_words(text: str) -> list[tuple[int, int]]:
    """Return where 自社 and its like stand."""
    return [m.span() for m in _OWN.finditer(text)]
