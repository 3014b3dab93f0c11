"""Names that their surroundings give away, whether the tagger saw them or not: honorifics, 社, brackets, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.lexicon import alternatives
from kg.mention.classes import PROGRAMME, REPORTS, RUN, STATION, evidence, paper_of
from kg.mention.grow import DATA, KATAKANA, LATIN, trimmed
from kg.mention.page import Origin, Page, Span, Taken
from kg.mention.people import people
from kg.mention.tidy import best, without_lead
from kg.mention.units import Unit, script
from kg.mention.words import any_title, behind_class_word, class_word_before, class_words, countries, generic, suffix_end, suffixes
from kg.model import EntityClass

_PROPER = ("名詞", "接頭辞", "接尾辞-名詞的", "記号", "形状詞")
_BODY_PARTS = ("名詞-固有名詞", "名詞-普通名詞-一般", "名詞-普通名詞-サ変", "名詞-普通名詞-形状詞")
_SUMS = ("額", "数", "率", "量", "高", "価格", "値", "件", "株価", "総額", "金額", "台数", "件数", "人数", "利益", "売上高")  # 落札額は5億円と報じた
_COLLEGE = re.compile(
    r"(?<![一-龥々])[一-龥]{1,4}(?<![最巨拡過莫増重広寛盛膨絶極強特肥同各本当両国私短医])大(?=の(?:研究|准?教授|チーム|学生|[一-龥々]{2,5}准?教授)|などの研究|大学院|准?教授)"
)
_ISLAND = re.compile(
    r"(?<![一-龥ァ-ヺー々])[一-龥]{1,2}[ノツヶケ之][一-龥]{1,2}?(?:島|市|町|村|区|郡|岬|浜|浦|崎)(?=[のはがをにへでとも、。沖]|$)"
)  # 沖ノ島
_KANA_FIRM = re.compile(r"(?<=[のはがをにへとも、。「\n　])[ぁ-ゖ]{3,6}(?=[一-龥])")  # みのり証券
_FRESH = re.compile(r"(?:^|[^一-龥])$")
_AIRED = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?:テレビ|ニュース|放送)(?![一-龥ァ-ヺー])")
_QUOTE = re.compile(r"[「『｢]([^「」『』｢｣、。\n]{2,24})[」』｣]")
_AUTHORED = re.compile(r"の(?:著者|作者|原作者|訳者|主演|監督|脚本家?|主人公|作曲家|作詞|ヒロイン)(?=の|で|と|を|、|として)")  # 『X』の著者の
_NEXT = re.compile(r"^[」』]?(?:[（(][^（）()\n]{1,20}[）)])?(?:、|や|と|・|および|及び|／|/)?[「『]?")
_QUOTED = 2.5  # evidence that makes a name of any word in brackets
_RIVALS = re.compile(
    rf"({KATAKANA.pattern}|{LATIN.pattern})(?:や|と|、)({KATAKANA.pattern}|{LATIN.pattern})(?:など)?[がはの][^。\n]*?(?:両社|各社|[2-9２-９]社)"
)
_NAMED_PAPER = re.compile(
    r"[紙誌](?:の(?=[「『]?[一-龥ァ-ヺーA-Z])|(?=[「『]?[ァ-ヺーA-Z]))[「『]?"
    "([ァ-ヺー・]+|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)*|[一-龥]{1,6}[ァ-ヺー]+)"
    "(?=[」』]?(?:は|が|も|に|で|の(?:報道|記事|取材|調査|インタビュー)|、|と))"
)
_SMALL_PAPER = re.compile(r"[紙誌]の([ぁ-ゖ]{2,6})$")
_CALLED_GROUP = re.compile(r"(?:[うくぐすつぬぶむるい]|の|ちの)会$|ユニオン$|ネットワーク$|連絡会$|を[^。]*ネット$")  # 川を守る会
_NEAR_BODY = re.compile(r"(?:団体|グループ|NPO|組織|法人|労組|組合|遺族|家族|住民|市民|有志|仲間|会|つくる|所属する|で、?|の|、)$")
_HAS_MEMBERS = re.compile(r"の(?:共同)?(?:代表|会員|メンバー|事務局|会長|理事長|世話人|呼びかけ人)")
_ROLE_OF_FIRM = re.compile(r"は|が|も|を(?:買収|提訴|子会社)|と[^いし]|の(?:社長|会長|広報|工場|株|幹部|担当)|に(?:出資|発注|売却|よる)|（")
_PUBLIC = re.compile("[国都道府県市区町村私]立")
_LISTED = re.compile(r"^[」』]?(?:、|や|と|など|および|及び|の[2-9２-９両三]|といった|・|らの|$)")


def shaped(page: Page) -> Iterator[Span]:
    """Yield persons before 氏 and titles, companies with 社 or 株式会社, and 「X」 beside a class word."""
    yield from people(page)
    yield from _companies(page)
    yield from _quoted(page)
    yield from _media(page)
    yield from _papers(page)
    yield from _issues(page)
    yield from _rivals(page)
    for match in _COLLEGE.finditer(page.text):
        if page.text[match.start() : match.end()] not in class_words():
            yield Span(*match.span(), Origin.SHAPE, "college", {EntityClass.ORGANIZATION: 3})
    for match in _ISLAND.finditer(page.text):
        if page.ends_unit(match.end()):
            yield Span(*match.span(), Origin.SHAPE, "island", {EntityClass.PLACE: 4})
    for match in _KANA_FIRM.finditer(page.text):
        end = page.forth(page.begins[page.at(match.end())], lambda unit: unit.surface in _firm_ends())
        if end > match.end() and _is_kana_name(page, match.start(), match.end()):
            yield Span(match.start(), end, Origin.SHAPE, "kana-firm", {EntityClass.ORGANIZATION: 3})
    for match in _AIRED.finditer(page.text):
        yield Span(*match.span(), Origin.SHAPE, "broadcaster", {EntityClass.ORGANIZATION: 0.5})


def _media(page: Page) -> Iterator[Span]:
    """What stands first in a sentence that it reports: 北海潮流が3日、…と伝えた."""
    for sentence in page.sentences:
        begin = sentence.begins[0]
        end = page.forth(begin, lambda unit: unit.tag.startswith(("名詞", "接尾辞")))
        begin = without_lead(page, begin, end) if begin < end else begin
        if page.text[begin : begin + 1] in countries() and script(page.text[begin + 1 : begin + 2] or " ") in "tAa":
            begin += 1
        units = page.inside(begin, end)
        plain = (
            not units
            or units[-1].surface in _SUMS
            or units[0].surface[0] in "同各両一本当"
            or units[-1].surface in class_words()
            or page.text[begin:end] in generic()
        )
        if 3 <= end - begin <= 14 and not plain and REPORTS.match(page.rest(end)) and not any(unit.tag.startswith("名詞-数詞") for unit in units):
            yield Span(begin, end, Origin.SHAPE, "reporting-subject", {EntityClass.ORGANIZATION: 0.5})


def _papers(page: Page) -> Iterator[Span]:
    """A medium behind the word that says whose or which paper it is: ベルギー紙ラ・ノート, 経済誌の東西ビジネス."""
    for match in _NAMED_PAPER.finditer(page.text):
        if paper_of().search(page.text, max(0, match.start() - 12), match.start(1)) and page.on_borders(*match.span(1)):
            yield Span(*match.span(1), Origin.SHAPE, "named-paper", {EntityClass.OUTLET: 4})


def _issues(page: Page) -> Iterator[Span]:
    """週刊ソラド: a medium by what its name begins with."""
    for match in _issue().finditer(page.text):
        if page.on_borders(*match.span()):
            yield Span(*match.span(), Origin.SHAPE, "issue", {EntityClass.OUTLET: 4})


@cache
def _issue() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(list(suffixes('issue')))})(?:[ァ-ヺー]+|[一-龥]+)")


def _companies(page: Page) -> Iterator[Span]:
    for match in re.finditer("社", page.text):
        begin = page.back(match.start(), _foreign)
        if match.start() - begin >= 2 and page.ends_unit(match.end()) and not page.text[begin : match.start()].isdigit():
            yield Span(begin, match.end(), Origin.SHAPE, "company-suffix", {EntityClass.ORGANIZATION: 4})
    for match in re.finditer("製[）)]", page.text):  # （シロガネ製）
        begin = page.back(match.start(), _foreign)
        if match.start() - begin >= 2 and page.text[begin - 1] in "（(" and page.text[begin : match.start()] not in generic():
            yield Span(begin, match.start(), Origin.SHAPE, "made-by", {EntityClass.ORGANIZATION: 3})
    for match in re.finditer("株式会社|合同会社|有限会社", page.text):
        end = page.forth(match.end(), lambda unit: unit.tag.startswith(("名詞", "記号", "接頭辞")))
        if end == match.end():  # はるかぜコーヒー is no noun to the tokenizer
            end = page.forth(match.end(), lambda unit: not unit.tag.startswith(("助詞", "補助記号", "空白")))
        posts = (b for b in page.begins[page.at(match.end()) : page.at(end)] if b > match.end() and any_title().match(page.text, b))
        end = min(end, next(posts, end))  # 株式会社X常務取締役の
        if end - match.end() >= 2:
            yield Span(match.start(), end, Origin.SHAPE, "legal-form", {EntityClass.ORGANIZATION: 4})


def _rivals(page: Page) -> Iterator[Span]:
    """AやBなどが先行し、…両社に: what is counted as companies later in the sentence."""
    for match in _RIVALS.finditer(page.text):
        for group in (1, 2):
            text = match.group(group)
            if len(text) > 1 and text not in class_words() and text not in generic() and page.on_borders(*match.span(group)):
                yield Span(*match.span(group), Origin.SHAPE, "counted-companies", {EntityClass.ORGANIZATION: 3})


def _foreign(unit: Unit) -> bool:
    return all(script(c) in "taA" or c in "・-'’&" for c in unit.surface) and unit.surface not in class_words()


def _quoted(page: Page) -> Iterator[Span]:
    """「X」 after a class word, and what is listed after it: 料金プラン「X」「Y」."""
    kind, done = None, -1
    for match in _QUOTE.finditer(page.text):
        word = class_word_before().search(page.text[max(0, match.start() - 16) : match.start()])
        chained = 0 <= done <= match.start() and re.fullmatch("[、とや・]?", page.text[done : match.start()])
        kind = class_words()[word.group(1)] if word else kind if chained else None
        done = match.end()
        offer = suffix_end("yes").search(match.group(1))
        if not kind and offer and suffixes("yes")[offer.group(1)] == EntityClass.MODEL and not match.group(1)[0].isdigit():
            kind = EntityClass.MODEL
        near = _NEAR_BODY.search(page.text, max(0, match.start() - 12), match.start()) or _HAS_MEMBERS.match(page.text, match.end())
        aired = STATION.match(page.text, match.end()) or PROGRAMME.search(page.text[max(0, match.start() - 24) : match.start()])
        if aired and _name_like(page, match.start(1), match.end(1)):
            yield Span(match.start(1), match.end(1), Origin.SHAPE, "quoted-programme", {EntityClass.OUTLET: 5})
        elif _AUTHORED.match(page.text, match.end()):
            yield Span(match.start(1), match.end(1), Origin.SHAPE, "quoted-work", {EntityClass.MODEL: 5})
        elif _CALLED_GROUP.search(match.group(1)) and near:
            yield Span(match.start(1), match.end(1), Origin.SHAPE, "quoted-group", {EntityClass.ORGANIZATION: 5})
        elif kind and (
            (word and _group(page, word.group(1), match.span(1)))
            or _name_like(page, match.start(1), match.end(1))
            or (word and _is_title(page, match.start(1), match.end(1)))
        ):
            kind = EntityClass.MODEL if RUN.match(page.text, match.end()) else kind
            yield Span(match.start(1), match.end(1), Origin.SHAPE, "quoted-name", {kind: 4})


def widened(page: Page, spans: Sequence[Span]) -> list[Span]:
    """The spans, a product's that ends what stands in brackets taking in what stands there before it: 「電気まほうびん　ユウ CV-1」."""
    kept = Taken(spans)
    for span in spans:
        opened = max(page.text.rfind(c, max(0, span.begin - 30), span.begin) for c in "「『") + 1
        ahead = page.text[opened : span.begin]
        if (
            not opened
            or page.text[span.end : span.end + 1] not in ("」", "』")
            or not ahead.endswith((" ", "　"))
            or any(c in "」』\n" for c in ahead)
        ):
            continue
        inside = kept.touching(opened, span.end)
        if span in inside and all(best(other) == EntityClass.MODEL for other in inside if other.votes) and _name_like(page, opened, span.end):
            for other in inside:
                kept.remove(other)
            kept.add(replace(span, begin=opened))
    return list(kept)


