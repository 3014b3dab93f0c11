"""People by what stands behind their names: honorifics (X氏), titles (X社長), ranks (X七段)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mention.grow import KATAKANA
from kg.mention.page import Origin, Page, Span
from kg.mention.tidy import BESIDE_NAMES, READING
from kg.mention.units import Unit, script
from kg.mention.words import any_title, class_words, generic, suffixes
from kg.model import EntityClass

_PERSONAL = "名詞-固有名詞-人名"
_HONORIFIC = re.compile(r"(?:[（(][^（）()\n]{2,30}[）)])?(氏(?![族名])|さん|容疑者|被告(?!人)|受刑者)")
_KANA_END = re.compile(KATAKANA.pattern + "$")
_LATIN_END = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*)*$", re.ASCII)
_HANDLE_END = re.compile(r"(?<![\w.])[A-Za-z][A-Za-z0-9.]*[_0-9][\w.]*$", re.ASCII)  # hato_07さん
_GIVEN_IN_KANA = re.compile(r"(?<![一-龥々ァ-ヺーA-Za-z0-9])(?P<surname>[一-龥々]{1,3})(?P<given>[ぁ-ゖ]{2,4})$")
_KIN = re.compile("の?(?:み[なん]|お|ご|かあ|とう|ばあ|じい|にい|ねえ)|たく|やおや|だ|です|いた|した")
_PARTICLE = re.compile("[のをにはがもとでへやか]|から|まで|など|ら")
_NO_SURNAME = re.compile(r"[一-龥ァ-ヺーA-Za-z0-9々]")
_POST = re.compile(
    r"(?:副|名誉)?(?:社長|会長|学長|理事長|館長|院長|委員長|書記長|事務局長|頭取|教授|顧問)|専務|常務|准教授|(?:副)?(?:課長|部長|室長)|次長|主査|主任|係長|編集長|弁護士|講師|教諭|(?:常務)?執行役員|技術顧問|C[EFTO]O"
)
_BEFORE_NAME = ("の", "は", "が", "も", "、", "。", "「", "（", "(", "　", "\n", "")
_SPLIT = ("名詞-普通名詞-一般", "名詞-普通名詞-副詞可能", "名詞-普通名詞-サ変可能")
_RANK = re.compile(r"[初二三四五六七八九]段|[二三四五六七八]冠")
_BEFORE_COMMENT = re.compile(r"^[　・■●]?([一-龥々]{1,3}[ぁ-ゖァ-ヺー]{2,5})(?:（[^（）\n]{1,20}）)?[：:]「", re.MULTILINE)  # 波越かのん：「…」
_RANKED = re.compile(r"(?<![一-龥々])[一-龥々]{2,3}$")


def people(page: Page) -> Iterator[Span]:
    """Yield persons before 氏, before titles, and before their comments."""
    yield from _honoured(page)
    yield from _titled(page)
    for match in _BEFORE_COMMENT.finditer(page.text):
        if match.group(1) not in class_words() and match.group(1) not in generic():
            yield Span(*match.span(1), Origin.SHAPE, "before-comment", {EntityClass.PERSON: 3})


def _honoured(page: Page) -> Iterator[Span]:
    for match in _HONORIFIC.finditer(page.text):
        end = match.start()
        whole = _with_kana(page, end) if match.group(1) in ("さん", "氏") else None
        begin = _person_before(page, end, match.group(1) == "さん") if whole is None else whole
        name = page.text[begin:end]
        if len(name) > 1 and name not in class_words() and name not in suffixes("nobody") and (whole is not None or page.ends_unit(end)):
            yield Span(begin, end, Origin.SHAPE, "honorific", {EntityClass.PERSON: 3})


def _person_before(page: Page, end: int, colloquial: bool) -> int:
    """Begin of the name that ends at `end`, by its script; `end` itself where there is none."""
    near = page.text[max(0, end - 40) : end]
    for pattern in (_KANA_END, _LATIN_END, _HANDLE_END):
        if match := pattern.search(near):
            words = [word for word in match.group().split(" ") if word not in generic()]
            return end - len(" ".join(words))
    i = page.unit_ending(end)
    begin = end
    proper = False
    while i >= 0 and end - page.begins[i] <= 8:
        unit = page.units[i]
        if (
            not (unit.tag.startswith("名詞") or unit.tag == "空白")
            or unit.surface in class_words()
            or unit.surface in suffixes("no")
            or unit.surface == "こと"
        ):
            break
        if unit.surface[0] in "0123456789年月日" or "\n" in unit.surface:
            break
        proper = proper or unit.tag.startswith(_PERSONAL)
        begin = page.begins[i]
        i -= 1
    return end if colloquial and not proper else begin + len(page.text[begin:end]) - len(page.text[begin:end].lstrip())


def _with_kana(page: Page, end: int) -> int | None:
    """Begin of a surname in kanji with a given name in hiragana, whatever the tokenizer makes of it: 鵜沢しほり, not 仲間のみな."""
    named = _GIVEN_IN_KANA.search(page.text, max(0, end - 7), end)
    if named is None or _KIN.match(named["given"]) or not page.on_borders(named.start(), named.end("surname")):
        return None
    surname = all(unit.tag.startswith(_PERSONAL) for unit in page.inside(*named.span("surname")))
    plain = named["surname"] in class_words() or named["surname"] in generic() or _PARTICLE.match(named["given"])
    return named.start() if surname or (not plain and len(named["surname"]) > 1) else None


def _titled(page: Page) -> Iterator[Span]:
    """吉永社長: what Sudachi knows as a person's name before a title."""
    for match in any_title().finditer(page.text):
        begin = page.back(match.start(), lambda unit: unit.tag.startswith(_PERSONAL))
        end = match.start()
        if begin == end and match.group() in suffixes("no"):
            begin = _short_surname(page, end, match.group())
        if begin == end and _POST.fullmatch(match.group()):
            begin = _named_as_a_place(page, end)
        if begin == end and len(match.group()) > 1:  # 田端亮球団社長, 森昇治捜査1課長
            end = page.back(end, _is_post)
            begin = page.back(end, lambda unit: unit.tag.startswith(_PERSONAL))
            last = page.inside(begin, end)[-1].tag if begin < end else ""
            surname = last.endswith("人名-姓") and page.text[begin - 1 : begin] == "の"  # X社の田島商品統括部長
            whole = script(page.text[end]) == "t" or last.endswith("人名-名") or surname
            if begin == end or not whole:
                continue
        if begin < end and page.ends_unit(match.end()):
            if reading := READING.search(page.text, begin, end):
                end = reading.start()
            yield Span(begin, end, Origin.SHAPE, "title", {EntityClass.PERSON: 2})


