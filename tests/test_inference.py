"""GraphDB infers by default: whatever follows by RDFS or OWL RL, a rumour must not become a fact."""

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics, RDFS_Semantics
from rdflib import RDF, RDFS, Graph
from sample import READING

from kg import vocab
from kg.graph import to_graph
from kg.vocab import BETWEEN_ENTITIES, ENTITY_CLASSES, KG, SYMMETRIC


def between(graph: Graph) -> set:
    return {(s, p, o) for s, p, o in graph if p in BETWEEN_ENTITIES and str(s).startswith(vocab.BASE)}


@pytest.fixture(scope="module", params=[RDFS_Semantics, OWLRL_Semantics], ids=["RDFS", "OWL-RL"])
def inferred(request) -> Graph:
    graph = to_graph(READING) + vocab.terms()
    DeductiveClosure(request.param).expand(graph)
    return graph


def test_nothing_becomes_a_fact_but_the_other_direction_of_a_symmetric_one(inferred):
    stated = between(to_graph(READING))
    assert between(inferred) <= stated | {(o, p, s) for s, p, o in stated if p in SYMMETRIC}


def test_no_claim_becomes_an_entity_and_no_entity_another(inferred):
    before = to_graph(READING)
    for kind in ENTITY_CLASSES:
        known, now = set(before.subjects(RDF.type, kind)), {s for s in inferred.subjects(RDF.type, kind) if str(s).startswith(vocab.BASE)}
        assert now == known, kind
    assert not set(inferred.subjects(RDF.type, KG.Claim)) & set(inferred.subjects(RDF.type, KG.Agent))


def test_no_contradiction_follows(inferred):
    assert not [o for _, _, o in inferred.triples((None, None, None)) if "ErrorMessage" in str(o) or "DatatypeOntology#error" in str(o)]


def test_every_node_keeps_one_label_a_language(inferred):
    for node in set(inferred.subjects(RDF.type, KG.Claim)):
        assert len([o for o in inferred.objects(node, RDFS.label) if getattr(o, "language", None) == "ja"]) == 1
