"""Entities: what is one thing, what its name is, and that every row of the word lists fires on its example."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from kg.entity import entities, explain, with_first_person
from kg.entity.anaphors import ends_in
from kg.entity.keys import core, key, spelling
from kg.entity.short import acronym, first_part, may_shorten, without_version
from kg.entity.sound import transliterates
from kg.entity.spread import spread
from kg.lexicon import Row, rows
from kg.model import Document, Entity, EntityClass, Form, Mention
from kg.parse import Article, parse
from kg.segment import occurrences

MARK = re.compile(r"\{(\w+) ([^}]+)\}")
ROLES = ("広報担当者", "関係者", "役員")


def marked(passage: str) -> tuple[Article, tuple[Mention, ...]]:
    """A passage with its names in braces, `{Organization 青葉計測}は…`, as an article and its mentions; roles are found by their words."""
    text, found, at = "", [], 0
    for mark in MARK.finditer(passage):
        text += passage[at : mark.start()]
        found.append(Mention(len(text), len(text) + len(mark[2]), mark[2], EntityClass(mark[1]), Form.NAME, "test", 0.9))
        text += mark[2]
        at = mark.end()
    text += passage[at:]
    for noun in ROLES:
        kind = EntityClass.UNNAMED_SOURCE if noun == "関係者" else EntityClass.PERSON
        found += [Mention(m.start(), m.end(), noun, kind, Form.ROLE, "test", 0.8) for m in re.finditer(noun, text)]
    return next(parse([Document("test.txt", text)])), tuple(sorted(found, key=lambda m: m.begin))


def read(passage: str) -> tuple[Entity, ...]:
    """The entities of a marked passage."""
    return entities(*marked(passage))


def names(found: Sequence[Entity]) -> set[frozenset[str]]:
    """What each entity is called."""
    return {frozenset((e.name, *e.aliases)) for e in found}


def words(found: Sequence[Entity], name: str) -> list[str]:
    """The mentions of the entity of a name, in the order of the text."""
    return [m.text for e in found if name in (e.name, *e.aliases) for m in e.mentions]


@pytest.mark.slow
@pytest.mark.parametrize("file", ["anaphors.tsv", "class_nouns.tsv"])
def test_every_anaphor_links_in_its_example(file: str) -> None:
    failed = [row.rule for row in rows(file) if not _links(row, row["word"] if "word" in row.fields else row["noun"])]

    assert failed == []


def _links(row: Row, word: str) -> bool:
    found = read(row["example"])
    wanted = [mark[2] for mark in MARK.finditer(row["example"])]
    wanted = wanted if row.fields.get("number", "one") not in ("one",) else wanted[-1:]
    return all(any(word in text and text != name for text in words(found, name)) for name in wanted)


@pytest.mark.slow
def test_every_cue_gives_an_alias_in_its_example() -> None:
    failed = []
    for row in rows("alias_cues.tsv"):
        alias = re.search(rf"（{re.escape(row['cue'])}([^）]+)）", row["example"])
        if not alias or not any(alias[1] in called and len(called) > 1 for called in names(read(row["example"]))):
            failed.append(row.rule)

    assert failed == []


def test_every_legal_form_is_dropped() -> None:
    failed = [row.rule for row in rows("org_affixes.tsv") if row["kind"] == "legal" and core(f"青葉計測{row['affix']}") != core("青葉計測")]
    latin = [row.rule for row in rows("org_affixes.tsv") if row.rule in failed and core(f"Greymoor {row['affix']}") != core("Greymoor")]

    assert latin == []


def test_every_word_for_what_a_body_does_ends_a_short_form() -> None:
    assert [row.rule for row in rows("org_affixes.tsv") if row["kind"] == "head" and not first_part("アオバ", f"アオバ{row['affix']}")] == []


@pytest.mark.parametrize(
    ("latin", "katakana"),
    [
        ("Mark Zuckerberg", "マーク・ザッカーバーグ"), ("Microsoft", "マイクロソフト"), ("Anthropic", "アンソロピック"), ("OpenAI", "オープンAI"),
        ("Spotify", "スポティファイ"), ("Netflix", "ネットフリックス"), ("Sam Altman", "サム・アルトマン"), ("Volkswagen", "フォルクスワーゲン"),
        ("Pixel 9", "ピクセル9"), ("Huawei", "ファーウェイ"), ("Nokia", "ノキア"),
    ],
)  # fmt: skip
def test_katakana_spells_a_latin_name(latin: str, katakana: str) -> None:
    assert transliterates(latin, katakana)


@pytest.mark.parametrize(
    ("latin", "katakana"),
    [
        ("Meta", "メディア"),
        ("Tesla", "テルサ"),
        ("Falcon", "バルコン"),
        ("Pixel 9", "ピクセル8"),
        ("Google", "グループ"),
        ("Vega", "バーガー"),
        ("IBM", "アイ"),
    ],
)
def test_katakana_of_another_sound_does_not(latin: str, katakana: str) -> None:
    assert not transliterates(latin, katakana)


def test_a_key_folds_width_case_and_dots() -> None:
    assert key("ＯｐｅｎＡＩ") == key("openai")
    assert key("サム・アルトマン") == key("サムアルトマン")
    assert spelling("コンピューター") == spelling("コンピュータ")


def test_short_forms() -> None:
    assert may_shorten(EntityClass.PERSON, "槙原", "槙原律子") == "surname"
    assert may_shorten(EntityClass.ORGANIZATION, "公取委", "公正取引委員会") or may_shorten(EntityClass.ORGANIZATION, "経産省", "経済産業省")
    assert acronym("EFF", "Electronic Frontier Foundation")
    assert without_version("ハヤテ", "ハヤテ3")
    assert not may_shorten(EntityClass.ORGANIZATION, "グレイモア", "グレイモア・ジャパン")


@pytest.mark.slow
def test_brackets_and_short_forms_make_one_thing() -> None:
    found = read("{Person Gray Moor}（{Person グレイ・ムーア}）氏は{Organization 株式会社汐路計測}（以下、汐路）を設けた。{Person Moor}氏が話した。")

    assert names(found) == {frozenset({"Gray Moor", "グレイ・ムーア", "Moor"}), frozenset({"株式会社汐路計測", "汐路"})}
    assert [e.english for e in found] == ["Gray Moor", None]


@pytest.mark.slow
def test_two_people_of_one_surname_stay_two() -> None:
    found = read("{Person 汐崎亮}社長が退く。{Person 汐崎澄}市長は歓迎した。{Person 汐崎}社長は会見した。")

    assert len(found) == 2
    assert words(found, "汐崎亮") == ["汐崎亮", "汐崎"]


@pytest.mark.slow
def test_a_version_is_no_alias_of_its_forerunner() -> None:
    found = read("{Organization アオバ計測}は「{Model ポンポコ}」を売る。後継機「{Model ポンポコ2}」は秋に出る。")

    assert names(found) == {frozenset({"アオバ計測"}), frozenset({"ポンポコ"}), frozenset({"ポンポコ2"})}


@pytest.mark.slow
def test_a_role_is_one_thing_a_body() -> None:
    found = read(
        "{Organization アオバ計測}の広報担当者は否定した。{Organization 野波精機}の広報担当者は認めた。\n"
        "{Organization 野波精機}の広報担当者は謝罪した。"
    )
    roles = [e for e in found if e.name == "広報担当者"]

    assert [len(e.mentions) for e in roles] == [1, 2]
    assert all(e.local for e in roles)


@pytest.mark.slow
def test_what_one_name_does_not_tell_apart_is_local() -> None:
    found = {
        e.name: e.local
        for e in read("{Person 汐崎}氏と{Person 野波敬一}氏が、{Organization アオバ計測}と{Organization 市議会}を訪ねた。関係者が話した。")
    }

    assert found == {"汐崎": True, "野波敬一": False, "アオバ計測": False, "市議会": True, "関係者": True}


@pytest.mark.slow
def test_first_persons_are_the_speaker_or_its_body() -> None:
    article, found = marked("「我々は続ける。私は辞めない」と{Organization アオバ計測}の{Person 汐崎亮}社長は述べた。")
    things = entities(article, found)
    person = next(e for e in things if e.type is EntityClass.PERSON)
    known = with_first_person(things, article, [(1, 13, person)])

    assert len(known) == len(things)
    assert words(known, "アオバ計測") == ["我々", "アオバ計測"]
    assert words(known, "汐崎亮") == ["私", "汐崎亮"]


@pytest.mark.slow
def test_the_company_that_calls_itself_so_is_meant_by_it() -> None:
    found = read("{Organization 株式会社汐路計測}（本社：東京都、以下「当社」）は発表しました。当社は秋に上場します。")

    assert words(found, "株式会社汐路計測") == ["株式会社汐路計測", "当社"]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["𠮷", "😀", "か\u3099", "ＡＢＣ"])
def test_mentions_cover_their_exact_characters(text: str) -> None:
    article, found = marked(f"{text}で{{Organization アオバ計測}}は秋に上場する。{text}、同社は増産する。")
    things = entities(article, found)

    assert words(things, "アオバ計測") == ["アオバ計測", "同社"]
    assert all(article.document.text[m.begin : m.end] == m.text for e in things for m in e.mentions)


@pytest.mark.slow
def test_explain_shows_every_mention_with_its_rule() -> None:
    article, found = marked("{Organization アオバ計測}は秋に上場する。同社は増産する。")
    table = explain(article, entities(article, found)).splitlines()

    assert [line.split()[2:5] for line in table[1:]] == [["アオバ計測", "アオバ計測", "Organization"], ["同社", "アオバ計測", "Organization"]]
    assert "anaphors.tsv" in table[2]


def test_nothing_comes_of_nothing() -> None:
    article = next(parse([Document("test.txt", "")]))

    assert entities(article, ()) == ()


@pytest.mark.parametrize(
    ("passage", "name", "wanted"),
    [
        ("{Organization 湊川電装}は工場を閉める。会社は再就職を支える。会社側は陳謝した。", "湊川電装", ["湊川電装", "会社", "会社"]),
        ("{Organization 日本晴党}は議員を除名した。党は規約に基づくと説明した。", "日本晴党", ["日本晴党", "党"]),
        ("{Organization 湊川市立美術館}は展示をやめた。館は安全を優先した。", "湊川市立美術館", ["湊川市立美術館", "館"]),
        ("{Organization 全国湊川労働組合}がストに入る。組合は賃上げを求める。", "全国湊川労働組合", ["全国湊川労働組合", "組合"]),
        ("{Organization 湊川電装}は工場を閉める。男性が勤める会社は困っている。多くの会社は赤字だ。", "湊川電装", ["湊川電装"]),
        ("{Organization 湊川電装}と{Organization 北洋精機}が提携する。会社は収益を見込む。", "湊川電装", ["湊川電装"]),
        ("{Organization 湊川ユニオン}は要求を出した。会社は応じない。", "湊川ユニオン", ["湊川ユニオン"]),
    ],
)
def test_a_class_noun_as_subject_is_the_one_spoken_of_last(passage: str, name: str, wanted: list[str]) -> None:
    assert words(read(passage), name) == wanted


ONE_THING = [
    ("{Organization 静岡県警浜北署}は男を逮捕した。{Organization 浜北署}は動機を調べる。", {"静岡県警浜北署", "浜北署"}),
    ("{Organization 高知県立博物館}が発表した。{Organization 県立博物館}の展示は12日からだ。", {"高知県立博物館", "県立博物館"}),
    ("{Organization 鳥羽水産大学}が開発した。{Organization 鳥羽水産大}は特許を申請した。", {"鳥羽水産大学", "鳥羽水産大"}),
    ("{Organization サッカーチリ代表}が会見した。{Organization チリ代表}は12日に試合をする。", {"サッカーチリ代表", "チリ代表"}),
    ("{Organization 東北フェニックス}が勝った。{Organization フェニックス}は首位に立った。", {"東北フェニックス", "フェニックス"}),
    ("{Organization 北洋石油化学工業}は希望退職を募る。北洋石化の正社員の1割に当たる。", {"北洋石油化学工業", "北洋石化"}),
    ("{Organization カナリー・ワークス}が開発した。カナリーは来月、有料版を出す。", {"カナリー・ワークス", "カナリー"}),
    ("{Organization 国際海底資源開発機構}は船を造る。{Organization 海底機構}が発表した。", {"国際海底資源開発機構", "海底機構"}),
    ("FW{Person 平川隼人}が移籍する。{Place 平川}は「感謝している」と話した。", {"平川隼人", "平川"}),
    ("{Person 行田直樹}元外務大臣が引退する。{Place 行田}元大臣は「若い人に譲る」と話した。", {"行田直樹", "行田"}),
    ("{Person 内海（うつみ）清}社長が会見した。{Person 内海}氏は陳謝した。", {"内海清", "内海"}),
    ("{Organization 国政刷新の会}が旗揚げした。{Organization 刷新の会}の代表は会見した。", {"国政刷新の会", "刷新の会"}),
    ("{Organization みずき銀行}は店舗を減らす。{Organization みずき銀}の頭取が陳謝した。", {"みずき銀行", "みずき銀"}),
    ("{Organization 首都圏取引監視委員会}が処分した。{Organization 監視委}は再発の防止を求めた。", {"首都圏取引監視委員会", "監視委"}),
    ("{Organization デジタル公正取引委員会}が調べる。{Organization 公正委}は会見した。", {"デジタル公正取引委員会", "公正委"}),
    ("{Organization ハルミヤマート}は値下げする。{Organization ハルミヤ}は宅配も始める。", {"ハルミヤマート", "ハルミヤ"}),
    ("{Person 小日向カナデ}が復帰する。{Person カナデ}は「待たせた」と話した。", {"小日向カナデ", "カナデ"}),
    ("タレントの{Person ノラ・ベルフォード}が語った。{Organization ノラ}は「大嫌い」と切り捨てた。", {"ノラ・ベルフォード", "ノラ"}),
    ("{Model クルミナ MC-RV1}を売り出す。{Model クルミナ}は軽い。", {"クルミナ MC-RV1", "クルミナ"}),
    ("米国の{Organization Grindel社}が開発した。", {"Grindel社", "Grindel"}),
    ("青葉電機が{Model Android}スマートフォンを出す。OSは{Model Android 4.1}だ。", {"Android 4.1", "Android"}),
    ("{Model SERVA 305KT}が発売された。{Model 305KT}は防水だ。", {"SERVA 305KT", "305KT"}),
]


@pytest.mark.parametrize(("passage", "called"), ONE_THING, ids=[min(called, key=len) for _, called in ONE_THING])
def test_a_short_form_is_the_same_thing(passage: str, called: set[str]) -> None:
    assert frozenset(called) in names(read(passage))


@pytest.mark.parametrize(
    "passage",
    [
        "{Person 森川達也}君が襲われた。県警の{Person 森}課長が会見した。",
        "{Model hoshi}を運営する{Organization ホシ}は、利用者が500万人を超えた。",
        "{Organization 三菱ケミカル}と{Organization ケミカル}社は別の会社だ。",
    ],
)
def test_a_like_name_is_another_thing(passage: str) -> None:
    assert len(read(passage)) == 2


def test_a_name_that_ends_in_a_joint_has_no_empty_short_form() -> None:
    text = "アドリアン・は東都大学の教授だ。"
    named = Mention(0, 6, "アドリアン・", EntityClass.PERSON, Form.NAME, "test", 0.9)
    assert [m.text for m in spread(text, [named])] == ["アドリアン・"]
    assert not list(occurrences(text, ""))


@pytest.mark.parametrize("row", rows("no_firm.tsv"), ids=lambda row: row["ending"])
def test_a_body_that_is_no_firm_is_not_meant_by_a_word_for_firms(row: Row) -> None:
    name = row["example"].partition("が")[0]

    assert name.endswith(row["ending"]) and not ends_in("!@no_firm", [name], ()) and ends_in("!@no_firm", ["汐路工業"], ())
