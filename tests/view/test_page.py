"""The page's text: the same graph gives the same bytes, nothing in it leaves its place, it stays small."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import graphs
import pytest
from rdflib import DCTERMS, RDFS, Graph, Literal, URIRef

from kg.view import page, write_page
from kg.view.data import content
from kg.view.net import DASHES, SHAPES, pack, relations
from kg.view.render import embedded
from kg.vocab import BETWEEN_ENTITIES, ENTITY_CLASSES, KG, NIF

VIEW = Path(__file__).resolve().parents[2] / "kg" / "view"
SAMPLE = Path(__file__).with_name("sample.ttl")


def strings(code: str) -> dict[str, object]:
    return json.loads((VIEW / f"strings.{code}.json").read_text(encoding="utf-8"))


def data_of(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_fixture_is_what_its_author_writes() -> None:
    assert set(Graph().parse(SAMPLE)) == set(graphs.sample())


def test_the_same_graph_gives_the_same_page_in_any_order_from_file_or_memory() -> None:
    triples = sorted(graphs.sample(), key=str)
    random.Random(3).shuffle(triples)
    shuffled = Graph()
    for triple in triples:
        shuffled.add(triple)

    assert page(shuffled) == page(graphs.sample()) == page(SAMPLE)


def test_what_a_text_holds_cannot_end_the_data_block() -> None:
    hostile = "</script><script>alert(1)</script><!--&amp;\u2028\u2029"
    text = embedded({"a": hostile})

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["a"] == hostile


def test_a_title_is_text() -> None:
    text = page(graphs.sample(), title="</title><script>x</script>")

    assert "<script>x" not in text
    assert "&lt;/title&gt;" in text


def test_every_script_of_the_page_is_in_its_policy() -> None:
    import base64
    import hashlib

    text = page(graphs.sample())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)

    assert policy and len(scripts) == 2
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy[1].replace("&#43;", "+").replace("&#39;", "'")
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]


def test_statement_and_propositions_are_one_card_and_a_sentences_triples_too() -> None:
    rows = content(graphs.sample())

    assert len(rows.claims) == 23
    assert len(rows.cards) == 16
    rivals = [c for c in rows.cards if len(c) == 2 and rows.claims[c[0]].predicate == "competesWith"]
    assert len(rivals) == 1


def test_claims_of_one_triple_that_differ_are_edges_apart() -> None:
    rows = content(graphs.sample())
    apart = [e for e in relations(rows) if e.predicate == "suspends"]

    assert {(e.modality, e.negated, e.attribution) for e in apart} == {
        ("Consideration", False, "IndirectSpeech"),
        ("Fact", True, "DirectQuote"),
        ("Plan", False, "IndirectSpeech"),
    }


def test_a_triple_without_a_claim_is_an_edge_without_evidence() -> None:
    graph = graphs.sample()
    one, other = URIRef(graphs.BASE + "organization/ソラリス社"), URIRef(graphs.BASE + "organization/ハルカ技研")
    graph.add((one, KG.partnersWith, other))

    found = [e for e in relations(content(graph)) if e.predicate == "partnersWith"]
    assert [e.claims for e in found] == [()]


def test_words_that_do_not_stand_there_are_known_not_to() -> None:
    graph = graphs.sample()
    claim = next(graph.subjects(KG.text, Literal("事実ではない", "ja")))
    graph.set((claim, KG.beginOffset, Literal(0)))

    assert [c.words for c in content(graph).claims if not c.stands] == ["事実ではない"]


def test_a_graph_without_text_or_types_or_offsets_still_makes_a_page() -> None:
    graph = graphs.sample()
    graph.remove((None, NIF.isString, None))
    graph.remove((None, KG.beginOffset, None))
    graph.remove((None, DCTERMS.title, None))
    graph.remove((None, RDFS.label, None))

    assert not any(c.stands for c in content(graph).claims)
    assert len(data_of(page(graph))["things"]["label"]) == 13


def test_an_empty_graph_makes_a_page() -> None:
    assert data_of(page(Graph()))["claims"]["count"] == 0


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("no turtle", encoding="utf-8")

    with pytest.raises(ValueError, match=r"broken\.ttl:1"):
        page(path)


def test_the_page_is_written_as_utf_8_with_plain_line_ends(tmp_path: Path) -> None:
    size = write_page(SAMPLE, tmp_path / "g.html")
    data = (tmp_path / "g.html").read_bytes()

    assert size == len(data)
    assert b"\r\n" not in data
    assert "𠮷田研究所" in data.decode("utf-8")


def test_a_page_takes_six_tenths_of_a_megabyte_and_250_bytes_a_node() -> None:
    for nodes, articles in ((0, 1), (200, 5), (2000, 50)):
        graph = graphs.big(nodes, articles) if nodes else Graph()
        text = sum(len(str(o).encode()) for o in graph.objects(None, NIF.isString))
        assert len(page(graph).encode()) - text <= 600_000 + 250 * nodes


def test_a_graph_beyond_what_a_browser_shows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.render.MOST_NODES", 10)

    with pytest.raises(ValueError, match="29 entities and claims, at most 10 wanted"):
        page(graphs.sample())


def test_both_languages_have_the_same_words_and_every_term_of_the_ontology() -> None:
    def keys(value: object, path: str = "") -> set[str]:
        return set().union(*(keys(v, f"{path}.{k}") for k, v in value.items())) if isinstance(value, dict) else {path}

    assert keys(strings("ja")) == keys(strings("en"))
    terms = strings("ja")["term"]
    local = {str(x).rsplit("#")[-1] for x in (*BETWEEN_ENTITIES, *ENTITY_CLASSES)}
    assert local <= set(terms)
    assert {str(c).rsplit("#")[-1] for c in ENTITY_CLASSES} <= set(SHAPES)
    assert set(DASHES) <= set(terms)


def test_columns_come_back_as_rows() -> None:
    assert pack([{"a": 1, "b": 2}, {"a": 1, "b": 3}]) == {"count": 2, "same": {"a": 1}, "columns": {"b": [2, 3]}}
    assert pack([{"a": True}, {"a": 1}])["same"] == {}


def test_a_notebook_shows_it_in_a_frame() -> None:
    assert page(Graph())._repr_html_().startswith('<iframe sandbox="allow-scripts')
