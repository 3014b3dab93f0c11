"""What stands beside an article: `NAME.meta.json` for `NAME.txt`."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path

from kg.read.errors import Unreadable

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of an article besides its text. `date` is ISO 8601, as exact as it is known, without a time of day."""

    title: str | None = None
    url: str | None = None
    date: str | None = None
    publisher: str | None = None


def meta_of(path: Path, source: str) -> Meta:
    """Return what `NAME.meta.json` beside the article says; nothing if there is none. Keys of other names are left alone.

    Raises Unreadable if the file is no JSON object of strings, or its date no date: an article with wrong dates is worse than none.
    """
    beside = path.with_name(path.stem + ".meta.json")
    if not beside.is_file():
        return Meta()
    where = f"{source}: {beside.name}"
    values = _object_in(beside, where)
    fields = {key: _line(values.get(key), key, where) for key in ("title", "url", "publisher")}
    return Meta(date=_date(_line(values.get("date"), "date", where), where), **fields)


def _object_in(path: Path, where: str) -> dict[str, object]:
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise Unreadable(where, f"line {error.lineno}: no JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(where, f"not UTF-8 at byte {error.start}") from error
    except (OSError, RecursionError) as error:
        raise Unreadable(where, "cannot be read") from error
    if not isinstance(values, dict):
        raise Unreadable(where, f"a {type(values).__name__}, an object wanted with title, url, date, publisher")
    return values


def _line(value: object, key: str, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(where, f"{key} is {value!r}, a string wanted")
    return " ".join(value.split()) or None


def _date(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    match = _DATE.fullmatch(value)
    parts = [int(part or 1) for part in match.groups()] if match else [0, 0, 0]
    try:
        datetime.date(*parts)
    except ValueError as error:
        raise Unreadable(where, f"date is {value!r}, YYYY, YYYY-MM or YYYY-MM-DD wanted") from error
    return value[:10]
