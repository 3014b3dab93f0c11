"""Names by their shape: what the tagger misses or cuts, found by letters, brackets, suffixes and honorifics."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.mention.page import Origin, Page, Span
from kg.mention.tidy import best
from kg.mention.units import Unit, script
from kg.mention.words import alternatives, class_word_before, class_words, generic, suffixes
from kg.model import EntityClass

_L = "A-Za-zÀ-ɏＡ-Ｚａ-ｚ"
_N = "0-9０-９"
_WORD = rf"[{_L}][{_L}{_N}'’.+\-_]*"
_NUMBER = rf"[{_N}]+(?:\.[{_N}]+)*[{_L}]{{0,3}}"
LATIN = re.compile(rf"(?<![{_L}{_N}]){_WORD}(?: (?:{_WORD}|{_NUMBER}|&))*")
_VERSION = re.compile(rf"^(?:[ \-]?(?:{_NUMBER}|[vV]{_NUMBER}|Pro|Plus|Max|mini|Mini|Lite|Ultra|Turbo)(?![{_L}{_N}%％]))+")
_COUNTED = re.compile(r"^\s?(?:年|月|日|時|分|人|社|円|ドル|億|万|%|％|カ|か|歳|件|台|倍|回|本|個|つ|目|位|割|機種|種類)")
_HONORIFIC = re.compile(r"氏|さん(?![\dぁ-ん]*[ぁ-ん])|容疑者|被告(?!人)")
_PERSONAL = (
    "名詞-固有名詞",
    "名詞-普通名詞-一般",
    "記号-文字",
    "補助記号-一般",
    "空白",
    "名詞-普通名詞-形状詞可能",
    "接尾辞-名詞的",
    "名詞-普通名詞-副詞可能",
    "感動詞",
)
_PROPER = ("名詞", "接頭辞", "接尾辞-名詞的", "記号", "形状詞")
_NO_COMPANY = frozenset("同両各自他当本会弊御貴某全入退出帰訪来支公結神商新子")
_QUOTE = re.compile(r"[「『]([^「」『』、。\n]{2,24})[」』]")
_LEGAL = re.compile(r"株式会社|合同会社|有限会社|[(（]株[)）]|㈱|一般社団法人|一般財団法人|公益財団法人|学校法人|医療法人|社会福祉法人")


def extended(page: Page, spans: list[Span]) -> list[Span]:
    """Return the spans grown to whole Latin names (GPT-4o mini), versions (Kiln 2) and legal forms (株式会社X)."""
    grown = [_with_version(page, span) for span in _whole_latin(page, spans)]
    return [_with_legal_form(page, span) for span in grown]


def _whole_latin(page: Page, spans: list[Span]) -> Iterator[Span]:
    runs = [(match.start(), match.start() + len(match.group().rstrip(".'’-"))) for match in LATIN.finditer(page.text)]
    for span in spans:
        touched = [run for run in runs if run[0] < span.end and span.begin < run[1]]
        if len(touched) == 1 and sum(1 for other in spans if other.begin < touched[0][1] and touched[0][0] < other.end) == 1:
            begin, end = _named_part(page.text, *touched[0], span)
            span = replace(span, begin=min(begin, span.begin), end=max(end, span.end))
        yield span


def _named_part(text: str, begin: int, end: int, span: Span) -> tuple[int, int]:
    """The part of a Latin run that is one name: from its first capital word that is no generic word to its last."""
    words = [(begin + m.start(), begin + m.end()) for m in re.finditer(r"\S+", text[begin:end])]
    while words and words[0][1] <= span.begin and (text[words[0][0] : words[0][1]] in generic() or text[words[0][0]].islower()):
        words.pop(0)
    while words and words[-1][0] >= span.end and (text[words[-1][0] : words[-1][1]] in _TITLES or text[words[-1][0]].islower()):
        words.pop()
    return (words[0][0], words[-1][1]) if words else (span.begin, span.end)


_TITLES = frozenset({"CEO", "CTO", "CFO", "COO", "Inc", "GPU", "CPU"})


def _with_version(page: Page, span: Span) -> Span:
    if span.votes and best(span) in (EntityClass.PERSON, EntityClass.PLACE):
        return span
    match = _VERSION.match(page.text[span.end : span.end + 20])
    if not match or _COUNTED.match(page.text[span.end + match.end() :]):
        return span
    if match.group()[0] not in " -" and script(page.text[span.end - 1]) == "k":
        return span
    return replace(span, end=span.end + match.end())


def _with_legal_form(page: Page, span: Span) -> Span:
    before = page.text[max(0, span.begin - 10) : span.begin]
    for match in _LEGAL.finditer(before):
        if match.end() == len(before):
            return replace(span, begin=span.begin - len(match.group()), votes=_company(span))
    match_after = _LEGAL.match(page.text[span.end : span.end + 8])
    if match_after:
        return replace(span, end=span.end + match_after.end(), votes=_company(span))
    if page.text[span.end : span.end + 1] == "社" and script(page.text[span.end - 1]) in "taA9" and _ends_unit(page, span.end + 1):
        return replace(span, end=span.end + 1, votes=_company(span))
    return span


def _company(span: Span) -> dict[EntityClass, float]:
    return {**span.votes, EntityClass.ORGANIZATION: span.votes.get(EntityClass.ORGANIZATION, 0.0) + 4}


def _ends_unit(page: Page, offset: int) -> bool:
    at = bisect_left(page.ends, offset)
    return at < len(page.ends) and page.ends[at] == offset


def shaped(page: Page) -> Iterator[Span]:
    """Yield names that their surroundings give away, whether the tagger saw them or not."""
    yield from _honoured(page)
    yield from _companies(page)
    yield from _quoted(page)


def _honoured(page: Page) -> Iterator[Span]:
    """Persons before 氏, さん, 容疑者, 被告."""
    for match in _HONORIFIC.finditer(page.text):
        begin = _back(page, match.start(), _personal)
        name = page.text[begin : match.start()]
        if 2 <= len(name) <= 30 and name not in class_words() and name[-1] not in "同両各某お皆" and script(name[-1]) in "ktAah":
            yield Span(begin, match.start(), Origin.SHAPE, "honorific", {EntityClass.PERSON: 3})


def _companies(page: Page) -> Iterator[Span]:
    """X社 of foreign script, and what stands after or before 株式会社."""
    for match in re.finditer("社", page.text):
        begin = _back(page, match.start(), _foreign)
        if match.start() - begin >= 2 and _ends_unit(page, match.end()) and not page.text[begin : match.start()].isdigit():
            yield Span(begin, match.end(), Origin.SHAPE, "company-suffix", {EntityClass.ORGANIZATION: 4})
    for match in re.finditer("株式会社|合同会社|有限会社", page.text):
        end = _forth(page, match.end())
        if end - match.end() >= 2:
            yield Span(match.start(), end, Origin.SHAPE, "legal-form", {EntityClass.ORGANIZATION: 4})


def _quoted(page: Page) -> Iterator[Span]:
    """「X」 after a class word or before という and one."""
    for match in _QUOTE.finditer(page.text):
        word = class_word_before().search(page.text[max(0, match.start() - 16) : match.start()])
        if word and _name_like(page, match.start(1), match.end(1)):
            yield Span(match.start(1), match.end(1), Origin.SHAPE, "quoted-name", {class_words()[word.group(1)]: 4})


def _name_like(page: Page, begin: int, end: int) -> bool:
    """Whether a quote's words can be a name: nouns and at most one other word, no verb ending."""
    units = page.inside(begin, end)
    other = sum(not unit.tag.startswith((*_PROPER, "補助記号-一般", "空白")) for unit in units)
    text = page.text[begin:end]
    return text not in generic() and (other == 0 or (len(text) <= 8 and all(script(c) in "ht9" for c in text)) or (other <= 1 and len(units) <= 5))


