"""Claims that say the same, that cannot both hold, and that come later on the same event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.claim import linked
from kg.model import Attribution, Claim, Document, Entity, EntityClass, Modality
from kg.pipeline import read

FIRM = Entity(EntityClass.ORGANIZATION, "三橋電機", (), ())
RIVAL = Entity(EntityClass.ORGANIZATION, "北浜精機", (), ())
PLANT = Entity(EntityClass.MODEL, "ハヤテ", (), ())
CHIEF = Entity(EntityClass.PERSON, "相沢", (), ())
OTHER = Entity(EntityClass.PERSON, "久保", (), ())


def statement(begin: int, text: str, speaker: Entity | None = CHIEF, modality: Modality = Modality.FACT, negated: bool = False) -> Claim:
    return Claim(begin, begin + len(text), text, Attribution.INDIRECT_SPEECH, modality, negated, "to-topic", 0.9, speaker=speaker)


def proposition(
    begin: int,
    modality: Modality = Modality.FACT,
    negated: bool = False,
    name: str = "releases",
    ends: tuple[Entity, Entity] = (FIRM, PLANT),
    date: str | None = None,
) -> Claim:
    words = "三橋電機はハヤテを発売する"
    return Claim(
        begin, begin + 13, words, Attribution.NARRATION, modality, negated, "f", 0.9, subject=ends[0], property=name, object=ends[1], date=date
    )


def links(*claims: Claim) -> list[tuple[list[int], list[int], list[int]]]:
    """By place: what each claim restates, contradicts, supersedes."""
    made = linked(claims)
    return [tuple([made.index(o) for o in group] for group in (c.restates, c.contradicts, c.supersedes)) for c in made]  # type: ignore[misc]


ALONE: tuple[list[int], list[int], list[int]] = ([], [], [])


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "欧州の工場は来年に閉鎖"), "restates"),
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "欧州の工場は来年に閉鎖", speaker=None), "restates"),
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "欧州の工場は来年に閉鎖", speaker=OTHER), None),
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "欧州の工場は来年に閉鎖", modality=Modality.PLAN), None),
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "欧州の工場は来年閉鎖しない", speaker=OTHER, negated=True), "contradicts"),
        (statement(0, "欧州の工場を来年閉鎖する"), statement(50, "米国の工場は増産が続いている"), None),
        (statement(0, "順調だ"), statement(50, "順調だ"), None),
        (proposition(0), proposition(50), "restates"),
        (proposition(0), proposition(50, negated=True), "contradicts"),
        (proposition(0, Modality.PLAN), proposition(50, Modality.PLAN, negated=True), "contradicts"),
        (proposition(0, Modality.CONSIDERATION), proposition(50, Modality.PLAN, negated=True), None),
        (proposition(0, Modality.CONSIDERATION), proposition(50, Modality.PLAN), "supersedes"),
        (proposition(0, Modality.CONSIDERATION), proposition(50), "supersedes"),
        (proposition(0, Modality.PLAN), proposition(50), "supersedes"),
        (proposition(0), proposition(50, Modality.PLAN), None),
        (proposition(0, Modality.PLAN, date="2024-05"), proposition(50, date="2023"), None),
        (proposition(0, Modality.PLAN, date="2024"), proposition(50, date="2024-05"), "supersedes"),
        (proposition(0, Modality.POSSIBILITY), proposition(50), None),
        (proposition(0, Modality.PLAN), proposition(50, name="abandons"), "supersedes"),
        (proposition(0, Modality.PLAN), proposition(50, name="suspends"), "supersedes"),
        (proposition(0), proposition(50, name="uses"), None),
        (proposition(0), proposition(50, ends=(RIVAL, PLANT)), None),
        (proposition(0, name="partnersWith", ends=(FIRM, RIVAL)), proposition(50, name="partnersWith", ends=(RIVAL, FIRM)), "restates"),
        (proposition(0, name="acquires", ends=(FIRM, RIVAL)), proposition(50, name="acquires", ends=(RIVAL, FIRM)), None),
        (proposition(0), replace(proposition(0), modality=Modality.PLAN), None),
    ],
)
def test_pairs(earlier: Claim, later: Claim, found: str | None) -> None:
    first, second = linked([earlier, later])
    kinds = {"restates": second.restates, "contradicts": second.contradicts, "supersedes": second.supersedes}
    assert {kind for kind, others in kinds.items() if others} == ({found} if found else set())
    assert all(others == (first,) for others in kinds.values() if others)
    assert not (first.restates or first.contradicts or first.supersedes)


def test_three_stages() -> None:
    made = links(proposition(0, Modality.CONSIDERATION), proposition(50, Modality.PLAN), proposition(99, name="abandons"))
    assert made == [ALONE, ([], [], [0]), ([], [], [0, 1])]


def test_parts_keep_their_statement() -> None:
    """What is rebuilt points at what is rebuilt, in the order given, and says what it said."""
    host = statement(0, "三橋電機はハヤテを発売する")
    part = replace(proposition(0), statement=host, attribution=host.attribution)
    again = statement(60, "三橋電機がハヤテを発売する方針")
    first, second, third = linked([host, part, again])
    assert second.statement is first and third.restates == (first,)
    assert [c.text for c in (first, second, third)] == [host.text, part.text, again.text]


def test_statement_outside_the_claims() -> None:
    host = statement(0, "三橋電機はハヤテを発売する")
    (part,) = linked([replace(proposition(0), statement=host)])
    assert part.statement is not None and part.statement.text == host.text


def test_entities_of_two_articles_meet_by_name() -> None:
    same = Entity(EntityClass.ORGANIZATION, "三橋電機", ("三橋",), ())
    first, second = linked([proposition(0), proposition(50, ends=(same, PLANT))])
    assert second.restates == (first,)


@pytest.mark.model
def test_denial_in_an_article() -> None:
    text = "三橋電機が北浜精機を買収すると、関係者が明らかにした。三橋電機の相沢社長は「当社が北浜精機を買収することはない」と述べた。"
    (found,) = read([Document("example", text)])
    parts = [c for c in found.claims if c.property == "acquires"]
    assert [c.negated for c in parts] == [False, True]
    assert parts[1].contradicts == (parts[0],) and parts[1].statement in found.claims


def test_what_is_said_again_and_again_is_held_against_the_last_few() -> None:
    """The links of a text that repeats itself grow with its length, not with the square of it."""
    found = links(*(proposition(n * 20) for n in range(200)))
    assert all(len(restates) <= 30 for restates, _, _ in found)
    assert found[1][0] == [0] and found[150][0][-1] == 149
