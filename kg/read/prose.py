"""What is no prose is refused before anything heavy sees it: a parser's time grows faster than the length of its sentence."""

from __future__ import annotations

import re

from kg.read.errors import Unreadable

LONGEST_SENTENCE = 10_000
"""Characters without a sentence's end or a line's end from which on a text counts as no prose.

The longest of 11,892 sentences of Wikipedia and the web has 269.
"""

DEEPEST_BRACKETS = 100
"""Brackets open at once from which on a text counts as no prose. Quotations in prose nest three or four deep."""

_SENTENCE = re.compile(r"[^。．！？!?\r\n\u0085\u2028\u2029]+")
_OPENING, _CLOSING = "「『（(〔［[｛{〈《【“", "」』）)〕］]｝}〉》】”"
_OPENED = dict(zip(_CLOSING, _OPENING, strict=True))
_BRACKETS = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")


def refuse_what_is_no_prose(text: str, source: str) -> None:
    """Return if the text can be read as prose. Raises Unreadable if not, within a second also for a text of a megabyte."""
    longest = max((match.end() - match.start() for match in _SENTENCE.finditer(text)), default=0)
    if longest >= LONGEST_SENTENCE:
        raise Unreadable(source, f"no prose: {longest:,} characters without a sentence's end (limit {LONGEST_SENTENCE:,})")
    depth = _deepest(text)
    if depth >= DEEPEST_BRACKETS:
        raise Unreadable(source, f"no prose: {depth:,} brackets open at once (limit {DEEPEST_BRACKETS:,})")


def _deepest(text: str) -> int:
    """Count per kind, so that a bracket never closed does not hide those of other kinds; a closing one too many counts for nothing."""
    open_now = dict.fromkeys(_OPENING, 0)
    deepest = 0
    for bracket in _BRACKETS.findall(text):
        if bracket in open_now:
            open_now[bracket] += 1
            deepest = max(deepest, sum(open_now.values()))
        elif open_now[_OPENED[bracket]]:
            open_now[_OPENED[bracket]] -= 1
    return deepest
