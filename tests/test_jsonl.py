"""Texts that come line by line: faults are named, what stands around them is read, and nobody waits for lines that are not there."""

from __future__ import annotations

import io

from kg.jsonl import Line, batches


class Pieces:
    """A stream that has no more than one piece at a time."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = [*pieces, b""]

    def read1(self, size: int = -1, /) -> bytes:
        return self._pieces.pop(0)


def test_a_fault_costs_its_own_line_alone() -> None:
    (lines,) = batches(io.BytesIO(b'{"text": "a"}\nnot json\n\n[1]\n{"text": 5}\n\xff\n'))

    assert [(line.number, line.text) for line in lines] == [(1, "a"), (2, ""), (4, ""), (5, ""), (6, "")]
    assert lines[1] == Line(2, "", '\'not json\' found, {"text": "…"} wanted')
    assert all(line.fault for line in lines[1:])


def test_a_line_that_is_there_is_not_kept_waiting() -> None:
    found = batches(Pieces(b'{"text": "a"}\n{"te', b'xt": "b"}', b'\n{"text": "c"}'))

    assert [[(line.number, line.text) for line in lines] for lines in found] == [[(1, "a")], [(2, "b")], [(3, "c")]]


def test_nothing_comes_of_nothing() -> None:
    assert list(batches(io.BytesIO(b""))) == []
