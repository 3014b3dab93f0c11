"""What an article is cut into: segments of a kind, and quotations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PLACEHOLDER = "引用"


class Kind(StrEnum):
    """What a segment is in the layout of its article."""

    TITLE = "title"
    HEADING = "heading"
    BULLET = "bullet"
    PROSE = "prose"
    SOURCE = "source"  # 引用元:TechCrunch
    FOREIGN = "foreign"  # a line without Japanese, not to be parsed as Japanese


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `begin`, `end` cover the words without their marks."""

    index: int
    begin: int
    end: int
    opening: str
    host: int  # the segment that it stands in
    inside: tuple[int, ...]  # the segments of its words


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch to be parsed as one sentence. `text[i]` stands at `offsets[i]` in the article; `offsets` has one more, its end."""

    index: int
    begin: int
    end: int
    kind: Kind
    line: int
    text: str
    offsets: tuple[int, ...]
    quote: int | None = None
    quotes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Segments:
    """All of an article, in the order of the text; a quotation's segments follow their host."""

    segments: tuple[Segment, ...]
    quotes: tuple[Quote, ...]
