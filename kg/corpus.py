"""Many articles to one graph: what cannot be read is named and left out, the rest goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from kg import corrections, pipeline, read
from kg.corrections import Correction
from kg.graph import Triple, triples, union
from kg.model import Document, Reading
from kg.vocab import BASE


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article, and why."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """What was made of the inputs: the union of the articles' graphs, the articles' sources, what was left out, what no article matched."""

    graph: Graph
    articles: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    unmatched: tuple[Correction, ...]


def plain(work: Callable[[Document], Reading], document: Document) -> Reading | Skipped:
    """Do the work on one article; what goes wrong goes up."""
    return work(document)


@dataclass(frozen=True, slots=True)
class Options:
    """How articles are read and written down. `guard` does the work on one article, and may turn a failure into a Skipped."""

    encoding: str = "utf-8"
    names: Path | None = None
    lexicon: bool = True
    base: str = BASE
    with_text: bool = True
    corrections: tuple[Correction, ...] = ()
    guard: Callable[[Callable[[Document], Reading], Document], Reading | Skipped] = plain


def inputs(paths: Iterable[str | os.PathLike[str]], *, encoding: str = "utf-8") -> Iterator[Document | Skipped]:
    """Yield first what was not found, then every article under the paths in the order of their sources, or why it is none.

    A text met before is left out: an article is named by its text, and two of one name would have two titles.
    """
    found, lost = read.find(paths)
    yield from (Skipped(each.source, each.reason) for each in lost)
    met: dict[bytes, str] = {}
    for item in found:
        try:
            document = read.load(item, encoding=encoding)
        except read.Unreadable as error:
            yield Skipped(error.source, error.reason)
            continue
        digest = hashlib.sha256(document.text.encode()).digest()
        if digest in met:
            yield Skipped(document.source, f"the same text as {met[digest]}")
            continue
        met[digest] = document.source
        yield document


def readings(documents: Iterable[Document | Skipped], options: Options) -> Iterator[Reading | Skipped]:
    """Yield what was read off each document, in order; what was skipped passes through. The model is loaded at the first."""

    def work(document: Document) -> Reading:
        (reading,) = pipeline.read([document], names=options.names, lexicon=options.lexicon)
        return reading

    for document in documents:
        yield document if isinstance(document, Skipped) else options.guard(work, document)


def unite(results: Iterable[Reading | Skipped], options: Options, store: str = "default") -> Corpus:
    """Return the union of the readings' graphs, corrections applied, and the list of what was skipped. `store` is one of rdflib's."""
    articles: list[str] = []
    skipped: list[Skipped] = []
    missed: list[tuple[Correction, ...]] = []

    def parts() -> Iterator[Iterator[Triple]]:
        for result in results:
            if isinstance(result, Skipped):
                skipped.append(result)
                continue
            reading, without = corrections.apply(result, options.corrections, base=options.base)
            articles.append(reading.document.source)
            missed.append(without)
            yield triples(reading, base=options.base, with_text=options.with_text)

    graph = union(parts(), base=options.base, store=store)
    return Corpus(graph, tuple(articles), tuple(skipped), corrections.unmatched(missed))


def build(paths: Iterable[str | os.PathLike[str]], options: Options | None = None) -> Corpus:
    """Return the graph of all articles under the paths. Nothing is written, nothing is asked of a network."""
    chosen = options or Options()
    return unite(readings(inputs(paths, encoding=chosen.encoding), chosen), chosen)
