"""An article's mentions: the tagger's names tidied, what shapes and roles add, one class a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.lexicon import rows
from kg.mention.classes import classify, evidence
from kg.mention.grow import grown
from kg.mention.introduced import introduced
from kg.mention.known import Known, known
from kg.mention.page import Origin, Page, Span, Taken, key, recognized, stands_alone
from kg.mention.roles import is_role, roles
from kg.mention.shapes import bodies, hinted, newspapers, shaped, widened
from kg.mention.teams import clubs, datelines, houses, model_numbers, teams
from kg.mention.tidy import AGED, best, tidy
from kg.mention.units import Unit, script
from kg.mention.words import class_word_before, class_words, countries, generic, suffix_begin, suffix_end, suffixes
from kg.model import EntityClass, Form, Mention
from kg.segment import occurrences

if TYPE_CHECKING:
    from spacy.language import Language

_COMMON = ("名詞-普通", "名詞-数詞", "接頭", "接尾", "助詞", "助動詞", "動詞", "副詞", "補助", "形容", "形状", "感動", "代名詞", "連体", "接続")
_SAID = ("動詞", "感動詞", "助動詞", "形容詞")
_SAID_LAST = ("動詞", "助動詞", "助詞", "形容詞", "感動詞")
_UTTERED = re.compile(r"[」』](?:、|「|など|って|と(?!の(?:提携|協業|合併|契約|統合)))")
_WORD = re.compile(  # 「やればできる」を合言葉に, 「検索」する: what stands in brackets is a word or a motto
    r"[」』](?:を(?:合言葉|スローガン|モットー|テーマ|キャッチ)|という(?:言葉|語|表現|用語|概念|発想|意味|考え|声|風潮|意識|指摘|批判|意見|疑問|不安|思い)"
    r"|の(?:一言|ひとこと|ひと言|言葉|挨拶|あいさつ)|を言[うっえい]"
    r"|(?:する|した|して|しない|できる)(?![一-龥])|と(?:漏ら|つぶや|嘆|こぼし|こぼす|叫|苦笑|首をかしげ))"
)
_PLAIN_WORD = re.compile(r"[」』](?:向け|構想|型|的な|ブーム|現象|世代|志向|意識|社会|離れ|問題|の(?:声|文字|精神|心|表現|時代))")
_SPELLED = re.compile(r"[」』]?[（(]([A-Z][A-Za-z]{1,5})[）)]")
_FOREIGN_PRESS = re.compile(r"メディア$")
_CLAUSE = re.compile(
    r"[ぁ-ゖ一-龥](?:が|を|は|も)[^。]*(?:い|だ|た|る|う|すぎ|かわいそう|大変|無理|最高|最悪|限界)$|^(?:もう|まだ|なぜ|まさか|やっぱり|本当に|絶対に?|ただの)"
)
_PHRASE = re.compile(
    r"[一-龥ぁ-ゖ](?:は|が|を)(?:お|ご)?[一-龥ぁ-ゖ]{2,8}$|(?:どおり|通り|次第|ばかり|だけ|ままに?)$"
)  # 「撮影はお断り」, 「約款どおり」
_NICKNAME = re.compile(r"[」』](?:など|といった|という|の)*(?:ニックネーム|愛称|あだ名|異名|別名)")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}[（(]$")
_HALF = re.compile(
    r"選(?!手|抜)|選手権|総体|展(?=[がはをでにの])|首脳会談|外相会談|平均株価|卒(?!業)|時間(?=[\d０-９]|の)|代表|一(?=の|番)"
)  # 参院選, 米国時間, 日本一: the name is part of another word
_ENDS = ("名詞", "接尾辞", "補助記号", "形状詞", "記号")
_SURE = 0.6  # probability of a class below which a common word by itself is none
_SPOKEN = re.compile(r"[！？!?…〜～]|ですか?$|ます$|よね")
_BYLINE = re.compile(r"[（(【].*[）)】]|(?:文|取材|構成|撮影|写真|(?:記事)?執筆)[=＝・:：／/].*")
_SIGNED = re.compile(r"[（(][^（）()]*(?:委員|記者|特派員|編集部|ライター)[\s　]+([^（）()]+)[）)]\s*$")  # …考えたい。（論説委員　X）
_READING = re.compile(r"[ぁ-ゖ]+・[ぁ-ゖ]+(?=[\s　])")  # at the head of a profile
_CODE_NAME = re.compile(r"[（(](?:[^（）()]*コード(?:ネーム|名)[^（）()]*)[）)]")
_MEASURE = re.compile(r"\d(?:mm|cm|kg|[GMT]B|[GMk]?Hz|インチ|ミリ|円)$")
_COUNT = re.compile(r"[\d０-９]+(?:校|社|店|行|団体|病院)")
_HOMEPAGE = re.compile(r"(?:公式|[の社店局校園館市県同])$")  # 公式HP, 同社のHP上
_NUMBER_END = re.compile(r"[\s\d.\-]+$")
_LED = re.compile(r"[一-龥ァ-ヺーA-Z]{0,12}?(?:大手|企業|会社|メーカー|新興|銀行|チェーン|スタートアップ|[0-9０-９]部)の?[「『]?")  # 米メディア大手X
_SURNAME = re.compile(r"[一-龥々]{1,3}")
_GIVEN = re.compile(r"[ぁ-ゖァ-ヺー]{2,5}")
_KANA = re.compile(r"[ぁ-ゖー・]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龥]")
_KATAKANA = re.compile(r"[ァ-ヺー・]+")


def mentions(text: str, nlp: Language, *, names: Path | None = None, lexicon: bool = True) -> tuple[Mention, ...]:
    """Return the article's names and speaking roles, sorted, not overlapping; of nlp only the tokenizer runs.

    `names` is a TSV of names of the user's own (columns as in ontology/lexicon/names.tsv), `lexicon=False` leaves the program's out.

    「Orvelの広報担当者は…」 gives Orvel (Organization, name) and 広報担当者 (Person, role). Empty for a text without any.
    """
    page = Page.read(text, nlp)
    spans = _names(page, nlp, known(names, lexicon))
    classes = classify(page, spans)
    typed = _whole_people(text, [(span, classes[key(text[span.begin : span.end])]) for span in spans])
    persons = [span for span, kind in typed if kind == EntityClass.PERSON]
    speaking = [(span, max(span.votes, key=lambda kind: span.votes[kind])) for span in roles(page, spans, persons)]
    places = [(span, EntityClass.PLACE) for span in _one_kanji(page, spans)]
    found = sorted([*speaking, *typed, *places], key=lambda pair: (pair[0].begin, -pair[0].end))
    return tuple(_mention(text, span, kind) for span, kind in _apart(found))


def _whole_people(text: str, typed: Sequence[tuple[Span, EntityClass]]) -> list[tuple[Span, EntityClass]]:
    """A surname in kanji and a given name in kana side by side are one person: 浅木 + トオル."""
    found: list[tuple[Span, EntityClass]] = []
    for span, kind in typed:
        before = found[-1] if found else None
        side = before is not None and before[0].end == span.begin and before[1] == kind == EntityClass.PERSON
        if before is not None and side and _SURNAME.fullmatch(text, *_place(before[0])) and _GIVEN.fullmatch(text, *_place(span)):
            found[-1] = (replace(before[0], end=span.end), kind)
        else:
            found.append((span, kind))
    return found


def _place(span: Span) -> tuple[int, int]:
    return span.begin, span.end


def _names(page: Page, nlp: Language, listed: Known) -> list[Span]:
    tagged = [piece for span in recognized(page, nlp) for piece in tidy(page, span)]
    spans = [span for span in _without_code_names(page, grown(page, tagged)) if _is_name(page, span)]
    spans = _joined(spans, [span for span in shaped(page) if _is_name(page, span)])
    spans = _joined(spans, [span for span in (*listed.found(page), *clubs(page), *model_numbers(page)) if _is_name(page, span)])
    spans = _joined(spans, [span for span in (*bodies(page, spans), *newspapers(page, spans), *houses(page), *teams(page)) if _is_name(page, span)])
    spans = _joined(spans, [span for span in hinted(page, spans) if _is_name(page, span)])
    spans = _joined(spans, [span for span in introduced(page, spans) if _is_name(page, span)])
    spans = widened(page, _in_datelines(page, spans))
    return sorted([*spans, *_repeats(page, spans)], key=lambda span: span.begin)


def _in_datelines(page: Page, spans: Sequence[Span]) -> list[Span]:
    """A dateline's agency stands for all that the tagger made of it: [ソウル 4日 ロイター]."""
    agencies = Taken(datelines(page))
    kept = [span for span in spans if not agencies.touching(span.begin, span.end)]
    ends = {span.end for span in kept}
    return [*(span for span in kept if not _expands(page, span, ends)), *agencies]


