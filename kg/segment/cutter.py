"""Cuts an article: lines by their layout, headlines, bullets, sentences, and what stands within quotation marks."""

from __future__ import annotations

import re

from kg.segment.furniture import furniture
from kg.segment.kinds import Kind, Quote, Segment, Segments
from kg.segment.legible import legible
from kg.segment.pairing import QUOTES, pairs
from kg.segment.speech import JAPANESE, is_speech, side_by_side

ENDS = "。！？!?．"

_BULLET = re.compile(r"[ 　\t]*(?:[-*・●○◆◇▼▽▲△▶►※→⇒✓]|\(?\d{1,2}[.)）](?!\d))[ 　\t]*")
_HEADING = re.compile(r"[ 　\t]*(?:[■□◼▪#]+|【[^】]{1,30}】$|<[^>]{1,30}>$|＜[^＞]{1,30}＞$)[ 　\t]*")
_SOURCE = re.compile(r"[ 　\t]*(?:引用元|出典|出所|情報源|参照元|参考(?:記事|文献|サイト|リンク)?|ソース|[Ss]ource|[Vv]ia)[ 　]*[::：]")
_DATELINE = re.compile(r"[ 　\t]*[［\[【][^］\]】\n]{0,16}\d日[^］\]】\n]{0,12}[］\]】][ 　]*[-－―‐–]?[ 　]*(?=.)")  # ［ソウル　4日］ -
_SOFT_END = re.compile(r"(?<=[ぁ-んー])(?<!って)(?:…+|ｗ+|w{2,}|・・・+|（笑）|\(笑\))+[ 　]*")


def segment(text: str) -> Segments:
    """Cut an article into segments and quotations.

    Brackets never closed within their paragraph end there, and a sentence's end within brackets ends no outer sentence.
    """
    return _Cutter(text).cut()


_HANDED_OVER = re.compile(
    r"[ 　]?と(?:の(?:声|意見|指摘|見方|批判|疑問|噂|うわさ|懸念|話|質問|問い)|(?:見|み)る向き|いう(?:声|意見|疑問|指摘)|(?:思|考え|感じ|疑))"
)  # 原因では？　との意見
_GOES_ON = "、，はがをにでのともてへや"  # before a line's end within a quotation: its sentence goes on


_HEADLINE = 80  # code points of a first line up to which it is a headline also where it asks, cries or says two things