def _back(page: Page, end: int, fits: object) -> int:
    """Begin of the stretch of fitting units that ends at `end`."""
    i = bisect_left(page.ends, end)
    if i >= len(page.ends) or page.ends[i] != end:
        return end
    begin = end
    while i >= 0 and end - page.begins[i] <= 30 and fits(page.units[i]):  # type: ignore[operator]
        begin = page.begins[i]
        i -= 1
    while begin < end and page.text[begin] in " 　・=＝-\n":
        begin += 1
    return begin


def _forth(page: Page, begin: int) -> int:
    i = bisect_left(page.begins, begin)
    end = begin
    while i < len(page.units) and page.units[i].tag.startswith(("名詞", "記号", "接頭辞")) and page.units[i].surface not in "・":
        end = page.ends[i]
        i += 1
    return end


def _personal(unit: Unit) -> bool:
    if "\n" in unit.surface or unit.surface in class_words():
        return False
    if unit.tag.startswith("補助記号-一般"):
        return unit.surface in "・=＝-'’."
    return (
        (unit.tag.startswith(_PERSONAL)
        and not unit.tag.startswith("名詞-普通名詞-一般"))
        or script(unit.surface[0]) in "tAa"
        or unit.tag.startswith("名詞-固有名詞")
    )


def _foreign(unit: Unit) -> bool:
    return all(script(c) in "taA" or c in "・-'’&" for c in unit.surface) and unit.surface not in class_words()


def bodies(page: Page, taken: list[Span]) -> Iterator[Span]:
    """Organisations made by a suffix that the tagger missed: 陸上通信監理庁, 北砂電機."""
    ends = re.compile(alternatives([word for word, kind in suffixes("yes").items() if kind == EntityClass.ORGANIZATION and len(word) >= 2]))
    for match in ends.finditer(page.text):
        if any(span.begin < match.end() and match.start() < span.end for span in taken) or not _ends_unit(page, match.end()):
            continue
        begin = _back(page, match.start(), lambda unit: unit.tag.startswith(("名詞-固有名詞",)))
        if match.start() - begin >= 2:
            yield Span(begin, match.end(), Origin.SHAPE, "body-suffix", {EntityClass.ORGANIZATION: 3})
