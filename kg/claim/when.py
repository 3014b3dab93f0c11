"""When what a claim says happens: the time that its own predicate has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from kg.claim.certainty import last_predicate, main_predicate
from kg.claim.times import Day, Tense, Time, iso, parsed, resolved, times
from kg.context import chain, modal_nouns, stance
from kg.model import Attribution, Modality
from kg.parse import Article, Sentence

_PREDICATES = {"VERB", "ADJ", "AUX"}
_FARTHEST = 4  # steps from a time to its predicate
_WEEKDAY = re.compile(r"[（(][月火水木金土日](?:・?祝)?[）)]")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time of a sentence: its place in the article, the token of the predicate that it belongs to, and its date."""

    begin: int
    end: int
    governor: int
    date: Day | None


class Calendar:
    """An article's times, found once and asked for by predicate."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._today = parsed(article.document.date)
        self._times: dict[int, list[Dated]] = {}
        before: Day | None = None
        line = -1
        for sentence in sorted(article.sentences, key=lambda s: (s.begin, -s.end)):
            if sentence.line != line:
                line, year = sentence.line, None
            for time in times(sentence.text):
                dated = self._dated(sentence, time, before, year)
                if dated is None:
                    continue
                self._times.setdefault(sentence.index, []).append(dated)
                before = dated.date or before
                year = time.year or (dated.date[0] if dated.date and time.base else year)

    def _dated(self, sentence: Sentence, time: Time, before: Day | None, year: int | None) -> Dated | None:
        """The time with its date. A month without year after another year's date (2019年3月…。5月には…) is left open."""
        governor = _governor(sentence, time)
        if governor is None:
            return None
        found = resolved(time, self._today, before, _tense(sentence, governor), sentence.quote is not None)
        if found is not None and year not in (None, found[0]) and time.year is None and not time.base:
            found = None
        return Dated(sentence.offsets[time.begin], sentence.offsets[time.end - 1] + 1, governor.i, found)

    def of_predicate(self, begin: int, end: int, within: tuple[int, int] | None = None) -> tuple[str | None, str | None]:
        """Return the time of a predicate that stands at `begin` to `end`, as written and as ISO 8601, None for what is not known.

        「3日、来春に発売すると発表した」 gives 来春 for 発売, 3日 for 発表. `within` leaves out what stands outside somebody's words.
        """
        sentence = self._article.sentence_at(begin)
        if sentence is None or sentence.index not in self._times:
            return None, None
        span = sentence.tokens(begin, end)
        return self._of(sentence, span.root, within) if span is not None else (None, None)

    def of_words(self, begin: int, end: int, attribution: Attribution) -> tuple[str | None, str | None]:
        """Return the time of a statement: that of its last main predicate."""
        sentence = self._article.sentence_at(begin)
        if sentence is None or sentence.index not in self._times:
            return None, None
        if attribution is Attribution.DIRECT_QUOTE:
            last = next((t for t in sentence.doc if t.head.i == t.i), sentence.doc[0])
        else:
            span = sentence.tokens(begin, end)
            if span is None:
                return None, None
            last = last_predicate(sentence, span.end)
        return self._of(sentence, main_predicate(sentence, last), (begin, end))

    def _of(self, sentence: Sentence, predicate: Token, within: tuple[int, int] | None) -> tuple[str | None, str | None]:
        low, high = within or (sentence.begin, sentence.end)
        heads = _heads(sentence, predicate)
        found = [d for d in self._times[sentence.index] if d.governor in heads and low <= d.begin and d.end <= high]
        if not found:
            return None, None
        nearest = min(found, key=lambda d: abs(d.begin - sentence.offset(predicate.i)))
        text = self._article.document.text
        weekday = _WEEKDAY.match(text, nearest.end)  # 5日（木）: the aside is not parsed, yet belongs to the date
        return text[nearest.begin : weekday.end() if weekday else nearest.end], iso(nearest.date) if nearest.date else None


def _heads(sentence: Sentence, predicate: Token) -> set[int]:
    """The predicate, the nouns that qualify it (予定, 見通し), and the light verb that an event noun hangs on (協議を行う)."""
    own = chain(sentence, predicate.i).own_tokens
    nouns = {i for i in own if sentence.doc[i].text in modal_nouns()}
    light = {predicate.head.i} if predicate.tag_.startswith("名詞") and predicate.dep_ in ("obj", "obl", "nsubj") else set()
    return {predicate.i, *nouns, *light}


def _governor(sentence: Sentence, time: Time) -> Token | None:
    """The predicate that a time belongs to; None for one that only modifies a noun (2023年の売上高)."""
    span = sentence.doc.char_span(time.begin, time.end, alignment_mode="expand")
    if span is None or span[0].idx != time.begin:
        return None
    token = span.root
    for _ in range(_FARTHEST):
        head = token.head
        if head.i == token.i:
            return token if token.pos_ in _PREDICATES else None
        if head.pos_ in _PREDICATES or head.dep_ == "ROOT":
            return head
        if head.i not in range(span.start, span.end) and head.i > token.i and _eventful(head):
            return head
        if token.dep_ == "nmod" and head.i >= span.end:
            return None
        token = head
    return None


def _eventful(token: Token) -> bool:
    return "サ変" in token.tag_ or token.text in modal_nouns()


def _tense(sentence: Sentence, predicate: Token) -> Tense:
    """Past with た or ている; to come where it is planned, expected or a verb's plain non-past; a bare noun says neither."""
    links = chain(sentence, predicate.i)
    places = set(links.places[: len(links.own)])
    own = [t for t in sentence.doc[predicate.i + 1 :] if t.idx in places and t.tag_.startswith(("助動詞", "動詞-非自立可能"))]
    if any(t.lemma_ in ("た", "いる") for t in own):
        return Tense.PAST
    if stance(sentence, predicate.i).modality is not Modality.FACT or predicate.pos_ == "VERB":
        return Tense.FUTURE if _finite(predicate) else Tense.UNKNOWN
    return Tense.UNKNOWN


def _finite(predicate: Token) -> bool:
    """Whether a verb stands there rather than a サ変 noun alone (3日発売)."""
    following = predicate.doc[predicate.i + 1] if predicate.i + 1 < len(predicate.doc) else None
    return not predicate.tag_.startswith("名詞") or (following is not None and following.pos_ in ("AUX", "NOUN", "ADP"))
