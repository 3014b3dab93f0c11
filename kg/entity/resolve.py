"""Which thing an anaphor stands for. Nearest is a trap: topic before subject, head before owner, class and ending must fit; a tie is no link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.anaphors import Anaphor, ends_in
from kg.entity.centre import brought_in, explains, partner, styled
from kg.entity.cohesion import told
from kg.entity.parallel import apart
from kg.entity.ranker import chosen
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.entity.successor import successor
from kg.entity.thing import Thing
from kg.entity.titles import sphere, titles_beside
from kg.entity.voice import voice
from kg.lexicon import rows
from kg.model import EntityClass, Mention
from kg.parse import Sentence

_FAR = 12  # sentences back in which an anaphor still finds its thing
_AGO = 2  # sentences back from which on a body is meant by 同社 only if the text is about it
_NEAR = 4  # sentences back in which a class noun alone does
_BESIDE = re.compile(r"[々㐀-鿿ァ-ヺーA-Za-z]{1,12}[「『]?$")
_CONFIDENCE = {Part.TOPIC: 0.9, Part.SUBJECT: 0.85, Part.OBJECT: 0.7, Part.OTHER: 0.65, Part.SOURCE: 0.5}
_TOGETHER = re.compile(
    r"合併|子会社|傘下|株式交換|タッグ|コンビ|対談|対戦|対決|結婚|交際|離婚|再会|統合|提携|買収|吸収|協業|出資|会談|協議|交渉|共同|連携|合弁|子会社化|合意|契約|協力|提訴|訴え|対立|競"
)
_DENIED = re.compile(r"[」』]?(?:氏|さん|社|社長|会長)?(?:で(?:は|も)|じゃ)なく")
_ABOUT = (EntityClass.ORGANIZATION, EntityClass.MODEL)  # what a text goes on with although another is named
_TOLD = 0.7  # how sure is what the construction itself tells (Aと提携し、同社の…),
_OUTRIGHT = 0.75  # how sure is what the words around the anaphor say; no probability goes against it
_CLEARLY = 0.6  # and what another thing must have then
_BELOW = ("准", "副", "助", "次")  # 同教授 is no 准教授
_PLAYERS = ("選手",)
_COACHES = ("監督", "コーチ")
_ASKERS = ("記者", "インタビュアー", "司会者", "聞き手")
_GENDERED = {"彼": "彼女", "彼女": "彼"}


def resolve(scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return the things that an anaphor stands for, none if nothing decides, and how sure that is."""
    sentence = scene.by_index[anaphor.sentence]
    if anaphor.bare == "last":
        return _last(scene, sentence, anaphor)
    if anaphor.bare == "successor":
        return successor(scene, sentence, anaphor)
    if anaphor.bare:
        return _only(scene, anaphor)
    if anaphor.number == 1:
        return _ranked(scene, sentence, anaphor, *by_rules(scene, sentence, anaphor))
    return _several(scene, sentence, anaphor)


