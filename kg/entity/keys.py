"""Names as look-up keys: one spelling for the same name written in several ways."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.lexicon import rows

_JOINTS = re.compile(r"[\s・･＝=‐‑‒–—―'’\"“”「」『』〈〉《》]+")
_READING = re.compile(r"(?<=[々一-鿿])[（(][ぁ-ゖー]+[)）]")
_SMALL = str.maketrans("ァィゥェォヵヶヮ", "アイウエオカケワ")
_SOUNDS = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ー", ""))
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_KANJI = re.compile(r"[々〇㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_DIGITS = re.compile(r"\d+(?:\.\d+)*")


@cache
def plain(name: str) -> str:
    """Return a name without the reading of its kanji in brackets: 内海（うつみ）清 is 内海清."""
    return _READING.sub("", name)


@cache
def key(name: str) -> str:
    """Return a name's key: NFKC, case folded, without spaces, middle dots and quotation marks (`ＧＰＴ－４` and `GPT-4` stay apart from `GPT4`)."""
    return _JOINTS.sub("", unicodedata.normalize("NFKC", plain(name)).casefold())


@cache
def spelling(name: str) -> str:
    """Return a key that is blind to long vowels and ways to write foreign sounds: コンピューター and コンピュータ, ヴェルダン and ベルダン."""
    folded = re.sub(r"-(?=[a-z])", "", key(name))
    for written, plain in _SOUNDS:
        folded = folded.replace(written, plain)
    return folded.translate(_SMALL)


@cache
def core(name: str) -> str:
    """Return the spelling of a company's name without 株式会社, 社, グループ, Inc., and a country's kanji before a foreign name."""
    bare = without_country(unicodedata.normalize("NFKC", name).strip())
    changed = True
    while changed:
        changed = False
        for affix in affixes("legal"):
            shorter = _without(bare, affix)
            if shorter != bare and len(key(shorter)) > 1:
                bare, changed = shorter, True
    return spelling(bare)


def _without(name: str, affix: str) -> str:
    folded, ending = name.casefold(), affix.casefold()
    if folded.startswith(ending) and not _LATIN.match(affix):
        return name[len(affix) :].lstrip(" ・,")
    if not folded.endswith(ending):
        return name
    rest = name[: -len(affix)]
    if _LATIN.match(affix) and rest[-1:].isascii() and rest[-1:].isalnum():
        return name
    return rest.rstrip(" ・,、")


@cache
def without_country(name: str) -> str:
    """Return the name without a country's one kanji before Latin letters or katakana: 米Talvera gives Talvera."""
    if len(name) > 2 and name[0] in affixes("country") and script(name[1]) in ("latin", "katakana"):
        return name[1:]
    return name


@cache
def affixes(kind: str) -> tuple[str, ...]:
    """Return the affixes of `org_affixes.tsv` of one kind, longest first."""
    found = (row["affix"] for row in rows("org_affixes.tsv") if row["kind"] == kind)
    return tuple(sorted(found, key=lambda affix: (-len(affix), affix)))


@cache
def script(text: str) -> str:
    """Return the script that all letters of a text are in: latin, katakana, hiragana, kanji, or mixed."""
    kinds = {kind for char in text if (kind := _script(char))}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _script(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    tests = (("latin", _LATIN), ("katakana", _KATAKANA), ("hiragana", _HIRAGANA), ("kanji", _KANJI))
    return next((kind for kind, letters in tests if letters.match(plain)), "")


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return script(name) == "latin"


def digits(name: str) -> tuple[str, ...]:
    """Return the numbers in a name: Llama 3.1 405B has 3.1 and 405."""
    return tuple(_DIGITS.findall(unicodedata.normalize("NFKC", name)))


@cache
def legal_free(name: str) -> str:
    """Return a name without 株式会社, 社, Inc. and the like."""
    bare = without_country(unicodedata.normalize("NFKC", name).strip())
    for affix in affixes("legal"):
        bare = _without(bare, affix)
    return bare or name
