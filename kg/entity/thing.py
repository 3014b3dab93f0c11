"""Things while they are being put together: what becomes an Entity when all of an article has been read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.entity.cluster import Cluster
from kg.entity.keys import is_latin, key, plain, script
from kg.entity.short import is_full_person
from kg.model import Entity, EntityClass, Form, Mention

_PART = re.compile(r"[\s・]+")
_WITH_CLASS = re.compile(r"[A-Za-zァ-ヺー]社$")  # PixelForge社 is called PixelForge too
_COMMON_BODY = re.compile(
    r"(?:[市県町村区都府道国党社]|同|本|当)?(?:議会|教育委員会|委員会|取締役会|理事会|広報[部課室]|事務局|労働組合|労組|組合|警察|消防|政府|当局|教委)"
)


@dataclass(slots=True, eq=False)
class Thing:
    """One thing of the article: its names, its mentions so far, and for a role the body it belongs to."""

    kind: EntityClass
    names: list[str]
    mentions: list[Mention]
    itself: tuple[str, ...] = ()
    bracketed: frozenset[str] = frozenset()
    role: str = ""
    body: Thing | None = None
    voices: set[str] = field(default_factory=set)  # 彼 or 彼女, once one was used

    @property
    def begin(self) -> int:
        """Where it is first mentioned."""
        return min(m.begin for m in self.mentions)

    def refer(self, begin: int, text: str, form: Form, rule: str, confidence: float) -> None:
        """Add a mention that is no name."""
        self.mentions.append(Mention(begin, begin + len(text), text, self.kind, form, rule, confidence))


def named(cluster: Cluster) -> Thing:
    """Return the thing of a cluster of names."""
    spelled: dict[str, int] = {}
    bracketed = set()
    for name in cluster.names:
        for mention in name.mentions:
            text = plain(mention.text.strip(" 　")) + name.title
            spelled.setdefault(text, mention.begin)
            if name.bracketed:
                bracketed.add(text)
    mentions = [m for name in cluster.names for m in name.mentions]
    return Thing(cluster.kind, sorted(spelled, key=lambda text: spelled[text]), mentions, cluster.itself, frozenset(bracketed))


def entity(thing: Thing) -> Entity:
    """Return the finished entity, its mentions in the order of the text and of its class."""
    name = fullest(thing)
    names = (*thing.names, *(text[:-1] for text in thing.names if thing.kind is EntityClass.ORGANIZATION and _WITH_CLASS.search(text)))
    aliases = tuple(dict.fromkeys(text for text in names if key(text) != key(name) or text.casefold() != name.casefold()))
    ordered = sorted(thing.mentions, key=lambda m: (m.begin, m.end))
    mentions = tuple(Mention(m.begin, m.end, m.text, thing.kind, m.form, m.rule, round(m.confidence, 2)) for m in ordered)
    english = next((text for text in (name, *sorted(aliases, key=len, reverse=True)) if is_latin(text)), None)
    return Entity(thing.kind, name, tuple(a for a in aliases if a != name), mentions, local=_is_local(thing, name), english=english)


def fullest(thing: Thing) -> str:
    """Return the name that says most: more parts, then what does not stand in brackets, then length; 社 at its end alone adds nothing."""
    plain = [text for text in thing.names if not _only_affix(text, thing.names)] or thing.names
    return max(plain, key=lambda text: (len(_PART.split(text)), text not in thing.bracketed, _weight(text), -thing.names.index(text)))


def _weight(text: str) -> int:
    return len(text) if script(text) not in ("latin", "katakana") else len(text) // 2


def _only_affix(text: str, names: Sequence[str]) -> bool:
    return any(text == name + affix for name in names for affix in ("社", "ファミリー", "シリーズ"))


def _is_local(thing: Thing, name: str) -> bool:
    """Whether the name alone tells it apart in no other article: roles, unnamed sources, bare surnames, common nouns as bodies."""
    if thing.role or thing.kind is EntityClass.UNNAMED_SOURCE:
        return True
    if thing.kind is EntityClass.PERSON:
        return not any(is_full_person(text, surname=len(text) < 4 and _one_word(thing, text)) for text in thing.names)
    return bool(thing.kind is EntityClass.ORGANIZATION and _COMMON_BODY.fullmatch(name))


def _one_word(thing: Thing, text: str) -> bool:
    return script(text) == "kanji" and all(len(other) <= len(text) for other in thing.names)
