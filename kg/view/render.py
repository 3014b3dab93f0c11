"""The page: one HTML file with the graph, the articles and the program that shows them. It asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import astuple
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rdflib import Graph

from kg.view.data import Claim, Content, Thing, content
from kg.view.net import DASHES, SHAPES, bubbles, claim_picture, relation_picture

SCRIPTS = ("core", "scope", "places", "graph", "labels", "article", "panel", "table", "legend", "search", "correct", "export", "address", "main")
MOST_NODES = 100_000  # a page beyond it would hang: build it by month or topic


class Page(str):
    """The page's text; a notebook shows it in a frame of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        look = 'sandbox="allow-scripts allow-downloads allow-modals" style="width:100%;height:720px;border:1px solid #8888"'
        return f'<iframe {look} srcdoc="{escape(self, quote=True)}"></iframe>'


def page(graph: Graph | str | Path, *, title: str | None = None) -> Page:
    """Return the page that shows `graph` (or the Turtle file at that path): the same graph gives the same text.

    Raises ValueError where the graph is larger than a browser can show."""
    rows = content(graph if isinstance(graph, Graph) else Path(graph))
    size = len(rows.things) + len(rows.cards)
    if size > MOST_NODES:
        raise ValueError(f"{title or 'graph'}: {size} entities and claims, at most {MOST_NODES} wanted: build it from fewer articles")
    return _rendered(rows, title)


def write_page(graph: Graph | str | Path, path: str | Path, *, title: str | None = None) -> int:
    """Write the page to `path` as UTF-8 with \\n on every system and return its size in bytes."""
    data = page(graph, title=title).encode("utf-8")
    Path(path).write_bytes(data)
    return len(data)


def _rendered(rows: Content, title: str | None) -> Page:
    strings = {code: json.loads(_resource(f"strings.{code}.json")) for code in ("ja", "en")}
    shown = title or (rows.articles[0].title if len(rows.articles) == 1 else strings["ja"]["title"])
    scripts = [_library(), _program()]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = environment.from_string(_resource("page.html.j2")).render(
        title=shown,
        policy=_policy(scripts),
        css=Markup(_resource("view.css")),
        data=Markup(embedded(_packed(rows, strings, shown))),
        scripts=[Markup(s) for s in scripts],
        counts=[("記事", "articles", len(rows.articles)), ("実体", "entities", len(rows.things)), ("主張", "claims", len(rows.cards))],
        claims=[c.words for c in rows.claims[:50]],
    )
    return Page(text)


def embedded(value: Any) -> str:
    """Return JSON that no HTML parser can take for anything else: safe within a script element, whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "&<>\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be written as UTF-8


def _policy(scripts: list[str]) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"


def _resource(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _program() -> str:
    """The page's own scripts as one, without the comments that only their reader needs."""
    lines = [line.strip() for name in SCRIPTS for line in _resource(f"js/{name}.js").split("\n")]
    return '"use strict";(() => {\n' + "\n".join(line for line in lines if line and not line.startswith(("//", "/**", "*"))) + "\n})();"


@cache
def _library() -> str:
    """vis-network 9.1.2 as pyvis 0.3.2 ships it, without the line that makes developer tools ask for a source map."""
    text = files("pyvis").joinpath("lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return text[: text.rindex("//# sourceMappingURL=")].replace("\r\n", "\n")


def _packed(rows: Content, strings: dict[str, Any], title: str) -> dict[str, Any]:
    relation = relation_picture(rows, strings["ja"]["term"])
    claims, pairs = claim_picture(rows)
    community, places = bubbles(rows, pairs) if relation["large"] or claims["large"] else ([], [])
    tables = {name: _Numbers() for name in ("cls", "term", "rule", "cue")}
    common = _common([t.iri for t in rows.things] + [c.iri for c in rows.claims] + [a.iri for a in rows.articles])
    return {
        "title": title,
        "built": {"runs": rows.runs, "input": rows.digest},
        "base": common,
        "strings": strings,
        "things": _things(rows.things, tables["cls"], len(common)),
        "articles": [[a.iri[len(common) :], *astuple(a)[1:]] for a in rows.articles],
        "claims": _claims(rows.claims, tables, len(common)),
        "links": rows.links,
        "mentions": _mentions(rows),
        "relations": relation,
        "cards": claims,
        "community": community,
        "bubbles": places,
        "shapes": SHAPES,
        "dashes": DASHES,
        "tables": {name: table.values for name, table in tables.items()},
    }


class _Numbers:
    """Texts by number: each is written into the page once."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._known: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        if text not in self._known:
            self._known[text] = len(self.values)
            self.values.append(text)
        return self._known[text]


def _common(iris: list[str]) -> str:
    """Return what all IRIs begin with, up to a slash."""
    if not iris:
        return ""
    low, high = min(iris), max(iris)
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[: low.rfind("/", 0, same) + 1]


def _things(things: tuple[Thing, ...], cls: _Numbers, cut: int) -> dict[str, Any]:
    """Columns; an IRI that is class and label (as nearly all are) is left out, as 0."""
    return {
        "iri": [0 if t.iri[cut:] == f"{t.cls.lower()}/{t.label}" else t.iri[cut:] for t in things],
        "cls": [cls(t.cls) for t in things],
        "label": [t.label for t in things],
        "en": {i: t.english for i, t in enumerate(things) if t.english},
        "alias": {i: t.aliases for i, t in enumerate(things) if t.aliases},
    }


def _claims(claims: tuple[Claim, ...], tables: dict[str, _Numbers], cut: int) -> dict[str, Any]:
    term = tables["term"]
    columns: dict[str, list[Any]] = {
        "iri": [c.iri[cut:] for c in claims],
        "art": [c.article for c in claims],
        "b": [c.begin for c in claims],
        "e": [c.end for c in claims],
        "att": [term(c.attribution) for c in claims],
        "mod": [term(c.modality) for c in claims],
        "neg": [int(c.negated) for c in claims],
        "spk": [c.speaker for c in claims],
        "src": [c.source for c in claims],
        "s": [c.subject for c in claims],
        "p": [term(c.predicate) if c.predicate else None for c in claims],
        "o": [c.object for c in claims],
        "about": [list(c.about) for c in claims],
        "cue": [[tables["cue"](w) for w in c.cues] for c in claims],
        "rule": [tables["rule"](c.rule) for c in claims],
        "conf": [c.confidence for c in claims],
        "card": [c.card for c in claims],
    }
    sparse = {
        "words": {i: c.words for i, c in enumerate(claims) if not c.stands},
        "when": {i: c.when for i, c in enumerate(claims) if c.when},
        "date": {i: c.date for i, c in enumerate(claims) if c.date},
    }
    packed: dict[str, Any] = {k: v[0] if len(v) > 1 and all(x == v[0] for x in v) and not isinstance(v[0], list) else v for k, v in columns.items()}
    return {**packed, **sparse, "count": len(claims)}


def _mentions(rows: Content) -> list[list[int]]:
    """For each article one flat list: thing, begin (from the mention before), length."""
    found: list[list[int]] = [[] for _ in rows.articles]
    last = [0] * len(rows.articles)
    for article, begin, end, thing in rows.mentions:
        found[article] += [thing, begin - last[article], end - begin]
        last[article] = begin
    return found
