"""Titles and occupations that mean no person named before: the office (社長の交代) and all who have the occupation (運転手は足りない)."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import rows


def is_office(text: str, end: int) -> bool:
    """Whether a title that ends at an offset is the post, whoever holds it: 専務が社長に就く."""
    return _behind("post").match(text, end) is not None


def is_to_come(text: str, end: int) -> bool:
    """Whether a noun with 新 that ends at an offset is one that the text only expects: 秋には新モデルが出る."""
    return _behind("new").match(text, end) is not None


def is_general(text: str, end: int) -> bool:
    """Whether a title or an occupation that ends at an offset means no one person: 社長の交代, 看護師は足りない."""
    return is_office(text, end) or _behind("all").match(text, end) is not None


@cache
def _behind(of: str) -> re.Pattern[str]:
    return re.compile("|".join(row["behind"] for row in rows("general.tsv") if row["of"] == of))