def _group(page: Page, word: str, inside: tuple[int, int]) -> bool:
    """市民団体「空を見る会」: a group may be called by a phrase."""
    return word.endswith(("団体", "グループ", "NPO", "NPO法人")) and page.inside(*inside)[-1].tag.startswith(("名詞", "接尾辞"))


def _name_like(page: Page, begin: int, end: int) -> bool:
    """Whether a quote's words can be a name: nouns, or a short word in kana, whatever the tokenizer makes of it."""
    text = page.text[begin:end]
    if text in generic() or re.search(r"[！？!?…～〜]|です|ます", text):
        return False
    units = page.inside(begin, end)
    other = [unit for unit in units if not unit.tag.startswith((*_PROPER, "補助記号-一般", "空白"))]
    kana = len(text) <= 8 and all(script(c) in "ht9" for c in text)
    spoken = [unit for unit in other if unit.tag.startswith(("動詞", "助動詞", "助詞", "形容詞"))]
    last = "名詞" if len(units) == 1 else ("名詞", "副詞")  # 「ハルカゼ たっぷり」
    if not spoken and len(text) <= 10 and units[-1].tag.startswith(last):
        return True
    return not other or kana or (all(unit.surface in "のと&" for unit in other) and len(units) <= 5)


def _is_title(page: Page, begin: int, end: int) -> bool:
    """Whether a short phrase that ends in a noun can be a work's or a group's name behind its kind: 新作「遠い汽笛」."""
    units = page.inside(begin, end)
    led = units[0].tag.startswith(("形容詞", "動詞")) and units[-1].tag.startswith("名詞")
    return led and end - begin <= 8 and not re.search("[はがを、]", page.text[begin:end])


