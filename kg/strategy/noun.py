"""The nouns of a phrase by its tokens: its head, what a turn is to, how far its word reaches, whether it names an action."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span

from kg.argument.words import event_nouns
from kg.lexicon import alternatives, rows
from kg.model import Argument, Case
from kg.parse import Sentence

_TURN = frozenset(("転換", "移行", "シフト", "切り替え", "回帰", "移管", "傾斜"))
_TAIL = re.compile(r"(?:戦略|路線|政策|方針|計画|構想|案|化|事業|型|体制|手法|方式)$")
_JOINTS = ("や", "と", "、", "および", "及び", "ならびに", "・")
_OF_TWO_VERBS = re.compile("[一-龥]{1,2}[ぁ-ん]?[一-龥][いきぎしちびみりえけげせてねべめれ]")  # 申し立て, 引き揚げ, 安売り
_CHANGE = frozenset(("転換", "移行", "シフト", "回帰"))


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of `courses.tsv` of one kind."""
    return frozenset(row["word"] for row in rows("courses.tsv") if row["kind"] == kind)


@cache
def suffix() -> re.Pattern[str]:
    """Return what the last word of a course may end in."""
    return re.compile(f".{alternatives(words('suffix'))}$")


def through(doc: Doc, head: int) -> int:
    """Return where the course stands of which a head only says how it goes: オープンソースの勢い, 値上げの動き."""
    before = head >= 2 and doc[head].text in words("through") and doc[head - 1].text == "の"
    return head - 2 if before else head


def onward(doc: Doc, before: Span | None, head: int) -> int:
    """Return the head of what a clause describes of which the parse took the owner: 政府が進める燃油税の引き上げ."""
    if before is None or not any(t.pos_ in ("VERB", "AUX") for t in before) or head + 2 >= len(doc) or doc[head + 1].text != "の":
        return head
    at = head + 2
    while at + 1 < len(doc) and doc[at].dep_ == "compound" and doc[at].head.i == at + 1:
        at += 1
    return at if doc[at].text in words("act") else head


def right(doc: Doc, head: int) -> int:
    """Return the last token of the word that a head begins: 化 after オープンソース, 制 after 月額."""
    while head + 1 < len(doc) and doc[head + 1].tag_.startswith("接尾辞-名詞的") and doc[head + 1].text not in ("氏", "ら", "等"):
        head += 1
    return head


def target(doc: Doc, head: int) -> int:
    """Return what a turn is to: 定額制 in 定額制への転換; a place or a thing (新工場への切り替え) is no course by itself."""
    if doc[head].text not in _TURN or head < 3 or doc[head - 1].text != "の" or doc[head - 2].text not in ("へ", "に"):
        return head
    return head - 3 if doc[head].text in _CHANGE or acts(doc, head - 3) else head


def acts(doc: Doc, head: int) -> bool:
    """Return whether a noun phrase names an action or a way of acting."""
    first, last = core_of(doc, head)
    core = doc[first : last + 1].text
    return (
        "サ変可能" in doc[head].tag_
        or doc[head].text in event_nouns()
        or bool(suffix().search(core))
        or core in words("bare")
        or core in words("suffix")
        or _OF_TWO_VERBS.fullmatch(doc[head].text) is not None
    )


def follows_course(doc: Doc, head: int) -> bool:
    """Return whether the word before a noun is a course itself, which then is what is spoken of: 計画の見直し, 路線変更."""
    before = head - 2 if doc[head - 1].text == "の" else head - 1
    return before >= 0 and (doc[before].text in words("suffix") or doc[before].text in words("aim") or acts(doc, before))


def core_of(doc: Doc, head: int) -> tuple[int, int]:
    """Return the first and last token of the compound that ends in a head."""
    first = head
    if head > 0 and doc[head].tag_.startswith("接尾辞") and doc[head - 1].pos_ in ("NOUN", "PROPN"):
        first -= 1  # 脱炭素 + 化, which the parse may hang on what follows
    while first > 0 and _joined(doc, first - 1, head):
        first -= 1
    return first, head


def _joined(doc: Doc, at: int, head: int) -> bool:
    token = doc[at]
    inside = token.head.i <= head and token.head.i > at
    part = token.dep_ in ("compound", "nummod") or token.tag_.startswith("接頭辞")
    return inside and part and token.pos_ not in ("PUNCT", "ADP")


def modifier(doc: Doc, first: int) -> int | None:
    """Return where the noun phrase begins that stands before の, への, からの, との."""
    at = first - 1
    if at < 1 or doc[at].text not in ("の", "な"):
        return None
    at -= 1
    while at > 0 and doc[at].text in ("へ", "から", "と", "で"):
        at -= 1
    if doc[at].pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    return core_of(doc, at)[0]


def is_bare(doc: Doc, first: int, head: int, core: str) -> bool:
    """Return whether a noun says nothing without what it is done to (買収, 開発)."""
    return first == head and len(core) <= 3 and core not in words("bare") and not suffix().search(core)


def stem(core: str) -> str:
    """Return a course's name without the words that say what kind of course it is: オープンソース of オープンソース化戦略."""
    while (shorter := _TAIL.sub("", core)) != core and len(shorter) > 2:
        core = shorter
    return core


def member_before(sentence: Sentence, begin: int, case: Case) -> Argument | None:
    """Return the noun phrase that a list puts before the one that begins at an offset: 営業時間の短縮 in 営業時間の短縮や店舗の統合."""
    doc = sentence.doc
    span = sentence.tokens(begin, begin + 1)
    at = span.start - 1 if span is not None else 0
    joints = 0
    while at > 0 and doc[at].text in _JOINTS:
        at, joints = at - 1, joints + 1
    if not joints or at < 1 or not (acts(doc, at) or doc[at].tag_.startswith("接尾辞-名詞的")):
        return None
    first, last = core_of(doc, at)
    while (earlier := modifier(doc, first)) is not None:
        first = earlier
    b, e = sentence.span(first, last)
    return Argument(case, b, e, sentence.offset(last), score=0.6, rule="list")
