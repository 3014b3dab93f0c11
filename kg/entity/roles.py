"""Roles that speak (広報担当者), bodies by a common noun (市議会) and sources without a name (関係者): one thing a body and article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.entity.fits import titles_of
from kg.entity.office import is_general
from kg.entity.scene import Part, Scene
from kg.entity.thing import Thing
from kg.entity.titles import all_titles, unique_titles
from kg.lexicon import rows
from kg.model import EntityClass, Form, Mention
from kg.parse import Article

_APPOSED = re.compile(r"(?:の|である|、|・|「)?")
_OWNER = re.compile(r"(?:側|社)?(?:の)?[^、。「」『』はがをにへ\n]{0,14}(?:の|である|で)?")
_OWNERS = (EntityClass.ORGANIZATION, EntityClass.OUTLET, EntityClass.PLACE, EntityClass.MODEL)
_ENDS_PLACE = ("市", "県", "町", "村", "区", "州")
_ONE = (
    "女性",
    "男性",
    "男",
    "女",
    "医師",
    "弁護士",
    "会社員",
    "主婦",
    "看護師",
    "被害者",
)  # belong to no body, but are one person where one of them spoke
_AGAIN = r"(?=ら?[はがもにを])"
_INTRODUCED = re.compile(r"(?<![々一-鿿ァ-ヺー])([々一-鿿ァ-ヺー]{1,6}[長者家手師員官人主職士督役])(?:の|、|である|で)$")
_OF_ANOTHER = re.compile("[店社局院校所場団会部課館園]の$")
_ALSO = re.compile("[」』]?[一-龥々]{0,8}も")
_TITLE_JOIN = re.compile(r"(?:の|である|、)?")
_KANA_BEFORE = re.compile(r"^[ァ-ヺー]+(?=[一-龥]{2})")


def place_roles(scene: Scene, things: list[Thing], mentions: Sequence[Mention]) -> None:
    """Give every role mention its thing: a named person beside it, the bearer of the title, an earlier role of its body, or a new one."""
    for mention in sorted(mentions, key=lambda m: m.begin):
        if any(m.begin <= mention.begin < m.end for thing in things for m in thing.mentions):
            continue
        thing = _person_beside(scene, things, mention) or _place_of(scene, things, mention)
        if thing is None and not _one_of_several(things, mention):
            thing = _role(scene, things, mention)
        if thing is not None:
            scene.add(thing, mention)


def again(article: Article, things: Sequence[Thing], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the roles and their words' later occurrences where they do not speak: 広報担当者はコメントを避けた."""
    taken = [(m.begin, m.end) for m in (*mentions, *(m for thing in things for m in thing.mentions))]
    found = list(mentions)
    text = article.document.text
    nouns = {m.text for m in mentions if m.type is EntityClass.PERSON and (canonical(m.text) not in _free() or m.text in _ONE)}
    starts = _starts(article) if nouns else frozenset()
    for noun in sorted(nouns, key=lambda noun: (-len(noun), noun)):
        for match in re.finditer(re.escape(noun) + _AGAIN, text):
            begin, end = match.start(), match.start() + len(noun)
            if begin in starts and not is_general(text, end) and not any(b < end and begin < e for b, e in taken):
                taken.append((begin, end))
                found.append(Mention(begin, end, noun, EntityClass.PERSON, Form.ROLE, "role again", 0.7))
    return tuple(sorted(found, key=lambda m: m.begin))


def _starts(article: Article) -> frozenset[int]:
    """Where the article's tokens begin."""
    return frozenset(sentence.offsets[start] for sentence in article.sentences for start in sentence.starts)


def call_again(scene: Scene, things: Sequence[Thing]) -> None:
    """Link the noun that a person was introduced by where it comes again alone: 料理長の道場さんは…。料理長は…."""
    called: dict[str, Thing | None] = {}
    for thing in things:
        for mention in thing.mentions if thing.kind is EntityClass.PERSON and not thing.role else ():
            found = _INTRODUCED.search(scene.text, max(0, mention.begin - 12), mention.begin) if mention.form is Form.NAME else None
            if found:
                called[found[1]] = thing if called.get(found[1], thing) is thing else None
    starts = _starts(scene.article) if called else frozenset()
    for noun, bearer in called.items():
        if bearer is None or any(noun in t.role for t in things):
            continue
        noun = _KANA_BEFORE.sub("", noun)  # リンゴ農家, then 農家
        for match in re.finditer(rf"(?<![々一-鿿ァ-ヺーの]){re.escape(noun)}(?=[はがもにを])", scene.text):
            free = not any(m.begin < match.end() and match.start() < m.end for t in things for m in t.mentions)
            if free and match.start() > bearer.begin and match.start() in starts and not is_general(scene.text, match.end()):
                bearer.refer(match.start(), noun, Form.NOUN, "introduced so", 0.7)
                scene.add(bearer, bearer.mentions[-1])


