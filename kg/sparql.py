"""SPARQL over a graph: rows, and rows as a table, CSV or JSON. Asks nobody else: SERVICE is refused."""

from __future__ import annotations

import csv as comma_separated
import io
import json as javascript
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from kg import store
from kg.lexicon import ontology

if TYPE_CHECKING:
    from rdflib import Graph

Term = NamedNode | BlankNode | Literal | Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
# What may hold the word SERVICE without asking for one: IRIs, strings, comments, variables and the local part of a name.
_WORDS = re.compile(
    r"<[^<>\"{}|^`\\\s]*>"
    r"|\'\'\'.*?\'\'\'|\"\"\".*?\"\"\"|\'(?:[^\'\\\n]|\\.)*\'|\"(?:[^\"\\\n]|\\.)*\""
    r"|\#[^\n]*|[?$:][\w-]+",
    re.DOTALL,
)
_SERVICE = re.compile("SERVICE", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query found. `answer` is that of an ASK, which has no rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    prefixes: dict[str, str]
    answer: bool | None = None


def query(source: str | os.PathLike[str] | Graph, query: str) -> Rows:
    """Return what a query finds in a graph: a Turtle file, a folder with `graph.ttl`, or an rdflib graph.

    `query` is SPARQL, a `.rq` file or the name of a query of `ontology/queries/` (see `named`). The prefixes of graph and ontology
    need no declaration, and the ontology is the graph <https://w3id.org/kg-ja/ontology>. CONSTRUCT and DESCRIBE give subject,
    predicate, object. Rows without ORDER BY come sorted, so that the same graph gives the same answer.
    Raises OSError and ValueError with one line on what is wrong, and where.
    """
    sparql, where = resolved(query)
    if _SERVICE.search(_WORDS.sub(" ", _unescaped(sparql))):
        raise ValueError(f"{where}: SERVICE found, a query that asks no other machine wanted")
    engine, prefixes = _opened(source)
    try:
        return _rows(engine, sparql, prefixes)
    except SyntaxError as error:
        raise ValueError(f"{where}: {_first_line(str(error))}; SPARQL wanted") from error


def named() -> dict[str, str]:
    """Return the queries that come with the ontology: each name with its question in words."""
    return {file.stem: _question(file) for file in sorted((ontology() / "queries").glob("*.rq"))}


def resolved(query: str) -> tuple[str, str]:
    """Return the SPARQL that a query means, and where it stands: a named query, a file or the string itself."""
    if "{" in query:
        return query, "query"
    file = Path(query) if query.endswith(".rq") else ontology() / "queries" / f"{query}.rq"
    if not query.endswith(".rq") and query not in named():
        raise ValueError(f"{query!r}: no such query; SPARQL, a .rq file or one of these wanted: {', '.join(named())}")
    try:
        return file.read_text(encoding="utf-8-sig"), str(file.name)
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: not UTF-8 at byte {error.start}; a query in UTF-8 wanted") from error


def table(rows: Rows, *, width: int | None = None) -> str:
    """Return the rows as a table for a terminal, full-width characters counted as two columns and IRIs shortened by prefixes.

    `width` is the terminal's: cells are cut with … until a line fits. What is no printable character is replaced by �.
    """
    if rows.answer is not None:
        return "yes\n" if rows.answer else "no\n"
    cells = [list(rows.columns), *([_short(term, rows.prefixes) for term in row] for row in rows.rows)]
    cells = [[_printable(cell) for cell in row] for row in cells]
    widths = _fitted([max(map(_columns, column)) for column in zip(*cells, strict=True)], width)
    head, *body = ["  ".join(map(_padded, row, widths)).rstrip() for row in cells]
    return "\n".join((head, "  ".join("─" * wide for wide in widths), *body, ""))


def csv(rows: Rows) -> str:
    """Return the rows as CSV (SPARQL 1.1 results: plain values, IRIs whole), `true` or `false` for ASK."""
    if rows.answer is not None:
        return f"{str(rows.answer).lower()}\n"
    out = io.StringIO()
    writer = comma_separated.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows(["" if term is None else _value(term) for term in row] for row in rows.rows)
    return out.getvalue()


def json(rows: Rows) -> str:
    """Return the rows as JSON in the form of the W3C (SPARQL 1.1 Query Results JSON Format)."""
    if rows.answer is not None:
        return javascript.dumps({"head": {}, "boolean": rows.answer}) + "\n"
    bindings = [{name: _binding(term) for name, term in zip(rows.columns, row, strict=True) if term is not None} for row in rows.rows]
    return javascript.dumps({"head": {"vars": rows.columns}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1) + "\n"


def _opened(source: str | os.PathLike[str] | Graph) -> tuple[Store, dict[str, str]]:
    if isinstance(source, (str, os.PathLike)):
        return store.opened(source)
    engine, prefixes = store.from_turtle(source.serialize(format="nt", encoding="utf-8"))
    return engine, {**prefixes, **{prefix: str(namespace) for prefix, namespace in source.namespaces()}}


def _rows(engine: Store, sparql: str, prefixes: dict[str, str]) -> Rows:
    found = engine.query(sparql, prefixes=prefixes)
    if isinstance(found, QueryBoolean):
        return Rows((), (), prefixes, bool(found))
    if isinstance(found, QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        rows: list[tuple[Term | None, ...]] = [tuple(solution) for solution in found]
    else:
        columns, rows = ("subject", "predicate", "object"), [tuple(triple) for triple in found]
    if not _ORDERED.search(sparql):
        rows.sort(key=lambda row: tuple(str(term or "") for term in row))
    return Rows(columns, tuple(rows), prefixes)


def _question(file: Path) -> str:
    with file.open(encoding="utf-8-sig") as lines:
        return lines.readline().lstrip("#").strip()


def _unescaped(sparql: str) -> str:
    """The query after SPARQL's code point escapes: `\\u0053ERVICE` is SERVICE."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", lambda found: _character(found[1] or found[2]), sparql)


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else " "


def _first_line(message: str) -> str:
    """The parser's message, without the whole grammar that it would have taken: `error at 1:16`."""
    return re.split(r": expected|\n", message, maxsplit=1)[0]


def _value(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal, BlankNode)) else str(term)


def _short(term: Term | None, prefixes: dict[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        fitting = [(namespace, prefix) for prefix, namespace in prefixes.items() if term.value.startswith(namespace) and term.value != namespace]
        if fitting:
            namespace, prefix = max(fitting, key=lambda pair: (len(pair[0]), pair[1]))
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return _value(term)


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **({} if extra == {"datatype": f"{_XSD}string"} else extra)}
    return {"type": "bnode", "value": _value(term)}


def _printable(cell: str) -> str:
    """One line without anything that a terminal would act on."""
    return "".join(c if c.isprintable() or c == "\u3000" else "�" for c in re.sub(r"[\n\r\t]+", " ", cell))


def _columns(cell: str) -> int:
    """How many columns a terminal gives the words: two for a full-width character, none for a combining one."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def _padded(cell: str, width: int) -> str:
    if _columns(cell) > width:
        while _columns(cell) > width - 1:
            cell = cell[:-1]
        cell += "…"
    return cell + " " * (width - _columns(cell))


def _fitted(widths: list[int], width: int | None) -> list[int]:
    """The widths of the columns, the widest narrowed until a line of them and two blanks between fits; no narrower than 8."""
    widths = list(widths)
    while width is not None and sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths
