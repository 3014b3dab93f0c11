"""What the tagger's spans are trimmed to: brackets, honorifics, titles, countries and class words are no part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.mention.page import Page, Span
from kg.mention.units import script
from kg.mention.words import class_words, countries, suffix_end
from kg.model import EntityClass

_EDGE_LEFT = ' 　\n\t「『“"（(【〈《・、，,:：=＝】）)」』”]［/／&＆-—―●■▽○'
_EDGE_RIGHT = ' 　\n\t」』”"）)】〉》、。，,・「『（(【“:：;[]［／/&＆-—―'
_GOVERNMENT = re.compile(r"[省庁]|政府|議会|大使館|軍|[一-龥]委員会|院|裁|党")
_LETTER = re.compile(r"[^\W\d_]")


def tidy(page: Page, span: Span) -> Iterator[Span]:
    """Yield the names within a tagger's span: X（Y） is two, 米X is X, X氏 is X, モデル「X is X; nothing for what holds no letter."""
    for begin, end in _pieces(page.text, span.begin, span.end):
        begin, end = _without_country(page, begin, end)
        begin, end = _without_class_word(page.text, begin, end)
        if best(span) == EntityClass.PERSON:
            begin, end = _without_title(page.text, begin, end)
        begin, end = _edges(page.text, begin, end)
        if begin < end and _LETTER.search(page.text[begin:end]):
            yield replace(span, begin=begin, end=end)


def best(span: Span) -> EntityClass:
    """Return the class that most speaks for."""
    return max(span.votes, key=lambda kind: span.votes[kind])


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^「」『』【】（）()〈〉《》、。\n]+", text[begin:end]):
        first, last = _edges(text, begin + match.start(), begin + match.end())
        if first < last:
            yield first, last


def _edges(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in _EDGE_LEFT:
        begin += 1
    while begin < end and text[end - 1] in _EDGE_RIGHT:
        end -= 1
    return begin, end


def _without_country(page: Page, begin: int, end: int) -> tuple[int, int]:
    """米テルモナ社 → テルモナ社, but 米商務省 stays whole: there the country is part of the name."""
    name = page.text[begin:end]
    if len(name) < 3 or name[0] not in countries() or _GOVERNMENT.search(name[1:]):
        return begin, end
    return (begin + 1, end) if script(name[1]) in "tAa" else (begin, end)


def _without_class_word(text: str, begin: int, end: int) -> tuple[int, int]:
    """AIモデルSoramid → Soramid, Soramidシリーズ → Soramid: only where the script tells the two apart."""
    name = text[begin:end]
    for word in class_words():
        if len(word) < 2 or len(word) + 1 >= len(name):
            continue
        if name.endswith(word) and script(word[0]) in "tk" and script(name[-len(word) - 1]) in "Aa9":
            return begin, end - len(word)
        if name.startswith(word) and script(word[-1]) in "tk" and script(name[len(word)]) in "Aa" and name[:1] not in countries():
            return begin + len(word), end
    return begin, end


def _without_title(text: str, begin: int, end: int) -> tuple[int, int]:
    match = suffix_end("no").search(text[begin:end])
    return (begin, begin + match.start()) if match else (begin, end)
