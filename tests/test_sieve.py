"""The sieve before pySHACL: a sound graph passes, a broken one never does."""

from __future__ import annotations

import pytest
from rdflib import RDFS, SH, Graph, Literal
from sample import READING
from test_shacl import CORE, broken

from kg import shacl, sieve
from kg.graph import to_graph
from kg.vocab import KG


@pytest.fixture(scope="module")
def rules() -> tuple[sieve.Rule, ...]:
    found = shacl._rules("shapes.ttl")
    assert found
    return found


def test_the_sample_passes(rules: tuple[sieve.Rule, ...]) -> None:
    assert sieve.keeps(to_graph(READING), rules)
    assert sieve.keeps(Graph(), rules)


@pytest.mark.parametrize("update", [update for _, update in CORE])
def test_a_broken_graph_does_not(rules: tuple[sieve.Rule, ...], update: str) -> None:
    assert not sieve.keeps(broken(update), rules)


def test_a_graph_with_subclasses_is_left_to_pyshacl(rules: tuple[sieve.Rule, ...]) -> None:
    graph = to_graph(READING)
    graph.add((KG.Outlet, RDFS.subClassOf, KG.Organization))
    assert not sieve.keeps(graph, rules)


@pytest.mark.parametrize("term", [SH.lessThan, SH.deactivated, SH.hasValue])
def test_shapes_of_unknown_terms_are_left_to_pyshacl(term: object) -> None:
    shapes = Graph() + shacl._flat("shapes.ttl")
    shape = next(shapes.subjects(SH.targetClass, KG.Claim))
    shapes.add((shape, term, Literal(True)))
    assert sieve.rules(shapes) is None
