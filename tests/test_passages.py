"""The passages and articles that the program is trained on: every line can be read, and says nothing that the ontology cannot say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.model import EntityClass, Modality
from kg.relation.select import ENDS

TRAINING = Path(__file__).parent.parent / "training"
FILES = sorted(path for folder in ("passages", "articles") for path in (TRAINING / folder).glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_passages_say_what_the_ontology_can(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mark has a class, every thing one class only, every relation two marked ends that may have it."""
    monkeypatch.setattr(sys, "path", [str(TRAINING), *sys.path])
    import passages

    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 45
    for number, line in enumerate(lines, start=1):
        read = passages.passage(line, f"{path.name}:{number}")
        classes: dict[str, str] = {}
        for mark in read.marks:
            assert mark.type in set(EntityClass), read.source
            assert classes.setdefault(mark.thing, mark.type) == mark.type, f"{read.source}: {mark.thing}"
            assert "[[" not in read.text and "]]" not in read.text, read.source
        for relation in read.relations:
            domain, range_ = ENDS[relation.property]
            assert classes[relation.subject] in domain and classes[relation.object] in range_, f"{read.source}: {relation}"
            assert relation.modality in set(Modality), f"{read.source}: {relation}"


@pytest.mark.parametrize("path", sorted((TRAINING / "statements").glob("*.tsv")), ids=lambda path: path.stem)
def test_statements_stand_in_their_articles(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TRAINING)
    import passages
    import said

    lines = (TRAINING / "articles" / path.name).read_text(encoding="utf-8").splitlines()
    for number, rows in said.read_rows(path).items():
        article = passages.passage(lines[number - 1], f"{path.name}:{number}")
        letters = {mark.thing: mark.type for mark in article.marks}
        for statement in said.placed(article.text, rows):
            for who in (statement.speaker, statement.source):
                assert who == "-" or who in letters or (who[0] == "=" and who[1:] in article.text), (path.name, number, who)
            assert letters.get(statement.source, "Outlet") in ("Outlet", "UnnamedSource")
