"""Words that stand for something named before: where they are, and what they ask of it. Which thing it is, `resolve` decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from kg.entity.office import is_office, is_to_come
from kg.entity.titles import all_titles, sphere, unique_titles
from kg.lexicon import Row, rows
from kg.model import EntityClass, Form
from kg.parse import Sentence

_DEMONSTRATIVES = ("この", "その", "同", "本", "当該", "こうした")
_NEW = ("新", "次期")
_BEHIND = ("側", "ら", "等", "など", "内", "自身", "自体", "社内", "製", "株", "関係者")
_KANJI_NUMBERS = {"二": 2, "三": 3, "四": 4, "五": 5}
_MODIFIERS = ("名詞", "接頭辞", "接尾辞", "形容詞", "連体詞", "動詞", "助動詞")
_TIMES = (
    "時代",
    "後",
    "前",
    "日",
    "歳",
    "代",
    "頃",
    "ころ",
    "出身",
    "在住",
    "育ち",
    "生まれ",
    "出場",
    "優勝",
    "中",
    "当時",
    "時",
    "直後",
    "最中",
    "目",
)
_LONGEST = 6  # tokens


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word in the article and what it asks for. `number` 1 for one thing, 0 for several."""

    begin: int
    end: int
    text: str
    sentence: int
    token: int  # the first token behind it
    classes: tuple[EntityClass, ...]
    number: int
    tails: str
    form: Form
    rule: str
    title: str = ""
    bare: str = ""  # bare, last or new, for nouns that stand alone


def anaphors(sentence: Sentence) -> Iterator[Anaphor]:
    """Yield the anaphors of a sentence, in order, the longest where several begin together."""
    at = 0
    while at < len(sentence.starts):
        found = _at(sentence, at) if _begins(sentence.text[sentence.starts[at]]) else None
        if found is None:
            at += 1
            continue
        yield found
        at = found.token


def _at(sentence: Sentence, at: int) -> Anaphor | None:
    doc, text, start = sentence.doc, sentence.text, sentence.starts[at]
    open_ended = text.startswith(_DEMONSTRATIVES, start) or _numeral(text[start])
    if not open_ended and text[start] not in _first_letters():
        return None
    for last in range(min(len(doc), at + _LONGEST) - 1, at - 1, -1):
        words = text[start : sentence.ends[last]]
        if not open_ended and words not in _whole_words():
            continue
        begin, end = sentence.span(at, last)
        if end - begin != len(words):
            continue  # an aside was left out between
        asked = _fixed(doc, at, last, words) or _demonstrated(doc, at, last, words) or _bare(doc, at, last, words)
        if asked:
            classes, number, tails, form, rule, title, bare = asked
            return Anaphor(begin, end, words, sentence.index, last + 1, classes, number, tails, form, rule, title, bare)
    return None


_MEMBERS = ("名詞", "接頭辞", "接尾辞", "補助記号-括弧", "記号")
_BETWEEN = ("、", "と", "や", "及び", "および")
_COUNTED = re.compile(r"(\d|[二三四五])\s?(?:か|ヵ|ヶ|カ)?(\D{1,2})")


@lru_cache(maxsize=10_000)
def _numeral(letter: str) -> bool:
    plain = unicodedata.normalize("NFKC", letter)[0]
    return plain.isdecimal() or plain in _KANJI_NUMBERS


@lru_cache(maxsize=10_000)
def _begins(letter: str) -> bool:
    """Whether an anaphor can begin with a letter."""
    return letter in _first_letters() or _numeral(letter) or letter in {word[0] for word in _DEMONSTRATIVES}


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(word[:1] for word in _whole_words())


@cache
def _whole_words() -> frozenset[str]:
    """What stands for something as it is; the rest begins with a demonstrative or a numeral."""
    return frozenset((*_words(), *_nouns(), *unique_titles(), *(lead + title for title in unique_titles() for lead in _NEW)))


_Asked = tuple[tuple[EntityClass, ...], int, str, Form, str, str, str]