def _expands(page: Page, span: Span, ends: set[int]) -> bool:
    """Whether it only spells out an acronym before it that names nothing: PLP（Panel Level Package）."""
    if span.origin != Origin.TAGGER or not _ACRONYM.search(page.text, max(0, span.begin - 8), span.begin):
        return False
    words = re.split(r"[\s-]+", page.text[span.begin : span.end])
    letters = page.text[span.begin - 1 - len(words) : span.begin - 1]
    return letters.casefold() == "".join(word[:1] for word in words).casefold() and span.begin - 1 not in ends


def _without_code_names(page: Page, spans: Iterable[Span]) -> Iterator[Span]:
    """Cut what the article gives as a version's code name off the version (Crayon 3.0 MT), and leave out those by themselves."""
    given = [part.strip() for match in _CODE_NAME.finditer(page.text) for part in re.split("[：:；;、()（）]", match.group())]
    codes = {code for code in given if code}
    for span in spans:
        name = page.text[span.begin : span.end]
        tail = name.rpartition(" ")[2]
        if name not in codes:
            yield replace(span, end=span.end - len(tail) - 1) if tail in codes and tail != name else span


def _is_name(page: Page, span: Span) -> bool:
    name = page.text[span.begin : span.end]
    if page.text[max(0, span.begin - 1) : span.begin + 1].strip()[:1] in ("#", "＃", "@", "＠"):
        return False
    if key(name) == "hp" and (_HOMEPAGE.search(page.text, max(0, span.begin - 4), span.begin) or page.text[span.end : span.end + 1] == "上"):
        return False
    if is_role(name) or key(name) in generic() or _NUMBER_END.sub("", name) in generic() or _MEASURE.search(name):
        return False
    if len(name) > 1 and any(title.startswith(name) and title != name and page.text.startswith(title, span.begin) for title in suffixes("no")):
        return False  # the 参院 of 参院議員
    if len(name) < 2 and name not in countries() and span.rule != "title":
        return False
    if page.text[span.begin - 1 : span.begin] in ("（", "(") and _KANA.fullmatch(name) and script(page.text[span.begin - 2]) == "k":
        return False  # a reading
    if (spelled := _SPELLED.match(page.text, span.end)) and spelled.group(1) in generic() and not suffix_end("yes").search(name):
        return False  # 電気自動車（EV）
    if _common(page, span) or (_is_half(page, span) and script(name[-1]) in "kt" and span.rule != "title"):
        return False
    begin, end = page.line(span.begin, span.end)
    line = page.text[begin:end]
    if _aside(line, span.begin - begin, span.end - begin):
        return False
    if len(line.strip()) < 30 and _BYLINE.fullmatch(line.strip()):
        return False
    return bool(_JAPANESE.search(line)) or len(line.split()) < 4


