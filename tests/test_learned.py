"""What the network is told of an article, and what becomes of its answers."""

from __future__ import annotations

import numpy as np
import pytest

from kg import learned
from kg.argument import predicates
from kg.context import stance
from kg.learned.course import joined, spans_of
from kg.learned.network import load_network
from kg.learned.pairs import ALLOWED, FEATURES, MOST, NEAREST, PROPERTIES, pairs_of, told_by
from kg.learned.read import SURE
from kg.learned.tokens import TYPES, Mark, Mentions, Tokens, mentions_of, tokens_of
from kg.lexicon import Row, rows
from kg.model import Document, Entity, EntityClass, Form, Mention
from kg.parse import Article, parse
from kg.pipeline import known_of
from kg.relation import propositions
from kg.relation.select import ENDS, fits

TEXT = "瑞穂電算は4日、東都製薬と提携すると発表した。\n同社の倉田純也社長は「東都の創薬AIソレイユは業界一だ」と述べ、海外展開の見直しを進める考えを示した。"


def article_of(text: str) -> Article:
    (article,) = parse([Document("a.txt", text)])
    return article


def entity(kind: EntityClass, *names: str, text: str = TEXT, form: Form = Form.NAME) -> Entity:
    mentions = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(at, at + len(name), name, kind, Form.ANAPHOR if name == "同社" else form, "test", 0.9))
            at = text.find(name, at + len(name))
    return Entity(kind, names[0], names[1:], tuple(sorted(mentions, key=lambda m: m.begin)))


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def known() -> tuple[Entity, ...]:
    organization, person = EntityClass.ORGANIZATION, EntityClass.PERSON
    names = ((organization, "瑞穂電算", "同社"), (organization, "東都製薬"), (person, "倉田純也"), (EntityClass.MODEL, "ソレイユ"))
    return tuple(entity(*each) for each in names)


def told(article: Article, known: tuple[Entity, ...]) -> tuple[Tokens, Mentions]:
    marks = [Mark(m.begin, m.end, e.type, m.form, n) for n, e in enumerate(known) for m in e.mentions]
    tokens, rows = tokens_of(article, marks)
    return tokens, mentions_of(article, rows, marks)


def test_tokens_stand_where_the_text_has_them_and_heads_within_their_sentence(article: Article, known: tuple[Entity, ...]) -> None:
    tokens, mentions = told(article, known)
    assert len(tokens) == sum(len(s.doc) + 1 for s in article.sentences)
    assert (tokens.sentences[tokens.heads] == tokens.sentences).all()
    words = [TEXT[b:e] for b, e in zip(tokens.begins, tokens.ends, strict=True)]
    assert words[0] == "" and words[1] == article.sentences[0].doc[0].text
    spans = [TEXT[tokens.begins[a] : tokens.ends[b]] for a, b in zip(mentions.first, mentions.last, strict=True)]
    assert spans == ["瑞穂電算", "東都製薬", "同社", "倉田純也", "ソレイユ"]


def test_a_name_is_known_by_its_class_and_not_by_its_letters(article: Article, known: tuple[Entity, ...]) -> None:
    tokens, mentions = told(article, known)
    named = np.concatenate([np.arange(a, b + 1) for a, b in zip(mentions.first, mentions.last, strict=True)])
    assert (tokens.vectors[named] == -1).all() and not tokens.context[named].any() and (tokens.types[named] > 0).all()
    assert tokens.context[np.setdiff1d(np.flatnonzero(tokens.tags), named)].any(1).all()


def test_pairs_are_those_that_the_ontology_allows(article: Article, known: tuple[Entity, ...]) -> None:
    tokens, mentions = told(article, known)
    pairs = pairs_of(tokens, mentions, 0)
    assert pairs.features.shape == (len(pairs), FEATURES)
    assert np.bincount(pairs.pair).max() <= NEAREST
    ends = {(min(a, b), max(a, b)) for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}
    assert ends == {(a, b) for a in range(4) for b in range(a + 1, 4)}
    for (domain, range_), column in zip(ENDS.values(), range(len(PROPERTIES)), strict=True):
        for subject, thing in np.argwhere(ALLOWED[:, :, column]):
            assert TYPES[subject] in domain and TYPES[thing] in range_


def test_what_rules_found_is_told_in_its_direction(article: Article, known: tuple[Entity, ...]) -> None:
    tokens, mentions = told(article, known)
    silent, asked = (pairs_of(tokens, mentions, 0, rules) for rules in (told_by([]), told_by([(2, "leads", 0)])))
    changed = np.argwhere(silent.features != asked.features)
    assert {(int(asked.left[row]), int(asked.right[row])) for row, _ in changed} == {(0, 2)}
    assert len({column for _, column in changed.tolist()}) == 1


