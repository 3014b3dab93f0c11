"""Rows as text for a terminal, where a Japanese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_WIDE = ("W", "F")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows in columns under their heads; a line end within a cell becomes a space. No rows: the heads alone."""
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["─" * wide for wide in widths])
    return "\n".join("  ".join(_padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in cells)


def width(text: str) -> int:
    """Return the columns that a text takes: two a full-width character, none for a combining mark."""
    return sum(0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in _WIDE) for letter in text)


def _padded(cell: str, wide: int) -> str:
    return cell + " " * (wide - width(cell))
