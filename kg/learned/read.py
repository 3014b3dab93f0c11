"""What the network finds in an article besides the rules: courses of action, and relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from kg.learned.course import joined
from kg.learned.network import MODALITIES, Scores, load_network
from kg.learned.pairs import pairs_of, told_by
from kg.learned.tokens import PROPERTIES, Floats, Mark, Tokens, mentions_of, tokens_of
from kg.model import Entity, Modality, Proposition, Stance
from kg.parse import Article, Sentence
from kg.relation.select import CLOSER, SYMMETRIC
from kg.segment import Kind

LASTING = frozenset(("memberOf", "leads", "basedIn", "partOf", "develops", "founded", "competesWith", "supports", "criticizes", "uses"))
_PURPOSE = re.compile(r"(?:する|[いうくすつぬむるぐ])?(?:ため(?:に|の|、)|べく|ように)")
Stances = Callable[[Sentence, int], Stance]
LIKELY = 0.8  # from which a relation is taken
SOONER = {"uses": 0.7, "leads": 0.7, "partOf": 0.7, "partnersWith": 0.6, "investsIn": 0.6}  # which fresh articles bear out sooner: 20 of 35
LEFT_OUT = frozenset(("opposes", "pursues", "supports"))  # of 55 that it alone found on fresh articles 17 were right
WEIGHED = frozenset(("pursues", "supports", "criticizes"))  # of which a rule's are dropped where the network holds them for improbable:
DOUBTED = 0.02  # below this all,
GUESSED = 0.5  # below this the ones whose rule guesses of what somebody speaks (of 20 on fresh articles one was right)
SURE = 0.8  # of fresh articles' relations that no rule has found: how the share of right ones compares with the probability


def title_end(article: Article) -> int:
    """Return where an article's title ends; a text without one has its first sentence for it."""
    first = article.sentences[0].end if article.sentences else 0
    return max((s.end for s in article.sentences if s.kind is Kind.TITLE), default=first)


def read(
    article: Article, known: Sequence[Entity], stated: Sequence[Proposition], strategies: Sequence[Entity], stance: Stances
) -> tuple[tuple[Proposition, ...], tuple[Entity, ...]]:
    """Return the relations and strategies of an article, those that rules have found and those that the network finds besides."""
    network = load_network()
    marks = [Mark(m.begin, m.end, e.type, m.form, number) for number, e in enumerate(known) for m in e.mentions]
    tokens, rows = tokens_of(article, marks)
    if not len(tokens):
        return tuple(stated), tuple(strategies)
    hidden = network.encode(tokens)
    courses = joined(article.document.text, tokens, network.courses(hidden, tokens.heads), known, strategies)
    renewed = dict(zip(strategies, courses, strict=False))  # the first of them, in their order
    everything = [*known, *courses]
    marks += [Mark(m.begin, m.end, e.type, m.form, number) for number, e in enumerate(courses, start=len(known)) for m in e.mentions]
    number_of = {id(e): number for number, e in enumerate(everything)} | {id(old): len(known) + n for n, old in enumerate(strategies)}
    told = [(number_of[id(p.subject)], p.property, number_of[id(p.object)]) for p in stated]
    pairs = pairs_of(tokens, mentions_of(article, rows, marks), title_end(article), told_by(told))
    scores = network.scores(hidden, tokens, pairs)
    kept = [_renewed(p, renewed) for p, key in zip(stated, told, strict=True) if not _doubted(p, scores, key)]
    have = {_key(number_of[id(p.subject)], p.property, number_of[id(p.object)]) for p in stated}
    for pair, column in np.argwhere(scores.probability >= np.tile(_likely(), 2)).tolist():
        name, ends = PROPERTIES[column % len(PROPERTIES)], scores.things[pair]
        subject, thing = ends if column < len(PROPERTIES) else ends[::-1]
        key = _key(subject, name, thing)
        if name in LEFT_OUT or key in have:
            continue
        if name == "partOf" and (subject, "acquires", thing) in have:
            continue  # who buys a company is no part of it
        if not any((subject, closer, thing) in have for closer in CLOSER.get(name, ())):
            have.add(key)
            probability = float(scores.probability[pair, column])
            if (p := _proposition(article, tokens, scores, pair, everything[subject], name, everything[thing], probability, stance)) is not None:
                kept.append(p)
    used = {id(e) for p in kept for e in (p.subject, p.object)}
    kept.sort(key=lambda p: (p.begin, p.end, p.property, p.rule))
    return tuple(kept), tuple(sorted((e for e in courses if id(e) in used), key=lambda e: e.mentions[0].begin))


@cache
def _likely() -> Floats:
    """From which probability on each property is taken."""
    return np.array([SOONER.get(name, LIKELY) for name in PROPERTIES], np.float32)


def _doubted(p: Proposition, scores: Scores, told: tuple[int, str, int]) -> bool:
    """Whether the network holds what a rule tells for improbable; a pair that it does not know it cannot doubt."""
    subject, name, thing = told
    if name not in WEIGHED or p.rule.startswith("crowd"):
        return False
    ends = (min(subject, thing), max(subject, thing))
    pair = next((i for i, things in enumerate(scores.things) if tuple(things) == ends), None)
    if pair is None:
        return False
    column = PROPERTIES.index(name) + (0 if subject < thing else len(PROPERTIES))
    return bool(scores.probability[pair, column] < (GUESSED if p.confidence <= GUESSED and name != "pursues" else DOUBTED))


def _key(subject: int, name: str, thing: int) -> tuple[int, str, int]:
    return (min(subject, thing), name, max(subject, thing)) if name in SYMMETRIC else (subject, name, thing)


def _renewed(p: Proposition, renewed: dict[Entity, Entity]) -> Proposition:
    subject, thing = renewed.get(p.subject, p.subject), renewed.get(p.object, p.object)
    if subject is p.subject and thing is p.object:
        return p
    return Proposition(subject, p.property, thing, p.begin, p.end, p.stance, p.rule, p.confidence)


def _proposition(
    article: Article, tokens: Tokens, scores: Scores, pair: int, subject: Entity, name: str, thing: Entity, probability: float, stance: Stances
) -> Proposition | None:
    """A relation as the network tells it, at the word that governs the later of both mentions; the words there say how firmly.

    None where the network doubts it and no word says why.
    """
    point = int(scores.points[pair].max())
    place = int(tokens.heads[point])
    sentence = article.sentences[int(tokens.sentences[place])]
    first = int(np.searchsorted(tokens.sentences, tokens.sentences[place])) + 1
    firm = MODALITIES[int(scores.modality[pair].argmax())] is Modality.FACT and bool(scores.negation[pair] < 0.5)
    told = Stance() if firm and name in LASTING else stance(sentence, place - first)
    if (not firm and told == Stance()) or _PURPOSE.match(sentence.text, sentence.ends[place - first]):
        return None  # no word says so firmly as the network does not
    begin, end = sentence.span(place - first, place - first)
    return Proposition(subject, name, thing, begin, end, told, f"network.{name}", round(SURE * probability, 2))
