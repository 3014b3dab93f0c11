"""The page in a real Chromium: what is chosen in one place is chosen in all, the words marked are the claim's words."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import graphs
import pytest
from rdflib import Graph, Literal, URIRef
from view.conftest import Watched, wait_for

from kg.view import page
from kg.vocab import KG, NIF

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

DENIAL = "しおかぜの公開は延期しない"
RUMOUR = "ミナト電機は対話AI「しおかぜ」の公開を延期することを検討している"
MARKED = "[...document.querySelectorAll('#text mark.on')].map(m => m.textContent).join('')"


def opened(browser: Browser, graph: Graph, folder: Path, fragment: str = "", **context: object) -> Watched:
    file = folder / "page.html"
    file.write_bytes(page(graph).encode())
    return Watched(browser, file, fragment, **context)


def number(words: str) -> str:
    return f"kgView.claims.find(c => kgView.words(c) === '{words}').i"


def shifted(before: str) -> Graph:
    """The sample with some characters put before each article's text."""
    graph = graphs.sample()
    for article, text in list(graph.subject_objects(NIF.isString)):
        graph.set((article, NIF.isString, Literal(before + str(text))))
    for term in (KG.beginOffset, KG.endOffset):
        for node, value in list(graph.subject_objects(term)):
            graph.set((node, term, Literal(int(value) + len(before))))
    return graph


def test_a_row_chosen_is_chosen_in_article_and_graph(sample: Watched) -> None:
    sample.page.locator("#table tbody tr", has_text=DENIAL).last.click()

    assert sample.run(MARKED) == DENIAL
    assert sample.page.locator("#card blockquote").inner_text() == DENIAL
    assert "広報担当者" in sample.page.locator("#card").inner_text()
    bright = "kgView.network().body.data.edges.get().filter(e => e.color.opacity === 1 && e.width > 2).map(e => e.label)"
    assert any("中断" in label for label in sample.run(bright))


def test_words_clicked_choose_the_claims_that_rest_on_them(sample: Watched) -> None:
    sample.page.locator("#text span.c", has_text="検討している").first.click()

    assert sample.run(MARKED) == RUMOUR
    assert sample.page.locator("#table tr[aria-selected=true]").inner_text().startswith(RUMOUR)


def test_an_edge_clicked_chooses_its_claim(sample: Watched) -> None:
    place = """() => {
      const e = kgView.network().body.data.edges.get().find(e => (e.label || '').startsWith('拠点'));
      const at = kgView.network().getPositions([e.from, e.to]);
      const p = kgView.network().canvasToDOM({x: at[e.from].x * .6 + at[e.to].x * .4, y: at[e.from].y * .6 + at[e.to].y * .4});
      const box = document.getElementById('canvas').getBoundingClientRect();
      return [box.left + p.x, box.top + p.y];
    }"""
    x, y = sample.run(place)
    sample.page.mouse.click(x, y)
    sample.until("kgView.state.claim >= 0")

    assert sample.run(MARKED) == "同社は横浜市に本社を置く。"


def test_the_cue_is_marked_within_and_around_the_words(sample: Watched) -> None:
    sample.run(f"kgView.chooseClaim({number(RUMOUR)})")

    cues = sample.run("[...document.querySelectorAll('#text mark.cue')].map(m => m.textContent)")
    assert "検討している" in cues
    assert "によると" in cues
    assert "によると" not in sample.run(MARKED)


@pytest.mark.parametrize("before", ["", "𠮷", "𩸽🚢👩‍👩‍👧\n"])
def test_the_marked_words_are_the_claims_text(chromium: Browser, tmp_path: Path, before: str) -> None:
    graph = shifted(before)
    watched = opened(chromium, graph, tmp_path)
    wanted = {str(c).rsplit("/", 1)[-1]: str(t) for c, t in graph.subject_objects(KG.text) if "claim/" in str(c)}
    found = watched.run(f"kgView.claims.map(c => {{ kgView.chooseClaim(c.i); return [c.iri.split('/').pop(), {MARKED}]; }})")

    assert dict(found) == wanted
    watched.clean()


