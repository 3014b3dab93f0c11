"""Predicates to relations by the rows of `frames.tsv`: 延期した, a relative clause, a noun (買収), and what another verb says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Case, Entity, Form, Modality, Predicate, Stance
from kg.relation.frame import Frame, Place
from kg.relation.object import COMPONENT, Objects
from kg.relation.repair import DEEDS
from kg.relation.scene import End, Scene
from kg.relation.select import ENDS, OPINION, SYMMETRIC
from kg.relation.subject import ASKING, Subjects
from kg.relation.unsaid import Unsaid, leaves_out
from kg.strategy import Course

STOPPING = frozenset(("suspends", "abandons"))
UNDONE = frozenset(("releases", "uses", "acquires", "hires", "investsIn", "partnersWith", "pursues"))
_DENIED = frozenset(("acquires", "hires", "investsIn"))  # of which a halt tells that they were not
_INSIDE = re.compile(
    "(?:CPU|GPU|SoC|OS|チップセット|チップ|プロセッサー?|ソフト|カメラ|画面|液晶|ディスプレイ|センサー|エンジン|モーター|電池|バッテリー|レンズ)$"
)
_MAKING = frozenset(("量産", "生産", "製造", "増産", "刷新", "改修", "再設計"))  # whose stop says nothing of who developed it
_LASTING = frozenset(("販売", "提供", "運営", "運行", "供給", "放送", "営業", "サービス", "連載", "発行", "増刷"))
_LATER = re.compile(  # 発売を来春に延期する, 投入を2年程度遅らせる
    r"の?(?:時期|開始)?を[^。「」]{0,24}(?:[年月日週間春夏秋冬旬頃半初末]|以降|程度|ほど)[にへ]?(?:延期|先送り|遅らせ|遅らす|後ろ倒し|ずらし|ずらす)"
)
_DUE = re.compile(
    r"(?:予定|計画)(?:より|から)|(?:予定|計画)し(?:て(?:い|おり)|た)|予定だった|控え(?:る|た|て)"
)  # …に予定していた「X」の公開を延期する
_PUT_OFF = re.compile(r"の?(?:時期|開始)?(?:を|が)[^。「」、]{0,16}(?:延期|先送り|遅らせ|遅れ|後ろ倒し|ずれ込)")
_STAGE = re.compile("初日|記念|直前|前夜|日")
_OWN = re.compile("自社|当社|弊社")
_TELLING = frozenset(("発表", "公開", "披露"))
_OUGHT = re.compile("[^。、」]{1,8}べき(?:で|じゃ)")  # 急ぐべきではない
_DEMANDS = frozenset(("求める", "要求", "要請", "要望", "必要", "不可欠", "急務", "迫る"))
_ENDS = re.compile("(?:廃止|撤廃|停止|中止|禁止|撤回|見直し|法案?|条例)$")
_TURNS = frozenset(("転換", "移行", "シフト", "切り替える", "切り替え", "乗り換える", "乗り換え", "転じる"))
_CALLED = re.compile("[一-龥ァ-ヺーA-Za-z0-9]{2,}の?[「『]?$")
_NEITHER = re.compile("肯定も否定も|否定も肯定も")


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

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.subjects, self.objects = Subjects(scene), Objects(scene)
        self._stopped: dict[int, Stance] = {}
        self.unsaid: list[Unsaid] = []  # filled by `read`

    def read(self) -> list[Found]:
        """Return every relation that a frame finds, in the order of the text."""
        found = [f for p in self.scene.predicates for f in self._predicate(p)]
        found = [kept for f in found if (kept := self._halted(f)) is not None]
        return [*found, *_opposed(found), *self._changed(found)]

    def _changed(self, found: list[Found]) -> Iterator[Found]:
        """A course taken instead of a thing that stands for another: 直営店「X」からフランチャイズ展開への転換 of a firm with a 直営方式."""
        page = self.scene.page
        for f in found:
            if f.property != "pursues" or f.predicate.lemma not in _TURNS or not isinstance(f.object, Course):
                continue
            left = (g.object for g in found if g.property == "abandons" and g.subject is f.subject and g.predicate.sentence == f.predicate.sentence)
            sentence = page.sentences[f.predicate.sentence]
            for thing in (e for e in left if isinstance(e, Entity)):
                spot = next((s for s in page.within(sentence.begin, f.predicate.begin) if thing in s.entities), None)
                words = _CALLED.search(page.text, sentence.begin, spot.begin) if spot is not None else None
                course = self.scene.courses.described(words.group(), f.object) if words is not None else None
                if course is not None:
                    yield replace(f, subject=course, property="opposes", stance=Stance())

    def _halted(self, found: Found) -> Found | None:
        """What a verb that halts the event leaves: 買収を断念した is no purchase, リリースを延期した releases nothing."""
        stance = self._stopped.get(id(found.predicate))
        if stance is not None and found.predicate.lemma in _MAKING:
            return None
        if stance is not None and found.property == "releases" and found.predicate.lemma in _LASTING:
            return replace(found, stance=Stance())  # 販売を終了する: it was sold
        if stance is None or found.property not in UNDONE:
            return found
        if found.property == "releases" and not stance.negated and self._put_off(found.predicate):
            return replace(found, stance=replace(stance, modality=Modality.PLAN))
        if found.property not in _DENIED or stance.negated:
            return None
        return replace(found, stance=replace(stance, negated=True))

    def _put_off(self, predicate: Predicate) -> bool:
        """Whether what is halted is only put off to a date, or from one."""
        page = self.scene.page
        start = page.sentences[predicate.sentence].begin
        due = _DUE.search(page.text, start, predicate.end + 16) is not None and _PUT_OFF.match(page.text, predicate.end) is not None
        return due or _LATER.match(page.text, predicate.end) is not None

    def _predicate(self, predicate: Predicate) -> list[Found]:
        spot = self.scene.page.over(predicate.begin)
        if spot is not None and spot.form is Form.NAME and spot.begin < predicate.begin and predicate.end == spot.end:
            return []  # 日本代表: a name's last word says nothing
        found = list(self._rows(predicate))
        built_in = self._part(predicate) and any(f.property == "partOf" for f in found)
        return [f for f in found if not (built_in and f.property == "uses")]

    def _rows(self, predicate: Predicate) -> Iterator[Found]:
        seen: set[tuple[str, int]] = set()
        for frame in self.scene.rows(predicate):
            if not self._applies(frame, predicate):
                continue
            pairs = [(key, found) for found in self._pairs(frame, predicate) if (key := _key(found)) not in seen]
            seen.update(key for key, _ in pairs)  # a later row adds nothing to an object, but one row may have several subjects
            yield from (found for _, found in pairs)
        self._stop(predicate)

    def _part(self, predicate: Predicate) -> bool:
        """Whether what is built in goes into a product that is left out, so that nobody is said to use it: Xを搭載している."""
        into = any(a.case is Case.NI and _INSIDE.search(self.scene.page.text[a.begin : a.end]) for a in predicate.arguments)
        if predicate.lemma not in COMPONENT or (predicate.lemma == "採用" and not into):
            return False
        own = any(a.case is Case.NI and _OWN.search(self.scene.page.text, max(0, a.begin - 6), a.end) for a in predicate.arguments)
        return not own and not any(a.case is Case.GA and not a.inferred for a in predicate.arguments)

    def _stop(self, predicate: Predicate) -> None:
        """Note the events that a frame halts: リリースを延期した releases nothing."""
        if not any(f.property in STOPPING and self._formed(f, predicate) for f in self.scene.rows(predicate)):
            return
        for argument in predicate.arguments:
            if argument.case in (Case.WO, Case.NI, Case.GA, Case.KARA) and (event := self.scene.fill.event(predicate.sentence, argument)):
                self._stopped[id(event)] = self.scene.stance(self.scene.page.sentences[predicate.sentence], predicate.token)

    def _applies(self, frame: Frame, predicate: Predicate) -> bool:
        if not frame.subject and (self._describes(predicate) or (frame.kind != "denied" and self._denied(predicate))):
            return False  # 賢明な商売 is no judgement of the trade; 危険ではない
        if predicate.lemma == "向ける" and frame.property == "pursues" and any(a.case is Case.WO for a in predicate.arguments):
            return False  # 視線を向ける
        if frame.property in OPINION and predicate.lemma in ASKING and self._unasked(predicate):
            return False  # 撤回を迫った事実はない
        if frame.property == "releases" and predicate.lemma in _TELLING and self.scene.page.text[predicate.begin - 1] == "と":
            return False  # X を併用すると誤りが減ったと発表した
        if frame.property == "acquires" and Place(Case.TO) in frame.object and any(a.case is Case.WO for a in predicate.arguments):
            return False  # XとYは事業を統合する
        if frame.property == "releases" and predicate.kind == "event" and _STAGE.match(self.scene.page.text, predicate.end):
            return False  # who comes on stage on the 公開初日 releases nothing
        if predicate.lemma in ("肯定", "否定") and _NEITHER.search(self.scene.page.text, max(0, predicate.begin - 4), predicate.end + 4):
            return False
        return self._formed(frame, predicate)

    def _describes(self, predicate: Predicate) -> bool:
        """Whether a judgement stands before the noun that it describes."""
        token = self.scene.page.sentences[predicate.sentence].doc[predicate.token]
        return token.dep_ in ("acl", "amod", "nmod") and token.head.i > token.i and token.head.text not in DEEDS

    def _denied(self, predicate: Predicate) -> bool:
        return self.scene.stance(self.scene.page.sentences[predicate.sentence], predicate.token).negated

    def _unasked(self, predicate: Predicate) -> bool:
        """Whether nothing was asked for, or only may be."""
        stance = self.scene.stance(self.scene.page.sentences[predicate.sentence], predicate.token)
        return stance.negated or stance.modality in (Modality.POSSIBILITY, Modality.CONDITION)

    def _formed(self, frame: Frame, predicate: Predicate) -> bool:
        if frame.kind == "causative":
            if not any(a.case is Case.CAUSER for a in predicate.arguments):
                return False
        elif frame.kind == "denied":
            if not self._denied(predicate):
                return False
        elif frame.kind and frame.kind != predicate.kind:
            return False
        return self.scene.filled(frame, predicate)

    def _pairs(self, frame: Frame, predicate: Predicate) -> Iterator[Found]:
        things, topical = self.objects.of(frame, predicate)
        if not things:
            if frame.property in STOPPING and leaves_out(self.scene.page, frame, predicate):
                stance = self.scene.firmness(frame, predicate)
                doers = [e for e in self.subjects.of(frame, predicate, False) if isinstance(e, Entity)]
                self.unsaid.extend(Unsaid(e, frame, predicate, stance) for e in doers)
            yield from self._mutual(frame, predicate)
            return
        asked = self.subjects.asked(predicate, ENDS[frame.property][0])
        subjects = self.subjects.of(frame, predicate, topical) if asked is None else asked
        stance = self.scene.firmness(frame, predicate)
        if asked is not None and stance.modality is Modality.FACT:
            stance = replace(stance, modality=Modality.NEED)
        subjects = self._advised(frame, predicate, stance, subjects) if asked is None else subjects
        if not subjects:
            yield from (found for thing in things for found in self._urged(frame, predicate, stance, None, thing))
        for subject in subjects:
            for thing in things:
                if subject is not thing:
                    yield Found(subject, frame.property, thing, predicate, stance, frame.rule, 0.8)
                    yield from self._urged(frame, predicate, stance, subject, thing)
                    yield from self._due(frame, predicate, subject, thing)

    def _advised(self, frame: Frame, predicate: Predicate, stance: Stance, subjects: list[End]) -> list[End]:
        """Who should act where he who says so stands in the subject's place: 館長は展示を続けるべきだとの考えを示した is about his museum."""
        if stance.modality is not Modality.NEED or frame.property in OPINION:
            return subjects
        speakers = self.subjects.saying(predicate)
        bodies: list[End | None] = [self.scene.bodies.get(id(s)) if s in speakers else s for s in subjects]
        return [s for s in bodies if s is not None]

    def _due(self, frame: Frame, predicate: Predicate, holder: End, thing: End) -> Iterator[Found]:
        """What the body that the article is about should do, where nobody else is asked for it: 「設備投資の積み増しが必要だ」."""
        main = self.scene.page.main
        if frame.property != "supports" or predicate.lemma not in _DEMANDS or not isinstance(thing, Course):
            return
        if main is None or not isinstance(holder, Entity) or main in (holder, self.scene.bodies.get(id(holder))):
            return
        begin, end = self.scene.courses.place(thing)
        if _ENDS.search(self.scene.page.text, begin, end):
            return
        if not any(a.case is Case.NI and not a.inferred and self.scene.fill.entities(predicate.sentence, a) for a in predicate.arguments):
            yield Found(main, "pursues", thing, predicate, Stance(Modality.NEED), frame.rule, 0.6)

    def _mutual(self, frame: Frame, predicate: Predicate) -> Iterator[Found]:
        """What two do with each other: 両社は契約に調印する."""
        if frame.property not in SYMMETRIC or frame.object[0].case is not Case.TO:
            return
        both = [e for e in self.subjects.of(frame, predicate, False) if isinstance(e, Entity)]
        if len(both) == 2:
            yield Found(both[0], frame.property, both[1], predicate, self.scene.firmness(frame, predicate), frame.rule, 0.7)

    def _urged(self, frame: Frame, predicate: Predicate, stance: Stance, subject: End | None, thing: End) -> Iterator[Found]:
        """Who says that another should take a course supports it: 「生産を国内に戻すべきだ」と教授は言う."""
        name = {"pursues": "supports", "abandons": "criticizes", "suspends": "criticizes"}.get(frame.property)
        if name is None or stance.modality is not Modality.NEED or not isinstance(thing, Course):
            return
        if stance.negated:
            if not _OUGHT.match(self.scene.page.text, predicate.begin):
                return
            name = "criticizes" if name == "supports" else "supports"
        for speaker in self.subjects.saying(predicate):
            if speaker is not subject:
                yield Found(speaker, name, thing, predicate, Stance(), frame.rule, 0.6)


def _key(found: Found) -> tuple[str, int]:
    return found.property, id(found.object) if isinstance(found.object, Entity) else hash(found.object)


def _opposed(found: list[Found]) -> Iterator[Found]:
    """One course left for the other by one predicate: 終身雇用からジョブ型雇用に転換."""
    left = {(id(f.predicate), id(f.subject)): f for f in found if f.property == "abandons" and isinstance(f.object, Course)}
    for f in found:
        other = left.get((id(f.predicate), id(f.subject)))
        if f.property == "pursues" and other is not None and f.object != other.object:
            yield replace(f, subject=other.object, property="opposes", stance=Stance())
