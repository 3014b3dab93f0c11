"""What the sentence before an anaphor is about: what goes on with the topic before it, who only stands by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from kg.entity.anaphors import Anaphor
from kg.entity.scene import Part, Scene, Slot, part_of
from kg.entity.thing import Thing
from kg.entity.titles import title_after
from kg.model import EntityClass
from kg.parse import Sentence

_REASON = re.compile(r"(?:ため|から)(?:だ|である|です|だった)(?:という)?。?$")
_ASIDE = re.compile(r"[^、。はが]{0,8}(?:先|買い手|売り手|相手|引き受け手|元|会社|株主|本社|社長|創業者|後任|前任)は[^、は]*$")  # 売却先はY
_CAST = re.compile(r"(主演|助演|監督|脚本|音楽|演出|指揮|作曲|作詞|原作|撮影|美術|編集|装丁|挿絵|翻訳|共演|相手役|聞き手)は[^、。は]*。?$")  # 主演はY
_DEMONSTRATED = ("この", "その", "同")
_BESIDES = re.compile(
    r"(?<!の)(?:大株主|筆頭株主|株主|親会社|主力行|主幹事|取引先|仕入れ先|委託先|発注先|顧客|監査法人|出資者|スポンサー)の(?:[米英仏独伊韓中]|大手)?$"
)
_LASTING = frozenset({EntityClass.ORGANIZATION, EntityClass.MODEL, EntityClass.PLACE})  # people give way to the next one at once
_RATES = re.compile(r"目標株価|投資判断|格付けを|レーティング")
_ACTORS = ("者", "員", "人", "長", "団", "会", "社", "府", "省", "庁", "官", "士", "家", "民", "側", "市", "県", "国", "相", "客")
_JOINS = re.compile(r"(?:加わ|参加|名を連ね|応札|応募|手を挙げ|名乗り|並[びん])[^、。]{0,8}。?$")
_ALSO_JOINS = re.compile(r"[」』]?(?:社|氏|側)?も[^、。はが]{0,12}(?:加わ|参加|名を連ね|応札|応募|手を挙げ|名乗り)[^、。]{0,8}。")
_SHARES = re.compile(r"(?:受け持|担[うっい]|担当|請け負|手伝)[^、。]{0,6}。?$")
_PARTNER = re.compile(r"[」』]?(?:社)?(?:[（(][^（）()]*[)）])?(?:と|に|を|から|へ)(?!よる|よっ|より|対し)")
_GOES_ON = re.compile(r"[」』]?(?:社|氏|側)?は[^。、]{2,40}?(?:おり|ず|せず|て|で|し)、[^。、はが]{0,8}")
_OPENS = re.compile(r"[「『。]|が、|一方")


def partner(scene: Scene, sentence: Sentence, anaphor: Anaphor, slots: Sequence[Slot]) -> Slot | None:
    """Another body of the sentence, where the topic's would be 自社: XはYと提携し、同社の技術を使う."""
    part, head, _ = part_of(sentence.doc, anaphor.token)
    if anaphor.text != "同社" or (head and part >= Part.SUBJECT) or not slots or not (slots[0].part is Part.TOPIC and slots[0].head):
        return None
    others = [slot for slot in slots[1:] if slot.head and slot.thing is not slots[0].thing and _PARTNER.match(scene.text, slot.end)]
    between = scene.text[others[-1].end : anaphor.begin] if others else ""
    return others[-1] if "、" in between and not _OPENS.search(between) else None


def goes_on(scene: Scene, anaphor: Anaphor, slot: Slot) -> bool:
    """Whether the topic of an anaphor's own sentence has had a verb of its own there, and the sentence goes on: Yは否定しており、同社の広報は."""
    here = slot.sentence == anaphor.sentence and slot.part is Part.TOPIC and slot.head and slot.end <= anaphor.begin
    return here and _GOES_ON.fullmatch(scene.text, slot.end, anaphor.begin) is not None


