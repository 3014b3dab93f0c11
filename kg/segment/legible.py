"""What the parser reads of a stretch: quotations masked, short asides and datelines left out, each character with its place."""

from __future__ import annotations

import re

from kg.segment.kinds import PLACEHOLDER

LONGEST_ASIDE = 80


def legible(text: str, pairs: dict[int, int], begin: int, end: int, speech: dict[int, int]) -> tuple[str, tuple[int, ...]]:
    """What the parser reads: quotations masked, short asides and datelines left out."""
    chars: list[str] = []
    offsets: list[int] = []
    i = begin
    while i < end:
        close = pairs.get(i, -1)
        if i in speech:
            for char, at in zip(text[i] + PLACEHOLDER + text[close], (i, i + 1, close - 1, close), strict=True):
                chars.append(char)
                offsets.append(at)
            i = close + 1
        elif i < close < end and _is_aside(text, i, close, begin):
            i = close + 1
        else:
            chars.append(" " if text[i] in "\r\n\t　" else text[i])
            offsets.append(i)
            i += 1
    if not re.search(r"\w", "".join(chars)):  # nothing but an aside, （論説委員）: then it is the sentence
        return text[begin:end], tuple(range(begin, end + 1))
    return "".join(chars), (*offsets, end)


def _is_aside(text: str, b: int, e: int, begin: int) -> bool:
    """（…） anywhere, and a dateline 【…】 at the beginning."""
    if text[b] in "（(〔":
        return e - b <= LONGEST_ASIDE and (b > begin or e - b < 20)
    return text[b] == "【" and b == begin and e - b < 20