@cache
def _words() -> dict[str, Row]:
    return {row["word"]: row for row in rows("anaphors.tsv")}


@cache
def _nouns() -> dict[str, Row]:
    return {row["noun"]: row for row in rows("class_nouns.tsv")}


@cache
def _noun_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(re.escape(noun) for noun in sorted(_nouns(), key=lambda noun: (-len(noun), noun)))})$")


def _classes(names: str) -> tuple[EntityClass, ...]:
    return tuple(EntityClass(name) for name in names.split("|"))


def _fixed(doc: Doc, at: int, last: int, words: str) -> _Asked | None:
    """同社, 彼, 両社, and with a numeral 3社."""
    if row := _words().get(words):
        if row["number"] == "N" or _has_own_noun(doc, at) or _is_half(doc, last):
            return None
        number = {"one": 1, "two": 2}.get(row["number"], 0)
        return _classes(row["class"]), number, row["tails"], Form.ANAPHOR, row.rule, "", ""
    counted = _COUNTED.fullmatch(unicodedata.normalize("NFKC", words))
    unit = counted and next((u for u in _words() if _words()[u]["number"] == "N" and words.endswith(u) and words[1:].strip() in (u, u.strip())), None)
    if not counted or not unit or not _stands_alone(doc, at, last):
        return None
    row = _words()[unit]
    count = _KANJI_NUMBERS.get(counted[1]) or int(counted[1])
    return (_classes(row["class"]), count, row["tails"], Form.ANAPHOR, row.rule, "", "") if 1 < count < 6 else None


def _has_own_noun(doc: Doc, at: int) -> bool:
    """職人の彼ら: a pronoun that a noun before it explains, and not only a time (晩年の彼女) or where one comes from (汐路県出身の彼女)."""
    return at > 1 and doc[at - 1].text == "の" and doc[at].tag_.startswith("代名詞") and not _limits(doc[at - 2])


def _limits(token: Token) -> bool:
    """Whether a noun before の says when or whence: 当時, 少女時代, 若き日, 試合後, 初出場, 富山県出身."""
    return "副詞可能" in token.tag_ or token.text in _TIMES or token.text.endswith(_TIMES)


def _is_half(doc: Doc, last: int) -> bool:
    """彼の地, 本人確認: part of another word."""
    end = doc[last].idx + len(doc[last].text)
    return any(row["word"] == doc[last].text and re.match(row["behind"], doc.text[end:]) for row in rows("not_anaphors.tsv"))


def _stands_alone(doc: Doc, at: int, last: int) -> bool:
    before, after = doc[at - 1] if at else None, doc[last + 1] if last + 1 < len(doc) else None
    if before is not None and before.text == "の" and _lists(doc, at - 1):
        before = None
    if before is not None and (before.tag_.startswith(("名詞", "接頭辞", "接尾辞")) or before.text in ("の", "ほか", "他", "残り", "うち")):
        return False
    return after is not None and after.text in ("は", "が", "の", "も", "とも", "に", "を", "で", "と")


def _lists(doc: Doc, end: int) -> bool:
    """Whether a list of nouns ends before a token: トヨタ、日野、いすゞ before の3社."""
    first = end
    while first > 0 and (doc[first - 1].tag_.startswith(_MEMBERS) or doc[first - 1].text in _BETWEEN):
        first -= 1
    return any(doc[i].text in _BETWEEN for i in range(first + 1, end - 1))


def _demonstrated(doc: Doc, at: int, last: int, words: str) -> _Asked | None:
    """この会社, このモデル, この巨大企業, 同モデル, 同教授."""
    lead = next((word for word in _DEMONSTRATIVES if words.startswith(word) and len(words) > len(word)), "")
    if not lead or not _ends_noun(doc, last) or any(doc[i].tag_.startswith(("助詞", "動詞", "補助記号")) for i in range(at, last + 1)):
        return None
    noun = words[len(lead) :]
    if lead == "同" and noun in all_titles() and sphere(noun) != "honorific":
        return (EntityClass.PERSON,), 1, "-", Form.ANAPHOR, "同+title", noun, ""
    found = _noun_end().search(noun)
    if not found or (lead == "同" and at and doc[at - 1].tag_.startswith("名詞")):
        return None
    row = _nouns()[found.group()]
    if lead in ("同", "本") and found.start() > 2:
        return None
    if lead == "本" and row["class"] != "Model":
        return None
    form = Form.ANAPHOR if lead == "同" else Form.NOUN
    return _classes(row["class"]), 1, row["tails"], form, row.rule, "", ""


