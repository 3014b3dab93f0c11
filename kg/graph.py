"""The article's graph: the only writer of triples. Above it nobody knows RDF, below it nobody knows spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg import iri, provenance, vocab
from kg.model import Attribution, Claim, Document, Entity, EntityClass, Mention, Modality, Reading
from kg.provenance import Run
from kg.vocab import BASE, BETWEEN_ENTITIES, KG, KINDS, NIF, PREFIXES, SCHEMA, SYMMETRIC

Triple = tuple[Node, Node, Node]

_literal = lru_cache(4_000, typed=True)(Literal)  # a label recurs as the words, a rule a hundred times, an offset in every article
_SOURCES = (EntityClass.OUTLET, EntityClass.UNNAMED_SOURCE)
_ENDS = (RDF.subject, RDF.predicate, RDF.object)
_LATIN = re.compile(r"(?=.*[A-Za-z])[ -~\u00a0-\u024f\u2010-\u2026]+")


@dataclass(frozen=True, slots=True)
class _Site:
    """One article's names: what every generator below needs."""

    article: URIRef
    digest: str
    nodes: dict[Entity, URIRef]
    publisher: Entity | None
    claims: dict[Claim, URIRef]
    chosen: dict[URIRef, Claim]  # of the claims that share an IRI, the one that stands
    run: URIRef


def to_graph(reading: Reading, *, base: str = BASE, with_text: bool = True, run: Run | None = None) -> Graph:
    """Return the graph of one article in the words of `ontology/kg.ttl`, without blank nodes, its prefixes bound.

    `with_text=False` leaves the article's text (nif:isString) out. `run` is what is written as its maker; left out, the versions installed.
    Raises ValueError for a base that is no absolute IRI, for an entity without a name, and for a proposition that lacks an end or has a
    property that the ontology does not know between entities.
    """
    return union([triples(reading, base=base, with_text=with_text, run=run)], base=base)


def triples(reading: Reading, *, base: str = BASE, with_text: bool = True, run: Run | None = None) -> Iterator[Triple]:
    """Yield the triples of that graph, some of them twice."""
    base = _base(base)
    maker = run or provenance.installed()
    site = _site(reading, base, maker)
    yield from _article(reading, site, with_text)
    yield from _entities(site)
    yield from _mentions(site)
    yield from _claims(site)
    yield from _plain(site)
    yield from provenance.triples(maker, base)


