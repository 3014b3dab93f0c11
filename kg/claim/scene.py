"""What a reader of statements knows at a place of the article: who spoke last, whose word reaches on, and where things stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.claim.patterns import match_end
from kg.claim.site import is_quote
from kg.claim.who import SOURCES, Who
from kg.lexicon import rows
from kg.model import Entity, EntityClass, Statement
from kg.parse import Article, Sentence
from kg.segment import Quote

SKIPPED = " 　、，,\n\r"
_OPEN_END = re.compile(r"(?:を|は|が|も|との|の|と|について|に関して|をめぐって|を巡って)$")  # what stands before a quotation is part of the words
_WHEN = re.compile(r"(?:[うくぐすつぬぶむる]と|[にで]は)$")  # 話題を振ると、「…」; 質問には「…」: only when and to what somebody speaks


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word: the speaker, the source that passes it on, and why."""

    speaker: Entity | None = None
    source: Entity | None = None
    rule: str = ""
    confidence: float = 0.9

    @property
    def known(self) -> bool:
        """Whether anybody is named."""
        return self.speaker is not None or self.source is not None


@dataclass(slots=True)
class Scene:
    """One article while it is read, and what the sentences so far leave to those that follow."""

    article: Article
    who: Who
    found: list[Statement] = field(default_factory=list)
    last: Voice | None = None  # of the last statement
    other: Voice | None = None  # who spoke last before the one of `last`
    reach: Voice | None = None  # what a という carries on
    announcer: Voice | None = None  # of what the article says that somebody announced or put out first
    outlet: Entity | None = None  # the medium cited last
    maker: Entity | None = None  # the only organization of the last sentence that names one
    subject: Entity | None = None  # the agent that the sentence before was about
    brought_up: Entity | None = None  # whom the sentence before brought up at its end: 口火を切ったのはX社長だった
    surveyor: Entity | None = None  # who looked into something in the sentence before
    interviewee: Entity | None = None
    answers: frozenset[int] = frozenset()  # the sentences that answer in an interview without brackets
    announced: Voice | None = None  # of the quotations that the sentence before announced
    told: tuple[int, Voice] | None = None  # the line that gives somebody's words without brackets, and whose they are
    marked: bool = False  # whether the sentence stands within a report
    pending: list[Quote] = field(default_factory=list)  # quotations whose speaker the next sentence may name
    by_index: dict[int, Sentence] = field(init=False)
    outer: list[Sentence] = field(init=False)

    def __post_init__(self) -> None:
        self.by_index = {s.index: s for s in self.article.sentences}
        self.outer = [s for s in self.article.sentences if s.quote is None]


def token_at(scene: Scene, s: Sentence, char: int) -> int:
    """Return the token that covers a character of the Doc's text."""
    return bisect_right(s.ends, char)


def char_at(scene: Scene, s: Sentence, token: int) -> int:
    """Return where a token begins in the Doc's text; its length for a token past the end."""
    return s.starts[token] if token < len(s.starts) else len(s.text)


def skip(scene: Scene, s: Sentence, start: int, begin: int) -> int:
    """Skip what stands before the words without being part of them."""
    high = char_at(scene, s, begin)
    return match_end("adjuncts.tsv", s.text, skip_plain(scene, s.text, start), high)


def skip_plain(scene: Scene, text: str, start: int) -> int:
    """Return the first character from `start` on that is no space or comma."""
    while start < len(text) and text[start] in SKIPPED:
        start += 1
    return start


def past_circle(text: str, start: int) -> int:
    """Return where words begin behind the circle in which they go round: behind 市場では in 市場では延期は織り込み済みとの見方."""
    m = _circle().match(text, start)
    return m.end() if m is not None else start


@cache
def _circle() -> re.Pattern[str]:
    nouns = sorted((r["noun"] for r in rows("circles.tsv")), key=len, reverse=True)
    return re.compile(rf"[一-龥ァ-ヺー]{{0,6}}?(?:{'|'.join(nouns)})の?(?:間)?(?:で|に)[はも]、?")


def skip_conjunction(scene: Scene, s: Sentence, start: int) -> int:
    """Return where the words begin behind a conjunction such as ただ、 or また、."""
    return match_end("adjuncts.tsv", s.text, skip_plain(scene, s.text, start), len(s.text), only="conj")


def adjuncts_only(scene: Scene, s: Sentence, start: int, begin: int) -> bool:
    """Whether nothing but time, place, occasion and addressee stands between."""
    high = char_at(scene, s, begin)
    rest = s.text[skip(scene, s, start, begin) : high].strip(SKIPPED)
    return _OPEN_END.search(rest) is None or _WHEN.search(rest) is not None


def quotes_before(scene: Scene, s: Sentence, end: int) -> list[Quote]:
    """The quotations that stand side by side before a token."""
    found: list[Quote] = []
    while is_quote(s, end):
        at = s.offset(end - 2)
        quote = next((scene.article.quotes[n] for n in s.quotes if scene.article.quotes[n].begin == at), None)
        if quote is None:
            break
        found.insert(0, quote)
        end -= 3
        if end > 0 and s.doc[end - 1].text in ("や", "、") and is_quote(s, end - 1):
            end -= 1
    return found


def quote_token(scene: Scene, s: Sentence, quote: Quote) -> int:
    """Return the token that stands for a masked quotation."""
    span = s.tokens(quote.begin, quote.begin + 1)
    return span.start if span is not None else 0


def voices_of(scene: Scene, agents: Sequence[Entity | None], rule: str, confidence: float = 0.9) -> Voice:
    """Speaker and source of those that the text names: a medium is never the speaker, an unnamed source only beside a medium."""
    named = list(dict.fromkeys(a for a in agents if a is not None))
    outlets = [a for a in named if a.type is EntityClass.OUTLET]
    unnamed = [a for a in named if a.type is EntityClass.UNNAMED_SOURCE]
    speakers = [a for a in named if a.type not in SOURCES]
    if speakers:
        return Voice(speakers[0], next(iter(outlets or unnamed), None), rule, confidence)
    if unnamed and outlets:
        return Voice(unnamed[-1], outlets[0], rule, confidence)
    if len(outlets) > 1:
        return Voice(outlets[-1], outlets[0], rule, confidence)
    return Voice(None, next(iter(outlets or unnamed), None), rule, confidence)


def remember(scene: Scene, voice: Voice) -> None:
    """Keep a voice for the sentences that follow."""
    if voice.known:
        if scene.last is not None and scene.last.speaker is not voice.speaker:
            scene.other = scene.last
        scene.last = scene.reach = voice


def same_sentence(scene: Scene, s: Sentence) -> Voice | None:
    """The voice of the statement before, if it stands in the same sentence."""
    if not scene.found or scene.found[-1].begin < s.begin:
        return None
    before = scene.found[-1]
    return Voice(before.speaker, before.source, "circle-carried", 0.7)
