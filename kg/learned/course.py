"""Courses of action that the network finds, put together with those that a rule has found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kg.learned.tokens import Floats, Tokens
from kg.model import Entity, EntityClass, Form, Mention
from kg.strategy.noun import stem, words

ENDS = 0.4  # probability from which a token ends a course of action
WITHIN = 0.5
_RULE = "network"
_DETERMINER = re.compile("^(?:同|この|その|当該)")
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
    named = bytearray(len(text))
    for known_one in (m for e in known for m in e.mentions):
        named[known_one.begin : known_one.end] = b"\1" * (known_one.end - known_one.begin)
    found = list(strategies)
    for first, last in spans_of(courses):
        mention = _mention(text, int(tokens.begins[first]), int(tokens.ends[last]), float(courses[last, 2]))
        if mention is None or all(named[mention.begin : mention.end]):
            continue
        home = next((i for i, e in enumerate(found) if _meant(mention, e)), None)
        if home is not None:
            found[home] = _with(found[home], mention)
        elif not _again(mention.text):
            found.append(Entity(EntityClass.STRATEGY, mention.text, (), (mention,)))
    return found


def _mention(text: str, begin: int, end: int, probability: float) -> Mention | None:
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while begin < end and text[end - 1] in _EDGES:
        end -= 1
    if end - begin < 2 or "\n" in text[begin:end]:
        return None
    return Mention(begin, end, text[begin:end], EntityClass.STRATEGY, Form.NOUN, _RULE, round(probability, 2))


def _meant(mention: Mention, strategy: Entity) -> bool:
    """Whether a mention is of a strategy: it ends where the strategy does, has its name, is the end of it, or says 同案."""
    if any(mention.end == m.end and mention.begin < m.end for m in strategy.mentions):
        return True
    names = (strategy.name, *strategy.aliases)
    if noun := _again(mention.text):
        return any(name.endswith(noun) for name in names)
    return any(stem(mention.text) == stem(name) or _end_of(*sorted((mention.text, name), key=len)) for name in names)


def _again(text: str) -> str:
    """The noun of a mention that only means a course told before: 案 of 同案 and この案, nothing where it says more."""
    noun = _DETERMINER.sub("", text)
    return noun if noun in words("again") else ""


def _end_of(short: str, long: str) -> bool:
    return len(short) >= 3 and long.endswith(short)


def _with(strategy: Entity, mention: Mention) -> Entity:
    aliases = strategy.aliases
    if mention.text not in (strategy.name, *aliases) and not _again(mention.text):
        aliases = (*aliases, mention.text)
    mentions = strategy.mentions
    if all((mention.begin, mention.end) != (m.begin, m.end) for m in mentions):
        mentions = tuple(sorted((*mentions, mention), key=lambda m: (m.begin, m.end)))
    return replace(strategy, aliases=aliases, mentions=mentions)
