"""What a graph says of an article, read from a graph that may hold anything; its faults are counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.evaluation.gold import Spoken, norm
from kg.model import EntityClass
from kg.vocab import KG

TYPES = ("Organization", "Person", "Model", "Strategy", "Place", "Outlet", "UnnamedSource")

_ATTRIBUTED = {KG.DirectQuote, KG.IndirectSpeech}
_SEVERAL = URIRef("urn:several-values")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

Stated = tuple[Node | None, str, Node | None, str, bool | None]  # subject, predicate, object, modality, negated


@dataclass(frozen=True, slots=True)
class Found:
    """An article as the graph has it. A statement comes with whether it is whole, without rdf:predicate."""

    entities: dict[Node, tuple[str | None, set[str]]]
    relations: list[Stated]
    claims: list[tuple[Spoken, bool]]


class Reader:
    """Reads articles from a graph and keeps count of its faults."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.faults: Counter[str] = Counter()
        self.articles: dict[str, Node] = {}
        for article in sorted(graph.subjects(RDF.type, KG.Article), key=str):
            for source in graph.objects(article, DCTERMS.source):
                name = PurePosixPath(str(source)).name
                self._check(name not in self.articles, f"several kg:Article for {name}, only the first is read")
                self.articles.setdefault(name, article)

    def read(self, name: str, text: str) -> Found:
        """Return what the graph says of the article whose dcterms:source ends in the name; nothing where it has none."""
        article = self.articles.get(name)
        if article is None:
            self._check(False, f"no kg:Article with dcterms:source ending in {name}")
            return Found({}, [], [])
        nodes = {*self.graph.subjects(KG.mentionedIn, article), *self.graph.objects(article, KG.cites)}
        read = {node: self._entity(node, norm(text)) for node in nodes}
        relations: list[Stated] = []
        claims: list[tuple[Spoken, bool]] = []
        for claim in self.graph.subjects(KG.statedIn, article):
            self._claim(claim, text, relations, claims)
        return Found({node: entity for node, entity in read.items() if entity}, relations, claims)

    def _claim(self, claim: Node, text: str, relations: list[Stated], claims: list[tuple[Spoken, bool]]) -> None:
        modality, negated = _local(self._one(claim, KG.modality, True)), self._boolean(claim)
        predicate = self._one(claim, RDF.predicate)
        if predicate is not None:
            relations.append((self._one(claim, RDF.subject), _local(predicate), self._one(claim, RDF.object), modality, negated))
        attribution = self._one(claim, KG.attribution, True)
        self._check(attribution in _ATTRIBUTED | {KG.Narration}, "kg:attribution is not one of the ontology's three")
        if attribution in _ATTRIBUTED:
            speaker, source = self._one(claim, KG.speaker), self._one(claim, KG.accordingTo)
            who = source if speaker is None else speaker
            claims.append((Spoken(*self._span(claim, text), who, modality, negated, _local(attribution), source), predicate is None))

    def _entity(self, node: Node, text: str) -> tuple[str | None, set[str]] | None:
        kinds = [kind for kind in TYPES if (node, RDF.type, KG[EntityClass(kind)]) in self.graph]
        names = {norm(name) for term in (SKOS.prefLabel, SKOS.altLabel, RDFS.label) for name in self.graph.objects(node, term)}
        self._check(len(kinds) <= 1, "an entity has several types (a miss in the entity figure)")
        fault = "an entity has no name, or no type of " + ", ".join(TYPES) + " (ignored)"
        if not self._check(bool(kinds and names), fault):
            return None
        return kinds[0] if len(kinds) == 1 else None, {name for name in names if name in text}

    def _one(self, node: Node, term: URIRef, needed: bool = False) -> Node | None:
        values = set(self.graph.objects(node, term))
        self._check(len(values) <= 1, f"a claim has several kg:{_local(term)}")
        self._check(bool(values) or not needed, f"a claim has no kg:{_local(term)}")
        return _SEVERAL if len(values) > 1 else next(iter(values), None)

    def _boolean(self, claim: Node) -> bool | None:
        value = _BOOLEANS.get(str(self._one(claim, KG.negated, True)).lower())
        self._check(value is not None, "kg:negated is not a boolean")
        return value

    def _span(self, claim: Node, text: str) -> tuple[int, int]:
        begin, end, words = (str(self._one(claim, term, True)) for term in (KG.beginOffset, KG.endOffset, KG.text))
        if not self._check(
            begin.isdecimal() and end.isdecimal() and int(begin) < int(end) <= len(text),
            "kg:beginOffset and kg:endOffset are not a stretch of the article (claim ignored)",
        ):
            return 0, 0
        self._check(words == text[int(begin) : int(end)], "kg:text is not what stands at the offsets")
        return int(begin), int(end)

    def _check(self, good: bool, fault: str) -> bool:
        if not good:
            self.faults[fault] += 1
        return good


def _local(node: Node | None) -> str:
    return str(node).removeprefix(str(KG._NS))
