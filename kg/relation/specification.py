"""Parts that a specification lists by name alone, with no word for the product: ・Android 4.1, 4.6インチ液晶、X、1GB RAM."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.lexicon import rows
from kg.model import EntityClass, Form, Proposition, Stance
from kg.parse import Sentence
from kg.relation.page import Page, component
from kg.segment import Kind

_MEASURES = 2  # of different kinds in a sentence that lists a specification
_RUNS_ON = re.compile(r"[」』）)]?(?:以上|以降|対応|用|向け|版)")  # 対応OS：iOS 5以上


def propositions(page: Page, found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield partOf the article's product for each system and processor that its specification lists and that nothing else calls a part."""
    product = page.product
    if product is None:
        return
    told = {id(p.subject) for p in found if p.property == "partOf"}
    for sentence in page.article.sentences:
        if sentence.kind is not Kind.BULLET and not _counts(sentence):
            continue
        for spot in page.within(sentence.begin, sentence.end):
            part = spot.entities[0]
            row = component(page.text[spot.begin : spot.end]) if spot.type is EntityClass.MODEL and spot.form is Form.NAME else None
            supported = "対応" in page.text[sentence.begin : spot.begin] or _RUNS_ON.match(page.text, spot.end)
            if row is not None and id(part) not in told and not supported:
                told.add(id(part))
                yield Proposition(part, "partOf", product, spot.begin, spot.end, Stance(), row.rule, 0.7)


def _counts(sentence: Sentence) -> bool:
    """Whether a sentence counts what only specifications do, of several kinds."""
    return sum(word in sentence.text for word in _measures()) >= _MEASURES


@cache
def _measures() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("parts.tsv") if row["kind"] == "measure")
