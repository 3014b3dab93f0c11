"""Whether an anaphor may mean a thing: its class, its ending, its title, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entity.anaphors import Anaphor, ends_in
from kg.entity.scene import Part, Scene, part_of
from kg.entity.thing import Thing
from kg.entity.titles import sphere, title_after, title_before, titles_beside
from kg.entity.voice import voice
from kg.lexicon import rows
from kg.model import EntityClass, Mention
from kg.parse import Sentence

_BESIDE = re.compile(r"[々㐀-鿿ァ-ヺーA-Za-z]{1,12}[「『]?$")
_OF_PREFECTURE = re.compile(
    "[（(](?:[東西南北]北?)?(?:北海道|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|"
    "京都|大阪|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)[)）]"
)
_BELOW = ("准", "副", "助", "次")  # 同教授 is no 准教授
_PLAYERS = ("選手",)
_COACHES = ("監督", "コーチ")
_ASKERS = ("記者", "インタビュアー", "司会者", "聞き手")
GENDERED = {"彼": "彼女", "彼女": "彼"}


def barred_from(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> list[Thing]:
    """Return the things that cannot be meant: who speaks does not call himself 彼, and 彼 is not 彼女."""
    barred = list(scene.speakers(sentence)) if sentence.quote is not None else []
    if opposite := GENDERED.get(anaphor.text):
        people = {slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.kind is EntityClass.PERSON}
        barred += [thing for thing in people if opposite in thing.voices or voice(scene, thing) == opposite]
    if EntityClass.PERSON in anaphor.classes:
        barred += [slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.role in _ASKERS]  # 記者が尋ねると、彼は
    if anaphor.text == "同氏":
        barred += [slot.thing for slots in scene.slots.values() for slot in slots if slot.thing.role]
        barred += _unstyled(scene, anaphor)
    return barred + _beside(scene, sentence, anaphor)


def _unstyled(scene: Scene, anaphor: Anaphor) -> list[Thing]:
    """Whom a text that calls somebody 氏 names without any title: the dead, the famous, the fictional."""
    named = [slot for slot in scene.met(anaphor.begin) if slot.thing.kind is EntityClass.PERSON and not slot.thing.role]
    if not any(title_after(scene.text, slot.end) == "氏" for slot in named):
        return []
    titled = {id(slot.thing) for slot in named if title_after(scene.text, slot.end) or title_before(scene.text, slot.begin)}
    return [slot.thing for slot in named if id(slot.thing) not in titled]


def _beside(scene: Scene, sentence: Sentence, anaphor: Anaphor) -> list[Thing]:
    """Who acts on an anaphor in its own clause is not meant by it: アオバは同社に賠償を求める."""
    part, head, _ = part_of(sentence.doc, anaphor.token)
    if not head or part not in (Part.OBJECT, Part.OTHER) or anaphor.number != 1:
        return []
    own = [slot for slot in scene.slots.get(sentence.index, []) if slot.end <= anaphor.begin and slot.head and slot.part >= Part.SUBJECT]
    return [slot.thing for slot in own if "、" not in scene.text[slot.end : anaphor.begin]]


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
    if thing.kind is EntityClass.ORGANIZATION and anaphor.text.endswith("校") and _is_school(scene, thing):
        return True
    return ends_in(anaphor.tails, thing.names, words_before(scene.text, thing.mentions) if not anaphor.tails.startswith("!") else ())


def _is_school(scene: Scene, thing: Thing) -> bool:
    """Whether brackets behind a name say only where it is from, as reports of school sports write: 汐路（香川）."""
    return any(_OF_PREFECTURE.match(scene.text, m.end) for m in thing.mentions)


def _is_medium(scene: Scene, anaphor: Anaphor, thing: Thing) -> bool:
    """A body that 同紙 may mean although nothing has said so yet: 週刊, 新聞 in its name or 紙 before it."""
    if EntityClass.OUTLET not in anaphor.classes or thing.kind is not EntityClass.ORGANIZATION or thing.role:
        return False
    media = tuple(row["word"] for row in rows("media.tsv") if row["place"] == "end")
    first = tuple(row["word"] for row in rows("media.tsv") if row["place"] == "begin")
    return ends_in("|".join(media), thing.names, words_before(scene.text, thing.mentions)) or any(name.startswith(first) for name in thing.names)


def words_before(text: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the word right before each mention: 研究部門 of 研究部門「アオバ」."""
    found = (_BESIDE.search(text, max(0, m.begin - 12), m.begin) for m in mentions)
    return [match.group().rstrip("「『") for match in found if match]


def titles_of(text: str, thing: Thing) -> frozenset[str]:
    """Return the titles that stand beside a person's names."""
    return frozenset(title for m in thing.mentions for title in titles_beside(text, m.begin, m.end))
