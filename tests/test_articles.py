"""Articles written and annotated for the purpose: whether the whole program still reads them as well as it did."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.evaluation import evaluate

FOLDER = Path(__file__).parent / "articles"
FLOORS = {"entity": 0.877, "relation": 0.648, "attribution": 0.868, "certainty": 0.908, "all": 0.779}


@pytest.mark.model
@pytest.mark.slow
def test_articles_are_read_as_well_as_before() -> None:
    found = evaluate(kg.build(FOLDER / "texts"), FOLDER, FOLDER / "texts")
    assert {name: found.figure(name) for name, floor in FLOORS.items() if found.figure(name) < floor} == {}
