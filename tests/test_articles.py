"""Articles written and annotated for the purpose: whether the whole program still reads them as well as it did."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.evaluation import evaluate

FOLDER = Path(__file__).parent / "articles"
FLOORS = {  # by the first letters of the articles' names, the later ones being harder
    "abchijklm": {"entity": 0.90, "relation": 0.695, "attribution": 0.876, "certainty": 0.925, "all": 0.807},
    "qrstuvy": {"entity": 0.85, "relation": 0.583, "attribution": 0.857, "certainty": 0.89, "all": 0.744},
}


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("letters", FLOORS)
def test_articles_are_read_as_well_as_before(letters: str, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for path in FOLDER.glob(f"[{letters}]*.yaml"):
        shutil.copy(path, tmp_path)
        shutil.copy(FOLDER / "texts" / f"{path.stem}.txt", tmp_path / "texts")
    found = evaluate(kg.build(tmp_path / "texts"), tmp_path, tmp_path / "texts")
    assert {name: found.figure(name) for name, floor in FLOORS[letters].items() if found.figure(name) < floor} == {}
