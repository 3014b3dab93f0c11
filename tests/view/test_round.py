"""Correct in the page, save, build again: the graph has it, the page shows it, and building again gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sample as made
from rdflib import RDF, RDFS, Literal, URIRef
from view.conftest import ROOT, Watched

from kg import turtle
from kg.cli import main
from kg.corrections import apply, read
from kg.graph import names, to_graph
from kg.view import page
from kg.vocab import BASE, KG

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_two_claims_corrected_and_two_entities_made_one(chromium: Browser, tmp_path: Path) -> None:
    entities, claims = names(made.READING)
    rumour, quote = (URIRef(BASE + claims[c]) for c in (made.RUMOUR, made.QUOTE))
    one, other = (URIRef(BASE + entities[e]) for e in (made.KURODA, made.YOSHINO))
    file = tmp_path / "page.html"
    file.write_bytes(page(to_graph(made.READING)).encode())
    watched = Watched(chromium, file)
    choose = "(iri) => kgView.chooseClaim(kgView.claims.find(c => iri.endsWith(c.iri)).i)"

    watched.run(choose, str(rumour))
    card = watched.page.locator("#card")
    card.locator("summary").click()
    card.get_by_label("様態").select_option("Plan")
    watched.run(choose, str(quote))
    card.locator("summary").click()
    card.get_by_label("極性").select_option("false")
    watched.run("kgView.chooseThing(kgView.find('クロダ工業')[0].thing)")
    card.locator("summary").click()
    card.get_by_label("同じものにする").fill("𠮷野Ⅱ")
    card.get_by_label("同じものにする").locator("xpath=..").get_by_role("button").click()
    assert "𠮷野Ⅱ と同じ" in card.inner_text()
    with watched.page.expect_download() as download:
        watched.page.get_by_role("button", name="修正を保存(3)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    watched.clean()

    fixed, missed = apply(made.READING, read(saved))
    graph = to_graph(fixed)
    assert saved.name == "corrections.jsonl"
    assert missed == ()
    for claim, term, value in ((rumour, KG.modality, KG.Plan), (quote, KG.negated, Literal(False))):
        assert (claim, term, value) in graph
        assert (claim, KG.rule, Literal("correction")) in graph
    assert (one, RDF.type, None) not in graph
    assert (other, RDFS.label, Literal("𠮷野Ⅱ", "ja")) in graph

    again = to_graph(apply(made.READING, read(saved))[0])
    assert turtle.dumps(graph) == turtle.dumps(again)
    assert page(graph) == page(again)
    file.write_bytes(page(graph).encode())
    shown = Watched(chromium, file)
    shown.run(choose, str(rumour))
    assert "予定" in shown.page.locator("#card dl").first.inner_text()
    assert "correction" in shown.page.locator("#card").inner_text()
    shown.run("kgView.chooseThing(kgView.find('クロダ工業')[0].thing)")
    assert shown.page.locator("#card h3.big").inner_text() == "𠮷野Ⅱ"
    shown.clean()


def test_leaving_with_unsaved_corrections_asks(sample: Watched) -> None:
    sample.run("kgView.chooseClaim(0)")
    sample.page.locator("#card summary").click()
    sample.page.get_by_role("button", name="誤り").click()
    sample.page.reload()

    assert any("dialog" in w for w in sample.wrong)
    sample.wrong.clear()
    sample.until("window.kgView && kgView.network()")


def test_a_name_that_no_entity_has_is_not_noted(sample: Watched) -> None:
    sample.run("kgView.chooseClaim(0)")
    sample.page.locator("#card summary").click()
    field = sample.page.locator("#card").get_by_label("話者")
    field.fill("誰でもない")
    field.locator("xpath=..").get_by_role("button").click()
    assert sample.run("kgView.corrections().length") == 0

    field.fill("ｿﾗﾘｽ社")
    field.locator("xpath=..").get_by_role("button").click()
    assert sample.run("kgView.corrections()[0].name") == "ソラリス社"
    sample.page.get_by_role("button", name="取り消す").click()
    assert sample.run("kgView.corrections().length") == 0


@pytest.mark.model
def test_the_command_applies_what_the_page_saved(chromium: Browser, tmp_path: Path) -> None:
    """`kg build`, two claims and two entities corrected in its page, `kg build --corrections` twice."""
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    seeds = str(ROOT / "seeds")
    assert main(["build", seeds, "--out", str(first), "-q"]) in (0, 1)
    watched = Watched(chromium, first / "graph.html")
    wrong, other, one, same = watched.run("""() => {
      const said = kgView.cards.filter(c => kgView.claims[c[0]].att !== 'Narration').map(c => kgView.claims[c[0]]);
      const merged = kgView.claims.find(c => c.p === 'competesWith');
      return [said[0].i, said[1].i, merged.s, merged.o];
    }""")
    iris = watched.run("([a, b]) => [kgView.claims[a].iri, kgView.claims[b].iri]", [wrong, other])
    card = watched.page.locator("#card")
    watched.run(f"kgView.chooseClaim({wrong})")
    card.locator("summary").click()
    card.get_by_role("button", name="誤り").click()
    watched.run(f"kgView.chooseClaim({other})")
    card.locator("summary").click()
    card.get_by_label("様態").select_option("Need")
    watched.run(f"kgView.chooseThing({same})")
    name = card.locator("h3.big").inner_text()
    watched.run(f"kgView.chooseThing({one})")
    kept = card.locator("h3.big").inner_text()
    watched.run(f"kgView.chooseThing({same})")
    card.locator("summary").click()
    card.get_by_label("同じものにする").fill(kept)
    card.get_by_label("同じものにする").locator("xpath=..").get_by_role("button").click()
    with watched.page.expect_download() as download:
        watched.page.locator("#save").click()
    saved = tmp_path / "corrections.jsonl"
    download.value.save_as(saved)
    saved.write_text(saved.read_text(encoding="utf-8") + '{"kind": "claim", "id": "gone", "field": "verdict", "new": "wrong"}\n', encoding="utf-8")

    for folder in (second, third):
        assert main(["build", seeds, "--out", str(folder), "-q", "--corrections", str(saved)]) in (0, 1)

    graph = turtle.read(second)
    assert not [c for c in graph.subjects(RDF.type, KG.Claim) if str(c).endswith(iris[0])]
    corrected = [c for c in graph.subjects(RDF.type, KG.Claim) if str(c).endswith(iris[1])]
    assert graph.value(corrected[0], KG.modality) == KG.Need
    assert graph.value(corrected[0], KG.rule) == Literal("correction")
    assert name not in {str(graph.value(e, RDFS.label)) for e in graph.subjects(RDF.type, KG.Organization)}
    assert [(f.name, f.read_bytes()) for f in sorted(second.iterdir())] == [(f.name, f.read_bytes()) for f in sorted(third.iterdir())]
    watched.clean()
