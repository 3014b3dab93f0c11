"""Expressions of time in a sentence, and the day, month or year that they come to.

ja-timex finds dates in figures (2025年7月14日, 令和6年4月, 8月末, 3日, 金曜日); `times.tsv` has the words (昨夏, 来春, 年内, 同日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from kg.claim.patterns import patterns
from kg.lexicon import Row
from kg.needs import Index, needs, signs

Day = tuple[int, int | None, int | None]  # year, month, day, as exact as known
_FIGURES = re.compile(r"[0-9０-９〇一二三四五六七八九十元]+[年月日]|[月火水木金土日]曜|[0-9０-９]{4}[/-][0-9０-９]")
_VALUE = re.compile(r"(\d{4}|XXXX)-(?:(\d\d|XX)-(\d\d|XX)|SP|SU|FA|(WI))|XXXX-WXX-(\d)")


class Tense(Enum):
    """Whether what happens at a time lies behind the article or before it."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Time:
    """An expression at `begin` to `end` of its text: the parts that it names, and what it is counted from."""

    begin: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 1 is Monday
    base: str = ""  # article, before, none
    unit: str = ""
    step: int = 0

    @property
    def exact(self) -> int:
        """How much of it is figures: what may follow must be finer."""
        if self.day or self.unit == "day" or self.weekday:
            return 3
        return 2 if self.month or self.unit in ("month", "week") else 1


def times(text: str) -> tuple[Time, ...]:
    """Return the expressions of time of a sentence, in their order.

    「同社は昨年10月に発売し、来春には増産する」 gives 昨年10月 and 来春; 3日間, 前年比 and 3月期 are none.
    """
    joined: list[Time] = []
    for time in sorted((*_words(text), *_figures(text)), key=lambda t: (t.begin, -t.end)):
        last = joined[-1] if joined else None
        if last is not None and time.begin < last.end:
            continue
        if last is not None and text[last.end : time.begin] in ("", "の") and (last.exact < time.exact or last.base == "none"):
            joined[-1] = _merged(last, time)
        else:
            joined.append(time)
    return tuple(_extended(text, t) for t in joined if not _follows(text, t.end, "not"))


def _words(text: str) -> Iterator[Time]:
    for row, pattern in _of("article", "before", "none"):
        for m in pattern.finditer(text):
            yield Time(m.start(), m.end(), base=row["from"], unit=row["unit"], step=int(row["step"]))


@cache
def _of(*kinds: str) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, pattern) for row, pattern in patterns("times.tsv") if row["from"] in kinds)


def _figures(text: str) -> Iterator[Time]:
    """Dates in figures. 25年7月 is 2025; 25年 alone may be a quarter of a century and is left."""
    if not _FIGURES.search(text):
        return
    for found in _parser().parse(text):
        value = _VALUE.fullmatch(str(found.value)) if found.type == "DATE" else None
        if value is None:
            continue
        year, month, day = (int(v) if v is not None and v.isdigit() else None for v in value.groups()[:3])
        if text[found.span[0]] in "（(":
            continue
        weekday = int(value[5]) if value[5] else None
        if year is not None and year < 100:
            year += 2000
        base = "none" if value[4] else ""
        yield Time(found.span[0], found.span[1], year, month, day, weekday, base)


@cache
def _parser() -> Any:
    """Loaded with the first figures: it takes a quarter of a second.

    Its 248 patterns are compiled once, for `re` keeps fewer, and only those are tried that a text's signs let match.
    """
    from ja_timex import TimexParser
    from ja_timex.timex import Extract

    class Parser(TimexParser):  # type: ignore[misc]
        def _extract(self, processed_text: str) -> list[Any]:
            tried = (compiled[number] for number in index.met(signs(processed_text, ())))
            return [Extract(type_name=kind, re_match=m, pattern=pattern) for kind, pattern, found in tried for m in found.finditer(processed_text)]

    parser = Parser()
    compiled = [(kind, pattern, re.compile(pattern.re_pattern)) for kind, kept in parser.all_patterns.items() for pattern in kept]
    index = Index(needs(found.pattern, {}, {}) for _, _, found in compiled)
    return parser


