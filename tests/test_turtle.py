"""Turtle: the same bytes from any order, the same triples in every reader, the same bytes when written again."""

import random

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from sample import READING

from kg import iri, turtle
from kg.graph import to_graph
from kg.vocab import BASE, KG

NODE = URIRef(f"{BASE}organization/Meta")


def oxigraph(text: str) -> set[str]:
    return {str(triple) for triple in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)}


def rdflib_as_oxigraph(graph: Graph) -> set[str]:
    lines = graph.serialize(format="nt").encode()
    return {str(triple) for triple in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)}


def assert_round_trip(graph: Graph) -> None:
    text = turtle.dumps(graph)
    by_rdflib = Graph().parse(data=text, format="turtle")
    assert isomorphic(by_rdflib, graph)
    assert rdflib_as_oxigraph(by_rdflib) == oxigraph(text)
    assert turtle.dumps(by_rdflib) == text
    assert turtle.dumps(turtle.loads(text)) == text
    assert set(turtle.loads(text)) == set(graph)


def test_a_reading_survives_every_reader_and_writing_again():
    assert_round_trip(to_graph(READING))


def test_a_base_of_ones_own_survives_too():
    assert_round_trip(to_graph(READING, base="https://example.org/場所"))


def test_the_order_of_the_triples_changes_nothing():
    graph = to_graph(READING)
    triples = sorted(graph, key=str)
    for seed in range(5):
        random.Random(seed).shuffle(triples)
        shuffled = Graph(bind_namespaces="none")
        for prefix, namespace in reversed(list(graph.namespaces())):
            shuffled.bind(prefix, namespace)
        for triple in triples:
            shuffled.add(triple)
        assert turtle.dumps(shuffled) == turtle.dumps(graph)


STRING = URIRef("http://www.w3.org/2001/XMLSchema#string")
HOSTILE = "\"'\\\n\r\t>< 𠮷😀「」@^.;,#%～~/\u2028\ufeff\x85\x00"
WORDS = st.text(st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(HOSTILE)), min_size=1)


@given(WORDS, WORDS)
def test_any_name_and_any_words_survive(name, words):
    graph = Graph()
    graph.bind("organization", f"{BASE}organization/")
    node = URIRef(f"{BASE}organization/{iri.segment(name)}")
    graph.add((node, RDFS.label, Literal(name, lang="ja")))
    graph.add((node, KG.rule, Literal(words)))
    assert_round_trip(graph)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Literal(12), "12"),
        (Literal("007", datatype=STRING), '"007"'),
        (Literal(True), "true"),
        (Literal(0.8), '"0.8"^^xsd:double'),
        (Literal(1.0), '"1.0"^^xsd:double'),
        (Literal("@handle ^^"), '"@handle ^^"'),
        (Literal("改\n行\r\n", lang="ja"), '"改\\n行\\r\\n"@ja'),
        (Literal('"\\', lang="en"), '"\\"\\\\"@en'),
        (URIRef(f"{BASE}organization/"), f"<{BASE}organization/>"),
        (URIRef("urn:x:y"), "<urn:x:y>"),
        (URIRef(f"{BASE}organization/Moonshot%20AI"), f"<{BASE}organization/Moonshot%20AI>"),
        (URIRef(f"{BASE}organization/メタ社"), "organization:メタ社"),
    ],
)
def test_terms_are_written_one_way(value, written):
    graph = Graph()
    graph.bind("organization", f"{BASE}organization/")
    graph.add((NODE, KG.rule, value))
    assert turtle.dumps(graph).splitlines()[-1] == f"organization:Meta kg:rule {written} ."


def test_prefixes_of_other_programs_change_no_byte():
    graph = to_graph(READING)
    before = turtle.dumps(graph)
    graph.bind("foreign", "https://w3id.org/kg-ja/ontology/")
    graph.bind("ns1", "https://example.org/")
    assert turtle.dumps(graph) == before


def test_an_empty_graph_is_an_empty_file():
    assert turtle.dumps(Graph()) == ""
    assert len(turtle.loads("")) == 0


@pytest.mark.parametrize("bad", [BNode(), URIRef("https://example.org/a b"), URIRef("https://example.org/<script>")])
def test_what_no_reader_would_take_is_refused(bad):
    graph = Graph()
    graph.add((NODE, KG.about, bad))
    with pytest.raises(ValueError, match="wanted"):
        turtle.dumps(graph)


def test_a_file_that_is_no_turtle_is_named_with_its_line(tmp_path):
    file = tmp_path / "graph.ttl"
    file.write_text("@prefix a: <urn:a:> .\na:b a:c\n.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"graph\.ttl:\d: .*Turtle wanted"):
        turtle.read(tmp_path)


def test_blank_nodes_are_refused_on_reading():
    with pytest.raises(ValueError, match="blank node"):
        turtle.loads("[] <urn:p> 1 .")


def test_a_file_with_a_byte_order_mark_is_read():
    assert len(turtle.loads(b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .")) == 1


def test_writing_replaces_the_file_whole(tmp_path):
    file = tmp_path / "graph.ttl"
    file.write_text("old", encoding="utf-8")
    turtle.write(to_graph(READING), file)
    assert set(turtle.read(tmp_path)) == set(to_graph(READING))
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    file = tmp_path / "graph.ttl"
    file.write_text("old", encoding="utf-8")
    graph = Graph()
    graph.add((NODE, KG.about, BNode()))
    with pytest.raises(ValueError, match="blank"):
        turtle.write(graph, file)
    assert file.read_text(encoding="utf-8") == "old"
