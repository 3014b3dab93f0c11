"""Orders: the forms by which somebody is told to do a thing or to leave it."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg.lexicon import rows

_DICTIONARY = tuple("うくぐすつぬぶむる")


def potential(token: Token) -> bool:
    """Return whether a token is a godan verb's form of what can be done (運べる, 勝てる), which Sudachi writes in another normal form."""
    return token.norm_ != token.lemma_ and token.lemma_.endswith("る") and token.norm_[:-1] == token.lemma_[:-2]


def commands(last: Token) -> bool:
    """Return whether a word that ends a clause tells somebody to act: やめろ, 減らせ, 話せ.

    Where nothing follows 話せ but と or a bracket, the parser takes it for what 話せる becomes before another word.
    """
    inflection = _inflection(last)
    if "命令形" in inflection:
        return True
    if not (inflection.startswith("下一段") and "連用形" in inflection):
        return False
    before = last.doc[last.i - 1] if last.i else last
    makes = last.lemma_ == "せる" and last.head.i == before.i and "五段" in _inflection(before)
    asks = any(c.text == "を" for t in last.lefts for c in t.rights if c.dep_ == "case")
    return makes or potential(last) or (last.lemma_ in both() and asks)


def ordered(root: Token, end: int) -> Token | None:
    """Return the word that makes a clause an order: やめろ, 減らせ, the な of 恐れるな; None where it is none.

    `root` is the clause's predicate, `end` the token behind the clause.
    """
    words = [t for t in root.doc[root.i : end] if t.pos_ != "PUNCT" and t.text not in ("よ", "！")]
    if not words:
        return None
    last = words[-1]
    if last.text == "な" and last.tag_ == "助詞-終助詞" and len(words) > 1:
        told = root.i == 0 or any(c.text == "を" for t in root.lefts for c in t.rights if c.dep_ == "case")
        final = "終止形" in _inflection(words[-2]) and words[-2].text.endswith(_DICTIONARY)
        return last if told and final else None
    return last if last.i <= root.i + 1 and commands(last) else None


def _inflection(token: Token) -> str:
    return "".join(token.morph.get("Inflection", []))


@cache
def both() -> frozenset[str]:
    """Intransitive verbs whose stem is also the order of a transitive one: 取れる."""
    return frozenset(r["lemma"] for r in rows("orders.tsv"))
