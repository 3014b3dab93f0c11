"""The verbs and nouns that hand somebody's words over, by lemma."""

from __future__ import annotations

from functools import cache

from kg.lexicon import Row, rows


@cache
def reporting() -> dict[str, Row]:
    """The rows of reporting.tsv by lemma."""
    return {r["lemma"]: r for r in rows("reporting.tsv")}


@cache
def report_nouns() -> dict[str, Row]:
    """The rows of report_nouns.tsv by noun."""
    return {r["noun"]: r for r in rows("report_nouns.tsv")}


@cache
def opinions() -> frozenset[str]:
    """Verbs of thinking whose と clause is what a speaker really says: と思う."""
    return frozenset(r["lemma"] for r in rows("opinions.tsv"))


@cache
def state_nouns() -> tuple[str, ...]:
    """How nouns end that end a clause without a verb: ため, 未定, 中."""
    return tuple(r["noun"] for r in rows("statenouns.tsv"))


@cache
def requests() -> frozenset[str]:
    """Verbs that take よう: 求める, 促す."""
    return frozenset(r["lemma"] for r in rows("requests.tsv"))


@cache
def disclosed() -> dict[str, Row]:
    """Nouns whose clause a verb discloses: こと, 考え, 方針."""
    return {r["noun"]: r for r in rows("disclosed.tsv")}
