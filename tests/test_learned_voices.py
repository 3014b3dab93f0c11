"""Who is a candidate for a statement, and when the ranker's choice is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kg import learned
from kg.claim import statements
from kg.entity import entities
from kg.forest import Forest, read_forest, write_forest
from kg.learned import voice as room
from kg.learned.voice import LAID_OUT, NOBODY, choices, load_forest
from kg.mention import mentions
from kg.model import Document, Entity, EntityClass, Statement
from kg.parse import Article, load, parse

pytestmark = pytest.mark.model
TEXT = "瑞穂電算の倉田純也社長は4日、「新型機を出す」と述べた。東都製薬の広報担当者は「聞いていない」と話した。発売は来春になるという。"


def read(text: str = TEXT) -> tuple[Article, tuple[Entity, ...], tuple[Statement, ...]]:
    (article,) = parse([Document("a.txt", text)])
    found = entities(article, mentions(text, load()))
    return article, found, statements(article, found)


def test_candidates_are_those_who_can_speak_and_nobody() -> None:
    article, found, said = read()
    for choice, statement in zip(choices(article, found, said), said, strict=True):
        who = [found[n] for n in choice.candidates[:-1]]
        assert choice.candidates[-1] == NOBODY and all(e.type in room.AGENTS for e in who)
        assert choice.rows.shape == (len(choice.candidates), len(load_rows())) and np.isfinite(choice.rows).all()
        assert statement.speaker is None or statement.speaker in who


def test_whom_the_rules_take_is_looked_at_however_many_are_named() -> None:
    names = "高橋一生、佐藤健、田中圭、鈴木亮平、伊藤英明、渡辺謙、山本耕史、中村獅童、小林薫、加藤雅也、吉田鋼太郎、山田孝之、佐々木蔵之介、松本潤、井上真央、木村拓哉、林遣都、清水崇、山崎努、池田鉄洋、橋本愛、阿部寛、石川恋、前田敦子、藤田弓子、後藤久美子、岡田准一"
    article, found, said = read(f"会場には{names}が並んだ。「新型機を出す」と瑞穂電算の倉田純也社長は述べた。")
    assert len(found) > 24
    for choice in choices(article, found, said):
        assert choice.taken in choice.candidates
    assert learned.voices(article, found, said)[-1].speaker is not None


def load_rows() -> range:
    return range(choices(*read())[0].rows.shape[1])


def test_a_text_that_names_nobody_has_nobody_for_a_candidate() -> None:
    article, found, said = read("それは突然始まった。「早く出してほしい」")
    assert all(c.candidates == (NOBODY,) for c in choices(article, found, said) if not found)


def sure(of: int) -> Forest:
    """A forest that takes the candidate with a 1 in a column for certain."""
    return Forest(np.array([of, 0, 0], np.intp), np.array([0.5, np.inf, np.inf], np.float32), np.array([1, 1, 2], np.intp),
                  np.array([0, -3, 3], np.float32), np.array([0], np.intp), 1)  # fmt: skip


def test_another_voice_is_taken_where_it_is_much_more_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    article, found, said = read()
    monkeypatch.setattr(room, "load_forest", lambda: sure(0))  # the column of nobody
    ranked = learned.voices(article, found, said)
    assert [s.rule.endswith("-ranked") for s in ranked] == [s.speaker is not None or s.source is not None for s in said]
    assert all(s.speaker is None and s.source is None for s in ranked)


def test_the_rules_voice_stays_where_nothing_is_more_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    article, found, said = read()
    monkeypatch.setattr(room, "load_forest", lambda: sure(1))  # the column of whom the rules take
    assert learned.voices(article, found, said) == said


def test_what_the_lines_of_a_text_tell_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    article, found, said = read()
    monkeypatch.setattr(room, "load_forest", lambda: sure(0))
    laid_out = tuple(replace(s, rule=f"quote-{LAID_OUT[0]}") for s in said)
    assert learned.voices(article, found, laid_out) == laid_out


def test_an_unnamed_source_is_the_source_and_speaks_only_beside_a_medium(monkeypatch: pytest.MonkeyPatch) -> None:
    article, found, said = read("日本経済新聞によると、関係者は「計画は遅れる」と話した。")
    unnamed, outlet = (next(e for e in found if e.type is kind) for kind in (EntityClass.UNNAMED_SOURCE, EntityClass.OUTLET))
    (choice,) = choices(article, found, said)
    other = replace(said[0], speaker=None, source=outlet)
    certain = np.zeros(len(choice.candidates), np.float32)
    certain[choice.candidates.index(found.index(unnamed))] = 1
    taken = replace_scores(monkeypatch, certain)
    assert [(s.speaker, s.source) for s in learned.voices(article, found, (other,))] == [(unnamed, outlet)] and taken
    alone = replace(said[0], speaker=outlet, source=None)
    assert [(s.speaker, s.source) for s in learned.voices(article, found, (alone,))] == [(None, unnamed)]


def replace_scores(monkeypatch: pytest.MonkeyPatch, scores: np.ndarray) -> bool:
    """Let the ranker give these scores whatever it looks at."""
    monkeypatch.setattr(room, "load_forest", lambda: SimpleNamespace(scores=lambda rows: scores))
    return True


def test_trees_are_written_and_read_to_the_same_scores(tmp_path: Path) -> None:
    article, found, said = read()
    rows = np.concatenate([c.rows for c in choices(article, found, said)])
    write_forest(tmp_path / "f.npz", load_forest())
    assert np.array_equal(read_forest(tmp_path / "f.npz").scores(rows), load_forest().scores(rows))
