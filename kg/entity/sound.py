"""Whether katakana spells a Latin name: a conservative alignment of consonants and vowels.

ザッカーバーグ is Zuckerberg, リンフォールド is Linfold but not Linford. Each Latin letter group allows some Japanese
consonants; vowels that Japanese puts in are free, all else costs. Nothing is learnt: every price stands below.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_VOWELS = "aiueo"
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_NEVER = 9.0
_PRICE = 0.11  # a letter of the Latin name: the sum of costs must stay below
_PART = 0.2  # the same for each part of a name of several
_LEAST = 2  # consonants that must agree, or chance is too great
_BY_THE_BOOK = 0.05  # what a name with fewer may cost: アーム for Arm
_SHORTEST = 3  # code points of katakana
_LONG = ":"
_DIGITS, _LETTERS, _KATAKANA = re.compile(r"\d+"), re.compile("[A-Za-z]+"), re.compile("[ァ-ヺー]+")
_NO_SOUND = re.compile("[ぁ-ゖ々㐀-鿿]")  # what neither script spells

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ*スセソ", "z": "ザ*ズゼゾ", "t": "タ**テト", "d": "ダ**デド", "n": "ナニヌネノ",
    "h": "ハヒ*ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_KANA = {kana: consonant + vowel for consonant, row in _ROWS.items() for kana, vowel in zip(row, _VOWELS, strict=True) if kana != "*"}
_KANA |= {"シ": "Si", "ジ": "ji", "チ": "Ci", "ツ": "Tu", "ヂ": "ji", "ヅ": "zu", "フ": "fu", "ヤ": "ya", "ユ": "yu", "ヨ": "yo"}
_KANA |= {"ワ": "wa", "ヲ": "o", "ヴ": "bu", "ン": "n", "ッ": "", "ー": _LONG}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
_GLIDES = {"ウ": "w", "イ": "y", "ク": "kw", "グ": "gw"}  # before a small vowel: ウェ, クォ

# Latin letter groups, longest first: the Japanese consonants each may become (the usual one first), and what leaving it out costs.
_GROUPS: tuple[tuple[str, str, float], ...] = (
    ("tsch", "C", _NEVER), ("sch", "Ss", _NEVER), ("tch", "C", _NEVER), ("sh", "S", _NEVER), ("ch", "CkS", _NEVER), ("ph", "f", _NEVER),
    ("th", "stzS", _NEVER), ("gh", "gf", 0.1), ("ck", "k", _NEVER), ("wh", "wh", _NEVER), ("wr", "r", _NEVER), ("kn", "n", _NEVER),
    ("ts", "Ts", _NEVER), ("dt", "t", _NEVER), ("tz", "Tz", _NEVER), ("b", "b", _NEVER), ("c", "ksSC", _NEVER), ("d", "djt", _NEVER),
    ("f", "fh", _NEVER), ("g", "gjk", _NEVER), ("h", "hf", 0.1), ("j", "jyhS", _NEVER), ("k", "k", _NEVER), ("l", "r", _NEVER),
    ("m", "mn", _NEVER), ("n", "n", _NEVER), ("p", "pf", _NEVER), ("q", "k", _NEVER), ("r", "r", _NEVER), ("s", "sSzj", _NEVER),
    ("t", "tCTj", _NEVER), ("v", "bf", _NEVER), ("w", "wb", 0.25), ("x", "k", _NEVER), ("z", "zTsj", _NEVER),
)  # fmt: skip
_BEFORE = (
    (r"tion(?=s?$)", "shon"),
    (r"(?<=[aeiou])sion(?=s?$)", "jon"),
    (r"sc(?=[eiy])", "s"),
    (r"^pf", "f"),
    (r"^xi", "sh"),
    (r"dg(?=[eiy])", "j"),
    (r"([b-df-hj-np-tv-z])\1", r"\1"),
)
_SAME_VOWEL = {"a": "aeio", "e": "eia", "i": "iae", "o": "oua", "u": "uao", "y": "iae"}
_VOWEL_COST = (0.0, 0.2, 0.45, 0.45)


class _Unit(NamedTuple):
    """A step of the Latin name: the sounds it may be, what it costs to pass over, and of which kind it is."""

    sounds: str
    skip: float
    kind: str = ""  # vowel, or r after a vowel


@cache
def transliterates(latin: str, katakana: str) -> bool:
    """Whether the katakana name spells the Latin one, whole against whole: Grayfield Motors is グレイフィールド・モーターズ.

    Numbers must be the same. False on anything that is not all Latin against all katakana.
    """
    return distance(latin, katakana) is not None


@cache
def weight(latin: str) -> int:
    """Return how many consonants a Latin name has: how much an agreement of sound is worth."""
    return sum(not unit.kind for unit in _latin("".join(_LETTERS.findall(_plain(latin)))))


@cache
def distance(latin: str, katakana: str, loose: float = 1.0) -> float | None:
    """Return how far the katakana is from the Latin name's sound, 0 for a spelling by the book, or None if it does not spell it.

    `loose` multiplies what is allowed: brackets already say that two names go together.
    """
    there, here = _without_common_end(*(unicodedata.normalize("NFKC", name) for name in (latin, katakana)))
    if _DIGITS.findall(there) != _DIGITS.findall(here) or _NO_SOUND.search(here + there):
        return None
    words = _LETTERS.findall(_plain(there))
    names = _KATAKANA.findall(here)
    if not words or not names:
        return None
    if len(names) == 1:
        words = ["".join(words)]
    if len(words) != len(names):
        return None
    costs = [_cost(_latin(word), _kana(name)) for word, name in zip(words, names, strict=True)]
    letters = [max(len(word), 3) for word in words]
    near = sum(costs) <= loose * _PRICE * sum(letters) and all(cost <= loose * _PART * size for cost, size in zip(costs, letters, strict=True))
    few = sum(not unit.kind for word in words for unit in _latin(word)) < _LEAST
    return sum(costs) if near and not (few and (sum(costs) > _BY_THE_BOOK or len(here) < _SHORTEST)) else None


def _without_common_end(latin: str, katakana: str) -> tuple[str, str]:
    """Drop Latin letters that both end in: OpenAI and オープンAI."""
    ending = re.search(r"(?<=[ァ-ヺー])\s?[A-Za-z]+$", katakana)
    letters = ending.group().strip() if ending else ""
    if letters and latin.lower().endswith(letters.lower()) and ending:
        return latin[: -len(letters)].rstrip(), katakana[: ending.start()]
    return latin, katakana


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


@cache
def _latin(word: str) -> tuple[_Unit, ...]:
    word = word.lower()
    for pattern, instead in _BEFORE:
        word = re.sub(pattern, instead, word)
    found: list[_Unit] = []
    at = 0
    while at < len(word):
        unit, length = _unit(word, at)
        found.append(unit)
        if word[at] == "x":
            found.append(_Unit("szS", 0.0))
        at += length
    return tuple(found)


def _unit(word: str, at: int) -> tuple[_Unit, int]:
    if word[at] in "aeiouy":
        return _vowel(word, at), 1
    for letters, sounds, skip in _GROUPS:
        if word.startswith(letters, at):
            return _consonant(word, at, letters, sounds, skip), len(letters)
    return _Unit("", 0.0), 1


def _vowel(word: str, at: int) -> _Unit:
    char, before, after = word[at], word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    sounds = _SAME_VOWEL[char] + ("y" if char in "yiu" else "")
    if (char, after) == ("a", "u") or (char, before) == ("a", "w"):
        sounds = "ao" + sounds[1:].replace("o", "")
    if after == "r" and word[at + 2 : at + 3] not in tuple("aeiouy"):
        sounds = sounds.replace("a", "")[:1] + "a" + sounds[1:].replace("a", "")
    silent = (char == "e" and not after) or char == "y" or (before and before in "aeiou")
    return _Unit(sounds, 0.1 if silent else 0.2 if char == "e" and after in _CONSONANTS else 0.35, "vowel")


def _consonant(word: str, at: int, letters: str, sounds: str, skip: float) -> _Unit:
    before, after = word[at - 1 : at] if at else "", word[at + len(letters) : at + len(letters) + 1]
    if letters == "r" and before and before in "aeiouy" and (not after or after in _CONSONANTS or word[at + 1 :] == "e"):
        return _Unit(sounds, 0.15 if after != "e" else 0.25, "r")
    if letters == "g" and before == "n" and (not after or after in _CONSONANTS):
        return _Unit(sounds, 0.1)
    if letters in ("s", "t", "h") and after and after in _CONSONANTS:
        return _Unit(sounds, 0.5)
    return _Unit(sounds, skip)


@cache
def _kana(name: str) -> str:
    """Return the sounds of katakana, a letter each: リンフォールド gives rinfo:rudo; ッ gives none."""
    found, last = "", ""
    for char in name:
        if char not in _SMALL:
            found += _KANA.get(char, "")
        elif last in _GLIDES:
            found = found[: -len(_KANA[last])] + _GLIDES[last] + _SMALL[char]
        elif found and found[-1] in _VOWELS and len(_KANA.get(last, "")) > 1:
            glide = _SMALL[char]
            found = found[:-1] + (glide[-1] if found[-2:-1] in "SCjf" else glide)
        last = char
    return found


def _cost(units: tuple[_Unit, ...], sounds: str) -> float:
    """The cheapest alignment of letter groups and sounds."""
    row = [0.0]
    for j in range(len(sounds)):
        row.append(row[j] + _put_in(sounds, j))
    for unit in units:
        fresh = [row[0] + unit.skip]
        for j in range(len(sounds)):
            fresh.append(min(row[j + 1] + unit.skip, fresh[j] + _put_in(sounds, j), row[j] + _meets(unit, sounds, j)))
        row = fresh
    return row[-1]


def _put_in(sounds: str, at: int) -> float:
    """What a sound costs that no letter stands for: the vowel that Japanese needs after a consonant is free."""
    sound, before = sounds[at], sounds[at - 1] if at else ""
    if sound == _LONG:
        return 0.0
    if before and before not in _VOWELS + _LONG + "yw" and sound == ("o" if before in "td" else "i" if before in "Cj" else "u"):
        return 0.02
    if sound == "i" and before in tuple("Sk"):
        return 0.1
    if sound in _VOWELS:
        return 0.2 if before and before in _VOWELS else 0.45
    return 0.35 if sound in "yw" else _NEVER


def _meets(unit: _Unit, sounds: str, at: int) -> float:
    sound = sounds[at]
    if unit.kind == "vowel":
        if sound not in unit.sounds:
            return 0.6 if sound in _VOWELS else _NEVER
        return _VOWEL_COST[min(unit.sounds.index(sound), 3)]
    if unit.kind == "r":
        if sound == _LONG:
            return 0.0
        return (0.8 if at > 1 and sounds[at - 1] == _LONG else 0.25) if sound == "r" else _NEVER
    return min(0.1 * unit.sounds.index(sound), 0.2) if sound in unit.sounds else _NEVER