def explains(scene: Scene, anaphor: Anaphor, slots: Sequence[Slot], distance: int) -> bool:
    """Whether a sentence before has no topic of the asked kind and goes on with the one before it: …を絞ったためだ, これまではYに頼ってきた."""
    if not distance:
        return False
    sentence = scene.by_index[slots[0].sentence]
    if all(_is_bystander(scene, slot) for slot in slots):
        return True
    cast = _CAST.match(sentence.text)
    if cast and anaphor.text.startswith(_DEMONSTRATED) and not anaphor.text.endswith(cast[1]):
        return True
    if any(slot.part is Part.TOPIC for slot in slots):
        return False
    subjects = any(slot.part is Part.SUBJECT for slot in slots) or any(_is_actor(token) for token in sentence.doc)
    verbal = any(token.dep_ == "ROOT" and token.tag_.startswith(("動詞", "名詞-普通名詞-サ変")) for token in sentence.doc)
    return bool(_REASON.search(sentence.text) or _ASIDE.match(sentence.text)) or (verbal and not subjects and sentence.quote is None)


def _is_bystander(scene: Scene, slot: Slot) -> bool:
    """Whether a body only comes in beside the one that the text is about: 大株主のY, who sets its 目標株価 or shares its work, …も加わった."""
    if _BESIDES.search(scene.text[max(0, slot.begin - 10) : slot.begin]):
        return True
    if _ALSO_JOINS.match(scene.text, slot.end):
        return True
    text = scene.by_index[slot.sentence].text
    others = len({id(other.thing) for other in scene.slots[slot.sentence] if other.part >= Part.SUBJECT}) > 1
    joins = ("には" in text[:16] and _JOINS.search(text)) or (others and _SHARES.search(text))
    return slot.part >= Part.SUBJECT and bool(_RATES.search(text) or joins)


def is_beside_topic(scene: Scene, anaphor: Anaphor, thing: Thing, things: Sequence[Thing]) -> bool:
    """Whether a body, place or product comes in as topic or subject behind another one's sentence, so either may be meant: Xは…。Yも…。同社は."""
    if not _LASTING & set(anaphor.classes):
        return False
    met = scene.met(anaphor.begin)
    own = [slot for slot in met if slot.thing is thing]
    if not own or own[0].part < Part.SUBJECT or not own[0].head or scene.order[anaphor.sentence] - scene.order[own[0].sentence] != 1:
        return False
    if own[0].part is Part.SUBJECT and "は、" in scene.text[scene.by_index[own[0].sentence].begin : own[0].begin]:
        return False  # 権利は、Yが持つ: Y is what the sentence comes to
    line, before = scene.by_index[own[0].sentence].line, scene.order[own[0].sentence] - 1
    others = [slot for slot in met if slot.thing is not thing and any(slot.thing is other for other in things) and slot.part >= Part.SUBJECT]
    return any(scene.order[slot.sentence] == before and scene.by_index[slot.sentence].line == line for slot in others)


def _is_actor(token: Token) -> bool:
    """Whether a token is a subject other than what belongs to the topic before: 生産は and 価格は are its own."""
    if not token.dep_.startswith(("nsubj", "csubj")):
        return False
    alone = not any(child.dep_ in ("nmod", "acl", "compound", "amod", "det") and child.text != "その" for child in token.lefts)
    return not (alone and token.tag_.startswith("名詞-普通名詞") and not token.text.endswith(_ACTORS) and any(c.text == "は" for c in token.rights))


def styled(scene: Scene, anaphor: Anaphor, slots: list[Slot]) -> list[Slot]:
    """For 同氏 those whom the text called 氏 there, if only some were: 社長はX氏を指名した."""
    if anaphor.text != "同氏":
        return slots
    styled = [slot for slot in slots if title_after(scene.text, slot.end) == "氏"]
    return styled or slots
