"""What an article, a name or a file holds runs nowhere: not on opening, hover, search, export, nor on coming back by the address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import graphs
import pytest
from rdflib import DCTERMS, RDFS, Graph, Literal, URIRef
from view.conftest import Watched

from kg.view import page
from kg.vocab import KG

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

RUN = "window.pwned=1"
PAYLOADS = (
    # What ran, or did not, in pyvis 0.3.2
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'<a href="javascript:{RUN}">href</a>',
    f'"><script>{RUN}</script>',
    f"</style><script>{RUN}</script>",
    # and forty more
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}//",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f"<math><mi//xlink:href='javascript:{RUN}'>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<object data='data:text/html,<script>parent.{RUN}</script>'>",
    "<embed src=//example.invalid/x.swf>",
    "<link rel=stylesheet href=//example.invalid/x.css>",
    "<link rel=prefetch href=//example.invalid/x>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href=//example.invalid/>",
    f"<form action=javascript:{RUN}><input type=submit autofocus onfocus={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<!--<script>{RUN}--></script>",
    f"--><script>{RUN}</script><!--",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<textarea></textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"\\u003cscript>{RUN}\\u003c/script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"'-{RUN}-'",
    f'";{RUN};//',
    f"`${{{RUN}}}`",
    f"${{{RUN}}}",
    f"{{{{ {RUN} }}}}",
    f"{{% set x = {RUN} %}}",
    f"javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"\u2028{RUN}\u2029",
    f"<scr\x00ipt>{RUN}</script>",
    f"<a\u00a0href=javascript:{RUN}>x</a>",
    f"＜script＞{RUN}＜/script＞",
    f"__proto__ constructor <b onmouseover={RUN}>x</b>",
)


def hostile() -> Graph:
    """One article for each payload, with the payload in every text that the page knows of."""
    a = graphs.Author()
    a.graph.set((a.run, RDFS.label, Literal(PAYLOADS[0], "ja")))
    for i, payload in enumerate(PAYLOADS):
        text = f"{payload}と{payload}は述べた。\n{payload}"
        cls = ("Organization", "Person", "Model", "Strategy", "Place", "Outlet", "UnnamedSource")[i % 7]
        one, other = a.thing(cls, f"{payload}{i}", payload, f"{payload}の別名"), a.thing("Organization", f"他{i}{payload}")
        article = a.article(payload, payload, payload, text, (one,), other)
        a.graph.set((article, DCTERMS.source, Literal(payload)))
        a.mentions(article, one, payload)
        for p in (
            URIRef(
                f"{a.claim(article, (0, len(payload)), 'DirectQuote', triple=(one, 'affects', other), speaker=one, source=other, cues=(payload,), rule=payload, when=payload, date=payload)}"
            ),
        ):
            a.link(p, "restates", a.claim(article, payload, negated=True, triple=(other, "supports", one), rule=payload, cues=("述べた", payload)))
            a.graph.set((p, KG.modality, URIRef(f"https://example.invalid/{i}#{'onerror' if i % 2 else 'Plan'}")))
    return a.graph


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    path.write_bytes(page(hostile(), title=PAYLOADS[0]).encode())
    return path


@pytest.mark.parametrize("mode", ["rel", "claims"])
def test_nothing_runs(chromium: Browser, hostile_page: Path, mode: str) -> None:
    assert len(PAYLOADS) >= 45
    watched = Watched(chromium, hostile_page, f"v={mode}")
    watched.page.add_init_script("addEventListener('securitypolicyviolation', e => (window.pwned = e.violatedDirective))")
    watched.page.reload()
    watched.until("window.kgView && kgView.network()")
    watched.run("for (const c of kgView.claims) kgView.chooseClaim(c.i)")
    watched.run("for (let i = 0; i < kgView.articles.length * 2; i++) kgView.chooseThing(i)")
    watched.run("kgView.go({side: true}); kgView.svg(); kgView.csv()")
    box = watched.page.locator("#canvas").bounding_box()
    assert box
    for step in range(60):
        watched.page.mouse.move(box["x"] + 20 + step * 12 % box["width"], box["y"] + 20 + step * 37 % (box["height"] - 40))
    for payload in PAYLOADS:
        watched.page.locator("#q").fill(payload[:180])
    watched.page.keyboard.press("Enter")
    for facet in ("src", "art"):
        watched.page.locator(f"#legend details[data-facet={facet}] summary").click()
    watched.page.locator("#lang").click()

    assert watched.run("document.querySelectorAll('script').length") == 3
    bad = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name)).filter(n => n.startsWith('on'))"
    assert watched.run(bad) == []
    assert watched.run("[...document.querySelectorAll('a[href]')].every(a => /^(https?:|#)/.test(a.getAttribute('href')))")
    watched.clean()


@pytest.mark.parametrize("payload", (*PAYLOADS[:8], "__proto__", "constructor", "%", "%E0%A4%A"))
def test_an_address_runs_nothing(chromium: Browser, sample_page: Path, payload: str) -> None:
    for key in ("v", "n", "d", "g", "c", "t", "r", "h", "f", "from", "a", "l", "m"):
        watched = Watched(chromium, sample_page, f"{key}={payload}&f=neg.{payload}|{payload}.1|__proto__.x")
        assert watched.run("kgView.network() !== null")
        watched.clean()
        watched.context.close()


def test_the_policy_allows_nothing_else(sample: Watched) -> None:
    blocked = sample.run("""async () => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned2 = 1';
      document.body.append(script);
      const image = await new Promise(done => { const i = new Image(); i.onerror = () => done('blocked'); i.onload = () => done('loaded'); i.src = 'https://example.invalid/x.png'; });
      const asked = await fetch('https://example.invalid/').then(() => 'fetched', () => 'blocked');
      return [window.pwned2 === undefined, image, asked];
    }""")

    assert blocked == [True, "blocked", "blocked"]
    sample.wrong.clear()
    sample.requests[:] = [r for r in sample.requests if "example.invalid" not in r]


def test_a_link_leads_to_http_only(chromium: Browser, tmp_path: Path) -> None:
    a = graphs.Author()
    a.article("題", "https://example.org/a", "2025-01-01", "本文。")
    file = tmp_path / "p.html"
    file.write_bytes(page(a.graph).encode())
    watched = Watched(chromium, file)
    link = watched.page.locator("#meta a")

    assert link.get_attribute("href") == "https://example.org/a"
    assert link.get_attribute("rel") == "noopener noreferrer"
    watched.clean()
