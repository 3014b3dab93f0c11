"""The figures: by hand on the sample, and equal to those of the gold's own script where the gold is at hand."""

import importlib.util
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from rdflib import RDF, Graph, Literal, URIRef
from sample import CONSIDERS, INSIDER, QUOTE, READING, SPOKESPERSON, TEXT

from kg.evaluation import evaluate
from kg.graph import to_graph, union
from kg.model import Attribution, Claim, Document, Entity, EntityClass, Form, Mention, Modality, Reading
from kg.vocab import KG

GOLD = {
    "entities": [
        {"id": "sample", "type": "Organization", "name": "サンプル社", "aliases": ["サンプル"]},
        {"id": "kuroda", "type": "Organization", "name": "クロダ工業"},
        {"id": "yoshino", "type": "Model", "name": "𠮷野Ⅱ"},
        {"id": "insider", "type": "UnnamedSource", "name": "関係者"},
        {"id": "press", "type": "Person", "name": "広報担当者"},
    ],
    "relations": [
        {"s": "sample", "p": "develops", "o": "yoshino", "modality": "Fact", "negated": False},
        {"s": "sample", "p": "acquires", "o": "kuroda", "modality": "Consideration", "negated": False},
        {"s": "sample", "p": "acquires", "o": "kuroda", "modality": "Fact", "negated": True},
        {"s": "kuroda", "p": "partnersWith", "o": "sample", "modality": "Fact", "negated": False},
    ],
    "claims": [
        {"text": "同社はクロダ工業の買収を検討している", "speaker": None, "according_to": "insider",
         "kind": "IndirectSpeech", "modality": "Consideration", "negated": False},
        {"begin": 57, "end": 67, "speaker": "press", "kind": "DirectQuote", "modality": "Fact", "negated": True},
    ],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path) -> Path:
    return annotate(tmp_path, GOLD)


def annotate(folder: Path, what: object) -> Path:
    (folder / "sample.txt").write_text(TEXT, encoding="utf-8")
    (folder / "sample.yaml").write_text(yaml.safe_dump(what, allow_unicode=True), encoding="utf-8")
    return folder


def test_a_perfect_graph_scores_one(gold):
    figures = evaluate(to_graph(READING), gold, gold)
    assert [figures.figure(name) for name in ("entity", "named", "name", "relation", "relation+", "attribution", "quote span")] == [1.0] * 7
    assert [figures.figure(name) for name in ("certainty", "source", "all")] == [1.0] * 3
    assert (figures.articles, figures.found, figures.faults) == (1, 1, {})
    assert "\n".join(figures.lines(errors=True)).startswith("== sample\nentity       P 1.000  R 1.000  F1 1.000  hit 5  predicted 5  gold 5\n")


def test_a_wrong_type_a_wrong_modality_and_a_wrong_speaker_cost_what_they_should(gold):
    wrong = replace(
        READING,
        entities=(*READING.entities[:-1], replace(SPOKESPERSON, type=EntityClass.MODEL)),
        claims=(replace(CONSIDERS, modality=Modality.FACT, statement=None), replace(QUOTE, speaker=INSIDER)),
    )
    figures = evaluate(to_graph(wrong), gold, gold)
    assert figures.counts["entity"].row() == {"P": 0.8, "R": 0.8, "F1": 0.8, "hit": 4, "predicted": 5, "gold": 5}
    assert figures.figure("relation") == 0.5
    assert figures.figure("relation+") == 0.0
    assert (figures.counts["attribution"].hit, figures.counts["quote span"].hit) == (18, 28)
    assert (figures.figure("certainty"), figures.figure("source")) == (0.0, 1.0)
    (errors,) = figures.errors
    assert errors.relations_missed == ("kuroda partnersWith sample", "sample develops yoshino")
    assert errors.statements_missed == ("press: 当社は買収していない",)


def test_an_empty_graph_scores_nothing_and_says_what_is_missing(gold):
    figures = evaluate(Graph(), gold, gold)
    assert figures.figure("all") == 0.0
    assert figures.faults == {"no kg:Article with dcterms:source ending in sample.txt": 1}
    assert len(figures.errors[0].entities_missed) == 5
    with pytest.raises(ValueError, match="no such figure"):
        figures.figure("beauty")


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({**GOLD, "claims": [{**GOLD["claims"][1], "end": 999}]}, r"sample\.yaml: .*not in the article"),
        ({**GOLD, "claims": [{**GOLD["claims"][0], "text": "無い言葉"}]}, "not in the article"),
        ({"claims": []}, "entities"),
        ([], "wanted"),
    ],
)
def test_an_annotation_that_is_none_is_named(tmp_path, what, message):
    with pytest.raises(ValueError, match=message):
        evaluate(Graph(), annotate(tmp_path, what), tmp_path)


