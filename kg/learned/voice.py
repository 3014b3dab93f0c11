"""Whose words a statement is: a ranker over everybody whom the text names near it, told whom the rules take.

Boosted trees; `training/voices.py` makes them. Where the rules carry a speaker on over sentences they are right every second time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from kg.forest import Forest, read_forest
from kg.learned.tokens import Floats
from kg.model import Attribution, Entity, EntityClass, Form, Statement
from kg.parse import Article
from kg.segment import Kind

WEIGHTS = Path(__file__).resolve().parent / "voice.npz"
SOURCES = (EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE)
AGENTS = (EntityClass.PERSON, EntityClass.ORGANIZATION, EntityClass.PLACE, *SOURCES)
NOBODY = -1
MARGIN = 0.3  # by how much more probable than the rules' voice another must be
LAID_OUT = ("voices", "told", "announced", "interview", "bare", "answers")  # voices that lines or a question tell: the annotated articles have none
_FAR = 8  # sentences before a statement's own in which somebody named may speak
_MOST = 24  # candidates
_NEVER = 99.0  # of a distance: there is none
_PARTICLE = re.compile(
    r"(?:[（(][^（）()]{0,24}[)）])?[々一-鿿ァ-ヺーA-Za-z]{0,14}?(は|が|も|によると|によれば|による|では|でも|には|から|に|の|を|と|、|で|」|・)"
)
_BEFORE = ("は", "が", "も", "によると", "によれば", "では", "でも", "には", "から", "に", "の", "を", "と", "、", "で")
_BEHIND = ("は", "が", "も", "の", "、", "に", "を", "")
_INSIDE = ("は", "が", "の")
_EARLIER = ("は", "が", "も", "の", "に", "と", "を", "、")
_FORMS = ("quote", "to", "noun", "koto", "you", "hearsay", "via", "found", "sentence", "none")
_VOICES = (
    *("topic", "behind", "carried", "circle", "circle-carried", "nobody", "subject", "relative", "cleft", "via", "article", "credit", "heard"),
    *("owner", "unnamed", "maker", "announcer", "announced", "voices", "told", "interview", "verbless", "before", "document", "paper", "asker"),
    *("relay", "after", "hearsay"),
)
_OWN = 66  # columns that only somebody has
_HANDS_ON = ("という", "とのこと", "ということ", "そうだ")
_CUES = (
    *(*_HANDS_ON, "によると", "とされ", "報じ", "発表", "明らかに", "として", "としている", "話し", "述べ", "語", "指摘", "説明"),
    *("声", "見方", "意見", "書き込み"),
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention of one who may speak: of which candidate, in which outer sentence, and the particle behind it."""

    begin: int
    end: int
    who: int
    role: bool
    sentence: int
    particle: str
    quoted: tuple[int, int] | None


