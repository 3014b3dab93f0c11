"""JSON Lines as they come: whoever sends one line and waits gets his answer, whoever sends many is read in large pieces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple, Protocol

_CHUNK = 1 << 16  # bytes


class Stream(Protocol):
    """Bytes that can be asked for as far as they are there: a file in binary, standard input's buffer."""

    def read1(self, size: int = -1, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""


class Line(NamedTuple):
    """A line's number and its `text`; without one, `fault` says what was found."""

    number: int
    text: str
    fault: str


def batches(stream: Stream) -> Iterator[list[Line]]:
    """Yield the lines of a stream, those together that are there without waiting; empty ones are left out."""
    number = 0
    for lines in _arrived(stream):
        yield [_read(number + i, line) for i, line in enumerate(lines, start=1) if line.strip()]
        number += len(lines)


def _arrived(stream: Stream) -> Iterator[list[bytes]]:
    rest = b""
    while chunk := stream.read1(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            yield lines
    if rest:
        yield [rest]


def _read(number: int, line: bytes) -> Line:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    text = found.get("text") if isinstance(found, dict) else None
    if isinstance(text, str):
        return Line(number, text, "")
    return Line(number, "", f'{line[:40].decode("utf-8", "replace").strip()!r} found, {{"text": "…"}} wanted')
