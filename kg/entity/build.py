"""From mentions to entities: names to things, then words that stand for them, in the order in which each needs the other."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entity.anaphors import Anaphor, anaphors
from kg.entity.cluster import clusters
from kg.entity.resolve import resolve
from kg.entity.roles import again, call_again, place_roles
from kg.entity.scene import Scene
from kg.entity.thing import Thing, entity, named
from kg.model import Entity, EntityClass, Form, Mention
from kg.parse import Article


def entities(article: Article, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    """Return the article's entities except strategies, in the order of their first mention, each with every mention that refers to it.

    OpenAIは…。同社は…: one Organization with the mentions OpenAI (name) and 同社 (anaphor). Of an anaphor that nothing decides no mention comes out.
    Empty without mentions.
    """
    named_only = [m for m in mentions if m.form is Form.NAME and m.type is not EntityClass.STRATEGY]
    layout = Scene(article, ())
    found = clusters(article.document.text, named_only, layout=layout)
    things = [named(cluster) for cluster in found]
    scene = Scene(article, things)
    _say_itself(scene, things)
    asked = [a for sentence in article.sentences for a in anaphors(sentence)]
    speaking = again(article, things, [m for m in mentions if m.form is Form.ROLE])
    asked = [a for a in asked if not any(m.begin < a.end and a.begin < m.end and not _may_mean(a, m) for m in speaking)]
    _link(scene, things, [a for a in asked if not set(a.classes) & {EntityClass.PERSON}])
    place_roles(scene, things, speaking)
    _link(scene, things, [a for a in asked if set(a.classes) & {EntityClass.PERSON}])
    call_again(scene, things)
    return tuple(entity(thing) for thing in sorted(things, key=lambda thing: (thing.begin, thing.names[0])))


def _may_mean(anaphor: Anaphor, role: Mention) -> bool:
    """Whether a body's role may be the noun of its class again: 球団は, 会社側は."""
    return bool(anaphor.bare) and anaphor.begin == role.begin and (anaphor.bare == "last" or role.text == anaphor.text + "側")


def _link(scene: Scene, things: Sequence[Thing], asked: Sequence[Anaphor]) -> None:
    """Resolve anaphors in the order of the text, each seeing those before it."""
    text = scene.text
    for anaphor in sorted(asked, key=lambda a: a.begin):
        if anaphor.title and text[anaphor.end : anaphor.end + 1] in ("の", "、") and _person_at(things, anaphor.end + 1):
            continue  # 市長の広沢氏: what the name before it says
        if any(m.begin < anaphor.end and anaphor.begin < m.end for thing in things for m in thing.mentions):
            continue
        meant, confidence = resolve(scene, anaphor)
        for thing in meant:
            if thing.kind is EntityClass.ORGANIZATION and anaphor.classes == (EntityClass.OUTLET,):
                thing.kind = EntityClass.OUTLET
            thing.refer(anaphor.begin, anaphor.text, anaphor.form, anaphor.rule, confidence)
            scene.add(thing, thing.mentions[-1])
            thing.voices.add(anaphor.text)
        scene.linked += meant


def _person_at(things: Sequence[Thing], offset: int) -> bool:
    return any(m.begin == offset for thing in things if thing.kind is EntityClass.PERSON for m in thing.mentions)


def _say_itself(scene: Scene, things: Sequence[Thing]) -> None:
    """以下「当社」: the first person outside quotations is the company that says so."""
    from kg.entity.firstperson import first_persons

    quoted = [(q.begin, q.end) for q in scene.article.quotes]
    for thing in things:
        for at, row in first_persons(scene.text, 0, len(scene.text)) if thing.itself else ():
            if row["word"] in thing.itself and not any(b <= at < e for b, e in quoted):
                thing.refer(at, row["word"], Form.ANAPHOR, row.rule, 0.95)
                scene.add(thing, thing.mentions[-1])
