"""How firmly a predicate stands: its modality and negation, and the words that decide them.

Japanese is head-final, so what qualifies a predicate follows it. `chain` collects what follows: auxiliaries, the modal
noun that the clause modifies (予定, 可能性), the verb that governs that noun (検討している, 否定した), and across 連用 and て
to the next coordinate predicate. Rows of `modality.tsv` and `negation.tsv` are matched against that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from kg.lexicon import Row, rows
from kg.model import Cue, Modality, Stance
from kg.parse import Sentence

JOINT = "‖"  # between coordinate predicates; what follows it governs only by rows that reach over
_FUNCTION = {"AUX", "PART", "SCONJ", "ADP", "PUNCT"}
_AUXILIARY = {"動詞-非自立可能", "形容詞-非自立可能", "助動詞"}
_CLOSED = {"aux", "fixed", "mark", "case", "cop", "discourse"}
_GOVERNED = {"obj", "nsubj", "obl", "iobj", "dislocated", "advcl", "dep"}
_UNTENSED = re.compile(r"連用形|仮定形")
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
        last = min(_complex_end(at), stop - 1)
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
        if after < child.i and child.pos_ == "NOUN" and _complex_end(child) + 1 == first and child.dep_ in ("obl", "obj", "iobj"):
            return _compound_start(child)
    return first


def _compound_start(token: Token) -> int:
    first = token.i
    while first > 0 and token.doc[first - 1].dep_ in ("compound", "nummod") and token.doc[first - 1].head.i in range(first, token.i + 1):
        first -= 1
    return first


def _complex_end(token: Token) -> int:
    """The last of the function words that follow a predicate or noun without a break."""
    end = token.i
    for following in token.doc[token.i + 1 :]:
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
    if re.search(r"(?:よう(?:に)?|とは?|か|かどうか)$", surface):
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
    return bool(_conditional().search(ending))


@cache
def _conditional() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(r["pattern"] for r in rows("conditions.tsv")) + ")$")


@cache
def modal_nouns() -> frozenset[str]:
    """Nouns that a clause modifies to be qualified by them: 予定, 可能性, こと, わけ."""
    return frozenset(r["noun"] for r in rows("modal_nouns.tsv"))


@cache
def stance_verbs() -> frozenset[str]:
    """Verbs whose と or よう complement they qualify without reporting it: みる, 予想, 求める."""
    return frozenset(r["lemma"] for r in rows("stance_verbs.tsv"))


@cache
def _compiled(name: str) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row["pattern"])) for row in rows(name))


def stance(sentence: Sentence, token: int, limit: int | None = None) -> Stance:
    """Return how firmly the predicate at `token` stands, with its cues; plain Fact, not negated, where nothing qualifies it.

    What stands from the token `limit` on (the と述べた of a reported clause) qualifies nothing.
    """
    links = chain(sentence, token, limit)
    modality, cues = _modality(sentence, links)
    condition = _condition(sentence, links, limit)
    guessed = modality is Modality.POSSIBILITY and condition is not None and _is_theme(sentence, condition)
    forced = modality is Modality.NEED and any(c.text.startswith("ざる") for c in cues)  # 残れなければ、見直さざるを得ない
    if condition is not None and (modality is not Modality.NEED or forced) and not guessed:
        modality, cues = Modality.CONDITION, (*cues, condition)
    negated, denial = _negation(sentence, links)
    return Stance(modality, negated, tuple(sorted({*cues, *denial}, key=lambda c: (c.begin, c.end, c.rule))))


def _modality(sentence: Sentence, links: Chain) -> tuple[Modality, tuple[Cue, ...]]:
    """The outermost row that matches wins: what stands further right governs."""
    own = len(links.own)
    found = []
    for row, pattern in _compiled("modality.tsv"):
        for m in pattern.finditer(links.text):
            if m.end() <= own or (row["reach"] == "over" and m.start() < len(links.text)):
                found.append((m.end(), m.end() - m.start(), row, m))
    if not found:
        return Modality.FACT, ()
    _, _, row, m = max(found, key=lambda f: f[:2])
    return Modality(row["modality"]), _cue(sentence, links, m.start(), m.end(), row.rule)


def _condition(sentence: Sentence, links: Chain, limit: int | None) -> Cue | None:
    """A condition that the predicate itself is, or one that hangs on a predicate of the chain before its first joint.

    Within a reported clause (`limit`) also one that the parser hangs on the verb of saying.
    """
    doc = sentence.doc
    first = doc[links.tokens[0]]
    if first.head.i > first.i and (cue := _as_condition(sentence, first)):
        return cue
    beyond = {doc[i].head.i for i in links.own_tokens if limit is not None and doc[i].head.i >= limit}
    for i in (*links.own_tokens, *sorted(beyond)):
        for child in doc[i].lefts:
            if child.i > first.i:
                continue
            if child.dep_ not in ("compound", "nmod", "punct", "case") and (cue := _as_condition(sentence, child)):
                return cue
    return None


def _is_theme(sentence: Sentence, condition: Cue) -> bool:
    """「彼なら入れるだろう」: a なら right behind somebody or something sets the theme of a guess."""
    span = sentence.tokens(condition.begin, condition.end)
    return condition.text == "なら" and span is not None and span.start > 0 and span.doc[span.start - 1].pos_ in ("PRON", "PROPN", "NOUN")


def _as_condition(sentence: Sentence, token: Token) -> Cue | None:
    """The words that make a clause a condition: its ending, or the 場合 that it modifies or that stands for it."""
    doc = sentence.doc
    if token.dep_ == "acl" and token.head.text in ("場合", "限り"):
        return _token_cue(sentence, token.head.i, token.head.i, "conditions.tsv")
    if token.text in ("際", "時", "とき") and any(c.text == "は" for c in token.rights) and any(c.dep_ == "acl" for c in token.lefts):
        return _token_cue(sentence, token.i, token.i, "conditions.tsv")
    if token.text in ("場合", "限り"):
        return _token_cue(sentence, token.i, token.i, "conditions.tsv") if any(c.dep_ == "acl" for c in token.lefts) else None
    ending = doc[token.i + 1 : _complex_end(token) + 1]
    words = "".join(t.text for t in ending)
    found = _conditional().search(token.text + words)
    if (
        found is None
        or token.dep_ == "ROOT"
        or token.lemma_ in ("早い", "遅い")
        or (token.i > 0 and doc[token.i - 1].text in ("そ", "そう") and token.text == "し")
    ):
        return None
    at = token.idx + found.start()
    span = doc.char_span(at, token.idx + len(token.text) + len(words), alignment_mode="expand")
    return _token_cue(sentence, span.start, span.end - 1, "conditions.tsv") if span is not None else None


def _negation(sentence: Sentence, links: Chain) -> tuple[bool, tuple[Cue, ...]]:
    """Whether the chain before its first joint negates; rows that look like a negation and are none come first in the file."""
    text = links.own
    taken = [False] * len(text)
    negated = False
    cues: list[Cue] = []
    for row, pattern in _compiled("negation.tsv"):
        for m in pattern.finditer(text):
            if m.end() == m.start() or any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
            if row["effect"] == "negated":
                negated = True
                cues += _cue(sentence, links, m.start(), m.end(), row.rule)
    return negated, tuple(cues)


def _cue(sentence: Sentence, links: Chain, begin: int, end: int, rule: str) -> tuple[Cue, ...]:
    """The matched words as they stand in the article; each unbroken stretch is a cue."""
    cues: list[Cue] = []
    run: list[int] = []
    for place in [*links.places[begin:end], -2]:
        if run and place != run[-1] + 1:
            b, e = sentence.offsets[run[0]], sentence.offsets[run[-1]] + 1
            cues.append(Cue(b, e, sentence.text[run[0] : run[-1] + 1], rule))
            run = []
        if place >= 0:
            run.append(place)
    return tuple(cues)


def _token_cue(sentence: Sentence, first: int, last: int, rule: str) -> Cue:
    begin, end = sentence.span(first, last)
    return Cue(begin, end, sentence.doc[first : last + 1].text, rule)
