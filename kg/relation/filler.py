"""Whom an argument means: the name at its head, beside it, or behind it (Xの手法), and what a predicate has when the parse lost it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain

from kg.lexicon import rows
from kg.model import Argument, Case, Entity, EntityClass, Predicate
from kg.relation.page import Page, Spot, metonyms

_PARTICLE = {
    Case.GA: re.compile(r"(?:側|ら|など|社)?(?:が|は(?!、?(?:じめ))|も|、)"),
    Case.WO: re.compile(r"(?:など|ら)?(?:を|も|は)"),
    Case.NI: re.compile(r"(?:など|ら|側)?(?:に(?=より(?:多|安|高|良|大|強|速))|に(?!よ|つい|関|とっ|対し)|には|にも|に対し)"),
    Case.HE: re.compile(r"(?:など|側)?へ"),
    Case.TO: re.compile(r"(?:など|側|社)?と(?!し|い|の見|述|話|語|なっ|なる)"),
    Case.KARA: re.compile(r"(?:など)?から"),
    Case.DE: re.compile(r"(?:など)?で"),
    Case.NITUITE: re.compile(r"(?:など)?(?:について|をめぐ|を巡|に関し)"),
}
_LISTED = re.compile(r"[」』]?(?:、|や|と|・|および)[「『]?")
_AND = re.compile(r"[」』]?(?:や|および|及び|ならびに)(?:[一-龥ァ-ヶーA-Za-z]{1,8}の)?[「『]?")
_INCLUDES = re.compile(r"(?:ら)?(?:を含む|をはじめ|を始め|など|といった|のような)")
_COUNTED = re.compile(  # 「A」「B」の2機種
    r"(?:など)?の(?:計|全|合計)?[0-9０-９一二三四五六七八九十]+(?:つ|機種|車種|品種|モデル|製品|商品|作品|タイプ|種類?|シリーズ|品目|曲|冊|アプリ|サービス|社|人|氏|大学|チーム|球団|カ国|か国|都市)"
)
_VERBAL = re.compile(r"[をがはに、]")
REACH = 45  # characters before a predicate in which a name with the right particle is its argument
_BREAK = re.compile(r"[。！？\n]|(?:た|る|い)(?:が|ため|ので|一方|ほか)、|(?:し|て|り)、")
_BEFORE_TITLE = re.compile(r"[一-龥々ァ-ヶーA-Za-z・]{0,10}")
_FROM, _TOWARDS = re.compile(r"(?:から|へ|と)の"), re.compile(r"(?:から|と)の")


@cache
def _kinds() -> dict[str, EntityClass]:
    """The nouns that say of which class a name beside them is: アプリ, 会社."""
    return {row["word"]: EntityClass(row["class"]) for row in rows("classwords.tsv")}


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a place: entities, or the argument itself where it names none."""

    entities: tuple[Entity, ...]
    argument: Argument | None = None


