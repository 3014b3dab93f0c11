"""Predicates to relations by the rows of `frames.tsv`: 延期した, a relative clause, a noun (買収), and what another verb says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg.model import Argument, Case, Entity, EntityClass, Form, Modality, Predicate, Stance
from kg.parse import Sentence
from kg.relation.filler import Filler, Fillers
from kg.relation.frame import Frame, Place, frames
from kg.relation.page import ACTORS, Page
from kg.relation.repair import repaired
from kg.relation.select import ENDS, SYMMETRIC
from kg.relation.speaker import Voices
from kg.segment import Kind
from kg.strategy import Course, Courses

Stances = Callable[[Sentence, int], Stance]
End = Entity | Course
STOPPING = frozenset(("suspends", "abandons"))
PERSONAL = frozenset(("leads", "memberOf", "supports", "criticizes", "founded"))
OPINION = frozenset(("supports", "criticizes"))
VOICES = frozenset(("声", "意見", "見方", "指摘", "向き", "動き", "コメント", "観測", "論調"))
ASKING = frozenset(("求める", "要請", "要求", "促す", "迫る", "命じる", "命ずる", "勧告", "指示", "呼びかける", "呼び掛ける", "働きかける", "勧める"))
COMPONENT = frozenset(("搭載", "初搭載", "標準搭載", "採用", "内蔵", "備える", "装備", "載せる", "積む"))
ONWARD = frozenset(("開始", "再開", "継続", "完了", "決定", "予定", "発表"))
SOURCES = frozenset((EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE))
SAYING = frozenset(("否定", "表明", "宣言", "約束", "肯定", "認める"))
UNDONE = frozenset(("releases", "uses", "acquires", "hires", "partnersWith", "pursues"))
_TOLD = re.compile(r"(?:こと|方針|考え)?[をと](?:も|は)?(?:述べ|語|話|説明|強調|主張|認め|明か|明らか|発言|表明|訴え|答え|回答|伝え|約束)")
_NEITHER = re.compile("肯定も否定も|否定も肯定も")
_FILLED = 6  # steps up the tree in which a left-out subject is looked for


@dataclass(frozen=True, slots=True)
class Found:
    """A relation whose ends may still be courses of action without an entity of their own."""

    subject: End
    property: str
    object: End
    predicate: Predicate
    stance: Stance
    rule: str
    confidence: float


class Events:
    """Reads the predicates of one article."""

    def __init__(self, page: Page, predicates: tuple[Predicate, ...], stance: Stances, voices: Voices, courses: Courses) -> None:
        self.page, self.stance, self.courses = page, stance, courses
        self.speakers, self.bodies = voices.speakers, voices.bodies
        self.predicates = repaired(page, predicates)
        self.fill = Fillers(page, self.predicates)
        self._stopped: dict[int, Stance] = {}

    def read(self) -> list[Found]:
        """Return every relation that a frame finds, in the order of the text."""
        found = [f for p in self.predicates for f in self._predicate(p)]
        found = [kept for f in found if (kept := self._halted(f)) is not None]
        return [*found, *_opposed(found)]

    def _halted(self, found: Found) -> Found | None:
        """What a verb that halts the event leaves: 買収を断念した is no purchase, リリースを延期した releases nothing."""
        stance = self._stopped.get(id(found.predicate))
        if stance is None or found.property not in UNDONE:
            return found
        if found.property not in ("acquires", "hires") or stance.negated:
            return None
        return replace(found, stance=replace(stance, negated=True))

    def _predicate(self, predicate: Predicate) -> Iterator[Found]:
        seen: set[tuple[str, int]] = set()
        for frame in self._rows(predicate):
            if not self._applies(frame, predicate):
                continue
            for found in self._pairs(frame, predicate):
                key = (found.property, id(found.object) if isinstance(found.object, Entity) else hash(found.object))
                if key not in seen:
                    seen.add(key)
                    yield found
        self._stop(predicate)

    def _stop(self, predicate: Predicate) -> None:
        """Note the events that a frame halts: リリースを延期した releases nothing."""
        if not any(f.property in STOPPING for f in self._rows(predicate)):
            return
        for argument in predicate.arguments:
            if argument.case in (Case.WO, Case.NI, Case.GA, Case.KARA) and (event := self.fill.event(predicate.sentence, argument)):
                self._stopped[id(event)] = self.stance(self.page.sentences[predicate.sentence], predicate.token)

    def _applies(self, frame: Frame, predicate: Predicate) -> bool:
        if predicate.lemma in ("肯定", "否定") and _NEITHER.search(self.page.text, max(0, predicate.begin - 4), predicate.end + 4):
            return False
        return self._formed(frame, predicate)

    def _rows(self, predicate: Predicate) -> tuple[Frame, ...]:
        doc = self.page.sentences[predicate.sentence].doc
        first = predicate.token
        while first > 0 and doc[first - 1].dep_ == "compound" and doc[first - 1].head.i <= predicate.token:
            first -= 1
        return _rows_of(predicate.lemma, doc[first : predicate.token].text)

    def _formed(self, frame: Frame, predicate: Predicate) -> bool:
        if frame.kind == "causative":
            if not any(a.case is Case.CAUSER for a in predicate.arguments):
                return False
        elif frame.kind and frame.kind != predicate.kind:
            return False
        return all(any(self._is(predicate, a, words) for a in predicate.arguments if a.case is case) for case, words in frame.needs)

    def _is(self, predicate: Predicate, argument: Argument, words: frozenset[str]) -> bool:
        text = self.page.text[argument.begin : argument.end].rstrip("」』")
        return any(text.endswith(word) for word in words)

    def _pairs(self, frame: Frame, predicate: Predicate) -> Iterator[Found]:
        domain = ENDS[frame.property][0]
        topical = False
        things = self._ends(frame, frame.object, predicate, frame.classes, subject=False)
        if not things and (things := self._topical(frame, predicate)):
            topical = True
        things = things or self._quoted(frame, predicate)
        things = things or self._themeless(frame.object, predicate, frame.classes) or self._component(frame, predicate)
        if not things:
            return
        asked = self._asked(predicate, domain)
        if asked is not None:
            subjects = asked
        else:
            subjects = self._missing(frame, predicate, domain) if topical else self._ends(frame, frame.subject, predicate, domain, subject=True)
        subjects = [self._acting(frame, predicate, e) if isinstance(e, Entity) else e for e in subjects]
        stance = self._stance(frame, predicate)
        if asked is not None and stance.modality is Modality.FACT:
            stance = replace(stance, modality=Modality.NEED)
        if frame.property in SYMMETRIC and len(subjects) > 1 and not things:
            things = subjects
        for subject in subjects:
            for thing in things:
                if subject is not thing:
                    yield Found(subject, frame.property, thing, predicate, stance, frame.rule, 0.8)

    def _asked(self, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End] | None:
        """Of whom an event is asked: 政府はX社に値下げを求めた is about what X社 should do. None where nothing is asked."""
        if predicate.kind not in ("event", "light"):
            return None
        token = self.page.sentences[predicate.sentence].doc[predicate.token]
        above = self.fill.by_place.get((predicate.sentence, token.head.i))
        if above is None or above.lemma not in ASKING or token.dep_ != "obj":
            return None
        found = [e for a in above.arguments if a.case is Case.NI for e in self.fill.entities(above.sentence, a) if e.type in classes]
        return list(found or self.fill.marked(above, Case.NI, classes))

    def _stance(self, frame: Frame, predicate: Predicate) -> Stance:
        if frame.fixed and frame.modality is not None:
            return Stance(frame.modality)
        stance = self.stance(self.page.sentences[predicate.sentence], predicate.token)
        if frame.modality is not None and stance.modality is Modality.FACT:
            stance = replace(stance, modality=frame.modality)
        return replace(stance, negated=not stance.negated) if frame.negates else stance

    # --- ends

    def _ends(self, frame: Frame, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass], *, subject: bool) -> list[End]:
        blocked = False
        for place in places:
            filler = self._at(place, predicate, classes)
            ends = [e for e in filler.entities if e.type in classes]
            if ends:
                return [self._acting(frame, predicate, e) for e in ends] if subject else list(ends)
            if filler.argument is not None and not filler.argument.inferred and not filler.entities:
                course = self._course(frame, place, predicate, filler.argument, classes, subject)
                if course is not None:
                    return [course]
                blocked = blocked or (subject and place.case is Case.GA and self._firm(filler.argument))
        if subject:
            return [] if blocked else self._missing(frame, predicate, classes)
        return self._lost(places, predicate, classes) or self._shared(places, predicate, classes) or self._hosted(frame, places, predicate, classes)

    def _shared(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What two verbs act on: 新型車を開発し、提供している."""
        taken = any(a.case is Case.WO and not a.inferred for a in predicate.arguments)
        if taken or predicate.kind == "event" or Place(Case.WO) not in places:
            return []
        doc = self.page.sentences[predicate.sentence].doc
        for other in reversed(self.predicates):
            if other.sentence != predicate.sentence or other.token >= predicate.token or doc[other.token].head.i != predicate.token:
                continue
            if doc[other.token].dep_ not in ("advcl", "conj", "ccomp", "dep"):
                continue
            if "を" in self.page.text[other.end : predicate.begin]:
                return []
            found = self._at(Place(Case.WO), other, classes).entities or self.fill.marked(other, Case.WO, classes)
            if ends := [e for e in found if e.type in classes]:
                return list(ends)
        return []

    def _hosted(self, frame: Frame, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What a quotation is about: 値下げについては「検討しています」と話す."""
        sentence = self.page.sentences[predicate.sentence]
        taken = any(a.case is Case.WO for a in predicate.arguments)
        if sentence.quote is None or taken or not any(p.case in (Case.WO, Case.NITUITE) for p in places):
            return []
        quote = self.page.article.quotes[sentence.quote]
        for host in self.predicates:
            for argument in host.arguments:
                near = host.sentence == quote.host and argument.case is Case.NITUITE and quote.begin - 12 < argument.end <= quote.begin
                if near:
                    named = [e for e in self.fill.entities(host.sentence, argument) if e.type in classes]
                    course = None if named else self._course(frame, Place(Case.WO), predicate, argument, classes, False, host.sentence)
                    return list(named) or ([course] if course else [])
        return []

    def _firm(self, argument: Argument) -> bool:
        """Whether a subject that names nobody stands with が; 今期は, 制御AIは leave room for one that is left out."""
        return self.page.text[argument.end : argument.end + 1] not in ("は", "も")

    def _topical(self, frame: Frame, predicate: Predicate) -> list[End]:
        """What is acted on, as topic: 新型車の発売は取りやめる, where the parse took it for the subject."""
        if predicate.passive or not any(p.case is Case.WO for p in frame.object) or any(a.case is Case.WO for a in predicate.arguments):
            return []
        domain = ENDS[frame.property][0]
        inner = next((p.inner for p in frame.object if p.inner is not None), None)
        for argument in predicate.arguments:
            if argument.case is Case.GA and (not self._firm(argument) or argument.head > predicate.begin):
                found = self._inner(inner, predicate, argument, frame.classes) if inner else self.fill.entities(predicate.sentence, argument)
                if ends := [e for e in found if e.type in frame.classes - domain]:
                    return list(ends)
                course = None if found or inner else self._course(frame, Place(Case.WO), predicate, argument, frame.classes, False)
                if course is not None:
                    return [course]
        return []

    def _themeless(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What リリースを延期した leaves unsaid: the model that the sentence named before."""
        if EntityClass.MODEL not in classes or not any(p.inner is not None for p in places):
            return []
        for argument in predicate.arguments:
            event = self.fill.event(predicate.sentence, argument) if argument.case is Case.WO else None
            if event is not None and not any(a.case in (Case.WO, Case.NO) for a in event.arguments):
                start = self.page.sentences[predicate.sentence].begin
                near = [s for s in self.page.within(start, argument.head) if s.type is EntityClass.MODEL]
                return list(near[-1].entities) if near else []
        return []

    def _quoted(self, frame: Frame, predicate: Predicate) -> list[End]:
        """Of what an opinion speaks that has no object but a quotation: 「路線バスは町の希望だ」と歓迎した."""
        if frame.property not in OPINION or frame.object[0].case is not Case.WO:
            return []
        for number in self.page.sentences[predicate.sentence].quotes:
            quote = self.page.article.quotes[number]
            if quote.end < predicate.begin <= quote.end + 4:
                topic = self.page.topic(quote.end, frame.classes - {EntityClass.PERSON, EntityClass.PLACE}, quote.begin)
                return [topic] if topic is not None else []
        return []

    def _component(self, frame: Frame, predicate: Predicate) -> list[End]:
        """What a part goes into, or the part, where a product's description leaves it out: カメラはXを採用; Yに搭載する."""
        acted = any(a.case is Case.GA and self.fill.entities(predicate.sentence, a) for a in predicate.arguments)
        if predicate.lemma not in COMPONENT or predicate.passive or (acted and frame.property == "partOf"):
            return []
        models = frozenset((EntityClass.MODEL,))
        if frame.property == "partOf" and frame.object == (Place(Case.GA),):
            sentence = self.page.sentences[predicate.sentence]
            for start in (sentence, *self.page.previous(sentence, 2)):
                if (topic := self.page.topic(min(predicate.begin, start.end), models, start.begin)) is not None:
                    return [topic]
            return [self.page.product] if self.page.product is not None else []
        into = [e for a in predicate.arguments if a.case is Case.NI for e in self.fill.entities(predicate.sentence, a) if e.type in models]
        if frame.property == "uses" and into and (part := self.page.recent(predicate.begin, models, 300, set(map(id, into)))) is not None:
            return [part]
        return []

    def _acting(self, frame: Frame, predicate: Predicate, entity: Entity) -> Entity:
        """Who acts: 社長は値上げを否定した is about what the company does."""
        told = predicate.lemma in SAYING or _TOLD.match(self.page.text, predicate.end)
        if told and frame.property not in PERSONAL and entity.type is EntityClass.PERSON:
            return self.bodies.get(id(entity), entity)
        return self._body(frame, entity)

    def _body(self, frame: Frame, entity: Entity) -> Entity:
        """For whom a role acts: the relation of 幹部らは転換を検討 goes to their organization."""
        if frame.property in PERSONAL or entity.type is not EntityClass.PERSON or any(m.form is Form.NAME for m in entity.mentions):
            return entity
        return self.bodies.get(id(entity), entity)

    def _at(self, place: Place, predicate: Predicate, classes: frozenset[EntityClass]) -> Filler:
        last: Argument | None = None
        found: list[Entity] = []
        for argument in predicate.arguments:
            if argument.case is not place.case:
                continue
            last = argument
            if place.inner is None:
                found.extend(self.fill.entities(predicate.sentence, argument))
            else:
                found.extend(self._inner(place.inner, predicate, argument, classes))
        return Filler(tuple(found), last)

    def _inner(self, case: Case, predicate: Predicate, argument: Argument, classes: frozenset[EntityClass]) -> tuple[Entity, ...]:
        event = self.fill.event(predicate.sentence, argument)
        if event is not None:
            for inner in event.arguments:
                if inner.case is case and (found := self.fill.entities(event.sentence, inner)):
                    return tuple(e for e in found if e.type in classes)
        begin, _ = self.fill.head(predicate.sentence, argument)
        return tuple(e for e in self.fill.modifiers(argument, begin) if e.type in classes)

    def _course(
        self,
        frame: Frame,
        place: Place,
        predicate: Predicate,
        argument: Argument,
        classes: frozenset[EntityClass],
        subject: bool,
        sentence: int | None = None,
    ) -> Course | None:
        if EntityClass.STRATEGY not in classes or place.inner is not None:
            return None
        where = predicate.sentence if sentence is None else sentence
        event = self.fill.event(where, argument)
        known_only = subject or frame.property in ("affects", "investsIn")
        if event is not None and self._speaks_of_names(event):
            return None
        stance = self._stance(frame, predicate)
        firm = stance.modality is Modality.FACT and not stance.negated and not frame.needs
        return self.courses.read(self.page.sentences[where], argument, predicate.lemma, known_only, firm)

    def _speaks_of_names(self, event: Predicate) -> bool:
        """Whether an event is a relation of its own between names (Sunderの買収), and so no course of action."""
        own = [f for f in self._rows(event) if f.property not in ("pursues", "abandons", "suspends", "supports", "criticizes", "affects")]
        named = {e.type for a in event.arguments if a.case in (Case.WO, Case.NO) for e in self.fill.entities(event.sentence, a)}
        return any(ENDS[f.property][1] & named & {EntityClass.MODEL, EntityClass.ORGANIZATION} for f in own)

    def _lost(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        if predicate.kind == "event":
            return []
        outer = [p.case for p in places if p.inner is None]
        if any(a.case in outer and not a.inferred for a in predicate.arguments):
            return []
        for case in outer:
            if found := self.fill.marked(predicate, case, classes - {EntityClass.STRATEGY}):
                return list(found)
        return []

    def _missing(self, frame: Frame, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """Whom a left-out subject means: the governing predicate's, the sentence's topic, in a quotation the speaker's."""
        if frame.subject[0] == Place(Case.NI):
            return list(self.fill.marked(predicate, Case.NI, classes))
        if frame.subject[0] != Place(Case.GA):
            return []
        if frame.property in OPINION and self._voiced(predicate):
            topic = self.page.topic(predicate.begin, classes, self.page.sentences[predicate.sentence].begin)
            return [topic] if topic is not None else []
        if predicate.passive and predicate.kind != "event":
            return []
        if found := self._governor(predicate, classes):
            return found
        sentence = self.page.sentences[predicate.sentence]
        if found := self._topic(frame, sentence, predicate.begin, classes):
            return found
        if sentence.quote is not None:
            speaker = self.speakers.get(sentence.quote)
            return [speaker] if speaker is not None and speaker.type in classes else []
        headline = sentence.kind in (Kind.TITLE, Kind.BULLET, Kind.HEADING) and frame.property not in ("supports", "criticizes", "affects")
        if headline and predicate.kind != "copula" and self.page.main is not None:
            return [self.page.main] if self.page.main.type in classes else []
        return self._carried(frame, predicate, classes)

    def _carried(self, frame: Frame, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """The topic of the sentence before, in a sentence that has none of its own."""
        sentence = self.page.sentences[predicate.sentence]
        if sentence.kind is not Kind.PROSE or predicate.kind == "event":
            return []
        for before in self.page.previous(sentence, 2):
            if found := self._topic(frame, before, before.end, classes):
                return found
        into = frame.property != "uses" or any(a.case is Case.NI for a in predicate.arguments)
        if self.page.main is not None and self.page.main.type in classes and frame.property not in OPINION and into:
            return [self.page.main]
        return []

    def _topic(self, frame: Frame, sentence: Sentence, before: int, classes: frozenset[EntityClass]) -> list[End]:
        """Whom a sentence is about; of a person, where only a body can act so, the person's organization."""
        topic = self.page.topic(before, classes & ACTORS | {EntityClass.PERSON}, sentence.begin)
        if topic is None or (topic.type in SOURCES and frame.property not in OPINION):
            return []
        if topic.type not in classes:
            topic = self.bodies.get(id(topic), topic)
        return [self._body(frame, topic)] if topic.type in classes else []

    def _voiced(self, predicate: Predicate) -> bool:
        """Whether an opinion is one that is heard: 値上げを懸念する声もある."""
        token = self.page.sentences[predicate.sentence].doc[predicate.token]
        return token.dep_ == "acl" and token.head.text in VOICES

    def _governor(self, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """The subject of the verb above: 買収 in 買収を検討する, 離れ in 離れ、転換する."""
        token = self.page.sentences[predicate.sentence].doc[predicate.token]
        for _ in range(_FILLED):
            if token.head.i == token.i:
                break
            token = token.head
            above = self.fill.by_place.get((predicate.sentence, token.i))
            if above is None or above.passive:
                continue
            subjects = [e for a in above.arguments if a.case is Case.GA for e in self.fill.entities(above.sentence, a)]
            if fitting := [e for e in subjects if e.type in classes]:
                return list(fitting)
        return []


def _opposed(found: list[Found]) -> Iterator[Found]:
    """One course left for the other by one predicate: 買い切りから月額制に転換."""
    left = {(id(f.predicate), id(f.subject)): f for f in found if f.property == "abandons" and isinstance(f.object, Course)}
    for f in found:
        other = left.get((id(f.predicate), id(f.subject)))
        if f.property == "pursues" and other is not None and f.object != other.object:
            yield replace(f, subject=other.object, property="opposes", stance=Stance())


def _rows_of(lemma: str, prefix: str) -> tuple[Frame, ...]:
    """The rows of a lemma with what stands before it in one word: 提供開始, 発売延期, 禁ずる (禁じる)."""
    known = frames()
    if prefix and prefix + lemma in known:
        return known[prefix + lemma]
    if prefix in known and lemma in ONWARD:
        return known[prefix]
    if lemma in known:
        return known[lemma]
    if lemma.endswith("ずる"):
        return known.get(lemma[:-2] + "じる", ())
    ends = (lemma[cut:] for cut in range(1, len(lemma) - 1))
    return next((known[end] for end in ends if end in known), ())