def test_a_folder_without_annotations_is_named(tmp_path):
    with pytest.raises(ValueError, match="no YAML found"):
        evaluate(Graph(), tmp_path, tmp_path)


if "KG_GOLD" in os.environ:
    FOLDER = Path(os.environ["KG_GOLD"])

    @pytest.mark.parametrize("part", ["dev", "real"])
    @pytest.mark.parametrize("seed", range(3))
    def test_figures_are_those_of_the_golds_own_script(part, seed):
        graph = spoiled(FOLDER / part, random.Random(seed))
        expected = script().score(graph, FOLDER / part, FOLDER / part / "texts")
        figures = evaluate(graph, FOLDER / part, FOLDER / part / "texts")
        assert figures.as_dict() == expected
        assert 0.05 < figures.figure("all") < 0.95
        assert figures.faults


def script():
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoiled(folder: Path, chance: random.Random) -> Graph:
    """The gold's own graph after errors of every kind: what is missed, mistaken, shifted, doubled and malformed."""
    graphs = [to_graph(remembered(path, folder / "texts" / f"{path.stem}.txt", chance)) for path in sorted(folder.glob("*.yaml"))[1:]]
    graph = union(graphs)
    claims = sorted(graph.subjects(RDF.type, KG.Claim))
    for claim in chance.sample(claims, 12):
        term = chance.choice([KG.modality, KG.negated, KG.attribution, KG.endOffset, KG.speaker, RDF.predicate])
        graph.remove((claim, term, None))
        for value in chance.choice([(), (Literal("?"),), (KG.Fact, KG.Need), (Literal("1"),)]):
            graph.add((claim, term, value))
    for article in chance.sample(sorted(graph.subjects(RDF.type, KG.Article)), 2):
        graph.add((article, KG.cites, URIRef("urn:nobody")))
    return graph


def remembered(path: Path, text_file: Path, chance: random.Random) -> Reading:
    raw, text = yaml.safe_load(path.read_text(encoding="utf-8")), text_file.read_text(encoding="utf-8")
    entities = {row["id"]: entity(row, text, chance) for row in raw["entities"]}
    of = {key: e if chance.random() > 0.05 else chance.choice(list(entities.values())) for key, e in entities.items()}
    claims = [proposition(row, of, chance) for row in raw.get("relations") or () if chance.random() > 0.2]
    claims += [statement(row, text, of, chance) for row in raw.get("claims") or () if chance.random() > 0.2]
    kept = tuple(e for e in entities.values() if chance.random() > 0.1)
    return Reading(Document(f"texts/{text_file.name}", text), kept, tuple(c for c in claims if c))


def entity(row: dict, text: str, chance: random.Random) -> Entity:
    kind = EntityClass(row["type"]) if chance.random() > 0.1 else chance.choice(list(EntityClass))
    names = [name for name in (row["name"], *(row.get("aliases") or ())) if chance.random() > 0.1] or ["名無し"]
    begin = max(text.find(names[0]), 0)
    place = Mention(begin, begin + len(names[0]), names[0], kind, Form.NAME, "gold", 1)
    return Entity(kind, names[0], tuple(names[1:]), (place,), local=chance.random() < 0.2)


def proposition(row: dict, of: dict, chance: random.Random) -> Claim:
    ends = [of[row["s"]], of[row["o"]]]
    return Claim(
        0, 5, "gold", Attribution.NARRATION, modality(row, chance), bool(row["negated"]) ^ (chance.random() < 0.1), "gold", 1,
        subject=ends[0], property=row["p"], object=ends[1],
    )  # fmt: skip


def statement(row: dict, text: str, of: dict, chance: random.Random) -> Claim:
    begin = row["begin"] if "begin" in row else text.find(row["text"])
    end = row["end"] if "begin" in row else begin + len(row["text"])
    begin, end = max(0, begin + chance.randint(-8, 4)), min(len(text), end + chance.randint(-2, 9))
    kind = Attribution(row["kind"]) if chance.random() > 0.2 else chance.choice(list(Attribution))
    speaker, source = (of.get(row.get(key)) if chance.random() > 0.15 else None for key in ("speaker", "according_to"))
    end = max(end, begin + 1)
    return Claim(begin, end, text[begin:end], kind, modality(row, chance), bool(row["negated"]), "gold", 1, speaker=speaker, source=source)


def modality(row: dict, chance: random.Random) -> Modality:
    return Modality(row["modality"]) if chance.random() > 0.15 else chance.choice(list(Modality))
