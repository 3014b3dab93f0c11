"""Beyond what can be read at once: communities first, then what is near the thing sought. Counts here, times in benchmarks/view.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import graphs
import pytest
from view.conftest import Watched

from kg.view import page
from kg.view.data import content
from kg.view.layout import communities, places
from kg.view.net import claim_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRAWN = "kgView.network().body.nodeIndices.length"


@pytest.fixture(scope="module")
def large(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    path = tmp_path_factory.mktemp("large") / "page.html"
    path.write_bytes(page(graphs.big(6000, 60)).encode())
    watched = Watched(chromium, path)
    yield watched
    watched.clean()
    watched.context.close()


@pytest.mark.browser
def test_an_overview_of_communities_opens_them(large: Watched) -> None:
    bubbles = large.run("kgView.network().body.data.nodes.get().map(n => [n.id, n.label])")
    assert 3 <= len(bubbles) <= 120
    assert all("個" in label and len(label.split("\n")) <= 4 for _, label in bubbles)

    large.run("kgView.go({group: 0})")
    assert 1 < large.run(DRAWN) <= 300
    assert large.run("kgView.shown().nodes.every(n => kgView.network().getPositions([n])[n].x !== undefined)")


@pytest.mark.browser
def test_a_search_leads_to_at_most_300_nodes_around_it(large: Watched) -> None:
    large.page.locator("#q").fill("東")
    large.page.keyboard.press("Enter")
    assert large.run("kgView.state.focus") >= 0
    for depth in (1, 2, 3):
        large.page.locator(f'[data-depth="{depth}"]').click()
        assert 1 < large.run(DRAWN) <= 300
    large.page.get_by_role("button", name="概観に戻る").click()
    assert large.run("kgView.shown().groups")


@pytest.mark.browser
def test_the_list_shows_a_hundred_rows_at_a_time(large: Watched) -> None:
    assert large.page.locator("#table tbody tr").count() == 100
    large.page.locator("#more").click()
    assert large.page.locator("#table tbody tr").count() == 200


@pytest.mark.browser
def test_a_middling_graph_is_drawn_whole(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    graph = graphs.big(1900, 40)
    file.write_bytes(page(graph).encode())
    watched = Watched(chromium, file, "v=claims")

    joined = {node for pair in claim_picture(content(graph))[1] for node in pair}
    assert watched.run(DRAWN) == len(joined) > 1800
    assert watched.run("kgView.network().renderer.options.hideEdgesOnDrag")
    watched.clean()


def test_places_do_not_overlap_and_do_not_change() -> None:
    boxes = [(90.0, 40.0)] * 60
    edges = [(i, (i * 7 + 3) % 60) for i in range(60)] + [(0, i) for i in range(1, 30)]
    at = places(boxes, edges)

    assert at == places(boxes, edges)
    assert not [1 for i in range(60) for k in range(i) if abs(at[i][0] - at[k][0]) < 88 and abs(at[i][1] - at[k][1]) < 38]


def test_nothing_to_place() -> None:
    assert places([], []) == []
    assert places([(10.0, 10.0)], []) == [(0, 5)] or len(places([(10.0, 10.0)], [])) == 1
    assert communities(2, []) == [0, 0]


def test_a_small_graph_has_places_and_a_large_one_communities() -> None:
    small, _ = claim_picture(content(graphs.big(100, 3)))
    large, _ = claim_picture(content(graphs.big(2600, 20)))

    assert not small["large"]
    assert "x" in small["nodes"]["columns"]
    assert large["large"]
    assert "x" not in large["nodes"]["columns"]
