"""What is yet to come though nothing says 予定: the rows of beginnings.tsv and law.tsv on their own examples."""

from __future__ import annotations

import pytest
from examples import article, ids

from kg.argument import predicates
from kg.lexicon import Row, rows
from kg.model import Modality, Stance
from kg.pipeline import reading
from kg.relation import construction
from kg.relation.coming import coming
from kg.relation.page import Page

pytestmark = pytest.mark.model
BEGINNINGS = rows("beginnings.tsv")


@pytest.mark.parametrize("row", BEGINNINGS, ids=ids(BEGINNINGS))
def test_a_beginning_in_the_present_is_a_plan(row: Row) -> None:
    parsed = article(row["example"])
    page = Page(parsed, ())
    found = [p for p in predicates(parsed) if p.lemma.endswith(row["lemma"])]

    assert Modality.PLAN in [coming(page, row["property"], p, Stance()).modality for p in found]


LAW = rows("law.tsv")


@pytest.mark.parametrize("row", LAW, ids=ids(LAW))
def test_nobody_in_a_case_belongs_to_a_body_of_the_law(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the row the dead would be the police's."""
    parsed = article(row["example"])

    assert [c for c in reading(parsed).claims if c.property == "memberOf"] == []
    monkeypatch.setattr(construction, "_law", lambda: ("-",))
    assert [c for c in reading(parsed).claims if c.property == "memberOf"] != []
