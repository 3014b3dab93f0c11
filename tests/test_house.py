"""The house holds: who may import what, who may print, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"

# The table of README's architecture: a room, and what it may import besides the standard library. A room's own modules are its own.
ABOVE = {"model", "lexicon"}
SPACY = {"spacy", "numpy", "forest", *ABOVE}
ROOMS: dict[str, set[str]] = {
    "__init__": {"corpus", "vocab", "rdflib"},
    "__main__": {"cli"},
    "model": set(),
    "lexicon": set(),
    "files": set(),
    "table": set(),
    "needs": set(),
    "forest": {"numpy"},
    "read": {"model"},
    "segment": {"model"},
    "encode": {"spacy", "thinc", "numpy"},
    "arcs": {"spacy"},
    "words": {"spacy", "numpy"},
    "parse": {"spacy", "thinc", "ja_ginza", "ginza", "model", "segment", "encode", "arcs", "words"},
    "mention": SPACY | {"parse", "segment", "sudachipy"},
    "entity": SPACY | {"parse", "segment"},
    "argument": SPACY | {"parse", "segment"},
    "context": SPACY | {"parse", "segment", "needs"},
    "relation": SPACY | {"parse", "segment", "argument", "context", "strategy", "needs"},
    "strategy": SPACY | {"parse", "segment", "argument", "relation"},
    "learned": SPACY | {"parse", "segment", "mention", "relation", "strategy"},
    "claim": SPACY | {"parse", "segment", "context", "needs", "ja_timex"},
    "pipeline": ABOVE | {"read", "segment", "parse", "mention", "entity", "argument", "context", "relation", "strategy", "learned", "claim", "spacy"},
    "vocab": {"rdflib", "lexicon"},
    "iri": {"model"},
    "provenance": {"rdflib", "iri", "vocab", "__init__"},
    "graph": {"rdflib", "iri", "vocab", "model", "provenance"},
    "turtle": {"rdflib", "pyoxigraph", "files", "store", "vocab"},
    "corrections": {"vocab", "model", "graph"},
    "corpus": {"rdflib", "pipeline", "read", "corrections", "graph", "vocab", "model"},
    "store": {"pyoxigraph", "lexicon"},
    "sieve": {"rdflib"},
    "shacl": {"sieve", "rdflib", "pyshacl", "pyoxigraph", "store", "turtle", "vocab", "lexicon"},
    "sparql": {"rdflib", "pyoxigraph", "store", "lexicon"},
    "summary": {"rdflib", "vocab", "model", "table"},
    "evaluation": {"rdflib", "yaml", "turtle", "vocab", "model"},
    "view": {"rdflib", "pyoxigraph", "store", "networkx", "pyvis", "jinja2", "markupsafe", "numpy", "vocab", "model"},
    "options": {"__init__"},
    "garbage": set(),
    "jsonl": set(),
    "cli": {
        "garbage",
        "jsonl",
        "options",
        "corpus",
        "corrections",
        "files",
        "summary",
        "table",
        "turtle",
        "evaluation",
        "mention",
        "shacl",
        "sparql",
        "view",
    }
    | {"graph", "parse", "read", "model", "lexicon", "vocab", "rdflib", "tqdm"},
}
TEXT_FILES = {".py", ".md", ".toml", ".txt", ".ttl", ".rq", ".tsv", ".html", ".js", ".css", ".json", ".ipynb", ".yaml", ".yml", ""}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each module imported and its line; of the project's own the room."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield _target(name.name, ""), node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import, absolute wanted"
            for name in node.names:
                yield _target(node.module or "", name.name), node.lineno


def _target(module: str, name: str) -> str:
    parts = module.split(".")
    if parts[0] != "kg":
        return parts[0]
    if len(parts) > 1:
        return parts[1]
    return name if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file() else "__init__"


def _calls(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    room = _room(path)
    allowed = ROOMS[room] | {room} | sys.stdlib_module_names

    assert [f"{path.name}:{line}: {name}" for name, line in _imports(path) if name not in allowed] == []


def test_every_room_stands_in_the_table() -> None:
    assert {_room(path) for path in MODULES} <= set(ROOMS)


def test_rdf_stays_below_the_waist_and_spacy_above_it() -> None:
    above = [room for room, allowed in ROOMS.items() if "spacy" in allowed]
    below = [room for room, allowed in ROOMS.items() if "rdflib" in allowed]

    assert not set(above) & set(below)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_and_catches_everything(path: Path) -> None:
    if _room(path) == "cli":
        return
    broad = [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.ExceptHandler) and _is_broad(node)]
    printed = [line for name, line in _calls(path) if name in ("print", "sys.stdout.write", "sys.stderr.write", "pprint")]

    assert (broad, printed) == ([], [])


def test_the_command_line_catches_everything_in_one_place_a_kind() -> None:
    tree = _tree(PACKAGE / "cli.py")

    assert sum(isinstance(node, ast.ExceptHandler) and _is_broad(node) for node in ast.walk(tree)) <= 2


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_between_text_and_graph_knows_the_clock_the_network_or_chance(path: Path) -> None:
    if _room(path) == "cli":
        return
    names = {name for name, _ in _imports(path)}
    clocks = [f"{name}:{line}" for name, line in _calls(path) if re.search(r"\.(now|today|utcnow|perf_counter|monotonic)$|^time\.", name)]

    assert names & {"random", "secrets", "uuid", "socket", "urllib", "http", "requests", "time"} == set()
    assert clocks == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_doc_extensions_are_not_used(path: Path) -> None:
    assert [line for name, line in _calls(path) if name.endswith("set_extension")] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_stay_small_enough_to_read_and_say_what_comes_back(path: Path) -> None:
    tree = _tree(path)
    long = [f"{each.name}: {_code_lines(each)} lines" for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and _code_lines(each) > 40]
    public = [each for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef) and not each.name.startswith("_")]
    bare = [f"{path.name}:{each.lineno} {each.name}" for each in public if not ast.get_docstring(each)]

    assert (long, bare) == ([], [])


def _code_lines(function: ast.FunctionDef) -> int:
    doc = function.body[0] if ast.get_docstring(function) is not None else None
    own = (function.end_lineno or 0) - function.lineno + 1
    return own - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and Path(name).suffix in TEXT_FILES and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    somebody = r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w"
    registry = r"\b(?:pypi|registry\.npmjs|registry\.yarnpkg|files\.pythonhosted)\.(?:org|com)\b"
    forbidden = re.compile(f"{somebody}|{registry}")
    found = [f"{path.relative_to(ROOT)}: {match.group()}" for path in _tracked() if (match := forbidden.search(path.read_text(encoding="utf-8")))]

    assert found == []


def test_no_file_is_left_half_done() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    code = [path for path in _tracked() if path.suffix in (".py", ".js", ".css", ".toml")]

    assert [f"{path.relative_to(ROOT)}: {match.group()}" for path in code if (match := marks.search(path.read_text(encoding="utf-8")))] == []


def test_ruff_finds_nothing() -> None:
    assert _findings("ruff", "check", "--no-cache", "--output-format", "concise", ".") == ""


def test_mypy_finds_nothing(tmp_path: Path) -> None:
    assert _findings("mypy", "--no-error-summary", "--cache-dir", str(tmp_path), "kg") == ""


def _findings(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""
