"""What the tagger's spans are trimmed to: brackets, honorifics, titles, countries and class words are no part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import alternatives, rows
from kg.mention.page import Page, Span
from kg.mention.units import script
from kg.mention.words import any_title, behind_class_word, class_words, countries, generic, suffix_begin, suffix_end, suffixes
from kg.model import EntityClass

_EDGE_LEFT = ' 　\n\t「『“"（(【〈《・、，,:：=＝】）)」』”]［/／&＆-—―●■▽○'
_EDGE_RIGHT = ' 　\n\t」』”"）)】〉》、。，,・「『（(【“:：;[]［／/&＆-—―'
_GOVERNMENT = re.compile(r"[省庁]|政府|議会|大使館|軍|[一-龥]委員会|院|裁|党")
READING = re.compile(r"(?<=[一-龥々])[（(][ぁ-ゖー・\s]+[)）]?$")
_GAP = re.compile(r"(?<=[ぁ-ゖァ-ヺー一-龥])[ 　]+(?=[ぁ-ゖ一-龥])")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?:|www\.|[\w.]+@[\w.]+|\.(?:html?|php|jp|com)/?")
_AFTER_LATIN = re.compile(r"(?<=[A-Za-z0-9])(?:ベース|製|版|系|対応|向け|搭載|側|株|陣営)$|(?<=[ァ-ー])(?:製|版|向け|側|株|陣営|前|元)$")
_POSITION = re.compile(r"(?:FW|MF|DF|GK|SO|SH|CB|PG)(?=[^A-Za-z])")
_SEATED = re.compile(r"(?:市|県|都|府|道|町|村|区)?(?:長|知事|議)")
_RANK = re.compile(r"[初二三四五六七八九]段|[二三四五六七八]冠")
_HOUSES = ("参院", "衆院", "上院", "下院")
_MAYBE = 0.3
DESCRIBED = re.compile(r"[一-龥]{2}(?:する|した|している|される)(?=[一-龥ァ-ヺーA-Za-z]{3})")  # 競合する星屑ゲームス
_DESCRIBED_AS = re.compile(r"[一-龥]{1,6}[＝=](?=[ぁ-ゖァ-ヺー一-龥])")  # 妻＝いづみ
_TWO = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:・[A-Za-z][A-Za-z0-9+.-]+)+")
_HOUSE = re.compile(r"(?P<house>[ァ-ヺー]{3,}|[A-Z][A-Za-z]{2,})・[一-龥々]{2,5}")
_OWNED = re.compile(
    r"(?<=..)の(?:公式)?(?:ブログ|ツイッター|Twitter|ツイート|つぶやき|発言|コメント|インスタグラム|Facebook|サイト|新曲|新作|熱愛|結婚|引退)$"
)
AGED = re.compile(r"[（(][0-9０-９]{1,2}[）)歳]|さん|ちゃん|氏(?![名は])")  # behind a person's name
_CUT_OFF = re.compile(rf"[ぁ-ゖ]{{1,2}}(?={AGED.pattern})")
_KANA = frozenset(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))
_LAUGHS = re.compile(r"[ぁ-ん][wｗ]+$")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_NO_NAME = re.compile("の(?=[一-龥])")
_UNMARKED = re.compile(r"[^「」『』【】（）()〈〉《》、。：\n]+")
_SPOKEN = ("動詞", "助動詞", "助詞-接続助詞", "助詞-格助詞", "助詞-終助詞")
_BODIES = ("会", "党", "団", "隊", "組", "社", "園", "館", "堂", "屋", "庵", "連帯", "ネット", "クラブ", "ユニオン", "フォーラム", "プロジェクト")
_PERSONAL = ("名詞-固有名詞-人名", "名詞-固有名詞-一般", "空白")
_CUT_TAGS = ("名詞-普通名詞-一般", "名詞-普通名詞-副詞可能", "名詞-普通名詞-サ変可能", "接尾辞-名詞的-一般")
BESIDE_NAMES = frozenset(
    "妻夫母父兄弟姉妹娘孫姪甥師氏王故元現前新旧同各全両初次女男犬猫友敵主君嬢嫁婿客組軍党班級係長員役者人方側誰私僕俺米英仏独伊露韓中印豪加蘭台日今昨昔後"
)
_LOOSE = re.compile(r"[ぁ-ゖ、。「『（(\s・]|")


def tidy(page: Page, span: Span) -> Iterator[Span]:
    """Yield the names within a tagger's span: X（Y） is two, 米X is X, X氏 is X, モデル「X is X; nothing for what holds no letter."""
    if _ADDRESS.search(page.text[span.begin : span.end]) or _is_talk(page, span):
        return
    if (dot := _of_house(page, span)) is not None:
        yield replace(span, end=dot, votes={EntityClass.ORGANIZATION: 1.0})
        span = replace(span, begin=dot + 1)
    for begin, end in _pieces(page, span.begin, span.end):
        if not page.quoted(begin, end) and (described := DESCRIBED.match(page.text, begin, end)):
            begin = described.end()
        begin = without_lead(page, begin, end)
        begin, end = _without_country(page, begin, end)
        begin, end = _without_class_word(page.text, begin, end)
        end = _before_post(page, begin, end, best(span))
        begin, end = _without_title(page, begin, end, best(span))
        if best(span) == EntityClass.PERSON:
            begin = _whole_surname(page, begin)
        end = _whole_person(page, begin, end, best(span))
        if best(span) == EntityClass.PERSON and _NO_NAME.match(page.text, end) and _HIRAGANA.match(page.text, end - 1) and end - begin > 2:
            end += any_title().match(page.text, end + 1) is not None  # 三村ゆきの教授
        if best(span) == EntityClass.PERSON or span.votes.get(EntityClass.PERSON, 0.0) > _MAYBE:
            begin, end = _without_post(page, begin, end)
        if page.text[begin:end] not in suffixes("no") and best(span) != EntityClass.PERSON and (role := _role_last().search(page.text, begin, end)):
            end = role.start()
        begin, end = _edges(page.text, begin, _without_tail(page.text, begin, end))
        if (reading := READING.search(page.text, begin, end)) and reading.end() == end:
            end = reading.start()
        if begin < end and _LETTER.search(page.text[begin:end]) and page.text[begin:end] not in generic():
            yield replace(span, begin=begin, end=end)


