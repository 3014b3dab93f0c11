"""Titles and honorifics beside a person's name, from `person_titles.tsv`."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import alternatives, rows

_LINK = r"(?:の|で|である|だった|を務める|、|・|兼)?\s?"


@cache
def _spheres() -> dict[str, str]:
    return {row["title"]: row["sphere"] for row in rows("person_titles.tsv")}


@cache
def unique_titles() -> frozenset[str]:
    """Return the titles that one person of a body bears, so that the bare title means that person (社長, 市長)."""
    return frozenset(row["title"] for row in rows("person_titles.tsv") if row["unique"] == "yes")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s?[・]?(前|元)?(?:新|副|[々一-鿿ァ-ヺー]{{1,4}}?)??({alternatives(_spheres())})")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![元前])({alternatives(_spheres())})(?:[（(][^（()）]{{1,12}}[)）])?{_LINK}$")


def sphere(title: str) -> str:
    """Return where a title belongs: company, public, academic … or honorific."""
    return _spheres().get(title, "")


@cache
def is_title(words: str) -> bool:
    """Whether the words are a title or an honorific and nothing else."""
    return words in _spheres() or any(words.endswith(title) and sphere(title) != "honorific" and len(title) > 1 for title in _spheres())


def after_name(text: str, end: int) -> int:
    """Return where 氏 or さん behind a name ends, or the name's own end."""
    found = _after().match(text, end)
    return found.end() if found and sphere(found[2]) == "honorific" else end


def title_after(text: str, end: int) -> str:
    """Return the title right behind a name that ends at `end`, or nothing: 遠藤直子社長, 遠藤氏."""
    found = _after().match(text, end)
    return found[2] if found else ""


def was_before(text: str, end: int) -> bool:
    """Whether the title behind a name is one borne before: 河村前市長."""
    found = _after().match(text, after_name(text, end))
    return bool(found and found[1])


def title_before(text: str, begin: int) -> str:
    """Return the title right before a name, or nothing: 社長の遠藤直子氏, CEOである."""
    found = _before().search(text, max(0, begin - 40), begin)
    return found[1] if found and sphere(found[1]) != "honorific" else ""


def titles_beside(text: str, begin: int, end: int) -> frozenset[str]:
    """Return the titles around a name, honorifics left out."""
    after = title_after(text, after_name(text, end)) or title_after(text, end)
    found = {title_before(text, begin), after if sphere(after) != "honorific" and not was_before(text, end) else ""}
    return frozenset(found - {""})


def all_titles() -> frozenset[str]:
    """Return every title and honorific."""
    return frozenset(_spheres())


@cache
def title_end(name: str) -> str:
    """Return the title that a name ends in, if it is one that ends no body's name (日本代表 is none)."""
    found = next((t for t in sorted(_spheres(), key=lambda t: (-len(t), t)) if name.endswith(t)), "")
    return found if len(found) > 1 and found != "代表" and sphere(found) in ("company", "public", "law", "academic") else ""
