"""Everyone can use it: axe finds nothing serious, and a keyboard alone leads from the list to the sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from view.conftest import ROOT, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

DENIAL = "しおかぜの公開は延期しない"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STATES = {
    "at first": "1",
    "a claim": f"kgView.chooseClaim(kgView.claims.find(c => kgView.words(c) === '{DENIAL}').i)",
    "side by side": f"(kgView.chooseClaim(kgView.claims.find(c => kgView.words(c) === '{DENIAL}').i), kgView.go({{side: true}}))",
    "an entity, corrected": "(kgView.focusOn(kgView.find('ミナト電機')[0].thing), document.querySelectorAll('details').forEach(d => (d.open = true)))",
    "claims": "kgView.go({mode: 'claims'})",
    "search": "(document.getElementById('q').focus(), document.getElementById('q').value = 'し', document.getElementById('q').dispatchEvent(new InputEvent('input')))",
    "help": "document.getElementById('help').click()",
}


@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_axe_finds_nothing_serious(chromium: Browser, sample_page: Path, locale: str, scheme: str, size: tuple[int, int]) -> None:
    watched = Watched(chromium, sample_page, locale=locale, color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    watched.run(AXE.read_text(encoding="utf-8"))
    found = []
    for name, action in STATES.items():
        watched.run(action)
        rows = watched.run(
            "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
        )
        found += [(name, *row) for row in rows if row[0] in ("serious", "critical")]

    assert found == []
    watched.clean()
    watched.context.close()


def test_the_denied_claim_and_its_sentence_by_keyboard_alone(sample: Watched) -> None:
    """Search the spokesperson, go to the denied claim, read its words in the article."""
    press = sample.page.keyboard.press
    press("/")
    sample.page.keyboard.type("広報")
    press("Enter")
    assert sample.page.locator("#card h3.big").inner_text() == "広報担当者"
    for _ in range(6):
        press("Tab")
        if "否定" in sample.run("document.activeElement.textContent"):
            break
    press("Enter")

    assert sample.run("[...document.querySelectorAll('#text mark.on')].map(m => m.textContent).join('')") == DENIAL
    assert "広報担当者" in sample.page.locator("#live").inner_text()
    assert "否定" in sample.page.locator("#live").inner_text()


def test_the_list_is_walked_with_arrows(sample: Watched) -> None:
    sample.page.locator(".skip").focus()
    sample.page.keyboard.press("Enter")
    sample.page.locator('#table tbody tr[tabindex="0"]').focus()
    for _ in range(2):
        sample.page.keyboard.press("ArrowDown")
    sample.page.keyboard.press("Enter")

    assert sample.page.locator("#table tr[aria-selected=true]").count() == 1
    assert sample.page.locator("#table tbody tr").nth(2).get_attribute("aria-selected") == "true"
    assert sample.run("document.activeElement.id") == "card"


def test_the_picture_is_walked_with_arrows(sample: Watched) -> None:
    sample.page.locator("#canvas").focus()
    press = sample.page.keyboard.press
    press("ArrowRight")
    first = sample.run("kgView.state.thing")
    press("ArrowLeft")
    press("ArrowUp")

    assert first >= 0
    assert sample.run("kgView.state.thing") >= 0
    press("Enter")
    assert sample.run("kgView.state.focus") == sample.run("kgView.state.thing")
    press("2")
    assert sample.run("kgView.state.depth") == 2
    press("m")
    assert sample.run("kgView.state.mode") == "claims"
    press("Escape")
    press("Escape")
    assert sample.run("kgView.state.focus") == -1


def test_claims_of_the_article_in_reading_order(sample: Watched) -> None:
    sample.page.locator("#text").focus()
    sample.page.keyboard.press("j")
    first = sample.run("kgView.state.claim")
    sample.page.keyboard.press("j")
    sample.page.keyboard.press("k")

    assert sample.run("kgView.state.claim") == first >= 0


def test_colours_keep_their_contrast(chromium: Browser, sample_page: Path) -> None:
    """Text 4.5 to 1 on its ground, marks and lines 3 to 1, in both schemes."""
    ratio = """(names) => {
      const style = getComputedStyle(document.documentElement);
      const light = (name) => style.getPropertyValue('--' + name).trim().match(/[0-9a-f]{2}/gi).map(h => parseInt(h, 16) / 255)
        .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
      return names.map(([a, b]) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return [a, b, (x + .05) / (y + .05)]; });
    }"""
    texts = [[a, b] for a in ("ink", "quiet", "accent", "DirectQuote", "IndirectSpeech", "Narration", "contradicts") for b in ("ground", "panel")]
    marks = [[a, "ground"] for a in ("Organization", "Person", "Model", "Strategy", "Place", "Outlet", "UnnamedSource", "Thing")]
    for scheme in ("light", "dark"):
        watched = Watched(chromium, sample_page, color_scheme=scheme)
        assert [r for r in watched.run(ratio, [*texts, ["ink", "mark"], ["ink", "soft"]]) if r[2] < 4.5] == []
        assert [r for r in watched.run(ratio, marks) if r[2] < 3] == []
        watched.context.close()
