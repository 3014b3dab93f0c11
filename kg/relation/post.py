"""What a post of `titles.tsv` makes of somebody in a body: who heads it, who stands beside its head, who heads only a unit, which bodies have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from kg.lexicon import alternatives, rows
from kg.model import Entity

POSTS = ("lead", "part", "unit", "second")  # kinds of posts that stand where those do that head a body
CALLED = {"@lead": ("lead", "part"), "@below": ("second", "unit")}  # what frames.tsv calls them
_JOINED = re.compile("兼|・|、")


def rank(title: str) -> str:
    """Return what kind of post a title ends in: of two (取締役兼CEO) the higher; empty for none.

    lead: heads its body (社長). part: heads a department, and so counts as heading if it has a name (佐伯営業部長).
    unit: heads nothing but its unit (課長). second: stands beside the head (副社長, 専務).
    """
    ranks = {_rank(one) for one in _JOINED.split(title)}
    return next((kind for kind in POSTS if kind in ranks), "")


@cache
def _rank(title: str) -> str:
    for cut in range(len(title)):
        if kind := _kinds().get(title[cut:]):
            return "" if kind not in POSTS else "second" if title[:cut].endswith("副") else kind
    return ""


@cache
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("titles.tsv"):
        if row["kind"] != "outsider":
            found.setdefault(row["title"], row["kind"])
    return found


@cache
def words(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the titles of some kinds, the longest first."""
    return tuple(sorted((row["title"] for row in rows("titles.tsv") if row["kind"] in kinds), key=lambda w: (-len(w), w)))


def suits(body: Entity, said: str) -> bool:
    """Whether a body can have the posts named in some words that do not name it: a ministry has no 社長, a company no 学長."""
    names = (body.name, *body.aliases)
    return all(_bodies()[title](names) for title in _restricted().findall(said))


@cache
def _restricted() -> re.Pattern[str]:
    return re.compile(alternatives(words(("member", *POSTS))))


@cache
def _bodies() -> dict[str, Callable[[Sequence[str]], bool]]:
    found: dict[str, Callable[[Sequence[str]], bool]] = {}
    for row in rows("titles.tsv"):
        if row["kind"] != "outsider":
            found.setdefault(row["title"], _test(row["body"]))
    return found


def _test(body: str) -> Callable[[Sequence[str]], bool]:
    """What the column `body` asks of an organization's names."""
    if body in ("", "-"):
        return lambda names: body == ""
    pattern = re.compile(body.removeprefix("!"))
    return lambda names: any(pattern.search(name) for name in names) != body.startswith("!")