def _ends_noun(doc: Doc, last: int) -> bool:
    """Whether the noun phrase ends at a token: what follows is no part of it."""
    if last + 1 >= len(doc):
        return True
    after = doc[last + 1]
    return not after.tag_.startswith(("名詞", "接尾辞")) or after.text in _BEHIND


def _bare(doc: Doc, at: int, last: int, words: str) -> _Asked | None:
    """市は, 社長は, 新モデルは: alone, with a particle behind."""
    before, after = doc[at - 1] if at else None, doc[last + 1] if last + 1 < len(doc) else None
    if before is not None and (before.tag_.startswith(_MODIFIERS) or before.text in ("の", "な", "・")) and not _introduces(doc, at, words):
        return None
    if after is None or doc[at].tag_.startswith("接尾辞") or not (after.tag_.startswith("助詞") or after.text in ("側", "、", "・")):
        return None
    if words in unique_titles() and after.text in ("は", "が", "も", "の", "に", "を") and not is_office(doc.text, after.idx):
        return (EntityClass.PERSON,), 1, "-", Form.NOUN, "title alone", words, "bare"
    if (title := _succeeding(words)) and not is_office(doc.text, after.idx):
        return (EntityClass.PERSON,), 1, "-", Form.NOUN, "new title", title, "successor"
    row = _nouns().get(words)
    if row is None or row["bare"] == "no":
        return None
    leads = at == 0 or (before is not None and before.text == "、")
    cited = after.text == "に" and after.i + 1 < len(doc) and doc[after.i + 1].lemma_ == "よる"
    if row["bare"] == "last" and not cited and after.text not in (("は", "も", "側", "が") if leads else ("は", "も", "側")):
        return None
    if row["bare"] == "new" and is_to_come(doc.text, after.idx):
        return None
    return _classes(row["class"]), 1, row["tails"], Form.NOUN, row.rule, "", row["bare"]


def _succeeding(words: str) -> str:
    """The title behind 新 or 次期."""
    lead = next((lead for lead in _NEW if words.startswith(lead)), "")
    title = words.removeprefix(lead)
    return title if lead and title in unique_titles() else ""


def _introduces(doc: Doc, at: int, words: str) -> bool:
    """Whether what stands before a title says that its bearer comes into office or has spoken: 来春就く新所長, そう話す監督."""
    verb = doc[at - 1]
    if verb.tag_.startswith("名詞") or not verb.tag_.startswith(("動詞", "助動詞")):
        return False
    if _succeeding(words):
        return True
    return words in unique_titles() and verb.lemma_ in _saying() and doc.text[: verb.idx].endswith(("そう", "こう", "」と"))


@cache
def _saying() -> frozenset[str]:
    return frozenset(row["lemma"] for row in rows("reporting.tsv") if row["kind"] == "say")


@cache
def _endings(tails: str) -> tuple[str, ...]:
    """The endings that a column `tails` gives; @FILE stands for those of a table of its own."""
    parts = tails.removeprefix("!").split("|")
    return tuple(e for p in parts for e in ([row["ending"] for row in rows(f"{p[1:]}.tsv")] if p.startswith("@") else [p]))


def ends_in(tails: str, names: Sequence[str], context: Sequence[str]) -> bool:
    """Whether names, or the words right before them (研究部門X), end as asked; with ! whether no name does."""
    if tails == "-":
        return True
    endings = _endings(tails)
    if tails.startswith("!"):
        return not any(name.endswith(endings) for name in names)
    return any(name.endswith(endings) for name in names) or any(words.endswith(endings) for words in context)