def bodies(page: Page, taken: Sequence[Span]) -> Iterator[Span]:
    """Organisations made by a suffix: 陸上通信監理庁, 北砂電機, 米政府."""
    names = Taken(taken)
    for match in _body_suffix().finditer(page.text):
        if not page.ends_unit(match.end()) or page.text[match.end() : match.end() + 1] in ("長", "相") or names.touching(match.start(), match.end()):
            continue
        begin = page.back(match.start(), _body_part)
        if any(
            begin <= span.begin and span.end == match.start() and span.votes.get(EntityClass.PERSON, 0.0) > 1.0
            for span in names.touching(begin, match.start())
        ):  # 田端亮 + 球団社長
            continue
        units = page.inside(begin, match.start())
        named = any(unit.tag.startswith("名詞-固有名詞") or unit.token in page.unknown for unit in units)
        named = named or (bool(_PUBLIC.match(page.text, begin)) and match.group() in suffixes("body"))
        named = named or (begin < match.start() and script(page.text[match.start() - 1]) == "t" and _place_of(page, begin))
        named = named or (match.group() in suffixes("firm") and _is_plain_word(page, begin, match.start(), match.end()))
        named = named or (begin < match.start() and match.group() not in class_words() and _beside_body(page, begin, match.end(), taken))
        country = page.text[begin : match.start()] in countries() and match.group() in ("政府", "議会", "当局", "軍")
        if (
            country
            or (named and match.start() - begin >= 2)
            or (
                match.group() in suffixes("body")
                and len(units) >= (2 if len(match.group()) > 3 and _FRESH.search(page.text, max(0, begin - 1), begin) else 3)
            )
        ):
            end = match.end() + (2 if DATA.match(page.text[match.end() : match.end() + 8]) else 0)
            yield Span(begin, end, Origin.SHAPE, "body-suffix", {EntityClass.ORGANIZATION: 3})


