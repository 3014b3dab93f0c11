"""What a graph holds, counted, and the lines that `kg build` ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from kg.model import Attribution, EntityClass, Modality
from kg.table import table
from kg.vocab import KG


def counts(graph: Graph) -> dict[str, Any]:
    """Return `entities` by class, `relations` (distinct subject, property, object) by property, `claims` by attribution and modality.

    A proposition within a statement is not counted beside it: one thing said is one claim. What does not occur is left out.
    """
    entities = {each.value: sum(1 for _ in graph.subjects(RDF.type, KG[each.value])) for each in EntityClass}
    relations = Counter(_local(predicate) for _, predicate, _ in {_triple(graph, claim) for claim in graph.subjects(RDF.predicate)})
    claims = Counter(_values(graph))
    by_voice = {voice: {firm: claims[voice, firm] for firm in Modality if claims[voice, firm]} for voice in Attribution}
    return {
        "entities": {name: number for name, number in entities.items() if number},
        "relations": dict(sorted(relations.items(), key=lambda item: (-item[1], item[0]))),
        "claims": {voice.value: {firm.value: n for firm, n in row.items()} for voice, row in by_voice.items() if row},
    }


def text(figures: Mapping[str, Any], where: str) -> str:
    """Return the figures of a build as lines for a terminal."""
    articles, seconds = figures["articles"], figures["seconds"]
    lines = [
        f"{articles:,} article{'s' * (articles != 1)} in {seconds:.1f} s, {figures['triples']:,} triples in {where}",
        f"entities   {_list(figures['entities'])}",
        f"relations  {_list(figures['relations'])}",
        f"claims     {_list({voice: sum(row.values()) for voice, row in figures['claims'].items()})}",
        *([_claims(figures["claims"])] if figures["claims"] else []),
    ]
    if figures["skipped"]:
        lines.append(f"skipped    {len(figures['skipped'])}: " + ", ".join(each["source"] for each in figures["skipped"]))
    lines.append(f"violations {len(figures['violations']) or 'none'}")
    return "\n".join(lines)


def _list(numbers: Mapping[str, int]) -> str:
    return f"{sum(numbers.values()):,}: " + ", ".join(f"{name} {number:,}" for name, number in numbers.items()) if numbers else "none"


def _claims(claims: Mapping[str, Mapping[str, int]]) -> str:
    firms = [firm.value for firm in Modality if any(firm in row for row in claims.values())]
    rows = [[voice, *(str(row.get(firm, "")) for firm in firms), str(sum(row.values()))] for voice, row in claims.items()]
    return table(["", *firms, "all"], rows)


def _triple(graph: Graph, claim: Node) -> tuple[Node | None, Node | None, Node | None]:
    return graph.value(claim, RDF.subject), graph.value(claim, RDF.predicate), graph.value(claim, RDF.object)


def _values(graph: Graph) -> Iterator[tuple[str, str]]:
    for claim, attribution in graph.subject_objects(KG.attribution):
        if graph.value(claim, KG.partOfStatement) is None:
            yield _local(attribution), _local(graph.value(claim, KG.modality))


def _local(node: Node | None) -> str:
    return str(node).removeprefix(str(URIRef(KG._NS)))
