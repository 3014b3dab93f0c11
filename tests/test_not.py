"""False friends: what must not come out, with the reason in each name."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg import pipeline
from kg.entity import entities
from kg.lexicon import Row, read
from kg.mention import mentions
from kg.model import Claim, Document, Entity
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


def _named(row: Row) -> object:
    return pytest.param(row, id=f"{row['not']}: {row['sentence']}")


def _over(claims: list[Claim], text: str, words: str) -> list[Claim]:
    at = text.find(words)
    return [c for c in claims if c.begin < at + len(words) and at < c.end]


ENTITIES = [_named(row) for row in FALSE_FRIENDS if row["kind"] == "entity"]


@pytest.mark.model
@pytest.mark.parametrize("row", ENTITIES)
def test_no_entity(row: Row) -> None:
    """Nothing in the graph for common words that only look like names."""
    (reading,) = pipeline.read([Document("friend.txt", row["sentence"])])

    assert row["not"] not in [e.name for e in reading.entities], row["reason"]


CLAIMS = [_named(row) for row in FALSE_FRIENDS if row["kind"] == "claim"]


@pytest.mark.model
@pytest.mark.parametrize("row", CLAIMS)
def test_no_claim(row: Row) -> None:
    """No statement where nobody says anything; no speaker, source or negation where there is none."""
    (reading,) = pipeline.read([Document("friend.txt", row["sentence"])])
    found = [c for c in reading.claims if c.property is None]
    kind, _, words = row["not"].partition(":")
    over = _over(found, row["sentence"], words)
    wrong = {
        "statement": found,
        "speaker": [c for c in found if c.speaker is not None and words in (c.speaker.name, *c.speaker.aliases)],
        "source": [c for c in over if c.source is not None],
        "negated": [c for c in over if c.negated],
    }
    assert not wrong[kind], row["reason"]


RELATIONS = [_named(row) for row in FALSE_FRIENDS if row["kind"] == "relation"]


@pytest.mark.model
@pytest.mark.parametrize("row", RELATIONS)
def test_no_relation(row: Row) -> None:
    """No relation of the wrong agent, direction or firmness."""
    subject, name, thing, *reading = row["not"].split("|")
    (read_off,) = pipeline.read([Document("friend.txt", row["sentence"])])
    found = [c for c in read_off.claims if c.property == name and c.subject is not None and c.object is not None]
    same = [
        c for c in found if c.subject and c.object and subject in (c.subject.name, *c.subject.aliases) and thing in (c.object.name, *c.object.aliases)
    ]
    wrong = [c for c in same if not reading or (not c.negated and (reading[0] == "unnegated" or c.modality.value == reading[0]))]

    assert not wrong, row["reason"]