@cache
def _body_suffix() -> re.Pattern[str]:
    listed = [word for word, kind in suffixes("yes").items() if kind == EntityClass.ORGANIZATION and (len(word) >= 2 or word in suffixes("body"))]
    return re.compile(alternatives(listed))


def _is_plain_word(page: Page, begin: int, end: int, close: int) -> bool:
    """Whether one word of two kanji or of katakana makes a firm's name with such an ending: 白樺乳業は, but not 大手製鉄."""
    word = page.text[begin:end]
    plain = len(word) == 2 and len(page.inside(begin, end)) == 1 and word not in class_words() and word not in suffixes("lead")
    return plain and bool(_ROLE_OF_FIRM.match(page.text, close))


def _beside_body(page: Page, begin: int, end: int, taken: Sequence[Span]) -> bool:
    """Whether another company stands beside in a list: 東都ガスと京浜ガス."""
    for span in taken:
        between = page.text[span.end : begin] if span.end <= begin else page.text[end : span.begin]
        if between in ("と", "や", "、", "・") and max(span.votes, key=lambda kind: span.votes[kind], default=None) == EntityClass.ORGANIZATION:
            return True
    return False


def newspapers(page: Page, taken: Sequence[Span]) -> Iterator[Span]:
    """Media by their ending, also where they are made of common words: 毎朝新聞."""
    names = Taken(taken)
    for match in _medium_suffix().finditer(page.text):
        kana = _SMALL_PAPER.search(page.text, max(0, match.start() - 8), match.start())
        begin = kana.start(1) if kana else page.back(match.start(), _body_part_or_day)
        free = not names.touching(begin, match.end())
        if free and 0 < match.start() - begin <= 6 and page.ends_unit(match.end()) and page.text[begin] not in "同各両本一":
            yield Span(begin, match.end(), Origin.SHAPE, "newspaper", {EntityClass.OUTLET: 3})


