"""What the network of names adds to the mentions, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from kg import learned
from kg.learned.names import KINDS, LABELS, load_names, told
from kg.mention import is_common, mentions
from kg.model import Document, EntityClass, Form, Mention
from kg.parse import Article, load, parse

pytestmark = pytest.mark.model
TEXT = "瑞穂電算は4日、東都製薬と提携すると発表した。\n同社の倉田純也社長は「東都の創薬AIソレイユは業界一だ」と述べた。"


def article_of(text: str) -> Article:
    (article,) = parse([Document("a.txt", text)])
    return article


def mention(text: str, word: str, kind: EntityClass = EntityClass.ORGANIZATION, form: Form = Form.NAME) -> Mention:
    begin = text.index(word)
    return Mention(begin, begin + len(word), word, kind, form, "test", 0.9)


def test_tokens_keep_their_words_and_carry_what_is_known() -> None:
    tokens = told(article_of(TEXT), [mention(TEXT, "東都製薬")])
    named = np.flatnonzero(tokens.types)
    assert TEXT[tokens.begins[named[0]] : tokens.ends[named[-1]]] == "東都製薬" and tokens.context[named].any(1).all()


def test_probabilities_are_one_a_token() -> None:
    tokens = told(article_of(TEXT), [])
    found = load_names().probabilities(TEXT, tokens)
    assert found.shape == (len(tokens), LABELS) and np.allclose(found.sum(1), 1, atol=1e-4)
    assert len(set(KINDS)) == len(KINDS)


def test_a_name_that_nothing_found_is_added_with_its_class() -> None:
    found = {(m.text, m.type) for m in learned.names(article_of(TEXT), [])}
    assert ("瑞穂電算", EntityClass.ORGANIZATION) in found and ("倉田純也", EntityClass.PERSON) in found


def test_a_wrong_class_is_mended_at_every_place_of_the_name() -> None:
    text = "瑞穂電算は4日、東都製薬を買収すると発表した。\n瑞穂電算の社長は、瑞穂電算の売上高が伸びたと話した。"
    wrong = [m for m in mentions(text, load()) if m.text != "瑞穂電算"]
    starts = [i for i in range(len(text)) if text.startswith("瑞穂電算", i)]
    wrong += [Mention(i, i + 4, "瑞穂電算", EntityClass.PERSON, Form.NAME, "test", 0.9) for i in starts]
    found = [m.type for m in learned.names(article_of(text), wrong) if m.text == "瑞穂電算"]
    assert found == [EntityClass.ORGANIZATION] * len(starts)


def test_mentions_do_not_overlap_and_stand_in_the_order_of_the_text() -> None:
    found = learned.names(article_of(TEXT), mentions(TEXT, load()))
    assert all(a.end <= b.begin for a, b in pairwise(found))
    assert all(TEXT[m.begin : m.end] == m.text for m in found)


@pytest.mark.parametrize("word", ["市", "会社", "社長", "広報担当者", "プロセッサ", "デュアルコアプロセッサ"])
def test_common_words_are_no_names(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["ソレイユ", "瑞穂電算", "Llama", "みずほ"])
def test_names_are_no_common_words(word: str) -> None:
    assert not is_common(word)


def test_a_text_without_tokens_gives_what_was_found() -> None:
    assert learned.names(article_of(""), []) == ()


def test_a_listed_name_keeps_the_class_that_the_list_gives() -> None:
    listed = Mention(0, 4, "瑞穂電算", EntityClass.MODEL, Form.NAME, "my.tsv:2", 0.9)
    found = learned.names(article_of(TEXT), [listed])
    assert [m for m in found if m.text == "瑞穂電算"] == [listed]
    guessed = replace(listed, rule="tagger")
    assert [m.type for m in learned.names(article_of(TEXT), [guessed]) if m.text == "瑞穂電算"] == [EntityClass.ORGANIZATION]


def test_a_common_word_that_the_recognizer_was_not_sure_of_is_taken_out() -> None:
    text = "来年は４Ｋ液晶テレビが普及する見通しだ。各社が発売した４Ｋ液晶テレビは高く、東都電機の担当者も「まだ早い」と話す。"
    doubted = [replace(mention(text, word), rule="tagger", confidence=0.6) for word in ("４Ｋ液晶テレビ", "東都電機")]
    assert "４Ｋ液晶テレビ" not in [m.text for m in learned.names(article_of(text), doubted)]
    assert "東都電機" in [m.text for m in learned.names(article_of(text), doubted)]
    assert "４Ｋ液晶テレビ" in [m.text for m in learned.names(article_of(text), [replace(m, confidence=0.95) for m in doubted])]


@pytest.mark.parametrize(("confidence", "kept"), [(0.6, False), (0.95, True)])
def test_a_common_word_that_the_recognizer_doubts_is_no_body(confidence: float, kept: bool) -> None:
    text = "暮らしを変えるモバイルが、売り上げを伸ばしたと発表した。"
    doubted = replace(mention(text, "モバイル"), rule="tagger", confidence=confidence)

    assert ("モバイル" in [m.text for m in learned.names(article_of(text), [doubted])]) is kept


def test_a_common_word_that_begins_a_longer_name_stays() -> None:
    text = "フォリオ映像は増益だった。\nフォリオは配信も始めると発表した。"
    short = Mention(text.rindex("フォリオ"), text.rindex("フォリオ") + 4, "フォリオ", EntityClass.ORGANIZATION, Form.NAME, "tagger", 0.6)

    assert "フォリオ" in [m.text for m in learned.names(article_of(text), [mention(text, "フォリオ映像"), short])]
