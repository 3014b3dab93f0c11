"""The article as the mention rules see it: its text, its units, and what stands before and after a stretch of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
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
_LINE = 1_000  # characters of a line to each side that are looked at
_NEAR = 24  # characters before and after a name that its context is read from
_ALIAS = re.compile(r"^[（(〔][^（）()\n]{1,30}[）)〕]")
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
        """Code points from its begin to its end."""
        return self.end - self.begin

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.begin < other.end and other.begin < self.end


class Taken:
    """Spans in the order of the text, asked for those that touch a stretch: an article may have thousands."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.begin)
        self._begins = [span.begin for span in self._spans]
        self._longest = max((span.length for span in self._spans), default=0)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def touching(self, begin: int, end: int) -> list[Span]:
        """Return the spans that share a character with the stretch."""
        first = bisect_left(self._begins, begin - self._longest)
        return [span for span in self._spans[first : bisect_left(self._begins, end)] if begin < span.end]

    def add(self, span: Span) -> None:
        """Put one in, behind those that begin where it does."""
        at = bisect_right(self._begins, span.begin)
        self._spans.insert(at, span)
        self._begins.insert(at, span.begin)
        self._longest = max(self._longest, span.length)

    def remove(self, span: Span) -> None:
        """Take one out; ValueError where it is none of them."""
        at = self._spans.index(span, bisect_left(self._begins, span.begin))
        del self._spans[at], self._begins[at]


@dataclass(frozen=True, eq=False)
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
        """Return the page of a text, cut into sentences and units by the model's tokenizer."""
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

    def line(self, begin: int, end: int) -> tuple[int, int]:
        """Begin and end of the line around a stretch; of one that goes on for ever, what is near."""
        near, far = max(0, begin - _LINE), min(len(self.text), end + _LINE)
        stop = self.text.find("\n", end, far)
        return self.text.rfind("\n", near, begin) + 1 or near, far if stop < 0 else stop

    def before(self, begin: int) -> str:
        """What stands before a name on its line, its own opening bracket and aliases' bracket left out."""
        start = self.text.rfind("\n", max(0, begin - _NEAR), begin) + 1 or max(0, begin - _NEAR)
        return self.text[start:begin].rstrip(_OPEN)

    def after(self, end: int) -> str:
        """What stands after a name on its line; its closing bracket and an alias in brackets are passed over."""
        near = self.text[end : end + 2 * _NEAR].partition("\n")[0].lstrip(_CLOSE)
        return _ALIAS.sub("", near).lstrip(_CLOSE)[:_NEAR]

    def rest(self, end: int) -> str:
        """What stands after a name up to the next full stop or line's end."""
        return self.text[end : end + 300].partition("\n")[0].partition("。")[0]

    def unit_ending(self, offset: int) -> int:
        """Index of the unit that ends at `offset`, -1 if none does."""
        at = bisect_left(self.ends, offset)
        return at if at < len(self.ends) and self.ends[at] == offset else -1

    def ends_unit(self, offset: int) -> bool:
        """Return whether a unit of the tokenizer ends at an offset of the text."""
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
    right = right or (script(page.text[end - 1]) in "kh" and page.ends_unit(end))  # 5ちゃんねるに
    return page.on_borders(begin, end) if script(page.text[begin]) in "kh" else left and right