@cache
def is_common(name: str) -> bool:
    """Whether a word is none that names something whatever stands around it: 市, 社長, プロセッサ, デュアルコアプロセッサ."""
    known = (class_words(), suffixes("no"), suffixes("field"), generic(), _class_nouns())
    if is_role(name) or key(name) in generic() or any(name in words for words in known) or suffix_end("never").search(name):
        return True
    return bool(_KATAKANA.fullmatch(name)) and any(name.endswith(word) for word in class_words())


@cache
def _class_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("class_nouns.tsv"))


def _is_half(page: Page, span: Span) -> bool:
    """Whether a name is part of the word that goes on behind it; a person's is none before his post (佐伯代表)."""
    rest = _HALF.match(page.text, span.end)
    return rest is not None and not (rest.group() == "代表" and span.votes and best(span) == EntityClass.PERSON)


def _aside(line: str, begin: int, end: int) -> bool:
    """Whether a name stands in a line as its author's, as a name's reading, or as a version's code name."""
    signed, reading = _SIGNED.search(line), _READING.match(line)
    if (signed and signed.start() <= begin < signed.end()) or (reading and begin < reading.end()):
        return True
    return any(match.start() < begin and end < match.end() for match in _CODE_NAME.finditer(line))


def _common(page: Page, span: Span) -> bool:
    """Whether all its words are common ones and nothing else makes it a name: 最高技術責任者, 旧小学校, 制御AI."""
    name = page.text[span.begin : span.end]
    introduced = page.quoted(span.begin, span.end) and class_word_before().search(page.before(span.begin))
    if (
        name in suffixes("no")
        or name in class_words()
        or name in suffixes("field")
        or (name[0] in countries() and name[1:] in suffixes("field"))
        or (suffix_end("never").search(name) and not introduced)
    ):
        return True
    rest = page.text[span.end : span.end + 8]
    bound = script(name[-1]) == "t" and any(unit.surface in suffixes("bound") for unit in page.inside(span.end, span.end + 1))
    if bound or (suffix_begin("never").match(rest) and script(rest[0]) != script(name[-1])):
        return True
    units = page.inside(span.begin, span.end)
    if page.quoted(span.begin, span.end) and not introduced and span.origin != Origin.LEXICON and _is_word(page, span, units):
        return True
    if _FOREIGN_PRESS.search(name) and units and units[0].tag == "名詞-固有名詞-地名-国":
        return True
    if span.origin != Origin.TAGGER or not units or name.startswith("株式会社"):
        return False
    spoken = any(unit.tag.startswith(("動詞", "助動詞", "助詞-終助詞")) for unit in units) and (len(name) > 8 or bool(_SPOKEN.search(name)))
    if spoken:
        return True
    plain = all(_plain(unit) and unit.token not in page.unknown for unit in units if unit.surface not in "！？!?")
    if plain and (_COUNT.match(rest) or (units[-1].tag.endswith("サ変可能") and suffix_begin("no").match(rest))):  # 小中学校28校, 営業部長
        return True
    if page.quoted(span.begin, span.end):
        return _is_said(page, span, units, plain=plain, introduced=bool(introduced))
    if plain and max(span.votes.values(), default=1.0) < _SURE and not any(evidence(page, span)):
        return True
    person = bool(span.votes) and best(span) == EntityClass.PERSON and AGED.match(page.text, span.end) is not None
    return not person and _is_compound(name, units)


