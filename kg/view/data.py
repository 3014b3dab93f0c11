"""A graph in the ontology's words, as plain rows: things, articles, claims, links, mentions. The page knows no RDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph

from kg.view.index import Index, Value
from kg.view.index import index as indexed
from kg.vocab import BETWEEN_ENTITIES, KG, NIF, SCHEMA

_NAMESPACE = str(KG._NS)
# Most telling first: a node that is both an Outlet and an Organization is shown as the Outlet.
CLASSES = ("UnnamedSource", "Outlet", "Organization", "Person", "Model", "Strategy", "Place")
OTHER = "Thing"  # named by a claim, but of no class of the ontology
LINKS = ("restates", "contradicts", "supersedes")
RELATIONS = {str(p): str(p).removeprefix(_NAMESPACE) for p in BETWEEN_ENTITIES}


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: what a node of the picture stands for."""

    iri: str
    cls: str
    label: str
    english: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is None where the graph was built without it."""

    iri: str
    title: str
    source: str | None
    date: str | None
    publisher: int | None
    cites: tuple[int, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement or a proposition; numbers are positions in the lists of `Content`."""

    iri: str
    article: int | None
    begin: int
    end: int
    words: str
    stands: bool  # the article has these very words at these offsets
    attribution: str
    modality: str
    negated: bool
    speaker: int | None
    source: int | None
    subject: int | None
    predicate: str | None
    object: int | None
    about: tuple[int, ...]
    cues: tuple[str, ...]
    rule: str
    confidence: float | None
    when: str | None
    date: str | None
    card: int  # of the statement with its propositions, or of the sentence in the article's own voice


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page shows, in an order that depends on the graph alone."""

    things: tuple[Thing, ...]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    cards: tuple[tuple[int, ...], ...]  # claims of each card, the statement first
    links: tuple[tuple[int, int, str], ...]  # between claims
    mentions: tuple[tuple[int, int, int, int], ...]  # article, begin, end, thing
    plain: tuple[tuple[int, str, int], ...]  # triples between things that no claim states
    runs: tuple[str, ...]
    digest: str


def content(graph: Graph | Path) -> Content:
    """Return the rows of `graph`; what the ontology does not know is left out, what is missing stays missing.

    Raises OSError where a Turtle file cannot be read and ValueError, file and line first, where it is none."""
    index = indexed(graph)
    kinds = _kinds(index)
    iris = _entities(index, kinds)
    number = {iri: i for i, iri in enumerate(iris)}
    things = tuple(_thing(iri, index, kinds) for iri in iris)
    article_iris = sorted((s for s, t in kinds.items() if "Article" in t), key=lambda s: _article_key(s, index))
    articles = tuple(_article(iri, index, number) for iri in article_iris)
    where = {iri: i for i, iri in enumerate(article_iris)}
    claim_iris = sorted((s for s, t in kinds.items() if "Claim" in t), key=lambda s: _claim_key(s, index, where))
    order = {iri: i for i, iri in enumerate(claim_iris)}
    cards = _cards(claim_iris, index, order, where)
    card_of = {claim: card for card, members in enumerate(cards) for claim in members}
    claims = tuple(_claim(iri, index, number, where, articles, card_of[i]) for i, iri in enumerate(claim_iris))
    return Content(
        things,
        articles,
        claims,
        cards,
        tuple((order[s], order[o], kind) for s in claim_iris for kind in LINKS for o in index[s].get(str(KG[kind]), ()) if o in order and o != s),
        _mentions(index, kinds, where, number),
        _plain(iris, index, number, claims),
        _runs(index),
        hashlib.sha256("\n".join(sorted(a.iri for a in articles)).encode()).hexdigest()[:16],
    )


def _kinds(index: Index) -> dict[str, set[str]]:
    types = str(RDF.type)
    return {s: {t.removeprefix(_NAMESPACE) for t in row[types] if t.startswith(_NAMESPACE)} for s, row in index.items() if types in row}


def _entities(index: Index, kinds: dict[str, set[str]]) -> list[str]:
    """Nodes of an entity class, and whatever claims name beside them (a graph may leave its types out)."""
    known = {s for s, types in kinds.items() if not types.isdisjoint(CLASSES) and "Claim" not in types and "Mention" not in types}
    named = [str(KG.speaker), str(KG.accordingTo), str(RDF.subject), str(RDF.object), str(KG.about)]
    for subject, types in kinds.items():
        if "Claim" in types:
            row = index[subject]
            known.update(v for p in named for v in row.get(p, ()) if not isinstance(v, Value) and not kinds.get(v, set()) & {"Article", "Claim"})
    return sorted(known)


def _thing(iri: str, index: Index, kinds: dict[str, set[str]]) -> Thing:
    row = index.get(iri, {})
    cls = next((c for c in CLASSES if c in kinds.get(iri, ())), OTHER)
    labels = [v for p in (RDFS.label, SKOS.prefLabel) for v in row.get(str(p), ())]
    japanese = next((str(v) for v in labels if getattr(v, "language", None) == "ja"), None)
    english = next((str(v) for v in labels if getattr(v, "language", None) == "en"), None)
    label = japanese or (str(labels[0]) if labels else local_name(str(iri)))
    aliases = tuple(dict.fromkeys(str(v) for v in row.get(str(SKOS.altLabel), ()) if str(v) != label))
    return Thing(str(iri), cls, label, english if english != label else None, aliases)


def local_name(iri: str) -> str:
    """Return what stands after the last # or / of an IRI."""
    return iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1] or iri


