"""Mentions: what names an article holds, of which class, at which characters."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from spacy.language import Language

from kg.lexicon import rows
from kg.mention import mentions, recognize, recognize_all
from kg.mention.recognizer import chunks
from kg.mention.units import sentences, shape, units_in, units_of
from kg.model import EntityClass, Form
from kg.segment import segment

ORG, P, M, L = EntityClass.ORGANIZATION, EntityClass.PERSON, EntityClass.MODEL, EntityClass.PLACE
U, S = EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE

READ = [
    (
        "ドイツの送電会社ハルトネッツは、イングリッド・ソルベルグCEOの退任を発表した。",
        {("ドイツ", L), ("ハルトネッツ", ORG), ("イングリッド・ソルベルグ", P)},
    ),
    ("国内最大手の鷹宮製鉄は、子会社の鷹宮ロジスティクスを売却する。", {("鷹宮製鉄", ORG), ("鷹宮ロジスティクス", ORG)}),
    (
        "Fenwickの対話AI「Corvo」は、Halden Researchの「Brill-8B」と競合する。",
        {("Fenwick", ORG), ("Corvo", M), ("Halden Research", ORG), ("Brill-8B", M)},
    ),
    ("人気のメモアプリ「ノッテ」を運営するスタートアップのコグマ（東京都渋谷区）は増資した。", {("ノッテ", M), ("コグマ", ORG), ("東京都渋谷区", L)}),
    ("ブルームバーグ通信は、アップルが提携交渉をしていると報じた。", {("ブルームバーグ通信", U), ("アップル", ORG)}),
    ("米OpenAIのサム・アルトマンCEOは会見した。", {("米", L), ("OpenAI", ORG), ("サム・アルトマン", P)}),
    ("市民団体「空の声を聴く会」の代表、宮下真砂子さんは訴えた。", {("空の声を聴く会", ORG), ("宮下真砂子", P)}),
    ("三沢商店街振興組合は、電子地域通貨「みさわコイン」の運用をやめる。", {("三沢商店街振興組合", ORG), ("みさわコイン", M)}),
    ("Zephyr Motors Inc.は29日、新型EV「Zephyr S」のリコールを届け出た。", {("Zephyr Motors Inc.", ORG), ("Zephyr S", M)}),
    ("静岡大の大石教授は、津波予測モデル「Nami-1」を開発した。", {("静岡大", ORG), ("大石", P), ("Nami-1", M)}),
    ("アトラス・ロボティクス社はジョージア州に進出する。", {("アトラス・ロボティクス社", ORG), ("ジョージア州", L)}),
    ("西日本睡眠医療センターの木村誠医師は「早めの受診が大切だ」と話した。", {("西日本睡眠医療センター", ORG), ("木村誠", P)}),
    ("首位の独カナルケミーに対抗する。", {("独", L), ("カナルケミー", ORG)}),
    ("バスケットボール女子代表「あけぼのジャパン」が帰国した。", {("あけぼのジャパン", ORG)}),
    ("格安航空のイーグレン航空は、北斗航空株を買い増した。", {("イーグレン航空", ORG), ("北斗航空", ORG)}),
    ("掃除機ではパイオンやリズムなどが先行し、2社が市場を分ける。", {("パイオン", ORG), ("リズム", ORG)}),
    ("地元紙のさざなみ新報が今月、不具合があったと報じた。", {("さざなみ新報", U)}),
    ("みつば食品情報（福井市）は「設定の誤りだ」と釈明した。", {("みつば食品情報", ORG), ("福井市", L)}),
    ("「スタート割」と「のびのびプラン」を新たに設けた。", {("スタート割", M), ("のびのびプラン", M)}),
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text[:12] for text, _ in READ])
def test_names_are_found_with_their_class(nlp: Language, text: str, wanted: set[tuple[str, EntityClass]]) -> None:
    found = {(mention.text, mention.type) for mention in mentions(text, nlp, lexicon=False) if mention.form is Form.NAME}

    assert found == wanted


@pytest.mark.parametrize(
    ("text", "role", "kind"),
    [
        ("Fenwickの広報担当者は「計画は変わらない」と述べた。", "広報担当者", P),
        ("情報筋によると、Fenwickは工場を閉じる。", "情報筋", S),
        ("匿名を条件に取材に応じた元社員は「経営陣は知っていた」と証言する。", "元社員", S),
        ("交渉を知る立場にある人物によると、合意は近い。", "交渉を知る立場にある人物", S),
        ("市議会は予算案を可決した。", "市議会", ORG),
        ("市教育委員会の担当者は「検討したい」と話した。", "市教育委員会", ORG),
        ("「次は2社が組むだろう」（証券会社のアナリスト）との見方がある。", "アナリスト", P),
        ("同僚に聞いたら、「やめた方がいい」と言われた。", "同僚", P),
        ("Folnarユーザーからは「高すぎる」との声が上がった。", "Folnarユーザー", S),
        ("Fenwickは工場を閉じる。同社幹部は「限界だ」と話す。", "幹部", P),
        ("ある自治体幹部は「国は動かない。待つだけだ」と憤り、予算を削る。", "自治体幹部", P),
        ("ノルダファンの間では、撤退を心配する書き込みが目立つ。", "ノルダファン", S),
    ],
)
def test_a_role_that_speaks_is_a_mention(nlp: Language, text: str, role: str, kind: EntityClass) -> None:
    assert (role, kind, Form.ROLE) in {(mention.text, mention.type, mention.form) for mention in mentions(text, nlp)}


UNHEARD = [
    "社員は青い名札を付けるという。",
    "記者が日付を取り違えたという。",
    "現場は「友人は不安がっている」と受け止めた。",
    "遅れて来た従業員に対しては「やる気がない」と評価が下がる。",
    "専門家はどう見ているのだろう。",
]


@pytest.mark.parametrize("text", ["広報担当者の募集を始めた。", "関係者以外の立ち入りを禁じる。", "幹部らはFenwickを去った。", *UNHEARD])
def test_a_role_that_does_not_speak_is_none(nlp: Language, text: str) -> None:
    assert not [mention for mention in mentions(text, nlp) if mention.form is Form.ROLE]


def test_one_name_has_one_class_over_the_article(nlp: Language) -> None:
    """Sorvaは is anything by itself; once called a model it is one everywhere."""
    text = "Sorvaは好評だ。\n利用者はSorvaを選ぶ。\n対話モデル「Sorva」の提供を始めた。"

    assert {mention.type for mention in mentions(text, nlp) if mention.text == "Sorva"} == {M}


def test_a_users_file_adds_names_and_wins(nlp: Language, tmp_path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text("name\ttype\tenglish\taliases\nうみねこ\tOrganization\t-\t-\n", encoding="utf-8")

    found = mentions("港でうみねこが鳴いた。", nlp, names=file)

    assert [(mention.text, mention.type) for mention in found] == [("うみねこ", ORG)]
    assert mentions("港でうみねこが鳴いた。", nlp) == ()


def test_the_lexicon_can_be_left_out(nlp: Language) -> None:
    rules = {mention.rule.split(":")[0] for mention in mentions("百度と現代自動車が提携した。", nlp, lexicon=False)}

    assert "names.tsv" not in rules


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家HDは😀を「ノッテ」に使う。𠮷田健一氏が語った。",
        unicodedata.normalize("NFD", "ガーディアン・テックのヴァンダ・プリズ氏が語った。"),
        "ＯｐｅｎＡＩはＧＰＴ－４を公開した。",
        "Fenwick\r\nは「Cor\nvo」を\t公開した。　",
    ],
)
def test_a_mention_covers_its_exact_characters(nlp: Language, text: str) -> None:
    found = mentions(text, nlp)

    assert all(text[mention.begin : mention.end] == mention.text for mention in found)
    assert all(a.end <= b.begin for a, b in pairwise(found))


def test_mentions_of_the_gold_articles_equal_their_slices(nlp: Language, gold) -> None:
    for path in sorted(gold.glob("*/texts/*.txt")):
        text = path.read_text(encoding="utf-8")
        assert all(text[mention.begin : mention.end] == mention.text for mention in mentions(text, nlp)), path.name


def test_nothing_comes_of_nothing(nlp: Language) -> None:
    assert mentions("", nlp) == () == mentions(" \n\n", nlp)
    assert recognize("", nlp) == []


def test_a_line_longer_than_the_tokenizer_takes_is_read(nlp: Language) -> None:
    text = "ノルウェーの首都はオスロである" * 2000

    found = recognize(text, nlp)

    assert len(found) > 3000
    assert {text[begin:end] for begin, end, _ in found} >= {"ノルウェー", "オスロ"}


def test_texts_together_give_what_each_gives_alone(nlp: Language) -> None:
    """Sentences are labelled in batches, the long ones first."""
    texts = [
        "",
        "山田太郎は東京に住む。",
        "\n",
        "本社は大阪だ。ソニーは京都の工場を閉じ、ゲーム機「プレイステーション」の生産をやめる。",
        "はい。",
    ] * 40

    assert list(recognize_all(texts, nlp)) == [recognize(text, nlp) for text in texts]
    assert list(recognize_all([], nlp)) == []


def test_the_recognizer_gives_the_four_types_of_its_corpora(nlp: Language) -> None:
    text = "山田太郎は東京でトヨタ自動車に就職した。"

    assert [(text[b:e], kind) for b, e, kind in recognize(text, nlp)] == [
        ("山田太郎", "Person"),
        ("東京", "Place"),
        ("トヨタ自動車", "Organization"),
    ]
    text = "ソニーはゲーム機「プレイステーション」を発売した。"
    assert "Product" in {kind for _, _, kind in recognize(text, nlp)}


@pytest.mark.parametrize("text", ["𠮷野家で😀を食べた…。\n", "Ｏｒｖｅｌは①㍍の ｱｲｳ を売る", "――そう…\n", "\n", "が゙んばる合同会社は5%増えた。"])
def test_units_are_those_of_the_document(nlp: Language, text: str) -> None:
    assert units_in(text, nlp, 7) == units_of(nlp.make_doc(text), 7)


def test_units_give_the_text_back(nlp: Language) -> None:
    text = "経済産業省は、𠮷野家の 新しい店 を見た。\n次の行。"
    units = [(unit.surface, begin) for sentence in sentences(text, nlp) for unit, begin in zip(sentence.units, sentence.begins, strict=True)]

    assert all(text.startswith(surface, begin) for surface, begin in units)
    assert "".join(surface for surface, _ in units).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (["B-Person", "E-Person", "O", "S-Place"], [(0, 1, "Person"), (3, 3, "Place")]),
        (["O", "I-Person", "I-Person", "B-Place"], [(1, 2, "Person"), (3, 3, "Place")]),
        (["S-Place", "S-Place"], [(0, 0, "Place"), (1, 1, "Place")]),
    ],
)
def test_chunks_of_labels(labels: list[str], wanted: list[tuple[int, int, str]]) -> None:
    assert list(chunks(labels)) == wanted


def test_shapes_of_words() -> None:
    assert [shape(word) for word in ("GPT-4o", "カタカナ", "漢字", "「")] == ["AA.9a", "tt", "kk", "("]


@pytest.mark.parametrize("row", rows("roles.tsv"), ids=lambda row: row["word"])
def test_a_row_of_roles_fires_on_its_example(nlp: Language, row) -> None:
    assert row["word"] in "".join(mention.text for mention in mentions(row["example"], nlp))


@pytest.mark.parametrize("row", rows("speakernouns.tsv"), ids=lambda row: row["ending"])
def test_an_unlisted_noun_with_such_an_ending_speaks(nlp: Language, row) -> None:
    found = [mention for mention in mentions(row["example"], nlp) if mention.form is Form.ROLE and mention.text.endswith(row["ending"])]
    assert [mention.type.value for mention in found] == [row["class"]]


@pytest.mark.parametrize(
    ("file", "column"), [("classwords.tsv", "word"), ("contexts.tsv", "words"), ("suffixes.tsv", "suffix"), ("notnames.tsv", "word")]
)
def test_the_word_of_a_row_stands_in_its_example(file: str, column: str) -> None:
    assert [row.rule for row in rows(file) if row[column] not in row["example"]] == []
    assert len({tuple(row.fields.values())[:2] for row in rows(file)}) > len(rows(file)) * 0.95


LINKS = "鷹宮製鉄は10日、メモアプリ「ノッテ」を公開した。\n\n【関連記事】\nイーグレン航空、北斗航空と提携か？\n・シグマ光機の最新レンズ\n\n取材に対し、三沢製薬は回答を控えた。"


def test_the_names_of_a_list_of_links_are_none_of_the_article(nlp: Language) -> None:
    assert [mention.text for mention in mentions(LINKS, nlp, lexicon=False)] == ["鷹宮製鉄", "ノッテ", "三沢製薬"]


def test_a_list_of_links_is_not_cut_and_ends_where_sentences_go_on() -> None:
    assert [s.text[:4] for s in segment(LINKS).segments] == ["鷹宮製鉄", "取材に対"]