def _merged(first: Time, second: Time) -> Time:
    """「昨年」 and 「10月」: one time."""
    parts = replace(second, begin=first.begin, year=second.year or first.year, month=second.month or first.month)
    return replace(parts, base=first.base or second.base, unit=first.unit or second.unit, step=first.step or second.step)


def _follows(text: str, at: int, kind: str) -> re.Match[str] | None:
    return next((m for _, pattern in _of(kind) if (m := pattern.match(text, at))), None)


def _extended(text: str, time: Time) -> Time:
    """With what belongs to it: 末, ごろ, 午後3時, から. A winter's year, a beginning and an end are no date."""
    end, vague = time.end, False
    while m := _follows(text, end, "part") or _follows(text, end, "vague"):
        vague = vague or _follows(text, end, "vague") is not None
        end = m.end()
    span = _follows(text, end, "span")
    if span is not None or vague:
        return replace(time, end=span.end() if span else end, base="none")
    return replace(time, end=end)


def resolved(time: Time, today: Day | None, before: Day | None, tense: Tense, spoken: bool) -> Day | None:
    """Return the day, month or year that a time comes to, as exact as it is settled, or None.

    `today` is the article's date, `before` the date mentioned last. A past 10月 is the latest one that has begun, a planned one the next.
    Days counted from somebody's words (`spoken`: 明日 in a quotation) are not known.
    """
    if time.base == "none":
        return None
    if time.base:
        return _counted(time, before if time.base == "before" else today, spoken)
    if time.year is not None:
        return _valid(time.year, time.month, time.day)
    if today is None or tense is Tense.UNKNOWN:
        return None
    if time.weekday is not None and time.day is None:
        return None if spoken else _weekday(time.weekday, today, tense)
    return _nearest(time, today, tense)


def _counted(time: Time, origin: Day | None, spoken: bool) -> Day | None:
    if origin is None or (spoken and time.unit != "year"):
        return None
    year, month, day = origin
    if time.unit == "year":
        return _valid(year + time.step, time.month, time.day)
    if month is None:
        return None
    if time.unit == "month":
        count = year * 12 + month - 1 + time.step
        return _valid(count // 12, count % 12 + 1, time.day)
    if day is None:
        return None
    if time.unit == "week":
        return _week(date(year, month, day) + timedelta(weeks=time.step), time.weekday)
    then = date(year, month, day) + timedelta(days=time.step)
    return then.year, then.month, then.day


def _week(within: date, weekday: int | None) -> Day | None:
    """A week: its day where one is named, else its month or year where it lies within one."""
    monday = within - timedelta(days=within.weekday())
    if weekday is not None:
        then = monday + timedelta(days=weekday - 1)
        return then.year, then.month, then.day
    sunday = monday + timedelta(days=6)
    if monday.year != sunday.year:
        return None
    return monday.year, monday.month if monday.month == sunday.month else None, None


def _weekday(weekday: int, today: Day, tense: Tense) -> Day | None:
    year, month, day = today
    if month is None or day is None:
        return None
    here = date(year, month, day)
    ahead = (weekday - here.isoweekday()) % 7
    then = here + timedelta(days=(ahead or 7) if tense is Tense.FUTURE else ahead - 7 if ahead else 0)
    return then.year, then.month, then.day


def _nearest(time: Time, today: Day, tense: Tense) -> Day | None:
    """「10月」, 「5月3日」, 「3日」: the latest that has begun, or the next."""
    year, month, day = today
    if month is None or (time.day is not None and day is None):
        return None
    here = (year, month, day or 0)
    for back in range(14):
        count = year * 12 + month - 1 + (back if tense is Tense.FUTURE else -back)
        y, m = count // 12, count % 12 + 1
        if (time.month or m) != m or (found := _valid(y, m, time.day)) is None:
            continue
        there = (y, m, time.day or (day or 0))
        if (there <= here) if tense is Tense.PAST else (there >= here):
            return found
    return None


def _valid(year: int, month: int | None, day: int | None) -> Day | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def iso(day: Day) -> str:
    """Return a day as ISO 8601, as exact as it is known: 2025, 2025-07, 2025-07-14."""
    year, month, number = day
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{number:02}" if month and number else "")


def parsed(text: str | None) -> Day | None:
    """Return an article's date, of which the hour is left out."""
    m = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text or "")
    return _valid(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None) if m else None