def _named_as_a_place(page: Page, end: int) -> int:
    """Begin of a surname that the tokenizer knows as a place, where it is all that stands between の and a post: X社の千歳会長."""
    at = page.unit_ending(end)
    unit = page.units[at] if at >= 0 else None
    if unit is None or unit.tag != "名詞-固有名詞-地名-一般" or script(unit.surface[0]) != "k" or unit.surface in suffixes("region"):
        return end
    begin = page.begins[at]
    return begin if page.text[begin - 1 : begin] in _BEFORE_NAME else end


def _short_surname(page: Page, end: int, title: str) -> int:
    """Begin of a surname that the tokenizer does not know as one: 南 before 局長, two or three kanji before a rank (藤波七段)."""
    one = page.text[end - 1 : end]
    if (split := _split_surname(page, end)) is not None:
        return split
    if one in suffixes("surname") and not _NO_SURNAME.search(page.text, max(0, end - 2), end - 1):
        return end - 1
    word = _RANKED.search(page.text, max(0, end - 4), end) if _RANK.fullmatch(title) else None
    known = word and (word.group() in suffixes("sport") or word.group() in class_words() or word.group()[-1] in "道碁棋計約第")
    return word.start() if word and not known and page.on_borders(word.start(), end) else end


def _split_surname(page: Page, end: int) -> int | None:
    """Begin of a surname of two or three kanji that the tokenizer takes for as many words: 皆 + 川 before プロデューサー."""
    begin = page.back(end, lambda unit: len(unit.surface) == 1 and unit.tag in _SPLIT and script(unit.surface) == "k")
    before = page.text[max(0, begin - 1) : begin]
    return begin if 2 <= end - begin <= 3 and before in _BEFORE_NAME and page.text[begin] not in BESIDE_NAMES else None


def _is_post(unit: Unit) -> bool:
    return unit.tag.startswith(("名詞-普通名詞", "名詞-数詞", "接尾辞-名詞的")) and unit.surface not in suffixes("no")