def test_the_network_adds_relations_whose_ends_fit_and_keeps_what_is_known() -> None:
    text = "ペット用品のポチハウス、首輪型の通信機を来月発売\nポチハウス（仙台市）は8日、犬の居場所を知らせる首輪「ワンナビ」を来月発売すると発表した。先行する米ペットリンクの「FindPaw」より2割軽い。"
    article = article_of(text)
    known, _ = known_of(article)
    stated, strategies = propositions(article, predicates(article), known, stance)
    more, courses = learned.read(article, known, stated, strategies, stance)
    assert (more, courses) == learned.read(article, known, stated, strategies, stance)
    triples = {(p.subject.name, p.property, p.object.name): p for p in more}
    assert set(stated) <= set(more)
    assert ("ポチハウス", "releases", "ワンナビ") in {(p.subject.name, p.property, p.object.name) for p in stated}
    found = triples["ワンナビ", "competesWith", "FindPaw"]
    assert found.rule == "network.competesWith" and found.confidence <= SURE and text[found.begin : found.end] in text
    assert all(fits(p.subject, p.property, p.object) for p in more)


def test_spans_end_where_the_network_says_and_go_back_to_where_one_opens() -> None:
    inside, opens, ends = (0, 0.9, 0.9, 0.9, 0.1, 0.8), (0, 0.9, 0.1, 0.1, 0, 0.9), (0, 0, 0.1, 0.9, 0, 0.7)
    assert spans_of(np.array((inside, opens, ends), np.float32).T) == [(1, 3), (5, 5)]


def test_a_span_is_the_strategy_that_it_names_again_and_no_name_is_one(article: Article, known: tuple[Entity, ...]) -> None:
    tokens, _ = told(article, known)
    at = TEXT.index("見直し")
    row = int(np.flatnonzero(tokens.begins == at)[0])
    courses = np.zeros((len(tokens), 3), np.float32)
    courses[row] = 1
    rule = entity(EntityClass.STRATEGY, "海外展開の見直し", form=Form.NOUN)
    (strategy,) = joined(TEXT, tokens, courses, known, [rule])
    assert strategy.name == "海外展開の見直し" and strategy.aliases == ("見直し",)
    courses[:] = 0
    courses[int(np.flatnonzero(tokens.begins == TEXT.index("ソレイユ"))[0])] = 1
    assert joined(TEXT, tokens, courses, known, []) == []
    text = "瑞穂電算は計画を進める。"
    tokens, _ = told(article_of(text), ())
    assert joined(text, tokens, (tokens.begins == text.index("計画")).astype(np.float32)[:, None].repeat(3, 1), (), []) == []


@pytest.mark.parametrize("row", [row for row in rows("courses.tsv") if row["kind"] == "again"], ids=lambda row: row["word"])
def test_a_noun_that_means_the_course_told_before_is_no_other_one(row: Row) -> None:
    text, word = row["sentence"], row["word"]
    tokens, _ = told(article_of(text), ())
    courses = np.zeros((len(tokens), 3), np.float32)
    courses[(tokens.begins >= text.index("同" + word)) & (tokens.ends <= text.index("に反対"))] = (1, 0, 0)
    courses[np.flatnonzero(courses[:, 0])[[0, -1]], [1, 2]] = 1
    (strategy,) = joined(text, tokens, courses, (), [entity(EntityClass.STRATEGY, "海外移転の" + word, text=text, form=Form.NOUN)])
    assert strategy.aliases == () and [m.text for m in strategy.mentions] == ["海外移転の" + word, "同" + word]


@pytest.mark.parametrize("text", ["", "\n\n", "。", "😀" * 50, "A" * 3000])
def test_a_text_of_nothing_has_nothing(text: str) -> None:
    assert learned.read(article_of(text), (), (), (), stance) == ((), ())


def test_a_long_list_of_names_is_not_paired_without_end() -> None:
    text = "".join(f"第{n}電機、" for n in range(150)) + "が集まった。\n"
    whole = text * 3
    known = tuple(entity(EntityClass.ORGANIZATION, f"第{n}電機", text=whole) for n in range(150))
    tokens, mentions = told(article_of(whole), known)
    assert 0 < len(pairs_of(tokens, mentions, 0)) <= MOST


def test_the_weights_are_small_and_have_no_pickle() -> None:
    network = load_network()
    assert sum(values.size for values in network.params.values()) < 2_000_000
    assert all(np.isfinite(values).all() for values in network.params.values())
