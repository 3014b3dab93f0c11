"""Roles that speak (広報担当者) and sources without a name (情報筋, 関係者)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import Row, rows
from kg.mention.page import Origin, Page, Span
from kg.mention.words import alternatives
from kg.model import EntityClass, Form

_TOPIC = re.compile(r"^(?:ら|たち)?(?:の(?:話|証言|説明|うち)|への取材|に(?:よると|よれば|対し|取材)|から(?:は|も)|(?:から)?の(?:情報|声)|は|が|も)")
_ALWAYS = re.compile(r"^(?:ら|たち)?(?:の|への|に|から|は|が|も|で|などで|、|と)")


def roles(page: Page, names: Sequence[Span], persons: Sequence[Span]) -> Iterator[Span]:
    """Yield roles, where they speak; none within a name, and no title after a person's name."""
    for match in _pattern().finditer(page.text):
        begin, end = match.span()
        row = _rows()[match.group()]
        if _taken(names, begin, end) or any(begin - 1 <= person.end <= begin for person in persons) or not page.on_borders(begin, end):
            continue
        if row["when"] != "always" and not _speaks(page.text, end):
            continue
        if row["when"] == "always" and not _ALWAYS.match(page.text[end:]):
            continue
        begin = _widened(page, begin, names)
        yield Span(begin, end, Origin.ROLE, row.rule, {EntityClass(row["class"]): 5.0}, Form.ROLE)


def _taken(spans: Sequence[Span], begin: int, end: int) -> bool:
    return any(span.begin < end and begin < span.end for span in spans)


def _speaks(text: str, end: int) -> bool:
    """Whether what follows makes it the subject or source of speech within the sentence."""
    rest = text[end : end + 400]
    if not _TOPIC.match(rest):
        return False
    return bool(_speech().search(_sentence(rest)))


def _sentence(text: str) -> str:
    """Up to the full stop that stands in no bracket."""
    depth = 0
    for i, character in enumerate(text):
        if character in "「『（":
            depth += 1
        elif character in "」』）":
            depth -= 1
        elif character == "\n" or (character == "。" and depth <= 0):
            return text[:i]
    return text


def _widened(page: Page, begin: int, names: Sequence[Span]) -> int:
    """Take in the common nouns directly before a role that make one word with it (上級幹部)."""
    i = bisect_left(page.begins, begin)
    while i and page.units[i - 1].tag.startswith(("名詞-普通名詞-一般", "名詞-普通名詞-サ変可能", "名詞-普通名詞-形状詞可能", "接頭辞")):
        if _taken(names, page.begins[i - 1], page.ends[i - 1]) or page.ends[i - 1] != page.begins[i]:
            break
        i -= 1
    return min(begin, page.begins[i]) if i < len(page.begins) else begin


@cache
def _rows() -> dict[str, Row]:
    return {row["word"]: row for row in rows("roles.tsv")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(alternatives(list(_rows())))


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(alternatives([row["word"] for row in rows("speech.tsv")]))
