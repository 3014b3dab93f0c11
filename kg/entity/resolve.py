"""Which thing an anaphor stands for. Nearest is a trap: topic before subject, head before owner, class and ending must fit; a tie is no link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.anaphors import Anaphor
from kg.entity.bare import last, only
from kg.entity.centre import explains, goes_on, is_beside_topic, partner, styled
from kg.entity.cohesion import is_said_last, told
from kg.entity.fits import GENDERED, barred_from, fits
from kg.entity.newcomer import brought_in
from kg.entity.parallel import apart
from kg.entity.ranker import chosen, is_level
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.entity.several import several
from kg.entity.successor import successor
from kg.entity.thing import Thing
from kg.entity.voice import voice
from kg.model import EntityClass
from kg.parse import Sentence

_FAR = 12  # sentences back in which an anaphor still finds its thing
_AGO = 2  # sentences back from which on a body is meant by 同社 only if the text is about it
_NEAR = 4  # sentences back in which a class noun alone does
_CONFIDENCE = {Part.TOPIC: 0.9, Part.SUBJECT: 0.85, Part.OBJECT: 0.7, Part.OTHER: 0.65, Part.SOURCE: 0.5}
_DENIED = re.compile(r"[」』]?(?:氏|さん|社|社長|会長)?(?:で(?:は|も)|じゃ)なく")
_POLLED = re.compile(
    r"」?(?:と(?:答え|回答し|感じ|考え|思[うっい])[るたて]|(?:といった|などの|などと|との|という)(?:書き込み|投稿|口コミ|声|コメント|評価|意見|理由|回答))"
)
_ALSO_DID = re.compile(r"[」』]?(?:社|氏|側)?も[^、。]{1,30}[たるい]が、")  # Yも応札したが、同社が
_ABOUT = (EntityClass.ORGANIZATION, EntityClass.MODEL)  # what a text goes on with although another is named
_TOLD = 0.7  # how sure is what the construction itself tells (Aと提携し、同社の…),
_OUTRIGHT = 0.75  # how sure is what the words around the anaphor say; no probability goes against it
_WEAK = 0.65  # how sure is what stands in no part of weight; then no other may be as probable
_CLEARLY = 0.6  # and what another thing must have then


def resolve(scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return the things that an anaphor stands for, none if nothing decides, and how sure that is."""
    sentence = scene.by_index[anaphor.sentence]
    if anaphor.bare == "last":
        return last(scene, sentence, anaphor)
    if anaphor.bare == "successor":
        return successor(scene, sentence, anaphor)
    if anaphor.bare:
        return only(scene, anaphor)
    if anaphor.number == 1 and _is_polled(scene, sentence, anaphor):
        return (), 0.0
    if anaphor.number == 1:
        meant, sure = _ranked(scene, sentence, anaphor, *by_rules(scene, sentence, anaphor))
        open_still = sure != _OUTRIGHT and any(is_beside_topic(scene, anaphor, thing, fitting(scene, sentence, anaphor)) for thing in meant)
        return ((), 0.0) if open_still else (meant, sure)
    return several(scene, sentence, anaphor)