def _is_word(page: Page, span: Span, units: Sequence[Unit]) -> bool:
    """Whether what follows the brackets says that they hold a word or an utterance."""
    plain = all(_plain(unit) and unit.token not in page.unknown for unit in units)
    name = page.text[span.begin : span.end]
    if span.origin == Origin.TAGGER and (_CLAUSE.search(name) or units[-1].tag.startswith(("形容詞", "助動詞"))) and not any(evidence(page, span)):
        return True  # 「荷物が重い」「遅すぎる」
    if span.origin == Origin.TAGGER and plain and _PHRASE.search(name) and not any(evidence(page, span)):
        return True
    return bool(_WORD.match(page.text, span.end) or (plain and _PLAIN_WORD.match(page.text, span.end)))


def _is_said(page: Page, span: Span, units: Sequence[Unit], *, plain: bool, introduced: bool) -> bool:
    """Whether words in brackets are a nickname, a cry or plain words: 「うそだろ」という声."""
    if _NICKNAME.match(page.text, span.end):
        return True
    cried = page.text[span.end - 1] in "！？!?" or units[-1].tag.startswith(_SAID_LAST)
    if cried and not introduced and _UTTERED.match(page.text, span.end):
        return True
    return plain and (units[0].tag == "接頭辞" or any(unit.tag.startswith(_SAID) for unit in units)) and not any(evidence(page, span))