def _of_house(page: Page, span: Span) -> int | None:
    """Return where the dot of メディナ・倉持 + 社長 stands: a house that the article names by itself, and a surname in kanji."""
    match = _HOUSE.fullmatch(page.text, span.begin, span.end)
    if match is None or any_title().match(page.text, span.end) is None:
        return None
    house = match["house"]
    alone = re.search(rf"(?<![ァ-ヺー・A-Za-z]){re.escape(house)}(?![ァ-ヺー・A-Za-z])", page.text)
    return match.end("house") if alone is not None else None


def _is_talk(page: Page, span: Span) -> bool:
    """こねてるうち, しゃべる家電, かよｗｗ: a stretch of plain talk, most of it hiragana with a verb or particle in it, that names no body."""
    name = page.text[span.begin : span.end]
    if page.quoted(span.begin, span.end) or name.endswith(_BODIES):
        return False
    if _LAUGHS.search(name):
        return True
    spoken = any(unit.tag.startswith(_SPOKEN) for unit in page.inside(span.begin, span.end))
    return spoken and 2 * len(_HIRAGANA.findall(name)) >= len(name)


def best(span: Span) -> EntityClass:
    """Return the class that most speaks for."""
    return max(span.votes, key=lambda kind: span.votes[kind])


def _pieces(page: Page, begin: int, end: int) -> Iterator[tuple[int, int]]:
    text = page.text
    begin = text.rfind("】", begin, end) + 1 or begin
    if (described := _DESCRIBED_AS.match(text, begin, end)) is not None:
        begin = described.end()
    begin = behind_class_word(text, begin, end)
    for match in _GAP.finditer(text, begin, end):
        surname, given = page.inside(begin, match.start()), page.inside(match.end(), end)
        whole = all(unit.tag.startswith(_PERSONAL) for unit in (*surname, *given)) and end - begin < 9
        if not whole and match.start() > begin:  # 自民 三好, but not 三好 保
            yield from _pieces(page, begin, match.start())
            yield from _pieces(page, match.end(), end)
            return
    if _TWO.fullmatch(text, begin, end):  # iPhone・iPad
        yield from ((begin + m.start(), begin + m.end()) for m in re.finditer("[^・]+", text[begin:end]))
        return
    for match in _UNMARKED.finditer(text, begin, end):
        first, last = _edges(text, match.start(), match.end())
        if first < last:
            yield first, last


