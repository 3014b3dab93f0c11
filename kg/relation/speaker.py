"""Who speaks in a quotation, as far as a left-out subject in it needs to know: 「値上げは考えていない」と社長は述べた is the company's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Attribution, Case, Entity, EntityClass, Predicate, Proposition, Statement
from kg.relation.filler import Fillers
from kg.relation.page import Page

_HEAD = re.compile(r"[ 　]?(?:(?P<kind>[市町村区])長|[都道府県]?知事)")
_OFFICE = re.compile(r".{0,12}(?:広報[部課室]?|広報担当|IR室|事務局|お客様窓口|サポート窓口)")
_SPEAK = frozenset((EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.UNNAMED_SOURCE))


@dataclass(frozen=True, slots=True)
class Voices:
    """`said`: who speaks in each quotation; `speakers`: the speaker's organization, else the speaker. `bodies`: each person's organization, by id."""

    speakers: dict[int, Entity]
    bodies: dict[int, Entity]
    said: dict[int, Entity]


def voices(page: Page, predicates: Sequence[Predicate], named: Sequence[Proposition], said: Sequence[Statement] = ()) -> Voices:
    """Return who speaks in the quotations of an article, as its statements say or else the predicates around them, and for whom."""
    stated = {s.begin: s.speaker for s in said if s.attribution is Attribution.DIRECT_QUOTE}
    bodies = _governed(page) | {id(p.subject): p.object for p in reversed(named) if p.property in ("leads", "memberOf") or _speaks_for(p)}
    by_sentence: dict[int, list[Predicate]] = {}
    for predicate in predicates:
        by_sentence.setdefault(predicate.sentence, []).append(predicate)
    found: dict[int, Entity] = {}
    fill = Fillers(page, tuple(predicates))
    last: Entity | None = None
    for quote in page.article.quotes:
        host = page.sentences.get(quote.host)
        if host is None:
            continue
        told = [who for begin, who in stated.items() if quote.begin <= begin < quote.end]
        if told and told[0] is None:
            continue  # a crowd's
        last = told[0] if told else _subject(fill, by_sentence.get(host.index, []), quote.begin, quote.end, host.begin) or last
        if last is not None:
            found[quote.index] = last
    return Voices({number: bodies.get(id(e), e) for number, e in found.items()}, bodies, found)


def _speaks_for(proposition: Proposition) -> bool:
    """Whether a unit only speaks for its body: 広報部."""
    return proposition.property == "partOf" and _OFFICE.fullmatch(proposition.subject.name) is not None


def _governed(page: Page) -> dict[int, Entity]:
    """Each mayor's or governor's town by the person's id: the only place of the article that ends as the title begins (青葉市, 佐伯市長)."""
    found: dict[int, Entity] = {}
    places = [e for e in page.entities if e.type is EntityClass.PLACE]
    for spot in page.spots:
        title = _HEAD.match(page.text, spot.end) if spot.type is EntityClass.PERSON else None
        if title is None:
            continue
        ends = tuple(title["kind"]) if title["kind"] else tuple("県府都道")
        fitting = [e for e in places if any(name.endswith(ends) for name in (e.name, *e.aliases))]
        if len(fitting) == 1:
            found.setdefault(id(spot.entities[0]), fitting[0])
    return found


def _subject(fill: Fillers, predicates: list[Predicate], begin: int, end: int, since: int) -> Entity | None:
    after = [p for p in predicates if p.begin >= end]
    for predicate in after or predicates[-1:]:
        for argument in predicate.arguments:
            if argument.case is Case.GA and not begin <= argument.head < end:
                named = next((e for e in fill.entities(predicate.sentence, argument) if e.type in _SPEAK), None)
                if named is not None:
                    return named
    return fill.page.topic(begin, _SPEAK, since)