def fitting(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> list[Thing]:
    """Return the things that the text before an anaphor names and that it may mean, by class, ending and speaker."""
    barred = _barred(scene, sentence, anaphor)
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
    if other is None or (sure == _TOLD and other[1] < _CLEARLY):
        return meant, sure
    return (other[0],), other[1]


def by_rules(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """Return what a word for one thing stands for: the nearest sentence that names one that fits, of several there the weightiest."""
    if (outright := told(scene, anaphor, fitting(scene, sentence, anaphor))) is not None:
        return (outright,), _OUTRIGHT
    barred = _barred(scene, sentence, anaphor)
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
        if explains(scene, near, distance) and (earlier := _topic_before(scene, sentence, anaphor, near, barred)):
            near = earlier
        if distance == 1 and (new := brought_in(scene, sentence, anaphor, near)):
            return (new.thing,), 0.7
        near = apart(scene, styled(scene, anaphor, _not_subject(scene, sentence, anaphor, near)))
        if not near:
            continue
        best = _best(near, anaphor)
        said = [slot for slot in near if anaphor.text in _GENDERED and voice(scene, slot.thing) == anaphor.text]
        if said:
            best = _best(said, anaphor)
        if anaphor.classes[0] in _ABOUT and _is_aside(best, distance):
            main = scene.main(lambda thing: thing.kind is anaphor.classes[0] and thing not in barred and fits(scene, anaphor, thing), anaphor.begin)
            if main is not None:
                return (main,), 0.6
        return (best.thing,), round(max(0.3, _CONFIDENCE[best.part] - 0.05 * max(0, distance - 1)), 2)
    return _named_after(scene, sentence, anaphor, barred)


def _is_denied(scene: Scene, slot: Slot) -> bool:
    """Whether a sentence names something only to say that it is another: 後継はX氏ではなく、Y氏だ."""
    return _DENIED.match(scene.text, slot.end) is not None


def _is_aside(slot: Slot, distance: int) -> bool:
    """Whether a body is not what the text goes on with: it was named sentences ago, as another's owner, or had something done to it."""
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
    behind = [slot.thing for slot in scene.host_slots(sentence) if slot.begin > anaphor.end and slot.part < Part.SUBJECT]
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
    if slot.part < Part.SUBJECT:
        return slot.part is Part.OTHER and "、" in scene.text[slot.end : anaphor.begin] and EntityClass.ORGANIZATION not in anaphor.classes
    part, head, _ = part_of(sentence.doc, anaphor.token)
    near = "、" not in scene.text[slot.end + 2 : anaphor.begin]
    if near and ((head and part in (Part.OBJECT, Part.OTHER)) or (anaphor.text in _GENDERED and slot.head)):
        return False
    return not (head and part >= Part.SUBJECT and slot.part is Part.SUBJECT and slot.head and _of_one_verb(sentence, anaphor, slot))


def _of_one_verb(sentence: Sentence, anaphor: Anaphor, slot: Slot) -> bool:
    """Whether a subject and an anaphor behind it have one verb: not in X社が受注しており、同社は…, where each has its own."""
    before, own = sentence.tokens(slot.begin, slot.end), sentence.doc[anaphor.token - 1]
    return before is None or before.root.head.i >= own.i


def _barred(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> list[Thing]:
    """Things that cannot be meant: who speaks does not call himself 彼, and 彼 is not 彼女."""
    barred = list(scene.speakers(sentence)) if sentence.quote is not None else []
    if opposite := _GENDERED.get(anaphor.text):
        people = {slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.kind is EntityClass.PERSON}
        barred += [thing for thing in people if opposite in thing.voices or voice(scene, thing) == opposite]
    if EntityClass.PERSON in anaphor.classes:
        barred += [slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.role in _ASKERS]  # 記者が尋ねると、彼は
    if anaphor.text == "同氏":
        barred += [slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.role]
    return barred


def fits(scene: Scene, anaphor: Anaphor, thing: Thing) -> bool:
    """Whether a thing has the class, ending or title that an anaphor asks for."""
    if thing.kind not in anaphor.classes:
        return _is_medium(scene, anaphor, thing) or (anaphor.number == 2 and len(anaphor.classes) > 1 and thing.kind is EntityClass.PLACE)
    if anaphor.title:
        borne = titles_of(scene.text, thing)
        if anaphor.title in _PLAYERS:
            return all(sphere(title) == "sport" and title not in _COACHES for title in borne)
        return any(title.endswith(anaphor.title) and not title.removesuffix(anaphor.title).endswith(_BELOW) for title in borne)
    if thing.role and thing.kind is EntityClass.ORGANIZATION and anaphor.tails.startswith("!"):
        return False
    return ends_in(anaphor.tails, thing.names, _context(scene.text, thing.mentions) if not anaphor.tails.startswith("!") else ())


def _is_medium(scene: Scene, anaphor: Anaphor, thing: Thing) -> bool:
    """A body that 同紙 may mean although nothing has said so yet: 週刊, 新聞 in its name or 紙 before it."""
    if EntityClass.OUTLET not in anaphor.classes or thing.kind is not EntityClass.ORGANIZATION or thing.role:
        return False
    media = tuple(row["word"] for row in rows("media.tsv") if row["place"] == "end")
    first = tuple(row["word"] for row in rows("media.tsv") if row["place"] == "begin")
    return ends_in("|".join(media), thing.names, _context(scene.text, thing.mentions)) or any(name.startswith(first) for name in thing.names)


def _context(text: str, mentions: Sequence[Mention]) -> list[str]:
    found = (_BESIDE.search(text, max(0, m.begin - 12), m.begin) for m in mentions)
    return [match.group().rstrip("「『") for match in found if match]


def titles_of(text: str, thing: Thing) -> frozenset[str]:
    """Return the titles that stand beside a person's names."""
    return frozenset(title for m in thing.mentions for title in titles_beside(text, m.begin, m.end))


def _several(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """As many as asked for out of the nearest sentences: joined by と first, then exactly so many, else none."""
    barred = _barred(scene, sentence, anaphor)
    wanted = anaphor.number or 2
    spare: tuple[Thing, ...] = ()
    for kinds in _kinds(anaphor):
        gathered: list[Slot] = []
        for distance, slots in scene.before(sentence, anaphor.begin):
            known = [*barred, *(slot.thing for slot in gathered)]
            gathered += [slot for slot in slots if slot.thing.kind in kinds and slot.thing not in known and fits(scene, anaphor, slot.thing)]
            things = list(dict.fromkeys(slot.thing for slot in gathered))
            if len(things) >= wanted or distance > _FAR // 2:
                break
        chosen = _pair(scene, anaphor, {slot.sentence for slot in gathered}, kinds, wanted) or _chosen(gathered, wanted, exact=anaphor.number > 0)
        if chosen and kinds != _kinds(anaphor)[-1] and not all(slot.head for slot in gathered if slot.thing in chosen):
            spare = spare or chosen  # ユニクロの柳井氏とソフトバンクの孫氏: 両者 are the two men
            continue
        if chosen:
            return chosen, 0.75
        for distance, slots in scene.before(sentence, anaphor.begin):
            alone = tuple(dict.fromkeys(s.thing for s in slots if s.thing.kind in kinds and s.thing not in barred and fits(scene, anaphor, s.thing)))
            if len(alone) == wanted and distance <= _FAR // 2:
                return alone, 0.6
    return (spare, 0.6) if spare else ((), 0.0)


def _pair(scene: Scene, anaphor: Anaphor, sentences: set[int], kinds: Sequence[EntityClass], wanted: int) -> tuple[Thing, ...]:
    """The two that one sentence brings together (合併, 提携), where those after it name fewer: another company that comes in is none of them."""
    for index in sorted(sentences, reverse=True):
        slots = scene.slots.get(index, ())
        here = [slot for slot in slots if slot.end <= anaphor.begin and slot.thing.kind in kinds and fits(scene, anaphor, slot.thing)]
        things = tuple(dict.fromkeys(slot.thing for slot in here))
        if len(things) > wanted:  # 米X傘下のYは、Zと
            things = tuple(dict.fromkeys(slot.thing for slot in here if slot.head))
        if len(things) > wanted:
            return ()
        if len(things) == wanted == 2 and _TOGETHER.search(scene.by_index[index].text):
            return things
    return ()


def _not_subject(scene: Scene, sentence: Sentence, anaphor: Anaphor, slots: list[Slot]) -> list[Slot]:
    """Without the topic before, where it is the subject left out of the anaphor's own sentence: AはBの側近だった。今は彼を批判する."""
    part, head, _ = part_of(sentence.doc, anaphor.token)
    own = [token for token in sentence.doc if token.dep_.startswith("nsubj")]
    if not head or part not in (Part.OBJECT, Part.OTHER) or own or sentence.quote is not None:
        return slots
    rest = [slot for slot in slots if not (slot.part is Part.TOPIC and slot.head)]
    return rest or slots


def _kinds(anaphor: Anaphor) -> list[tuple[EntityClass, ...]]:
    """One class after the other; for 両者 also a country and a body together."""
    each: list[tuple[EntityClass, ...]] = [(kind,) for kind in anaphor.classes]
    return [*each, (*anaphor.classes, EntityClass.PLACE)] if anaphor.number == 2 and len(each) > 1 else each


def _chosen(slots: Sequence[Slot], wanted: int, *, exact: bool) -> tuple[Thing, ...]:
    things = tuple(dict.fromkeys(slot.thing for slot in slots))
    if len(things) == wanted:
        return things
    for phrase in dict.fromkeys((slot.sentence, slot.phrase) for slot in sorted(slots, key=lambda slot: (-slot.part, slot.begin))):
        inside = [slot for slot in slots if (slot.sentence, slot.phrase) == phrase]
        for members in (inside, [slot for slot in inside if slot.head]):
            joined = tuple(dict.fromkeys(slot.thing for slot in members))
            if len(joined) == wanted or (not exact and len(joined) > 1):
                return joined
    heads = tuple(dict.fromkeys(slot.thing for slot in slots if slot.head and slot.part >= Part.SUBJECT))
    return heads if len(heads) == wanted else ()


def _only(scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """For a noun alone: the only thing of its kind so far, or the one introduced as new; a title's bearer who was last named."""
    sentence = scene.by_index[anaphor.sentence]
    nearest: list[Thing] = []
    for _, slots in scene.before(sentence, anaphor.begin):
        for slot in sorted(slots, key=lambda slot: (-slot.part, slot.begin)):
            if slot.thing not in nearest and fits(scene, anaphor, slot.thing) and (anaphor.bare != "new" or _is_new(scene, anaphor, slot.thing)):
                nearest.append(slot.thing)
    if not nearest or (len(nearest) > 1 and not anaphor.title) or _are_level(scene, anaphor, nearest):
        return (), 0.0
    return (nearest[0],), 0.7 if len(nearest) == 1 else 0.5


def _are_level(scene: Scene, anaphor: Anaphor, nearest: Sequence[Thing]) -> bool:
    """Whether the two nearest bearers of a title stand last in one sentence: 李大統領はトランプ大統領と会った."""
    last = [[slot for slot in scene.met(anaphor.begin) if slot.thing is thing][-1].sentence for thing in nearest[:2]]
    return len(last) > 1 and last[0] == last[1]


def _last(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
    """For 会社 or 党 as a subject: the one of its kind in the nearest sentence that has any, or of several the only one that it is about."""
    if sentence.quote is not None:
        return (), 0.0
    for distance, slots in scene.before(sentence, anaphor.begin):
        fitting = [slot for slot in slots if fits(scene, anaphor, slot.thing)]
        if distance > _NEAR:
            break
        if fitting:
            about = [slot for slot in fitting if slot.head and slot.part is Part.TOPIC] if len({slot.thing for slot in fitting}) > 1 else fitting
            return ((about[0].thing,), 0.7) if len({slot.thing for slot in about}) == 1 else ((), 0.0)
    return (), 0.0


def _is_new(scene: Scene, anaphor: Anaphor, thing: Thing) -> bool:
    """Whether the thing was introduced as what the noun says, or as any named product in quotation marks."""
    if any(words.endswith(anaphor.text) for words in _context(scene.text, thing.mentions)):
        return True
    first = min(thing.mentions, key=lambda m: m.begin)
    return thing.kind is EntityClass.MODEL and scene.text[first.begin - 1 : first.begin] in ("「", "『")
