"""pyvis' nodes and edges of the two pictures (relations, claims), with their places, packed into columns."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kg.view.bends import bends
from kg.view.data import Content, Thing
from kg.view.layout import SMALL, communities, places

ALL_NODES, ALL_EDGES = 2000, 5000  # beyond, the page draws an overview and what is near the thing chosen
SHAPES = {
    "Organization": "dot",
    "Person": "square",
    "Model": "triangle",
    "Strategy": "diamond",
    "Place": "hexagon",
    "Outlet": "star",
    "UnnamedSource": "triangleDown",
    "Thing": "dot",
}
DASHES: dict[str, bool | list[int]] = {
    "Fact": False,
    "Plan": [14, 5],
    "Consideration": [7, 5],
    "Possibility": [2, 5],
    "Condition": [12, 4, 2, 4],
    "Need": [12, 4, 2, 4, 2, 4],
}
BELOW = 11  # half a label's height: the node's mark stands that much above the middle of its box
CARD = (196.0, 52.0)  # a claim's box: two lines of words


@dataclass(frozen=True, slots=True)
class Relation:
    """Claims that state the same triple equally firmly and in the same voice: one edge. None of them: the bare triple."""

    subject: int
    predicate: str
    object: int
    modality: str
    negated: bool
    attribution: str
    claims: tuple[int, ...]


def relations(content: Content) -> list[Relation]:
    """Return the edges of the relations picture: parallel ones where modality, negation or voice differ."""
    groups: dict[tuple[int, str, int, str, bool, str], list[int]] = defaultdict(list)
    for i, c in enumerate(content.claims):
        if c.subject is not None and c.object is not None and c.predicate:
            groups[c.subject, c.predicate, c.object, c.modality, c.negated, c.attribution].append(i)
    for s, p, o in content.plain:
        groups[s, p, o, "Fact", False, "Narration"] = []
    return [Relation(*key, tuple(groups[key])) for key in sorted(groups)]


def relation_picture(content: Content, words: Mapping[str, str]) -> dict[str, Any]:
    """Return nodes and edges of entities; `words` gives the label of a property or modality, for the room it takes."""
    edges = relations(content)
    degree = _degree(len(content.things), [(e.subject, e.object) for e in edges])
    sizes = [_size(d) for d in degree]
    net = Network(directed=True)
    large = len(content.things) > ALL_NODES or len(edges) > ALL_EDGES
    pairs = [(e.subject, e.object) for e in edges]
    boxes = [_box(t, s) for t, s in zip(content.things, sizes, strict=True)]
    if len(boxes) > SMALL:  # nodes without an edge are many then: they stand as marks, named when one comes near
        boxes = [box if d else (26.0, 26.0) for box, d in zip(boxes, degree, strict=True)]
    at = [] if large else [(x, y - BELOW) for x, y in places(boxes, pairs)]
    for i, thing in enumerate(content.things):
        place = {} if large else {"x": at[i][0], "y": at[i][1]}
        net.nodes.append(Node(i, SHAPES[thing.cls], "", size=sizes[i], **place).options)
    labels = [_edge_label(e, words) for e in edges]
    curves = [None] * len(edges) if large else bends(at, boxes, pairs, labels, BELOW, [_weight(e) for e in edges])
    for edge, curve in zip(edges, curves, strict=True):
        said = {"p": edge.predicate, "a": edge.attribution, "m": edge.modality, "n": int(edge.negated), "claims": list(edge.claims)}
        look = {"dashes": DASHES.get(edge.modality, False), "width": _width(edge), "smooth": curve}
        net.edges.append(Edge(edge.subject, edge.object, True, **look, **said).options)
    return _packed(net, large)


def claim_picture(content: Content) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """Return nodes and edges of entities and claims' cards, and the pairs that the edges join."""
    things = len(content.things)
    edges = _roles(content)
    pairs = [(a, b) for a, b, _ in edges]
    total = things + len(content.cards)
    large = total > ALL_NODES or len(edges) > ALL_EDGES
    sizes = [_size(d) for d in _degree(total, pairs)]
    boxes = [_box(t, s) for t, s in zip(content.things, sizes, strict=False)] + [CARD] * len(content.cards)
    at = [] if large else places(boxes, pairs, 0.4)
    net = Network(directed=True)
    for i in range(total):
        thing = i < things
        place = {} if large else {"x": at[i][0], "y": at[i][1] - BELOW * thing}
        net.nodes.append(Node(i, SHAPES[content.things[i].cls] if thing else "box", "", size=sizes[i] if thing else 12, **place).options)
    for a, b, role in edges:
        net.edges.append(Edge(a, b, True, r=role).options)
    return _packed(net, large), pairs