def _edges(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in _EDGE_LEFT:
        begin += 1
    while begin < end and text[end - 1] in _EDGE_RIGHT:
        end -= 1
    return begin, end


def without_lead(page: Page, begin: int, end: int) -> int:
    """米新興Orvel → Orvel, 新研究所Orvel → Orvel: class words and what leads to them before a name of other script."""
    match = _lead().match(page.text[begin:end])
    if not match or not match.group() or match.end() == end - begin:
        return begin
    last, first = script(match.group()[-1]), script(page.text[begin + match.end()])
    return begin + match.end() if last != first and first in "tAa" and len(match.group()) > 1 else begin


@cache
def _lead() -> re.Pattern[str]:
    words = [word for word in class_words() if len(word) > 1] + [word for word in generic() if len(word) > 1 and not word.islower()]
    kinds = [word for word in class_words() if len(word) > 1 and script(word[-1]) == "k"]
    leads = alternatives(list(suffixes("lead")))
    nations = alternatives([row["name"] for row in rows("countries.tsv") if row["name"] != "日本"])
    media = "(?:有力|経済|大衆|高級|夕刊|日刊|地元|同国|現地)?[紙誌]|(?:国営|公共|公営|民間)?(?:放送|テレビ|通信)"
    return re.compile(
        rf"(?:米国|英国|中国|韓国|(?:香港|{nations})(?=[A-Za-z]|{media}[ァ-ヺーA-Za-z])|[{''.join(countries())}])?(?:(?:{leads}|{alternatives(words)})+|[一-龥]{{1,4}}(?:{alternatives(kinds)})|{media})?"
    )


def _without_country(page: Page, begin: int, end: int) -> tuple[int, int]:
    """米テルモナ社 → テルモナ社, but 米商務省 stays whole: there the country is part of the name."""
    name = page.text[begin:end]
    if len(name) < 3 or name[0] not in countries() or _GOVERNMENT.search(name[1:]):
        return begin, end
    return (begin + 1, end) if script(name[1]) in "tAa" else (begin, end)


def _without_class_word(text: str, begin: int, end: int) -> tuple[int, int]:
    """AIモデルSoramid → Soramid, Soramidシリーズ → Soramid: only where the script tells the two apart."""
    last, first = _kind_last().search(text, begin, end), _kind_first().match(text, begin, end)
    if last and script(text[last.start() - 1]) in "Aa9":
        return begin, last.start()
    if first and first.end() < end and script(text[first.end()]) in "Aa" and text[begin] not in countries():
        return first.end(), end
    return begin, end


@cache
def _kind_last() -> re.Pattern[str]:
    return re.compile(rf"(?<=.)(?:{alternatives(_kinds(0))})$")


@cache
def _kind_first() -> re.Pattern[str]:
    return re.compile(alternatives(_kinds(-1)))


@cache
def _role_last() -> re.Pattern[str]:
    """Matches a role behind the name of its body: 東和社員."""
    return re.compile(rf"(?<=..)(?:{alternatives([row['word'] for row in rows('roles.tsv') if row['class'] != 'Organization'])})$")


def _kinds(at: int) -> list[str]:
    return [word for word in class_words() if len(word) > 1 and script(word[at]) in "tk"]


def _without_title(page: Page, begin: int, end: int, kind: EntityClass) -> tuple[int, int]:
    """三木亮太社長 → 三木亮太, also where the tagger took the two for a company."""
    if end - begin > 2 and page.text[end - 1 : end + 1] in suffixes("no"):
        return begin, end - 1
    if (
        end - begin > 3
        and page.text[end - 1] in countries()
        and script(page.text[end - 2]) == "t"
        and suffix_begin("no").match(page.text[end : end + 12])
    ):
        return begin, end - 1  # ヴェルナー独 + 首相
    if page.text[end : end + 1] == "相" and (minister := suffix_end("no").search(page.text[begin : end + 1])):  # 森経済産業 + 相
        return begin, begin + minister.start()
    if end - begin > 2 and page.text[end - 1] in "前元" and any_title().match(page.text, end):
        return begin, end - 1  # 川越前 + 知事
    match = suffix_end("no").search(page.text[begin:end])
    if not match:
        return begin, end
    if script(page.text[begin + match.start() - 1]) in "taA " or page.text[begin + match.start() - 1] == " ":
        return begin, begin + match.start()
    borne = _PERSONAL if match.group() == "代表" else (*_PERSONAL, "名詞-固有名詞-地名")  # 大宮投手, but not 日本代表
    personal = all(unit.tag.startswith(borne) for unit in page.inside(begin, begin + match.start()))
    return (begin, begin + match.start()) if personal or kind == EntityClass.PERSON or _RANK.fullmatch(match.group()) else (begin, end)


def _without_post(page: Page, begin: int, end: int) -> tuple[int, int]:
    """FW高木翔太 → 高木翔太, 歌手速水ユウ → 速水ユウ, and 岸本泰輔 of 岸本泰輔長崎市長: nothing of the post or of its seat."""
    if (match := _POSITION.match(page.text, begin, end)) and match.end() < end:
        begin = match.end()
    units = page.inside(begin, end)
    if len(units) > 1 and units[0].surface in class_words() and units[1].tag.startswith("名詞-固有名詞-人名"):
        begin += len(units[0].surface)
    units = page.inside(begin, end)
    if (
        len(units) > 2
        and units[-2].tag == "名詞-固有名詞-人名-名"
        and units[-1].tag.startswith("名詞-固有名詞-地名")
        and _SEATED.match(page.text, end)
    ):
        end -= len(units[-1].surface)
    return begin, end


def _before_post(page: Page, begin: int, end: int, kind: EntityClass) -> int:
    """加藤事務 + 局長 → 加藤, also where the tagger took the two for a body: the end of a name across whose end a title stands."""
    at, named, proper = begin, True, True
    for unit in page.inside(begin, end)[:-1]:
        at += len(unit.surface)
        named, proper = named and unit.tag.startswith("名詞-固有名詞-人名"), proper and unit.tag.startswith("名詞-固有名詞")
        title = any_title().match(page.text, at) if at < end else None
        borne = named or kind == EntityClass.PERSON or (proper and title is not None and title.group().startswith(_HOUSES))
        if title and title.end() > end and borne:
            return at
        if proper and kind == EntityClass.PERSON and _is_seat(page, at, end):
            return at
    return end


def _is_seat(page: Page, begin: int, end: int) -> bool:
    """Whether what is left of a name is only the post that the title behind it heads: 商品統括 in 田島商品統括部長."""
    rest = page.inside(begin, end)
    common = len(rest) > 1 and all(unit.tag.startswith("名詞-普通名詞") and len(unit.surface) > 1 for unit in rest)
    return common and any_title().match(page.text, end) is not None


def _whole_surname(page: Page, begin: int) -> int:
    """Begin of a surname of which the tokenizer took the first kanji for a word of their own: 能 + 見坂敦, ことのは銀の明日 + 香井茂樹."""
    at = page.unit_ending(begin)
    if at < 0 or not page.units[at + 1].tag.endswith("人名-姓"):
        return begin
    unit, start = page.units[at], page.begins[at]
    before = page.text[max(0, start - 1) : start]
    cut = len(unit.surface) == 1 and unit.tag in _CUT_TAGS and unit.surface not in BESIDE_NAMES and _LOOSE.fullmatch(before)
    hidden = len(unit.surface) == 2 and unit.tag == "名詞-普通名詞-副詞可能" and before == "の"  # no time stands between の and who is named
    return start if (cut or hidden) and script(unit.surface[0]) == "k" else begin


def _whole_person(page: Page, begin: int, end: int, kind: EntityClass) -> int:
    """A person's name without his blog (Xのブログ), and with the hiragana that the tokenizer cut off its end (白峰ゆづ + き（24）)."""
    if (owned := _OWNED.search(page.text, begin, end)) is not None:
        return owned.start()
    rest = _CUT_OFF.match(page.text, end) if kind == EntityClass.PERSON else None
    return rest.end() if rest is not None and page.text[end - 1] in _KANA else end


def _without_tail(text: str, begin: int, end: int) -> int:
    if text[end - 1] == "株" and suffix_end("yes").search(text[begin : end - 1]):
        return end - 1
    match = _AFTER_LATIN.search(text[begin:end])
    return begin + match.start() if match and match.start() > 1 else end
