"""Brackets that belong together, over lines too."""

from __future__ import annotations

import re

OPENING, CLOSING = "「『“（(【〔《〈", "」』”）)】〕》〉"
PAIRS = dict(zip(OPENING, CLOSING, strict=True))
QUOTES = "「『“"
LONGEST_QUOTE = 3000
_EMOTICON = re.compile(r"\([^぀-ヿ一-鿿)]{1,3}[_^;；ω∀д・][^)]{0,4}\)")


def pairs(text: str) -> dict[int, int]:
    """Return the closing offset of every opening bracket that is closed before the next line that opens anew at its start."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in PAIRS and not (char == "(" and _emoticon(text, i)):
            stack.append(i)
        elif char in CLOSING and any(PAIRS[text[j]] == char for j in stack):
            while PAIRS[text[stack[-1]]] != char:
                stack.pop()
            found[stack.pop()] = i
        elif char == "\n" and stack and _breaks(text, i, stack):
            stack.clear()
    return {b: e for b, e in found.items() if e - b <= LONGEST_QUOTE}


def _emoticon(text: str, at: int) -> bool:
    return _EMOTICON.match(text, at, at + 12) is not None


def _breaks(text: str, at: int, stack: list[int]) -> bool:
    """Whether a line's end ends what is open: a parenthesis always, a quotation where the next paragraph opens another."""
    if text[stack[0]] not in QUOTES:
        return True
    rest = text[at + 1 : at + 1 + LONGEST_QUOTE]
    closing = PAIRS[text[stack[0]]]
    head = rest.find(closing)
    return head < 0 or (text[stack[0]] in rest[:head] and not _nested(rest[:head], text[stack[0]], closing))


def _nested(between: str, opening: str, closing: str) -> bool:
    return between.count(opening) <= between.count(closing)
