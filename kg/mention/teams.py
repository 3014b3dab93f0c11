"""Names that are put together: national teams (サッカー日本代表), clubs (ベルナ札幌), bodies by their first word (スタジオX).

And what only its form gives away: the agency of a dateline, a telephone's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import alternatives
from kg.mention.page import Origin, Page, Span
from kg.mention.units import Unit, script
from kg.mention.words import class_words, suffixes
from kg.model import EntityClass

_TEAM = "代表"
_OF_A_COUNTRY = "名詞-固有名詞-地名-国"
_NO_TEAM = re.compile(r"取締役|者|団|的|例|作|部|権|幹事|質問|[一-龥]?社員|執行")
_DATELINE = re.compile(
    r"^[\[【［〔(（](?:[^\]】］〕)）\n]{0,24}?[\d０-９]+日[\s　]*|[ァ-ヺー一-龥]{1,10}[\s　]*=?)?(?P<name>[^\[\]【】［］\s　\d]{2,16})[\]】］〕)）]",
    re.M,
)
_MODEL_NUMBER = re.compile(r"(?<![A-Za-z0-9.,])\d{3}[A-Z]{2}(?![A-Za-z0-9])")
_MEASURES = ("KB", "MB", "GB", "TB", "KM", "CC", "PS", "AM", "PM", "HZ", "KG", "ML")
_CLUB = re.compile(r"[ァ-ヺー]{2,}$")
_SITE = re.compile(r"[市県町村区駅店]|支店|工場|支社|本社|空港|営業所|事業所|地区|地域|産|行き|方面")
_HOUSE_PART = ("名詞", "接尾辞", "接頭辞")


def teams(page: Page) -> Iterator[Span]:
    """Yield a country's team: 日本代表, with the sport where the two are one word.

    A company's head in a country (X社の日本代表, 鹿島レオ日本代表) is none.
    """
    for i, unit in enumerate(page.units[:-1]):
        if unit.tag != _OF_A_COUNTRY or len(unit.surface) < 2 or page.units[i + 1].surface != _TEAM or page.begins[i + 1] != page.ends[i]:
            continue
        sport = _sport().search(page.text, max(0, page.begins[i] - 16), page.begins[i])
        owned = page.text[page.begins[i] - 1 : page.begins[i]] == "の"
        person = i > 0 and page.begins[i] == page.ends[i - 1] and page.units[i - 1].tag.startswith("名詞-固有名詞-人名")
        if person or _NO_TEAM.match(page.text, page.ends[i + 1]) or (owned and not (sport and sport.group().endswith("の"))):
            continue
        begin = sport.start() if sport and not owned and not sport.group().endswith("・") else page.begins[i]
        yield Span(begin, page.ends[i + 1], Origin.SHAPE, "team", {EntityClass.ORGANIZATION: 6})


def houses(page: Page) -> Iterator[Span]:
    """Yield bodies whose name begins with what they are: スタジオ凪, 劇団風車."""
    for match in _house_kind().finditer(page.text):
        end = page.forth(match.end(), _is_house_part)
        if end - match.end() >= 1 and page.on_borders(match.start(), match.end()) and page.text[match.end() : end] not in class_words():
            yield Span(match.start(), end, Origin.SHAPE, "house", {EntityClass.ORGANIZATION: 4})


@cache
def _house_kind() -> re.Pattern[str]:
    return re.compile(alternatives(list(suffixes("first"))))


def clubs(page: Page) -> Iterator[Span]:
    """Yield clubs of a word in katakana and their town: ベルナ札幌."""
    for i, unit in enumerate(page.units[1:], start=1):
        if not unit.tag.startswith("名詞-固有名詞-地名") or script(unit.surface[0]) != "k" or _SITE.match(page.text, page.ends[i]):
            continue
        word = _CLUB.search(page.text, max(0, page.begins[i] - 16), page.begins[i])
        units = page.inside(word.start(), word.end()) if word else ()
        if units and any(part.token in page.unknown for part in units) and page.on_borders(*word.span()):  # type: ignore[union-attr]
            yield Span(word.start(), page.ends[i], Origin.SHAPE, "club", {EntityClass.ORGANIZATION: 3})  # type: ignore[union-attr]


def datelines(page: Page) -> Iterator[Span]:
    """Yield the agency of a dateline: [ソウル 4日 ロイター], 【ベルリン共同】."""
    for match in _DATELINE.finditer(page.text):
        name = match["name"]
        agency = next((word for word in suffixes("agency") if name.endswith(word)), "")
        if agency:
            yield Span(match.end("name") - len(agency), match.end("name"), Origin.SHAPE, "dateline", {EntityClass.OUTLET: 8})


def model_numbers(page: Page) -> Iterator[Span]:
    """Yield carriers' numbers of telephones: 206TR."""
    for match in _MODEL_NUMBER.finditer(page.text):
        if not match.group().endswith(_MEASURES):
            yield Span(*match.span(), Origin.SHAPE, "model-number", {EntityClass.MODEL: 3})


def _is_house_part(unit: Unit) -> bool:
    return unit.tag.startswith(_HOUSE_PART) and not unit.tag.startswith(("名詞-数詞", "名詞-普通名詞-サ変")) and unit.surface not in class_words()


@cache
def _sport() -> re.Pattern[str]:
    """Matches the sport, and whose team it is, right before a country: 女子サッカー, ラグビーの."""
    return re.compile(rf"(?:{alternatives(list(suffixes('sport')))}|U-?\d\d)+(?:の|・)?$")