def test_an_entity_chosen_lights_its_mentions(sample: Watched) -> None:
    sample.run("kgView.chooseThing(kgView.find('ミナト電機')[0].thing)")

    lit = set(sample.run("[...document.querySelectorAll('#text .lit')].map(m => m.textContent)"))
    assert {"ミナト電機", "同社"} <= lit


def test_words_missing_from_the_text_are_said_to_be_missing_and_nothing_is_marked(chromium: Browser, tmp_path: Path) -> None:
    graph = graphs.sample()
    claim = next(graph.subjects(KG.text, Literal("事実ではない", "ja")))
    graph.set((claim, KG.beginOffset, Literal(2)))
    watched = opened(chromium, graph, tmp_path)
    watched.run(f"kgView.chooseClaim({number('事実ではない')})")

    assert watched.run(MARKED) == ""
    assert "印は付けていません" in watched.page.locator("#card").inner_text()
    watched.clean()


def test_a_graph_without_text_says_so(chromium: Browser, tmp_path: Path) -> None:
    graph = graphs.sample()
    graph.remove((None, NIF.isString, None))
    watched = opened(chromium, graph, tmp_path)
    watched.run("kgView.chooseClaim(0)")

    assert "本文なしで作られている" in watched.page.locator("#text").inner_text()
    assert "本文なしで作られている" in watched.page.locator("#card").inner_text()
    assert watched.page.locator("#card blockquote").inner_text() != ""
    watched.clean()


def test_an_edge_without_a_claim_says_so(chromium: Browser, tmp_path: Path) -> None:
    graph = graphs.sample()
    graph.add((URIRef(graphs.BASE + "organization/ソラリス社"), KG.partnersWith, URIRef(graphs.BASE + "organization/ハルカ技研")))
    watched = opened(chromium, graph, tmp_path)
    watched.run("kgView.go({edge: kgView.network().body.data.edges.get().find(e => (e.label || '') === '提携').id})")

    assert "根拠なし" in watched.page.locator("#card").inner_text()
    watched.clean()


def test_the_legend_filters_graph_and_table(sample: Watched) -> None:
    sample.page.locator('#legend [data-key="att.Narration"]').click()

    assert sample.page.locator("#rows").inner_text() == "8 / 16 件"
    assert sample.run("kgView.shown().edges.length") == 6
    assert sample.page.locator('#legend [data-key="att.Narration"]').get_attribute("aria-pressed") == "false"
    assert sample.run("document.activeElement.dataset.key") == "att.Narration"
    sample.page.get_by_role("button", name="絞り込みを解除").click()
    assert sample.page.locator("#rows").inner_text() == "16 / 16 件"


def test_class_source_article_and_date_filter_too(sample: Watched) -> None:
    sample.page.locator('#legend [data-key="cls.Model"]').click()
    assert sample.run("kgView.shown().nodes.length") == 12
    sample.page.locator('#legend [data-key="cls.Model"]').click()
    sample.page.locator("#legend details[data-facet=art] summary").click()
    sample.page.locator('#legend [data-key="art.0"]').uncheck()
    assert sample.page.locator("#rows").inner_text() == "9 / 16 件"
    sample.page.locator('#legend [data-key="art.0"]').check()
    sample.page.keyboard.press("Escape")
    slider = sample.page.get_by_role("slider", name="日付 から")
    slider.focus()
    sample.page.keyboard.press("End")
    assert sample.page.locator("#rows").inner_text() == "4 / 16 件"


