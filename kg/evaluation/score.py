"""A graph compared with the gold, article by article."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from rdflib import Graph

from kg.evaluation.figures import FIGURES, Count, Errors, Figures
from kg.evaluation.gold import Gold, Spoken, read
from kg.evaluation.reader import TYPES, Found, Reader
from kg.vocab import KG, SYMMETRIC

_SYMMETRIC = {str(term).removeprefix(str(KG._NS)) for term in SYMMETRIC}

Entities = Mapping[Any, tuple[str | None, set[str]]]
Triple = tuple[str, str, str]
Voice = tuple[Any, str, bool | None, str, Any]  # speaker, modality, negated, attribution, source


def evaluate(graph: Graph, gold: str | os.PathLike[str], texts: str | os.PathLike[str]) -> Figures:
    """Return the figures of a graph against a folder of annotations (NAME.yaml) and the articles they annotate (NAME.txt).

    Raises OSError and ValueError where an annotation or a text is none, and ValueError for a folder without annotations.
    """
    paths = sorted(Path(gold).glob("*.yaml"))
    if not paths:
        raise ValueError(f"{gold}: no YAML found, an annotation an article wanted")
    reader = Reader(graph)
    tally = _Tally()
    for path in paths:
        annotated = read(path, Path(texts))
        tally.add(annotated, reader.read(f"{path.stem}.txt", annotated.text))
    found = sum(f"{path.stem}.txt" in reader.articles for path in paths)
    return Figures(
        tally.counts, tally.certain, tally.sourced, tally.by_type, len(paths), found, dict(sorted(reader.faults.items())), tuple(tally.errors)
    )


class _Tally:
    """The counts over the articles so far."""

    def __init__(self) -> None:
        self.counts = {name: Count() for name in FIGURES if name not in ("certainty", "source", "all")}
        self.by_type = {kind: Count() for kind in TYPES}
        self.certain = self.sourced = 0
        self.errors: list[Errors] = []

    def add(self, gold: Gold, found: Found) -> None:
        """Count one article."""
        typed, named = align(gold.entities, found.entities, True), align(gold.entities, found.entities, False)
        self._entities(gold, found, typed, named)
        extra, missed = self._relations(gold, found, named)
        right = self._claims(gold, found, named)
        self.errors.append(
            Errors(
                gold.name,
                tuple(f"{min(names)}/{kind}" for key, (kind, names) in gold.entities.items() if key not in typed.values()),
                tuple(sorted(f"{min(names, default=str(node))}/{kind}" for node, (kind, names) in found.entities.items() if node not in typed)),
                tuple(" ".join(triple) for triple in sorted(missed)),
                tuple(" ".join(triple) for triple in sorted(extra)),
                tuple(f"{c.speaker}: {gold.text[c.begin : c.end]}" for c in gold.claims if _mostly_missed(c, right)),
            )
        )

    def _entities(self, gold: Gold, found: Found, typed: Mapping[Any, str], named: Mapping[Any, str]) -> None:
        used = {end for s, _, o, *_ in found.relations for end in (s, o)} | {end for c, _ in found.claims for end in (c.speaker, c.source)}
        plain_gold, plain = _without_strategy(gold.entities), _without_strategy(found.entities)
        plain_typed = align(plain_gold, plain, True)
        self.counts["entity"].add(len(typed), len(_scored(found.entities, typed, used)), len(gold.entities))
        self.counts["named"].add(len(plain_typed), len(_scored(plain, plain_typed, used)), len(plain_gold))
        self.counts["name"].add(len(named), len(_scored(found.entities, named, used)), len(gold.entities))
        counted = [found.entities[node][0] for node in _scored(found.entities, typed, used)]
        hits = [gold.entities[key][0] for key in typed.values()]
        for kind, count in self.by_type.items():
            count.add(hits.count(kind), counted.count(kind), [k for k, _ in gold.entities.values()].count(kind))

    def _relations(self, gold: Gold, found: Found, named: Mapping[Any, str]) -> tuple[set[Triple], set[Triple]]:
        wanted = {(_triple(*triple), modality, negated) for triple, modality, negated in gold.relations}
        stated = {(_triple(named.get(s, f"?{s}"), p, named.get(o, f"?{o}")), m, n) for s, p, o, m, n in found.relations}
        bare_wanted, bare_stated = {triple for triple, *_ in wanted}, {triple for triple, *_ in stated}
        self.counts["relation"].add(len(bare_wanted & bare_stated), len(bare_stated), len(bare_wanted))
        self.counts["relation+"].add(len(wanted & stated), len(stated), len(wanted))
        return bare_stated - bare_wanted, bare_wanted - bare_stated

    def _claims(self, gold: Gold, found: Found, named: Mapping[Any, str]) -> set[int]:
        """Count the characters of one article; those that are rightly attributed come back."""

        def known(node: Any) -> Any:
            return node and named.get(node, f"?{node}")

        wanted = characters((claim, ()) for claim in gold.claims)
        said = characters((c._replace(speaker=known(c.speaker), source=known(c.source)), (whole,)) for c, whole in found.claims)
        both = wanted.keys() & said.keys()
        right = {i for i in both if wanted[i][0] == said[i][0]}
        self.counts["quote span"].add(len(both), len(said), len(wanted))
        self.counts["attribution"].add(len(right), len(said), len(wanted))
        self.certain += sum(wanted[i][1:3] == said[i][1:3] for i in right)
        self.sourced += sum(wanted[i][3:] == said[i][3:] for i in right)
        return right


def align(gold: Entities, predicted: Entities, typed: bool) -> dict[Any, str]:
    """Return a gold id for each predicted node that matches one, the pairs that share most names first."""
    known: set[str] = set().union(*(names for _, names in gold.values()))
    pairs = []
    for key, (kind, names) in gold.items():
        for node, (their, theirs) in predicted.items():
            shared = len(names & theirs)
            if 2 * shared > len(known & theirs) and 3 * shared >= len(theirs) and (kind == their or not typed):
                pairs.append((-shared, kind != their, key, str(node), node))
    ours: dict[Any, str] = {}
    used: set[str] = set()
    for *_, key, _, node in sorted(pairs, key=lambda pair: pair[:4]):
        if key not in used and node not in ours:
            ours[node] = key
            used.add(key)
    return ours


def characters(claims: Iterable[tuple[Spoken, tuple[bool, ...]]]) -> dict[int, Voice]:
    """Return each attributed character's voice. The longest claim wins, of equals the whole statement."""
    ordered = sorted(claims, key=lambda pair: (pair[0].end - pair[0].begin, pair[1], str((*pair[0], *pair[1]))))
    return {i: claim[2:] for claim, _ in ordered for i in range(claim.begin, claim.end)}


def _triple(s: str, p: str, o: str) -> Triple:
    return (min(s, o), p, max(s, o)) if p in _SYMMETRIC else (s, p, o)


def _scored(entities: Entities, aligned: Container[Any], used: Container[Any]) -> list[Any]:
    """The nodes that count: all but the places that are neither gold nor used in a claim."""
    return [node for node, (kind, _) in entities.items() if kind != "Place" or node in aligned or node in used]


def _without_strategy(entities: Entities) -> Entities:
    return {key: (kind, names) for key, (kind, names) in entities.items() if kind != "Strategy"}


def _mostly_missed(claim: Spoken, right: set[int]) -> bool:
    return 2 * len(right & set(range(claim.begin, claim.end))) < claim.end - claim.begin