def bubbles(content: Content, pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Return the community of each node of the claims picture, and place and radius of each community's bubble."""
    things, total = len(content.things), len(content.things) + len(content.cards)
    held = [pair for pair in pairs if min(pair) < things]  # cards that answer each other hang on the same things: thousands would take minutes
    label = communities(total, [*held, *((e.subject, e.object) for e in relations(content))])
    members = Counter(label)
    radius = [round(10 + 1.6 * math.sqrt(members[c])) for c in range(len(members))]
    joins = Counter((min(p), max(p)) for p in ((label[a], label[b]) for a, b in pairs) if p[0] != p[1])
    strong = sorted(joins, key=lambda p: (-joins[p], p))[: 2 * len(members)]
    at = places([(max(190.0, 2.0 * r), 2.0 * r + 130) for r in radius], strong, 0.6)
    return label, [(x, y - 65, r) for (x, y), r in zip(at, radius, strict=True)]


def _roles(content: Content) -> list[tuple[int, int, str]]:
    """Who says it → card ← its subject, card → its object; what it only names; cards that answer each other."""
    things = len(content.things)
    found: set[tuple[int, int, str]] = set()
    for number, members in enumerate(content.cards):
        card, told = things + number, set()
        for claim in (content.claims[i] for i in members):
            for end, role in ((claim.speaker, "speaker"), (claim.source, "source"), (claim.subject, "subject")):
                if end is not None:
                    found.add((end, card, role))
                    told.add(end)
            if claim.object is not None:
                found.add((card, claim.object, "object"))
                told.add(claim.object)
        found.update((card, thing, "about") for i in members for thing in content.claims[i].about if thing not in told)
    for one, other, kind in content.links:
        a, b = content.claims[one].card, content.claims[other].card
        if a != b:
            found.add((things + a, things + b, kind))
    return sorted(found)


def _degree(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    degree = [0] * count
    for a, b in pairs:
        degree[a] += 1
        degree[b] += 1
    return degree


def _size(degree: int) -> int:
    return round(min(30.0, 8 + 3.6 * math.sqrt(degree)))


def _weight(edge: Relation) -> int:
    """How much an edge tells beyond a plain fact: a denial most."""
    return 3 * edge.negated + (edge.modality != "Fact") + (edge.attribution != "Narration")


def _width(edge: Relation) -> float:
    return round(min(5.0, 1.4 + 0.5 * math.log2(max(1, len(edge.claims)))), 1)


def columns(text: str) -> int:
    """Return how many half-width columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _box(thing: Thing, size: int) -> tuple[float, float]:
    """Width and height of a node with its label below it, at the page's 14 pixels; the page cuts at 28 columns."""
    wide = max(columns(thing.label), columns(thing.english or ""))
    return max(2.0 * size, min(28, wide) * 7.3 + 6), 2.0 * size + 22


def _edge_label(edge: Relation, words: Mapping[str, str]) -> tuple[float, float]:
    """Room for the two lines of an edge's label: the property, then what restricts it."""
    restricted = edge.modality != "Fact" or edge.negated or edge.attribution != "Narration"
    second = "・".join(words.get(w, w) for w in (edge.modality, edge.attribution) if w not in ("Fact", "Narration"))
    wide = max(columns(words.get(edge.predicate, edge.predicate)) + 3 * edge.negated, columns(second))
    return wide * 6.0 + 4, 28.0 if restricted else 14.0


def _packed(net: Network, large: bool) -> dict[str, Any]:
    nodes, edges, *_ = net.get_network_data()
    return {"nodes": pack(nodes, ("id", "label")), "edges": pack(edges, ("arrows",)), "large": large}


def pack(rows: Sequence[Mapping[str, Any]], drop: Sequence[str] = ()) -> dict[str, Any]:
    """Return dicts as columns; a column of one value is that value alone, under `same`."""
    keys = [k for k in dict.fromkeys(k for row in rows for k in row) if k not in drop]
    table = {k: [row.get(k) for row in rows] for k in keys}
    same = {k: v[0] for k, v in table.items() if len(v) > 1 and all(x == v[0] and type(x) is type(v[0]) for x in v)}
    return {"count": len(rows), "same": same, "columns": {k: v for k, v in table.items() if k not in same}}