class _Cutter:
    """Walks over the lines once; holds what has been cut so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs = pairs(text)
        self.furniture = furniture(text)
        self.segments: list[Segment] = []
        self.quotes: list[Quote] = []
        self.titled = False

    def cut(self) -> Segments:
        """Return the segments and quotations of the whole text."""
        at = line = 0
        while at < len(self.text):
            end = self._line_end(at)
            raw = self.text[at:end]
            if raw.strip() and not any(b <= at < e for b, e in self.furniture):
                kind, skip = self._kind(raw)
                self._line(at + skip, end, kind, line)
            at, line = end + 1, line + 1
        return Segments(tuple(self.segments), tuple(self.quotes))

    def _line_end(self, at: int) -> int:
        """The line's end; a bracket opened in it carries it on, and a comma at its end, but not to a quotation with a line of its own."""
        end = self._newline(at)
        i = at
        while i < end:
            if i in self.pairs:
                i = self.pairs[i]
                end = max(end, self._newline(i))
            i += 1
            if i == end and self.text[i - 1] in "、，" and i + 1 < len(self.text) and self.text[i + 1] != "\n" and not self._quotes_alone(i + 1):
                end = self._newline(i + 1)
        return end

    def _quotes_alone(self, at: int) -> bool:
        """Whether a line is one quotation and nothing else, or a list's: those under 「ネット掲示板では、」."""
        if (mark := _BULLET.match(self.text, at)) and mark.end() > at:
            return True
        end = self._newline(self.pairs.get(at, at))
        return self.text[at] in QUOTES and self.pairs.get(at, at) + 1 == self._strip(at, end)[1]

    def _newline(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def _kind(self, raw: str) -> tuple[Kind, int]:
        """The line's kind, and how many characters of marks and spaces it begins with."""
        if _SOURCE.match(raw):
            return Kind.SOURCE, 0
        if not JAPANESE.search(raw):
            return Kind.FOREIGN, len(raw) - len(raw.lstrip())
        mark = _BULLET.match(raw)
        if mark and mark.end():
            return Kind.BULLET, mark.end()
        dateline = _DATELINE.match(raw)
        lead = dateline.end() if dateline is not None else len(raw) - len(raw.lstrip(" 　\t"))
        if mark := _HEADING.match(raw):
            return Kind.HEADING, mark.end() if mark.end() < len(raw) else lead
        if self._sentence_like(raw.strip()):
            return Kind.PROSE, lead
        if self.titled or any(s.kind is Kind.PROSE for s in self.segments):
            return Kind.HEADING, lead
        self.titled = True
        return Kind.TITLE, lead

    def _sentence_like(self, raw: str) -> bool:
        if not self.segments and len(raw) <= _HEADLINE and raw[-1] not in "。」』”、，" and self.text.strip() != raw:
            return False  # 「X」の生みの親、Yへ。古巣の胸の内は？
        if raw[-1] in ENDS + "」』”…" or raw.startswith(("――", "—", "──", "Q", "A:")):
            return raw[-1] not in "」』”" or raw[0] in QUOTES or "。" in raw or self.titled
        return "。" in raw or len(raw) > 90 or raw[-1] in "、，"

    def _line(self, begin: int, end: int, kind: Kind, line: int) -> None:
        if kind in (Kind.SOURCE, Kind.FOREIGN):
            self._add(begin, end, kind, line, None)
            return
        for b, e in self._sentences(begin, end, kind):
            self._sentence(b, e, kind, line, None)

    def _sentences(self, begin: int, end: int, kind: Kind) -> list[tuple[int, int]]:
        """Cut at sentence ends outside brackets; a headline also at its wide space."""
        found, start, i = [], begin, begin
        while i < end:
            if i in self.pairs and self.pairs[i] < end:
                i = self.pairs[i] + 1
                if self._quote_ends_sentence(start, i, end):
                    found.append((start, i))
                    start = i
                continue
            cut = self._cut_after(i, end, kind)
            if cut:
                found.append((start, cut))
                start = i = cut
                continue
            i += 1
        found.append((start, end))
        stripped = [self._strip(b, e) for b, e in found]
        return [(b, e) for b, e in stripped if b < e and re.search(r"\w", self.text[b:e])]

    def _quote_ends_sentence(self, start: int, after: int, end: int) -> bool:
        """A quotation that is the whole sentence so far, followed by a space, a line's end or another quotation at a line's start."""
        opening = self._strip(start, after)[0]
        if opening not in self.pairs or self.pairs[opening] + 1 != after or self.text[opening] not in QUOTES:
            return False
        inside = self.text[opening + 1 : after - 1]
        if inside.endswith(("。", "！", "？")) and after < end and not re.match(r"[とっなのをにはがでもや、など「『）」]", self.text[after]):
            return True
        return after >= end or (self.text[after] in " 　\n" and bool(re.search(r"[。！？!?ぁ-ん]$", inside.rstrip())))

    def _cut_after(self, i: int, end: int, kind: Kind) -> int:
        char = self.text[i]
        if char in ENDS and not self._abbreviates(i):
            while i + 1 < end and self.text[i + 1] in ENDS + "♪☆ｗw":
                i += 1
            return 0 if _HANDED_OVER.match(self.text, i + 1, end) else i + 1
        if char == "\n" and not (self.text[i - 1] in _GOES_ON and self.text[i + 1 : i + 2] not in ("\n", "「", "『")):
            return i + 1
        if kind is not Kind.PROSE and char in " 　" and self._splits_headline(i, end):
            return i + 1
        return 0

    def _abbreviates(self, i: int) -> bool:
        """「Yahoo!ニュース」「C3.ai」「3．5」: no sentence's end."""
        before, after = self.text[i - 1 : i], self.text[i + 1 : i + 2]
        if self.text[i] in "!?！？":
            return bool(re.match(r"[A-Za-z]", before) and re.match(r"[A-Za-z぀-ヿ一-鿿]", after))
        return self.text[i] == "．" and bool(re.match(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]", before) and re.match(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]", after))

    def _splits_headline(self, i: int, end: int) -> bool:
        before, after = self.text[i - 1 : i], self.text[i + 1 : i + 2]
        if self.text[i] == "　":
            return True
        return bool(re.match(r"[ぁ-ん」』）]", before) and re.match(r"[「『A-Za-z぀-ヿ一-鿿]", after)) and end - i > 4

    def _strip(self, begin: int, end: int) -> tuple[int, int]:
        while begin < end and self.text[begin] in " 　\t\r\n":
            begin += 1
        while begin < end and self.text[end - 1] in " 　\t\r\n":
            end -= 1
        return begin, end

    def _sentence(self, begin: int, end: int, kind: Kind, line: int, quote: int | None) -> int:
        """Add a sentence, then what is quoted in it; return its index."""
        spans = [(b, self.pairs[b]) for b in self._brackets(begin, end)]
        speech = side_by_side(self.text, spans, [(b, e) for b, e in spans if is_speech(self.text, b, e, begin, end)])
        index = self._add(begin, end, kind, line, quote, speech)
        numbers = []
        for b, e in speech:
            number = len(self.quotes)
            self.quotes.append(Quote(number, b + 1, e, self.text[b], index, ()))
            parts = self._quoted(b + 1, e)
            inside = tuple(self._sentence(x, y, Kind.PROSE, line, number) for x, y in parts)
            self.quotes[number] = Quote(number, b + 1, e, self.text[b], index, inside)
            numbers.append(number)
        s = self.segments[index]
        self.segments[index] = Segment(index, s.begin, s.end, s.kind, s.line, s.text, s.offsets, s.quote, tuple(numbers))
        return index

    def _brackets(self, begin: int, end: int) -> list[int]:
        """The outermost brackets of a stretch."""
        found, i = [], begin
        while i < end:
            if i in self.pairs and self.pairs[i] < end:
                found.append(i)
                i = self.pairs[i]
            i += 1
        return found

    def _quoted(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The sentences of a quotation: also … and ww close a full clause, and an interjection joins what follows."""
        found: list[tuple[int, int]] = []
        for b, e in self._sentences(begin, end, Kind.PROSE):
            start = b
            for mark in _SOFT_END.finditer(self.text, b, e):
                if mark.end() < e and mark.start() - start > 3 and not self._within(mark.start(), b, e):
                    found.append((start, mark.end()))
                    start = mark.end()
            found.append((start, e))
        return [self._strip(*span) for span in self._joined(found)]

    def _within(self, at: int, begin: int, end: int) -> bool:
        return any(b < at < self.pairs[b] for b in self._brackets(begin, end))

    def _joined(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start: int | None = None
        for b, e in spans:
            words = self.text[b:e].strip("。！？!?…・ｗw♪ 　\n")
            if len(words) <= 2 and (b, e) != spans[-1]:
                start = b if start is None else start
                continue
            found.append((b if start is None else start, e))
            start = None
        return found

    def _add(self, begin: int, end: int, kind: Kind, line: int, quote: int | None, speech: list[tuple[int, int]] | None = None) -> int:
        text, offsets = legible(self.text, self.pairs, begin, end, dict(speech or []))
        index = len(self.segments)
        self.segments.append(Segment(index, begin, end, kind, line, text, offsets, quote))
        return index