def _article_key(iri: str, index: Index) -> tuple[str, str, str]:
    return _first(index[iri], DCTERMS.issued, DCTERMS.created) or "9999", _first(index[iri], DCTERMS.source) or "", str(iri)


def _article(iri: str, index: Index, number: dict[str, int]) -> Article:
    row = index[iri]
    return Article(
        str(iri),
        _first(row, DCTERMS.title, RDFS.label) or local_name(str(iri)),
        next((v for v in (_first(row, SCHEMA.url), _first(row, DCTERMS.source)) if v), None),
        _first(row, DCTERMS.issued, DCTERMS.created),
        _one(row, KG.publisher, number),
        tuple(number[v] for v in row.get(str(KG.cites), ()) if v in number),
        _first(row, NIF.isString),
    )


def _claim_key(iri: str, index: Index, where: dict[str, int]) -> tuple[int, int, int, bool, str]:
    """Reading order; a statement before its propositions."""
    row = index[iri]
    article = _one(row, KG.statedIn, where)
    place = len(where) if article is None else article, _offset(row, KG.beginOffset), -_offset(row, KG.endOffset)
    return *place, str(KG.partOfStatement) in row, str(iri)


def _cards(iris: list[str], index: Index, order: dict[str, int], where: dict[str, int]) -> tuple[tuple[int, ...], ...]:
    """A statement with its propositions; in the article's own voice, the propositions of one sentence."""
    groups: dict[object, list[int]] = {}
    for i, iri in enumerate(iris):
        row = index[iri]
        statement = _one(row, KG.partOfStatement, order)
        key: object = i if statement is None else statement
        if statement is None and str(RDF.predicate) in row and _name(row, KG.attribution) == "Narration":
            key = (_one(row, KG.statedIn, where), _offset(row, KG.beginOffset), _offset(row, KG.endOffset))
        groups.setdefault(key, []).append(i)
    return tuple(tuple(sorted(g, key=lambda i: (str(KG.partOfStatement) in index[iris[i]], i))) for g in groups.values())


def _claim(iri: str, index: Index, number: dict[str, int], where: dict[str, int], articles: tuple[Article, ...], card: int) -> Claim:
    row = index[iri]
    article = _one(row, KG.statedIn, where)
    begin, end, words = _offset(row, KG.beginOffset), _offset(row, KG.endOffset), _first(row, KG.text) or ""
    text = None if article is None else articles[article].text
    confidence = _first(row, KG.confidence)
    return Claim(
        str(iri),
        article,
        begin,
        end,
        words,
        text is not None and 0 <= begin < end and text[begin:end] == words,
        _name(row, KG.attribution) or "Narration",
        _name(row, KG.modality) or "Fact",
        (_first(row, KG.negated) or "").lower() in ("true", "1"),
        _one(row, KG.speaker, number),
        _one(row, KG.accordingTo, number),
        _one(row, RDF.subject, number),
        _name(row, RDF.predicate),
        _one(row, RDF.object, number),
        tuple(number[v] for v in row.get(str(KG.about), ()) if v in number),
        tuple(map(str, row.get(str(KG.cue), ()))),
        _first(row, KG.rule) or "",
        float(confidence) if confidence else None,
        _first(row, KG.when),
        _first(row, KG.date),
        card,
    )


def _mentions(index: Index, kinds: dict[str, set[str]], where: dict[str, int], number: dict[str, int]) -> tuple[tuple[int, int, int, int], ...]:
    rows = []
    for subject, types in kinds.items():
        if "Mention" not in types:
            continue
        row = index[subject]
        article, begin, end = _one(row, KG.inArticle, where), _offset(row, KG.beginOffset), _offset(row, KG.endOffset)
        if article is not None and 0 <= begin < end:
            rows += [(article, begin, end, number[thing]) for thing in row.get(str(KG.refersTo), ()) if thing in number]
    return tuple(sorted(rows))


def _plain(iris: list[str], index: Index, number: dict[str, int], claims: tuple[Claim, ...]) -> tuple[tuple[int, str, int], ...]:
    stated = {(c.subject, c.predicate, c.object) for c in claims}
    found = []
    for i, iri in enumerate(iris):
        for predicate, values in index.get(iri, {}).items():
            if name := RELATIONS.get(predicate):
                found += [(i, name, number[v]) for v in values if v in number and (i, name, number[v]) not in stated]
    return tuple(sorted(found))


def _runs(index: Index) -> tuple[str, ...]:
    """What the graph says of the runs that made it: their labels, else their literals, else their names."""
    runs = {v for row in index.values() for v in row.get(str(PROV.wasGeneratedBy), ())}
    return tuple(sorted(_first(index.get(run, {}), RDFS.label) or local_name(str(run)) for run in runs))


def _first(row: dict[str, list[str]], *predicates: str) -> str | None:
    return next((str(v) for p in predicates for v in row.get(str(p), ())), None)


def _one(row: dict[str, list[str]], predicate: str, number: dict[str, int]) -> int | None:
    return next((number[v] for v in row.get(str(predicate), ()) if v in number), None)


def _name(row: dict[str, list[str]], predicate: str) -> str | None:
    value = _first(row, predicate)
    return None if value is None else local_name(value)


def _offset(row: dict[str, list[str]], predicate: str) -> int:
    """Return the offset, -1 where there is none or it is no number."""
    value = _first(row, predicate)
    return int(value) if value is not None and value.isdecimal() else -1