def _is_polled(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> bool:
    """Whether この points at what somebody without a name has before him: 「この会社を勧めたい」と答えた社員は3割."""
    if sentence.quote is None or not anaphor.text.startswith("この"):
        return False
    return _POLLED.match(scene.text, scene.article.quotes[sentence.quote].end) is not None


def fitting(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> list[Thing]:
    """Return the things that the text before an anaphor names and that it may mean, by class, ending and speaker."""
    barred = barred_from(scene, sentence, anaphor)
    stood = [slot for slots in scene.slots.values() for slot in slots if slot.end <= anaphor.begin]
    before = dict.fromkeys(slot.thing for slot in stood if not (_is_denied(scene, slot) and slot.begin == slot.thing.begin))
    found = [thing for thing in before if thing not in barred and fits(scene, anaphor, thing)]
    if anaphor.number != 1:
        return found
    last = {id(slot.thing): slot for slot in sorted(stood, key=lambda slot: slot.begin) if slot.thing in found}
    alone = {id(slot.thing) for slot in apart(scene, list(last.values()))}
    return [thing for thing in found if id(thing) in alone]


def _ranked(scene: Scene, sentence: Sentence, anaphor: Anaphor, meant: tuple[Thing, ...], sure: float) -> tuple[tuple[Thing, ...], float]:
    """What the rules take, unless another thing is clearly more probable."""
    if sure == _OUTRIGHT:
        return meant, sure
    other = chosen(scene, sentence, anaphor, fitting(scene, sentence, anaphor), meant[0] if meant else None) if len(meant) < 2 else None
    if other is None and meant and sure <= _WEAK and _is_doubtful(scene, sentence, anaphor, meant[0]):
        return (), 0.0
    if other is None or (sure == _TOLD and other[1] < _CLEARLY):
        return meant, sure
    if meant and anaphor.text in GENDERED and voice(scene, meant[0]) == anaphor.text != voice(scene, other[0]):
        return meant, sure  # 娘の汐: 彼女 is she
    return (other[0],), other[1]


def _is_doubtful(scene: Scene, sentence: Sentence, anaphor: Anaphor, thing: Thing) -> bool:
    """Whether a thing that stands in no part of weight, nor is what its sentence comes to (対照的なのがYだ), has another as probable."""
    stood = [slot for slot in scene.met(anaphor.begin) if slot.thing is thing]
    return bool(stood) and not is_said_last(scene, stood[-1]) and is_level(scene, sentence, anaphor, fitting(scene, sentence, anaphor), thing)


def by_rules(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return what a word for one thing stands for: the nearest sentence that names one that fits, of several there the weightiest."""
    if (outright := told(scene, anaphor, fitting(scene, sentence, anaphor))) is not None:
        return (outright,), _OUTRIGHT
    barred = barred_from(scene, sentence, anaphor)
    for distance, slots in scene.before(sentence, anaphor.begin):
        if distance > _FAR:
            break
        near = [slot for slot in slots if slot.thing not in barred and fits(scene, anaphor, slot.thing) and not _is_denied(scene, slot)]
        if distance == 0:
            near = [slot for slot in near if _same_sentence(scene, sentence, anaphor, slot)]
        if not near:
            continue
        if EntityClass.PLACE in anaphor.classes and not any(slot.head for slot in near):
            near = _topic_before(scene, sentence, anaphor, near, barred) or near  # 中国の企業が…。この国
        if distance == 0 and (other := partner(scene, sentence, anaphor, [slot for slot in slots if fits(scene, anaphor, slot.thing)])):
            return (other.thing,), _TOLD
        if explains(scene, anaphor, near, distance) and (earlier := _topic_before(scene, sentence, anaphor, near, barred)):
            near = earlier
        if distance == 1 and (new := brought_in(scene, sentence, anaphor, near)):
            return (new.thing,), 0.7
        narrowed = _not_subject(scene, sentence, anaphor, near)
        near = apart(scene, styled(scene, anaphor, narrowed))
        if not near:
            continue
        best = _best(near, anaphor)
        if _is_outright(scene, anaphor, narrowed, best, distance):
            return (best.thing,), _OUTRIGHT
        said = [slot for slot in near if anaphor.text in GENDERED and voice(scene, slot.thing) == anaphor.text]
        if not said and (woman := _woman_before(scene, sentence, anaphor)):
            return (woman,), 0.7
        if said:
            best = _best(said, anaphor)
        if _is_aside(anaphor, best, distance) and (main := _main(scene, anaphor, barred)):
            return (main,), 0.6
        return (best.thing,), round(max(0.3, _CONFIDENCE[best.part] - 0.05 * max(0, distance - 1)), 2)
    return _named_after(scene, sentence, anaphor, barred)


def _is_outright(scene: Scene, anaphor: Anaphor, narrowed: Sequence[Slot], best: Slot, distance: int) -> bool:
    """Whether no other can be meant: XはYを買収する。同社の技術を手に入れる, and what a sentence goes on about."""
    if distance == 0:
        return anaphor.classes[0] in _ABOUT and goes_on(scene, anaphor, best)
    alone = len(narrowed) == 1 < len(scene.slots[best.sentence])
    return distance == 1 and anaphor.text == "同社" and alone and best.part is Part.OBJECT


def _main(scene: Scene, anaphor: Anaphor, barred: Sequence[Thing]) -> Thing | None:
    """What the text is about, of what an anaphor may mean."""
    return scene.main(lambda thing: thing.kind is anaphor.classes[0] and thing not in barred and fits(scene, anaphor, thing), anaphor.begin)


def _woman_before(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> Thing | None:
    """The nearest whom the text says to be a woman, for 彼女 where nothing says so of anybody nearer."""
    known = (s.thing for d, slots in scene.before(sentence, anaphor.begin) if d <= _NEAR for s in slots if voice(scene, s.thing) == "彼女")
    return next(known, None) if anaphor.text == "彼女" and sentence.quote is None else None


def _is_denied(scene: Scene, slot: Slot) -> bool:
    """Whether a sentence names something only to say that it is another: 後継はX氏ではなく、Y氏だ."""
    return _DENIED.match(scene.text, slot.end) is not None


def _is_aside(anaphor: Anaphor, slot: Slot, distance: int) -> bool:
    """Whether a body is not what the text goes on with: it was named sentences ago, as another's owner, or had something done to it."""
    if anaphor.classes[0] not in _ABOUT:
        return False
    beside = slot.part in (Part.OBJECT, Part.SOURCE) or (slot.thing.kind is EntityClass.MODEL and slot.part is Part.OTHER)
    return distance >= _AGO or (not slot.head and slot.part is not Part.TOPIC) or beside


def _topic_before(scene: Scene, sentence: Sentence, anaphor: Anaphor, here: Sequence[Slot], barred: Sequence[Thing]) -> list[Slot]:
    """What the sentence before a reason is about."""
    earlier = (s for _, s in scene.before(sentence, anaphor.begin) if s and s[0].sentence < here[0].sentence)
    slots = next(earlier, [])
    return [slot for slot in slots if slot.part >= Part.SUBJECT and slot.thing not in barred and fits(scene, anaphor, slot.thing)]


def _named_after(scene: Scene, sentence: Sentence, anaphor: Anaphor, barred: Sequence[Thing]) -> tuple[tuple[Thing, ...], float]:
    """「彼なら勝てる」とX監督はY選手をたたえた: who is named behind the quotation and does not speak."""
    if sentence.quote is None:
        return (), 0.0
    behind = [slot.thing for slot in scene.telling(sentence) if slot.begin > anaphor.end and slot.part < Part.SUBJECT]
    found = tuple(dict.fromkeys(thing for thing in behind if thing not in barred and fits(scene, anaphor, thing)))
    return (found, 0.5) if len(found) == 1 else ((), 0.0)


def _best(slots: Sequence[Slot], anaphor: Anaphor) -> Slot:
    """The slot of the highest part, heads before owners, leftmost for bodies and people, last for products."""
    if EntityClass.MODEL in anaphor.classes:
        return max(slots, key=lambda slot: (min(slot.part, Part.SUBJECT) if slot.part >= Part.SUBJECT else 0, slot.begin))
    return min(slots, key=lambda slot: (-_weight(slot), _place(slot)))


def _weight(slot: Slot) -> float:
    """A topic's owner still outweighs another phrase's head."""
    return {Part.TOPIC: 6.0, Part.SUBJECT: 5.0, Part.OBJECT: 2.0, Part.OTHER: 1.5, Part.SOURCE: 0.0}[slot.part] + (0.5 if slot.head else 0.0)


def _place(slot: Slot) -> int:
    """Of several subjects the last one's clause is the main one; of all else the leftmost leads."""
    return -slot.begin if slot.part is Part.SUBJECT and slot.head else slot.begin


def _same_sentence(scene: Scene, sentence: Sentence, anaphor: Anaphor, slot: Slot) -> bool:
    """Whether an earlier word of the sentence may be meant: a topic or subject before, unless both are arguments of one verb."""
    if _ALSO_DID.match(scene.text, slot.end):
        return False
    if slot.part < Part.SUBJECT:
        return slot.part is Part.OTHER and "、" in scene.text[slot.end : anaphor.begin] and EntityClass.ORGANIZATION not in anaphor.classes
    part, head, _ = part_of(sentence.doc, anaphor.token)
    near = "、" not in scene.text[slot.end + 2 : anaphor.begin]
    if near and ((head and part in (Part.OBJECT, Part.OTHER)) or (anaphor.text in GENDERED and slot.head)):
        return False
    return not (head and part >= Part.SUBJECT and slot.part is Part.SUBJECT and slot.head and _of_one_verb(sentence, anaphor, slot))


def _of_one_verb(sentence: Sentence, anaphor: Anaphor, slot: Slot) -> bool:
    """Whether a subject and an anaphor behind it have one verb: not in X社が受注しており、同社は…, where each has its own."""
    before, own = sentence.tokens(slot.begin, slot.end), sentence.doc[anaphor.token - 1]
    return before is None or before.root.head.i >= own.i


def _not_subject(scene: Scene, sentence: Sentence, anaphor: Anaphor, slots: list[Slot]) -> list[Slot]:
    """Without the topic before, where it is the subject left out of the anaphor's own sentence: AはBの側近だった。今は彼を批判する.

    同社の技術を使う: what is not 自社の is another's.
    """
    part, head, _ = part_of(sentence.doc, anaphor.token)
    own = [token for token in sentence.doc if token.dep_.startswith("nsubj")]
    another = part is Part.OBJECT and anaphor.text == "同社"
    if not (another or (head and part in (Part.OBJECT, Part.OTHER))) or own or sentence.quote is not None:
        return slots
    rest = [slot for slot in slots if not (slot.part is Part.TOPIC and slot.head)]
    return rest or slots
