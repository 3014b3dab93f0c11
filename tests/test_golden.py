"""Whole graphs, compared as graphs and as bytes. `pytest --rewrite-golden` writes them anew."""

import os
import subprocess
import sys
from pathlib import Path

from rdflib import Graph
from rdflib.compare import graph_diff, isomorphic
from sample import READING

from kg import turtle
from kg.graph import to_graph
from kg.provenance import Run

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden" / "sample.ttl"
MAKER = Run("0", "0", "0")


def test_the_sample_gives_its_graph(request):
    graph = to_graph(READING, run=MAKER)
    if request.config.getoption("--rewrite-golden"):
        turtle.write(graph, GOLDEN)
    expected = Graph().parse(GOLDEN, format="turtle")
    _, missing, extra = graph_diff(expected, graph)
    assert isomorphic(graph, expected), f"missing:\n{turtle.dumps(missing)}\nextra:\n{turtle.dumps(extra)}"
    assert turtle.dumps(graph) == GOLDEN.read_text(encoding="utf-8")


def test_another_process_with_another_hash_seed_writes_the_same_bytes():
    code = "import sys; from sample import READING; from kg import turtle, graph; sys.stdout.buffer.write(turtle.dumps(graph.to_graph(READING)).encode())"
    path = os.pathsep.join((str(HERE.parent), str(HERE)))
    written = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert written == {turtle.dumps(to_graph(READING)).encode()}
