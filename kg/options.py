"""What can be typed after `kg`: the commands, their options, their help."""

from __future__ import annotations

import argparse
import codecs
from pathlib import Path

from kg import __version__

_EXIT_CODES = """\
exit codes: 0 all well; 1 something was skipped (named on standard error) or the graph breaks a rule;
2 wrong use: an option, a path to write to, a query that does not parse; 130 stopped from the keyboard."""

_INPUT = """\
PATH is a file, a folder (every .txt below it; what begins with a dot is passed over) or - for standard input.
Beside NAME.txt may stand NAME.meta.json: {"title": …, "url": …, "date": "2025-07-14", "publisher": …}, all optional, UTF-8.
Named and left out: what is not there, empty, binary, not in the encoding, the same text again, or no prose:
10,000 characters or more without a sentence's end (。．！？!? or a line's end), or 100 brackets or more open at once."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line. `command` names the command chosen."""
    top = _Parser(prog="kg", description="Who says what about whom, and how firmly: Japanese articles to a knowledge graph.", epilog=_EXIT_CODES)
    top.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _build(commands)
    _check(commands)
    _query(commands)
    _view(commands)
    _mentions(commands)
    _evaluate(commands)
    return top


class _Parser(argparse.ArgumentParser):
    """Help keeps the line ends of its epilog, and every command ends with the exit codes."""

    def __init__(self, *args: object, **settings: object) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, **settings)  # type: ignore[arg-type]


_Commands = argparse._SubParsersAction  # the type that add_subparsers returns has no public name


def _command(commands: _Commands[_Parser], name: str, what: str, more: str = "") -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", epilog=f"{more}\n{_EXIT_CODES}".lstrip())


def _build(commands: _Commands[_Parser]) -> None:
    build = _command(commands, "build", "turn articles into DIR/graph.ttl and DIR/graph.html", _INPUT)
    build.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or -")
    build.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder for graph.ttl and graph.html; made if it is not there")
    _reading_options(build)
    build.add_argument("--base", type=_base, metavar="IRI", help="what the IRIs of the data begin with (default https://w3id.org/kg-ja/id/)")
    build.add_argument("--no-text", action="store_true", help="leave the articles' texts out, for graphs that may be passed on where texts may not")
    build.add_argument("--corrections", type=_file, metavar="FILE", help="apply corrections.jsonl, as the page saves it")
    build.add_argument("--explain", action="store_true", help="print the mentions of each article, with entity and rule, before the summary")
    _amount_options(build)


def _check(commands: _Commands[_Parser]) -> None:
    check = _command(commands, "check", "check a graph against the ontology's shapes and name each violation")
    check.add_argument("graph", type=_graph, metavar="FILE_OR_DIR", help="a Turtle file, or a folder with graph.ttl")
    _amount_options(check)


def _query(commands: _Commands[_Parser]) -> None:
    query = _command(commands, "query", "ask a graph in SPARQL")
    query.add_argument("graph", type=_graph, metavar="FILE_OR_DIR", help="a Turtle file, or a folder with graph.ttl")
    query.add_argument("query", nargs="?", metavar="QUERY", help="a .rq file, a query, or a name out of the list that a missing QUERY prints")
    query.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how rows are printed (default table)")


def _view(commands: _Commands[_Parser]) -> None:
    view = _command(commands, "view", "make the page of a graph, without the model")
    view.add_argument("graph", type=_graph, metavar="FILE_OR_DIR", help="a Turtle file, or a folder with graph.ttl")
    view.add_argument("--out", required=True, type=Path, metavar="FILE", help="the HTML file to write")


def _mentions(commands: _Commands[_Parser]) -> None:
    mentions = _command(commands, "mentions", "print the mentions of an article, with entity and rule")
    mentions.add_argument("paths", nargs="*", default=["-"], metavar="FILE", help="as PATH of `kg build` (default -)")
    mentions.add_argument(
        "--jsonl",
        action="store_true",
        help='names alone, without the parser: read one {"text": …} a line, write {"text", "entities": [[begin, end, type]]} in the types'
        " Person, Organization, Place, Product",
    )
    _reading_options(mentions)


def _evaluate(commands: _Commands[_Parser]) -> None:
    evaluate = _command(commands, "evaluate", "score a graph against hand annotation")
    evaluate.add_argument("graph", type=_graph, metavar="GRAPH", help="a Turtle file, or a folder with graph.ttl")
    evaluate.add_argument("gold", type=_folder, metavar="GOLD_DIR", help="NAME.yaml for each article")
    evaluate.add_argument("texts", type=_folder, metavar="TEXT_DIR", help="NAME.txt for each article")
    evaluate.add_argument("--errors", action="store_true", help="list what is missing and what is too much")
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.add_argument("--min", action="append", default=[], type=_least, metavar="NAME=VALUE", help="exit with 1 when a figure is below")


def _reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--encoding", type=_encoding, default="utf-8", metavar="NAME", help="the articles' encoding, such as cp932 (default utf-8)")
    command.add_argument("--names", type=_file, metavar="FILE.tsv", help="names of your own, in columns as ontology/lexicon/names.tsv has them")
    command.add_argument("--no-lexicon", action="store_true", help="leave out the program's own list of names")


def _amount_options(command: argparse.ArgumentParser) -> None:
    amount = command.add_mutually_exclusive_group()
    amount.add_argument("--json", action="store_true", help="print JSON instead of text")
    amount.add_argument("-q", "--quiet", action="store_true", help="say nothing but what went wrong")


def _encoding(value: str) -> str:
    try:
        b"aa".decode(value)
    except LookupError:  # unknown, or from bytes to bytes
        raise argparse.ArgumentTypeError(f"no text encoding is called {value!r}") from None
    except UnicodeError:  # two letters are not enough for it
        pass
    return codecs.lookup(value).name


def _file(value: str) -> Path:
    if not Path(value).is_file():
        raise argparse.ArgumentTypeError(f"no such file: {value}")
    return Path(value)


def _folder(value: str) -> Path:
    if not Path(value).is_dir():
        raise argparse.ArgumentTypeError(f"no such folder: {value}")
    return Path(value)


def _graph(value: str) -> Path:
    """A folder stands for the graph.ttl that `kg build` wrote in it."""
    path = Path(value)
    return _file(str(path / "graph.ttl" if path.is_dir() else path))


def _base(value: str) -> str:
    if ":" not in value or not value.endswith(("/", "#")) or any(letter in value for letter in ' <>"{}|\\^`'):
        raise argparse.ArgumentTypeError(f"an absolute IRI wanted that ends in / or #, found {value!r}")
    return value


def _least(value: str) -> tuple[str, float]:
    name, _, number = value.rpartition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"NAME=VALUE wanted, found {value!r}") from None
