"""What a name says by itself of its class: its ending, its numbers, what Sudachi takes its units for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.mention.page import Page, Span
from kg.mention.units import Unit, script
from kg.mention.words import suffix_end, suffixes
from kg.model import EntityClass

WHOLE_PERSON = ["名詞-固有名詞-人名-姓", "名詞-固有名詞-人名-名"]
_PLACE_ENDS = ("接尾辞-名詞的-一般", "名詞-普通名詞-一般", "名詞-普通名詞-助数詞可能")  # 県, 市, 町 after a place's name
_NUMBERED = re.compile(
    r"[A-Za-z][A-Za-z.-]*(?: [A-Za-z][A-Za-z.-]*)* (?:[A-Z]{1,4}-?)?[0-9][0-9A-Za-z.-]*(?: [A-Za-z]+)?"
)  # Galaxy Note 3, WiMAX W05
_CODED = re.compile(
    r"(?:.*[^A-Za-z0-9-])?(?:[A-Z]{1,5}-[A-Z]{0,4}[0-9]{1,5}[A-Za-z0-9-]*|[A-Z]{1,5}[0-9]{3,5}[A-Z]{0,4})"
)  # 音波ブラシ HX9340, NP-TCR1
_NEW_PARTY = re.compile("新党[ぁ-ゖァ-ヺー一-龥]{2,8}")


def form(name: str) -> Iterable[tuple[EntityClass, float]]:
    """Yield what a name says by itself: 〜銀行, 〜新聞, 〜市, 新党〜; a number behind Latin words is a product's."""
    if _NUMBERED.fullmatch(name) or _CODED.fullmatch(name):
        yield EntityClass.MODEL, 2.0
    if _NEW_PARTY.match(name):
        yield EntityClass.ORGANIZATION, 5.0
    match = suffix_end("yes").search(name)
    if match:
        kind = suffixes("yes")[match.group(1)]
        yield kind, 2.5 if kind != EntityClass.PLACE else 1.5


def tagged(page: Page, span: Span) -> Iterable[tuple[EntityClass, float]]:
    """Yield what Sudachi's own subtypes say where all of a name's units have one: 人名, 地名."""
    units = [unit for unit in page.inside(span.begin, span.end) if unit.tag != "空白" and unit.surface not in "・"]
    tags = [unit.tag for unit in units]
    if tags and all(tag.startswith("名詞-固有名詞-人名") for tag in tags):
        yield EntityClass.PERSON, 3.0 if tags == WHOLE_PERSON else 1.5
    if tags and all(map(_placed, units)) and tags[0].startswith("名詞-固有"):
        yield EntityClass.PLACE, 2.5 if tags[-1].endswith("国") else 1.5


def _placed(unit: Unit) -> bool:
    """Whether a unit can be a place's: 北海, 町, but not the ケミー behind ハルツ."""
    return unit.tag.startswith("名詞-固有名詞-地名") or (unit.tag in _PLACE_ENDS and script(unit.surface[0]) == "k")


def is_body(name: str) -> bool:
    """Whether a name ends as a body's does: 東城大, 大洋電機."""
    return EntityClass.ORGANIZATION in dict(form(name))
