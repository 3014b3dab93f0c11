"""What the README says to type works, in both languages."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from kg import cli

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.ja.md"]
_each = pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)


def _blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def _setups(path: Path) -> list[str]:
    return [line for block in _blocks(path, "sh") for line in block.splitlines() if line.startswith("python3 -m venv")]


@_each
def test_two_lines_set_up_and_both_readmes_have_the_same(path: Path) -> None:
    first, second = _setups(path)

    assert first == "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && .venv/bin/kg build seeds/ --out g"
    assert second == "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[test]' && .venv/bin/pytest"


def test_ci_runs_the_second_line_of_the_readme() -> None:
    pattern = re.search(r"grep '(.+)' README\.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))

    assert pattern
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(pattern.group(1), line)] == [_setups(ROOT / "README.md")[1]]


@pytest.mark.model
@_each
def test_every_command_of_the_readme_ends_well(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    lines = [line for block in _blocks(path, "sh") for line in block.splitlines() if line.startswith("kg ")]

    codes = {line: cli.main(shlex.split(line, comments=True)[1:]) for line in lines}

    assert len(lines) >= 6
    assert set(codes.values()) == {0}, codes


@pytest.mark.model
@_each
def test_the_python_of_the_readme_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    (code,) = _blocks(path, "python")
    names: dict[str, object] = {}

    exec(code, names)

    assert len(names["graph"]) > 100  # type: ignore[arg-type]


@_each
def test_links_within_the_project_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_version_and_the_constraints_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    names = {re.split(r"[<>=!~\[; ]", each)[0].lower().replace("_", "-") for each in wanted}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines if "==" in line}

    assert names - pinned == set()
    assert not any("://" in line or "@" in line for line in lines)
