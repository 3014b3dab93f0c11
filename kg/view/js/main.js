// @ts-check
// Every choice goes through `go`, which changes the state and shows it everywhere.

/** @param {Record<string, any>} change @param {boolean} [push] a step that Back returns from */
const go = (change, push = true) => {
  const before = JSON.stringify([state.mode, state.focus, state.depth, state.group, state.hidden.size, state.lang]);
  Object.assign(state, change);
  const redraw = before !== JSON.stringify([state.mode, state.focus, state.depth, state.group, state.hidden.size, state.lang]);
  if (redraw) draw();
  else relight();
  showChoice();
  showBar();
  remember(push);
};
const showChoice = () => {
  showPanel();
  showArticle();
  if (state.claim >= 0 && !$("table").querySelector(`tr[data-card="${claims[state.claim].card}"]`)) showTable();
  else markRow();
};
/** @param {number} i @param {number} [also] the entity that the clicked words stand for */
const chooseClaim = (i, also = -1) => {
  const c = claims[i];
  const first = c.card !== (state.claim >= 0 ? claims[state.claim].card : -1);
  go({ claim: i, thing: -1, edge: -1, also, art: c.art === null ? state.art : c.art, side: state.side && !first });
  $("card").scrollTop = 0;
  say(claimText(c));
};
/** The article to show for an entity: the one at hand where it has it, else the first. @param {number} i */
const articleOf = (i) => {
  /** @param {number} art */
  const has = (art) => (DATA.mentions[art] || []).some((/** @type {number} */ v, /** @type {number} */ k) => k % 3 === 0 && v === i);
  return has(state.art)
    ? state.art
    : Math.max(
        0,
        articles.findIndex((a) => has(a.i)),
      );
};
/** @param {number} i @param {boolean} [centre] bring it into the middle of the picture */
const chooseThing = (i, centre = false) => {
  go({ thing: i, claim: -1, edge: -1, also: -1, art: articleOf(i), side: false });
  if (centre && shown.nodes.includes(i)) network.focus(i, { scale: Math.max(0.9, network.getScale()), animation: false });
  $("card").scrollTop = 0;
  say(nodeText(i));
};
const clearChoice = () => {
  if (state.claim >= 0 || state.thing >= 0 || state.edge >= 0) go({ claim: -1, thing: -1, edge: -1, also: -1, side: false });
};
/** @param {number} n */
const focusOn = (n) => {
  const thing = n < T ? { thing: n, claim: -1, edge: -1, also: -1, art: articleOf(n) } : { claim: cards[n - T][0], thing: -1, edge: -1, also: -1 };
  go({ focus: n, group: -1, ...thing });
  say(`${nodeText(n)} ${$("shown").textContent}`);
};
/** @param {number} n */
const hide = (n) => go({ hidden: new Set([...state.hidden, n]), thing: -1, focus: state.focus === n ? -1 : state.focus });
/** One step back: what is open, then the choice, then the focus. */
const stepBack = () => {
  if (state.side) go({ side: false });
  else if (state.claim >= 0 || state.thing >= 0 || state.edge >= 0) clearChoice();
  else if (state.focus >= 0 || state.group >= 0) go({ focus: -1, group: -1 });
};
/** After a filter: everything that shows claims, and the keyboard back where it was. @param {string} again */
const filtered = (again) => {
  refilter();
  draw(true);
  relist();
  showLegend();
  showArticle();
  remember(false);
  say(`${$("rows").textContent} ${$("shown").textContent}`);
  if (again) $("legend").querySelector(again)?.focus();
};
const showBar = () => {
  const bar = $("focusBar");
  const large = pictureOf(state.mode).large;
  const near = state.focus >= 0;
  $("modes").replaceChildren(
    ...[
      ["rel", "rel"],
      ["claims", "claims"],
    ].map(([mode, key]) =>
      el("button", { type: "button", "data-mode": mode, "aria-pressed": String(state.mode === mode), onclick: () => setMode(mode) }, t(key)),
    ),
  );
  const back = near || state.group >= 0;
  bar.hidden = !back && !state.hidden.size;
  bar.replaceChildren(
    ...(near
      ? [
          el("span", null, t("depth")),
          ...[1, 2, 3].map((d) =>
            el("button", { type: "button", "data-depth": d, "aria-pressed": String(state.depth === d), onclick: () => go({ depth: d }) }, d),
          ),
        ]
      : []),
    back ? el("button", { type: "button", class: "strong", onclick: () => go({ focus: -1, group: -1 }) }, t(large ? "overview" : "all")) : "",
    state.hidden.size ? el("button", { type: "button", onclick: () => go({ hidden: new Set() }) }, t("hidden", { n: state.hidden.size })) : "",
  );
};
/** @param {string} mode */
const setMode = (mode) => {
  const focus = mode === "rel" && state.focus >= T ? -1 : state.focus;
  go({ mode, focus, edge: -1, hidden: new Set([...state.hidden].filter((n) => n < T)) });
};

