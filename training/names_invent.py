"""Names that nobody has: put in the place of the corpora's, so that the tagger learns from context and shape, not by heart.

Everything is drawn from general tables: Latin syllables, morae, the commonest kanji of surnames, given names, companies and
towns, and the words that companies, products and media end in. No table is read off any text that is measured on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any

from names_corpora import Sample

ONSETS = ["b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "cr", "dr", "fl", "fr", "gl", "gr", "kr", "pl", "pr", "qu", "sc", "sh", "sk", "sl", "sp", "st", "str", "th", "tr", "ch"]
VOWELS = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "a", "e", "ai", "ea", "ee", "io", "ou", "ia", "au"]
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "x", "nd", "rk", "st", "ll", "ck", "ft", "sh", "lt", "th", "nt"]
ENGLISH = ["Amber", "Anchor", "Arrow", "Atlas", "Autumn", "Bay", "Beacon", "Bell", "Birch", "Blue", "Bold", "Bridge", "Bright", "Brook", "Canyon", "Castle", "Cedar", "Clear", "Cloud", "Clover", "Coast", "Copper", "Coral", "Crane", "Crown", "Crystal", "Dawn", "Delta", "Digital", "Dune", "East", "Echo", "Elm", "Ember", "Falcon", "Field", "Fire", "First", "Forest", "Fox", "Frost", "Gate", "Glass", "Global", "Gold", "Grand", "Granite", "Green", "Harbor", "Hawk", "Hill", "Horizon", "Iron", "Island", "Ivory", "Jade", "Lake", "Lark", "Leaf", "Light", "Lion", "Lunar", "Maple", "Marble", "Meadow", "Metro", "Mint", "Mirror", "Moon", "Moss", "North", "Nova", "Oak", "Ocean", "Olive", "Orbit", "Owl", "Paper", "Peak", "Pearl", "Pine", "Pixel", "Prime", "Quantum", "Quartz", "Quick", "Rain", "Raven", "Red", "Ridge", "River", "Rock", "Rose", "Sage", "Sand", "Shadow", "Sierra", "Silver", "Sky", "Smart", "Snow", "Solar", "South", "Spark", "Spring", "Star", "Steel", "Stone", "Storm", "Summit", "Sun", "Swift", "Thunder", "Tide", "Timber", "Tower", "True", "Union", "Valley", "Vector", "Velvet", "Violet", "Wave", "West", "White", "Wild", "Willow", "Wind", "Wolf", "Wood"]
COMPANY_WORDS = ["AI", "Labs", "Lab", "Systems", "Technologies", "Technology", "Tech", "Robotics", "Networks", "Group", "Holdings", "Capital", "Partners", "Ventures", "Energy", "Motors", "Therapeutics", "Software", "Research", "Intelligence", "Data", "Dynamics", "Works", "Studios", "Games", "Electronics", "Semiconductor", "Bank", "Airlines", "Foundation", "Institute", "University", "Media", "Security", "Health", "Pharma"]
COMPANY_ENDS = ["Inc.", "Ltd.", "Corp.", "Co.", "LLC", "GmbH", "AG", "Corporation", "Limited"]
MEDIA_ENDS = [
    "Times",
    "Post",
    "News",
    "Journal",
    "Tribune",
    "Herald",
    "Review",
    "Weekly",
    "Daily",
    "Today",
    "Magazine",
    "Observer",
    "Chronicle",
    "Report",
]
PRODUCT_WORDS = ["Pro", "Max", "mini", "Plus", "Air", "Lite", "Ultra", "Turbo", "Nano", "Large", "Small", "Flash", "Next", "Studio", "Cloud", "Chat", "Coder", "Vision", "Assistant", "OS", "Code", "Home", "Pad", "Phone", "Watch", "Drive", "Engine"]
FIRST = ["Adam", "Alan", "Alice", "Amir", "Anna", "Anton", "Arthur", "Boris", "Carla", "Carlos", "Chen", "Clara", "Daniel", "David", "Diego", "Elena", "Emil", "Emma", "Erik", "Eva", "Felix", "Fiona", "Frank", "George", "Grace", "Hans", "Helen", "Henry", "Igor", "Irene", "Isaac", "Ivan", "James", "Jane", "Jean", "John", "Jonas", "Julia", "Karl", "Kevin", "Laura", "Leo", "Linda", "Lisa", "Lucas", "Maria", "Mario", "Mark", "Martin", "Mary", "Max", "Mei", "Michael", "Miguel", "Mohammed", "Nina", "Oliver", "Oscar", "Pablo", "Paul", "Peter", "Pierre", "Rachel", "Ravi", "Robert", "Rosa", "Ryan", "Sam", "Sara", "Sofia", "Stefan", "Susan", "Thomas", "Tim", "Tina", "Victor", "Wei", "William", "Yuri"]
NAME_ENDS = ["son", "man", "ton", "ley", "ski", "ova", "ini", "er", "berg", "stein", "ez", "sen", "ard", "well", "wood", "field", "", "", "", ""]
MORAE = (
    "アイウエオカキクケコガギグゲゴサシスセソザジタチツテトダデドナニネノハヒフヘホバビブベボパピプペポマミムメモラリルレロワ"
)  # fmt: skip
LONG_MORAE = ["シャ", "シュ", "ショ", "チャ", "チュ", "チェ", "ジャ", "ジュ", "ジェ", "ファ", "フィ", "フェ", "フォ", "ティ", "ディ", "ヴァ", "ヴィ", "ヴェ", "リュ", "キャ", "キュ", "クォ", "ウィ", "ウェ"]
TAILS = ["", "", "", "ン", "ー", "ス", "ト", "ル", "ク", "ア", "ズ", "ム", "ド", "ック", "ット", "ッジ", "リー", "ナー", "ックス", "ション", "ント"]
KANA_COMPANY = ["システムズ", "テクノロジーズ", "テクノロジー", "ホールディングス", "グループ", "モーターズ", "エレクトロニクス", "キャピタル", "パートナーズ", "ネットワークス", "ソフト", "ソフトウエア", "ロボティクス", "ラボ", "バイオ", "ファーマ", "エナジー", "フーズ", "ジャパン", "エンターテインメント", "ゲームズ", "コーポレーション", "インダストリーズ", "メディア", "サービス", "バンク", "ストア", "エアラインズ", "コミュニケーションズ"]
KANA_PRODUCT = ["プロ", "ミニ", "プラス", "ライト", "クラウド", "アシスタント", "シリーズ", "パッド", "フォン", "ペイ", "ナビ", "マックス", "ネオ"]
SURNAME_1 = list("田山中小高大松木石川佐井村林上吉西東北南岡原森水杉桜野藤安三古島長坂金久宮青黒白内今平飯堀関柳浜")
SURNAME_2 = list("田山川村本木野井藤原島崎口沢谷林上下橋塚岡部田倉瀬坂浦尾根池保津江森松葉")
GIVEN = list("一二郎太健誠明子美恵由真直大翔悠陽菜花結優香里奈和雅史彦之介也樹輝浩義正雄博幸信哲秀康隆光智亮拓海駿葵凜紗千佳")
PLACE_1 = list("大小上下中東西南北新古高長白黒赤青金銀松杉竹梅桜花水石岩山川島浜津野原森林鶴亀鷹富福豊幸和美安平")
PLACE_2 = list("川山田野原島浜津崎岡沢谷井池浦瀬橋岸倉塚坂江森松宮里台見戸根")
COMPANY_KANJI = list("東西南北日新大三協共和興栄昭光明富豊福丸松竹鶴亀住友京阪名神古河石川島田山中高安平太陽星")
KANJI_COMPANY = ["製作所", "電機", "電工", "工業", "化学", "製薬", "薬品", "銀行", "証券", "自動車", "商事", "建設", "運輸", "食品", "通信", "電力", "鉄道", "精機", "重工", "物産", "不動産", "生命", "保険", "印刷", "繊維", "鋼業", "海運", "航空", "百貨店", "交通", "計算機", "機械", "半導体", "総研", "研究所", "大学", "大", "病院", "財団", "協会", "組合", "委員会", "新聞", "新聞社", "放送", "出版", "テレビ", "学園", "高校", "省", "庁", "局", "党", "市議会", "県警"]
HIRAGANA = "あいうえおかきくけこさしすせそたちつてとなにねのはひふへほまみむめもやゆよらりるれろ"
TOWN_ENDS = ["市", "町", "村", "区", "県", "島", "山", "駅", "市", "町"]
LEGAL = ["株式会社", "合同会社", "(株)", "一般社団法人", "財団法人"]

SLOTS = {"{O}": "Organization", "{U}": "Organization", "{P}": "Person", "{M}": "Product", "{L}": "Place"}
RATES = {"Organization": 0.8, "Person": 0.8, "Product": 0.8, "Place": 0.3}


class Inventor:
    """Draws names; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

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
        latin = self._pick(("The ", "")) + self.word() + " " + self._pick(MEDIA_ENDS)
        kanji = self._pick(PLACE_1) + self._pick(PLACE_2) + self._pick(("新聞", "日報", "経済新聞", "通信", "テレビ", "新報", "放送"))
        return self._pick((latin, latin, kanji, self._kana(2, 3) + self._pick(("・タイムズ", "通信", "ニュース", "・ポスト", "ジャーナル"))))

    def name(self, kind: str) -> str:
        """Return a new name of one of the four types."""
        return {"Organization": self.organization, "Person": self.person, "Product": self.product, "Place": self.place}[kind]()

    def organization(self) -> str:
        draw = self.random.random()
        if draw < 0.45:
            return self._latin_company()
        if draw < 0.7:
            return self._kana_company()
        if draw < 0.95:
            return self._kanji_company()
        return self._hiragana(3, 5)

    def person(self) -> str:
        draw = self.random.random()
        if draw < 0.3:
            return self._latin_person()
        if draw < 0.6:
            return "・".join(self._kana(2, 3) for _ in range(self._pick((1, 2, 2, 2, 3))))
        surname = self._pick(SURNAME_1) + self._pick(SURNAME_2)
        given = "".join(self._pick(GIVEN) for _ in range(self._pick((1, 2, 2, 2, 3))))
        return self._pick((surname, surname + given, surname + given, surname + given, surname + " " + given))

    def product(self) -> str:
        draw = self.random.random()
        if draw < 0.55:
            return self._latin_product()
        if draw < 0.85:
            name = self._kana(2, 4)
            return name + self._pick(
                ("", "", "", self._pick(KANA_PRODUCT), "・" + self._kana(2, 3), str(self.random.randint(2, 9)), " " + self._pick(PRODUCT_WORDS))
            )
        if draw < 0.93:
            return self._hiragana(3, 5) + self._pick(("", "", str(self.random.randint(2, 9)), "くん", "便", "号"))
        return self._pick(PLACE_1) + self._pick(PLACE_2) + self._pick(("", "号", "", "丸"))

    def place(self) -> str:
        draw = self.random.random()
        if draw < 0.15:
            return self.word()
        if draw < 0.5:
            return self._kana(2, 4) + self._pick(("", "", "", "島", "市", "州", "川", "共和国"))
        town = self._pick(PLACE_1) + self._pick(PLACE_2)
        return town + self._pick(("", *TOWN_ENDS))

    def word(self) -> str:
        """Return a word of Latin letters that might be a name: Trevin, OakBridge, Soluna."""
        draw = self.random.random()
        if draw < 0.25:
            return self._pick(ENGLISH) + self._pick(("", self._pick(ENGLISH).lower(), self._pick(ENGLISH), "ly", "ify", "io"))
        letters = "".join(self._pick(ONSETS) + self._pick(VOWELS) for _ in range(self._pick((1, 2, 2, 2, 3)))) + self._pick(CODAS)
        if draw < 0.3:
            return letters[:1] + letters[1:].capitalize()
        return letters.capitalize()

    def _latin_company(self) -> str:
        draw = self.random.random()
        if draw < 0.42:
            return self.word()
        if draw < 0.72:
            return self.word() + " " + self._pick(COMPANY_WORDS)
        if draw < 0.8:
            return self.word() + " " + self.word() + self._pick(("", " " + self._pick(COMPANY_WORDS)))
        if draw < 0.84:
            return self.word() + " " + self._pick(COMPANY_ENDS)
        if draw < 0.88:
            return "".join(self._pick("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(self._pick((2, 3, 3, 4))))
        if draw < 0.94:
            return self._pick(("The ", "")) + self.word() + " " + self._pick(MEDIA_ENDS)
        if draw < 0.97:
            return self.word() + self._pick(("社", "社", "グループ", "ジャパン", "財団"))
        return self.word() + self._pick((" & ", ".", "-")) + self._pick(("ai", "io", self.word()))

    def _kana_company(self) -> str:
        name = self._kana(2, 4)
        draw = self.random.random()
        if draw < 0.4:
            return name
        if draw < 0.7:
            return name + self._pick(("", "・")) + self._pick(KANA_COMPANY)
        if draw < 0.8:
            return name + self._pick(("社", "社", *KANJI_COMPANY))
        return self._pick((name + "・" + self._kana(2, 3), self._pick(LEGAL) + name, name + "株式会社"))

    def _kanji_company(self) -> str:
        name = self._pick(
            (
                self._pick(COMPANY_KANJI) + self._pick(COMPANY_KANJI),
                self._pick(SURNAME_1) + self._pick(SURNAME_2),
                self._pick(PLACE_1) + self._pick(PLACE_2),
            )
        )
        name += self._pick((*KANJI_COMPANY, *KANJI_COMPANY, self._pick(KANA_COMPANY), "社"))
        return self._pick((name, name, name, name, name, self._pick(LEGAL) + name, name + "株式会社"))

    def _latin_person(self) -> str:
        first = self._pick((self._pick(FIRST), self._pick(FIRST), self.word()))
        last = self.word() + self._pick(NAME_ENDS)
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
            " " + self._pick(PRODUCT_WORDS), " " + self._pick(PRODUCT_WORDS), "-" + self._pick(PRODUCT_WORDS), self._pick(("o", "X", "i", "Net", "OS")), " " + self.word(),
        ]  # fmt: skip

    def _kana(self, least: int, most: int) -> str:
        count = self.random.randint(least, most)
        morae = [
            self._pick(LONG_MORAE) if self.random.random() < 0.15 else self._pick(MORAE) + self._pick(("", "", "", "", "ー", "ン", "ッ"))
            for _ in range(count)
        ]
        return re.sub(r"[ッーン]+(?=[ッーン])", "", "".join(morae) + self._pick(TAILS)).rstrip("ッ")

    def _hiragana(self, least: int, most: int) -> str:
        return "".join(self._pick(HIRAGANA) for _ in range(self.random.randint(least, most)))

    def _pick(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(choices)
