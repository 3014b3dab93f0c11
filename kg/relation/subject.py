"""Who acts: the subject of a frame, where it stands and where Japanese leaves it out."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.argument.words import agent_endings
from kg.lexicon import rows
from kg.model import Case, Entity, EntityClass, Form, Modality, Predicate
from kg.parse import Sentence
from kg.relation.frame import Frame, Place
from kg.relation.page import ACTORS
from kg.relation.scene import End, Scene
from kg.relation.select import ENDS, OPINION
from kg.segment import Kind

PERSONAL = frozenset(("leads", "memberOf", "supports", "criticizes", "founded"))
VOICES = frozenset(("声", "意見", "見方", "指摘", "向き", "動き", "コメント", "観測", "論調"))
ASKING = frozenset(("求める", "要請", "要求", "促す", "迫る", "命じる", "命ずる", "勧告", "指示", "呼びかける", "呼び掛ける", "働きかける", "勧める"))
SOURCES = frozenset((EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE))
SAYING = frozenset(("否定", "表明", "宣言", "約束", "肯定", "認める"))
_LED = re.compile("(?:し|して|て|で)?、")
_FINAL = re.compile("(?:し?ます|する)?")
_TOLD = re.compile(
    r"(?:こと|方針|考え)?[をと](?:も|は)?(?:述べ|語|話|説明|強調|主張|認め|明か|明らか|発言|表明|訴え|答え|回答|伝え|約束|発表|公表|示し|示す|打ち出|固め)"
)
_EXPERT = re.compile(r"[^。、「」]{0,8}(?:アナリスト|エコノミスト|ストラテジスト|教授|研究員|評論家|専門家|弁護士|ジャーナリスト)")
_ANSWERED = re.compile("(?:声|意見|見方|指摘)(?:に|を)(?:対し|受け|応え|踏まえ)")  # the topic is who is told
_URGED = re.compile("[^。、」をにがは]{1,8}よう(?:に|、)?[^。、」をがは]")
_JOINT = re.compile(r"(?:共同|合同|協同)(?:で|して)|(?:と|て)?ともに|力を合わせて|連名で")
_AND = re.compile(r"(?:と|や)(?:[^、。「」はがをに]{0,14}の)?[「『]?")
_MADE = frozenset(("develops", "releases"))
_GIVEN = frozenset(("investsIn", "uses", "acquires"))  # who gets it stands with に, so that the body described is who does it
_MAKER = re.compile(r"が[^、。]{0,14}(?:開発|手[がか掛]け|提供|製造|設計|生産|作[っる]|運営|販売|展開)[^、。]{0,10}[「『]?")
_HANDED = frozenset(("提供", "供給", "納入", "納める", "卸す", "委託", "発注", "任せる", "依頼"))  # whose head may be who gets it
_DESCRIBES = re.compile(r"(?:し)?(?:て(?:いる|いた|きた|おり)|た|る|する|していた|している|した)?")
_KIND = re.compile(r"[うくぐすつぬぶむるた]?(?:て(?:いる|いた|きた))?(?:する|した|している|していた|てきた|る|た)?(?:[^、。「」はがをに]{0,14}?)")
_BEHIND = 20  # characters behind a predicate in which the body begins that it describes
_JOINTLY = 12  # characters before a predicate in which 共同で stands
_FILLED = 6  # steps up the tree in which a left-out subject is looked for


@cache
def houses() -> frozenset[str]:
    """Return the words by which a speaker means the body: うち, 当社."""
    return frozenset(row["word"] for row in rows("first_persons.tsv") if row["number"] == "many")


@cache
def _reporting() -> frozenset[str]:
    return frozenset(row["lemma"] for row in rows("reporting.tsv"))


@cache
def _writings() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("report_nouns.tsv"))


class Subjects:
    """Finds the subjects of one article's frames."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def of(self, frame: Frame, predicate: Predicate, topical: bool) -> list[End]:
        """Return a frame's subjects; `topical`: what stands in the subject's place is its object."""
        domain = ENDS[frame.property][0]
        if not frame.subject:
            return [e for e in self.saying(predicate) if e.type in domain]
        found, blocked = ([], False) if topical else self.scene.direct(frame, frame.subject, predicate, domain, True)
        if frame.property in _MADE | _GIVEN and (head := self._made_by(frame, predicate, domain)) is not None:
            return [head]
        found = self._apart(frame, predicate, found)
        if found and not topical:
            found = [*found, *self._together(predicate, domain, found)]
            found = [*found, *self._counted(predicate, found)]
        another = not topical and frame.property in OPINION and self._another(predicate)
        if not found and not blocked and not another:
            found = self._apart(frame, predicate, self._elsewhere(predicate, self._undescribed(predicate, self._missing(frame, predicate, domain))))
        return [self._acting(frame, predicate, e) if isinstance(e, Entity) else e for e in found]

    def _apart(self, frame: Frame, predicate: Predicate, found: list[End]) -> list[End]:
        """The subjects without those who make what is used."""
        return [e for e in found if not self._makes_it(predicate, e)] if frame.property == "uses" else found

    def _makes_it(self, predicate: Predicate, end: End) -> bool:
        """Whether a subject stands in the clause that tells who makes the thing: A社が開発したソフト「X」を採用した."""
        begin = self.scene.page.sentences[predicate.sentence].begin
        spots = self.scene.page.within(begin, predicate.begin)
        things = [s.begin for s in spots if s.type is EntityClass.MODEL]
        return any(end in s.entities and _MAKER.fullmatch(self.scene.page.text, self.scene.page.after(s), at) for s in spots for at in things)

    def _made_by(self, frame: Frame, predicate: Predicate, classes: frozenset[EntityClass]) -> Entity | None:
        """The body that a clause with an object describes: 「X」を手がけるY社 in A社が「X」を手がけるY社の買収を検討する."""
        sentence = self.scene.page.sentences[predicate.sentence]
        token = sentence.doc[predicate.token]
        cases = {a.case for a in predicate.arguments if not a.inferred}
        if token.dep_ != "acl" or predicate.passive or predicate.kind == "event" or Case.WO not in cases:
            return None
        if Case.NI in cases and frame.property not in _GIVEN:
            return None
        if predicate.lemma in _HANDED or not _DESCRIBES.match(self.scene.page.text, predicate.end):
            return None
        behind = self.scene.page.within(predicate.end, predicate.end + _BEHIND)
        spot = next((s for s in behind if s.type is EntityClass.ORGANIZATION), None)
        if spot is None or not _KIND.fullmatch(self.scene.page.text, predicate.end, spot.begin):
            return None
        return next((e for e in spot.entities if e.type in classes), None)

    def _together(self, predicate: Predicate, classes: frozenset[EntityClass], found: list[End]) -> list[End]:
        """Who acts along with the subject: A社とB社が共同で運営する, A社はB社と共同で開発した."""
        ahead = self.scene.page.text[max(0, predicate.begin - _JOINTLY) : predicate.begin]
        if predicate.passive or not _JOINT.search(ahead):
            return []
        sentence = self.scene.page.sentences[predicate.sentence]
        page, beside = self.scene.page, list[End]()
        for spot in page.within(sentence.begin, predicate.begin):
            if spot.type in classes and spot.entities[0] in found:
                beside += [e for e in self.scene.fill.listed(spot) if e not in found]
        for one, other in pairwise(s for s in page.within(sentence.begin, predicate.begin) if s.type in classes):
            if other.entities[0] in found and one.entities[0] not in found and _AND.fullmatch(page.text, page.after(one), other.begin):
                beside.append(one.entities[0])
        return beside

    def _counted(self, predicate: Predicate, found: list[End]) -> list[End]:
        """The rest of those whom a topic counts: A、B、Cの3社は採用した."""
        page, sentence = self.scene.page, self.scene.page.sentences[predicate.sentence]
        several = [s for s in page.within(sentence.begin, predicate.begin) if len(s.entities) > 1 and page.heads(s)]
        return [e for s in several if any(e in found for e in s.entities) for e in s.entities if e not in found]

    def saying(self, predicate: Predicate) -> list[Entity]:
        """Return who says it: of a quotation the speaker, of a reported clause the subject of what reports it (監査が必要だと会長は述べた)."""
        sentence = self.scene.page.sentences[predicate.sentence]
        if sentence.quote is not None:
            speaker = self.scene.said.get(sentence.quote)
            return [speaker] if speaker is not None else []
        token, written = sentence.doc[predicate.token], False
        for _ in range(_FILLED):
            if token.head.i == token.i:
                break
            token = token.head
            written = written or token.lemma_ in _writings()  # 廃止すべきだとする意見書をまとめた
            above = self.scene.fill.by_place.get((predicate.sentence, token.i))
            if above is not None and (above.lemma in _reporting() or above.lemma in ASKING or (written and above.kind == "verb")):
                by = (Case.KARA, Case.NI) if above.passive else (Case.GA,)
                said = [e for a in above.arguments if a.case in by for e in self.scene.fill.entities(above.sentence, a)]
                return said if said or above.passive else list(self.scene.page.topics(predicate.begin, ACTORS, sentence.begin))
        return []

    def asked(self, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End] | None:
        """Of whom an event is asked: 政府はX社に値下げを求めた is about what X社 should do. None where nothing is asked."""
        urged = predicate.kind == "verb" and _URGED.match(self.scene.page.text, predicate.begin) is not None  # 急ぐよう求めた
        if predicate.kind not in ("event", "light") and not urged:
            return None
        token = self.scene.page.sentences[predicate.sentence].doc[predicate.token]
        above = self.scene.fill.by_place.get((predicate.sentence, token.head.i))
        if above is None or above.lemma not in ASKING or (token.dep_ != "obj" and not urged):
            return None
        case = Case.WO if above.passive else Case.NI  # X社は急ぐよう求められた
        found = [e for a in above.arguments if a.case is case for e in self.scene.fill.entities(above.sentence, a) if e.type in classes]
        return list(found or self.scene.fill.marked(above, Case.GA if above.passive else Case.NI, classes))

    def _missing(self, frame: Frame, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """Whom a left-out subject means: the governing predicate's, the sentence's topic, in a quotation the speaker's."""
        if frame.subject[0] in (Place(Case.NI), Place(Case.WO)):
            return list(self.scene.fill.marked(predicate, frame.subject[0].case, classes))
        if frame.subject[0] != Place(Case.GA):
            return []
        if frame.property in OPINION and self._voiced(predicate):
            if _ANSWERED.search(self.scene.page.text, predicate.end, predicate.end + 14):
                return []
            topic = self.scene.page.topic(predicate.begin, classes, self.scene.page.sentences[predicate.sentence].begin)
            return [topic] if topic is not None else []
        if predicate.passive and predicate.kind != "event":
            return []
        if self._opined(predicate) or self._stranger(predicate):
            return []
        if found := self._governor(predicate, classes):
            return found
        sentence = self.scene.page.sentences[predicate.sentence]
        acted = [
            e for a in predicate.arguments if a.case is Case.WO and predicate.kind == "verb" for e in self.scene.fill.entities(predicate.sentence, a)
        ]
        if found := [e for e in self._topic(frame, sentence, predicate.begin, classes) if e not in acted]:
            return found  # その後、Xも設立した leaves out who did
        if sentence.quote is not None:
            outside = frame.property not in PERSONAL and self._outside(frame, predicate, self.scene.said.get(sentence.quote))
            speakers = self.scene.said if frame.property in PERSONAL else self.scene.speakers
            speaker = self.scene.page.main if outside else speakers.get(sentence.quote)
            return [speaker] if speaker is not None and speaker.type in classes else []
        headline = sentence.kind in (Kind.TITLE, Kind.BULLET, Kind.HEADING) and frame.property not in ("supports", "criticizes", "affects")
        if headline and predicate.kind != "copula" and self.scene.page.main is not None:
            return [self.scene.page.main] if self.scene.page.main.type in classes else []
        return self._carried(frame, predicate, classes)

    def _elsewhere(self, predicate: Predicate, found: list[End]) -> list[End]:
        """Leave out of the subjects that were carried over whoever stands in another place: 部品をX社に納めた is not what X社 did."""
        others = [a for a in predicate.arguments if a.case in (Case.NI, Case.KARA) and not a.inferred]
        named = [e for a in others for e in self.scene.fill.entities(predicate.sentence, a)]
        return [e for e in found if e not in named]

    def _undescribed(self, predicate: Predicate, found: list[End]) -> list[End]:
        """Leave out who acts only in the clause that describes the subject: X社が出資する会社は開発した."""
        page, sentence = self.scene.page, self.scene.page.sentences[predicate.sentence]
        subjects = [a for a in predicate.arguments if a.case is Case.GA and not a.inferred]
        spots = page.within(sentence.begin, predicate.begin)

        def describes(end: End) -> bool:
            named = [s for s in spots if end in s.entities]
            return bool(named) and all(
                page.text.startswith("が", page.after(s)) and any(a.begin <= s.begin < a.head for a in subjects) for s in named
            )

        return [e for e in found if not describes(e)]

    def _stranger(self, predicate: Predicate) -> bool:
        """Whether somebody who is no entity stands in the subject's place: 県の審議会は導入を議論する is about nobody named before."""
        texts = [
            self.scene.page.text[a.begin : a.end]
            for a in predicate.arguments
            if a.case is Case.GA and not a.inferred and not self.scene.fill.entities(predicate.sentence, a)
        ]
        if any(t.endswith(agent_endings()) and not t.startswith(("同", "両", "自")) for t in texts):
            return True
        return any(
            a.case is Case.GA
            and not a.inferred
            and self.scene.page.text.startswith("が", a.end)
            and not self.scene.fill.entities(predicate.sentence, a)
            for a in predicate.arguments
        )

    def _another(self, predicate: Predicate) -> bool:
        """Whether an opinion has a holder who is no entity: 声優は吹き替えに反発した."""
        held = [a for a in predicate.arguments if a.case is Case.GA and not a.inferred and a.head < predicate.begin]
        return any(not self.scene.fill.entities(predicate.sentence, a) for a in held)

    def _outside(self, frame: Frame, predicate: Predicate, speaker: Entity | None) -> bool:
        """Whether a speaker leaves out whom the article is about: an analyst, a reader, or whoever says what should be done."""
        if speaker is None or self.scene.firmness(frame, predicate).modality is Modality.NEED:
            return speaker is not None
        if speaker.type is EntityClass.PERSON:
            expert = any(_EXPERT.match(self.scene.page.text, m.end) for m in speaker.mentions) or _EXPERT.search(speaker.name)
            return bool(expert) or id(speaker) not in self.scene.bodies
        return speaker.type is EntityClass.UNNAMED_SOURCE

    def _opined(self, predicate: Predicate) -> bool:
        """Whether an event is what somebody thinks of: Xの導入に反対した does not make the opponent introduce X."""
        if predicate.kind != "event":
            return False
        token = self.scene.page.sentences[predicate.sentence].doc[predicate.token]
        above = self.scene.fill.by_place.get((predicate.sentence, token.head.i))
        if above is None or token.head.i == token.i:
            return False
        return any(f.property in OPINION and self.scene.filled(f, above) for f in self.scene.rows(above))

    def _governor(self, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """The subject of the verb above: 買収 in 買収を検討する, 離れ in 離れ、転換する."""
        token = self.scene.page.sentences[predicate.sentence].doc[predicate.token]
        for _ in range(_FILLED):
            if token.head.i == token.i:
                break
            token = token.head
            above = self.scene.fill.by_place.get((predicate.sentence, token.i))
            if above is None or above.passive:
                continue
            behind = predicate.kind == "verb" and self._joined(predicate)
            own = [a for a in above.arguments if a.case is Case.GA and not (behind and a.begin >= predicate.end)]
            subjects = [e for a in own for e in self.scene.fill.entities(above.sentence, a)]
            if fitting := [e for e in subjects if e.type in classes]:
                return list(fitting)
        return []

    def _joined(self, predicate: Predicate) -> bool:
        """Whether a verb only leads on to the next clause (開発し、), which has a subject of its own."""
        return self.scene.page.sentences[predicate.sentence].doc[predicate.token].dep_ in ("advcl", "conj", "dep")

    def _carried(self, frame: Frame, predicate: Predicate, classes: frozenset[EntityClass]) -> list[End]:
        """The topic of the sentence before, in a sentence that has none of its own."""
        sentence = self.scene.page.sentences[predicate.sentence]
        if sentence.kind is not Kind.PROSE or predicate.kind == "event":
            return []
        for before in self.scene.page.previous(sentence, 2):
            if found := self._topic(frame, before, before.end, classes):
                return found
        into = frame.property != "uses" or any(a.case is Case.NI for a in predicate.arguments)
        if self.scene.page.main is not None and self.scene.page.main.type in classes and frame.property not in OPINION and into:
            return [self.scene.page.main]
        return []

    def _topic(self, frame: Frame, sentence: Sentence, before: int, classes: frozenset[EntityClass]) -> list[End]:
        """Whom a sentence is about; of a person, where only a body can act so, the person's organization."""
        topics = self.scene.page.topics(before, classes & ACTORS | {EntityClass.PERSON}, sentence.begin)
        return [e for topic in topics for e in self._about(frame, topic, classes)]

    def _about(self, frame: Frame, topic: Entity, classes: frozenset[EntityClass]) -> list[End]:
        if topic.type in SOURCES and frame.property not in OPINION:
            return []
        if topic.type not in classes:
            topic = self.scene.bodies.get(id(topic), topic)
        return [self._body(frame, topic)] if topic.type in classes else []

    def _voiced(self, predicate: Predicate) -> bool:
        """Whether an opinion is one that is heard: 値上げを懸念する声もある."""
        token = self.scene.page.sentences[predicate.sentence].doc[predicate.token]
        judged = self.scene.page.text.startswith("すべき", predicate.end)  # 歓迎すべき動き is what the speaker says of it
        return token.dep_ == "acl" and token.head.text in VOICES and not judged

    def _acting(self, frame: Frame, predicate: Predicate, entity: Entity) -> Entity:
        """Who acts: 社長は値上げを否定した is about what the company does."""
        if self._plural(predicate) and frame.property not in PERSONAL and entity.type is EntityClass.PERSON:
            return self.scene.bodies.get(id(entity), entity)
        if self._told(predicate) and frame.property not in PERSONAL and entity.type is EntityClass.PERSON:
            return self.scene.bodies.get(id(entity), entity)
        return self._body(frame, entity)

    def _told(self, predicate: Predicate) -> bool:
        """Whether it is what somebody says: 値上げをやめると話した, and やめ in 値上げをやめ、定額制を導入すると話した."""
        text, sentence = self.scene.page.text, self.scene.page.sentences[predicate.sentence]
        if predicate.lemma in SAYING or _TOLD.match(text, predicate.end):
            return True
        token = sentence.doc[predicate.token]
        led = token.dep_ in ("advcl", "conj") and token.head.i > token.i and _LED.match(text, predicate.end) is not None
        final = _FINAL.match(text, sentence.span(token.head.i, token.head.i)[1]) if led else None
        return final is not None and _TOLD.match(text, final.end()) is not None

    def _plural(self, predicate: Predicate) -> bool:
        """Whether a speaker says it of the house: うちも使っている."""
        texts = (self.scene.page.text[a.begin : a.end] for a in predicate.arguments if a.case is Case.GA)
        return any(text.rstrip("はもが") in houses() for text in texts)

    def _body(self, frame: Frame, entity: Entity) -> Entity:
        """For whom a role acts: the relation of 幹部らは転換を検討 goes to their organization."""
        office = entity.type is EntityClass.ORGANIZATION and id(entity) in self.scene.bodies
        if frame.property in PERSONAL or not (office or entity.type is EntityClass.PERSON) or any(m.form is Form.NAME for m in entity.mentions):
            return entity
        return self.scene.bodies.get(id(entity), entity)
