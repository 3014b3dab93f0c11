"""Bodies called by a word in hiragana or by common words, which only what stands around gives away: 子会社のたまゆら, 野党の緑風クラブ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import alternatives
from kg.mention.classes import evidence
from kg.mention.deeds import sells
from kg.mention.page import Origin, Page, Span
from kg.mention.roles import is_role
from kg.mention.tidy import DESCRIBED, best
from kg.mention.units import script
from kg.mention.words import any_title, class_word_before, class_words, generic, suffix_end, suffixes
from kg.model import EntityClass

_LETTERS = re.compile(r"[ぁ-ゖ一-龥々ァ-ヺー]{3,12}")
_HIRAGANA = re.compile(r"[ぁ-ゖ]{2}")
_BORDER = ("助詞", "補助記号", "空白")
_NEVER_FIRST = ("助詞", "助動詞", "補助記号", "空白", "接続詞", "連体詞", "代名詞", "感動詞", "接尾辞")
_NO_NAME = (
    "名詞-普通名詞-副詞可能",
    "名詞-普通名詞-助数詞",
    "名詞-数詞",
    "代名詞",
    "形状詞",
    "連体詞",
    "接続詞",
    "形容詞",
    "助動詞",
    "助詞-接続助詞",
)
_TOPIC = re.compile(r"(?:は|が|も)(?!ない|なく|なかった|あ[るりっ])")
_SAYS = re.compile(
    r"(?:[（(][^（）()\n]{1,20}[）)])?(?:は|が|も)[^。\n]*(?:発表|コメント|明らかに|公表|説明|述べ|話し|訴え|表明|買収|提携|出資|発売|破産|申請|閉鎖|決めた|方針)"
)
_LED = ("class-word-before", "contexts.tsv:before:Organization")
_GATHERING = re.compile(r"(?:[者長部員役同策整絡時急別総例門席]|[一-龥]大)会議$")  # 実務者会議, 合同会議
_SELLER = re.compile(
    r"(?<![ァ-ヺー一-龥々A-Za-z0-9・])(?:[ァ-ヺー]{3,}(?:・[ァ-ヺー]+)*[一-龥]{0,4}|[一-龥]{2,4}[ァ-ヺー]{2,})(?<![側社版手製形型])(?=[はがか、])"
)
_BOUGHT = re.compile(
    r"の([ァ-ヺー]{3,})(?:(?:と|や|、)(?:[一-龥ァ-ヺー]{1,10}の)?([ァ-ヺー]{3,}))?を(?:相次いで|次々と?|完全)?(?:買収|傘下に[収入置]|子会社|吸収合併)"
)
_ENOUGH = 3.4  # what its surroundings must say together; each kind of evidence counts once
_KNOWN = 1.0  # what they must say more where it can be a noun made of a verb
_OFFICER, _ACTS, _AGAIN, _SHAPED = 2.0, 1.5, 1.0, 1.5


def introduced(page: Page, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the occurrences of words that no other rule takes for a name and that the article speaks of as of a body."""
    people = {span.begin: span.end for span in spans if span.votes and best(span) == EntityClass.PERSON}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for begin, end in _candidates(page, spans):
        found[page.text[begin:end]].append((begin, end))
    for places in found.values():
        weights: dict[EntityClass, dict[str, float]] = defaultdict(dict)
        for begin, end in places:
            for rule, kind, weight in _said(page, begin, end, people):
                weights[kind][rule] = max(weight, weights[kind].get(rule, 0.0))
        if len(places) > 1 and any(_TOPIC.match(page.text, end) for _, end in places):
            weights[EntityClass.ORGANIZATION]["again"] = _AGAIN
        totals = {kind: sum(rules.values()) for kind, rules in weights.items()}
        body = totals.pop(EntityClass.ORGANIZATION, 0.0)
        if body >= _ENOUGH + (_KNOWN if _is_common(page, *places[0]) else 0.0) and body > max(totals.values(), default=0.0):
            yield from (Span(begin, end, Origin.SHAPE, "introduced", {EntityClass.ORGANIZATION: 3}) for begin, end in places)


def sellers(page: Page) -> Iterator[Span]:
    """Yield each common word in katakana, or katakana beside kanji, that offers something named: ペパーミントは20日、…「X」を発売した."""
    for match in _SELLER.finditer(page.text):
        name = match.group()
        common = name in generic() or class_word_before().search(name) or suffix_end("never").search(name)
        if not common and sells(page, *match.span()) and page.on_borders(*match.span()):
            yield Span(*match.span(), Origin.SHAPE, "seller", {EntityClass.ORGANIZATION: 3})


def bought(page: Page) -> Iterator[Span]:
    """Yield each word in katakana that is bought: 動画投稿のコマドリと地図のマチコンパスを傘下に収めた."""
    for match in _BOUGHT.finditer(page.text):
        for group in (1, 2):
            name = match.group(group) or ""
            if name and name not in generic() and not class_word_before().search(name) and page.on_borders(*match.span(group)):
                yield Span(*match.span(group), Origin.SHAPE, "bought", {EntityClass.ORGANIZATION: 3})


def _said(page: Page, begin: int, end: int, people: dict[int, int]) -> Iterator[tuple[str, EntityClass, float]]:
    """Yield (rule, class, weight) of what stands around one occurrence: what speaks for any name, its head, what it does."""
    around = list(evidence(page, Span(begin, end, Origin.SHAPE, "")))
    yield from around
    person = people.get(end + 1) if page.text[end : end + 1] == "の" else None
    if person and any_title().match(page.text, person):
        yield "its-officer", EntityClass.ORGANIZATION, _OFFICER
    if _SAYS.match(page.text, end):
        yield "acts", EntityClass.ORGANIZATION, _ACTS
    led = any(rule in _LED and kind == EntityClass.ORGANIZATION for rule, kind, _ in around)
    if led and _is_party(page.text[begin:end]) and not page.text[begin:end].endswith("会議"):
        yield "party", EntityClass.ORGANIZATION, _SHAPED


def _candidates(page: Page, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that can be such a name: from a border to the first particle or mark three letters or more behind it."""
    taken = bytearray(len(page.text))
    for span in spans:
        taken[span.begin : span.end] = b"\1" * (span.end - span.begin)
    for i, unit in enumerate(page.units):
        if unit.tag.startswith(_NEVER_FIRST) or (i and not page.units[i - 1].tag.startswith(_BORDER)):
            continue
        described = DESCRIBED.match(page.text, page.begins[i])
        begin = described.end() if described is not None else page.begins[i]
        letters = _LETTERS.match(page.text, begin)
        ends = [end for j, end in enumerate(page.ends[i : i + 8], i) if letters and begin + 3 <= end <= letters.end() and _closes(page, j)]
        if ends and _can_name(page, begin, ends[0]) and not any(taken[begin : ends[0]]):
            yield begin, ends[0]


def _closes(page: Page, at: int) -> bool:
    return at + 1 == len(page.units) or page.units[at + 1].tag.startswith(_BORDER)


def _can_name(page: Page, begin: int, end: int) -> bool:
    name, units = page.text[begin:end], page.inside(begin, end)
    if name in class_words() or name in generic() or is_role(name) or units[-1].tag.startswith(_NO_NAME):
        return False
    if units[-1].surface in ("て", "で") and units[-1].tag.startswith("助詞"):  # については
        return False
    phrase = script(name[0]) == "k" and (units[-1].tag.startswith("動詞") or any(unit.tag.startswith("助詞-格助詞") for unit in units))  # 役員とし
    return not phrase and (bool(_HIRAGANA.search(name)) or _is_party(name)) and not _GATHERING.search(name)


def _is_party(name: str) -> bool:
    """Whether a name of common words ends as a party's or a group's does."""
    return bool(_party().search(name))


@cache
def _party() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:{alternatives(list(suffixes('party')))})$")


def _is_common(page: Page, begin: int, end: int) -> bool:
    """Whether it is one noun made of a verb or an adjective: まとまり, 見直し."""
    return len(page.inside(begin, end)) == 1 and page.text[end - 1] in "いきぎしちにびみりさ"
