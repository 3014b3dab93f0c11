"""Corrections change values of a reading, never an IRI, and say what they found nothing for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sample
from rdflib import RDF, RDFS, Literal, URIRef

from kg.corrections import RULE, Correction, apply, read, unmatched
from kg.graph import names, to_graph
from kg.model import EntityClass, Modality, Reading
from kg.vocab import BASE, KG


def reading() -> Reading:
    return sample.READING


def claim_id(claim: object) -> str:
    return BASE + names(reading())[1][claim]


def entity_id(entity: object) -> str:
    return BASE + names(reading())[0][entity]


def test_a_corrected_modality_keeps_the_iri_and_names_its_rule() -> None:
    fixed, missed = apply(reading(), [Correction("claim", claim_id(sample.CONSIDERS), "modality", "Plan")])
    graph = to_graph(fixed)
    node = URIRef(claim_id(sample.CONSIDERS))

    assert missed == ()
    assert (node, KG.modality, KG.Plan) in graph
    assert (node, KG.rule, Literal(RULE)) in graph
    assert set(to_graph(reading()).subjects(RDF.type, KG.Claim)) == set(graph.subjects(RDF.type, KG.Claim))


def test_a_corrected_denial_is_no_plain_triple() -> None:
    plain = (URIRef(entity_id(sample.SAMPLE)), KG.develops, URIRef(entity_id(sample.YOSHINO)))
    assert plain in to_graph(reading())

    fixed, _ = apply(reading(), [Correction("claim", claim_id(sample.DEVELOPS), "negated", True)])

    assert plain not in to_graph(fixed)


def test_a_wrong_statement_goes_with_its_propositions() -> None:
    fixed, _ = apply(reading(), [Correction("claim", claim_id(sample.RUMOUR), "verdict", "wrong")])

    kept = {c.text for c in fixed.claims}
    assert sample.RUMOUR.text not in kept
    assert len(fixed.claims) == len(reading().claims) - 2


def test_a_right_claim_is_certain_and_keeps_its_rule() -> None:
    fixed, _ = apply(reading(), [Correction("claim", claim_id(sample.DEVELOPS), "verdict", "right")])

    found = next(c for c in fixed.claims if c.property == "develops")
    assert (found.confidence, found.rule) == (1.0, sample.DEVELOPS.rule)


def test_a_speaker_is_the_statements_and_its_propositions() -> None:
    who = Correction("claim", claim_id(sample.CONSIDERS), "speaker", entity_id(sample.KURODA), "クロダ工業", EntityClass.ORGANIZATION)
    fixed, _ = apply(reading(), [who])

    said = [c for c in fixed.claims if c.text == sample.RUMOUR.text]
    assert len(said) == 2
    assert all(c.speaker is not None and c.speaker.name == "クロダ工業" and c.rule == RULE for c in said)


def test_a_speaker_can_be_taken_away() -> None:
    fixed, _ = apply(reading(), [Correction("claim", claim_id(sample.QUOTE), "speaker", None)])

    assert next(c for c in fixed.claims if c.text == sample.QUOTE.text).speaker is None


def test_name_and_class_change_and_the_old_name_becomes_an_alias() -> None:
    node = URIRef(entity_id(sample.KURODA))
    fixed, _ = apply(reading(), [Correction("entity", str(node), "name", "クロダ工業会"), Correction("entity", str(node), "class", "Outlet")])
    graph = to_graph(fixed)

    assert [str(v) for v in graph.objects(node, RDFS.label)] == ["クロダ工業会"]
    assert (node, RDF.type, KG.Outlet) in graph
    assert "クロダ工業" in next(e for e in fixed.entities if e.name == "クロダ工業会").aliases


def test_two_entities_become_one() -> None:
    one, other = entity_id(sample.KURODA), entity_id(sample.YOSHINO)
    fixed, _ = apply(reading(), [Correction("entity", one, "sameAs", other, "𠮷野Ⅱ", EntityClass.MODEL)])
    graph = to_graph(fixed)

    assert URIRef(one) not in set(graph.subjects())
    assert (None, RDF.object, URIRef(other)) in graph
    kept = next(e for e in fixed.entities if e.name == "𠮷野Ⅱ")
    assert "クロダ工業" in kept.aliases
    assert len(kept.mentions) == len(sample.KURODA.mentions) + len(sample.YOSHINO.mentions)


def test_an_entity_of_another_article_gives_its_name_and_iri() -> None:
    far = BASE + "organization/クロダ"
    fixed, missed = apply(reading(), [Correction("entity", entity_id(sample.KURODA), "sameAs", far, "クロダ", EntityClass.ORGANIZATION)])

    assert missed == ()
    assert (URIRef(far), RDFS.label, Literal("クロダ", "ja")) in to_graph(fixed)


def test_a_circle_of_sames_is_one_entity() -> None:
    one, other = entity_id(sample.KURODA), entity_id(sample.SAMPLE)
    fixed, _ = apply(reading(), [Correction("entity", one, "sameAs", other, "サンプル社"), Correction("entity", other, "sameAs", one, "クロダ工業")])

    assert len({e for e in fixed.entities if e.type is EntityClass.ORGANIZATION}) == 1


def test_what_matches_nothing_is_said() -> None:
    lost = Correction("claim", BASE + "claim/0", "modality", "Plan")
    same, missed = apply(reading(), [lost])

    assert same is reading()
    assert missed == (lost,)
    assert unmatched([missed, ()]) == ()
    assert unmatched([missed, missed]) == (lost,)


def test_the_same_file_gives_the_same_graph(tmp_path: Path) -> None:
    rows = [
        {
            "kind": "claim",
            "id": claim_id(sample.CONSIDERS),
            "field": "modality",
            "old": "Consideration",
            "new": "Plan",
            "time": "2026-01-01T00:00:00Z",
        },
        {"kind": "entity", "id": entity_id(sample.KURODA), "field": "name", "old": "クロダ工業", "new": "黒田工業"},
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")

    once, again = (set(to_graph(apply(reading(), read(path))[0])) for _ in range(2))

    assert once == again
    assert read(path)[0].new == Modality.PLAN


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "a JSON object wanted"),
        ("[]", "kind None"),
        ('{"kind": "claim", "id": "x", "field": "class", "new": "Model"}', "field 'class' found"),
        ('{"kind": "claim", "id": "x", "field": "modality", "new": "Maybe"}', "'Maybe' found as modality"),
        ('{"kind": "claim", "id": "x", "field": "negated", "new": "no"}', "True or False wanted"),
        ('{"kind": "entity", "id": "x", "field": "name", "new": " "}', "a text wanted"),
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"c\.jsonl:2: ") as error:
        read(path)
    assert complaint in str(error.value)
