"""Whether a span names something at all: no common word, half a word, motto, cry, byline or reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicon import rows
from kg.mention.classes import evidence
from kg.mention.grow import LEGAL
from kg.mention.page import Origin, Page, Span, key
from kg.mention.roles import is_role
from kg.mention.tidy import AGED, best
from kg.mention.units import Unit, script
from kg.mention.words import class_word_before, class_words, countries, generic, suffix_begin, suffix_end, suffixes
from kg.model import EntityClass

CODE_NAME = re.compile(r"[（(](?:[^（）()]*コード(?:ネーム|名)[^（）()]*)[）)]")
_COMMON = ("名詞-普通", "名詞-数詞", "接頭", "接尾", "助詞", "助動詞", "動詞", "副詞", "補助", "形容", "形状", "感動", "代名詞", "連体", "接続")
_SAID = ("動詞", "感動詞", "助動詞", "形容詞")
_SAID_LAST = ("動詞", "助動詞", "助詞", "形容詞", "感動詞")
_UTTERED = re.compile(r"[」』](?:、|「|など|って|と(?!の(?:提携|協業|合併|契約|統合)))")
_WORD = re.compile(  # 「やればできる」を合言葉に, 「検索」する: what stands in brackets is a word or a motto
    r"[」』](?:を(?:合言葉|スローガン|モットー|テーマ|キャッチ)|という(?:言葉|語|表現|用語|概念|発想|意味|考え|声|風潮|意識|指摘|批判|意見|疑問|不安|思い)"
    r"|の(?:一言|ひとこと|ひと言|言葉|挨拶|あいさつ)|を言[うっえい]"
    r"|(?:する|した|して|しない|できる)(?![一-龥])|と(?:漏ら|つぶや|嘆|こぼし|こぼす|叫|苦笑|首をかしげ))"
)
_SPEECH = re.compile(r"[」』](?:発言|呼びかけ)")  # 会長の「隣町と連携」発言, whoever stands before it
_PLAIN_WORD = re.compile(r"[」』](?:向け|構想|型|的な|ブーム|現象|世代|志向|意識|社会|離れ|問題|の(?:声|文字|精神|心|表現|時代))")
_SHARE = re.compile(r"[」』](?:が|は|も|[:：])?[（(]?約?[\d０-９.．]+(?:[%％人票]|ポイント)")  # 「やや不満」が40.8％: an answer
_SPELLED = re.compile(r"[」』]?[（(]([A-Z][A-Za-z]{1,5})[）)]")
_FOREIGN_PRESS = re.compile(r"メディア$")
_CLAUSE = re.compile(
    r"[ぁ-ゖ一-龥](?:が|を|は|も)[^。]*(?:い|だ|た|る|う|すぎ|かわいそう|大変|無理|最高|最悪|限界)$|^(?:もう|まだ|なぜ|まさか|やっぱり|本当に|絶対に?|ただの)"
)
_PHRASE = re.compile(
    r"[一-龥ぁ-ゖ](?:は|が|を)(?:お|ご)?[一-龥ぁ-ゖ]{2,8}$|(?:どおり|通り|次第|ばかり|だけ|ままに?)$"
)  # 「撮影はお断り」, 「約款どおり」
_NICKNAME = re.compile(r"[」』](?:など|といった|という|の)*(?:ニックネーム|愛称|あだ名|異名|別名)")
_HALF = re.compile(
    r"選(?!手|抜)|選手権|総体|展(?=[がはをでにの])|首脳会談|外相会談|平均株価|卒(?!業)|時間(?=[\d０-９]|の)|代表|一(?=の|番)"
)  # 参院選, 米国時間, 日本一: the name is part of another word
_ENDS = ("名詞", "接尾辞", "補助記号", "形状詞", "記号")
_LABEL = re.compile(r"\s*【[^】\n]{1,24}】")
_CODED = re.compile(r"(?:商品コード|JANコード|注文番号|電話(?:番号)?|TEL|Tel|FAX|Fax|ファクス)[ 　]?[:：][ 　]*$")
_SURE = 0.6  # probability of a class below which a common word by itself is none
_SPOKEN = re.compile(r"[！？!?…〜～]|ですか?$|ます$|よね")
_BYLINE = re.compile(r"[（(【].*[）)】]|(?:文|取材|構成|撮影|写真|(?:記事)?執筆)[=＝・:：／/].*")
_SIGNED = re.compile(r"[（(][^（）()]*(?:委員|記者|特派員|編集部|ライター)[\s　]+([^（）()]+)[）)]\s*$")  # …考えたい。（論説委員　X）
_READING = re.compile(r"[ぁ-ゖ]+・[ぁ-ゖ]+(?=[\s　])")  # at the head of a profile
_MEASURE = re.compile(r"\d{2,4}[-−]\d{2,4}[-−]\d{3,4}$|\d(?:mm|cm|kg|[GMT]B|[GMk]?Hz|インチ|ミリ|円)$")
_COUNT = re.compile(r"[\d０-９]+(?:校|社|店|行|団体|病院)")
_HOMEPAGE = re.compile(r"(?:公式|[の社店局校園館市県同])$")  # 公式HP, 同社のHP上
_NUMBER_END = re.compile(r"[\s\d.\-]+$")
_KANA = re.compile(r"[ぁ-ゖー・]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龥]")
_KATAKANA = re.compile(r"[ァ-ヺー・]+")


def is_name(page: Page, span: Span) -> bool:
    """Return whether a span is kept as a name, by itself and by what stands around it."""
    name = page.text[span.begin : span.end]
    if page.text[max(0, span.begin - 1) : span.begin + 1].strip()[:1] in ("#", "＃", "@", "＠"):
        return False
    if _LABEL.match(page.text) and span.end <= page.text.index("】"):
        return False  # 【Sports Watch】, 【特集/JOURNEY】 at the head: the column that the article is of
    if _CODED.search(page.text, max(0, span.begin - 12), span.begin):
        return False
    if key(name) == "hp" and (_HOMEPAGE.search(page.text, max(0, span.begin - 4), span.begin) or page.text[span.end : span.end + 1] == "上"):
        return False
    if LEGAL.fullmatch(name) or is_role(name) or key(name) in generic() or _NUMBER_END.sub("", name) in generic() or _MEASURE.search(name):
        return False
    if len(name) > 1 and any(page.text.startswith(title, span.begin) for title in _begun().get(name, ())):
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
def _begun() -> dict[str, list[str]]:
    """The titles that begin with something, by that: 参院 → 参院議員."""
    found: dict[str, list[str]] = {}
    for title in suffixes("no"):
        for length in range(1, len(title)):
            found.setdefault(title[:length], []).append(title)
    return found


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
    return any(match.start() < begin and end < match.end() for match in CODE_NAME.finditer(line))


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
    named = span.origin == Origin.LEXICON or not page.quoted(span.begin, span.end)
    if not named and (_SPEECH.match(page.text, span.end) or (not introduced and _is_word(page, span, units))):
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
    return bool(_WORD.match(page.text, span.end) or (plain and (_PLAIN_WORD.match(page.text, span.end) or _SHARE.match(page.text, span.end))))


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