class Fillers:
    """Fills the places of the predicates of one article."""

    def __init__(self, page: Page, predicates: tuple[Predicate, ...]) -> None:
        self.page = page
        self.by_place = {(p.sentence, p.token): p for p in predicates}

    def head(self, sentence: int, argument: Argument) -> tuple[int, int]:
        """Return where an argument's head noun stands."""
        places = self.page.sentences[sentence].places(argument.head, argument.head + 1)
        return (argument.head, argument.head + 1) if places is None else self.page.sentences[sentence].span(places[0], places[1] - 1)

    def event(self, sentence: int, argument: Argument) -> Predicate | None:
        """Return the event that an argument's head names."""
        for s in chain((sentence,), self.page.sentences):
            here = self.page.sentences[s]
            if here.begin <= argument.head < here.end and (places := here.places(argument.head, argument.head + 1)) is not None:
                return self.by_place.get((s, places[0]))
        return None

    def entities(self, sentence: int, argument: Argument) -> tuple[Entity, ...]:
        """Return the entities that an argument names: at its head, in apposition to it, or as the owner of a metonym."""
        begin, end = self.head(sentence, argument)
        spot = self.page.over(begin) or self.page.over(end - 1)
        if spot is not None:
            several = spot.type is EntityClass.MODEL and argument.case is Case.WO  # 「A」と「B」を発売する
            if argument.case is Case.GA and spot.type is EntityClass.ORGANIZATION and not argument.inferred:
                return self._together(spot)
            return self.listed(spot) if several else self._past_owner(spot, argument.case)
        beside = self._beside(end)
        if beside is not None:
            return beside.entities
        found = self._titled(begin) or self._kind(begin, end) or self._included(argument, begin)
        return found or self._enumerated(end) or self._owner(argument, begin, end)

    def named(self, sentence: int, argument: Argument) -> bool:
        """Whether an argument's head is a name, or stands beside one."""
        begin, end = self.head(sentence, argument)
        return (self.page.over(begin) or self.page.over(end - 1) or self._beside(end)) is not None

    def _titled(self, begin: int) -> tuple[Entity, ...]:
        """佐伯議員, 遠山最高財務責任者: the name before a title that the parse took for the head."""
        before = [s for s in self.page.within(begin - 30, begin) if s.end <= begin and s.type is EntityClass.PERSON]
        if before and _BEFORE_TITLE.fullmatch(self.page.text, before[-1].end, begin):
            return before[-1].entities
        return ()

    def _included(self, argument: Argument, begin: int) -> tuple[Entity, ...]:
        """X氏を含む5人, XをはじめとするB: the names that a group is said to include."""
        inside = [s for s in self.page.within(argument.begin, begin) if s.end <= begin]
        said = [
            s for s in inside if (m := _INCLUDES.match(self.page.text, self.page.after(s))) and not _VERBAL.search(self.page.text[m.end() : begin])
        ]
        return tuple(e for s in said for e in self.listed(s))

    def _kind(self, begin: int, end: int) -> tuple[Entity, ...]:
        """「X」機能, 「X」アプリ: the name before a noun that says what it names."""
        spot = self.page.over(begin - 2) if self.page.text[begin - 1 : begin] in ("」", "』") else None
        named = spot is not None and spot.end == begin - 1 and _kinds().get(self.page.text[begin:end]) is spot.type
        return spot.entities if named and spot is not None else ()

    def _enumerated(self, end: int) -> tuple[Entity, ...]:
        """「A」「B」の2機種, A社とB社の2社: the names of the list that a number sums up."""
        before = [s for s in self.page.within(end - 20, end) if s.end <= end]
        summed = before and _COUNTED.fullmatch(self.page.text, self.page.after(before[-1]), end)
        return self.listed(before[-1]) if summed else ()

    def _past_owner(self, spot: Spot, case: Case) -> tuple[Entity, ...]:
        """スペインのX社, X社のY教授: where the parse took the owner for the head, the name after it; Xからの is no argument."""
        at = self.page.after(spot)
        if (_TOWARDS if case is Case.HE else _FROM).match(self.page.text, at):
            return ()
        if spot.type not in (EntityClass.PLACE, EntityClass.ORGANIZATION) or not self.page.text.startswith("の", at):
            return spot.entities
        after = self.page.within(at, at + 18)
        found = after and re.fullmatch(r"の[^、。をがはにと]{0,14}[「『、]?", self.page.text[at : after[0].begin])
        owned = EntityClass.PERSON if spot.type is EntityClass.ORGANIZATION else EntityClass.ORGANIZATION
        return after[0].entities if found and after[0].type is owned else spot.entities

    def _beside(self, end: int) -> Spot | None:
        """モデル「X」, 新型車X: the name right after the head, with or without a bracket."""
        text, at = self.page.text, end
        if at < len(text) and text[at] in "「『｢":
            at += 1
        found = self.page.within(at, at + 1)
        return found[0] if found else None

    def _owner(self, argument: Argument, begin: int, end: int) -> tuple[Entity, ...]:
        word = self.page.text[begin:end]
        if word not in metonyms():
            return ()
        before = [s for s in self.page.within(min(argument.begin, begin - 30), begin) if s.end <= begin]
        if not before or not re.fullmatch(r"社?の?[^、。「」をがはにと]{0,14}", self.page.text[self.page.after(before[-1]) : begin]):
            return ()
        if re.search(r"元|前|旧", self.page.text[before[-1].end : begin]):
            return ()  # OpenAIの元研究者 is OpenAI's no more
        return before[-1].entities

    def modifiers(self, argument: Argument, begin: int) -> tuple[Entity, ...]:
        """Return the last name within an argument before its head: コメット in コメットの発売."""
        inside = [
            s for s in self.page.within(argument.begin - 20, begin) if argument.begin < s.end <= begin and self.page.text[s.begin - 1] not in "（("
        ]
        between = self.page.text[self.page.after(inside[-1]) : begin] if inside else ""
        return inside[-1].entities if inside and between.count("の") <= 1 else ()

    def marked(self, predicate: Predicate, case: Case, classes: frozenset[EntityClass]) -> tuple[Entity, ...]:
        """Return the nearest name before a predicate that has a case's particle and a fitting class.

        For what the parse hung elsewhere: X社がY社に3億円を出資して, where Y社に belongs to no predicate.
        """
        pattern = _PARTICLE.get(case)
        if pattern is None:
            return ()
        start = self.page.sentences[predicate.sentence].begin
        near = self.page.within(max(start, predicate.begin - REACH), predicate.begin)
        for spot in reversed(near):
            if spot.end > predicate.begin or spot.type not in classes:
                continue
            at = self.page.after(spot)
            if (found := pattern.match(self.page.text, at)) and not _BREAK.search(self.page.text, found.end(), predicate.begin):
                return self.listed(spot)
        return ()

    def _together(self, spot: Spot) -> tuple[Entity, ...]:
        """A body with those that や or と joins before it: 通信大手の北斗テレコムや家電のミナト電機が."""
        last = self._past_owner(spot, Case.GA)
        if last != spot.entities:
            return last
        before = [s for s in self.page.within(spot.begin - 40, spot.begin) if s.end <= spot.begin and s.type is spot.type]
        joined = before and _AND.fullmatch(self.page.text, self.page.after(before[-1]), spot.begin)
        return (*self._together(before[-1]), *last) if joined else last

    def listed(self, spot: Spot) -> tuple[Entity, ...]:
        """Return a name with those that stand before it in one list: AやBに."""
        found = list(spot.entities)
        at = spot.begin
        while True:
            before = [s for s in self.page.within(at - 40, at) if s.end <= at and s.type is spot.type]
            beside = before and self.page.text[before[-1].end : at + 1].startswith(("」「", "』『"))
            if not before or not (beside or _LISTED.fullmatch(self.page.text, self.page.after(before[-1]), at)):
                return tuple(found)
            found[:0] = before[-1].entities
            at = before[-1].begin
