"""What a crowd is said to think: ネット掲示板では批判の声が相次いだ, 擁護する意見も見られた. Of whom or what, the article's subject tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import rows
from kg.model import Entity, EntityClass, Proposition, Stance
from kg.parse import Sentence
from kg.relation.page import Page
from kg.segment import Kind

_VOICES = r"(?:する|した|の|的な|に思う|とする|という|だという)?[^。、]{0,6}(?:声|意見|コメント|書き込み|投稿|反応|ツイート)"
_SOURCE = re.compile(r"(?:上|の間|など|ら)?(?:では|から|からは|からも|でも|には|に)")
_NOT = re.compile(r"[^。]{0,12}(?:なかった|ない。|少ない)")


@cache
def _opinions() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row.rule, row["property"], re.compile(re.escape(row["word"]) + _VOICES)) for row in rows("crowd.tsv"))


def propositions(page: Page, strategies: Iterable[Entity]) -> list[Proposition]:
    """Return the opinions of the unnamed that an article reports without saying of what: of the course its title names, else of its organization."""
    known = list(strategies)
    found = []
    for sentence in page.article.sentences:
        source = _source(page, sentence)
        thing = _subject(page, known) if source is not None else None
        if source is None or thing is None:
            continue
        for rule, name, pattern in _opinions():
            match = _outside(page, sentence, pattern)
            if match is not None:
                found.append(Proposition(source, name, thing, match.start(), match.end(), Stance(), rule, 0.5))
    return found


def _source(page: Page, sentence: Sentence) -> Entity | None:
    """The unnamed of a sentence, else of the paragraph before: その一方で…とする声も見られた goes on about them."""
    if sentence.quote is not None or sentence.kind is not Kind.PROSE:
        return None
    for place in (sentence, *page.previous(sentence, 2)):
        for spot in page.within(place.begin, place.end):
            if spot.type is EntityClass.UNNAMED_SOURCE and _SOURCE.match(page.text, spot.end):
                return spot.entities[0]
    return None


def _outside(page: Page, sentence: Sentence, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """A match in a sentence's own words, not in what it quotes, and not denied."""
    quoted = [(page.article.quotes[q].begin, page.article.quotes[q].end) for q in sentence.quotes]
    for match in pattern.finditer(page.text, sentence.begin, sentence.end):
        if not any(b <= match.start() < e for b, e in quoted) and not _NOT.match(page.text, match.end()):
            return match
    return None


def _subject(page: Page, strategies: list[Entity]) -> Entity | None:
    title = next((s for s in page.article.sentences if s.kind is Kind.TITLE), None)
    if title is not None:
        for strategy in strategies:
            words = page.text[title.begin : title.end]
            if any(title.begin <= m.begin < title.end for m in strategy.mentions) or any(n in words for n in (strategy.name, *strategy.aliases)):
                return strategy
    return page.main
