"""Names are readable, deterministic, and legal IRIs whatever the article calls a thing."""

from urllib.parse import unquote

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import DEVELOPS, KURODA, SAMPLE, mention

from kg import iri
from kg.model import Entity, EntityClass, Modality

DIGEST = "1f0c9a2b" * 8


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Meta", "Meta"),
        ("オープンソース戦略", "オープンソース戦略"),
        ("Moonshot AI", "Moonshot%20AI"),
        ("𠮷野家", "𠮷野家"),
        ("A/B>C", "A%2FB%3EC"),
        ("100%#?", "100%25%23%3F"),
        ("「・ー〜」", "「・ー〜」"),
        ("改\n行", "改%0A行"),
        ("😀", "😀"),
        ("\ue000", "%EE%80%80"),
    ],
)
def test_only_what_an_iri_forbids_is_encoded(name, expected):
    assert iri.segment(name) == expected


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_any_name_gives_a_legal_iri_and_no_two_names_the_same(name):
    encoded = iri.segment(name)
    pyoxigraph.NamedNode(f"https://example.org/{encoded}")
    assert unquote(encoded, errors="strict") == name


def local(name: str, words: str) -> Entity:
    return Entity(EntityClass.PERSON, name, (), (mention(words, EntityClass.PERSON),), local=True)


def test_local_entities_carry_their_article_and_a_counter_in_the_order_of_the_text():
    second, first = local("担当者", "広報担当者"), local("担当者", "サンプル社")
    names = iri.entities((SAMPLE, second, first), DIGEST)
    assert names == {SAMPLE: "organization/サンプル社", first: "person/担当者~1f0c9a2b", second: "person/担当者~1f0c9a2b-2"}


def test_an_entity_without_a_name_is_refused():
    with pytest.raises(ValueError, match="no name"):
        iri.entities((Entity(EntityClass.MODEL, " ", (), ()),), DIGEST)


def test_a_claim_is_named_by_what_identifies_it():
    """The digest is written out: a change of the recipe breaks every corpus and every correction on disk."""
    names = iri.entities((SAMPLE, KURODA, *DEVELOPS.about), DIGEST)
    key = iri.key(DEVELOPS, names)
    assert iri.claim(DIGEST, key) == "claim/d8a763517102a381421c3b512437556f10b3a78a33611034b43d41b37d28e283"
    assert iri.claim(DIGEST, key._replace(modality=Modality.PLAN)) != iri.claim(DIGEST, key)
    assert iri.claim(DIGEST[::-1], key) != iri.claim(DIGEST, key)


def test_a_mention_is_its_articles_stretch_of_characters():
    assert iri.mention(iri.article(DIGEST), 3, 7) == f"article/{DIGEST}#char=3,7"
