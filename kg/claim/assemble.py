"""Statements and propositions to claims: a proposition within somebody's words is that somebody's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.claim.certainty import planned
from kg.claim.confidence import confidence
from kg.claim.when import Calendar
from kg.claim.who import Who
from kg.model import Attribution, Claim, Entity, Modality, Proposition, Stance, Statement
from kg.parse import Article, Sentence


@dataclass(frozen=True, slots=True)
class _Voiced:
    """A statement and its claim."""

    statement: Statement
    claim: Claim


def claims(
    article: Article, entities: tuple[Entity, ...], statements: tuple[Statement, ...], propositions: tuple[Proposition, ...]
) -> tuple[Claim, ...]:
    """Return an article's claims: one a statement, and one a proposition, which belongs to the innermost statement around its predicate.

    「同社は「来春に発売する」と述べた」 gives the statement, and within it (同社, releases, …) as a Plan by the same speaker.
    """
    who = Who(entities)
    calendar = Calendar(article)
    voiced = [_Voiced(s, _statement(article, who, calendar, s)) for s in statements]
    made: dict[tuple[object, ...], Claim] = {}
    for proposition in propositions:
        claim = _proposition(article, voiced, calendar, proposition)
        if claim is None:
            continue
        key = (id(claim.subject), claim.property, id(claim.object), claim.begin, claim.end, claim.modality, claim.negated)
        if key not in made or made[key].confidence < claim.confidence:
            made[key] = claim
    return (*(v.claim for v in voiced), *made.values())


def _statement(article: Article, who: Who, calendar: Calendar, statement: Statement) -> Claim:
    text = article.document.text[statement.begin : statement.end]
    about = tuple(dict.fromkeys(e for e, _ in who.within(statement.begin, statement.end, agents=False)))
    cues = tuple(sorted({*statement.cues, *statement.stance.cues}, key=lambda c: (c.begin, c.end, c.rule)))
    when, date = calendar.of_words(statement.begin, statement.end, statement.attribution)
    return Claim(
        statement.begin,
        statement.end,
        text,
        statement.attribution,
        statement.stance.modality,
        statement.stance.negated,
        statement.rule,
        confidence(statement),
        speaker=statement.speaker,
        source=statement.source,
        cues=cues,
        about=about,
        when=when,
        date=date,
    )


def _proposition(article: Article, voiced: list[_Voiced], calendar: Calendar, proposition: Proposition) -> Claim | None:
    sentence = article.sentence_at(proposition.begin)
    inside = [v for v in voiced if v.statement.begin <= proposition.begin and proposition.end <= v.statement.end]
    about = tuple(dict.fromkeys((proposition.subject, proposition.object)))
    host = min(inside, key=lambda v: v.statement.end - v.statement.begin, default=None)
    words = (host.statement.begin, host.statement.end) if host is not None else None
    when, date = calendar.of_predicate(proposition.begin, proposition.end, words)
    stance = proposition.stance
    if sentence is not None and stance.modality is Modality.FACT and host is not None:
        stance = _in_words(sentence, proposition, host)
    if host is not None:
        return replace(
            host.claim,
            modality=stance.modality,
            negated=stance.negated,
            rule=proposition.rule,
            confidence=round(min(host.claim.confidence, proposition.confidence), 2),
            cues=tuple(sorted({*host.statement.cues, *stance.cues}, key=lambda c: (c.begin, c.end, c.rule))),
            about=about,
            subject=proposition.subject,
            property=proposition.property,
            object=proposition.object,
            statement=host.claim,
            when=when,
            date=date,
        )
    return None if sentence is None else _narrated(article, sentence, proposition, when, date)


def _narrated(article: Article, sentence: Sentence, proposition: Proposition, when: str | None, date: str | None) -> Claim:
    """A proposition in the article's own voice: it stands over its sentence."""
    begin, end = _whole(article, sentence)
    return Claim(
        begin,
        end,
        article.document.text[begin:end],
        Attribution.NARRATION,
        proposition.stance.modality,
        proposition.stance.negated,
        proposition.rule,
        proposition.confidence,
        cues=proposition.stance.cues,
        about=tuple(dict.fromkeys((proposition.subject, proposition.object))),
        subject=proposition.subject,
        property=proposition.property,
        object=proposition.object,
        when=when,
        date=date,
    )


def _in_words(sentence: Sentence, proposition: Proposition, host: _Voiced) -> Stance:
    """Within somebody's words a plain act to come is a Plan, as in the statement itself."""
    tokens = sentence.tokens(proposition.begin, proposition.end)
    if tokens is None:
        return proposition.stance
    announced = host.statement.stance.modality is Modality.PLAN
    return planned(sentence, tokens.root, proposition.stance, announced=announced)


def _whole(article: Article, sentence: Sentence) -> tuple[int, int]:
    """The outermost sentence around one."""
    while sentence.quote is not None:
        host = article.quotes[sentence.quote].host
        sentence = next(s for s in article.sentences if s.index == host)
    return sentence.begin, sentence.end
