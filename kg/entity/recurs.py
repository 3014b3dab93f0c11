"""Words in brackets behind a name that the text goes on to use are another name of it: ナナ（浜々出行）, 通商協定（KTA）."""

from __future__ import annotations

import re

from kg.entity.keys import script
from kg.model import EntityClass, Mention

_CAPITALS = re.compile("[A-Z]{2,6}")
_AGAIN = r"(?=[」』]?(?:[はがのをにともでへ]|から|より|側|社))"
_DIVISION = tuple("都道府県市区町村郡州国")
_LISTED = re.compile(r".*\.tsv")
_CALLED = frozenset({EntityClass.ORGANIZATION, EntityClass.MODEL, EntityClass.PLACE})


def recurs(text: str, mention: Mention, begin: int, end: int, inside: Mention | None) -> bool:
    """Whether words in brackets behind a mention name it too because the text uses them again; `inside` is the mention that they are."""
    words = text[begin:end]
    if len(words) < 2 or mention.type not in _CALLED or (inside is not None and inside.type is EntityClass.PERSON):
        return False
    if _foreign(text, mention, begin, words, inside):
        return True
    return _again(text, begin, re.escape(words)) and (_is_glossed(mention, words) if inside is None else _may_be(mention, words, inside))


def _again(text: str, begin: int, pattern: str, behind: str = _AGAIN) -> bool:
    return any(m.start() != begin for m in re.finditer(rf"(?<![々一-龥ァ-ヺーA-Za-z0-9])(?:{pattern}){behind}", text))


def _foreign(text: str, mention: Mention, begin: int, words: str, inside: Mention | None) -> bool:
    """Kanji behind a foreign name, or katakana behind a name in kanji: 青嶺電池 of AKB（青嶺電池新材料科技）, 浜風汽車（ハマ）."""
    there = script(mention.text)
    if script(words) == "katakana" and there == "kanji" and mention.type is EntityClass.ORGANIZATION and "・" not in words:
        return _again(text, begin, re.escape(words), "(?=[はがのを])")
    if len(words) < 3 or script(words) != "kanji" or there not in ("latin", "katakana") or mention.type is EntityClass.PLACE:
        return False
    if inside and inside.type is EntityClass.PLACE:
        return False
    heads = "|".join(re.escape(words[:length]) for length in range(len(words), 2, -1))
    return _again(text, begin, heads, "(?=[はがのを])")


def _is_glossed(mention: Mention, words: str) -> bool:
    """Whether words that nobody took for a name are initials, or say in Japanese what a foreign name means: フーシ（神の支持者）."""
    return _CAPITALS.fullmatch(words) is not None or (script(mention.text) in ("latin", "katakana") and "の" in words[1:-1])


def _may_be(mention: Mention, words: str, inside: Mention) -> bool:
    """Whether a mention of its class, or of one that it was wrongly taken for, may be another name: no maker's, no place where it lies."""
    if inside.type is EntityClass.PLACE:
        placed = _LISTED.match(inside.rule) is not None or words.endswith(_DIVISION) or "・" in words
        return mention.type is not EntityClass.ORGANIZATION and not placed
    if mention.type is EntityClass.PLACE:
        return False
    return inside.type is mention.type or (_CAPITALS.fullmatch(words) is not None and not _LISTED.match(inside.rule))