@cache
def _medium_suffix() -> re.Pattern[str]:
    return re.compile(alternatives(list(suffixes("medium"))))


def _is_kana_name(page: Page, begin: int, end: int) -> bool:
    """Whether kana before a firm's ending is no common word: いちば, but not これまで, すべて, ものづくり."""
    units = page.inside(begin, end)
    plain = any(not unit.tag.startswith(("名詞", "接尾辞", "感動詞", "接頭辞")) or unit.tag.endswith("副詞可能") for unit in units)
    common = len(units) == 1 and units[0].tag.startswith("名詞-普通") and units[0].token not in page.unknown
    return page.on_borders(begin, end) and not plain and not common and not page.text[begin:end].endswith("づくり")


@cache
def _firm_ends() -> frozenset[str]:
    """Endings of firms in kanji that common words in kana do not stand before."""
    return frozenset(
        w for p in ("yes", "firm") for w, k in suffixes(p).items() if k == EntityClass.ORGANIZATION and len(w) > 1 and script(w[0]) == "k"
    )


def _body_part_or_day(unit: Unit) -> bool:
    return _body_part(unit) or unit.tag == "名詞-普通名詞-副詞可能"


def _place_of(page: Page, begin: int) -> bool:
    return any(rule in ("place-of", "class-word-before") for rule, _, _ in evidence(page, Span(begin, begin, Origin.SHAPE, "")))


def _body_part(unit: Unit) -> bool:
    return (unit.tag.startswith(_BODY_PARTS) or unit.surface == "立") and unit.surface not in class_words()


def hinted(page: Page, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield Latin and unknown katakana words that the tagger passed over and whose surroundings speak of a name."""
    ends = {_NEXT.match(page.text[span.end : span.end + 30]).end() + span.end: span for span in spans}  # type: ignore[union-attr]
    taken = Taken(spans)
    for match in [*LATIN.finditer(page.text), *KATAKANA.finditer(page.text)]:
        begin, end = match.span()
        end = begin + len(trimmed(match.group()))
        begin = behind_class_word(page.text, begin, end)
        if taken.touching(begin, end):
            continue
        listed = any("固有" in unit.tag for unit in page.inside(begin, end)) and script(page.text[begin]) in "aA"
        weights: dict[EntityClass, float] = {EntityClass.ORGANIZATION: 0.5} if listed else {}
        for _, kind, weight in evidence(page, Span(begin, end, Origin.SHAPE, "")):
            weights[kind] = weights.get(kind, 0.0) + weight
        strong = max(weights.values(), default=0.0) >= 4.0 and page.on_borders(begin, end) and page.text[begin:end] not in class_words()
        text = page.text[begin:end]
        put = page.quoted(begin, end) and max(weights.values(), default=0.0) >= _QUOTED and text not in class_words() and text not in generic()
        if not strong and not put and not _unheard(page, begin, end):
            continue
        before = ends.get(begin)
        if before and before.votes and _LISTED.match(page.text[end : end + 6]):
            yield Span(begin, end, Origin.SHAPE, "listed", dict(before.votes))
        elif max(weights.values(), default=0.0) >= (1.5 if end - begin > 3 else 2.5):
            yield Span(begin, end, Origin.SHAPE, "context")


def _unheard(page: Page, begin: int, end: int) -> bool:
    """Whether a word can be a new name: Latin with a capital, or katakana that has no vector."""
    text = page.text[begin:end]
    if text in generic() or text.casefold() in generic() or text in class_words():
        return False
    if script(text[0]) == "t":
        units = page.inside(begin, end)
        new = any(unit.token in page.unknown or "固有" in unit.tag for unit in units)
        new = new or (len(units) > 1 and len(text) > 5 and units[-1].surface not in class_words())
        return len(text) >= 3 and new and page.on_borders(begin, end)
    return len(text) >= 2 and not text[0].isdigit() and any(c.isupper() for c in text) and re.sub(r"[\d.]+$", "", text) not in generic()
