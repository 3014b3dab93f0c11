"""False friends: what must not come out, with the reason in each name."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.lexicon import read
from kg.mention import mentions

FALSE_FRIENDS = read(Path(__file__).with_name("falsefriends.tsv"))
NAMES = [row for row in FALSE_FRIENDS if row["kind"] == "name"]


@pytest.mark.parametrize("lexicon", [True, False], ids=["lexicon", "bare"])
@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['not']}: {row['reason']}")
def test_no_name(nlp: Language, row, lexicon: bool) -> None:
    assert row["not"] not in [mention.text for mention in mentions(row["sentence"], nlp, lexicon=lexicon)]
