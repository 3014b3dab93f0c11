"""What follows a predicate and qualifies it.

Japanese is head-final, so what qualifies a predicate follows it. `chain` collects what follows: auxiliaries, the modal
noun that the clause modifies (予定, 可能性), the verb that governs that noun (検討している, 否定した), and across 連用 and て
to the next coordinate predicate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from kg.lexicon import rows
from kg.parse import Sentence

JOINT = "‖"  # between coordinate predicates; what follows it governs only by rows that reach over
_FUNCTION = {"AUX", "PART", "SCONJ", "ADP", "PUNCT"}
_AUXILIARY = {"動詞-非自立可能", "形容詞-非自立可能", "助動詞"}
_CLOSED = {"aux", "fixed", "mark", "case", "cop", "discourse"}
_GOVERNED = {"obj", "nsubj", "obl", "iobj", "dislocated", "advcl", "dep"}
_UNTENSED = re.compile(r"連用形|仮定形")
_COMPLEMENT = re.compile(r"(?:よう(?:に)?|とは?|か|かどうか)$")
_LONGEST = 12  # steps up the tree


@dataclass(frozen=True, slots=True)
class Chain:
    """What follows a predicate. `places[i]` is the index in the Doc's text of `text[i]`, -1 where nothing stands there.

    `text` begins with the particles of the predicate's own arguments, then `|`, then the predicate.
    """

    text: str
    places: tuple[int, ...]
    tokens: tuple[int, ...]
    own_tokens: tuple[int, ...]  # those before the first joint

    @property
    def own(self) -> str:
        """The part before the first joint: what qualifies this predicate alone."""
        return self.text.split(JOINT, 1)[0]


def chain(sentence: Sentence, token: int, limit: int | None = None) -> Chain:
    """Return what follows the predicate at `token`, in the order of the text, up to the token `limit`.

    「モデルから離れ、開発に転換することを検討している」: for 離れ `から|離れ‖転換することを検討している`.
    """
    doc = sentence.doc
    pieces: list[tuple[str, int]] = [(_frame(doc[token]) + "|", -1)]
    at: Token | None = doc[token]
    tokens: list[int] = []
    joint = 0
    stop = len(doc) if limit is None else limit
    for _ in range(_LONGEST):
        if at is None or at.i >= stop:
            break
        last = min(complex_end(at), stop - 1)
        first = _light_start(at, last if not tokens else tokens[-1])
        tokens.append(at.i)
        pieces += [(t.text, t.idx) for t in doc[first : last + 1]]
        following, joined = _next(at, last)
        if following is not None and joined and following.i < stop:
            pieces.append((JOINT, -1))
            joint = joint or len(tokens)
        at = following
    text = "".join(piece for piece, _ in pieces)
    places = tuple(start + k if start >= 0 else -1 for piece, start in pieces for k in range(len(piece)))
    return Chain(text, places, tuple(tokens), tuple(tokens[: joint or len(tokens)]))


def _frame(predicate: Token) -> str:
    children = (c for c in predicate.lefts if c.dep_ != "compound")
    return "".join(m.text for c in children for m in c.rights if m.dep_ in ("case", "mark") and m.i < predicate.i)


def _light_start(token: Token, after: int) -> int:
    """Where a link begins: with the noun of a light verb (調整に入る, 視野に入れる) that stands between it and the link before."""
    first = _compound_start(token)
    if token.pos_ != "VERB" or token.tag_.startswith("名詞"):
        return first
    for child in token.lefts:
        if after < child.i and child.pos_ == "NOUN" and complex_end(child) + 1 == first and child.dep_ in ("obl", "obj", "iobj"):
            return _compound_start(child)
    return first


def _compound_start(token: Token) -> int:
    first = token.i
    while first > 0 and token.doc[first - 1].dep_ in ("compound", "nummod") and token.doc[first - 1].head.i in range(first, token.i + 1):
        first -= 1
    return first


def complex_end(token: Token) -> int:
    """Return the last of the function words that follow a predicate or noun without a break."""
    doc, end = token.doc, token.i
    for following in (doc[i] for i in range(token.i + 1, len(doc))):
        inside = token.i <= following.head.i <= end or following.dep_ == "fixed" or _auxiliary(following)
        if following.tag_ in _AUXILIARY and inside:
            end = following.i
            continue
        if not inside or (following.pos_ not in _FUNCTION and following.dep_ not in _CLOSED and following.text not in modal_nouns()):
            break
        if following.pos_ == "PUNCT" and following.text not in "？?！!":
            break
        end = following.i
    return end


def _auxiliary(token: Token) -> bool:
    """「少なくない」, 「止まりそうにない」: a ない that the parser takes for a predicate of its own."""
    return token.tag_ == "形容詞-非自立可能" and token.lemma_ == "ない" and token.doc[token.i - 1].tag_.startswith(("形容詞", "助動詞"))


def _next(token: Token, last: int) -> tuple[Token | None, bool]:
    """The next link of the chain, and whether it is only coordinate with this one."""
    head = token.head
    if head.i <= last:
        return None, False
    ending = token.doc[token.i + 1 : last + 1]
    if _is_nominal(token):
        return (head, False) if token.dep_ in _GOVERNED else (None, False)
    surface = "".join(t.text for t in ending)
    if token.dep_ == "acl" or surface.endswith(("との", "という")):
        return (head, False) if head.text in modal_nouns() else (None, False)
    if token.dep_ == "csubj":
        return head, False
    if conditional(surface):
        return (head, False) if head.lemma_ in ("いい", "良い", "よい") else (None, False)
    if surface.endswith(("ては", "では", "ちゃ", "じゃ")) and head.lemma_ in ("いける", "なる", "だめ", "駄目"):
        return head, False
    if _COMPLEMENT.search(surface):
        return (head, False) if head.lemma_ in stance_verbs() else (None, False)
    if token.dep_ in ("advcl", "conj", "ccomp", "acl", "obl", "dep") and _untensed(token, ending):
        return head, True
    return None, False


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and token.dep_ not in ("acl", "advcl", "ROOT")


def _untensed(token: Token, ending: Span) -> bool:
    words = [t for t in ending if t.pos_ != "PUNCT"]
    last = words[-1] if words else token
    if last.text in ("て", "で", "ず", "つつ", "ながら", "たり", "だり", "し"):
        return last.text != "し" or last.pos_ != "SCONJ"
    inflection = last.morph.get("Inflection", [])
    if inflection:
        return bool(_UNTENSED.search("".join(inflection)))
    return last is token and token.pos_ in ("NOUN", "VERB") and token.tag_.startswith("名詞")


def conditional(ending: str) -> bool:
    """Whether a predicate's ending makes it a condition: すれば, なら, たら, した場合, すると."""
    return bool(condition_endings().search(ending))


@cache
def condition_endings() -> re.Pattern[str]:
    """Return what matches the ending of a condition at the end of a text."""
    return re.compile("(?:" + "|".join(r["pattern"] for r in rows("conditions.tsv")) + ")$")


@cache
def modal_nouns() -> frozenset[str]:
    """Nouns that a clause modifies to be qualified by them: 予定, 可能性, こと, わけ."""
    return frozenset(r["noun"] for r in rows("modal_nouns.tsv"))


@cache
def stance_verbs() -> frozenset[str]:
    """Verbs whose と or よう complement they qualify without reporting it: みる, 予想, 求める."""
    return frozenset(r["lemma"] for r in rows("stance_verbs.tsv"))