def _is_compound(name: str, units: Sequence[Unit]) -> bool:
    """Whether common words make up a word that names no one thing: 制御AI, 米国株投資."""
    placed = all(_plain(unit) or unit.tag.startswith("名詞-固有名詞-地名") for unit in units) and units[0].tag.startswith("名詞-固有名詞-地名")
    if placed and units[-1].tag == "名詞-普通名詞-サ変可能" and not suffix_end("yes").search(name):
        return True
    if not all(_plain(unit) or unit.surface in countries() or unit.surface in generic() for unit in units):
        return False
    led = (units[0].tag.startswith("接頭辞") or units[0].surface in suffixes("lead")) and len(units) < 4
    kind = units[-1].surface in class_words() or units[-1].surface in generic() or class_word_before().search(name)
    if kind and units[0].surface in countries() and all(len(unit.surface) > 1 for unit in units[1:-1]):  # 米大手銀行, not 北陽銀行
        return True
    if suffix_end("yes").search(name) and not led and units[0].surface not in class_words() and len(units) > 1:
        return False
    return bool(led or kind or (units[0].surface in countries() and len(units) < 4) or not units[-1].tag.startswith(_ENDS))


def _plain(unit: Unit) -> bool:
    return unit.tag.startswith(_COMMON) and "固有" not in unit.token_tag


def _joined(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Both lists without overlaps. A span of the second list replaces what it covers, and gives way to what is longer."""
    kept = Taken(first)
    for span in second:
        rivals = kept.touching(span.begin, span.end)
        stays = any(other.length > span.length or (other.begin, other.end) == (span.begin, span.end) for other in rivals)
        for other in rivals:
            kept.remove(other)
        for other in [_reinforced(other, span) for other in rivals] if stays else [span]:
            kept.add(other)
    return list(kept)


def _reinforced(span: Span, other: Span) -> Span:
    if (span.begin, span.end) != (other.begin, other.end):
        return span
    votes = {kind: span.votes.get(kind, 0.0) + other.votes.get(kind, 0.0) for kind in {*span.votes, *other.votes}}
    return replace(span, votes=votes, rule=other.rule if other.origin == Origin.LEXICON else span.rule)


def _repeats(page: Page, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the occurrences of found names that were missed: whole tokens, in no other name."""
    taken = sorted((span.begin, span.end) for span in spans)
    names = sorted({page.text[span.begin : span.end] for span in spans}, key=lambda name: (-len(name), name))
    for name in names:
        if len(name) < 2 or "\n" in name:
            continue
        for begin, end in occurrences(page.text, name):
            at = bisect_right(taken, (begin, len(page.text)))
            free = (at == 0 or taken[at - 1][1] <= begin) and (at == len(taken) or taken[at][0] >= end)
            if free and stands_alone(page, begin, end):
                taken.insert(at, (begin, end))
                yield Span(begin, end, Origin.REPEAT, "repeated")


def _one_kanji(page: Page, names: Sequence[Span]) -> Iterator[Span]:
    """Yield countries of one kanji: before a name (米X), before 国-like words the tokenizer marks, or as a topic."""
    begins, taken = {span.begin for span in names}, Taken(names)
    for unit, begin, end in zip(page.units, page.begins, page.ends, strict=True):
        led = next((match.end() for match in [_LED.match(page.text, end)] if match and match.end() in begins), None)
        if unit.surface not in countries() or (unit.tag != "名詞-固有名詞-地名-国" and end not in begins and not led):
            continue
        if unit.surface in "米英独仏伊露韓中印豪台" and not taken.touching(begin, end):
            yield Span(begin, end, Origin.SHAPE, "countries.tsv", {EntityClass.PLACE: 3})


def _apart(found: Iterable[tuple[Span, EntityClass]]) -> Iterator[tuple[Span, EntityClass]]:
    end = 0
    for span, kind in found:
        if span.begin >= end:
            yield span, kind
            end = span.end


def _mention(text: str, span: Span, kind: EntityClass) -> Mention:
    confidence = {Origin.TAGGER: max(0.5, min(0.95, max(span.votes.values(), default=0.5))), Origin.SHAPE: 0.8, Origin.REPEAT: 0.7, Origin.ROLE: 0.8}
    name = text[span.begin : span.end]
    return Mention(
        span.begin, span.end, name, kind, span.form if span.form == Form.ROLE else Form.NAME, span.rule, round(confidence.get(span.origin, 0.9), 2)
    )
