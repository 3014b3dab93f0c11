"""False friends: what must not come out, with the reason in each name."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.entity import entities
from kg.lexicon import read
from kg.mention import mentions
from kg.model import Document, Entity
from kg.parse import parse

FALSE_FRIENDS = read(Path(__file__).with_name("falsefriends.tsv"))
NAMES = [row for row in FALSE_FRIENDS if row["kind"] == "name"]


@pytest.mark.parametrize("lexicon", [True, False], ids=["lexicon", "bare"])
@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['not']}: {row['reason']}")
def test_no_name(nlp: Language, row, lexicon: bool) -> None:
    assert row["not"] not in [mention.text for mention in mentions(row["sentence"], nlp, lexicon=lexicon)]


ALIASES = [row for row in FALSE_FRIENDS if row["kind"] == "alias"]
LINKS = [row for row in FALSE_FRIENDS if row["kind"] == "link"]


def things(nlp: Language, sentence: str) -> tuple[Entity, ...]:
    return entities(next(parse([Document("test.txt", sentence)])), mentions(sentence, nlp))


@pytest.mark.slow
@pytest.mark.parametrize("row", ALIASES, ids=lambda row: f"{row['not']}: {row['reason']}")
def test_no_alias(nlp: Language, row) -> None:
    name, other = row["not"].split("=")

    assert [e for e in things(nlp, row["sentence"]) if {name, other} <= {e.name, *e.aliases}] == []


@pytest.mark.slow
@pytest.mark.parametrize("row", LINKS, ids=lambda row: f"{row['not']}: {row['reason']}")
def test_no_link(nlp: Language, row) -> None:
    word, other = row["not"].split("=")
    found = [e for e in things(nlp, row["sentence"]) if other in (e.name, *e.aliases)]

    assert [e.name for e in found if word in [mention.text for mention in e.mentions]] == []
