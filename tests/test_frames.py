"""Every row of the relation tables fires on its own sentence, and says only what the ontology has."""

from __future__ import annotations

from collections import Counter

import pytest
from marked import fires, relations, unmark

from kg.lexicon import LexiconError, Row, rows
from kg.model import Document, EntityClass
from kg.pipeline import read
from kg.relation.construction import constructions, titles
from kg.relation.frame import frame, frames
from kg.relation.select import ENDS


@pytest.mark.parametrize("table", ["frames.tsv", "constructions.tsv", "crowd.tsv"])
def test_rows_fire_on_their_sentences(table: str) -> None:
    found = relations(tuple(row["sentence"] for row in rows(table)))
    silent = [f"{r.rule} {r['sentence']}" for r in rows(table) if not fires(found[r["sentence"]], r.rule, unmark(r["sentence"]))]
    assert not silent, silent


def test_parts_of_a_specification_are_read_on_their_lines() -> None:
    table = [(row.rule, row["sentence"].replace("\\n", "\n")) for row in rows("parts.tsv")]
    found = relations(tuple(sentence for _, sentence in table))
    measures = [row.rule for row in rows("parts.tsv") if row["kind"] == "measure"]  # show by the family's row
    silent = [
        rule
        for rule, sentence in table
        if not any(fires(found[sentence], p.rule if rule in measures else rule, unmark(sentence)) for p in found[sentence])
    ]
    assert not silent, silent


def test_stances_without_a_target_are_read_on_their_sentences() -> None:
    table = rows("reactions.tsv")
    found = relations(tuple(row["sentence"] for row in table))
    rules = {row.rule for row in table if row["kind"] == "feeling"}
    silent = []
    for row in table:
        wanted = rules if row["kind"] == "shown" else {row.rule}
        if not any(fires(found[row["sentence"]], rule, unmark(row["sentence"])) for rule in wanted):
            silent.append(f"{row.rule} {row['sentence']} {[(p.subject.name, p.property, p.object.name, p.rule) for p in found[row['sentence']]]}")
    assert not silent, silent


def test_what_is_done_to_something_is_a_course_on_its_sentence() -> None:
    table = [row for row in rows("courses.tsv") if row["kind"] == "act"]
    articles = read(Document(str(number), row["sentence"]) for number, row in enumerate(table))
    courses = [[n for e in each.entities if e.type is EntityClass.STRATEGY for n in (e.name, *e.aliases)] for each in articles]
    silent = [f"{row.rule} {row['sentence']}" for row, names in zip(table, courses, strict=True) if not any(row["word"] in n for n in names)]
    assert not silent, silent


def test_an_offer_is_no_course_where_only_its_time_or_place_is_told() -> None:
    table = [row for row in rows("courses.tsv") if row["kind"] == "offer"]
    articles = read(Document(str(number), row["sentence"]) for number, row in enumerate(table))
    assert not [e.name for each in articles for e in each.entities if e.type is EntityClass.STRATEGY]
    (free,) = read([Document("free", "青葉電機はモデルの無償公開を検討している。")])
    assert [e.name for e in free.entities if e.type is EntityClass.STRATEGY] == ["モデルの無償公開"]


def test_frames_cover_every_property() -> None:
    count = Counter(f.property for those in frames().values() for f in those)
    assert set(count) == set(ENDS)
    assert sum(count.values()) >= 400


def test_constructions_know_only_properties_of_the_ontology() -> None:
    assert {c.property for c in constructions()} <= set(ENDS)


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("property", "owns", "property 'owns'"),
        ("subject", "gaa", "case 'gaa'"),
        ("polarity", "?", "polarity '?'"),
        ("when", "kind=noun", "condition 'kind=noun'"),
        ("when", "object=X", "class 'X'"),
        ("when", "ni=@chair", "posts '@chair'"),
    ],
)
def test_a_wrong_row_is_named(column: str, value: str, wanted: str) -> None:
    fields = {"lemma": "開発", "when": "", "property": "develops", "subject": "ga", "object": "wo", "modality": "", "polarity": "+", "sentence": ""}
    with pytest.raises(LexiconError, match=r"frames\.tsv:7: ") as error:
        frame(Row("frames.tsv:7", {**fields, column: value}))
    assert wanted in str(error.value)


def test_titles_of_every_kind_are_known() -> None:
    assert all(titles(kind) for kind in ("lead", "member", "founder"))
