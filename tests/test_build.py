"""The whole way on the real model: the seed article, the same bytes everywhere, and what every reader of Turtle sees."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic

import kg
from kg import shacl, turtle
from kg.vocab import KG

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def seed() -> Graph:
    return kg.build(ROOT / "seeds")


def _named(graph: Graph, name: str, kind: URIRef | None = None) -> set[URIRef]:
    nodes = {*graph.subjects(SKOS.prefLabel, Literal(name, lang="ja")), *graph.subjects(SKOS.altLabel, Literal(name, lang="ja"))}
    return {node for node in nodes if isinstance(node, URIRef) and (kind is None or (node, RDF.type, kind) in graph)}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, KG.Organization) for name in ("Meta", "OpenAI", "Anthropic", "Google DeepMind", "xAI")),
        ("Superintelligence Lab", KG.Organization),
        *((name, KG.Model) for name in ("Behemoth", "Llama", "DeepSeek", "Moonshot AI")),
        *((name, KG.Outlet) for name in ("The New York Times", "TechCrunch")),
        ("Mark Zuckerberg", KG.Person),
    ],
)
def test_a_reader_finds_the_names_of_the_seed_under_their_classes(seed: Graph, name: str, kind: URIRef) -> None:
    assert kind in {found for node in _named(seed, name) for found in seed.objects(node, RDF.type)}


def test_the_article_has_its_headline_as_title_and_cites_what_it_names(seed: Graph) -> None:
    (article,) = seed.subjects(RDF.type, KG.Article)
    cited = {str(label) for source in seed.objects(article, KG.cites) for label in seed.objects(source, SKOS.prefLabel)}

    assert str(seed.value(article, DCTERMS.title)) == "Metaの新Superintelligence LabでBehemothプロジェクト停止"
    assert {"The New York Times", "TechCrunch", "情報筋"} <= cited


def test_the_lab_considers_leaving_behemoth_on_the_word_of_the_new_york_times(seed: Graph) -> None:
    (lab,), (model,), (outlet,) = _named(seed, "Superintelligence Lab"), _named(seed, "Behemoth", KG.Model), _named(seed, "The New York Times")
    claims = set(seed.subjects(RDF.subject, lab)) & set(seed.subjects(RDF.object, model)) & set(seed.subjects(RDF.predicate, KG.abandons))

    assert any((claim, KG.accordingTo, outlet) in seed and (claim, KG.modality, KG.Consideration) in seed for claim in claims)
    assert (lab, KG.abandons, model) not in seed


def test_the_spokesperson_says_that_the_position_has_not_changed(seed: Graph) -> None:
    said = [
        claim for claim, text in seed.subject_objects(KG.text) if str(text).endswith("「変わっていない」") and (claim, RDF.type, KG.Claim) in seed
    ]
    speakers = {str(label) for claim in said for speaker in seed.objects(claim, KG.speaker) for label in seed.objects(speaker, SKOS.prefLabel)}

    assert "広報担当者" in speakers
    assert any((claim, KG.negated, Literal(True)) in seed for claim in said)


def test_the_seed_s_graph_keeps_the_shapes(seed: Graph) -> None:
    assert [str(each) for each in shacl.check(seed).violations] == []


def test_every_claim_and_mention_covers_its_words(seed: Graph) -> None:
    text = (ROOT / "seeds" / "seed.txt").read_bytes().decode("utf-8")

    for node, words in seed.subject_objects(KG.text):
        begin, end = (int(str(seed.value(node, term))) for term in (KG.beginOffset, KG.endOffset))
        assert text[begin:end] == str(words)


def test_no_name_begins_or_ends_with_a_space(seed: Graph) -> None:
    names = {str(name) for label in (SKOS.prefLabel, SKOS.altLabel) for name in seed.objects(None, label)}

    assert [name for name in names if name != " ".join(name.split())] == []


def test_a_sentence_without_an_end_costs_no_more_than_its_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Metaは公表した。\n" + "市長が新計画を公表し、担当者が説明し、" * 500 + "\nMetaは発表した。", encoding="utf-8")
    start = time.process_time()

    graph = kg.build(tmp_path)

    assert _named(graph, "Meta")
    assert time.process_time() - start < 20


def test_rdflib_and_pyoxigraph_read_the_same_triples_and_writing_again_gives_the_same_bytes(seed: Graph) -> None:
    written = turtle.dumps(seed)
    by_rdflib = Graph().parse(data=written, format="turtle")
    by_oxigraph = Graph()
    for triple in pyoxigraph.parse(written.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        by_oxigraph.parse(data=f"{triple.subject} {triple.predicate} {triple.object} .", format="nt")

    assert to_isomorphic(by_rdflib) == to_isomorphic(by_oxigraph) == to_isomorphic(seed)
    assert turtle.dumps(turtle.loads(written)) == written


def test_another_order_another_folder_another_process_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one" / "articles", tmp_path / "other" / "texts"
    shutil.copytree(ROOT / "benchmarks" / "articles", one)
    shutil.copytree(ROOT / "benchmarks" / "articles", other)
    shutil.copy(ROOT / "seeds" / "seed.txt", one / "seed.txt")

    first = _built(tmp_path / "g1", one, hash_seed="1")
    second = _built(tmp_path / "g2", ROOT / "seeds" / "seed.txt", other, hash_seed="4711")

    assert first == second


def _built(out: Path, *paths: Path, hash_seed: str) -> dict[str, bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, "-m", "kg", "build", *map(str, paths), "--out", str(out), "-q"], cwd=out.parent, env=environment, check=True)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}
