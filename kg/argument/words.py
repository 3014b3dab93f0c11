"""The words that the room knows, from `ontology/lexicon/`."""

from __future__ import annotations

from functools import cache

from kg.lexicon import rows


@cache
def event_nouns() -> frozenset[str]:
    """Return nouns that name an event although the dictionary does not call them サ変: 見直し, 取り組み, 後押し."""
    return frozenset(row["noun"] for row in rows("eventnouns.tsv"))


@cache
def content_nouns() -> dict[str, str]:
    """Return nouns whose clause fills no gap (方針, 可能性, 恐れ) or links clauses (ため, 際), with their kind: content, link."""
    return {row["noun"]: row["kind"] for row in rows("contentnouns.tsv")}


# Verbs that are particles by use: 関税をめぐり, 提携を通じて. Each with the case that it gives to its を.
FUNCTIONAL = {"めぐる": "nituite", "巡る": "nituite", "通じる": "de", "よる": "niyotte", "関する": "nituite", "対する": "ni"}


@cache
def reciprocals() -> frozenset[str]:
    """Return predicates done with another (と): 提携, 対立. A noun that one of them modifies may be that other."""
    return frozenset(row["predicate"] for row in rows("reciprocals.tsv"))


@cache
def intransitive_nouns() -> frozenset[str]:
    """Return サ変 nouns that have no object: 流出, 撤退."""
    return frozenset(row["noun"] for row in rows("intransitive_nouns.tsv"))


@cache
def goal_verbs() -> frozenset[str]:
    """Return verbs whose に is a goal in the passive too: 店頭に置かれた, 社長に選ばれた."""
    return frozenset(row["verb"] for row in rows("goalverbs.tsv"))


@cache
def agent_endings() -> tuple[str, ...]:
    """Return endings of nouns that name who can act: 社, 省, 氏, 企業. に after one of them is a passive's agent."""
    return tuple(row["ending"] for row in rows("agentendings.tsv"))


@cache
def light_verbs() -> dict[tuple[str, str], str]:
    """Return verb and particle whose noun is what is really done (訓練を行う), with what the noun takes over: all, subject."""
    return {(row["verb"], row["case"]): row["shares"] for row in rows("lightverbs.tsv")}
