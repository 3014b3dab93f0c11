"""我々, 当社, 私 within what somebody says: the speaker, or the speaker's body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.entity.roles import body_of
from kg.entity.scene import Scene
from kg.entity.thing import Thing
from kg.lexicon import Row, alternatives, rows
from kg.model import Entity, EntityClass, Form, Mention
from kg.parse import Article

_PARTICLE = re.compile(r"(?:自身|たち|ら|側|の|は|が|も|に|を|と|で|へ|から|こそ|、|って|だけ|とも|として|なら|など|グループ)")
_ISSUER = ("当社", "弊社", "小社", "当社グループ")
_BODIES = (EntityClass.ORGANIZATION, EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE, EntityClass.PLACE)


def with_first_person(entities: Sequence[Entity], article: Article, speakers: Sequence[tuple[int, int, Entity]]) -> tuple[Entity, ...]:
    """Return the entities, in the same order, with the first persons of what each says among its mentions.

    「我々は公開を続ける」とMetaの広報担当者は述べた: 我々 is Meta. 私 and 僕 are the speaker, 我々 and 弊社 the speaker's body, or the speaker
    where that is a body or has none in the text; わが国 is the country of a leader. An entity without such words is returned as it is.
    """
    things = [Thing(e.type, [e.name, *e.aliases], list(e.mentions)) for e in entities]
    for thing, entity in zip(things, entities, strict=True):
        if entity.local and any(m.form is Form.ROLE for m in entity.mentions):
            thing.role = "role"
    scene = Scene(article, things)
    place = {id(entity): number for number, entity in enumerate(entities)}
    added: dict[int, list[Mention]] = {}
    for begin, end, speaker in speakers:
        if id(speaker) in place:
            _in_speech(scene, things, place[id(speaker)], begin, end, added)
    _in_notice(scene, things, [(begin, end) for begin, end, _ in speakers], added)
    return tuple(_with(entity, added.get(number, [])) for number, entity in enumerate(entities))


def _in_speech(scene: Scene, things: Sequence[Thing], speaker: int, begin: int, end: int, added: dict[int, list[Mention]]) -> None:
    who = things[speaker]
    for at, row in first_persons(scene.text, begin, end):
        itself = row["number"] == "one" or who.kind in _BODIES
        whose = _country(scene, things, who) if row["number"] == "country" else speaker if itself else _body(scene, things, who, speaker)
        text = row["word"]
        if whose is None:
            continue
        if any(m.begin == at for m in things[whose].mentions) or any(m.begin == at for m in added.get(whose, [])):
            continue
        confidence = 0.9 if itself or whose != speaker else 0.5
        added.setdefault(whose, []).append(Mention(at, at + len(text), text, things[whose].kind, Form.ANAPHOR, row.rule, confidence))


def _in_notice(scene: Scene, things: Sequence[Thing], spoken: Sequence[tuple[int, int]], added: dict[int, list[Mention]]) -> None:
    """当社 where nobody is quoted: a notice of the company that it is about."""
    for at, row in first_persons(scene.text, 0, len(scene.text)):
        sentence = scene.sentence_of(at)
        if row["word"] not in _ISSUER or sentence is None or sentence.quote is not None or any(begin <= at < end for begin, end in spoken):
            continue
        if (issuer := scene.main(lambda thing: thing.kind is EntityClass.ORGANIZATION and not thing.role, len(scene.text))) is None:
            return
        number = next(n for n, thing in enumerate(things) if thing is issuer)
        end = at + len(row["word"])
        added.setdefault(number, []).append(Mention(at, end, row["word"], issuer.kind, Form.ANAPHOR, row.rule, 0.7))


def _country(scene: Scene, things: Sequence[Thing], who: Thing) -> int | None:
    """The country that its leader speaks for; a country by itself speaks for itself."""
    number = next(n for n, thing in enumerate(things) if thing is who)
    body = number if who.kind is EntityClass.PLACE else _body(scene, things, who, number)
    return body if things[body].kind is EntityClass.PLACE else None


def _body(scene: Scene, things: Sequence[Thing], who: Thing, speaker: int) -> int:
    plain = replace(who, role="")
    found = body_of(scene, things, plain)
    if found is None and who.role:
        from kg.entity.roles import owner, topic

        owners = [owner(scene, things, m.begin) for m in who.mentions]
        found = next((o for o in owners if o is not None), None) or topic(scene, who.begin)
    return next((number for number, thing in enumerate(things) if thing is found), speaker)


def first_persons(text: str, begin: int, end: int) -> Iterator[tuple[int, Row]]:
    """Yield where a first person stands in a stretch, and its row."""
    for match in _words().finditer(text, begin, end):
        if _PARTICLE.match(text, match.end()) and not re.match(r"[々㐀-鿿]", text[match.start() - 1 : match.start()]):
            word = match.group()
            if word in ("うち", "うちの会社") and not _is_we(text, match.start(), match.end()):
                continue
            yield match.start(), _rows()[word]


def _is_we(text: str, begin: int, end: int) -> bool:
    """うち as we, not as 'among' or 'while': at a clause's beginning, with は or の behind."""
    return text[begin - 1 : begin] in ("", "「", "、", "。", "『") and text[end : end + 1] in ("は", "の", "も", "が", "で", "と", "に")


@cache
def _rows() -> dict[str, Row]:
    return {row["word"]: row for row in rows("first_persons.tsv")}


@cache
def _words() -> re.Pattern[str]:
    return re.compile(alternatives(_rows()))


def _with(entity: Entity, mentions: Sequence[Mention]) -> Entity:
    if not mentions:
        return entity
    return replace(entity, mentions=tuple(sorted((*entity.mentions, *mentions), key=lambda m: (m.begin, m.end))))
