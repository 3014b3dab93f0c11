"""Courses of action that the network finds, put together with those that a rule has found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kg.learned.tokens import Floats, Tokens
from kg.model import Entity, EntityClass, Form, Mention

ENDS = 0.4  # probability from which a token ends a course of action
WITHIN = 0.5
_RULE = "network"
_BARE = re.compile(
    r"(?:同|この|その|当該)?(?:案|戦略|計画|方針|構想|法案|制度|政策|路線|規制|改革|改正|決定|提案|措置|対応|施策|事業|試み|取り組み|条例|法|規則|規定)"
)
_KIND = re.compile(r"(?:化|戦略|路線|方針|政策|計画|案|構想|化戦略|化路線|化計画)$")
_EDGES = "　 、。・「」『』“”\"'"


def spans_of(courses: Floats) -> list[tuple[int, int]]:
    """Return first and last token of each course of action, from the probabilities that a token is in one, opens one, ends one."""
    found = []
    for last in np.flatnonzero(courses[:, 2] >= ENDS).tolist():
        first = last
        while first and courses[first, 1] < WITHIN <= courses[first - 1, 0]:
            first -= 1
        found.append((first, last))
    return found


def joined(text: str, tokens: Tokens, courses: Floats, known: Sequence[Entity], strategies: Sequence[Entity]) -> list[Entity]:
    """Return the strategies, those found by a rule with the names that the network gives them, and those that it alone finds.

    A span on a thing that has a name is none. `courses` is what the network says of the tokens.
    """
    named = [(m.begin, m.end) for e in known for m in e.mentions]
    found = list(strategies)
    for first, last in spans_of(courses):
        mention = _mention(text, int(tokens.begins[first]), int(tokens.ends[last]), float(courses[last, 2]))
        if mention is None or any(begin <= mention.begin and mention.end <= end for begin, end in named):
            continue
        home = next((i for i, e in enumerate(found) if _meant(mention, e)), None)
        if home is None and _BARE.fullmatch(mention.text):
            continue
        if home is None:
            found.append(Entity(EntityClass.STRATEGY, mention.text, (), (mention,)))
        else:
            found[home] = _with(found[home], mention)
    return found


def _mention(text: str, begin: int, end: int, probability: float) -> Mention | None:
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while begin < end and text[end - 1] in _EDGES:
        end -= 1
    words = text[begin:end]
    if len(words) < 2 or "\n" in words:
        return None
    return Mention(begin, end, words, EntityClass.STRATEGY, Form.NOUN, _RULE, round(probability, 2))


def _meant(mention: Mention, strategy: Entity) -> bool:
    """Whether a mention is of a strategy: it ends where the strategy does, has its name, is the end of it, or says 同案."""
    if any(mention.end == m.end and mention.begin < m.end for m in strategy.mentions):
        return True
    names = (strategy.name, *strategy.aliases)
    if _BARE.fullmatch(mention.text):
        return any(name.endswith(mention.text.lstrip("同この")[-1:]) for name in names)
    return any(_stem(mention.text) == _stem(name) or _end_of(*sorted((mention.text, name), key=len)) for name in names)


def _stem(name: str) -> str:
    """A name without the word for what kind of course it is (オープンソース化, オープンソース戦略)."""
    return short if len(short := _KIND.sub("", name)) >= 3 else name


def _end_of(short: str, long: str) -> bool:
    return len(short) >= 3 and long.endswith(short)


def _with(strategy: Entity, mention: Mention) -> Entity:
    aliases = strategy.aliases
    if mention.text not in (strategy.name, *aliases) and not _BARE.fullmatch(mention.text):
        aliases = (*aliases, mention.text)
    mentions = strategy.mentions
    if all((mention.begin, mention.end) != (m.begin, m.end) for m in mentions):
        mentions = tuple(sorted((*mentions, mention), key=lambda m: (m.begin, m.end)))
    return replace(strategy, aliases=aliases, mentions=mentions)
