"""What a graph must keep: the shapes of the ontology, and what breaks them.

Core shapes are checked by pySHACL. The SPARQL shapes are asked once for the whole graph by pyoxigraph: node by node, as pySHACL asks
them, one article of 200 triples took 8.8 s (0.40.1). A test holds the two ways equal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from pyoxigraph import NamedNode, Store
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from kg import sieve, store, turtle
from kg.lexicon import ontology

_SH = Namespace("http://www.w3.org/ns/shacl#")
_SHAPES = "https://w3id.org/kg-ja/shapes#"
_TYPE = NamedNode(str(RDF.type))


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape, in one line where written out.

    `shape` is its name within the shapes, `Claim-modality`; `value` what was found, where one value was.
    """

    node: str
    shape: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        found = f"; found: {self.value}" if self.value and self.value not in self.message else ""
        return "".join(c if c.isprintable() else "�" for c in f"{self.node}: {self.shape}: {self.message}{found}")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. Warnings are allowed and worth a look."""

    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether the graph breaks no shape; warnings do not count."""
        return not self.violations


@dataclass(frozen=True, slots=True)
class _Constraint:
    """One SPARQL constraint: its shape's name and targets, the query, and the message with {?variables}."""

    shape: str
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    select: str
    message: str
    prefixes: dict[str, str]


def check(source: Graph | str | os.PathLike[str], text: str | None = None, *, warnings: bool = True) -> Report:
    """Return what breaks the shapes in a graph, a Turtle file or a folder with `graph.ttl`, sorted by node.

    `text` is the graph's Turtle, where it is written already; `warnings=False` asks for none.
    Raises OSError where the file cannot be read and ValueError where it is no Turtle.
    """
    graph = source if isinstance(source, Graph) else turtle.read(source)
    octets = graph.serialize(format="nt", encoding="utf-8") if text is None else text.encode()
    engine, _ = store.from_turtle(octets)
    broken = {*_core(graph), *_asked(engine, "shapes-sparql.ttl")}
    odd = set(_asked(engine, "shapes-warnings.ttl")) if warnings else set[Violation]()
    return Report(tuple(sorted(broken)), tuple(sorted(odd)))


def _core(graph: Graph) -> Iterator[Violation]:
    """What pySHACL says of `shapes.ttl`, if there can be anything to say. Imported here: it takes half a second."""
    asked = _rules("shapes.ttl")
    if asked is not None and sieve.keeps(graph, asked):
        return
    from pyshacl import validate

    if not graph.store.context_aware:  # pySHACL wants a store for named graphs too
        graph = Graph() + graph
    _, results, _ = validate(graph, shacl_graph=_flat("shapes.ttl"), inference="none", inplace=True)
    if not isinstance(results, Graph):
        raise ValueError(f"shapes.ttl: pySHACL answers {results!r}, a report wanted")
    for result in results.subjects(RDF.type, _SH.ValidationResult):
        yield Violation(
            _text(results.value(result, _SH.focusNode)),
            _text(results.value(result, _SH.sourceShape)).removeprefix(_SHAPES),
            _text(results.value(result, _SH.resultMessage)),
            _text(results.value(result, _SH.value)),
        )


def _asked(engine: Store, name: str) -> Iterator[Violation]:
    """What the SPARQL constraints of a file find, each asked once."""
    for constraint in _constraints(name):
        rows = engine.query(constraint.select, prefixes=constraint.prefixes)
        if not isinstance(rows, pyoxigraph.QuerySolutions):
            raise ValueError(f"{name}: {constraint.shape}: no SELECT, one wanted")
        names, answers = [variable.value for variable in rows.variables], list(rows)
        targets = _targets(engine, constraint) if answers else set()
        for row in answers:
            found = {key: term for key, term in zip(names, row, strict=True) if term is not None}
            if found["this"] in targets:
                yield Violation(_plain(found["this"]), constraint.shape, _filled(constraint.message, found), _plain(found.get("value")))


def _targets(engine: Store, constraint: _Constraint) -> set[object]:
    """The nodes that a shape is for."""
    typed = (quad.subject for kind in constraint.classes for quad in engine.quads_for_pattern(None, _TYPE, NamedNode(kind), None))
    having = (quad.subject for term in constraint.subjects_of for quad in engine.quads_for_pattern(None, NamedNode(term), None, None))
    return {*typed, *having}


@cache
def _shapes(name: str) -> Graph:
    return Graph().parse(ontology() / name, format="turtle")


@cache
def _flat(name: str) -> Graph:
    """The shapes with each property shape given its node shapes' targets, so that pySHACL looks at a property of all nodes at once.

    The results are the same. 91,000 triples took 9.5 s of CPU as written and 2.3 s so.
    """
    graph = Graph()
    graph += _shapes(name)
    for shape, part in list(graph.subject_objects(_SH.property)):
        graph.remove((shape, _SH.property, part))
        for term in (_SH.targetClass, _SH.targetSubjectsOf, _SH.targetObjectsOf):
            for target in graph.objects(shape, term):
                graph.add((part, term, target))
    return graph


@cache
def _rules(name: str) -> tuple[sieve.Rule, ...] | None:
    return sieve.rules(_flat(name))


@cache
def _constraints(name: str) -> tuple[_Constraint, ...]:
    graph = _shapes(name)
    return tuple(sorted(_each(graph), key=lambda constraint: constraint.shape))


def _each(graph: Graph) -> Iterator[_Constraint]:
    for shape, constraint in graph.subject_objects(_SH.sparql):
        declared = [d for prefixes in graph.objects(constraint, _SH.prefixes) for d in graph.objects(prefixes, _SH.declare)]
        yield _Constraint(
            str(shape).removeprefix(_SHAPES),
            _texts(graph.objects(shape, _SH.targetClass)),
            _texts(graph.objects(shape, _SH.targetSubjectsOf)),
            _text(graph.value(constraint, _SH.select)),
            _text(graph.value(constraint, _SH.message)),
            {_text(graph.value(d, _SH.prefix)): _text(graph.value(d, _SH.namespace)) for d in declared},
        )


def _filled(message: str, found: dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode | pyoxigraph.Triple]) -> str:
    """The message with the values in the places of its variables, as SHACL-SPARQL wants it."""
    return re.sub(r"\{[?$](\w+)\}", lambda variable: _plain(found.get(variable[1])), message)


def _plain(term: object) -> str:
    return str(getattr(term, "value", "" if term is None else term))


def _text(term: Node | None) -> str:
    return "" if term is None else str(term)


def _texts(terms: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(str(term) for term in terms if isinstance(term, URIRef)))
