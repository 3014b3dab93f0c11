"""What a line must hold for a pattern of constructions.tsv to match at all: searched for first, because it costs a twentieth of the pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(
    r"\{[so]:(?P<keys>[A-Z]+)\+?\}|\{[^{}]*\}|\\.|\[(?:\\.|[^\]])*\]|(?P<open>\()|(?P<close>\))|(?P<or>\|)|(?P<plain>[^\\\[\](){}|?*+.^$])|.", re.S
)
_OPTIONAL = re.compile(r"[?*]|\{0?,")


@dataclass(frozen=True, slots=True)
class Needs:
    """Sets of letters of names, of each of which a line must hold one, and words that must all stand in it."""

    names: tuple[frozenset[str], ...]
    words: tuple[str, ...]

    def met(self, text: str, letters: frozenset[str]) -> bool:
        return all(word in text for word in self.words) and all(letters & keys for keys in self.names)


def needs(pattern: str, letters: dict[str, str]) -> Needs:
    """Return what stands outside of every group and choice of a pattern; `letters` maps a slot's letter to those of names that fill it."""
    depth = 0
    names: list[frozenset[str]] = []
    words: list[str] = [""]
    for piece in _PIECE.finditer(pattern):
        depth += bool(piece["open"]) - bool(piece["close"])
        if piece["or"] and not depth:
            return Needs((), ())
        optional = _OPTIONAL.match(pattern, piece.end()) is not None
        if piece["keys"] and not depth and not optional:
            names.append(frozenset("".join(letters.get(k, k) for k in piece["keys"])))
        if piece["plain"] and not depth and not optional:
            words[-1] += piece["plain"]
        elif words[-1]:
            words.append("")
    return Needs(tuple(names), tuple(word for word in words if word))
