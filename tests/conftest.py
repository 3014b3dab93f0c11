"""What all tests share: the model, loaded once, and honesty about what was left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
GOLD = "KG_GOLD"
_left_out: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag rewrites the graphs that tests compare with: `pytest --rewrite-golden`, then look at the difference."""
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """ja_ginza as the program loads it."""
    from kg import parse

    return parse.load()


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder with the hand annotation, which is not part of the project."""
    if GOLD not in os.environ:
        pytest.skip(f"{GOLD} names no folder with hand annotation")
    return Path(os.environ[GOLD])


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Note what `-m` leaves out."""
    _left_out.update(marker for item in items for marker in ("slow", "browser") if item.get_closest_marker(marker))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and how to run it."""
    for marker, number in sorted(_left_out.items()):
        terminalreporter.write_line(f"left out: {number} tests marked {marker}; `pytest -m {marker}` runs them, `.ci/run` installs what they need")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed one, unless it needs the hand annotation, which a clone may lack."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [report for report in reporter.stats.get("skipped", []) if GOLD not in str(report.longrepr)] if reporter else []
    if os.environ.get("CI") and skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
