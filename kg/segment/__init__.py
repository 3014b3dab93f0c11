"""The article's text cut into segments: headlines, bullets, sentences, and what stands within quotation marks.

Pure text, no parser. A quotation is cut out of its sentence (the parser reads 「引用」 in its place) and cut into
sentences of its own; short parentheses are left out of the text that the parser reads. Every segment keeps, for each
of its characters, where that character stands in the article.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.segment.cutter import segment
from kg.segment.furniture import furniture
from kg.segment.kinds import PLACEHOLDER, Kind, Quote, Segment, Segments

__all__ = ["PLACEHOLDER", "Kind", "Quote", "Segment", "Segments", "furniture", "occurrences", "segment"]


def occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text, from the left, none within another, an empty one nowhere; a pattern of it would have to be compiled."""
    at = text.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))
