"""The regular expressions of a lexicon file, compiled once."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import Row, rows

Compiled = tuple[tuple[Row, re.Pattern[str]], ...]


@cache
def patterns(name: str) -> Compiled:
    """Return the rows of a file with their column `pattern` compiled, in the file's order."""
    return tuple((row, re.compile(row["pattern"])) for row in rows(name))


def match_end(name: str, text: str, start: int, end: int, *, only: str = "") -> int:
    """Return where the longest chain of matches of a file's patterns from `start` ends, `start` itself if none matches."""
    at = start
    while at < end:
        ends = [m.end() for row, p in patterns(name) if only in ("", row["name"]) and (m := p.match(text, at, end)) is not None]
        step = max(ends, default=at)
        if step <= at:
            return at
        at = step
    return at