def empty(base: str = BASE, store: str = "default") -> Graph:
    """Return a graph without triples, with the prefixes bound that this program writes; `store` is one of rdflib's."""
    graph = Graph(store, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for kind in KINDS:
        graph.bind(kind, f"{base}{kind}/")
    return graph


def union(parts: Iterable[Iterable[Triple]], *, base: str = BASE, store: str = "default") -> Graph:
    """Return the graph of a corpus: all triples of its articles, or of their graphs, each node with one label a language.

    Where articles know an entity under different English forms, the longest is the label and the others are skos:altLabel.
    """
    whole = empty(_base(base), store)
    for triple in chain.from_iterable(parts):
        whole.store.add(triple, whole)  # Graph.add asks of each term whether it is one
    english: dict[Node, set[Node]] = {}
    for node, _, label in whole.triples((None, RDFS.label, None)):
        if getattr(label, "language", None) == "en":
            english.setdefault(node, set()).add(label)
    for node, labels in english.items():
        for other in sorted(labels, key=lambda label: (-len(str(label)), str(label)))[1:]:
            whole.remove((node, RDFS.label, other))
            whole.remove((node, SKOS.prefLabel, other))
            whole.add((node, SKOS.altLabel, other))
    return whole


def _base(base: str) -> str:
    """The base, ending in `/`. It may hold no `#`: a mention's IRI adds one."""
    if not re.fullmatch(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\#?]+""", base):
        raise ValueError(f"{base!r}: an absolute IRI without # and ? wanted as the base, such as {BASE}")
    return base if base.endswith("/") else f"{base}/"


def _site(reading: Reading, base: str, run: Run) -> _Site:
    digest = iri.content_hash(reading.document.text)
    publisher = _publisher(reading)
    named, local = _names(reading, publisher)
    nodes = {entity: URIRef(base + name) for entity, name in named.items()}
    claims = {claim: URIRef(base + name) for claim, name in local.items()}
    return _Site(URIRef(base + iri.article(digest)), digest, nodes, publisher, claims, _chosen(claims), provenance.node(run, base))


def names(reading: Reading) -> tuple[dict[Entity, str], dict[Claim, str]]:
    """Return the IRI, relative to the base, of every entity and claim that a reading holds."""
    return _names(reading, _publisher(reading))


def _names(reading: Reading, publisher: Entity | None) -> tuple[dict[Entity, str], dict[Claim, str]]:
    digest = iri.content_hash(reading.document.text)
    every = _all(reading.claims)
    named = iri.entities(_everyone(reading, every, publisher), digest)
    return named, {claim: claim.iri or iri.claim(digest, iri.key(claim, named)) for claim in every}


def _everyone(reading: Reading, claims: tuple[Claim, ...], publisher: Entity | None) -> tuple[Entity, ...]:
    """Every entity that the reading names anywhere, once, in the order of the reading."""
    found = dict.fromkeys((*reading.entities, *reading.cites))
    for claim in claims:
        found |= dict.fromkeys(e for e in (claim.speaker, claim.source, claim.subject, claim.object, *claim.about) if e)
    return tuple(found | dict.fromkeys([publisher] if publisher else []))


def _publisher(reading: Reading) -> Entity | None:
    """The publisher: the reading's, else the outlet of the article that bears the document's, else one that nothing mentions."""
    given = reading.publisher
    if given and given.type is EntityClass.OUTLET:
        return given
    name = given.name if given else reading.document.publisher
    if not name:
        return None
    outlets = (entity for entity in reading.entities if entity.type is EntityClass.OUTLET)
    return next((e for e in outlets if name in (e.name, e.english, *e.aliases)), Entity(EntityClass.OUTLET, name, (), ()))


def _all(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims and the statements that they belong to, each once."""
    return tuple(dict.fromkeys(chain(claims, (claim.statement for claim in claims if claim.statement))))


def _chosen(claims: dict[Claim, URIRef]) -> dict[URIRef, Claim]:
    """Of claims that share an IRI the attributed one stands, then the surer: what somebody says is never taken for a fact."""
    chosen: dict[URIRef, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.attribution is Attribution.NARRATION, -c.confidence, c.rule)):
        chosen.setdefault(claims[claim], claim)
    return chosen


def _ja(words: str) -> Literal:
    return _literal(words, lang="ja")


def _named(node: URIRef, kind: URIRef, label: str) -> Iterator[Triple]:
    """A type and one Japanese label: what every node has."""
    yield node, RDF.type, kind
    yield node, RDFS.label, _ja(label)


def _article(reading: Reading, site: _Site, with_text: bool) -> Iterator[Triple]:
    document = reading.document
    title = _title(document)
    yield from _named(site.article, KG.Article, title)
    yield site.article, DCTERMS.title, _ja(title)
    yield site.article, DCTERMS.source, Literal(document.source)
    yield site.article, SCHEMA.sha256, Literal(site.digest)
    for value, term in ((document.date, DCTERMS.issued), (document.url, SCHEMA.url), (document.text if with_text else None, NIF.isString)):
        if value:
            yield site.article, term, Literal(value)
    for source in (entity for entity in site.nodes if entity.type in _SOURCES and (entity.mentions or entity in reading.cites)):
        yield site.article, KG.cites, site.nodes[source]
    if site.publisher:
        yield site.article, KG.publisher, site.nodes[site.publisher]


def _title(document: Document) -> str:
    return document.title or PurePosixPath(document.source).name or document.source


def _entities(site: _Site) -> Iterator[Triple]:
    """Each entity's type, labels and article. Two of one IRI are one node: the first gives the English label, both their other forms."""
    english: dict[URIRef, str] = {}
    for entity in site.nodes:
        node = site.nodes[entity]
        yield from _named(node, KG[entity.type], entity.name)
        yield node, SKOS.prefLabel, _ja(entity.name)
        if form := entity.english or (entity.name if _LATIN.fullmatch(entity.name) else None):
            label = Literal(english.setdefault(node, form), lang="en")
            yield node, RDFS.label, label
            yield node, SKOS.prefLabel, label
        for alias in set(entity.aliases) - {entity.name, ""}:
            yield node, SKOS.altLabel, _ja(alias)
        if entity.mentions:
            yield node, KG.mentionedIn, site.article
    yield from _broader(site)


def _broader(site: _Site) -> Iterator[Triple]:
    strategies = [entity for entity in site.nodes if entity.type is EntityClass.STRATEGY]
    known = {name: site.nodes[entity] for entity in reversed(strategies) for name in (*entity.aliases, entity.name)}
    for entity in strategies:
        for name in entity.broader:
            if name in known and known[name] != site.nodes[entity]:
                yield site.nodes[entity], SKOS.broader, known[name]


def _mentions(site: _Site) -> Iterator[Triple]:
    """One node a stretch of text. 両社 refers to two entities: its rule is the more confident one's."""
    spans: dict[tuple[int, int], list[tuple[Mention, URIRef]]] = {}
    for entity in site.nodes:
        for mention in entity.mentions:
            spans.setdefault((mention.begin, mention.end), []).append((mention, site.nodes[entity]))
    for (begin, end), those in spans.items():
        node = URIRef(iri.mention(site.article, begin, end))
        best = min((mention for mention, _ in those), key=lambda m: (-m.confidence, m.rule))
        yield from _named(node, KG.Mention, best.text)
        yield node, KG.inArticle, site.article
        yield from _stretch(node, best)
        for _, entity_node in those:
            yield node, KG.refersTo, entity_node


def _stretch(node: URIRef, found: Mention | Claim) -> Iterator[Triple]:
    """The words, where they stand, why they were taken and how sure that is."""
    yield node, KG.text, _ja(found.text)
    yield node, KG.beginOffset, _literal(found.begin)
    yield node, KG.endOffset, _literal(found.end)
    yield node, KG.rule, _literal(found.rule)
    yield node, KG.confidence, _literal(float(round(found.confidence, 2)), datatype=XSD.double)


def _claims(site: _Site) -> Iterator[Triple]:
    for node, claim in site.chosen.items():
        proposition = _proposition(claim, site)
        yield from _named(node, KG.Claim, _claim_label(claim))
        yield from _stretch(node, claim)
        yield node, KG.statedIn, site.article
        yield node, KG.attribution, KG[claim.attribution]
        yield node, KG.modality, KG[claim.modality]
        yield node, KG.negated, _literal(claim.negated)
        yield node, PROV.wasGeneratedBy, site.run
        yield from _circumstances(node, claim, site)
        yield from ((node, term, end) for term, end in zip(_ENDS, proposition or (), strict=False))
        yield from _links(node, claim, site)


def _circumstances(node: URIRef, claim: Claim, site: _Site) -> Iterator[Triple]:
    """Who says it, about whom, when, and the words that decided."""
    for entity, term in ((claim.speaker, KG.speaker), (claim.source, KG.accordingTo)):
        if entity:
            yield node, term, site.nodes[entity]
    for entity in (*claim.about, claim.subject, claim.object):
        if entity:
            yield node, KG.about, site.nodes[entity]
    for cue in claim.cues:
        yield node, KG.cue, _ja(cue.text)
    if claim.when:
        yield node, KG.when, _ja(claim.when)
    if claim.date:
        yield node, KG.date, Literal(claim.date)


def _links(node: URIRef, claim: Claim, site: _Site) -> Iterator[Triple]:
    if claim.statement and site.claims[claim.statement] != node:
        yield node, KG.partOfStatement, site.claims[claim.statement]
    for others, term in ((claim.restates, KG.restates), (claim.contradicts, KG.contradicts), (claim.supersedes, KG.supersedes)):
        for other in others:
            if other in site.claims and site.claims[other] != node:
                yield node, term, site.claims[other]


def _proposition(claim: Claim, site: _Site) -> tuple[URIRef, URIRef, URIRef] | None:
    if claim.property is None:
        return None
    if claim.subject is None or claim.object is None or URIRef(f"{KG._NS}{claim.property}") not in BETWEEN_ENTITIES:
        ends = claim.subject and claim.subject.name, claim.property, claim.object and claim.object.name
        raise ValueError(f"claim at {claim.begin}-{claim.end} by {claim.rule}: {ends} found, two entities and a property between entities wanted")
    return site.nodes[claim.subject], KG[claim.property], site.nodes[claim.object]


def _claim_label(claim: Claim) -> str:
    """`Meta → 開発する → Behemoth(検討、否定)` for a proposition, its words for a statement."""
    if claim.subject is None or claim.object is None or claim.property is None:
        words = " ".join(claim.text.split())
        return f"「{words}」" if len(words) <= 40 else f"「{words[:39]}…」"
    kinds = [vocab.label(KG[claim.modality])] * (claim.modality is not Modality.FACT) + [vocab.label(KG.negated)] * claim.negated
    return f"{claim.subject.name} → {vocab.label(KG[claim.property])} → {claim.object.name}" + (f"({'、'.join(kinds)})" if kinds else "")


def _plain(site: _Site) -> Iterator[Triple]:
    """The triples that stand by themselves: the article's own unnegated Fact that no claim of the article denies."""
    stated: list[tuple[URIRef, URIRef, URIRef]] = []
    denied = set()
    for claim in site.chosen.values():
        proposition = _proposition(claim, site)
        if proposition and claim.negated:
            denied.add(_undirected(proposition))
        elif proposition and claim.attribution is Attribution.NARRATION and claim.modality is Modality.FACT:
            stated.append(proposition)
    yield from (triple for triple in stated if _undirected(triple) not in denied)


def _undirected(triple: tuple[URIRef, URIRef, URIRef]) -> tuple[URIRef, URIRef, URIRef]:
    """The triple, with the ends of a symmetric property in order."""
    subject, predicate, other = triple
    return (min(subject, other), predicate, max(subject, other)) if predicate in SYMMETRIC else triple
