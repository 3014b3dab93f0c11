"""Names that nobody has: put in the place of the corpora's, so that the tagger learns from context and shape, not by heart.

Everything is drawn from general tables: Latin syllables, morae, the commonest kanji of surnames, given names, companies and
towns, and the words that companies, products and media end in. No table is read off any text that is measured on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from names_corpora import Sample

_LINES = Path(__file__).with_name("names_parts.tsv").read_text(encoding="utf-8").splitlines()[1:]
PARTS = {part: [word.strip("-") for word in words.split(" ")] for part, words in (line.split("\t") for line in _LINES)}
SLOTS = {"{O}": "Organization", "{U}": "Organization", "{P}": "Person", "{M}": "Product", "{L}": "Place"}
RATES = {"Organization": 0.8, "Person": 0.8, "Product": 0.8, "Place": 0.3}


class Inventor:
    """Draws names; the same seed draws the same. `wide`: bodies of every kind too (associations, unions, shops), as news is full of."""

    def __init__(self, seed: int, *, wide: bool = False) -> None:
        self.random = Random(seed)
        self.wide = wide

    def replace(self, sample: Sample) -> Sample:
        """Return the sentence with most of its names exchanged, the same name for the same everywhere in it."""
        given: dict[tuple[str, str], str] = {}
        text, names, done = "", list[tuple[int, int, str]](), 0
        for begin, end, kind in sample.names:
            if begin < done:
                continue
            old = sample.text[begin:end]
            if (old, kind) not in given:
                given[old, kind] = self.name(kind) if self.random.random() < RATES[kind] else old
            text += sample.text[done:begin]
            names.append((len(text), len(text) + len(given[old, kind]), kind))
            text, done = text + given[old, kind], end
        return Sample(text + sample.text[done:], tuple(names), sample.corpus)

    def fill(self, pattern: str) -> Sample:
        """Return a sentence of its own: {O} {U} {P} {M} {L} of the pattern stand for new names, {N} for a number."""
        text, names = "", list[tuple[int, int, str]]()
        for part in re.split(r"(\{[A-Z]\})", pattern):
            kind = SLOTS.get(part)
            new = str(self.random.randint(1, 30)) if part == "{N}" else self.medium() if part == "{U}" else self.name(kind) if kind else part
            if kind:
                names.append((len(text), len(text) + len(new), kind))
            text += new
        return Sample(text, tuple(names), "stockmark")

    def medium(self) -> str:
        """Return the name of a newspaper, a magazine, an agency or a site."""
        latin = self._pick(("The ", "")) + self.word() + " " + self._pick(PARTS["MEDIA_ENDS"])
        kanji = (
            self._pick(PARTS["PLACE_1"]) + self._pick(PARTS["PLACE_2"]) + self._pick(("新聞", "日報", "経済新聞", "通信", "テレビ", "新報", "放送"))
        )
        return self._pick((latin, latin, kanji, self._kana(2, 3) + self._pick(("・タイムズ", "通信", "ニュース", "・ポスト", "ジャーナル"))))

    def name(self, kind: str) -> str:
        """Return a new name of one of the four types."""
        return {"Organization": self.organization, "Person": self.person, "Product": self.product, "Place": self.place}[kind]()

    def organization(self) -> str:
        draw = self.random.random()
        latin, kana, kanji, body = (0.36, 0.58, 0.84, 0.94) if self.wide else (0.45, 0.7, 0.95, 0.95)
        if draw < latin:
            return self._latin_company()
        if draw < kana:
            return self._kana_company()
        if draw < kanji:
            return self._kanji_company()
        if draw < body:
            return self._body()
        return self._hiragana(3, 5)

    def person(self) -> str:
        draw = self.random.random()
        if draw < 0.3:
            return self._latin_person()
        if draw < 0.6:
            return "・".join(self._kana(2, 3) for _ in range(self._pick((1, 2, 2, 2, 3))))
        surname = self._pick(PARTS["SURNAME_1"]) + self._pick(PARTS["SURNAME_2"])
        given = "".join(self._pick(PARTS["GIVEN"]) for _ in range(self._pick((1, 2, 2, 2, 3))))
        return self._pick((surname, surname + given, surname + given, surname + given, surname + " " + given))

    def product(self) -> str:
        draw = self.random.random()
        if draw < 0.55:
            return self._latin_product()
        if draw < 0.85:
            name = self._kana(2, 4)
            return name + self._pick(
                (
                    "",
                    "",
                    "",
                    self._pick(PARTS["KANA_PRODUCT"]),
                    "・" + self._kana(2, 3),
                    str(self.random.randint(2, 9)),
                    " " + self._pick(PARTS["PRODUCT_WORDS"]),
                )
            )
        if draw < 0.93:
            return self._hiragana(3, 5) + self._pick(("", "", str(self.random.randint(2, 9)), "くん", "便", "号"))
        return self._pick(PARTS["PLACE_1"]) + self._pick(PARTS["PLACE_2"]) + self._pick(("", "号", "", "丸"))

    def place(self) -> str:
        draw = self.random.random()
        if draw < 0.15:
            return self.word()
        if draw < 0.5:
            return self._kana(2, 4) + self._pick(("", "", "", "島", "市", "州", "川", "共和国"))
        town = self._pick(PARTS["PLACE_1"]) + self._pick(PARTS["PLACE_2"])
        return town + self._pick(("", *PARTS["TOWN_ENDS"]))

    def word(self) -> str:
        """Return a word of Latin letters that might be a name: Trevin, OakBridge, Soluna."""
        draw = self.random.random()
        if draw < 0.25:
            return self._pick(PARTS["ENGLISH"]) + self._pick(
                ("", self._pick(PARTS["ENGLISH"]).lower(), self._pick(PARTS["ENGLISH"]), "ly", "ify", "io")
            )
        letters = "".join(self._pick(PARTS["ONSETS"]) + self._pick(PARTS["VOWELS"]) for _ in range(self._pick((1, 2, 2, 2, 3)))) + self._pick(
            PARTS["CODAS"]
        )
        if draw < 0.3:
            return letters[:1] + letters[1:].capitalize()
        return letters.capitalize()

    def _latin_company(self) -> str:
        draw = self.random.random()
        if draw < 0.42:
            return self.word()
        if draw < 0.72:
            return self.word() + " " + self._pick(PARTS["COMPANY_WORDS"])
        if draw < 0.8:
            return self.word() + " " + self.word() + self._pick(("", " " + self._pick(PARTS["COMPANY_WORDS"])))
        if draw < 0.84:
            return self.word() + " " + self._pick(PARTS["COMPANY_ENDS"])
        if draw < 0.88:
            return "".join(self._pick("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(self._pick((2, 3, 3, 4))))
        if draw < 0.94:
            return self._pick(("The ", "")) + self.word() + " " + self._pick(PARTS["MEDIA_ENDS"])
        if draw < 0.97:
            return self.word() + self._pick(("社", "社", "グループ", "ジャパン", "財団"))
        return self.word() + self._pick((" & ", ".", "-")) + self._pick(("ai", "io", self.word()))

    def _kana_company(self) -> str:
        name = self._kana(2, 4)
        draw = self.random.random()
        if draw < 0.4:
            return name
        if draw < 0.7:
            return name + self._pick(("", "・")) + self._pick(PARTS["KANA_COMPANY"])
        if draw < 0.8:
            return name + self._pick(("社", "社", *self._ends()))
        return self._pick((name + "・" + self._kana(2, 3), self._pick(PARTS["LEGAL"]) + name, name + "株式会社"))

    def _kanji_company(self) -> str:
        heads = [
            self._pick(PARTS["COMPANY_KANJI"]) + self._pick(PARTS["COMPANY_KANJI"]),
            self._pick(PARTS["SURNAME_1"]) + self._pick(PARTS["SURNAME_2"]),
            self._pick(PARTS["PLACE_1"]) + self._pick(PARTS["PLACE_2"]),
        ]
        if self.wide:
            heads += [self._kana(2, 3), self._hiragana(2, 4)]
        name = self._pick(heads)
        name += self._pick((*self._ends(), *self._ends(), self._pick(PARTS["KANA_COMPANY"]), "社"))
        return self._pick((name, name, name, name, name, self._pick(PARTS["LEGAL"]) + name, name + "株式会社"))

    def _ends(self) -> list[str]:
        return PARTS["WIDE_COMPANY" if self.wide else "KANJI_COMPANY"]

    def _body(self) -> str:
        """An association, a union, a committee: its words are nobody's names."""
        heads = ("", self._pick(PARTS["BODY_HEADS"]), self._pick(PARTS["PLACE_1"]) + self._pick(PARTS["PLACE_2"]))
        return (
            self._pick(heads)
            + self._pick(PARTS["BODY_THEMES"])
            + self._pick(("", "", self._pick(PARTS["BODY_THEMES"])))
            + self._pick(PARTS["BODY_ENDS"])
        )

    def _latin_person(self) -> str:
        first = self._pick((self._pick(PARTS["FIRST"]), self._pick(PARTS["FIRST"]), self.word()))
        last = self.word() + self._pick(PARTS["NAME_ENDS"])
        middle = self._pick(("", "", "", " " + self._pick("ABCDEFGHJKLMPRSTW") + "."))
        return self._pick((first + middle + " " + last, first + " " + last, first + " " + last, last))

    def _latin_product(self) -> str:
        name = self._pick(
            (self.word(), self.word(), self.word(), "".join(self._pick("ABCDEGHKLMNPRSTVXZ") for _ in range(self.random.randint(1, 4))))
        )
        if len(name) == 1:
            return name + self._pick(("", "-")) + str(self.random.randint(1, 999))
        if name.isupper() and self.random.random() < 0.7:
            return name + self._pick(("-", "", " ")) + str(self.random.randint(1, 3000)) + self._pick(("", "", "a", "X", "i"))
        return name + "".join(self._pick(self._marks()) for _ in range(self._pick((0, 1, 1, 2))))

    def _marks(self) -> list[str]:
        number = str(self.random.randint(1, 12))
        return [
            " " + number, " " + number, number, "-" + number, f" {number}.{self.random.randint(0, 9)}", f"-{self._pick((1, 3, 7, 8, 13, 70, 405))}B", f" v{number}",
            " " + self._pick(PARTS["PRODUCT_WORDS"]), " " + self._pick(PARTS["PRODUCT_WORDS"]), "-" + self._pick(PARTS["PRODUCT_WORDS"]), self._pick(("o", "X", "i", "Net", "OS")), " " + self.word(),
        ]  # fmt: skip

    def _kana(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        morae = [
            self._pick(PARTS["LONG_MORAE"])
            if self.random.random() < 0.15
            else self._pick(PARTS["MORAE"]) + self._pick(("", "", "", "", "ー", "ン", "ッ"))
            for _ in range(count)
        ]
        return re.sub(r"[ッーン]+(?=[ッーン])", "", "".join(morae) + self._pick(PARTS["TAILS"])).rstrip("ッ")

    def _hiragana(self, least: int, most: int) -> str:
        return "".join(self._pick(PARTS["HIRAGANA"]) for _ in range(self.random.randint(least, most)))

    def _pick(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)
