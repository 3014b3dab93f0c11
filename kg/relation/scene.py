"""One article as the frames see it: its predicates, what fills their places, how firmly they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kg.model import Argument, Case, Entity, EntityClass, Modality, Predicate, Stance
from kg.parse import Sentence
from kg.relation.coming import coming
from kg.relation.filler import Filler, Fillers
from kg.relation.frame import Frame, Place, frames
from kg.relation.page import Page
from kg.relation.post import CALLED, rank
from kg.relation.repair import repaired
from kg.relation.select import ENDS, OPINION
from kg.relation.speaker import Voices
from kg.strategy import Course, Courses, member_before

Stances = Callable[[Sentence, int], Stance]
End = Entity | Course
_SHARE = re.compile(r"(?:の?約?[0-9０-９.,]+(?:%|％|割|万?株)(?:超|余り|以上)?)$")  # 株式の70%
_BUILT_ON = re.compile(r"[」』]?を(?:基盤|土台|ベース|もと|基|下敷き|核)に")
_SHOWN = re.compile("意向|考え|姿勢|方針|立場|構え")
_PHASES = frozenset(("始める", "続ける", "終える", "終わる"))
ONWARD = frozenset(("開始", "再開", "継続", "完了", "決定", "予定", "発表"))


class Scene:
    """What both ends of a relation are looked for in."""

    def __init__(self, page: Page, predicates: tuple[Predicate, ...], stance: Stances, voices: Voices, courses: Courses) -> None:
        self.page, self.stance, self.courses = page, stance, courses
        self.speakers, self.bodies, self.said = voices.speakers, voices.bodies, voices.said
        self.predicates = repaired(page, predicates)
        self.fill = Fillers(page, self.predicates)
        self._rows: dict[tuple[int, int, str], tuple[Frame, ...]] = {}

    def rows(self, predicate: Predicate) -> tuple[Frame, ...]:
        """Return the frames of a predicate, by its lemma and what stands before it in one word."""
        key = (predicate.sentence, predicate.token, predicate.lemma)
        if key not in self._rows:
            self._rows[key] = self._looked_up(predicate)
        return self._rows[key]

    def _looked_up(self, predicate: Predicate) -> tuple[Frame, ...]:
        doc = self.page.sentences[predicate.sentence].doc
        first = predicate.token
        if predicate.lemma in _PHASES and first > 0 and doc[first - 1].tag_.startswith("動詞"):
            return ()  # 使い始める begins nothing but the use
        while first > 0 and doc[first - 1].dep_ == "compound" and doc[first - 1].head.i <= predicate.token:
            first -= 1
        return _rows_of(predicate.lemma, doc[first : predicate.token].text)

    def filled(self, frame: Frame, predicate: Predicate) -> bool:
        """Return whether the nouns that a frame needs stand in their cases."""
        return all(any(self._is(a, words) for a in predicate.arguments if a.case is case) for case, words in frame.needs)

    def _is(self, argument: Argument, words: frozenset[str]) -> bool:
        text = _SHARE.sub("", self.page.text[argument.begin : argument.end].rstrip("」』"))
        return any(text.endswith(word) if word[0] != "@" else rank(text) in CALLED[word] for word in words)

    def firmness(self, frame: Frame, predicate: Predicate) -> Stance:
        """Return how firmly a frame's relation stands: as its predicate does, if the row does not say otherwise."""
        stance = self.stance(self.page.sentences[predicate.sentence], predicate.token)
        if self._held(predicate, stance, frame.property in OPINION):
            stance = Stance()
        if frame.fixed and frame.modality is not None:
            ended = frame.negates and stance.modality is frame.modality and not stance.negated
            return Stance(frame.modality, ended, stance.cues if ended else ())
        if frame.modality is not None and stance.modality is Modality.FACT:
            stance = replace(stance, modality=frame.modality)
        if frame.negates:
            return replace(stance, negated=not stance.negated)
        return coming(self.page, frame.property, predicate, stance)

    def _held(self, predicate: Predicate, stance: Stance, opinion: bool) -> bool:
        """Whether a word further on says nothing of an act or opinion: 制度を廃止し、出社を求める; 賛成する意向を示した."""
        if stance.negated or not stance.cues or stance.modality not in (Modality.PLAN, Modality.NEED):
            return False
        ahead, cue = self.page.text[predicate.end : stance.cues[0].begin], stance.cues[0].text
        if stance.modality is Modality.NEED:
            return "、" in ahead and cue.startswith(("求", "要")) and not ahead.endswith(("よう", "ように"))
        return opinion and ("、" in ahead or any(_SHOWN.search(c.text) for c in stance.cues))

    def direct(
        self, frame: Frame, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass], subject: bool
    ) -> tuple[list[End], bool]:
        """Return what stands in the first filled place, and whether what fills it with が rules out anything left out."""
        blocked = False
        for place in places:
            filler = self.at(place, predicate, classes, next((words for case, words in frame.needs if case is place.case and place.inner), None))
            ends = [e for e in filler.entities if e.type in classes]
            if ends:
                return list(ends), False
            if (inner := self._within(frame, place, predicate, filler.argument, classes)) is not None:
                return [inner], False
            if filler.argument is not None and not filler.argument.inferred and not self.fill.named(predicate.sentence, filler.argument):
                course = self.course(frame, place, predicate, filler.argument, classes, subject)
                if course is not None:
                    return [*self._beside(frame, place, predicate, course, filler.argument, classes, subject), course], False
                part = frame.lemma.startswith(self.page.text[filler.argument.begin : filler.argument.end])  # 追加 in 追加出資
                blocked = blocked or (place.case is Case.GA and self.firm(filler.argument) and not part)
        return [], blocked

    def at(self, place: Place, predicate: Predicate, classes: frozenset[EntityClass], words: frozenset[str] | None = None) -> Filler:
        """Return what fills a place of a predicate; `words`: only with one of these (Y in Xの顧問とYの会長を兼ねる for 会長)."""
        last: Argument | None = None
        found: list[Entity] = []
        for argument in predicate.arguments:
            if argument.case is not place.case or self._of_next(predicate, argument) or not (words is None or self._is(argument, words)):
                continue
            last = argument
            if place.inner is None:
                found.extend(self.fill.entities(predicate.sentence, argument))
            else:
                found.extend(self.inner(place.inner, predicate, argument, classes))
        return Filler(tuple(found), last)

    def _of_next(self, predicate: Predicate, argument: Argument) -> bool:
        """Whether the parse gave a verb what stands behind it (Aは「X」を開発し、Bが採用した), or what it is built on (「X」を基盤に構築した)."""
        if argument.case is Case.WO and _BUILT_ON.match(self.page.text, argument.end):
            return True
        if argument.case is not Case.GA or argument.begin < predicate.end or predicate.kind not in ("verb", "light"):
            return False
        return self.page.sentences[predicate.sentence].doc[predicate.token].dep_ not in ("acl", "ROOT")

    def inner(self, case: Case, predicate: Predicate, argument: Argument, classes: frozenset[EntityClass]) -> tuple[Entity, ...]:
        """Return whom an argument's noun has in a case of its own: リリースを延期 with モデルのリリース."""
        event = self.fill.event(predicate.sentence, argument)
        if event is not None:
            for inner in event.arguments:
                if inner.case is case and (found := self.fill.entities(event.sentence, inner)):
                    return tuple(e for e in found if e.type in classes)
        begin, _ = self.fill.head(predicate.sentence, argument)
        return tuple(e for e in self.fill.modifiers(argument, begin) if e.type in classes)

    def course(
        self,
        frame: Frame,
        place: Place,
        predicate: Predicate,
        argument: Argument,
        classes: frozenset[EntityClass],
        subject: bool,
        sentence: int | None = None,
    ) -> Course | None:
        """Return the course of action that an argument speaks of; `subject`: only one that other words of the article make."""
        if EntityClass.STRATEGY not in classes or place.inner is not None:
            return None
        where = predicate.sentence if sentence is None else sentence
        event = self.fill.event(where, argument)
        known_only = subject or frame.property in ("affects", "investsIn")
        if event is not None and self.names(event):
            return None
        stance = self.firmness(frame, predicate)
        firm = stance.modality is Modality.FACT and not stance.negated and not frame.needs
        lemma = f"{predicate.lemma}:denied" if frame.kind == "denied" else predicate.lemma
        return self.courses.read(self.page.sentences[where], argument, lemma, known_only, firm)

    def _beside(
        self, frame: Frame, place: Place, predicate: Predicate, course: Course, argument: Argument, classes: frozenset[EntityClass], subject: bool
    ) -> list[End]:
        """The courses that a list names before the one that an argument speaks of: 時短や店舗の統合を検討."""
        if place.case not in (Case.WO, Case.NO, Case.NITUITE) or subject:
            return []
        sentence = self.page.sentences[predicate.sentence]
        found: list[End] = []
        begin, _ = self.courses.place(course)
        while (member := member_before(sentence, begin, argument.case)) is not None and not self.fill.named(predicate.sentence, member):
            other = self.course(frame, place, predicate, member, classes, False)
            if other is None:
                break
            found.insert(0, other)
            begin, _ = self.courses.place(other)
        return found

    def _within(self, frame: Frame, place: Place, predicate: Predicate, argument: Argument | None, classes: frozenset[EntityClass]) -> Course | None:
        """The course that an argument's noun has in a case of its own, where an opinion or a demand is told: 値上げ in 値上げの撤回を求める."""
        told = frame.property in ("supports", "criticizes") or frame.modality is Modality.NEED
        if argument is None or place.inner is None or not told:
            return None
        event = self.fill.event(predicate.sentence, argument)
        if event is None:
            return None
        before = [a for a in event.arguments if not a.inferred and a.case in (Case.GA, Case.NO, Case.WO) and a.end < event.begin]
        inner = next((a for a in before if self.page.text.startswith("の", a.end)), None)
        if inner is None:
            return self.courses.bill()
        if self.fill.entities(event.sentence, inner):
            return None
        return self.course(frame, Place(Case.WO), predicate, inner, classes, False, event.sentence)

    def names(self, event: Predicate) -> bool:
        """Return whether an event is a relation of its own between names (X社の買収), and so no course of action."""
        own = [f for f in self.rows(event) if f.property not in ("pursues", "abandons", "suspends", "supports", "criticizes", "affects")]
        return any(
            e.type in ENDS[f.property][1] & {EntityClass.MODEL, EntityClass.ORGANIZATION}
            for f in own
            for a in event.arguments
            if a.case in (Case.WO, Case.NO) or (a.case is Case.HE and Place(Case.HE) in f.object)
            for e in self.fill.entities(event.sentence, a)
        )

    def firm(self, argument: Argument) -> bool:
        """Whether a subject that names nobody stands with が; 今期は, 値段は leave room for one that is left out."""
        return self.page.text[argument.end : argument.end + 1] not in ("は", "も")


def _rows_of(lemma: str, prefix: str) -> tuple[Frame, ...]:
    """The rows of a lemma with what stands before it in one word: 提供開始, 発売延期; of 開発中, 発売済み those of 開発, 発売, 禁ずる of 禁じる."""
    known = frames()
    if prefix and prefix + lemma in known:
        return known[prefix + lemma]
    if prefix in known and lemma in ONWARD:
        return known[prefix]
    if lemma in known:
        return known[lemma]
    for state in ("中", "済み", "済"):
        if lemma.endswith(state) and lemma.removesuffix(state) in known:
            return known[lemma.removesuffix(state)]
    if lemma.endswith("ずる"):
        return known.get(lemma[:-2] + "じる", ())
    ends = (lemma[cut:] for cut in range(1, len(lemma) - 1))
    return next((known[end] for end in ends if end in known), ())
