"""The words of the mention rules, from ontology/lexicon, as sets and regular expressions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg.lexicon import alternatives, rows
from kg.model import EntityClass


@dataclass(frozen=True, slots=True)
class Context:
    """Words beside a name that speak for a class."""

    pattern: re.Pattern[str]
    type: EntityClass
    weight: float
    rule: str


@cache
def contexts(side: str) -> tuple[Context, ...]:
    """Return the rows of contexts.tsv for `before` or `after`, one expression for each class and weight."""
    words: dict[tuple[str, float], list[str]] = defaultdict(list)
    for row in rows("contexts.tsv"):
        if row["side"] == side:
            words[row["class"], float(row["weight"])].append(row["words"])
    form = r"(?:{})\s*(?:の|、|・)?$" if side == "before" else r"^\s?(?:{})"
    return tuple(
        Context(re.compile(form.format(alternatives(listed))), EntityClass(kind), weight, f"contexts.tsv:{side}:{kind}")
        for (kind, weight), listed in words.items()
    )


@cache
def class_words() -> dict[str, EntityClass]:
    """Return the nouns that say what a name names: アプリ → Model, 広報担当 → Person."""
    roles = {row["word"]: EntityClass(row["class"]) for row in rows("roles.tsv") if row["class"] == "Person" and len(row["word"]) > 1}
    return roles | {row["word"]: EntityClass(row["class"]) for row in rows("classwords.tsv")}


@cache
def class_word_before() -> re.Pattern[str]:
    """Matches a class word at the end of what stands before a name; group 2 is the の between, if any."""
    return re.compile(rf"({alternatives(list(class_words()))})(の|、|・|である)?$")


def behind_class_word(text: str, begin: int, end: int) -> int:
    """Return where a name begins behind a class word and its dot: the ミドリガメ of お笑いコンビ・ミドリガメ; `begin` where none stands before it."""
    dot = text.find("・", begin, end - 1)
    return dot + 1 if dot > begin and any(text.endswith(word, begin, dot) for word in _kinds(text[dot - 1])) else begin


@cache
def _kinds(last: str) -> tuple[str, ...]:
    """The class words of two letters and more that end in a letter, but for those that begin names: スタジオ・カワベ."""
    return tuple(word for word in class_words() if len(word) > 1 and word.endswith(last) and word not in suffixes("first"))


@cache
def class_word_after() -> re.Pattern[str]:
    """Matches という会社 and a class word directly after a name."""
    words = alternatives(list(class_words()))
    return re.compile(
        rf"^(という|なる|といった|などの|のような)?(?:新しい|新たな|新|大型|小型|(?<=といった)[一-龥ァ-ヺー]{{1,6}}?|(?<=という)[一-龥ァ-ヺー]{{1,6}}?)?({words})"
    )


@cache
def suffixes(part: str) -> dict[str, EntityClass]:
    """Return the words that names end in (`yes`), of these those that make a name of common nouns too (`body`: 委員会; `firm`: 乳業)
    and those of media (`medium`: 新聞), or that
    follow a name (`no`) or make something else of it (`never`: パリ協定; `bound`: トルコ石),
    that lead to a name (`lead`), or that no person is called before さん (`nobody`),
    or that a medium's name begins with (`issue`: 週刊), or that lead to a bracketed product that competes (`rival`),
    or that a body's name begins with (`first`: スタジオ) or a party's of common words ends in (`party`: フォーラム),
    or that say whose team a country's is (`sport`: サッカー),
    or of news agencies in datelines (`agency`), or that are surnames of one kanji (`surname`),
    or regions that somebody heads for a firm (`region`), or that say what a firm deals in (`field`)."""
    wanted = ("yes", "body", "medium", "firm") if part == "yes" else (part,)
    return {row["suffix"]: EntityClass(row["class"]) for row in rows("suffixes.tsv") if row["part"] in wanted}


@cache
def suffix_end(part: str) -> re.Pattern[str]:
    """Matches one of the suffixes at the end of a name; a title in katakana with the word before it (チーフデザイナー)."""
    return re.compile(rf"(?<=.)({_titles() if part == 'no' else ''}{alternatives(list(suffixes(part)))})$")


@cache
def suffix_begin(part: str) -> re.Pattern[str]:
    """Matches one of the suffixes at the beginning of what follows a name."""
    return re.compile((f"・?(?:{_titles()[:-1]})|" if part == "no" else "") + alternatives(list(suffixes(part))))


@cache
def any_title() -> re.Pattern[str]:
    """Matches a title, in katakana with the word before it."""
    return re.compile(_titles() + alternatives(list(suffixes("no"))))


@cache
def _titles() -> str:
    kana = [title for title in suffixes("no") if re.fullmatch("[ァ-ヺー]{3,}", title)]
    return rf"(?:(?<![ァ-ヺー])[ァ-ヺー]+)?(?:{alternatives(kana)})|"


@cache
def countries() -> dict[str, str]:
    """Return the countries' names of one kanji: 米 → アメリカ."""
    return {row["kanji"]: row["name"] for row in rows("countries.tsv")}


@cache
def given_names() -> frozenset[str]:
    """Return foreign given names: カルロス."""
    return frozenset(row["word"] for row in rows("genders.tsv") if row["place"] == "given")


@cache
def generic() -> frozenset[str]:
    """Return words that look like names and are none: AI, CEO, 大規模言語モデル."""
    return frozenset(row["word"] for row in rows("notnames.tsv")) | frozenset(row["word"].casefold() for row in rows("notnames.tsv"))
