"""What the program itself reads: every claim of the seed and of three gold articles is marked where its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph
from view.conftest import ROOT, Watched

import kg
from kg.view import page
from kg.vocab import KG

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.model]


def checked(browser: Browser, paths: Iterable[Path], folder: Path) -> None:
    """The marked words equal kg:text for every claim, read from the files and read with 𠮷 put before them."""
    for before in ("", "𠮷\n"):
        copies = []
        for path in paths:
            copies.append(folder / path.name)
            copies[-1].write_text(before + path.read_text(encoding="utf-8"), encoding="utf-8")
        graph: Graph = kg.build(copies)
        file = folder / "page.html"
        file.write_bytes(page(graph).encode())
        watched = Watched(browser, file)
        wanted = {str(c).rsplit("/", 1)[-1]: str(t) for c, t in graph.subject_objects(KG.text) if "/claim/" in str(c)}
        marked = "[...document.querySelectorAll('#text mark.on')].map(m => m.textContent).join('')"
        found = dict(watched.run(f"kgView.claims.map(c => {{ kgView.chooseClaim(c.i); return [c.iri.split('/').pop(), {marked}]; }})"))
        assert found == wanted
        assert len(found) > 10
        watched.clean()


def test_the_seeds_claims_are_marked_where_they_stand(chromium: Browser, tmp_path: Path) -> None:
    checked(chromium, [ROOT / "seeds" / "seed.txt"], tmp_path)


def test_three_gold_articles_claims_are_marked_where_they_stand(chromium: Browser, gold: Path, tmp_path: Path) -> None:
    checked(chromium, sorted((gold / "dev" / "texts").glob("a*.txt"))[:3], tmp_path)
