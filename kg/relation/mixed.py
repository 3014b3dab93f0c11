"""A line of the article in which each name is one character: what the patterns of `constructions.tsv` run over.

「MetaのCEOであるMark Zuckerberg(マーク・ザッカーバーグ)氏」 becomes OのCEOであるP, with the places of O and P beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Entity, EntityClass, Form
from kg.relation.page import Page, Spot, own_words
from kg.relation.post import rank

ROOM = 0x2000
_FIRST = 0xF0000
KEYS = "OUPRDMLKSTN"  # organization, its unit, person, role, role that heads, model, place, country in one kanji, strategy, outlet, unnamed source
BASE = {key: _FIRST + i * ROOM for i, key in enumerate(KEYS)}
ANY = f"{chr(_FIRST)}-{chr(_FIRST + len(KEYS) * ROOM - 1)}"
_UNIT = re.compile(
    r"(?:Labs?|Lab\.|Group|Team|Division|Unit|Research|研究所|研究室|ラボ|部門|[本支]部|事業部|[部局課室係]|チーム|センター|研究センター|機構|グループ|工場|研究会|会議|検討会|審議会|調査会|分科会|部会|小委員会)$"
)
_ASIDE = re.compile(r"[（(](?:[^（()）\n]{0,60})[)）]")
_AGE = re.compile(r"[（(](?:[0-9０-９]{1,3}歳?|[A-Z]{2,5}|[A-Z]{2,5}、[^（()）]{0,10}|写真[^（()）]*|同)[)）]")
_KNOWN_AS = re.compile(r"[、,，]?\s*(?:以下|通称|略称|英名|旧称)?[、,，:：「『\s]*$")
_HONORIFIC = re.compile(r"(?:氏|さん|さま|様|くん|君|ちゃん|社(?=[のはがをにとも、・]))(?!族)")
_LONGER = re.compile("[局部室課団班]?長")
_PLAIN = str.maketrans({"（": "(", "）": ")", "，": "、", "：": ":", "｢": "「", "｣": "」", "『": "「", "』": "」", "．": "・"})


@dataclass(frozen=True, slots=True)
class Mixed:
    """`text[i]` stands at `places[i]` in the article; `spots[text[i]]` is what a name's character stands for."""

    text: str
    places: tuple[int, ...]
    spots: dict[str, Spot]

    def letters(self) -> frozenset[str]:
        """Return the letters by which patterns call the names of the line."""
        return frozenset(KEYS[(ord(c) - _FIRST) // ROOM] for c in self.spots)

    def entity_spots(self, stretch: str) -> list[Spot]:
        """Return the spots of all names within a stretch of `text`."""
        return [self.spots[c] for c in stretch if c in self.spots]


def key(spot: Spot) -> str:
    """Return the letter by which patterns call a spot."""
    kind = spot.type
    if kind is EntityClass.ORGANIZATION:
        return "U" if is_unit(spot.entities[0]) else "O"
    if kind is EntityClass.PERSON:
        return "P" if spot.form is not Form.ROLE else "D" if rank(spot.entities[0].name) else "R"
    if kind is EntityClass.PLACE:
        return "K" if spot.end - spot.begin == 1 else "L"
    return {EntityClass.MODEL: "M", EntityClass.STRATEGY: "S", EntityClass.OUTLET: "T", EntityClass.UNNAMED_SOURCE: "N"}[kind]


def is_unit(entity: Entity) -> bool:
    """Whether an organization is by its name a unit of another: 営業部, 森山研究室."""
    return any(_UNIT.search(name) for name in (entity.name, *entity.aliases))


def lines(page: Page) -> list[Mixed]:
    """Return every line of an article so."""
    found, at = [], 0
    for line in page.text.split("\n"):
        if line.strip():
            found.append(_Mixer(page, at, at + len(line)).mix())
        at += len(line) + 1
    return found


class _Mixer:
    def __init__(self, page: Page, begin: int, end: int) -> None:
        self.page, self.begin, self.end = page, begin, end
        self.chars: list[str] = []
        self.places: list[int] = []
        self.spots: dict[str, Spot] = {}
        self.counts = dict.fromkeys(KEYS, 0)

    def mix(self) -> Mixed:
        """Return the line with a character for each name."""
        starts = self._starts()
        plain = self.page.text[self.begin : self.end].translate(_PLAIN)
        at = self.begin
        while at < self.end:
            spot = starts.get(at)
            if spot is not None and spot.end <= self.end:
                at = self._name(spot)
            elif plain[at - self.begin] == "(" and (found := _AGE.match(self.page.text, at, self.end)):
                at = found.end()
            else:
                self._put(plain[at - self.begin], at)
                at += 1
        return Mixed("".join(self.chars), tuple(self.places), self.spots)

    def _starts(self) -> dict[int, Spot]:
        starts: dict[int, Spot] = {}
        for begin, end in own_words(self.page.text[self.begin : self.end]):
            owner = self.page.organization(self.begin + begin)
            if owner is not None:
                starts[self.begin + begin] = Spot(self.begin + begin, self.begin + end, (owner,), Form.ANAPHOR)
        for spot in self.page.within(self.begin, self.end):
            if spot.form is Form.ROLE and spot.type is EntityClass.PERSON and rank(spot.entities[0].name) and self._beside_name(spot):
                continue  # the title of a name (佐伯社長, 社長の佐伯氏), which the patterns read as words
            before = self.page.over(spot.begin - 1)
            if spot.form is not Form.NAME and before is not None and before.entities == spot.entities:
                continue  # 社長 in 佐伯社長, where it is a mention of its own
            if spot.type is EntityClass.PERSON and _LONGER.match(self.page.text, spot.end) and before is not None:
                continue  # 編集 in 編集局長
            kept = starts.get(spot.begin)
            if kept is None or kept.end < spot.end:
                starts[spot.begin] = spot
        return starts

    def _beside_name(self, spot: Spot) -> bool:
        before = self.page.over(spot.begin - 1)
        after = re.compile(r"(?:である|を務める|の|、|・|　)?").match(self.page.text, spot.end)
        follows = self.page.over(after.end() if after else spot.end)
        named = (before, follows)
        return any(s is not None and s.form is Form.NAME and s is not spot for s in named)

    def _put(self, char: str, at: int) -> None:
        if char in " \t\r":
            return
        self.chars.append(char)
        self.places.append(at)

    def _name(self, spot: Spot) -> int:
        text, letter = self.page.text, key(spot)
        bracketed = bool(self.chars) and self.chars[-1] == "「" and spot.end < self.end and text[spot.end] in "」』｣"
        if bracketed:
            self.chars.pop()
            self.places.pop()
        char = chr(BASE[letter] + self.counts[letter])
        self.counts[letter] += 1
        self.spots[char] = spot
        self.chars.append(char)
        self.places.append(spot.begin)
        at = spot.end + 1 if bracketed else spot.end
        return self._skip(spot, at)

    def _skip(self, spot: Spot, at: int) -> int:
        """Pass over the honorific and a bracket that only names the same thing again."""
        while at < self.end:
            found = _HONORIFIC.match(self.page.text, at, self.end) or self._again(spot, at)
            if not found:
                break
            at = found.end()
        return at

    def _again(self, spot: Spot, at: int) -> re.Match[str] | None:
        found = _ASIDE.match(self.page.text, at, self.end)
        if not found:
            return None
        inside = self.page.within(found.start() + 1, found.end())
        if not inside:
            return _AGE.match(self.page.text, at, self.end)
        same = all(set(map(id, s.entities)) & set(map(id, spot.entities)) for s in inside)
        lead = self.page.text[found.start() + 1 : inside[0].begin]
        return found if same and _KNOWN_AS.fullmatch(lead) else None
