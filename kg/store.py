"""The graph on disk, read into a pyoxigraph store: no rdflib, so that a query answers at once."""

from __future__ import annotations

import os
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.lexicon import ontology

ONTOLOGY = NamedNode("https://w3id.org/kg-ja/ontology")


def located(path: str | os.PathLike[str]) -> Path:
    """Return the Turtle file that a path means: itself, or `graph.ttl` in the folder."""
    file = Path(path)
    return file / "graph.ttl" if file.is_dir() else file


def opened(path: str | os.PathLike[str]) -> tuple[Store, dict[str, str]]:
    """Return a store of the graph at the path, and the prefixes it is written with. The ontology is a named graph beside it.

    Raises OSError where the file cannot be read and ValueError, file and line first, where it is no Turtle.
    """
    file = located(path)
    try:
        return from_turtle(file.read_bytes())
    except SyntaxError as error:
        raise ValueError(f"{file}:{error.lineno or 0}: {error.msg}; Turtle wanted") from error


def from_turtle(octets: bytes) -> tuple[Store, dict[str, str]]:
    """Return the same from Turtle in memory. Raises SyntaxError where it is none."""
    store = Store()
    words = parse(path=ontology() / "kg.ttl", format=RdfFormat.TURTLE)
    store.extend(Quad(word.subject, word.predicate, word.object, ONTOLOGY) for word in words)
    parser = parse(octets.removeprefix(b"\xef\xbb\xbf"), format=RdfFormat.TURTLE)
    store.bulk_extend(parser)
    return store, {**words.prefixes, **parser.prefixes}
