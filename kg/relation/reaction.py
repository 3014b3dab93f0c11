"""Stances whose target is left out: who takes one, and in which words. 同協会は「暴挙だ」と反発した; 市は難色を示す.

`kg.relation.target` says of what: of what the quotation, the sentence or the one before tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import alternatives, rows
from kg.model import Entity, EntityClass, Predicate
from kg.parse import Sentence
from kg.relation.page import ACTORS, Page, Spot
from kg.segment import Kind, Quote

_MARK = re.compile(r"(?:側|ら|など|社|自身|本人|内|周辺|幹部|関係者|の(?:口コミ|レビュー|感想|評判|反応))?(は|が|も|では|には|からは|からも|から|、)")
_TITLE = re.compile(r"[一-龥ァ-ヶーA-Za-z・]{1,14}(?:[（(][^（）()。]{1,20}[)）])?(?=ら?(?:は|が|も|から|、))")
_REST = re.compile(
    r"(?:[ぁ-んー]|姿勢|構|考|意向|立場|様子|声|意|見方|声明|出|上|示|見|崩|隠|強|続|語|述|話|表明|送|寄|一方|気味|顔|模様|見通|公算|態度|方針|姿|格好|形|言|返|評|結|回|切|連|発|呈|投|贈|受け止め|側|持|立|向|調|限|付|掛|乱|表情|気持|反応|意見|動|広|惜|禁|得|至|始|繰|放|張|与|飛)*"
    r"(?:[。、）」]|$|──|――|。)"
)
_NOT = re.compile(r"[ぁ-ん]{0,4}?(?:ない|なかった|ません|ず(?:に)?[、。]|ぬ)")
_PASSIVE = re.compile(r"[しさ]?(?:され|られ)|を(?:受け|浴び|招|買|呼)|に(?:直面|さらされ|遭)|が出|もある|もあ")
_FEELING_GAP = r"(?:の意|感|の念|の言葉|の気持ち|の声|の色|の表情)?(?:を|も|が|は|の)?(?:[^。、「」を]{0,6}?)"
_QUOTED_END = re.compile(r"」\s*(?:など)?(?:と|という|との|とする|として|、|「|。|――|$)")
_RELATIVE = re.compile(r"[^、。]{0,30}?(?:る|た|い|ぐ|す|む|く|ぶ|う|つ|な)[一-龥ァ-ヶーA-Za-z「『].*?[をにへの]")
_STRANGER = re.compile(r"[一-龥ァ-ヶー々](?:たち|ら|側)?は(?=[、「一-龥ァ-ヶA-Za-z])|[一-龥ァ-ヶー々](?:たち|ら|側)?(?:が|も)「")
_JUDGED = re.compile("[^、。]{2,40}は$")
_NEUTRAL = re.compile(
    r"[^。、「」]{0,12}?(?:述|話|語|言|明か|コメント|投稿|指摘|強調|訴え|つぶや|書|記|打ち明け|声[がもはを]|答え|応じ|回答|主張|説明|力説|評|論評|表現|呼|漏|こぼ|振り返|叫|受け止め|発言|ツイート|つづ|綴|宣言|断言|返信|反応|切り出|呟|発信|続け|付け加え|呼びかけ|吐露|。|、|$)"
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A stance without a target. `begin`, `end`: the words that take it; `quote`: the quotation that they follow."""

    holder: Entity
    mark: int  # where its name stands
    property: str
    sentence: Sentence
    begin: int
    end: int
    quote: int | None
    rule: str
    aimed: bool = False  # of what is named only, not of what was told before


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    known: dict[str, tuple[str, str]]  # property and rule of a word


@cache
def _words(kind: str) -> _Words:
    known = {row["word"]: (row["property"], row.rule) for row in rows("reactions.tsv") if row["kind"] == kind}
    return _Words(re.compile(f"(?P<word>{alternatives(known)})"), known)


@cache
def _felt() -> re.Pattern[str]:
    return re.compile(_words("feeling").pattern.pattern + _FEELING_GAP + _words("shown").pattern.pattern.replace("?P<word>", "?P<shown>"))


