"""Of what a stance speaks that leaves its target out: what stands before its words, what the quotation names, or what was told before.

Nearest first: 計画に「…」と反発した; 「計画は無謀だ」と述べた; what the other side of the sentence spoke of (Aは歓迎したが、Bは反発した);
the course of action that the sentence before tells, with whoever takes it, or the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Argument, Case, Entity, EntityClass, Predicate, Stance
from kg.parse import Sentence
from kg.relation.event import Found
from kg.relation.page import ACTORS
from kg.relation.reaction import Reaction, Reactions
from kg.relation.scene import End, Scene
from kg.relation.select import ENDS, OPINION
from kg.segment import Kind
from kg.strategy import Phrase, acted, aimed

_OBJECT = re.compile(
    r"(?:^と)?(?P<noun>(?!と)[^、。「」をにへはが]{2,40}?)(?:を|に|へ|について|に対して?|に関して?|をめぐり|をめぐって|を巡り|を巡って|には|にも|については|に対しては|に対し)(?:、|[ぁ-んーァ-ヶ一-龥]{0,7})?$"
)
_SPOKEN_OF = re.compile(  # 学校の統合について、市民団体の森氏は「…」と批判した
    r"(?P<noun>(?!と)[^、。「」をにへはが]{2,40}?)(?:(?:について|に関して?|に対して?|をめぐ(?:り|って)|を巡(?:り|って))(?:は|も)?|を|に|には|にも)、[^。「」がはをに]*$"
)
_THEME = re.compile(r"(?:^|[、。])(?P<noun>(?!と)[^、。「」をにへはが]{2,40}?)は$")  # 補助金の増額は「必要だ」と強調した
_MANNER = re.compile(
    r"(?:取材|会見|記者団|報道陣|番組|SNS|ラジオ|ツイッター|ブログ|声明|書面|委員会|総会|集会|会合|席|場|上|前|後|うえ|ため|一転|真っ向|手放し|手|全面的|公然|猛然|一様|口々|一斉|次々|大い|早速|即座|すぐ|暗|明確|強硬|声|語気|これ|それ|同様|とも|逆|共|既|すで|特|常|互い|理由|背景|根拠|前提|念頭|口実|さら|[0-9０-９]+(?:日|時|月|年))$"
)
_WAYS = {"pursues": 1, "supports": 1, "abandons": -1, "suspends": -1}
_QUALITY = re.compile("[」』]?の[^、。のをにがは]{1,8}")
_PLACES = frozenset((Case.WO, Case.NI, Case.HE, Case.NITUITE))
_ENDED = re.compile("(?:撤退|打ち切り|先送り|再開|離脱|見送り|売却|閉鎖)$")
_BACK = 3  # sentences before a stance in which its target may stand


def stances(scene: Scene, told: Sequence[Found]) -> list[Found]:
    """Return the stances that no predicate states whose target is known: `told` are those that one does."""
    opinions = [f for f in told if f.property in OPINION]
    targets = Targets(scene, opinions)
    taken = [f.predicate for f in opinions]
    found = []
    for reaction in Reactions(scene.page, scene.said).read(taken):
        span = reaction.sentence.tokens(reaction.begin, reaction.end)
        token = span.start if span is not None else 0
        words = Predicate(reaction.begin, reaction.end, reaction.rule, "verb", (), reaction.sentence.index, token)
        for end in targets.of(reaction):
            sure = 0.6 if isinstance(end, Entity) and end.type is EntityClass.MODEL and targets.tries(reaction.holder) else 0.5
            found.append(Found(reaction.holder, reaction.property, end, words, Stance(), reaction.rule, sure))
    return found


class Targets:
    """Finds what the stances of one article speak of."""

    def __init__(self, scene: Scene, opinions: Sequence[Found]) -> None:
        self.scene, self.page = scene, scene.page
        self._opinions = opinions
        self._last: dict[int, list[End]] = {}

    def of(self, reaction: Reaction) -> list[End]:
        """Return what a stance speaks of, nothing where it cannot be told."""
        stated = self._stated(reaction)
        found = (self._carried(reaction) if not reaction.aimed else []) if stated is None else stated
        found = [end for end in found if end is not reaction.holder]
        if found:
            self._last[reaction.sentence.index] = found
        return found

    def tries(self, holder: Entity) -> bool:
        """Whether somebody is one of those who buy and judge things: users, or a person of no body."""
        return holder.type is EntityClass.UNNAMED_SOURCE or (holder.type is EntityClass.PERSON and id(holder) not in self.scene.bodies)

    def _carried(self, reaction: Reaction) -> list[End]:
        """What the quotation names, else what the sentence or those before spoke of, unless the words judge something else."""
        named = self._quoted(reaction)
        if named or self._judges_else(reaction):
            return named
        return self._spoken(reaction.sentence, reaction.begin) or self._before(reaction) or self._led(reaction)

    def _spoken(self, sentence: Sentence, before: int) -> list[End]:
        """What a stance of a sentence speaks of, one that no predicate states or one that stands before an offset."""
        told = [f.object for f in self._opinions if f.predicate.sentence == sentence.index and f.predicate.begin < before]
        return self._last.get(sentence.index) or told[-1:]

    def _led(self, reaction: Reaction) -> list[End]:
        """The product that the article's first sentence tells of, where nothing of the stance's own paragraph is meant."""
        lead = next((s for s in self.page.article.sentences if s.kind is Kind.PROSE and s.quote is None), None)
        if lead is None or lead.line >= reaction.sentence.line:
            return []
        models = [s for s in self.page.within(lead.begin, lead.end) if s.type is EntityClass.MODEL]
        return list(models[0].entities) if models and next(self._courses(lead), None) is None else []

    def _judges_else(self, reaction: Reaction) -> bool:
        """Whether the judging words of a quotation have a subject of their own that names nothing: 「需要の予測が甘かった」."""
        if not self._inside(reaction):
            return False
        return any(
            argument.case is Case.GA and not argument.inferred and self.page.text.startswith("が", argument.end)
            for predicate in self.scene.predicates
            if predicate.begin <= reaction.begin < predicate.end + 1
            for argument in predicate.arguments
        )

    def _stated(self, reaction: Reaction) -> list[End] | None:
        """What stands right before the words of a stance, or before the quotation; None where nothing does."""
        quote = self.page.article.quotes[reaction.quote] if reaction.quote is not None else None
        begin = reaction.sentence.begin
        ahead = [(_OBJECT, stop) for stop in (reaction.begin, *([quote.begin - 1] if quote is not None else []))]
        judged = [(_THEME, quote.begin - 1)] if quote is not None else []
        for pattern, stop in (*ahead, *judged, (_SPOKEN_OF, reaction.mark)):
            found = pattern.search(self.page.text[begin:stop])
            if found is None or _MANNER.search(found["noun"]):
                continue
            first, end = begin + found.start("noun"), begin + found.end("noun")
            meant = [] if first <= reaction.mark < end else self._meant(reaction, first, end)
            if meant or not (pattern is _THEME or (stop == reaction.begin and self._inside(reaction))):
                return meant
        return None

    def _inside(self, reaction: Reaction) -> bool:
        return (
            reaction.quote is not None
            and self.page.article.quotes[reaction.quote].begin <= reaction.begin < self.page.article.quotes[reaction.quote].end
        )

    def _meant(self, reaction: Reaction, begin: int, end: int) -> list[End]:
        sentence = reaction.sentence
        span = sentence.tokens(max(begin, end - 1), end)
        if span is None:
            return []
        argument = Argument(Case.WO, begin, end, sentence.offset(span.start), False, 0.6, "target")
        named = [e for e in self.scene.fill.entities(sentence.index, argument) if self._fits(reaction, e)]
        if named:
            return list(named)
        owners = [s for s in self.page.within(begin - 30, end) if _QUALITY.fullmatch(self.page.text[s.end : end]) and s.type is EntityClass.MODEL]
        if qualities := [e for s in owners for e in s.entities if self._fits(reaction, e)]:
            return list(qualities)
        phrase = self._course(sentence, argument)
        return [self.scene.courses.keep(phrase)] if phrase is not None else []

    def _fits(self, reaction: Reaction, entity: Entity) -> bool:
        own = self.scene.bodies.get(id(reaction.holder))
        return entity is not reaction.holder and entity is not own and entity.type in ENDS[reaction.property][1]

    def _course(self, sentence: Sentence, argument: Argument) -> Phrase | None:
        event = self.scene.fill.event(sentence.index, argument)
        if event is not None and self.scene.names(event):
            return None
        phrase = self.scene.courses.phrase(sentence, argument, "反対", False, False)
        return phrase if phrase is not None and phrase.founds else None

    def _quoted(self, reaction: Reaction) -> list[End]:
        """What the quotation names."""
        if reaction.quote is None:
            return []
        quote = self.page.article.quotes[reaction.quote]
        if (phrase := self._topical(reaction)) is not None:
            return [self.scene.courses.keep(phrase)]
        for spot in self.page.within(quote.begin, quote.end):
            if spot.type is not EntityClass.PLACE and (named := [e for e in spot.entities if self._fits(reaction, e)]):
                return list(named)
        return []

    def _topical(self, reaction: Reaction) -> Phrase | None:
        """The course that a quotation is about, or the sentence of it that judges: 「民営化は時期尚早だ」."""
        inside = self._inside(reaction)
        for predicate in self.scene.predicates:
            sentence = self.page.sentences[predicate.sentence]
            here = sentence.quote == reaction.quote and (not inside or sentence.begin <= reaction.begin < sentence.end)
            for argument in predicate.arguments if here else ():
                if argument.case is Case.GA and not argument.inferred and not self.scene.fill.named(sentence.index, argument):
                    phrase = self._course(sentence, argument)
                    if phrase is not None and (acted(phrase.names[0]) or (argument.begin == sentence.begin and aimed(phrase.core))):
                        return phrase
        return None

    def _before(self, reaction: Reaction) -> list[End]:
        """What the sentences before tell of."""
        sentence = reaction.sentence
        earlier = [s for s in self.page.article.sentences if s.end <= sentence.begin and s.line == sentence.line and s.quote is None]
        for n, before in enumerate(earlier[::-1][:_BACK]):
            if found := self._spoken(before, before.end) or ([] if before.quotes else self._told(reaction, before, n)):
                return found
        return []

    def _told(self, reaction: Reaction, before: Sentence, distance: int) -> list[End]:
        spots = [s for s in self.page.within(before.begin, before.end) if any(self._fits(reaction, e) for e in s.entities)]
        actor = next((s for s in spots if s.type in ACTORS and self.page.heads(s)), None)
        acting: list[End] = list(actor.entities) if actor is not None else []
        phrase, way = next(self._courses(before), (None, 1))
        if phrase is not None and not (acting and (way < 0 or _ENDED.search(phrase.core))):
            return [self.scene.courses.keep(phrase)] if way > 0 else []
        models = [s for s in spots if s.type is EntityClass.MODEL and (distance or self.page.heads(s) or self.tries(reaction.holder))]
        return list(models[0].entities) if models and phrase is None else acting

    def _courses(self, sentence: Sentence) -> Iterator[tuple[Phrase, int]]:
        """The courses of action that a sentence tells somebody takes (1) or leaves (-1), those of a verb that says so first."""
        weak = []
        for predicate in self.scene.predicates:
            if predicate.sentence != sentence.index or predicate.kind == "event":
                continue
            ways = {_WAYS[f.property] for f in self.scene.rows(predicate) if f.property in _WAYS and self.scene.filled(f, predicate)}
            for argument in predicate.arguments:
                if argument.case not in _PLACES or argument.inferred or self.scene.fill.named(sentence.index, argument):
                    continue
                phrase = self._course(sentence, argument)
                if phrase is None or (phrase.bare and phrase.names[0] == phrase.core):
                    continue
                if len(ways) == 1:
                    yield phrase, next(iter(ways))
                elif acted(phrase.names[0]):
                    weak.append(phrase)
        yield from ((phrase, 1) for phrase in weak)
