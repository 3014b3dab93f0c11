"""Kinds of names and roles that articles hold, each in several sentences: all that a sentence names, places that locate nothing left out."""

import csv
from pathlib import Path

import pytest
from spacy.language import Language

from kg.mention import mentions
from kg.model import EntityClass

with Path(__file__).with_name("names.tsv").open(encoding="utf-8", newline="") as lines:
    TABLE = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['kind']}-{row['sentence'][:12]}" for row in TABLE])
def test_a_sentence_gives_its_names_and_no_more(nlp: Language, row: dict[str, str]) -> None:
    """`names` lists class and name of each; `-` where nothing may be found."""
    wanted = {part for part in row["names"].split("|") if part != "-"}
    found = {(f"{mention.type.value} {mention.text}", mention.type) for mention in mentions(row["sentence"], nlp)}

    assert {name for name, kind in found if kind != EntityClass.PLACE or name in wanted} == wanted