def test_the_address_holds_the_view_and_back_returns(sample: Watched, chromium: Browser, sample_page: Path) -> None:
    sample.page.locator('#legend [data-key="neg.1"]').click()
    sample.run("kgView.focusOn(kgView.find('ミナト電機')[0].thing)")
    sample.page.locator('[data-depth="2"]').click()
    sample.run(f"kgView.chooseClaim({number(RUMOUR)})")
    state = "[kgView.state.focus, kgView.state.depth, kgView.state.claim, [...kgView.state.off.neg], kgView.shown().nodes.length]"
    before = sample.run(state)

    other = Watched(chromium, sample_page, sample.page.url.split("#")[1])
    assert other.run(state) == before
    other.clean()
    sample.page.go_back()
    sample.until("kgView.state.claim < 0")
    sample.page.go_back()
    sample.until("kgView.state.depth === 1")
    assert sample.run("kgView.state.focus >= 0")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("しおかぜ", "しおかぜ"),
        ("シオカゼ", "しおかぜ"),
        ("ｼｵｶｾﾞ", "しおかぜ"),
        ("shiokaze", "しおかぜ"),
        ("ＭＩＮＡＴＯ　ｅｌ", "ミナト電機"),
        ("みなと", "ミナト電機"),
        ("𠮷田", "𠮷田研究所"),
    ],
)
def test_search_ignores_width_case_and_the_kind_of_kana(sample: Watched, typed: str, name: str) -> None:
    sample.page.locator("#q").fill(typed)
    sample.page.keyboard.press("Enter")

    assert sample.page.locator("#card h3.big").inner_text() == name
    assert sample.run("document.activeElement.id") == "card"


def test_nothing_is_searched_while_an_ime_composes(sample: Watched) -> None:
    sample.page.locator("#q").focus()
    sample.run("""() => {
      const q = document.getElementById('q');
      q.dispatchEvent(new CompositionEvent('compositionstart'));
      q.value = 'しお';
      q.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}));
      q.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}));
    }""")
    assert sample.page.locator("#hits").is_hidden()
    assert sample.run("kgView.state.thing") == -1
    sample.run("document.getElementById('q').dispatchEvent(new CompositionEvent('compositionend'))")
    assert sample.page.locator("#hits li").count() > 0


def test_neighbourhood_hide_and_back_to_all(sample: Watched) -> None:
    sample.run("kgView.focusOn(kgView.find('オープン戦略')[0].thing)")
    near = sample.run("kgView.shown().nodes.length")
    sample.page.locator('[data-depth="3"]').click()

    assert near == 3
    assert sample.run("kgView.shown().nodes.length") > near
    sample.page.locator("#card").get_by_role("button", name="隠す").click()
    assert sample.run("kgView.shown().nodes.length") == 12
    sample.page.get_by_role("button", name="隠した 1 個を戻す").click()
    assert sample.run("kgView.shown().nodes.length") == 13


def test_claims_stand_between_their_speaker_and_their_ends(sample: Watched) -> None:
    sample.page.locator('[data-mode="claims"]').click()

    assert sample.run("kgView.shown().nodes.length") == 28
    labels = sample.run("kgView.network().body.data.edges.get().map(e => e.label).filter(Boolean)")
    assert {"話す", "伝える"} <= set(labels)
    assert sample.run(
        "kgView.network().body.data.edges.get().some(e => e.color.color === getComputedStyle(document.documentElement).getPropertyValue('--contradicts').trim())"
    )


def test_claims_that_contradict_are_read_side_by_side(sample: Watched) -> None:
    sample.run(f"kgView.chooseClaim({number(DENIAL)})")
    sample.page.get_by_role("button", name="並べて読む").click()

    cards = sample.page.locator(".sidecard").all_inner_texts()
    assert any("食い違い" in c and RUMOUR in c for c in cards)
    assert any("言い換え" in c for c in cards)


