"""What is acted on: the object of a frame, where it stands and where the sentence leaves it to the reader."""

from __future__ import annotations

from kg.model import Case, EntityClass, Predicate
from kg.relation.frame import Frame, Place
from kg.relation.scene import End, Scene
from kg.relation.select import ENDS, OPINION

COMPONENT = frozenset(("搭載", "初搭載", "標準搭載", "採用", "内蔵", "備える", "装備", "載せる", "積む"))
BUILDING = COMPONENT | {"組み込む", "実装", "取り付ける"}
_ON = 20  # characters after which a sentence no longer goes on about what it built


class Objects:
    """Finds the objects of one article's frames."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def of(self, frame: Frame, predicate: Predicate) -> tuple[list[End], bool]:
        """Return a frame's objects, and whether they were found in the place of the subject (新型車の発売は取りやめる)."""
        found, _ = self.scene.direct(frame, frame.object, predicate, frame.classes, False)
        places, classes = frame.object, frame.classes
        found = found or self._clausal(frame, predicate) or self._bound(places, predicate, classes) or self._built(places, predicate, classes)
        found = found or self._lost(places, predicate, classes) or self._shared(places, predicate, classes)
        found = found or self._hosted(frame, places, predicate, classes)
        if not found and (topical := self._topical(frame, predicate)):
            return topical, True
        return found or self._quoted(frame, predicate) or self._themeless(places, predicate, classes) or self._component(frame, predicate), False

    def _bound(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """The name right before の and the event, where the parse lost it: 地図機能「X」の提供を始める."""
        if Place(Case.NO) not in places or predicate.kind not in ("event", "light"):
            return []
        for spot in reversed(self.scene.page.within(predicate.begin - 40, predicate.begin)):
            if self.scene.page.text[self.scene.page.after(spot) : predicate.begin] == "の" and spot.type in classes:
                return list(self.scene.fill.listed(spot))
        return []

    def _lost(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        if predicate.kind == "event":
            return []
        outer = [p.case for p in places if p.inner is None]
        if any(a.case in outer and not a.inferred for a in predicate.arguments):
            return []
        for case in outer:
            if found := self.scene.fill.marked(predicate, case, classes - {EntityClass.STRATEGY}):
                return list(found)
        return []

    def _built(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What something was built into, of which the sentence goes on: 地図を端末に組み込み、年内に発売する."""
        if predicate.kind == "event" or Place(Case.WO) not in places or any(a.case is Case.WO for a in predicate.arguments):
            return []
        for other in self.scene.predicates:
            if other.sentence == predicate.sentence and other.lemma in BUILDING and other.end < predicate.begin < other.end + _ON:
                into = self.scene.at(Place(Case.NI), other, classes).entities
                return [e for e in into if e.type in classes and e.type is EntityClass.MODEL]
        return []

    def _shared(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What two verbs act on: 新型車を開発し、提供している."""
        taken = any(a.case is Case.WO and not a.inferred for a in predicate.arguments)
        if taken or predicate.kind == "event" or Place(Case.WO) not in places:
            return []
        doc = self.scene.page.sentences[predicate.sentence].doc
        for other in reversed(self.scene.predicates):
            if other.sentence != predicate.sentence or other.token >= predicate.token or doc[other.token].head.i != predicate.token:
                continue
            if doc[other.token].dep_ not in ("advcl", "conj", "ccomp", "dep"):
                continue
            if "を" in self.scene.page.text[other.end : predicate.begin]:
                return []
            found = self.scene.at(Place(Case.WO), other, classes).entities or self.scene.fill.marked(other, Case.WO, classes)
            if ends := [e for e in found if e.type in classes]:
                return list(ends)
        return []

    def _hosted(self, frame: Frame, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What a quotation is about: 値下げについては「検討しています」と話す."""
        sentence = self.scene.page.sentences[predicate.sentence]
        taken = any(a.case is Case.WO for a in predicate.arguments)
        if sentence.quote is None or taken or not any(p.case in (Case.WO, Case.NITUITE) for p in places):
            return []
        quote = self.scene.page.article.quotes[sentence.quote]
        for host in self.scene.predicates:
            for argument in host.arguments:
                near = host.sentence == quote.host and argument.case is Case.NITUITE and quote.begin - 12 < argument.end <= quote.begin
                if near:
                    named = [e for e in self.scene.fill.entities(host.sentence, argument) if e.type in classes]
                    course = None if named else self.scene.course(frame, Place(Case.WO), predicate, argument, classes, False, host.sentence)
                    return list(named) or ([course] if course else [])
        return []

    def _topical(self, frame: Frame, predicate: Predicate) -> list[End]:
        """What is acted on, as topic: 新型車の発売は取りやめる, where the parse took it for the subject."""
        if predicate.passive or not any(p.case is Case.WO for p in frame.object) or any(a.case is Case.WO for a in predicate.arguments):
            return []
        domain = ENDS[frame.property][0]
        inner = next((p.inner for p in frame.object if p.inner is not None), None)
        for argument in predicate.arguments:
            if argument.case is Case.GA and (not self.scene.firm(argument) or argument.head > predicate.begin):
                found = (
                    self.scene.inner(inner, predicate, argument, frame.classes) if inner else self.scene.fill.entities(predicate.sentence, argument)
                )
                if ends := [e for e in found if e.type in frame.classes - domain]:
                    return list(ends)
                course = None if found or inner else self.scene.course(frame, Place(Case.WO), predicate, argument, frame.classes, False)
                if course is not None:
                    return [course]
        return []

    def _quoted(self, frame: Frame, predicate: Predicate) -> list[End]:
        """Of what an opinion speaks that has no object but a quotation: 「路線バスは町の希望だ」と歓迎した."""
        if frame.property not in OPINION or frame.object[0].case is not Case.WO:
            return []
        for number in self.scene.page.sentences[predicate.sentence].quotes:
            quote = self.scene.page.article.quotes[number]
            if quote.end < predicate.begin <= quote.end + 4:
                topic = self.scene.page.topic(quote.end, frame.classes - {EntityClass.PERSON, EntityClass.PLACE}, quote.begin)
                return [topic] if topic is not None else self._mentioned(frame, predicate, quote.begin)
        return []

    def _clausal(self, frame: Frame, predicate: Predicate) -> list[End]:
        """Of what an opinion speaks that has no object but a clause: 対応を後手に回ったと批判した, 対応は遅いと批判した."""
        if frame.property not in OPINION or frame.object[0].case is not Case.WO or predicate.kind != "verb":
            return []
        doc = self.scene.page.sentences[predicate.sentence].doc
        for other in reversed(self.scene.predicates):
            inside = other.sentence == predicate.sentence and doc[other.token].head.i == predicate.token and other.end <= predicate.begin
            if not inside or self.scene.page.text[predicate.begin - 1] != "と" or "べき" in self.scene.page.text[other.end : predicate.begin]:
                continue  # 凍結すべきだと主張した is no word for what is to be frozen
            for argument in other.arguments:
                if argument.case in (Case.WO, Case.GA) and not argument.inferred and not self.scene.fill.named(other.sentence, argument):
                    if found := [e for e in self.scene.fill.entities(other.sentence, argument) if e.type in frame.classes]:
                        return list(found)
                    course = self.scene.course(frame, Place(Case.WO), predicate, argument, frame.classes, False, other.sentence)
                    if course is not None:
                        return [course]
        return []

    def _mentioned(self, frame: Frame, predicate: Predicate, before: int) -> list[End]:
        """Whom the sentence, or the one before, says that it speaks about: Xについても言及。「…」と称賛した."""
        sentence = self.scene.page.sentences[predicate.sentence]
        near = {s.index for s in (sentence, *self.scene.page.previous(sentence, 1))}
        for other in reversed(self.scene.predicates):
            for argument in other.arguments if other.sentence in near and other.begin < before else ():
                if argument.case is Case.NITUITE and (found := self.scene.fill.entities(other.sentence, argument)):
                    return [e for e in found if e.type in frame.classes]
        return []

    def _themeless(self, places: tuple[Place, ...], predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """What リリースを延期した leaves unsaid: the model that the sentence named before."""
        if EntityClass.MODEL not in classes or not any(p.inner is not None for p in places):
            return []
        for argument in predicate.arguments:
            event = self.scene.fill.event(predicate.sentence, argument) if argument.case is Case.WO else None
            if event is not None and not any(a.case in (Case.WO, Case.NO) for a in event.arguments):
                start = self.scene.page.sentences[predicate.sentence].begin
                near = [s for s in self.scene.page.within(start, argument.head) if s.type is EntityClass.MODEL]
                return list(near[-1].entities) if near else []
        return []

    def _component(self, frame: Frame, predicate: Predicate) -> list[End]:
        """What a part goes into, or the part, where a product's description leaves it out: カメラはXを採用; Yに搭載する."""
        acted = any(a.case is Case.GA and self.scene.fill.entities(predicate.sentence, a) for a in predicate.arguments)
        if predicate.lemma not in COMPONENT or predicate.passive or (acted and frame.property == "partOf"):
            return []
        models = frozenset((EntityClass.MODEL,))
        if frame.property == "partOf" and frame.object == (Place(Case.GA),):
            sentence = self.scene.page.sentences[predicate.sentence]
            for start in (sentence, *self.scene.page.previous(sentence, 2)):
                if (topic := self.scene.page.topic(min(predicate.begin, start.end), models, start.begin)) is not None:
                    return [topic]
            return [self.scene.page.product] if self.scene.page.product is not None else []
        into = [e for a in predicate.arguments if a.case is Case.NI for e in self.scene.fill.entities(predicate.sentence, a) if e.type in models]
        if frame.property == "uses" and into and (part := self.scene.page.recent(predicate.begin, models, 300, set(map(id, into)))) is not None:
            return [part]
        return []
