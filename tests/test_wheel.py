"""What is shipped is enough: the wheel builds a graph in an empty environment, the source archive builds the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_carries_ontology_lexicon_weights_page_and_licences(archives: Path) -> None:
    (wheel,) = archives.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    there = {f"kg/_ontology/{path.relative_to(ROOT / 'ontology').as_posix()}" for path in (ROOT / "ontology").rglob("*.*") if path.is_file()}
    beside = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.*") if path.is_file() and "__pycache__" not in path.parts}
    assert there | beside <= names
    assert {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert any(name.endswith("weights.npz") for name in names)
    assert wheel.stat().st_size < 20_000_000


def test_the_source_archive_holds_what_the_tests_need(archives: Path) -> None:
    (source,) = archives.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {
        "pyproject.toml",
        "LICENSE",
        "NOTICE",
        "README.md",
        "constraints.txt",
        "kg/cli.py",
        "ontology/kg.ttl",
        "seeds/seed.txt",
        "tests/conftest.py",
    } <= names
    assert not any("__pycache__" in name or name.startswith((".venv", "g/")) for name in names)


@pytest.mark.slow
def test_the_wheel_builds_checks_and_asks_a_graph_in_an_empty_environment(archives: Path, tmp_path: Path) -> None:
    (wheel,) = archives.glob("*.whl")
    binaries = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    (tmp_path / "article.txt").write_text("Metaは新しいモデル「Behemoth」を公開した。広報担当者は「開発を続ける」と述べた。\n", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*command: object) -> str:
        return subprocess.run([*map(str, command)], cwd=tmp_path, env=clean, check=True, capture_output=True, text=True).stdout

    run(sys.executable, "-m", "venv", "venv")
    run(binaries / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel)
    run(binaries / "kg", "build", "article.txt", "--out", "g")

    assert run(binaries / "kg", "check", "g") == "no violations\n"
    assert "広報担当者" in run(binaries / "kg", "query", "g", "SELECT ?who { ?c kg:speaker/rdfs:label ?who }")
    assert run(binaries / "kg", "query", "g").count("\n") >= 10
    assert (tmp_path / "g" / "graph.html").stat().st_size > 100_000
