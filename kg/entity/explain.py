"""The mentions of an article as a table: for `kg build --explain` and `kg mentions`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kg.model import Entity
from kg.parse import Article

_HEAD = ("begin", "end", "mention", "entity", "class", "form", "rule", "confidence")


def explain(article: Article, entities: Sequence[Entity]) -> str:
    """Return a table of the article's mentions in the order of the text, a line each: offsets, words, entity, class, form, rule, confidence."""
    found = sorted(((m, e) for e in entities for m in e.mentions), key=lambda pair: (pair[0].begin, pair[0].end, pair[1].name))
    text = article.document.text
    table = [_HEAD]
    for m, e in found:
        words = text[m.begin : m.end].replace("\n", " ")
        table.append((str(m.begin), str(m.end), words, e.name, e.type.value, m.form.value, m.rule, f"{m.confidence:.2f}"))
    widths = [max(_width(row[column]) for row in table) for column in range(len(_HEAD))]
    return "\n".join("  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table)


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in cell)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))
