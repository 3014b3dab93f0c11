"""How fast the page is, beside stock pyvis in the same run: python benchmarks/view.py [NODES ...]

Needs Playwright and a Chromium (CHROMIUM names it). For each size: time to write the page and its size; until it is drawn
and until a zoom is answered; frames a second while it is panned; a focus and a key of the search; the JavaScript heap. No
network is there for either page. Up to 2,000 nodes the claims picture is opened, which draws all of them. Stock pyvis runs
up to 200 nodes unless --stock says more. Figures hold for an idle machine only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "view")]

import graphs  # noqa: E402

from kg.view import data, net, page  # noqa: E402

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ZOOMED = """() => new Promise(done => {
  const n = window.kgView ? kgView.network() : network, start = performance.now(), before = n.getScale();
  n.once('afterDrawing', () => done(performance.now() - start));
  n.moveTo({scale: before * 1.1, animation: false});
})"""
PANNED = """() => new Promise(done => {
  const n = window.kgView ? kgView.network() : network, canvas = n.canvas.frame.canvas, start = performance.now();
  let frames = 0;
  n.body.emitter.emit('dragStart');
  n.renderer.dragging = true;
  const at = n.getViewPosition();
  const move = () => {
    const t = performance.now() - start;
    n.moveTo({position: {x: at.x + 80 * Math.sin(t / 200), y: at.y}, animation: false});
    n.redraw();
    frames++;
    if (t < 2000) requestAnimationFrame(move);
    else done(frames / t * 1000);
  };
  move();
})"""
FOCUS = """(count) => {
  const all = kgView.cards.length, things = kgView.network && [...new Set(kgView.claims.flatMap(c => [c.s, c.o]))].filter(i => i !== null);
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    kgView.go({focus: things[(i * 7919) % things.length], group: -1, depth: 1 + i % 2});
    kgView.network().redraw();
    times.push(performance.now() - start);
  }
  return times;
}"""
SEARCH = """() => ['東', '東海', '東海電', '検討', '開発した', 'ｶｲﾊﾂ', 'zzz', '研究所'].map(q => {
  const start = performance.now();
  document.getElementById('q').value = q;
  document.getElementById('q').dispatchEvent(new InputEvent('input'));
  return performance.now() - start;
})"""


def stock(graph: Any, path: Path) -> float:
    """Write the page that pyvis makes of the same entities and relations; return the seconds."""
    from pyvis.network import Network

    rows = data.content(graph)
    start = time.perf_counter()
    picture = Network(directed=True, cdn_resources="in_line")
    for i, thing in enumerate(rows.things):
        picture.add_node(i, label=thing.label)
    for i, card in enumerate(rows.cards):
        picture.add_node(len(rows.things) + i, label=rows.claims[card[0]].words[:20])
    for a, b, _ in net._roles(rows):
        picture.add_edge(a, b)
    path.write_text(picture.generate_html(notebook=False), encoding="utf-8")
    return time.perf_counter() - start


def measured(browser: Any, path: Path, ours: bool, limit: float, fragment: str = "") -> dict[str, float]:
    """Open a page and time it, in milliseconds from the start of the navigation."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP", offline=True)
    tab = context.new_page()
    if not ours:
        tab.add_init_script(
            "const look = setInterval(() => { if (window.network && window.network.once) { clearInterval(look);"
            " network.once('stabilizationIterationsDone', () => { window.drawnAt = performance.now(); }); } }, 1);"
        )
    found: dict[str, float] = {}
    tab.goto(path.as_uri() + fragment, timeout=limit * 1000)
    ready = "window.kgView && kgView.network() && performance.now()" if ours else "window.drawnAt"
    end = time.perf_counter() + limit
    while not (drawn := tab.evaluate(ready)):  # Playwright's own waiting is against the page's policy
        if time.perf_counter() > end:
            raise TimeoutError(f"{path.name}: not drawn after {limit} s")
        time.sleep(0.005)
    found["drawn"] = drawn
    tab.evaluate(ZOOMED)
    found["interactive"] = tab.evaluate("performance.now()")
    found["zoom"] = statistics.median(tab.evaluate(ZOOMED) for _ in range(5))
    found["fps"] = tab.evaluate(PANNED)
    if ours:
        tab.wait_for_timeout(500)
        keys = tab.evaluate(SEARCH)
        found["key"] = max(keys)
        focus = sorted(tab.evaluate(FOCUS, 60))
        found["focus50"], found["focus95"] = focus[len(focus) // 2], focus[int(len(focus) * 0.95)]
    session = context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    found["heap"] = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()
    return found


def line(name: str, nodes: int, seconds: float, size: int, found: dict[str, float]) -> str:
    parts = [f"{key} {found[key]:.0f}" for key in ("drawn", "interactive", "zoom", "fps", "focus50", "focus95", "key", "heap") if key in found]
    return f"{name:6} {nodes:6} nodes  written in {seconds:5.1f} s  {size / 1e6:5.2f} MB  {'  '.join(parts)}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("nodes", nargs="*", type=int, default=[200, 2000, 20000])
    options.add_argument("--stock", type=int, default=200, help="largest graph that stock pyvis is given")
    asked = options.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        print("ms: drawn, interactive, zoom, focus (half, 95 of 100), a key of the search; frames a second; heap in MB")
        for nodes in asked.nodes:
            graph = graphs.big(nodes, 500 if nodes >= 20000 else max(5, nodes // 40))
            turtle, path = Path(folder) / "g.ttl", Path(folder) / "g.html"
            graph.serialize(turtle, format="ox-turtle")
            start = time.perf_counter()
            path.write_bytes(page(turtle).encode())
            seconds = time.perf_counter() - start
            print(
                line("kg", nodes, seconds, path.stat().st_size, measured(browser, path, True, 120, "#v=claims" if nodes <= net.ALL_NODES else "")),
                flush=True,
            )
            if nodes <= asked.stock:
                seconds = stock(graph, path)
                print(line("pyvis", nodes, seconds, path.stat().st_size, measured(browser, path, False, 300)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
