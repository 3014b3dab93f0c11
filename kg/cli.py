"""The command line: the only room that prints, and the only one that catches whatever goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg import garbage
from kg.options import parser

# Nothing heavy is imported before a command needs it: `kg --help` takes no longer than Python takes to start.
if TYPE_CHECKING:
    from rdflib import Graph

    from kg.corpus import Corpus, Options, Skipped
    from kg.model import Document, Reading

WELL, FAULTY, WRONG, STOPPED = 0, 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code, as the help states them."""
    _speak_utf8()
    options = parser().parse_args(arguments)
    try:
        with garbage.seldom_sought():
            code = _COMMANDS[options.command](options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader, `head` say, has seen enough: what is left goes nowhere, at exit too
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:
        _complain(_in_words(error))
        return WRONG


def _build(options: Namespace) -> int:
    from kg import files, summary, turtle, view

    start = time.perf_counter()
    files.prepare(options.out)
    mentions: list[dict[str, Any]] = []
    result = _read(options, mentions)
    if not result.articles:
        _complain("no article was read, nothing is written")
        return FAULTY
    text = turtle.dumps(result.graph)
    files.replace({options.out / "graph.ttl": text, options.out / "graph.html": view.page(result.graph)})
    violations = _violations(result.graph, text)
    figures = {
        "articles": len(result.articles),
        "skipped": [{"source": each.source, "reason": each.reason} for each in result.skipped],
        **summary.counts(result.graph),
        "triples": len(result.graph),
        "unmatched": [f"{each.id} {each.field}" for each in result.unmatched],
        "violations": violations,
        "seconds": round(time.perf_counter() - start, 1),
    }
    if options.json:
        _print_json(figures | ({"mentions": mentions} if options.explain else {}))
    else:
        _print_build(summary.text(figures, str(options.out)), mentions, options)
    return FAULTY if result.skipped or result.unmatched or violations else WELL


def _read(options: Namespace, mentions: list[dict[str, Any]]) -> Corpus:
    """Read and unite the articles; name what was skipped, and note the mentions if they are to be explained."""
    from kg import corpus

    chosen = _corpus_options(options)
    documents = list(corpus.inputs(options.paths, encoding=chosen.encoding))
    done = _progress(corpus.readings(documents, chosen), len(documents), options.quiet)
    result = corpus.unite(_noted(done, mentions) if options.explain else done, chosen, "SimpleMemory")  # has no named graphs, and half the cost
    _complain(*map(str, result.skipped))
    _complain(*(f"{options.corrections}: {each.field} of {each.id}: nothing matches this correction any more" for each in result.unmatched))
    return result


def _check(options: Namespace) -> int:
    from kg import turtle

    violations = _violations(turtle.read(options.graph))
    if options.json:
        _print_json({"violations": violations})
    elif not options.quiet and not violations:
        print("no violations")
    return FAULTY if violations else WELL


def _violations(graph: Graph, text: str | None = None) -> list[dict[str, str]]:
    """Check the graph (`text`: its Turtle), name what breaks a shape on standard error, and return it."""
    from kg import shacl

    report = shacl.check(graph, text, warnings=False)
    _complain(*map(str, report.violations))
    return [asdict(each) for each in report.violations]


def _query(options: Namespace) -> int:
    from kg import sparql
    from kg.table import table

    if options.query is None:
        print(table(("name", "question"), list(sparql.named().items())))
        return WELL
    rows = sparql.query(options.graph, options.query)
    if options.format == "table":
        sys.stdout.write(sparql.table(rows, width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None))
    else:
        sys.stdout.write({"csv": sparql.csv, "json": sparql.json}[options.format](rows))
    return WELL


def _view(options: Namespace) -> int:
    from kg import files, view

    files.prepare(options.out.parent)
    files.replace({options.out: view.page(options.graph)})
    return WELL


def _mentions(options: Namespace) -> int:
    if options.jsonl:
        return _names_alone(options.paths)
    from kg import corpus

    chosen = _corpus_options(options)
    code = WELL
    for found in corpus.readings(corpus.inputs(options.paths, encoding=chosen.encoding), chosen):
        if isinstance(found, corpus.Skipped):
            _complain(str(found))
            code = FAULTY
            continue
        _print_mentions(_explained(found))
    return code


def _names_alone(paths: list[str]) -> int:
    """Read JSON Lines, write them again with the names found: the recognizer alone, for whoever wants to measure it."""
    from kg import jsonl, parse
    from kg.mention import recognize_all

    nlp = parse.load()
    code = WELL
    for path in paths:
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
            for lines in jsonl.batches(cast("jsonl.Stream", stream)):
                texts = [line.text for line in lines if not line.fault]
                for text, found in zip(texts, recognize_all(texts, nlp), strict=True):
                    _print_json({"text": text, "entities": found}, indent=None)
                sys.stdout.flush()
                faults = [f"{path}:{line.number}: {line.fault}" for line in lines if line.fault]
                _complain(*faults)
                code = FAULTY if faults else code
    return code


def _evaluate(options: Namespace) -> int:
    from kg import turtle
    from kg.evaluation import FIGURES, evaluate

    if unknown := [name for name, _ in options.min if name not in FIGURES]:
        raise ValueError(f"--min {unknown[0]}: no such figure; one of these wanted: {', '.join(FIGURES)}")
    figures = evaluate(turtle.read(options.graph), options.gold, options.texts)
    if options.json:
        _print_json(figures.as_dict())
    else:
        print("\n".join(figures.lines(errors=options.errors)))
    low = [(name, least) for name, least in options.min if figures.figure(name) < least]
    _complain(*(f"{name} is {figures.figure(name):.3f}, {least} wanted" for name, least in low))
    return FAULTY if low else WELL


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "build": _build,
    "check": _check,
    "query": _query,
    "view": _view,
    "mentions": _mentions,
    "evaluate": _evaluate,
}
_MENTION = ("source", "begin", "end", "text", "class", "form", "entity", "rule", "confidence")