class Page:
    """An article's outer sentences, quotations and agents, as the ranker looks at them."""

    def __init__(self, article: Article, entities: Sequence[Entity]) -> None:
        """Lay the agents over the sentences."""
        self.text = article.document.text
        self.outer = sorted((s for s in article.sentences if s.quote is None), key=lambda s: (s.begin, s.end))
        self._begins = [s.begin for s in self.outer]
        self.quotes = [(q.begin, q.end) for q in article.quotes]
        self.entities = entities
        placed = sorted((m.begin, m.end, n, m.form is Form.ROLE) for n, e in enumerate(entities) if e.type in AGENTS for m in e.mentions)
        self.named = [_Named(b, e, n, r, self.at(b), self._particle(e), self.quote(b, e)) for b, e, n, r in placed]
        self.often = Counter(m.who for m in self.named)
        self.first = {m.who: m.sentence for m in reversed(self.named)}
        self.by_sentence: dict[int, list[_Named]] = defaultdict(list)
        for m in self.named:
            self.by_sentence[m.sentence].append(m)

    def at(self, offset: int) -> int:
        """Return which outer sentence holds an offset, -1 before the first."""
        return bisect_right(self._begins, offset) - 1

    def quote(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the outermost quotation around a stretch."""
        return next(((b, e) for b, e in self.quotes if b <= begin and end <= e + 1), None)

    def _particle(self, end: int) -> str:
        found = _PARTICLE.match(self.text, end, end + 40)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A statement's candidates by number, NOBODY last, what is looked at of each, and whom the rules take."""

    candidates: tuple[int, ...]
    rows: Floats
    taken: int


def choices(article: Article, entities: Sequence[Entity], statements: Sequence[Statement]) -> list[Choice]:
    """Return for each statement who may have said it."""
    page = Page(article, entities)
    number = {id(e): n for n, e in enumerate(entities)}
    spoke: list[int] = []  # whom the rules took for the statements so far
    last = 0
    found = []
    for statement in statements:
        taken, source = (number[id(e)] if e is not None else NOBODY for e in (statement.speaker or statement.source, statement.source))
        here = page.at(statement.begin)
        found.append(_choice(page, statement, here, taken, source, spoke, here - last if spoke else 0))
        spoke.append(taken)
        last = here
    return found


def _choice(page: Page, statement: Statement, here: int, taken: int, source: int, spoke: Sequence[int], since: int) -> Choice:
    sentence = page.outer[max(here, 0)]
    quote = page.quote(statement.begin, statement.end) if statement.attribution is Attribution.DIRECT_QUOTE else None
    low, high = (quote[0] - 1, quote[1] + 1) if quote else (statement.begin, statement.end)
    near: dict[int, list[_Named]] = {}
    for at in range(here - _FAR, here + 2):
        for m in page.by_sentence.get(at, ()):
            near.setdefault(m.who, []).append(m)
    candidates = list(near)
    candidates += [n for n in dict.fromkeys((taken, source, *spoke[-3:])) if n >= 0 and n not in near]
    if taken >= 0 and taken not in candidates[:_MOST]:  # a list of players names more than are looked at
        candidates.remove(taken)
        candidates.insert(0, taken)
    candidates = candidates[:_MOST]
    form, _, voice = statement.rule.partition("-")
    cue = " ".join(c.text for c in statement.cues)
    after = page.text[high : high + 16]
    shared: list[Any] = [form == f for f in _FORMS] + [(voice or form) == v for v in _VOICES] + [word in cue for word in _CUES]
    topical = any(m.particle == "は" and not low <= m.begin < high for m in page.by_sentence.get(here, ()))
    shared += [quote is not None, statement.confidence, here == 0, sentence.kind is not Kind.PROSE, high - low, taken < 0, source >= 0]
    shared += [statement.speaker is not None, not spoke, bool(spoke) and spoke[-1] < 0, low - sentence.begin, sentence.end - high, since]
    shared += [after[:2] in ("」と", "」な"), after.startswith(_HANDS_ON), topical]
    places = {n: max((m.begin for m in near.get(n, ()) if m.begin < low), default=-1) for n in candidates}
    rank = {n: place for place, n in enumerate(sorted(candidates, key=lambda n: -places[n]))}
    rows = [_row(page, n, near.get(n, []), here, (low, high), taken, source, spoke, since, rank[n], len(candidates)) + shared for n in candidates]
    rows.append([1.0, taken < 0, source < 0] + [0.0] * _OWN + shared)
    return Choice((*candidates, NOBODY), np.array(rows, np.float32), taken)


def _row(
    page: Page,
    who: int,
    named: Sequence[_Named],
    here: int,
    words: tuple[int, int],
    taken: int,
    source: int,
    spoke: Sequence[int],
    since: int,
    rank: int,
    count: int,
) -> list[Any]:
    """What is looked at of one candidate."""
    low, high = words
    own = [m for m in named if m.sentence == here]
    before, behind = [m for m in own if m.end <= low], [m for m in own if m.begin >= high]
    inside, earlier = [m for m in own if low <= m.begin < high], [m for m in named if m.sentence < here]
    nearby = [m for m in page.by_sentence.get(here, ()) if m.end <= low]
    latest = earlier[-1] if earlier else None
    entity = page.entities[who]
    row: list[Any] = [0.0, who == taken, who == source, *(entity.type is kind for kind in AGENTS)]
    row += [any(m.role for m in named), any(not m.role for m in named)]
    row += [bool(before), bool(behind), bool(inside), bool(earlier), any(m.sentence > here for m in named)]
    row += [bool(before) and before[-1].particle == p for p in _BEFORE]
    row += [any(m.particle == "は" for m in before), any(m.particle == "が" for m in before)]
    row += [low - before[-1].end if before else _NEVER, bool(before) and before[-1] is nearby[-1], bool(before) and before[0] is nearby[0]]
    row += [(behind[0].particle if behind else "") == p for p in _BEHIND]
    row += [behind[0].begin - high if behind else _NEVER]
    row += [bool(inside) and inside[0].particle == p for p in _INSIDE]
    row += [latest is not None and latest.particle == p for p in _EARLIER]
    row += [here - latest.sentence if latest else 20, any(m.particle == "は" and m.sentence == here - 1 for m in earlier)]
    row += [sum(m.particle == "は" for m in earlier), latest is not None and page.outer[latest.sentence].line == page.outer[max(here, 0)].line]
    row += [bool(spoke) and spoke[-1] == who, len(spoke) > 1 and spoke[-2] == who, list(spoke).count(who)]
    row += [since if spoke and spoke[-1] == who else -1, page.often[who], page.first.get(who, 99) == 0, page.first.get(who, 99), rank, count]
    return [*row, latest is not None and latest.quoted is not None]


def voices(article: Article, entities: Sequence[Entity], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements, each with the rules' voice unless another is much more probable; sentences of one quotation have one voice."""
    chosen = choices(article, entities, statements)
    scores = _scores(chosen)
    spans = [_quoted(article, s) for s in statements]
    for span, group in groupby(range(len(chosen)), key=lambda n: (spans[n], chosen[n].candidates, chosen[n].taken)):
        together = list(group)
        if span[0] is not None and len(together) > 1:
            mean = np.mean([scores[n] for n in together], axis=0)
            for n in together:
                scores[n] = mean
    return tuple(_said(s, c, score, entities) for s, c, score in zip(statements, chosen, scores, strict=True))


def _scores(chosen: Sequence[Choice]) -> list[Floats]:
    """The probabilities of each statement's candidates, those of all statements asked for at once."""
    if not chosen:
        return []
    ends = np.cumsum([len(c.rows) for c in chosen])
    return np.split(load_forest().scores(np.concatenate([c.rows for c in chosen])), ends[:-1])


def _quoted(article: Article, statement: Statement) -> tuple[int, int] | None:
    """The outermost quotation that a statement is a sentence of, None for a reported clause."""
    if statement.attribution is not Attribution.DIRECT_QUOTE:
        return None
    return next(((q.begin, q.end) for q in article.quotes if q.begin <= statement.begin and statement.end <= q.end + 1), None)


def _said(statement: Statement, choice: Choice, probability: Floats, entities: Sequence[Entity]) -> Statement:
    best = int(probability.argmax())
    who = choice.candidates[best]
    form, _, voice = statement.rule.partition("-")
    if voice in LAID_OUT or probability[best] < probability[choice.candidates.index(choice.taken)] + MARGIN:
        return statement
    agent = entities[who] if who >= 0 else None
    outlet = statement.source if statement.source is not None and statement.source.type is EntityClass.OUTLET else None
    speaker, source = agent, outlet
    if agent is None or (agent.type in SOURCES and (outlet is None or agent.type is EntityClass.OUTLET)):
        speaker, source = None, agent
    return replace(statement, speaker=speaker, source=source, rule=f"{form}-ranked", confidence=round(float(probability[best]), 2))


@cache
def load_forest() -> Forest:
    """Return the trees that ship with the program."""
    return read_forest(WEIGHTS)
