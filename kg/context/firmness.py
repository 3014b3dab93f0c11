"""How firmly a predicate stands: its modality and negation, and the words that decide them.

Rows of `modality.tsv` and `negation.tsv` are matched against what follows the predicate (its chain).
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from kg.context.links import Chain, chain, complex_end, condition_endings
from kg.lexicon import Row, rows
from kg.model import Cue, Modality, Stance
from kg.needs import Index, needs, signs
from kg.parse import Sentence

_PAST = re.compile(r"(?:た|(?<=[んい])だ)(?:(?:の|ん)(?:だ|です|である))?(?:よ|ね|わ)*。?$")
_FEIGNED = re.compile(r"(?:なかっ|だっ|かっ)たら$")
_FEIGNED_IF = re.compile(r"[てで]い?たら$")  # 早く通報していたら、助かっていた; 歩いていたら、雨が降ってきた is none
_VIEWED = ("考える", "見る", "照らす", "比べる", "除く")  # 不安を考えれば, 判例に照らせば, 価格を除けば: whence it looks so
_NO_CASE = re.compile(r"(?:では|じゃ)(?:な[いくか]|ありませ)")
_UNREAL = re.compile(r"[てで]い|なかっ")


@cache
def _compiled(name: str) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row["pattern"])) for row in rows(name))


@cache
def _index(name: str) -> Index:
    return Index([needs(row["pattern"], {}, {}) for row in rows(name)])


def _possible(name: str, text: str) -> list[tuple[Row, re.Pattern[str]]]:
    """The rows of a file that may match a text, in the file's order."""
    compiled = _compiled(name)
    return [compiled[number] for number in _index(name).met(signs(text, ()))]


def stance(sentence: Sentence, token: int, limit: int | None = None) -> Stance:
    """Return how firmly the predicate at `token` stands, with its cues; plain Fact, not negated, where nothing qualifies it.

    What stands from the token `limit` on (the と述べた of a reported clause) qualifies nothing.
    """
    links = chain(sentence, token, limit)
    modality, cues = _modality(sentence, links)
    condition = _condition(sentence, links, limit)
    if condition is not None and modality is Modality.FACT and _happened(sentence, links, condition):
        condition = None
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
    for row, pattern in _possible("modality.tsv", links.text):
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


def _happened(sentence: Sentence, links: Chain, condition: Cue) -> bool:
    """「窓を開けたら、煙が見えた」: past after たら is what came of it, unless 〜ていたら, なかったら or もし feign it."""
    span = sentence.tokens(condition.begin, condition.end)
    if span is None or not condition.text.endswith(("たら", "だら")) or not _PAST.search(links.own):
        return False
    ahead = sentence.text[: span.end_char]
    unreal = _FEIGNED_IF.search(ahead) and _UNREAL.search(links.own)
    return not unreal and not _FEIGNED.search(ahead) and "もし" not in ahead and "仮に" not in ahead


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
    if token.text == "場合" and _NO_CASE.match(doc.text, token.idx + len(token.text)):  # 笑っている場合ではない
        return None
    if token.text in ("場合", "限り"):
        return _token_cue(sentence, token.i, token.i, "conditions.tsv") if any(c.dep_ == "acl" for c in token.lefts) else None
    ending = doc[token.i + 1 : complex_end(token) + 1]
    words = "".join(t.text for t in ending)
    found = condition_endings().search(token.text + words)
    if (
        found is None
        or token.dep_ == "ROOT"
        or token.lemma_ in ("早い", "遅い")
        or (token.lemma_ in _VIEWED and words.endswith("ば"))
        or (token.i > 0 and doc[token.i - 1].text in ("そ", "そう") and token.text == "し")
    ):
        return None
    at = token.idx + found.start()
    span = doc.char_span(at, token.idx + len(token.text) + len(words), alignment_mode="expand")
    return _token_cue(sentence, span.start, span.end - 1, "conditions.tsv") if span is not None else None


def _negation(sentence: Sentence, links: Chain) -> tuple[bool, tuple[Cue, ...]]:
    """Whether the chain before its first joint negates; rows that look like a negation and are none come first in the file.

    An idiom is looked for in the whole sentence: the parser may put its words (とんでも) outside of the chain.
    """
    text = links.own
    idioms = [m.span() for pattern in _idioms() for m in pattern.finditer(sentence.text)]
    taken = [any(b <= place < e for b, e in idioms) for place in links.places[: len(text)]]
    negated = False
    cues: list[Cue] = []
    for row, pattern in _possible("negation.tsv", text):
        for m in pattern.finditer(text) if row["effect"] != "idiom" else ():
            if m.end() == m.start() or any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
            if row["effect"] == "negated":
                negated = True
                cues += _cue(sentence, links, m.start(), m.end(), row.rule)
    return negated, tuple(cues)


@cache
def _idioms() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for row, pattern in _compiled("negation.tsv") if row["effect"] == "idiom")


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
