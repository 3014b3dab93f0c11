"""An article's mentions: the tagger's names tidied, what shapes and roles add, one class a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.mention.classes import classify
from kg.mention.grow import grown
from kg.mention.introduced import bought, introduced, sellers
from kg.mention.judge import CODE_NAME, is_name
from kg.mention.known import Known, known
from kg.mention.page import Origin, Page, Span, Taken, key, recognized, stands_alone
from kg.mention.roles import roles
from kg.mention.shapes import bodies, hinted, newspapers, shaped, widened
from kg.mention.teams import clubs, datelines, houses, model_numbers, teams
from kg.mention.tidy import tidy
from kg.mention.words import countries, suffix_end
from kg.model import EntityClass, Form, Mention
from kg.segment import furniture, occurrences

if TYPE_CHECKING:
    from spacy.language import Language

Typed = tuple[Span, EntityClass]
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}[（(]$")
_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,4}")
_LED = re.compile(  # 米メディア大手X
    r"[一-龥ァ-ヺーA-Z]{0,12}?(?:大手|企業|会社|メーカー|新興|銀行|チェーン|スタートアップ|ファンド|研究機関|ベンチャー|商社|財閥|[0-9０-９]部)の?[「『]?"
)
_SURNAME = re.compile(r"[一-龥々]{1,3}")
_GIVEN = re.compile(r"[ぁ-ゖァ-ヺー]{2,5}")


def mentions(text: str, nlp: Language, *, names: Path | None = None, lexicon: bool = True) -> tuple[Mention, ...]:
    """Return the article's names and speaking roles, sorted, not overlapping; of nlp only the tokenizer runs.

    `names` is a TSV of names of the user's own (columns as in ontology/lexicon/names.tsv), `lexicon=False` leaves the program's out.

    「Orvelの広報担当者は…」 gives Orvel (Organization, name) and 広報担当者 (Person, role). Empty for a text without any.
    """
    page = Page.read(text, nlp)
    spans = _names(page, nlp, known(names, lexicon))
    classes = classify(page, spans)
    typed = _whole_people(text, [(span, classes[key(text[span.begin : span.end])]) for span in spans])
    persons = [span for span, kind in typed if kind == EntityClass.PERSON]
    speaking = _without_kinds(text, [(span, max(span.votes, key=lambda kind: span.votes[kind])) for span in roles(page, spans, persons)], typed)
    places = [(span, EntityClass.PLACE) for span in _one_kanji(page, spans)]
    links = furniture(text)
    read = [pair for pair in (*speaking, *typed, *places) if not any(b <= pair[0].begin < e for b, e in links)]
    found = sorted(read, key=lambda pair: (pair[0].begin, -pair[0].end))
    return tuple(_mention(text, span, kind) for span, kind in _apart(found))


def _without_kinds(text: str, roles: Iterable[Typed], names: Iterable[Typed]) -> list[Typed]:
    """The roles without those that only say what kind of medium stands behind them: 経済誌の『X』."""
    papers = {span.begin for span, kind in names if kind == EntityClass.OUTLET}
    return [(s, kind) for s, kind in roles if kind != EntityClass.UNNAMED_SOURCE or not text.startswith("の", s.end) or s.end + 1 not in papers]


def _whole_people(text: str, typed: Sequence[tuple[Span, EntityClass]]) -> list[tuple[Span, EntityClass]]:
    """A surname in kanji and a given name in kana side by side are one person: 浅木 + トオル."""
    found: list[tuple[Span, EntityClass]] = []
    for span, kind in typed:
        before = found[-1] if found else None
        side = before is not None and before[0].end == span.begin and before[1] == kind == EntityClass.PERSON
        if before is not None and side and _SURNAME.fullmatch(text, *_place(before[0])) and _GIVEN.fullmatch(text, *_place(span)):
            found[-1] = (replace(before[0], end=span.end), kind)
        else:
            found.append((span, kind))
    return found


def _place(span: Span) -> tuple[int, int]:
    return span.begin, span.end


def _names(page: Page, nlp: Language, listed: Known) -> list[Span]:
    tagged = [piece for span in recognized(page, nlp) for piece in tidy(page, span)]
    spans = [span for span in _without_code_names(page, grown(page, tagged)) if is_name(page, span)]
    spans = _joined(spans, [span for span in (*shaped(page), *sellers(page), *bought(page)) if is_name(page, span)])
    spans = _joined(spans, [span for span in (*listed.found(page), *clubs(page), *model_numbers(page)) if is_name(page, span)])
    spans = _joined(spans, [span for span in (*bodies(page, spans), *newspapers(page, spans), *houses(page), *teams(page)) if is_name(page, span)])
    spans = _joined(spans, [span for span in hinted(page, spans) if is_name(page, span)])
    spans = _joined(spans, [span for span in introduced(page, spans) if is_name(page, span)])
    spans = widened(page, _without_initials(page, _in_datelines(page, spans)))
    return sorted([*spans, *_repeats(page, spans)], key=lambda span: span.begin)


def _in_datelines(page: Page, spans: Sequence[Span]) -> list[Span]:
    """A dateline's agency stands for all that the tagger made of it: [ソウル 4日 ロイター]."""
    agencies = Taken(datelines(page))
    kept = [span for span in spans if not agencies.touching(span.begin, span.end)]
    ends = {span.end for span in kept}
    return [*(span for span in kept if not _expands(page, span, ends)), *agencies]


