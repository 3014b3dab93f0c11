"""The ontology's terms as names. A misspelt one raises: `KG.develop` is an AttributeError, `KG.develops` a URIRef."""

from __future__ import annotations

from functools import cache

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from kg.lexicon import ontology

BASE = "https://w3id.org/kg-ja/id/"


class _Terms(DefinedNamespace):
    """Terms as plain attributes: rdflib's namespace looks each up anew, 40,000 times a build."""

    def __init_subclass__(cls) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, cls[name])


class KG(_Terms):
    """Every class, property and value of `ontology/kg.ttl`; a test holds the two equal."""

    _NS = Namespace("https://w3id.org/kg-ja/ontology#")
    _fail = True

    # Classes
    Agent: URIRef
    Article: URIRef
    Attribution: URIRef
    Claim: URIRef
    Mention: URIRef
    Modality: URIRef
    Model: URIRef
    Organization: URIRef
    Outlet: URIRef
    Person: URIRef
    Place: URIRef
    Source: URIRef
    Strategy: URIRef
    UnnamedSource: URIRef

    # Properties between entities
    abandons: URIRef
    acquires: URIRef
    affects: URIRef
    basedIn: URIRef
    competesWith: URIRef
    criticizes: URIRef
    develops: URIRef
    founded: URIRef
    hires: URIRef
    investsIn: URIRef
    leads: URIRef
    memberOf: URIRef
    opposes: URIRef
    partOf: URIRef
    partnersWith: URIRef
    pursues: URIRef
    releases: URIRef
    supports: URIRef
    suspends: URIRef
    uses: URIRef

    # Properties of claims, mentions and articles
    about: URIRef
    accordingTo: URIRef
    attribution: URIRef
    beginOffset: URIRef
    cites: URIRef
    confidence: URIRef
    contradicts: URIRef
    cue: URIRef
    date: URIRef
    endOffset: URIRef
    inArticle: URIRef
    mentionedIn: URIRef
    modality: URIRef
    negated: URIRef
    partOfStatement: URIRef
    publisher: URIRef
    refersTo: URIRef
    restates: URIRef
    rule: URIRef
    speaker: URIRef
    statedIn: URIRef
    supersedes: URIRef
    text: URIRef
    when: URIRef

    # Values
    Condition: URIRef
    Consideration: URIRef
    DirectQuote: URIRef
    Fact: URIRef
    IndirectSpeech: URIRef
    Narration: URIRef
    Need: URIRef
    Plan: URIRef
    Possibility: URIRef


class NIF(_Terms):
    """The one term of the NLP Interchange Format that the graph itself uses; kg.ttl aligns others."""

    _NS = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
    _fail = True

    isString: URIRef


class SCHEMA(_Terms):
    """The terms of schema.org that the graph uses."""

    _NS = Namespace("https://schema.org/")
    _fail = True

    sha256: URIRef
    softwareVersion: URIRef
    url: URIRef


ENTITY_CLASSES = (KG.Organization, KG.Person, KG.Model, KG.Strategy, KG.Place, KG.Outlet, KG.UnnamedSource)

# What stands after the base in the IRIs of the data, and is bound as their prefix: `organization:Meta`.
KINDS = ("article", "claim", "run", "software", *(str(kind).removeprefix(str(KG._NS)).lower() for kind in ENTITY_CLASSES))

BETWEEN_ENTITIES = frozenset({
    KG.abandons, KG.acquires, KG.affects, KG.basedIn, KG.competesWith, KG.criticizes, KG.develops, KG.founded, KG.hires, KG.investsIn,
    KG.leads, KG.memberOf, KG.opposes, KG.partOf, KG.partnersWith, KG.pursues, KG.releases, KG.supports, KG.suspends, KG.uses,
})  # fmt: skip

SYMMETRIC = frozenset({KG.partnersWith, KG.competesWith, KG.opposes})

PREFIXES = {
    "dcterms": str(DCTERMS._NS),
    "kg": str(KG._NS),
    "nif": str(NIF._NS),
    "owl": str(OWL._NS),
    "prov": str(PROV._NS),
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "schema": str(SCHEMA._NS),
    "skos": str(SKOS._NS),
    "xsd": str(XSD._NS),
}


@cache
def terms() -> Graph:
    """Return the ontology as a graph: `ontology/kg.ttl`, read once a process."""
    return Graph(bind_namespaces="none").parse(ontology() / "kg.ttl", format="turtle")


@cache
def label(term: URIRef, language: str = "ja") -> str:
    """Return the ontology's label of a term: `label(KG.develops)` is 開発する. Raises KeyError where it has none."""
    for found in terms().objects(term, RDFS.label):
        if getattr(found, "language", None) == language:
            return str(found)
    raise KeyError(f"kg.ttl: {term} has no label in {language}")


@cache
def version() -> str:
    """Return the ontology's version, as `0.1.0`."""
    return str(next(terms().objects(None, OWL.versionInfo)))