def _corpus_options(options: Namespace) -> Options:
    from kg import corpus, corrections, vocab

    file = getattr(options, "corrections", None)
    return corpus.Options(
        encoding=options.encoding,
        names=options.names,
        lexicon=not options.no_lexicon,
        base=getattr(options, "base", None) or vocab.BASE,
        with_text=not getattr(options, "no_text", False),
        corrections=corrections.read(file) if file else (),
        guard=_guarded,
    )


def _guarded(work: Callable[[Document], Reading], document: Document) -> Reading | Skipped:
    """One article that the program fails on must not cost the other 499."""
    from kg.corpus import Skipped
    from kg.lexicon import LexiconError

    try:
        return work(document)
    except (OSError, LexiconError):  # of no one article
        raise
    except Exception as error:
        return Skipped(document.source, _placed(error))


def _progress(found: Iterable[Reading | Skipped], total: int, quiet: bool) -> Iterable[Reading | Skipped]:
    """Show on standard error how far the work is, if that is a terminal."""
    if quiet or total < 2 or not sys.stderr.isatty():
        return found
    from tqdm import tqdm

    bar: Iterable[Reading | Skipped] = tqdm(found, total=total, unit="article", file=sys.stderr, leave=False)
    return bar


def _noted(found: Iterable[Reading | Skipped], mentions: list[dict[str, Any]] | None) -> Iterator[Reading | Skipped]:
    from kg.corpus import Skipped

    for each in found:
        if mentions is not None and not isinstance(each, Skipped):
            mentions.extend(_explained(each))
        yield each


def _explained(reading: Reading) -> list[dict[str, Any]]:
    """Each mention of an article in the order of the text, with its entity and the rule that found it."""
    pairs = sorted(((m, e) for e in reading.entities for m in e.mentions), key=lambda pair: (pair[0].begin, pair[0].end, pair[1].name))
    source = reading.document.source
    return [
        dict(zip(_MENTION, (source, m.begin, m.end, m.text, str(e.type), str(m.form), e.name, m.rule, round(m.confidence, 2)), strict=True))
        for m, e in pairs
    ]


def _speak_utf8() -> None:
    """A Japanese Windows console, and a pipe from it, would get cp932, which has no 𠮷 and no em dash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8")


def _print_build(summary: str, mentions: list[dict[str, Any]], options: Namespace) -> None:
    if options.explain:
        _print_mentions(mentions)
    if not options.quiet:
        print(summary)


def _print_mentions(mentions: list[dict[str, Any]]) -> None:
    from kg.table import table

    print(table(_MENTION, [[str(value) for value in each.values()] for each in mentions]))


def _complain(*lines: str) -> None:
    for line in lines:
        print(f"kg: {line}", file=sys.stderr)


def _print_json(value: object, *, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def _in_words(error: Exception) -> str:
    """One line: what the user can mend in the rooms' own words, a defect with the place where it happened."""
    if isinstance(error, OSError):
        return f"{error.filename or 'file'}: {error.strerror or error}"
    return str(error) if isinstance(error, ValueError) else _placed(error)


def _placed(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"a defect of the program: {type(error).__name__}: {error} (at {Path(place.filename).name}:{place.lineno})"
