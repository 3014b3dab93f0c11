"""The article as the mention rules see it: its text, its units, and what stands before and after a stretch of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.mention.recognizer import bounds, chunks, tagger
from kg.mention.units import Sentence, Unit, script, sentences
from kg.model import EntityClass, Form

if TYPE_CHECKING:
    from spacy.language import Language

Votes = dict[EntityClass, float]
_LONGEST = 30  # code points of a name that is looked for backwards
_NEAR = 24  # characters before and after a name that its context is read from
_OPEN, _CLOSE = '「『“"〝', '」』”"〟'
_TRAINED = (EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.PLACE, EntityClass.MODEL)  # in the order of tagger.TYPES


class Origin(StrEnum):
    """Who found a span."""

    TAGGER = "tagger"
    SHAPE = "shape"  # a pattern of letters, brackets, suffixes or titles
    LEXICON = "lexicon"
    REPEAT = "repeat"  # the same string was found elsewhere in the article
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that may name something, with what speaks for each class."""

    begin: int
    end: int
    origin: Origin
    rule: str
    votes: Votes = field(default_factory=dict, compare=False, hash=False)
    form: Form = Form.NAME

    @property
    def length(self) -> int:
        return self.end - self.begin

    def overlaps(self, other: Span) -> bool:
        return self.begin < other.end and other.begin < self.end


@dataclass(frozen=True)
class Page:
    """A tokenized article."""

    text: str
    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    unknown: frozenset[str]  # tokens without a word vector

    @classmethod
    def read(cls, text: str, nlp: Language) -> Page:
        found = tuple(sentences(text, nlp))
        units = tuple(unit for sentence in found for unit in sentence.units)
        begins = tuple(begin for sentence in found for begin in sentence.begins)
        ends = tuple(begin + len(unit.surface) for unit, begin in zip(units, begins, strict=True))
        knows = tagger(nlp).knows
        unknown = frozenset(token for token in {unit.token for unit in units} if not knows(token))
        return cls(text, found, units, begins, ends, unknown)

    def at(self, offset: int) -> int:
        """Index of the unit that holds the character at `offset` (or the next one)."""
        return min(bisect_right(self.begins, offset) - 1, len(self.units) - 1) if self.begins else 0

    def inside(self, begin: int, end: int) -> tuple[Unit, ...]:
        """Units that the stretch touches."""
        return self.units[bisect_right(self.ends, begin) : bisect_left(self.begins, end)]

    def on_borders(self, begin: int, end: int) -> bool:
        """Whether the stretch begins and ends where units do."""
        first, last = bisect_left(self.begins, begin), bisect_left(self.ends, end)
        return first < len(self.begins) and self.begins[first] == begin and last < len(self.ends) and self.ends[last] == end

    def before(self, begin: int) -> str:
        """What stands before a name on its line, its own opening bracket and aliases' bracket left out."""
        start = max(self.text.rfind("\n", 0, begin) + 1, begin - _NEAR)
        return self.text[start:begin].rstrip(_OPEN)

    def after(self, end: int) -> str:
        """What stands after a name on its line; its closing bracket and an alias in brackets are passed over."""
        stop = self.text.find("\n", end)
        near = self.text[end : len(self.text) if stop < 0 else stop][: 2 * _NEAR].lstrip(_CLOSE)
        return re.sub(r"^[（(〔][^（）()\n]{1,30}[）)〕]", "", near).lstrip(_CLOSE)[:_NEAR]

    def rest(self, end: int) -> str:
        """What stands after a name up to the next full stop or line's end."""
        return re.split(r"[。\n]", self.text[end : end + 300], maxsplit=1)[0]

    def unit_ending(self, offset: int) -> int:
        """Index of the unit that ends at `offset`, -1 if none does."""
        at = bisect_left(self.ends, offset)
        return at if at < len(self.ends) and self.ends[at] == offset else -1

    def ends_unit(self, offset: int) -> bool:
        return self.unit_ending(offset) >= 0

    def back(self, end: int, fits: Callable[[Unit], bool]) -> int:
        """Begin of the stretch of fitting units that ends at `end`; `end` itself where there is none."""
        i, begin = self.unit_ending(end), end
        while i >= 0 and end - self.begins[i] <= _LONGEST and self.ends[i] == begin and fits(self.units[i]):
            begin = self.begins[i]
            i -= 1
        while begin < end and self.text[begin] in " 　・=＝-\n":
            begin += 1
        return begin

    def forth(self, begin: int, fits: Callable[[Unit], bool]) -> int:
        """End of the stretch of fitting units that begins at `begin`."""
        i, end = bisect_left(self.begins, begin), begin
        while i < len(self.units) and self.begins[i] == end and fits(self.units[i]):
            end = self.ends[i]
            i += 1
        return end

    def quoted(self, begin: int, end: int) -> bool:
        """Whether the stretch is all that stands in a pair of brackets."""
        return self.text[begin - 1 : begin] in tuple(_OPEN) and self.text[end : end + 1] in tuple(_CLOSE)


def recognized(page: Page, nlp: Language) -> list[Span]:
    """Return what the trained tagger finds, with the probability of each class."""
    model, found = tagger(nlp), []
    weighed = model.weigh([sentence.units for sentence in page.sentences])
    for sentence, (labels, weights) in zip(page.sentences, weighed, strict=True):
        for first, last, _ in chunks(labels):
            begin, end = bounds(sentence, first, last)
            mean = weights[first : last + 1].mean(0)
            votes = {kind: float(weight) for kind, weight in zip(_TRAINED, mean, strict=True)}
            found.append(Span(begin, end, Origin.TAGGER, "tagger", votes))
    return found


def key(name: str) -> str:
    """What two spellings of a name have in common: NFKC, case folded, without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def stands_alone(page: Page, begin: int, end: int) -> bool:
    """Return whether the string stands by itself: on token borders, or at a change of script."""
    before, after = page.text[begin - 1 : begin], page.text[end : end + 1]
    left = not before or script(before) != script(page.text[begin])
    right = not after or script(after) != script(page.text[end - 1])
    if script(page.text[begin]) in "aA9":
        left = not before or script(before) not in "aA9"
    if script(page.text[end - 1]) in "aA9":
        right = not after or script(after) not in "aA9"
    return page.on_borders(begin, end) if script(page.text[begin]) in "kh" else left and right