def test_picture_and_list_are_saved_as_files(sample: Watched, tmp_path: Path) -> None:
    sample.page.locator('#legend [data-key="att.Narration"]').click()
    files = {}
    for button in ("png", "svg", "csv"):
        sample.run("document.querySelector('.tools details').open = true")
        with sample.page.expect_download() as download:
            sample.page.locator(f"#{button}").click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
        files[button] = tmp_path / download.value.suggested_filename

    assert files["png"].read_bytes().startswith(b"\x89PNG")
    root = ET.fromstring(files["svg"].read_text(encoding="utf-8"))
    assert "ミナト電機" in {t.text for t in root.iter("{http://www.w3.org/2000/svg}text")}
    rows = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert len(rows) == 9
    assert rows[1][0] == RUMOUR


def test_a_cell_is_never_a_formula(chromium: Browser, tmp_path: Path) -> None:
    a = graphs.Author()
    article = a.article("=1+1", "x.txt", "2025-01-01", "=cmd|' /C calc'!A0 と述べた。")
    a.claim(article, "=cmd|' /C calc'!A0", "DirectQuote")
    watched = opened(chromium, a.graph, tmp_path)

    row = next(csv.reader(io.StringIO(watched.run("kgView.csv()").split("\r\n")[1])))
    assert all(cell[:1] not in "=+-@" or not cell for cell in row)
    watched.clean()


def test_the_language_switches_and_the_articles_text_stays_japanese(sample: Watched) -> None:
    sample.page.locator("#lang").click()

    assert sample.run("document.documentElement.lang") == "en"
    assert "Modality" in sample.page.locator("#table thead").inner_text()
    assert sample.page.locator("#text").get_attribute("lang") == "ja"
    assert "Minato Electric" in sample.run("kgView.network().body.data.nodes.get().map(n => n.label)")


def test_english_comes_first_where_the_browser_says_so(chromium: Browser, sample_page: Path) -> None:
    watched = Watched(chromium, sample_page, locale="en-GB")

    assert watched.run("document.documentElement.lang") == "en"
    watched.clean()


def test_dark_mode_follows_the_system_and_the_switch(chromium: Browser, sample_page: Path) -> None:
    watched = Watched(chromium, sample_page, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"

    assert watched.run(ground) == "rgb(20, 24, 29)"
    watched.page.locator("#theme").click()
    watched.page.locator("#theme").click()
    assert watched.run(ground) == "rgb(255, 255, 255)"
    watched.clean()


def test_a_printed_page_has_graph_article_and_table_but_no_controls(sample: Watched) -> None:
    sample.page.emulate_media(media="print")

    assert sample.page.locator("#legend").is_hidden()
    assert sample.page.locator("#canvas").is_visible()
    assert sample.page.locator("#table tbody tr").last.is_visible()


def test_a_notebooks_frame_shows_it(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "cell.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{page(graphs.sample())._repr_html_()}", encoding="utf-8")
    tab = chromium.new_context(locale="ja-JP").new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda e: wrong.append(str(e)))
    tab.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    tab.goto(file.as_uri())
    frame = tab.frames[1]
    wait_for(frame, "window.kgView && kgView.shown().nodes.length === 13")
    frame.evaluate("kgView.chooseClaim(0)")

    assert wrong == []


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (390, 844)])
def test_no_name_lies_over_another(chromium: Browser, sample_page: Path, size: tuple[int, int]) -> None:
    watched = Watched(chromium, sample_page, viewport={"width": size[0], "height": size[1]})
    over = """() => {
      const n = kgView.network(), scale = n.getScale();
      const seen = n.body.data.nodes.get().filter(x => x.font.size * scale >= 8);
      const boxes = seen.map(x => n.getBoundingBox(x.id));
      let found = 0;
      boxes.forEach((a, i) => boxes.forEach((b, k) => {
        if (i < k && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 4 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4) found++;
      }));
      return [seen.length, found];
    }"""
    seen, found = watched.run(over)

    assert found == 0
    assert seen >= (13 if size[0] > 1000 else 8)
    assert watched.run("document.documentElement.scrollWidth <= innerWidth")
    watched.clean()
