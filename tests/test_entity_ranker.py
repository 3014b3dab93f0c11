"""Which things are candidates for an anaphor, and when the ranker's choice is taken."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from kg.entity import build, entities, ranker, resolve
from kg.entity.anaphors import Anaphor
from kg.entity.scene import Scene
from kg.entity.thing import Thing
from kg.mention import mentions
from kg.model import Document, Entity, EntityClass
from kg.parse import load, parse

pytestmark = pytest.mark.model
TEXT = "トヨタは4日、ソニーと提携すると発表した。同社は来春に新型車を出す。"


def read(text: str = TEXT) -> tuple[Entity, ...]:
    (article,) = parse([Document("a.txt", text)])
    return entities(article, mentions(text, load()))


def whose(found: tuple[Entity, ...], text: str) -> list[str]:
    return [e.name for e in found if any(m.text == text for m in e.mentions)]


def give(monkeypatch: pytest.MonkeyPatch, name: str) -> list[np.ndarray]:
    """Let the ranker be certain of the thing with a name; return what it looked at."""
    looked: list[np.ndarray] = []
    found: list[list[str]] = []
    candidates = ranker.candidates

    def listed(scene: Scene, *rest: object) -> list[ranker.Candidate]:
        given = candidates(scene, *rest)  # type: ignore[arg-type]
        found.append([c.thing.names[0] for c in given])
        return given

    def scores(rows: np.ndarray) -> np.ndarray:
        looked.append(rows)
        return np.array([n == name for n in found[-1]], np.float32)

    monkeypatch.setattr(ranker, "candidates", listed)
    monkeypatch.setattr(ranker, "load_forest", lambda: SimpleNamespace(scores=scores))
    return looked


@pytest.mark.parametrize("name", ["トヨタ", "ソニー"])
def test_a_certain_candidate_is_taken(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    looked = give(monkeypatch, name)
    assert whose(read(), "同社") == [name]
    assert looked[0].shape[0] == 2 and np.isfinite(looked[0]).all()


def test_the_rules_choice_stays_where_nothing_is_clearly_more_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "load_forest", lambda: SimpleNamespace(scores=lambda rows: np.full(len(rows), 0.5, np.float32)))
    assert whose(read(), "同社") == ["トヨタ"]


def test_only_what_fits_is_a_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, list[EntityClass]]] = []

    def record(scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
        fitting = resolve.fitting(scene, scene.by_index[anaphor.sentence], anaphor)
        asked.append((anaphor.text, [thing.kind for thing in fitting]))
        return (), 0.0

    monkeypatch.setattr(build, "resolve", record)
    read("トヨタの佐藤恒治社長は4日、愛知県に工場を建てると述べた。同社は人を集める。同氏は秋に退く。")
    assert dict(asked) == {"同社": [EntityClass.ORGANIZATION], "同氏": [EntityClass.PERSON]}


def test_a_text_that_names_nothing_before_has_no_candidate() -> None:
    assert whose(read("同社は来春に新型車を出す。"), "同社") == []
