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


def test_what_leads_up_to_a_plan_that_somebody_tells_of_is_one_of_the_body() -> None:
    """Of やめ、導入すると話した the やめ is as much to come as the 導入, and the company's; without と話した it may be over."""
    told = reading(article("コダマ電機の関根徹社長は値引き販売をやめ、定額制を導入すると話した。")).claims
    quoted = reading(article("コダマ電機の関根徹社長は「値引き販売をやめ、定額制を導入します」と話した。")).claims
    lasting = reading(article("コダマ電機の関根徹社長は「値引き販売をやめ、定額制を採用しています」と話した。")).claims
    done = reading(article("コダマ電機は値引き販売をやめ、定額制を導入した。")).claims

    assert [(c.subject.name, c.modality) for c in told if c.property == "abandons"] == [("コダマ電機", Modality.PLAN)]
    assert [(c.subject.name, c.modality) for c in quoted if c.property == "abandons"] == [("コダマ電機", Modality.PLAN)]
    assert [(c.subject.name, c.modality) for c in lasting if c.property == "abandons"] == [("コダマ電機", Modality.FACT)]
    assert [(c.subject.name, c.modality) for c in done if c.property == "abandons"] == [("コダマ電機", Modality.FACT)]