def _person_beside(scene: Scene, things: Sequence[Thing], mention: Mention) -> Thing | None:
    """広報担当者の山田太郎氏: the role is the person's."""
    if mention.type is not EntityClass.PERSON:
        return None
    joint = _APPOSED.match(scene.text, mention.end)
    at = joint.end() if joint else mention.end
    found = next((t for t in things if t.kind is EntityClass.PERSON and not t.role and any(m.begin == at for m in t.mentions)), None)
    if found is None:
        found = _bearer(scene, things, mention)
    if found is not None:
        found.mentions.append(_as(mention, found.kind, Form.NOUN, "role of a named person"))
    return found


def _bearer(scene: Scene, things: Sequence[Thing], mention: Mention) -> Thing | None:
    """社長 alone: the one whom the article calls so, of the same body where both are known."""
    noun = canonical(mention.text)
    if noun not in all_titles() and not any(_is_called(scene, t, noun) for t in things if t.kind is EntityClass.PERSON and not t.role):
        return None
    body = owner(scene, things, mention.begin)
    if body is None and _OF_ANOTHER.search(scene.text, max(0, mention.begin - 4), mention.begin):
        return None  # 販売店の社長は
    fitting = []
    for thing in things:
        if thing.kind is EntityClass.PERSON and not thing.role and thing.begin < mention.begin and _is_called(scene, thing, noun):
            theirs = body_of(scene, things, thing)
            if body is None or theirs is None or theirs is body:
                fitting.append(thing)
    if not fitting or (body is None and noun not in unique_titles() and len(fitting) > 1):
        return None
    return _salient(scene, fitting, mention)


def _is_called(scene: Scene, thing: Thing, noun: str) -> bool:
    if noun in titles_of(scene.text, thing):
        return True
    behind = re.compile(re.escape(noun) + _TITLE_JOIN.pattern + "$")
    return any(behind.search(scene.text, max(0, m.begin - 24), m.begin) for m in thing.mentions)


def _salient(scene: Scene, fitting: Sequence[Thing], mention: Mention) -> Thing | None:
    """The weightiest of the nearest sentence, none where two are its heads: A大統領はB大統領と会った. 大統領は…."""
    sentence = scene.sentence_of(mention.begin)
    if sentence is not None:
        for _, slots in scene.before(sentence, mention.begin):
            near = [slot for slot in slots if slot.thing in fitting]
            if len({id(slot.thing) for slot in near if slot.head}) > 1 and mention.text in unique_titles():
                return None
            if len(fitting) > 1 and any(_ALSO.match(scene.text, slot.end) for slot in near):
                return None  # X市長は…。Y市長も同行した。市長は
            if near:
                return max(near, key=lambda slot: (slot.part, -slot.begin)).thing
    return fitting[-1]


def _place_of(scene: Scene, things: Sequence[Thing], mention: Mention) -> Thing | None:
    """市 where one city is named, or acts: the city."""
    if mention.type is not EntityClass.ORGANIZATION or mention.text not in _ENDS_PLACE:
        return None
    fitting = [t for t in things if t.kind is EntityClass.PLACE and t.begin < mention.begin and any(name.endswith(mention.text) for name in t.names)]
    if len(fitting) > 1:
        fitting = [t for t in fitting if any(slot.thing is t and slot.part >= Part.SUBJECT for slots in scene.slots.values() for slot in slots)]
    if len(fitting) != 1:
        return None
    fitting[0].mentions.append(_as(mention, EntityClass.PLACE, Form.NOUN, "class noun"))
    return fitting[0]


def _one_of_several(things: Sequence[Thing], mention: Mention) -> bool:
    """Whether it may be any of the places that end so: then it is no thing of its own."""
    return mention.text in _ENDS_PLACE and any(t.kind is EntityClass.PLACE and t.names[0].endswith(mention.text) for t in things)


