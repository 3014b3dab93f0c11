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
_TURNING = re.compile("(?:その|だが、?その|しかし)?(?:一方|反面|半面|逆に|対して)|中には|なかには|また、|ほかにも|他にも")
_NOT = re.compile(r"[^。]{0,12}(?:なかった|ない。|少ない)")


@cache
def _opinions() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row.rule, row["property"], re.compile(re.escape(row["word"]) + _VOICES)) for row in rows("crowd.tsv"))


def propositions(page: Page, strategies: Iterable[Entity], told: Iterable[Proposition]) -> list[Proposition]:
    """Return the opinions of the unnamed that an article reports without saying of what.

    Of the course that its title names, of the product whose release its first paragraph tells, else of its organization. `told` are the
    relations that were found: whoever has an opinion of something named in the same sentence is passed over.
    """
    known, told = list(strategies), list(told)
    thing = _subject(page, known) or _released(page, told) or page.main
    found = []
    for sentence in page.article.sentences:
        source = _source(page, sentence)
        if source is None or thing is None:
            continue
        said = {p.property for p in told if p.subject is source and sentence.begin <= p.begin < sentence.end}
        for rule, name, pattern in _opinions():
            match = _outside(page, sentence, pattern) if name not in said else None
            if match is not None:
                found.append(Proposition(source, name, thing, match.start(), match.end(), Stance(), rule, 0.5))
    return found


def _source(page: Page, sentence: Sentence) -> Entity | None:
    """The unnamed of a sentence, else of the sentences before: その一方で…とする声も見られた goes on about them, in a new paragraph too."""
    if sentence.quote is not None or sentence.kind is not Kind.PROSE:
        return None
    turning = bool(_TURNING.match(page.text, sentence.begin))
    for place in (sentence, *page.previous(sentence, 4 if turning else 2, anywhere=turning)):
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
    return None


def _released(page: Page, told: list[Proposition]) -> Entity | None:
    """The product whose release the first paragraph of the running text tells."""
    first = next((s.line for s in page.article.sentences if s.kind is Kind.PROSE and s.quote is None), None)
    lead = [(s.begin, s.end) for s in page.article.sentences if s.line == first]
    return next((p.object for p in told if p.property == "releases" and any(b <= p.begin < e for b, e in lead)), None)
