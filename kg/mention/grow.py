"""Spans grown to the whole name: Latin words that belong together (GPT-4o mini), versions (Forge 2), legal forms (株式会社X)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.mention.page import Page, Span, Taken
from kg.mention.tidy import best
from kg.mention.units import script
from kg.mention.words import class_words, countries, generic, suffix_begin, suffix_end, suffixes
from kg.model import EntityClass

_L = "A-Za-zÀ-ɏＡ-Ｚａ-ｚ"
_N = "0-9０-９"
_WORD = rf"[{_L}][{_L}{_N}'’.+＋\-_]*(?:[&＆][{_L}{_N}]+)*"
_NUMBER = rf"[{_N}]+(?:\.[{_N}]+)*[{_L}]{{0,3}}"
LATIN = re.compile(rf"(?<![{_L}{_N}])(?:{_WORD}|[{_N}]+{_WORD})(?: (?:{_WORD}|{_NUMBER}|&))*")
KATAKANA = re.compile(r"[ァ-ヺー]+(?:[・＝=･][ァ-ヺー]+)*")
_VERSION = re.compile(rf"^(?:[ \-]?(?:{_NUMBER}|[vV]{_NUMBER}|Pro|Plus|Max|mini|Mini|Lite|Ultra|Turbo)(?![{_L}{_N}%％]))+")
_COUNTED = re.compile(r"^\s?(?:[年月日時分人社円カか歳件台倍回本個つ目位割者番級桁度]|ドル|ユーロ|億|万|千|百|%|％|機種|種類|GB|MB|インチ|型)")
LEGAL = re.compile(r"株式会社|合同会社|有限会社|[(（]株[)）]|㈱|一般社団法人|一般財団法人|公益財団法人|学校法人|医療法人|社会福祉法人")
DATA = re.compile(r"情報(?=[（(]|は|が|も)")  # behind a company's ending it is the rest of its name (X食品情報)
_STATE = re.compile(r"(?:[省庁軍]|政府|議会|委員会|当局)$")
_TITLES = frozenset({"CEO", "CTO", "CFO", "COO", "CIO", "CSO", "GPU", "CPU", "API", "SDK"})


def grown(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each grown to the whole of its name."""
    latin = [_with_version(page, span) for span in _whole(page, spans, LATIN)]
    return [_with_legal_form(page, span) for span in _whole(page, latin, KATAKANA)]


def _whole(page: Page, spans: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Span]:
    """Grow a span that is alone in a run of Latin words or of katakana: half a name is none."""
    runs = [(match.start(), match.start() + len(trimmed(match.group()))) for match in pattern.finditer(page.text)]
    begins, ends, taken = [begin for begin, _ in runs], [end for _, end in runs], Taken(spans)
    for span in spans:
        touched = runs[bisect_right(ends, span.begin) : bisect_left(begins, span.end)]
        for run in touched[:1] + touched[1:][-1:]:
            if len(taken.touching(*run)) == 1:
                begin, end = _named_part(page.text, *run, span) if pattern is LATIN else _kana_part(page.text, *run, span)
                span = replace(span, begin=min(begin, span.begin), end=max(end, span.end))
        yield span


def trimmed(run: str) -> str:
    """Return a run without the marks at its end, but for the stop of Inc. and the like."""
    return run if run.endswith(("Inc.", "Ltd.", "Corp.", "Co.")) else run.rstrip(".'’-・")


def _named_part(text: str, begin: int, end: int, span: Span) -> tuple[int, int]:
    """The part of a Latin run that is one name: from its first capital word that is no generic word to its last."""
    words = [(begin + m.start(), begin + m.end()) for m in re.finditer(r"\S+", text[begin:end])]
    while words and words[0][1] <= span.begin and (text[words[0][0] : words[0][1]] in generic() or text[words[0][0]].islower()):
        words.pop(0)
    while words and words[-1][0] >= span.end and (text[words[-1][0] : words[-1][1]] in _TITLES or text[words[-1][0]].islower()):
        words.pop()
    return (words[0][0], words[-1][1]) if words else (span.begin, span.end)


def _kana_part(text: str, begin: int, end: int, span: Span) -> tuple[int, int]:
    """The whole run, unless what the span leaves out is a class word of its own (トルミナモデル)."""
    before, after = text[begin : span.begin].rstrip("・"), text[span.end : end].lstrip("・")
    if before in class_words() or before in generic():
        begin = span.begin
    if after in class_words() or after in generic() or suffix_begin("no").fullmatch(after):
        end = span.end
    return begin, end


def _with_version(page: Page, span: Span) -> Span:
    if span.votes and best(span) in (EntityClass.PERSON, EntityClass.PLACE):
        return span
    match = _VERSION.match(page.text[span.end : span.end + 20])
    if not match or _COUNTED.match(page.text[span.end + match.end() : span.end + match.end() + 8]):
        return span
    if match.group()[0] not in " -" and script(page.text[span.end - 1]) == "k":
        return span
    return replace(span, end=span.end + match.end())


def _with_legal_form(page: Page, span: Span) -> Span:
    before = page.text[max(0, span.begin - 10) : span.begin]
    if before[-1:] in countries() and _STATE.search(page.text[span.begin : span.end]):
        return replace(span, begin=span.begin - 1, votes=_company(span))
    for match in LEGAL.finditer(before):
        if before[match.end() :] in ("", " ", "　"):  # 株式会社 みのりリサーチ
            return replace(span, begin=span.begin - len(before) + match.start(), votes=_company(span))
    if (whole := page.forth(span.end, lambda unit: unit.tag.startswith("名詞-普通名詞"))) > span.end and _body(page, span.end, whole):
        return replace(span, end=whole, votes=_company(span))
    if (
        DATA.match(page.text[span.end : span.end + 8])
        and suffix_end("yes").search(page.text[span.begin : span.end])
        and best(span) != EntityClass.PLACE
    ):
        return replace(span, end=span.end + 2, votes=_company(span))
    after = LEGAL.match(page.text[span.end : span.end + 8])
    if after:
        return replace(span, end=span.end + after.end(), votes=_company(span))
    if page.text[span.end : span.end + 1] == "社" and script(page.text[span.end - 1]) in "taA9" and page.ends_unit(span.end + 1):
        return replace(span, end=span.end + 1, votes=_company(span))
    return span


def _body(page: Page, begin: int, end: int) -> bool:
    """Whether the nouns directly after a name make it an organisation's: 三沢 + 商店街振興組合, 萩市 + 議会."""
    ending = suffix_end("yes").search("＿" + page.text[begin:end])
    if not ending or suffixes("yes")[ending.group(1)] != EntityClass.ORGANIZATION or len(ending.group(1)) < 2:
        return False
    return page.text[begin:end] not in class_words() and page.text[end : end + 1] not in ("長", "相")


def _company(span: Span) -> dict[EntityClass, float]:
    return {**span.votes, EntityClass.ORGANIZATION: span.votes.get(EntityClass.ORGANIZATION, 0.0) + 4}