def _role(scene: Scene, things: list[Thing], mention: Mention) -> Thing | None:
    noun = canonical(mention.text)
    body = owner(scene, things, mention.begin) if mention.type is not EntityClass.UNNAMED_SOURCE else None
    same = [t for t in things if t.role == noun and t.kind is mention.type]
    known = next((t for t in same if body is not None and t.body is body), None)
    if known is None and (body is None or mention.type is EntityClass.UNNAMED_SOURCE) and same:
        known = same[0] if len(same) == 1 else _of_paragraph(scene, same, mention)
        if known is None:
            return None
    if known is None:
        body = body or (
            topic(scene, mention.begin) if mention.type is EntityClass.PERSON and mention.rule != "unlisted-speaker" and noun not in _free() else None
        )
        known = next((t for t in same if t.body is body), None)
    if known is None:
        known = Thing(mention.type, [mention.text], [], role=noun, body=body)
        things.append(known)
    if mention.text not in known.names:
        known.names.append(mention.text)
    known.mentions.append(mention)
    return known


def _of_paragraph(scene: Scene, same: Sequence[Thing], mention: Mention) -> Thing | None:
    """Of several the only one of the same paragraph: its second mention there means the first."""
    here = scene.sentence_of(mention.begin)
    if here is None:
        return None
    lines = {s.index: s.line for s in scene.article.sentences}
    near = [t for t in same if any(slot.thing is t for index, slots in scene.slots.items() if lines[index] == here.line for slot in slots)]
    return near[0] if len(near) == 1 else None


@cache
def _free() -> frozenset[str]:
    """Roles that belong to no body."""
    return frozenset(row["noun"] for row in rows("role_variants.tsv") if row["kind"] == "free")


@cache
def _variants() -> dict[str, str]:
    return {row["noun"]: row["same"] for row in rows("role_variants.tsv") if row["kind"] == "same"}


@cache
def canonical(words: str) -> str:
    """Return the noun by which a role is known: 広報担当 and 広報担当者 are one, 交渉を知る関係者 is 関係者."""
    nouns = sorted({row["word"] for row in rows("roles.tsv")}, key=lambda noun: (-len(noun), noun))
    noun = next((noun for noun in nouns if words.endswith(noun)), words)
    return _variants().get(noun, noun)


def owner(scene: Scene, things: Sequence[Thing], begin: int) -> Thing | None:
    """Return the body named right before a role or a person: Metaの広報担当者, 浜口の小野寺修社長, 同社の役員."""
    found: list[tuple[int, int, Thing]] = []
    for thing in things:
        if thing.kind in _OWNERS and len(thing.role) != 1:
            near = [m for m in thing.mentions if begin - 24 <= m.end <= begin]
            found += [(m.end, m.begin, thing) for m in near if _OWNER.fullmatch(scene.text, m.end, begin)]
    bodies = [item for item in found if item[2].kind in (EntityClass.ORGANIZATION, EntityClass.OUTLET)]
    nearest = max(bodies or found, key=lambda item: item[:2], default=None)
    return nearest[2] if nearest else None


def topic(scene: Scene, begin: int) -> Thing | None:
    """Return the body that the text is about where nothing is said: the nearest topic or subject."""
    sentence = scene.sentence_of(begin)
    if sentence is None:
        return None
    for _, slots in scene.before(sentence, begin):
        near = [slot for slot in slots if slot.thing.kind is EntityClass.ORGANIZATION and slot.part >= Part.SUBJECT]
        if near:
            return max(near, key=lambda slot: (slot.part, slot.head, -slot.begin)).thing
    return None


def body_of(scene: Scene, things: Sequence[Thing], person: Thing) -> Thing | None:
    """Return the body of a person or a role: named before it, in brackets behind it, or for who leads the topic's."""
    if person.role:
        return person.body
    for mention in sorted(person.mentions, key=lambda m: m.begin):
        if mention.form is Form.NAME and (found := owner(scene, things, mention.begin)) and found.kind is not EntityClass.MODEL:
            return found
    if titles_of(scene.text, person) & unique_titles():
        return topic(scene, person.begin)
    return None


def _as(mention: Mention, kind: EntityClass, form: Form, rule: str) -> Mention:
    return Mention(mention.begin, mention.end, mention.text, kind, form, f"{mention.rule}; {rule}", mention.confidence)
