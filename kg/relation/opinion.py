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
_BURSTS = (
    r"(?:の嵐|(?:の声|の意見)?(?:が|も|は)[^。、「」]{0,8}"
    r"(?:噴出|相次|殺到|集中|強ま|高ま|渦巻|広が|絶えな|止ま|根強|目立|飛び交|あふれ|続出|寄せられ|上が))"
)
_DIVIDED = re.compile(
    r"賛否(?:両論)?(?:の声|の意見)?(?:が|は|も|で)?[^。、「」]{0,8}(?:分かれ|割れ|真っ二つ|渦巻|飛び交|両論|相次|噴出|広が)"
    r"|(?:意見|見方|評価)(?:は|が|も)[^。、「」]{0,6}(?:分かれ|割れ|真っ二つ)"
)
_OF = re.compile(r"(?:ら|社)?(?:に対する|への)[^。、「」]{0,6}$")
_PLACE = re.compile("上?[でに]")  # Twitterで
_NEAR = 16  # characters before an opinion in which に対する says of whom it is
_SOURCE = re.compile(r"(?:上|の間|など|ら)?(?:では|から|からは|からも|でも|には|に)")
_TURNING = re.compile("(?:その|だが、?その|しかし)?(?:一方|反面|半面|逆に|対して)|中には|なかには|また、|ほかにも|他にも")
_NOT = re.compile(r"[^。]{0,12}(?:なかった|ない。|少ない)")


@cache
def _opinions() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row.rule, row["property"], re.compile(f"{re.escape(row['word'])}(?:{_VOICES}|{_BURSTS})")) for row in rows("crowd.tsv"))


def propositions(page: Page, strategies: Iterable[Entity], told: Iterable[Proposition]) -> list[Proposition]:
    """Return the opinions of the unnamed that an article reports without saying of what.

    Of the course that its title names, of the product whose release its first paragraph tells, else of its organization. `told` are the
    relations that were found: whoever has an opinion of something named in the same sentence is passed over.
    """
    known, told = list(strategies), list(told)
    thing = _subject(page, known) or _released(page, told) or _presented(page) or page.main
    found: list[Proposition] = []
    for sentence in page.article.sentences:
        source = _source(page, sentence)
        if source is None or thing is None:
            continue
        said = {p.property for p in told if p.subject is source and sentence.begin <= p.begin < sentence.end}
        stated = len(found)
        for rule, name, pattern in _opinions():
            match = _outside(page, sentence, pattern) if name not in said else None
            aimed = _aimed(page, match.start(), thing) if match is not None else None
            if match is not None and aimed is not None:
                found.append(Proposition(source, name, aimed, match.start(), match.end(), Stance(), rule, 0.5))
        if len(found) == stated and (divided := _outside(page, sentence, _DIVIDED)) is not None:
            both = [name for name in ("criticizes", "supports") if name not in said]
            found += [Proposition(source, name, thing, divided.start(), divided.end(), Stance(), "divided", 0.5) for name in both]
    return found


def _aimed(page: Page, at: int, thing: Entity) -> Entity | None:
    """Of whom or what an opinion speaks that says so (黒木氏らに対する批判), None where that is nothing known, else the article's subject."""
    said = _OF.search(page.text, max(0, at - _NEAR), at)
    if said is None:
        return thing
    near = [s for s in page.within(at - _NEAR - 20, said.start() + 1) if s.end <= said.start() + 1 <= page.after(s) + 3]
    return near[-1].entities[0] if near else None


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


def _presented(page: Page) -> Entity | None:
    """The only product that the first paragraph of the running text names."""
    first = next((s.line for s in page.article.sentences if s.kind is Kind.PROSE and s.quote is None), None)
    lead = [(s.begin, s.end) for s in page.article.sentences if s.line == first]
    spots = [s for b, e in lead for s in page.within(b, e) if s.type is EntityClass.MODEL and not _PLACE.match(page.text, page.after(s))]
    named = {id(s.entities[0]): s.entities[0] for s in spots}
    return next(iter(named.values())) if len(named) == 1 else None
