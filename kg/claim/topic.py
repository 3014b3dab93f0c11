"""Which topic of a sentence speaks, and which is only spoken of."""

from __future__ import annotations

import re
from functools import cache

from kg.claim.scene import Scene, adjuncts_only, char_at
from kg.claim.site import Site
from kg.claim.who import SOURCES, Topic
from kg.lexicon import rows
from kg.model import EntityClass
from kg.parse import Sentence

_INCLUDING = ("含む", "除く")  # A社が、Xを含む6件を終えると発表した: it is not A社 that includes
_QUESTIONED = re.compile(
    r"(?:(?:振(?!り返)|尋ね|たずね|聞|訊|問|問いかけ|質問す|ただ[すし]|水を向け|促|迫|切り出|話しかけ|声をか|呼びかけ|呼び掛け)[^、。「」]{0,4}(?:と|ところ|ば)"
    r"|(?:つっこ|ツッコ|突っ込|茶化|からか|冷やか|たしなめ|詰め寄|追及)[^、。「」]{0,6}(?:と|ところ|ば|が|も|けれども?|ものの))、?$"
)
_PASSIVE = re.compile(r"[かがさたなばまらわ]れ")


def nested_topic(scene: Scene, site: Site, topics: list[Topic]) -> Topic | None:
    """「ロイター通信は、首相が応じると述べたと報じた」: who speaks within a medium's report."""
    if site.form != "to" or site.row is None or site.row.fields.get("kind") == "report" or len(topics) < 2:
        return None
    first = topics[0].entity
    if first is None or first.type is not EntityClass.OUTLET or site.verb is None:
        return None
    inner = [t for t in topics[1:] if t.entity is not None and t.entity.type not in SOURCES and t.text in ("が", "は")]
    return inner[0] if inner else None


def topic_of(scene: Scene, s: Sentence, topics: list[Topic], begin: int, quoted: bool, site: Site | None = None) -> Topic | None:
    """Which topic speaks: the one with only adjuncts between it and the quotation, else the first with は, else with が."""
    if topics and topics[0].text == "は" and topics[0].entity is None and is_paper(s, topics[0]):
        return None  # 報告書は、A社が…していなかったと認定した
    everybody = [t for t in topics if t.entity is not None]
    named = [t for t in everybody if t.text != "で" and not _within(s, t, begin) and not _asks(s, t, begin)] or [
        t for t in everybody if t.text == "で"
    ]
    media = [t for t in named if t.entity is not None and t.entity.type is EntityClass.OUTLET]
    if media and site is not None and site.row is not None and site.row.fields.get("kind") == "report":
        return media[-1]
    if quoted and len(named) > 1 and named[0].text == "は" and named[-1].text == "が" and _speaks_of(named[0], named[-1]):
        return named[0]
    if quoted:
        for topic in reversed(named):
            if topic.after <= begin and adjuncts_only(scene, s, char_at(scene, s, topic.after), begin):
                return topic
    by_particle = [t for t in named if t.text in ("は", "も", "さえ", "で")]
    later = [t for t in by_particle[1:] if t.text == "は" and not quoted and _opens_clause(s, t)]
    return next(iter(later[-1:] or by_particle or named), None)


def _speaks_of(first: Topic, last: Topic) -> bool:
    """「森氏はまた、A社が「…」と述べた」: a person says it of the company."""
    companies = (EntityClass.ORGANIZATION, EntityClass.PLACE)
    return first.entity is not None and last.entity is not None and first.entity.type is EntityClass.PERSON and last.entity.type in companies


def _opens_clause(s: Sentence, topic: Topic) -> bool:
    """「A社は発売する予定で、B社は応援するとしている」: a topic behind a comma that ends a clause begins another."""
    doc, first = s.doc, topic.first
    while first > 0 and doc[first - 1].text not in "、，":
        first -= 1
    return first > 1 and doc[first - 2].pos_ in ("AUX", "VERB", "SCONJ") and doc[first - 2].text in ("で", "が", "し", "おり")


def is_inner(s: Sentence, topic: Topic) -> bool:
    """Whether a が phrase is the subject of a clause that describes a noun: A社が起用したBさん."""
    node = s.doc[topic.particle - 1].head
    while node.dep_ != "acl" and node.head.i > node.i:
        node = node.head
    return node.dep_ == "acl"


def _within(s: Sentence, topic: Topic, begin: int) -> bool:
    """Whether a が or も phrase is the subject of a clause before the words, not of the verb of saying: 政府が計画する売却について「…」."""
    node = s.doc[topic.particle - 1].head
    while topic.text in ("が", "も") and topic.particle < node.i < begin and node.head.i > node.i:
        if node.dep_ == "acl" and node.lemma_ not in _INCLUDING:
            return True
        node = node.head
    return False


def _asks(s: Sentence, topic: Topic, begin: int) -> bool:
    """「記者が理由を尋ねると、「…」と答えた」: who asks is not who answers."""
    return topic.text == "が" and topic.after <= begin and _QUESTIONED.search(s.text, s.ends[topic.particle], s.starts[begin]) is not None


def is_answer(s: Sentence, begin: int) -> bool:
    """Return whether a quotation answers the one before it, who asks being named: 「…」と尋ねると、「…」; 「…」とからかったが、「…」."""
    asked = _QUESTIONED.search(s.text, 0, s.doc[begin].idx)
    return asked is not None and _PASSIVE.search(asked.group()) is None and not asked.group().startswith("切り出")


def was_asked(s: Sentence, begin: int) -> bool:
    """Return whether a quotation answers the one before it, who is asked being left out: 記者から「…」と聞かれると、「…」."""
    asked = _QUESTIONED.search(s.text, 0, s.doc[begin].idx)
    return asked is not None and _PASSIVE.search(asked.group()) is not None


def is_paper(s: Sentence, topic: Topic) -> bool:
    """Whether a topic is a paper that says something by itself: 報告書は, 白書は, 判決は."""
    return s.doc[: topic.particle].text.endswith(papers("speaks"))


@cache
def papers(kind: str) -> tuple[str, ...]:
    """The nouns of papers.tsv of a kind: those that speak (白書は), or those that words stand in (メモには)."""
    return tuple(r["noun"] for r in rows("papers.tsv") if kind in r["kind"].split("|"))
