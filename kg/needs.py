"""What a line must hold for a pattern of a lexicon to match at all: asked first, for a pattern costs many times as much.

A line's signs are its characters, its pairs of neighbouring characters, and a sign for each kind of name in it. A pattern asks for
sets of signs, of each of which the line must hold one: `を(?:買収|吸収)` for を and for 買収 or 吸収.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

_PIECE = re.compile(
    r"\{[so]:(?P<keys>[A-Z]+)\+?\}|(?P<optional>[?*]|\{0?,\d*\})|\{(?P<words>[A-Z]{3,})\}|\{[^{}]*\}|\\.|\[(?:\\.|[^\]])*\]"
    r"|(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?::|P<\w+>))?)|(?P<close>\))|(?P<or>\|)|(?P<plain>[^\\\[\](){}|?*+.^$])|.",
    re.S,
)
Signs = frozenset[str]
Pieces = Iterator[re.Match[str]]
_NOTHING = Signs()  # what a pattern asks for that may match any line


@dataclass(frozen=True, slots=True)
class Needs:
    """Sets of signs, of each of which a line must hold one, the rarest first."""

    sets: tuple[Signs, ...]


class Index:
    """Many patterns' needs, asked at once: which sets a line holds, then the patterns whose rarest set is one of those."""

    def __init__(self, asked: Iterable[Needs]) -> None:
        self._sets: dict[str, list[Signs]] = defaultdict(list)  # by each of their signs
        self._led: dict[Signs, list[int]] = defaultdict(list)  # patterns by their rarest set
        self._wanted: list[frozenset[Signs]] = []
        for number, each in enumerate(asked):
            self._led[each.sets[0] if each.sets else _NOTHING].append(number)
            self._wanted.append(frozenset(each.sets))
        for one in {one for wanted in self._wanted for one in wanted}:
            for sign in one:
                self._sets[sign].append(one)

    def met(self, signs: Signs) -> list[int]:
        """Return the numbers of the patterns that a line with these signs may match, in their order."""
        held = {one for sign in signs & self._sets.keys() for one in self._sets[sign]}
        near = (number for one in (_NOTHING, *held) for number in self._led.get(one, ()))
        return sorted(number for number in near if self._wanted[number] <= held)


def signs(text: str, letters: Iterable[str]) -> Signs:
    """Return the signs of a line; `letters` are the kinds of the names in it."""
    return frozenset((*text, *map("".join, pairwise(text)), *map(_name, letters)))


def needs(pattern: str, letters: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> Needs:
    """Return what a pattern asks for. `letters` maps a slot's letter to the kinds of names that fill it, `words` a list's name to its words."""
    return Needs(tuple(sorted(set(_group(_PIECE.finditer(pattern), letters, words)), key=_rarity, reverse=True)))


def _group(pieces: Pieces, letters: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> list[Signs]:
    """What a group asks for, up to the bracket that ends it."""
    choices: list[list[Signs]] = [[]]
    asked: list[Signs] = []  # by the last piece, which may turn out to be optional
    before = ""  # that piece, where it is a plain character
    for piece in pieces:
        if piece["optional"]:
            asked, before = [], ""
            continue
        choices[-1] += asked
        asked, plain = [], piece["plain"] or ""
        if piece["close"]:
            break
        if piece["or"]:
            choices.append([])
        elif piece["open"]:
            asked = _group(pieces, letters, words)
        elif piece["look"]:
            _group(pieces, letters, words)
        elif piece["keys"]:
            asked = [frozenset(_name(letter) for key in piece["keys"] for letter in letters.get(key, key))]
        elif piece["words"]:
            asked = _either([_word(word) for word in words[piece["words"]]])
        elif plain:
            asked = _word(before + plain)
        before = plain
    choices[-1] += asked
    return _either(choices)


def _either(choices: list[list[Signs]]) -> list[Signs]:
    """What some choices ask for: all that the only one does, else one thing of each."""
    if len(choices) == 1:
        return choices[0]
    return [frozenset[str]().union(*(max(each, key=_rarity) for each in choices))] if all(choices) else []


def _word(word: str) -> list[Signs]:
    return [frozenset((sign,)) for sign in map("".join, pairwise(word))] or [frozenset((word,))]


def _name(letter: str) -> str:
    return f"name:{letter}"


def _rarity(each: Signs) -> tuple[bool, int]:
    """Pairs are rarer than characters, and one of few is rarer than one of many."""
    return all(len(sign) > 1 for sign in each), -len(each)