/** Words, colours and all parts, from the state. */
const everythingAnew = () => {
  const root = document.documentElement;
  root.lang = state.lang;
  root.dataset.theme = state.theme;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(/** @type {any} */ (node).dataset.t);
  /** @type {[string, string, string][]} */
  const attributes = [
    ["q", "placeholder", "search"],
    ["q", "aria-label", "search"],
    ["hits", "aria-label", "search"],
    ["canvas", "aria-label", "pictureLabel"],
    ["modes", "aria-label", "modes"],
    ["focusBar", "aria-label", "depth"],
    ["which", "aria-label", "article"],
    ["before", "aria-label", "previous"],
    ["after", "aria-label", "next"],
    ["text", "aria-label", "articleLabel"],
    ["table", "aria-label", "list"],
    ["help", "aria-label", "help"],
    ["lang", "title", "langName"],
    ["theme", "title", "themeName"],
  ];
  for (const [id, attribute, key] of attributes) $(id).setAttribute(attribute, t(key));
  $("lang").textContent = t("lang");
  $("lang").lang = state.lang === "ja" ? "en" : "ja";
  $("theme").textContent = t(`theme.${state.theme}`);
  $("built").textContent = t("built", {
    articles: articles.length.toLocaleString(),
    things: T.toLocaleString(),
    claims: cards.length.toLocaleString(),
    runs: DATA.built.runs.join(", ") || "kg",
    input: DATA.built.input,
  });
  $("which").replaceChildren(...articles.map((a) => el("option", { value: a.i, lang: "ja" }, `${a.i + 1}/${articles.length} ${cut(a.title, 60)}`)));
  $("fold").textContent = t($("list").classList.contains("folded") ? "foldDown" : "foldUp");
  repaint();
  refilter();
  draw();
  relist();
  showLegend();
  showBar();
  showChoice();
  showSave();
};
const showHelp = () => {
  const box = $("helpBox");
  box.replaceChildren(
    el("h2", { id: "helpName" }, t("help")),
    el(
      "dl",
      null,
      t("helpText").flatMap((/** @type {string[]} */ [key, what]) => [el("dt", null, el("kbd", null, key)), el("dd", null, what)]),
    ),
    el("button", { type: "button", onclick: () => box.close() }, t("close")),
  );
  box.showModal();
};
const copyLink = () => {
  const done = () => hint(t("linkDone"));
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, () => hint(t("linkHere")));
  else hint(t("linkHere"));
};
/** Keys that work wherever no text is typed. @param {KeyboardEvent} event */
const pageKey = (event) => {
  const target = /** @type {any} */ (event.target);
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || $("helpBox").open) return;
  if (target.closest("input:not([type=checkbox]):not([type=range]), select, textarea")) return;
  /** @type {Record<string, () => void>} */
  const act = {
    "/": () => $("q").focus(),
    "?": showHelp,
    Escape: stepBack,
    j: () => alongText(1),
    k: () => alongText(-1),
    m: () => setMode(state.mode === "rel" ? "claims" : "rel"),
    h: () => state.thing >= 0 && hide(state.thing),
  };
  for (const d of [1, 2, 3]) {
    act[d] = () => {
      go({ depth: d }, state.focus >= 0);
      if (state.focus < 0 && state.thing >= 0) focusOn(state.thing);
    };
  }
  if (!act[event.key]) return;
  event.preventDefault();
  act[event.key]();
};
const listen = () => {
  /** @type {[string, string, (event: any) => void][]} */
  const handlers = [
    ["canvas", "keydown", canvasKey],
    ["text", "click", textClick],
    ["table", "keydown", tableKey],
    ["q", "keydown", searchKey],
    ["q", "compositionend", showHits],
    ["q", "input", (e) => e.isComposing || showHits()],
    ["q", "focus", () => $("q").value && showHits()],
    ["q", "blur", () => setTimeout(closeHits, 200)],
    ["table", "click", (e) => e.target.closest("tbody tr") && chooseClaim(cards[Number(e.target.closest("tbody tr").dataset.card)][0])],
    [
      "lang",
      "click",
      () => {
        state.lang = state.lang === "ja" ? "en" : "ja";
        everythingAnew();
        remember(false);
      },
    ],
    [
      "theme",
      "click",
      () => {
        state.theme = { auto: "dark", dark: "light", light: "auto" }[state.theme] || "auto";
        everythingAnew();
        remember(false);
      },
    ],
    ["png", "click", exportPng],
    ["svg", "click", () => download(svg(), "image/svg+xml", "graph.svg")],
    ["csv", "click", () => download(csv(), "text/csv;charset=utf-8", "claims.csv")],
    ["link", "click", copyLink],
    ["print", "click", () => print()],
    ["help", "click", showHelp],
    ["save", "click", saveCorrections],
    ["fit", "click", fit],
    ["which", "change", (e) => go({ art: Number(e.target.value), claim: -1, thing: -1, also: -1 })],
    ["before", "click", () => go({ art: state.art - 1, claim: -1 })],
    ["after", "click", () => go({ art: state.art + 1, claim: -1 })],
    [
      "more",
      "click",
      () => {
        most += PAGE;
        showTable();
      },
    ],
    [
      "fold",
      "click",
      () => {
        const folded = $("list").classList.toggle("folded");
        $("fold").setAttribute("aria-expanded", String(!folded));
        $("fold").textContent = t(folded ? "foldDown" : "foldUp");
        fit();
      },
    ],
  ];
  for (const [id, event, act] of handlers) $(id).addEventListener(event, act);
  document.addEventListener("keydown", pageKey);
  document.addEventListener("click", (e) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(/** @type {any} */ (e.target))) /** @type {any} */ (menu).open = false;
  });
  addEventListener("popstate", restore);
  addEventListener("hashchange", restore);
  addEventListener("beforeunload", (e) => unsaved && e.preventDefault());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    repaint();
    draw(true);
  });
  addEventListener("beforeprint", () => {
    most = listed.length;
    showTable();
  });
  let size = 0;
  new ResizeObserver(([box]) => {
    if (size && Math.abs(box.contentRect.width - size) > 2) fit();
    size = box.contentRect.width;
  }).observe($("canvas"));
};
document.title = DATA.title;
fromHash(location.hash.slice(1));
written = location.hash.slice(1);
listen();
everythingAnew();
prepareSearch();
window.kgView = {
  claims,
  articles,
  cards,
  state,
  go,
  chooseClaim,
  chooseThing,
  focusOn,
  find,
  svg,
  csv,
  words,
  corrections: () => corrections,
  network: () => network,
  shown: () => shown,
};
