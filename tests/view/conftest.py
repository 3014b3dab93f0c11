"""A Chromium without a network for the page's tests, and the graphs that it shows."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import graphs
import pytest

from kg.view import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, headless."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield browser
        browser.close()


def wait_for(frame: Page | Frame, script: str) -> None:
    """Ask until the answer is true, for at most half a minute."""
    end = time.monotonic() + 30
    while not frame.evaluate(f"Boolean({script})"):
        assert time.monotonic() < end, f"{script}: not so after 30 s"
        time.sleep(0.02)


class Watched:
    """A page with all that went wrong on it: requests, console messages, errors, dialogs, scripts that ran."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "ja-JP", "accept_downloads": True, **context})
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.requests: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("dialog", lambda d: (self.wrong.append(f"dialog {d.message}"), d.accept())[0])
        self.file = file.as_uri()
        self.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        self.until("window.kgView && kgView.network() !== null")

    def until(self, script: str) -> None:
        """Wait for a script to say true. Playwright's own waiting evaluates text later, which the page's policy forbids."""
        wait_for(self.page, script)

    def run(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def clean(self) -> None:
        """Nothing was asked of the network, nothing was said on the console, nothing ran that should not."""
        assert self.wrong == []
        assert [r for r in self.requests[1:] if not r.startswith(("blob:", "data:", self.file))] == []
        assert self.run("window.pwned === undefined")


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the hand-made graph."""
    path = tmp_path_factory.mktemp("view") / "sample.html"
    path.write_bytes(page(graphs.sample()).encode())
    return path


@pytest.fixture
def sample(chromium: Browser, sample_page: Path) -> Iterator[Watched]:
    """The hand-made graph, opened in Japanese at 1280 by 800; it must end clean."""
    watched = Watched(chromium, sample_page)
    yield watched
    watched.clean()
    watched.context.close()
