"""Every rule that the shapes hold is broken here once, and named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyshacl
import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from sample import DEVELOPS, READING, SAMPLE, TEXT, YOSHINO

from kg import shacl, store, turtle, vocab
from kg.graph import to_graph, union
from kg.lexicon import ontology
from kg.model import Reading
from kg.vocab import KG

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = "https://w3id.org/kg-ja/shapes#"
QUOTE = 'FILTER (?w = "当社は買収していない"@ja)'


def drop(kind: str, term: str) -> str:
    return f"DELETE {{ ?x {term} ?v }} WHERE {{ ?x a {kind} ; {term} ?v }}"


def put(kind: str, term: str, value: str) -> str:
    return f"INSERT {{ ?x {term} {value} }} WHERE {{ ?x a {kind} }}"


def swap(kind: str, term: str, value: str) -> str:
    return f"DELETE {{ ?x {term} ?v }} INSERT {{ ?x {term} {value} }} WHERE {{ ?x a {kind} ; {term} ?v }}"


STRETCH = [
    ("text", "kg:text", '"x"@en'),
    ("beginOffset", "kg:beginOffset", "-1"),
    ("endOffset", "kg:endOffset", "1.5"),
    ("rule", "kg:rule", '""'),
    ("confidence", "kg:confidence", '"-0.1"^^xsd:double'),
    ("label", "rdfs:label", '"x"@en'),
]

# Shape, and how the graph of the sample is broken so that it says so.
CORE = [
    *((f"{kind}-{name}", drop(f"kg:{kind}", term)) for kind in ("Claim", "Mention") for name, term, _ in STRETCH),
    *((f"{kind}-{name}", put(f"kg:{kind}", term, value)) for kind in ("Claim", "Mention") for name, term, value in STRETCH),
    *((f"{kind}-{name}", swap(f"kg:{kind}", term, value)) for kind in ("Claim", "Mention") for name, term, value in STRETCH),
    ("Claim-confidence", swap("kg:Claim", "kg:confidence", "0.5")),
    ("Claim-confidence", swap("kg:Claim", "kg:confidence", '"1.5"^^xsd:double')),
    ("Claim-statedIn", drop("kg:Claim", "kg:statedIn")),
    ("Claim-statedIn", put("kg:Claim", "kg:statedIn", "<urn:another>")),
    ("Claim-attribution", drop("kg:Claim", "kg:attribution")),
    ("Claim-attribution", swap("kg:Claim", "kg:attribution", "kg:Fact")),
    ("Claim-modality", drop("kg:Claim", "kg:modality")),
    ("Claim-modality", swap("kg:Claim", "kg:modality", "kg:Rumour")),
    ("Claim-modality", put("kg:Claim", "kg:modality", "kg:Need")),
    ("Claim-negated", drop("kg:Claim", "kg:negated")),
    ("Claim-negated", swap("kg:Claim", "kg:negated", '"no"')),
    ("Claim-speaker", "INSERT { ?x kg:speaker ?a } WHERE { ?x a kg:Claim . ?a a kg:Organization }"),
    ("Claim-accordingTo", put("kg:Claim", "kg:accordingTo", '"The outlet"')),
    ("Claim-about", put("kg:Claim", "kg:about", '"Meta"')),
    ("Claim-subject", "INSERT { ?x rdf:subject ?a } WHERE { ?x rdf:subject ?s . ?a a kg:Organization }"),
    ("Claim-predicate", swap("kg:Claim", "rdf:predicate", "kg:text")),
    ("Claim-object", swap("kg:Claim", "rdf:object", '"Behemoth"')),
    ("Claim-cue", put("kg:Claim", "kg:cue", '"plain"')),
    ("Claim-when", put("kg:Claim", "kg:when", '"2025"')),
    ("Claim-date", put("kg:Claim", "kg:date", '"昨夏"')),
    ("Claim-date", put("kg:Claim", "kg:date", '"2025"^^xsd:gYear')),
    *((f"Claim-{link}", put("kg:Claim", f"kg:{link}", "kg:Fact")) for link in ("restates", "contradicts", "supersedes", "partOfStatement")),
    ("Claim-wasGeneratedBy", drop("kg:Claim", "prov:wasGeneratedBy")),
    ("Mention-refersTo", drop("kg:Mention", "kg:refersTo")),
    ("Mention-inArticle", drop("kg:Mention", "kg:inArticle")),
    ("Article-label", drop("kg:Article", "rdfs:label")),
    ("Article-title", drop("kg:Article", "dcterms:title")),
    ("Article-source", drop("kg:Article", "dcterms:source")),
    ("Article-source", swap("kg:Article", "dcterms:source", "<https://example.org/1>")),
    ("Article-sha256", swap("kg:Article", "schema:sha256", '"abc"')),
    ("Article-isString", put("kg:Article", "nif:isString", '"another"')),
    ("Article-issued", swap("kg:Article", "dcterms:issued", '"14 July"')),
    ("Article-created", put("kg:Article", "dcterms:created", '"2025-07-14"^^xsd:date')),
    ("Article-url", swap("kg:Article", "schema:url", "<https://example.org/1>")),
    ("Article-cites", put("kg:Article", "kg:cites", '"関係者"')),
    ("Article-publisher", "INSERT { ?x kg:publisher ?a } WHERE { ?x a kg:Article . ?a a kg:Organization }"),
    ("Entity-label", drop("kg:Organization", "rdfs:label")),
    ("Entity-label", put("kg:Model", "rdfs:label", '"もう一つ"@ja')),
    ("Entity-label", put("kg:Model", "rdfs:label", '"Yoshino"@fr')),
    ("Entity-prefLabel", drop("kg:Person", "skos:prefLabel")),
    ("Entity-altLabel", put("kg:Person", "skos:altLabel", '"x"')),
    ("Entity-mentionedIn", put("kg:Person", "kg:mentionedIn", "kg:Fact")),
    ("Mentioned-article", drop("kg:Model", "kg:mentionedIn")),
    ("Mentioned-mention", "DELETE { ?x kg:refersTo ?v } WHERE { ?x kg:refersTo ?v . ?v a kg:Model }"),
    ("Strategy-broader", "INSERT { ?x a kg:Strategy ; skos:broader ?y } WHERE { ?x a kg:Organization . ?y a kg:Model }"),
    ("Run-label", drop("prov:SoftwareAgent", "rdfs:label")),
    ("EntityEnd", "INSERT { ?x kg:about ?a } WHERE { ?x a kg:Claim . ?a a kg:Article }"),
    ("AgentEnd", "INSERT { ?x kg:speaker ?a } WHERE { ?x a kg:Claim . ?a a kg:Model }"),
    ("SourceEnd", "INSERT { ?x kg:accordingTo ?a } WHERE { ?x a kg:Claim . ?a a kg:Organization }"),
]  # fmt: skip
SPARQL = [
    ("PlainTriple", "INSERT { ?s kg:acquires ?o } WHERE { ?c rdf:subject ?s ; rdf:predicate kg:acquires ; rdf:object ?o }"),
    ("PlainTriple", "DELETE { ?c kg:modality ?m } INSERT { ?c kg:modality kg:Plan } WHERE { ?c rdf:predicate kg:develops ; kg:modality ?m }"),
    ("PlainTriple", "INSERT { ?d rdf:subject ?o ; rdf:predicate kg:partnersWith ; rdf:object ?s } WHERE "
        "{ ?s kg:partnersWith ?o . ?d kg:negated true ; kg:speaker ?who . FILTER NOT EXISTS { ?d rdf:subject ?any } }"),
    ("StatedFact", "DELETE { ?s kg:develops ?o } WHERE { ?s kg:develops ?o }"),
    ("Ends", swap("kg:Claim", "rdf:predicate", "kg:leads")),
    ("Ends", "DELETE { ?c rdf:predicate ?p } INSERT { ?c rdf:predicate kg:competesWith } WHERE { ?c rdf:predicate ?p . FILTER (?p = kg:develops) }"),
    ("WholeProposition", drop("kg:Claim", "rdf:subject")),
    ("WholeProposition", drop("kg:Claim", "rdf:predicate")),
    ("WholeProposition", drop("kg:Claim", "rdf:object")),
    ("NarrationStatesAProposition", swap("kg:Claim", "kg:attribution", "kg:Narration")),
    ("NarrationIsNobodysWord", swap("kg:Claim", "kg:attribution", "kg:Narration")),
    ("AttributedPropositionHasAStatement", drop("kg:Claim", "kg:partOfStatement")),
    ("StatementIsNoProposition", "INSERT { ?c kg:partOfStatement ?d } WHERE { ?c rdf:predicate kg:acquires . ?d rdf:predicate kg:develops }"),
    ("PropositionAgreesWithItsStatement", f"DELETE {{ ?c kg:speaker ?v }} WHERE {{ ?c rdf:predicate ?p ; kg:speaker ?v ; kg:text ?w {QUOTE} }}"),
    ("PropositionAgreesWithItsStatement", f"DELETE {{ ?c kg:endOffset ?v }} WHERE {{ ?c rdf:predicate ?p ; kg:endOffset ?v ; kg:text ?w {QUOTE} }}"),
    ("SourceAloneIsAccordingTo", "DELETE { ?c kg:accordingTo ?v } INSERT { ?c kg:speaker ?v } WHERE { ?c kg:accordingTo ?v }"),
    ("CitedSource", drop("kg:Article", "kg:cites")),
    ("NoLinkToItself", "INSERT { ?c kg:restates ?c } WHERE { ?c a kg:Claim }"),
    ("OffsetsInOrder", "DELETE { ?c kg:endOffset ?e } INSERT { ?c kg:endOffset ?b } WHERE { ?c kg:beginOffset ?b ; kg:endOffset ?e }"),
    ("TextAtItsOffsets", swap("kg:Mention", "kg:text", '"無い言葉"@ja')),
    ("ConfidenceHasTwoDecimals", swap("kg:Claim", "kg:confidence", '"0.333"^^xsd:double')),
    ("EntityIsOfOneClass", put("kg:Organization", "a", "kg:Outlet")),
    ("EntityIsOfOneClass", "INSERT { ?c a kg:Model } WHERE { ?c a kg:Claim }"),
    ("JapaneseLabel", swap("kg:Person", "rdfs:label", '"Spokesperson"@en')),
    ("LabelIsPreferred", swap("kg:Person", "skos:prefLabel", '"報道官"@ja')),
    ("AlternativeIsAnother", "INSERT { ?x skos:altLabel ?l } WHERE { ?x skos:prefLabel ?l }"),
    ("OutletIsMentionedOrPublishes", drop("kg:Article", "kg:publisher")),
    ("MentionedWhereMentioned", drop("kg:Person", "kg:mentionedIn")),
    ("MentionInEveryArticle", drop("kg:Mention", "kg:inArticle")),
    ("ArticleNamedByContent", swap("kg:Article", "schema:sha256", f'"{"0" * 64}"')),
    ("ClaimNamedByHash", "INSERT { <urn:claim> a kg:Claim } WHERE {}"),
    ("MentionNamedByPlace", swap("kg:Mention", "kg:beginOffset", "0")),
]  # fmt: skip
WARNINGS = [
    ("UnsureWithoutCue", drop("kg:Claim", "kg:cue")),
    ("NegatedWithoutCue", drop("kg:Claim", "kg:cue")),
    ("NobodysWord", drop("kg:Claim", "kg:speaker")),
    ("OutletSpeaksForItself", "INSERT { ?x kg:speaker ?o } WHERE { ?x a kg:Claim . ?o a kg:Outlet FILTER NOT EXISTS { ?x kg:accordingTo ?s } }"),
    ("AboutNothing", drop("kg:Claim", "kg:about")),
    ("Unsure", swap("kg:Claim", "kg:confidence", '"0.1"^^xsd:double')),
    ("DateWithoutWords", drop("kg:Claim", "kg:when")),
    ("NameOfTwoClasses", "INSERT { <urn:b> skos:prefLabel ?l } WHERE { ?x a kg:Model ; skos:prefLabel ?l }"),
    ("TwoPlacesOfOneArticle", put("kg:Article", "dcterms:source", '"again.txt"')),
]
ENDS = [f"{str(p).removeprefix(str(KG._NS))}-{end}" for p in sorted(vocab.BETWEEN_ENTITIES) for end in ("domain", "range")]


def broken(update: str) -> Graph:
    graph = to_graph(READING)
    graph.update(update, initNs=vocab.PREFIXES)
    return graph


def asked(graph: Graph, name: str) -> Iterator[shacl.Violation]:
    return shacl._asked(store.from_turtle(graph.serialize(format="nt").encode())[0], name)


def names(found: Iterable[shacl.Violation]) -> set[str]:
    return {violation.shape for violation in found}


def test_the_sample_keeps_every_shape():
    report = shacl.check(to_graph(READING))
    assert report.violations == ()
    assert report.conforms


def test_a_corpus_without_text_and_with_a_base_of_its_own_keeps_every_shape():
    base = "https://example.org/"
    readings = (replace(READING, document=replace(READING.document, text=TEXT + end)) for end in "ab")
    assert shacl.check(union([to_graph(reading, base=base, with_text=False) for reading in readings], base=base)).violations == ()


@pytest.mark.parametrize(("shape", "update"), CORE)
def test_a_broken_rule_is_named(shape, update):
    assert shape in names(shacl._core(broken(update)))


@pytest.mark.parametrize(("shape", "update"), SPARQL)
def test_a_broken_rule_between_nodes_is_named(shape, update):
    assert shape in names(asked(broken(update), "shapes-sparql.ttl"))


@pytest.mark.parametrize(("shape", "update"), WARNINGS)
def test_what_is_odd_is_named_among_the_warnings(shape, update):
    assert shape in names(asked(broken(update), "shapes-warnings.ttl"))


def test_violations_and_warnings_are_told_apart():
    report = shacl.check(broken(drop("kg:Article", "kg:cites")))
    assert not report.conforms
    assert names(report.violations) == {"CitedSource"}
    assert names(report.warnings) == {"DateWithoutWords", "NegatedWithoutCue", "UnsureWithoutCue"}


@pytest.mark.parametrize("shape", ENDS)
def test_a_property_joins_only_its_classes(shape):
    name, _, end = shape.partition("-")
    graph = to_graph(READING)
    (article,) = graph.subjects(RDF.type, KG.Article)
    (model,) = graph.subjects(RDF.type, KG.Model)
    graph.add((article, KG[name], model) if end == "domain" else (model, KG[name], article))
    assert shape in names(shacl._core(graph))


def test_every_shape_has_a_test_that_breaks_it():
    shapes = Graph()
    for name in ("shapes.ttl", "shapes-sparql.ttl", "shapes-warnings.ttl"):
        shapes.parse(ontology() / name)
    holding = {*shapes.subjects(SH.path), *shapes.subjects(SH["or"]), *shapes.subjects(SH.sparql)}
    ends = {s for s in shapes.subjects(SH["class"]) if isinstance(s, URIRef)}
    named = {str(shape).removeprefix(SHAPES) for shape in holding | ends if isinstance(shape, URIRef)}
    assert named == {*(shape for shape, _ in (*CORE, *SPARQL, *WARNINGS)), *ENDS}


def test_the_ends_of_the_shapes_are_the_domains_and_ranges_of_the_ontology():
    shapes, graph, sdo = Graph().parse(ontology() / "shapes.ttl"), vocab.terms(), Namespace("https://schema.org/")
    agents = {c for c in vocab.ENTITY_CLASSES if (c, RDFS.subClassOf, KG.Agent) in graph} | {KG.Place}
    for shape in ENDS:
        name, _, end = shape.partition("-")
        one, several = (RDFS.domain, sdo.domainIncludes) if end == "domain" else (RDFS.range, sdo.rangeIncludes)
        wanted = {*graph.objects(KG[name], one), *graph.objects(KG[name], several)}
        node = URIRef(SHAPES + shape)
        listed = {c for part in graph_list(shapes, node) for c in shapes.objects(part, SH["class"])} | {*shapes.objects(node, SH["class"])}
        assert listed == (wanted - {KG.Agent}) | (agents if KG.Agent in wanted else set()), shape


def graph_list(shapes: Graph, node: URIRef) -> list:
    return [part for head in shapes.objects(node, SH["or"]) for part in shapes.items(head)]


def test_core_shapes_stay_within_what_graphdb_supports():
    """imports.md, section 4: one predicate or one inverse a path, no nested property shapes, no SPARQL, no severities."""
    shapes = Graph().parse(ontology() / "shapes.ttl")
    for path in shapes.objects(None, SH.path):
        assert isinstance(path, URIRef) or set(shapes.predicates(path)) == {SH.inversePath}
    nested = set(shapes.objects(None, SH.property))
    assert not nested & set(shapes.subjects(SH.property))
    used = {str(p).removeprefix(str(SH)) for p in set(shapes.predicates()) if p.startswith(str(SH))}
    assert used <= {
        "targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "path", "inversePath", "message", "or", "class", "nodeKind", "in",
        "minCount", "maxCount", "datatype", "languageIn", "uniqueLang", "minLength", "minInclusive", "maxInclusive", "pattern",
    }  # fmt: skip


def test_asked_at_once_finds_what_pyshacl_finds_node_by_node():
    """pySHACL takes 40 ms a node and constraint: one small article, broken in several ways, stands for the rest."""
    graph = to_graph(Reading(replace(READING.document, publisher=None), (SAMPLE, YOSHINO), (DEVELOPS,)))
    updates = (drop("kg:Article", "nif:isString"), drop("kg:Claim", "rdf:object"), put("kg:Model", "a", "kg:Place"))
    for update in (*updates, *(update for _, update in SPARQL[17:19])):
        graph.update(update, initNs=vocab.PREFIXES)
    theirs = set()
    for name in ("shapes-sparql.ttl", "shapes-warnings.ttl"):
        _, results, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(ontology() / name))
        for result in results.subjects(RDF.type, SH.ValidationResult):
            shape, message = results.value(result, SH.sourceShape), results.value(result, SH.resultMessage)
            theirs.add((str(results.value(result, SH.focusNode)), str(shape).removeprefix(SHAPES), str(message)))
    core = {"Claim", "Mention", "Article", "Entity", "Mentioned"}
    report = shacl.check(graph)
    ours = {(v.node, v.shape, v.message) for v in (*report.violations, *report.warnings) if v.shape.partition("-")[0] not in core}
    ours = {row for row in ours if not row[1].endswith(("-domain", "-range", "End"))}
    assert len(theirs) >= 8
    assert {row[:2] for row in ours} == {row[:2] for row in theirs}


def test_a_violation_names_node_shape_message_and_value(tmp_path):
    graph = to_graph(READING)
    (model,) = graph.subjects(RDF.type, KG.Model)
    graph.add((model, RDFS.label, Literal("吉\n野", lang="fr")))
    turtle.write(graph, tmp_path / "graph.ttl")
    (first, *_) = (v for v in shacl.check(tmp_path).violations if v.shape == "Entity-label")
    assert str(first) == f"{model}: Entity-label: one rdfs:label@ja wanted, and at most one @en; found: 吉�野"


def test_an_empty_graph_keeps_every_shape():
    assert shacl.check(Graph()) == shacl.Report((), ())
