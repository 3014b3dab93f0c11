"""Queries: the named ones answer their question, rows are printed exactly, and no other machine is asked."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from sample import READING

from kg import sparql, turtle
from kg.graph import to_graph
from kg.lexicon import ontology

ASK = "SELECT ?o { <urn:a> rdfs:label ?o }"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return to_graph(READING)


@pytest.fixture(scope="module")
def file(graph, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("g") / "graph.ttl"
    turtle.write(graph, path)
    return path


def labelled(words: str) -> Graph:
    graph = Graph()
    graph.add((URIRef("urn:a"), RDFS.label, Literal(words, lang="ja")))
    return graph


def values(rows: sparql.Rows) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else term.value for term in row) for row in rows.rows]


def test_a_file_a_folder_and_a_graph_answer_alike(graph, file):
    expected = values(sparql.query(graph, "says-about"))
    assert values(sparql.query(file, "says-about")) == expected
    assert values(sparql.query(str(file.parent), "says-about")) == expected
    assert values(sparql.query(file, str(ontology() / "queries" / "says-about.rq"))) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("considered", [("サンプル社", "acquires", "クロダ工業", "Consideration", "false", "関係者", "見出し", "30")]),
        ("contradictions", [("サンプル社 → 買収する → クロダ工業(検討)", "関係者", "サンプル社 → 買収する → クロダ工業(否定)", "広報担当者")]),
        ("denied", [("当社は買収していない",), ("当社は買収していない", "サンプル社", "acquires", "クロダ工業", "Fact", "広報担当者")]),
        ("facts", [("サンプル社", "develops", "𠮷野Ⅱ"), ("サンプル社", "partnersWith", "クロダ工業")]),
        ("leads", []),
        ("models", [("𠮷野Ⅱ", "develops", "サンプル社", "Fact", "false", "", "見出し", "0")]),
        ("outlet-alone", []),
        ("rivals", [("クロダ工業", "partnersWith", "サンプル社", "Fact", "false", "1")]),
        ("says-about", [("広報担当者", "サンプル社", "当社は買収していない", "Fact", "true"), ("関係者", "クロダ工業"), ("関係者", "サンプル社")]),
        ("sources", [("見出し", "news/sample.txt", "関係者", "", "1")]),
        ("speakers", [("広報担当者", "DirectQuote", "Fact", "true", "1"), ("関係者", "IndirectSpeech", "Consideration", "false", "1")]),
        ("statements-by-unnamed-sources", [("関係者", "同社はクロダ工業の買収を検討している", "", "見出し", "30")]),
        ("strategies", []),
        ("timeline", [("2025-07", "", "サンプル社 → 提携する → クロダ工業", "Fact", "false", "見出し")]),
        ("unnamed-source-alone", [("サンプル社", "acquires", "クロダ工業", "false", "Consideration", "関係者", "1")]),
    ],
)
def test_a_named_query_answers_its_question(file, name, expected):
    found = values(sparql.query(file, name))
    if name == "contradictions":
        found = [row for row in found if row[0] == expected[0][0]]
    assert [row[: len(want)] for row, want in zip(found, expected, strict=True)] == expected


def test_every_named_query_is_tested_and_begins_with_its_question():
    (marker,) = test_a_named_query_answers_its_question.pytestmark
    assert {row[0] for row in marker.args[1]} == set(sparql.named())
    assert all(question.endswith("?") and " / " in question for question in sparql.named().values())


@pytest.mark.parametrize("name", sparql.named())
def test_a_named_query_declares_its_prefixes_and_is_sparql_for_rdflib_too(name):
    prepareQuery(sparql.resolved(name)[0])


def test_prefixes_of_the_graph_need_no_declaration(file):
    rows = sparql.query(file, "SELECT ?label { organization:クロダ工業 rdfs:label ?label }")
    assert values(rows) == [("クロダ工業",)]


def test_the_ontology_is_a_graph_beside_the_data(file):
    words = 'GRAPH <https://w3id.org/kg-ja/ontology> { kg:develops rdfs:label ?name FILTER(LANG(?name) = "en") }'
    asked = f"SELECT ?name {{ ?c rdf:predicate kg:develops {words} }}"
    assert values(sparql.query(file, asked)) == [("develops",)]
    assert values(sparql.query(file, "SELECT ?c { ?c a owl:Class }")) == []


def test_ask_and_construct(file):
    rows = sparql.query(file, "ASK { ?x a kg:Place }")
    assert (sparql.table(rows), sparql.csv(rows), json.loads(sparql.json(rows))) == ("no\n", "false\n", {"head": {}, "boolean": False})
    triples = sparql.query(file, "CONSTRUCT { ?m a kg:Model } { ?m a kg:Model }")
    assert triples.columns == ("subject", "predicate", "object") and len(triples.rows) == 1


HOSTILE = ['引用「"これ"」、', "a,b\nc", "𠮷野家😀", "\x1b[31mred\x07", "<script>", "'; DROP", "ゼロ\u200b幅", "が゚"]


@pytest.mark.parametrize("words", HOSTILE)
def test_csv_and_json_give_the_words_back(words):
    rows = sparql.query(labelled(words), ASK)
    assert list(csv.reader(sparql.csv(rows).splitlines(keepends=True)))[1:] == [[words]]
    assert json.loads(sparql.json(rows))["results"]["bindings"] == [{"o": {"type": "literal", "value": words, "xml:lang": "ja"}}]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_table_is_lines_without_anything_a_terminal_acts_on(words):
    lines = sparql.table(sparql.query(labelled(words), ASK)).splitlines()
    assert len(lines) == 3
    assert all(c.isprintable() for line in lines for c in line)


def test_a_table_counts_full_width_characters_as_two_and_fits_the_terminal(file):
    text = sparql.table(sparql.query(file, "SELECT ?a ?b { VALUES (?a ?b) { ('全角' 1) ('ab' 'x') (kg:develops 2) } }"))
    assert text.splitlines() == ["a            b", "───────────  ─", "ab           x", "全角         1", "kg:develops  2"]
    narrow = sparql.table(sparql.query(file, "says-about"), width=70).splitlines()
    assert max(map(sparql._columns, narrow)) <= 70
    assert "…" in narrow[2]


def test_json_says_the_datatype_and_leaves_out_what_is_unbound(file):
    rows = sparql.query(file, "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (1 UNDEF kg:develops) ('s' 2.5 UNDEF) } }")
    first, second = json.loads(sparql.json(rows))["results"]["bindings"]
    assert first["a"] == {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert first["c"] == {"type": "uri", "value": "https://w3id.org/kg-ja/ontology#develops"}
    assert "b" not in first and second["a"] == {"type": "literal", "value": "s"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # 'x\nSERVICE ?x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p 1SERVICE :x { ?s ?p ?o } }",
    ],
)
def test_no_other_machine_is_asked(file, query):
    with pytest.raises(ValueError, match="SERVICE found"):
        sparql.query(file, query)


@pytest.mark.parametrize("query", ["ASK { ?service a <urn:SERVICE> }", "ASK { ?x rdfs:label 'SERVICE' } # SERVICE", "ASK { ?x a schema:Service }"])
def test_the_word_service_elsewhere_is_no_matter(file, query):
    assert sparql.query(file, query).answer is False


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("no-such", "'no-such': no such query; .*considered"),
        ("SELECT ?x {", r"query: error at 1:\d+; SPARQL wanted"),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "SPARQL wanted"),
        ("SELECT ?x { ?x a foo:Bar }", "SPARQL wanted"),
    ],
)
def test_a_query_that_is_none_is_named_in_one_line(file, query, message):
    with pytest.raises(ValueError, match=message) as caught:
        sparql.query(file, query)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_none_is_named(tmp_path):
    with pytest.raises(FileNotFoundError):
        sparql.query(tmp_path / "none.ttl", "facts")
    (tmp_path / "graph.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(ValueError, match=r"graph\.ttl:1: .*Turtle wanted"):
        sparql.query(tmp_path, "facts")
    (tmp_path / "q.rq").write_bytes("SELECT ?全 {}".encode("cp932"))
    with pytest.raises(ValueError, match=r"q\.rq: not UTF-8"):
        sparql.query(tmp_path, str(tmp_path / "q.rq"))


def test_rdflib_is_not_imported_for_a_query(file):
    code = f"import sys; from kg import sparql; sparql.query({str(file)!r}, 'facts'); sys.exit('rdflib' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