class Reactions:
    """Reads the stances of one article."""

    def __init__(self, page: Page, said: dict[int, Entity]) -> None:
        self.page, self.said = page, said

    def read(self, taken: list[Predicate]) -> Iterator[Reaction]:
        """Yield the stances that no predicate of `taken`, the opinions whose target was found, states."""
        for sentence in self.page.article.sentences:
            if sentence.kind is Kind.PROSE and sentence.quote is None:
                spans = [(p.begin, p.end) for p in taken if sentence.begin <= p.begin < sentence.end]
                yield from self._sentence(sentence, spans)

    def _sentence(self, sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Reaction]:
        quotes = [self.page.article.quotes[q] for q in sentence.quotes]
        outside = self._masked(sentence)
        told: list[tuple[int, int]] = []
        for begin, end, name, rule in self._phrases(sentence, outside):
            told.append((begin, end))
            if any(b < end + 3 and begin - 3 < e for b, e in taken):
                continue
            near = next((q for q in reversed(quotes) if q.end <= begin and not re.search("[。]", self.page.text[q.end : begin])), None)
            holder = self._holder(sentence, outside, begin, near.begin if near else begin) or self._same(sentence, near)
            if holder is not None:
                yield Reaction(holder.entities[0], holder.begin, name, sentence, begin, end, near.index if near else None, rule)
        for quote in quotes:
            after = [b for b, _ in told if quote.end <= b < quote.end + 30]
            if after or any(quote.end <= b < quote.end + 12 for b, _ in taken) or not _NEUTRAL.match(outside, quote.end - sentence.begin + 1):
                continue
            if any(quote.begin <= b < quote.end for b, _ in taken):
                continue
            sure = self._judged(quote.begin, quote.end, "quoted")
            found = sure or self._judged(quote.begin, quote.end, "aimed")
            holder = self._holder(sentence, outside, quote.end, quote.begin) if found else None
            if found is not None and holder is not None:
                begin, end, name, rule = found
                yield Reaction(holder.entities[0], holder.begin, name, sentence, begin, end, quote.index, rule, sure is None)

    def _same(self, sentence: Sentence, quote: Quote | None) -> Spot | None:
        """Whom the sentence before is about, where one begins with what he says of it: 「もう戻れない」とお気に入りの様子だ."""
        if quote is None or quote.begin - sentence.begin > 1 or quote.index not in self.said:
            return None
        before = next(iter(self.page.previous(sentence, 1)), None)
        spots = self.page.within(before.begin, before.end) if before is not None else []
        return next((s for s in spots if s.entities[0] is self.said[quote.index] and self.page.heads(s)), None)

    def _masked(self, sentence: Sentence) -> str:
        """A sentence with what it quotes blotted out."""
        text = list(self.page.text[sentence.begin : sentence.end])
        for number in sentence.quotes:
            quote = self.page.article.quotes[number]
            for at in range(max(quote.begin, sentence.begin), min(quote.end, sentence.end)):
                text[at - sentence.begin] = "　"
        return "".join(text)

    def _phrases(self, sentence: Sentence, outside: str) -> Iterator[tuple[int, int, str, str]]:
        at = sentence.begin
        felt = list(_felt().finditer(outside))
        whole = [m for m in _words("whole").pattern.finditer(outside) if not any(f.start() < m.end() and m.start() < f.end() for f in felt)]
        for match, words in [*((m, _words("feeling")) for m in felt), *((m, _words("whole")) for m in whole)]:
            rest = outside[match.end() :]
            if _REST.match(rest) and not _PASSIVE.match(rest) and (words is _words("feeling") or not _NOT.match(rest)):
                yield at + match.start(), at + match.end(), *words.known[match["word"]]

    def _judged(self, begin: int, end: int, kind: str) -> tuple[int, int, str, str] | None:
        """What a quotation judges in, the last of it."""
        words = _words(kind)
        found = list(words.pattern.finditer(self.page.text, begin, end))
        if not found:
            return None
        last = found[-1]
        if re.compile(r"[ぁ-ん]{0,5}?(?:ない|なかった|ません|わけで|とは(?:思|言|い))").match(self.page.text, last.end()):
            return None
        return last.start(), last.end(), *words.known[last["word"]]

    def _holder(self, sentence: Sentence, outside: str, before: int, quote: int) -> Spot | None:
        """Who takes a stance: the nearest subject or topic before its words that no other one follows."""
        marked = []
        for spot in self.page.within(sentence.begin, before):
            if spot.type not in ACTORS or spot.end > quote or outside[spot.begin - sentence.begin] == "　":
                continue
            at = self.page.after(spot)
            if spot.type is EntityClass.PERSON and (title := _TITLE.match(self.page.text, at)):
                at = title.end()
            found = _MARK.match(self.page.text, at)
            if found and found.end() <= before:
                marked.append((spot, found[1], found.end()))
        for spot, mark, end in reversed(marked):
            rest = outside[end - sentence.begin : before - sentence.begin]
            if mark in ("が", "、") and _RELATIVE.match(rest):
                continue
            if mark == "、" and any(m != "、" for _, m, _ in marked):
                continue
            judged = _JUDGED.search(rest, 0, max(0, quote - 1 - end)) if self._acts(sentence, quote - 2) else None  # 再開発は「無謀だ」
            return None if _STRANGER.search(rest[: judged.start()] if judged else rest) else spot
        return None

    def _acts(self, sentence: Sentence, end: int) -> bool:
        """Whether a noun of action stands with は right before a quotation."""
        words = sentence.tokens(end - 1, end) if self.page.text.startswith("は", end) else None
        return words is not None and len(words) > 0 and "サ変可能" in words[-1].tag_
