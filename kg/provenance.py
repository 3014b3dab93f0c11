"""What made a graph: program, model and ontology versions. No clock: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from rdflib import PROV, RDF, RDFS, Literal, URIRef
from rdflib.term import Node

from kg import __version__, iri, vocab
from kg.vocab import SCHEMA


@dataclass(frozen=True, slots=True)
class Run:
    """The versions of the program, of the Japanese model and of the ontology."""

    program: str
    model: str
    ontology: str


@cache
def installed() -> Run:
    """Return the versions that are installed; `none` for a model that is not."""
    try:
        model = version("ja-ginza")
    except PackageNotFoundError:
        model = "none"
    return Run(__version__, model, vocab.version())


def node(run: Run, base: str) -> URIRef:
    """Return the run's IRI. It follows from the versions, so that all articles of one version share it."""
    return URIRef(f"{base}run/{iri.content_hash(chr(0x1F).join((run.program, run.model, run.ontology)))[:16]}")


def triples(run: Run, base: str) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the run, and the three things it ran with as nodes of their own."""
    activity = node(run, base)
    program = URIRef(f"{base}software/{iri.segment(f'kg-ja-{run.program}')}")
    model = URIRef(f"{base}software/{iri.segment(f'ja-ginza-{run.model}')}")
    ontology = URIRef(f"https://w3id.org/kg-ja/ontology/{iri.segment(run.ontology)}")
    yield activity, PROV.wasAssociatedWith, program
    yield activity, PROV.used, model
    yield activity, PROV.used, ontology
    for named, kind, label in (
        (activity, PROV.Activity, f"抽出 kg-ja {run.program}、ja-ginza {run.model}、オントロジー {run.ontology}"),
        (program, PROV.SoftwareAgent, f"kg-ja {run.program}"),
        (model, PROV.Entity, f"ja-ginza {run.model}"),
        (ontology, PROV.Entity, f"kgオントロジー {run.ontology}"),
    ):
        yield named, RDF.type, kind
        yield named, RDFS.label, Literal(label, lang="ja")
    for software, number in ((program, run.program), (model, run.model), (ontology, run.ontology)):
        yield software, SCHEMA.softwareVersion, Literal(number)