def _expands(page: Page, span: Span, ends: set[int]) -> bool:
    """Whether it only spells out an acronym before it that names nothing: PLP（Panel Level Package）."""
    if span.origin != Origin.TAGGER or not _ACRONYM.search(page.text, max(0, span.begin - 8), span.begin):
        return False
    words = re.split(r"[\s-]+", page.text[span.begin : span.end])
    letters = page.text[span.begin - 1 - len(words) : span.begin - 1]
    return letters.casefold() == "".join(word[:1] for word in words).casefold() and span.begin - 1 not in ends


def _without_initials(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Leave out initials that stand in brackets behind a common noun, wherever they come again: バス高速輸送システム（BRT）."""
    ends = {span.end for span in spans}
    short = set()
    for span in spans:
        name, at = page.text[span.begin : span.end], page.unit_ending(span.begin - 1)
        if not _INITIALS.fullmatch(name) or at < 1 or page.text[span.begin - 1] not in "（(" or page.text[span.end : span.end + 1] not in ("）", ")"):
            continue
        common = page.units[at].tag.startswith("名詞-普通名詞")
        long = page.text[max(0, span.begin - 13) : span.begin - 1]
        if common and span.begin - 1 not in ends and span.origin != Origin.LEXICON and not suffix_end("yes").search(long):
            short.add(name)
    return [span for span in spans if page.text[span.begin : span.end] not in short]


def _without_code_names(page: Page, spans: Iterable[Span]) -> Iterator[Span]:
    """Cut what the article gives as a version's code name off the version (Crayon 3.0 MT), and leave out those by themselves."""
    given = [part.strip() for match in CODE_NAME.finditer(page.text) for part in re.split("[：:；;、()（）]", match.group())]
    codes = {code for code in given if code}
    for span in spans:
        name = page.text[span.begin : span.end]
        tail = name.rpartition(" ")[2]
        if name not in codes:
            yield replace(span, end=span.end - len(tail) - 1) if tail in codes and tail != name else span


def _joined(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Both lists without overlaps. A span of the second list replaces what it covers, and gives way to what is longer."""
    kept = Taken(first)
    for span in second:
        rivals = kept.touching(span.begin, span.end)
        stays = any(other.length > span.length or (other.begin, other.end) == (span.begin, span.end) for other in rivals)
        for other in rivals:
            kept.remove(other)
        for other in [_reinforced(other, span) for other in rivals] if stays else [span]:
            kept.add(other)
    return list(kept)


def _reinforced(span: Span, other: Span) -> Span:
    if (span.begin, span.end) != (other.begin, other.end):
        return span
    votes = {kind: span.votes.get(kind, 0.0) + other.votes.get(kind, 0.0) for kind in {*span.votes, *other.votes}}
    return replace(span, votes=votes, rule=other.rule if other.origin == Origin.LEXICON else span.rule)


def _repeats(page: Page, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the occurrences of found names that were missed: whole tokens, in no other name."""
    taken = sorted((span.begin, span.end) for span in spans)
    names = sorted({page.text[span.begin : span.end] for span in spans}, key=lambda name: (-len(name), name))
    for name in names:
        if len(name) < 2 or "\n" in name:
            continue
        for begin, end in occurrences(page.text, name):
            at = bisect_right(taken, (begin, len(page.text)))
            free = (at == 0 or taken[at - 1][1] <= begin) and (at == len(taken) or taken[at][0] >= end)
            if free and stands_alone(page, begin, end):
                taken.insert(at, (begin, end))
                yield Span(begin, end, Origin.REPEAT, "repeated")


def _one_kanji(page: Page, names: Sequence[Span]) -> Iterator[Span]:
    """Yield countries of one kanji: before a name (米X) or alone in brackets behind one, before 国-like words the tokenizer marks, or as a topic."""
    begins, taken = {span.begin for span in names}, Taken(names)
    for unit, begin, end in zip(page.units, page.begins, page.ends, strict=True):
        if unit.surface not in countries():
            continue
        led = _LED.match(page.text, end)
        aside = page.text[begin - 1 : begin] in ("（", "(") and page.text[end : end + 1] in ("）", ")")  # デル（米）
        if unit.tag != "名詞-固有名詞-地名-国" and end not in begins and not (led and led.end() in begins) and not aside:
            continue
        if unit.surface in "米英独仏伊露韓中印豪台" and not taken.touching(begin, end):
            yield Span(begin, end, Origin.SHAPE, "countries.tsv", {EntityClass.PLACE: 3})


def _apart(found: Iterable[tuple[Span, EntityClass]]) -> Iterator[tuple[Span, EntityClass]]:
    end = 0
    for span, kind in found:
        if span.begin >= end:
            yield span, kind
            end = span.end


def _mention(text: str, span: Span, kind: EntityClass) -> Mention:
    confidence = {Origin.TAGGER: max(0.5, min(0.95, max(span.votes.values(), default=0.5))), Origin.SHAPE: 0.8, Origin.REPEAT: 0.7, Origin.ROLE: 0.8}
    name = text[span.begin : span.end]
    return Mention(
        span.begin, span.end, name, kind, span.form if span.form == Form.ROLE else Form.NAME, span.rule, round(confidence.get(span.origin, 0.9), 2)
    )
