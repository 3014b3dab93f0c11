"""The names in the code are the ontology's, and the ontology says of each what it must."""

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Namespace, URIRef

from kg import vocab
from kg.model import Attribution, EntityClass, Modality
from kg.vocab import KG

SDO = Namespace("https://schema.org/")


def ours() -> set[URIRef]:
    return {s for s in vocab.terms().subjects() if s.startswith(str(KG._NS))}


def test_names_of_the_code_are_those_of_the_ontology():
    assert {KG._NS[name] for name in KG.__annotations__ if not name.startswith("_")} == ours()


def test_a_misspelt_name_raises():
    with pytest.raises(AttributeError, match="developes"):
        _ = KG.developes


def test_every_term_has_one_label_and_one_comment_in_japanese_and_english():
    graph = vocab.terms()
    for term in ours():
        for about in (RDFS.label, RDFS.comment):
            assert sorted(o.language for o in graph.objects(term, about)) == ["en", "ja"], term


def test_classes_and_values_of_the_model_are_the_ontologys():
    graph = vocab.terms()
    assert {str(kind) for kind in EntityClass} == {str(c).removeprefix(str(KG._NS)) for c in vocab.ENTITY_CLASSES}
    assert {KG[value] for value in Modality} == set(graph.subjects(RDF.type, KG.Modality))
    assert {KG[value] for value in Attribution} == set(graph.subjects(RDF.type, KG.Attribution))


def test_properties_between_entities_and_symmetric_ones_are_those_of_the_ontology():
    graph = vocab.terms()
    entity = {*vocab.ENTITY_CLASSES, KG.Agent}
    between = {
        p
        for p in graph.subjects(RDF.type, OWL.ObjectProperty)
        if p in ours() and ends(p, RDFS.domain, SDO.domainIncludes) <= entity and ends(p, RDFS.range, SDO.rangeIncludes) <= entity
    }
    assert between == vocab.BETWEEN_ENTITIES
    assert set(graph.subjects(RDF.type, OWL.SymmetricProperty)) == vocab.SYMMETRIC


def ends(term: URIRef, one: URIRef, several: URIRef) -> set[URIRef]:
    graph = vocab.terms()
    return {*graph.objects(term, one), *graph.objects(term, several)}


def test_every_property_has_a_domain_and_a_range_among_declared_classes():
    graph = vocab.terms()
    for term in ours() & {*graph.subjects(RDF.type, RDF.Property)}:
        domain, values = ends(term, RDFS.domain, SDO.domainIncludes), ends(term, RDFS.range, SDO.rangeIncludes)
        assert domain and values, term
        assert all((c, RDF.type, OWL.Class) in graph for c in domain)
        assert len(list(graph.objects(term, RDFS.domain))) <= 1 and len(list(graph.objects(term, RDFS.range))) <= 1


def test_no_claim_property_is_below_a_fact_property_and_no_domain_turns_a_claim_into_an_entity():
    graph = vocab.terms()
    for term in ours():
        assert not set(graph.transitive_objects(term, RDFS.subPropertyOf)) - {term} & vocab.BETWEEN_ENTITIES
    above = {c for kind in vocab.ENTITY_CLASSES for c in graph.transitive_objects(kind, RDFS.subClassOf)}
    assert KG.Claim not in above
    assert not set(graph.transitive_objects(KG.Claim, RDFS.subClassOf)) & {*vocab.ENTITY_CLASSES, KG.Agent, KG.Source}


def test_the_ontology_is_declared_versioned_and_without_blank_nodes():
    graph = vocab.terms()
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{vocab.version()}")
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)


def test_everything_the_ontology_names_is_declared_in_it():
    """Protégé takes an undeclared property for an annotation: what kg.ttl says subPropertyOf must be typed in kg.ttl."""
    graph = vocab.terms()
    for above in {*graph.objects(None, RDFS.subPropertyOf), *graph.objects(None, RDFS.subClassOf)}:
        assert list(graph.objects(above, RDF.type)), above


def test_local_names_are_ascii_and_differ():
    names = [str(term).removeprefix(str(KG._NS)) for term in ours()]
    assert all(name.isascii() and name.isalnum() for name in names)
    assert len(names) == len(set(names))


def test_label_is_the_ontologys():
    assert vocab.label(KG.develops) == "開発する"
    assert vocab.label(KG.develops, "en") == "develops"
    with pytest.raises(KeyError, match="no label in fr"):
        vocab.label(KG.develops, "fr")


def test_prefixes_are_those_of_the_ontology():
    bound = {p: str(n) for p, n in vocab.terms().namespaces()}
    assert bound.items() >= vocab.PREFIXES.items()
