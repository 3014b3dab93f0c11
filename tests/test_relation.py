"""What the relation room reads off sentences of our own: half were set aside before the rules were last changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import names, relations, unmark

from kg.lexicon import Row, read
from kg.model import Entity, EntityClass
from kg.relation.select import SYMMETRIC, fits

HERE = Path(__file__).parent / "relations"
FLOOR = {"tuned": 0.85, "held": 0.75}


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_relations_of_sentences(half: str) -> None:
    table = read(HERE / f"{half}.tsv")
    found = relations(tuple(row["passage"] for row in table))
    hit = said = wanted = 0
    wrong = []
    for row in table:
        right = _wanted(row)
        got = {(p.subject, p.property, p.object) for p in found[row["passage"]]}
        matched = {w for w in right if any(_same(w, g) for g in got)}
        hit, said, wanted = hit + len(matched), said + len(got), wanted + len(right)
        if len(matched) < max(len(right), len(got)):
            wrong.append((row["passage"], sorted(right - matched), [(g[0].name, g[1], g[2].name) for g in got]))
    assert 2 * hit / (said + wanted) >= FLOOR[half], wrong


def _wanted(row: Row) -> set[tuple[str, str, str]]:
    return {(s, p, o) for s, p, o in (r.split("|") for r in row["relations"].split(";") if r != "-")}


def _same(wanted: tuple[str, str, str], got: tuple[Entity, str, Entity]) -> bool:
    subject, name, thing = wanted
    if name != got[1]:
        return False
    straight = subject in names(got[0]) and thing in names(got[2])
    return straight or (name in SYMMETRIC and subject in names(got[2]) and thing in names(got[0]))


def test_the_marks_of_a_sentence_are_read() -> None:
    marked = unmark("{s:O:青葉電機}は{o:M:カワセミ}を開発した。{O:青葉電機}")
    assert marked.text == "青葉電機はカワセミを開発した。青葉電機"
    assert [len(e.mentions) for e in marked.entities] == [2, 1]
    assert marked.roles == {"s": "青葉電機", "o": "カワセミ"}


@pytest.mark.parametrize(
    ("subject", "name", "thing", "allowed"),
    [
        (EntityClass.PERSON, "leads", EntityClass.ORGANIZATION, True),
        (EntityClass.ORGANIZATION, "leads", EntityClass.PERSON, False),
        (EntityClass.ORGANIZATION, "competesWith", EntityClass.MODEL, False),
        (EntityClass.MODEL, "partOf", EntityClass.MODEL, True),
        (EntityClass.PLACE, "uses", EntityClass.MODEL, True),
        (EntityClass.STRATEGY, "opposes", EntityClass.STRATEGY, True),
        (EntityClass.MODEL, "develops", EntityClass.MODEL, False),
    ],
)
def test_ends_decide(subject: EntityClass, name: str, thing: EntityClass, allowed: bool) -> None:
    assert fits(Entity(subject, "A", (), ()), name, Entity(thing, "B", (), ())) is allowed


@pytest.mark.parametrize(
    ("passage", "wanted"),
    [
        ("{O:北斗物流}は店舗の無人化に踏み切る。{P:佐伯真一}氏は「英断だ」と歓迎した。", ("佐伯真一", "supports", "店舗の無人化")),
        ("{O:北斗物流}は来春の増便を見送った。{P:佐伯真一}氏は「遅すぎる」と憤った。", ("佐伯真一", "criticizes", "北斗物流")),
        ("{P:佐伯真一}氏は{O:北斗物流}が温める店舗の無人化に異を唱えた。", ("北斗物流", "pursues", "店舗の無人化")),
        ("{O:青葉電機}は歓迎したが、{P:佐伯真一}氏は「{M:カワセミ}は使いにくい」と語った。", ("佐伯真一", "criticizes", "カワセミ")),
    ],
)
def test_a_stance_that_leaves_its_target_out(passage: str, wanted: tuple[str, str, str]) -> None:
    got = {(p.subject, p.property, p.object) for p in relations((passage,))[passage]}
    assert any(_same(wanted, g) for g in got), [(s.name, p, o.name) for s, p, o in got]
