// @ts-check
// The picture: what is drawn, in which look, and what a pointer or a key does on it.

/** @type {any} */
let network = null;
/** @type {Drawn} */
let shown = { nodes: [], edges: [], at: null, capped: false, groups: false };
/** @type {any} */
let nodeSet = null;
/** @type {any} */
let edgeSet = null;
/** Nodes and edges made bright by the choice, null where nothing is chosen. @type {{nodes: Set<number>, edges: Set<number>} | null} */
let lit = null;
/** @type {Record<string, string>} */
let paint = {};
/** Labels drawn large while the whole is small. @type {Map<number, number>} */
let loud = new Map();
/** Line pattern by modality. @type {Record<string, number[] | false>} */
const DASH = DATA.dashes;
/** Labels of edges that lie clear of nodes and of each other: what is not a plain fact first; two lines, else one, else none. @type {Map<number, string>} */
let roomy = new Map();
/** The bends of edges that were laid out here. @type {Map<number, any> | null} */
let bend = null;
/** Size of edges' labels. */
let edgeFont = 12;
/** How much marks and lines are drawn larger where the whole is small. */
let boost = 1;
const GROUP = 1e6; // ids of bubbles begin here
const LABELLED = 160; // edges; above, an edge is labelled when chosen

const repaint = () => {
  const style = getComputedStyle(document.documentElement);
  paint = {};
  for (const name of [
    "ink",
    "quiet",
    "ground",
    "panel",
    "line",
    "faint",
    "accent",
    "Organization",
    "Person",
    "Model",
    "Strategy",
    "Place",
    "Outlet",
    "UnnamedSource",
    "Thing",
    "Claim",
    "DirectQuote",
    "IndirectSpeech",
    "Narration",
    "contradicts",
  ]) {
    paint[name] = style.getPropertyValue(`--${name}`).trim();
  }
};
/** @param {string} name */
const colour = (name) => paint[name] || paint.Thing;

/** @param {number} n @returns {any} */
const nodeLook = (n) => {
  const pic = pictureOf(state.mode);
  const dim = dimming() && lit !== null && !lit.nodes.has(n);
  const chosen = n === state.thing || (state.claim >= 0 && n === T + claims[state.claim].card) || n === state.also;
  const place = shown.at ? shown.at.get(n) : [pic.nodes[n].x, pic.nodes[n].y];
  const base = { id: n, x: place?.[0], y: place?.[1], shape: pic.nodes[n].shape, chosen: false, opacity: dim ? 0.4 : 1 };
  if (n >= T) return { ...base, ...cardLook(n - T, dim, chosen) };
  const own = colour(cls(n));
  return {
    ...base,
    size: pic.nodes[n].size * boost,
    label: cut(label(n), 27),
    color: { background: own, border: chosen ? paint.accent : paint.ground },
    borderWidth: chosen ? 4 : 1,
    shapeProperties: { borderDashes: false },
    font: { size: loud.get(n) || 14, color: dim ? paint.faint : paint.ink, strokeWidth: 4, strokeColor: paint.ground, face: FACE, vadjust: 0 },
  };
};
const FACE = '"Hiragino Sans","Yu Gothic UI","Noto Sans JP","Noto Sans CJK JP",Meiryo,sans-serif';
/** @param {number} card @param {boolean} dim @param {boolean} chosen */
const cardLook = (card, dim, chosen) => {
  const head = claims[cards[card][0]];
  const own = colour(head.att);
  return {
    label: cardLabel(card),
    scaling: { label: { drawThreshold: 4 } },
    margin: 6,
    color: { background: paint.panel, border: chosen ? paint.accent : own },
    borderWidth: chosen ? 4 : 1.6,
    shapeProperties: { borderDashes: DASH[head.mod] || false, borderRadius: 5 },
    font: { size: 12, color: dim ? paint.faint : paint.ink, face: FACE },
  };
};
/** Two lines of words, then what restricts them. @param {number} card */
const cardLabel = (card) => {
  const head = claims[cards[card][0]];
  const text = cut(words(head).replace(/\s+/g, " "), 50);
  const first = cut(text, 27).replace(/…$/, "");
  const rest = text.slice(first.length);
  const tail = [head.mod === "Fact" ? "" : term(head.mod), head.neg ? polarity(1) : ""].filter(Boolean).join("・");
  return `${first}${rest ? `\n${rest}` : ""}${tail ? `\n〔${tail}〕` : ""}`;
};
/** @param {Edge} e */
const edgeLabel = (e) => {
  if (!e.p) return e.r === "about" || e.r === "subject" || e.r === "object" ? "" : t(`role.${e.r}`);
  const second = [e.m === "Fact" ? "" : term(e.m || ""), e.a === "Narration" ? "" : term(e.a || "")].filter(Boolean).join("・");
  return `${e.n ? "✕ " : ""}${term(e.p)}${e.n ? `(${t("negative")})` : ""}${second ? `\n${second}` : ""}`;
};
/** Symmetric properties, and a claim's plain mention of a thing, point nowhere. @param {Edge} e */
const hasArrow = (e) => e.r !== "about" && !["partnersWith", "competesWith", "opposes", "contradicts"].includes(e.p || e.r || "");
/** @param {number} i @param {any} smooth @returns {any} */
const edgeLook = (i, smooth) => {
  const e = pictureOf(state.mode).edges[i];
  const bright = lit?.edges.has(i);
  const dim = dimming() && lit !== null && !bright;
  const answer = e.r && ["restates", "contradicts", "supersedes"].includes(e.r);
  const own = e.p ? colour(e.a || "") : answer ? paint.contradicts : paint.quiet;
  const text = bright && lit && lit.edges.size <= 8 ? edgeLabel(e) : dim ? "" : roomy.get(i);
  return {
    id: i,
    from: e.from,
    to: e.to,
    label: text || undefined,
    arrows: { to: { enabled: hasArrow(e), scaleFactor: 0.6 } },
    dashes: e.dashes || (answer ? [3, 4] : e.r === "about" ? [1, 5] : false),
    width: (e.width || 1.3) * boost + (bright ? 1.5 : 0),
    color: { color: own, opacity: dim ? 0.3 : e.r === "about" ? 0.6 : 1, inherit: false },
    smooth: smooth ? { enabled: true, ...smooth } : false,
    chosen: false,
    selfReference: { size: 22, angle: Math.PI / 4 },
    font: { size: edgeFont, color: dim ? paint.faint : own, strokeWidth: 4, strokeColor: paint.ground, align: "horizontal", face: FACE },
  };
};
/** A community: its three strongest names, as large as it has nodes. @param {Picture} pic */
const bubbles = (pic) => {
  const { members, joins } = overview(pic);
  const strong = [...joins].sort((a, b) => b[1] - a[1]).slice(0, members.size * 2);
  const nodes = [...members].map(([group, list]) => {
    const best = list.filter((n) => n < T).sort((a, b) => pic.degree[b] - pic.degree[a] || a - b);
    const names = best.slice(0, 3).map((n) => cut(label(n), 18));
    const own = best.length ? colour(cls(best[0])) : paint.Claim;
    const [x, y] = DATA.bubbles[group];
    const text = `${names.join("\n")}\n${t("members", { n: list.length.toLocaleString() })}`;
    return {
      id: GROUP + group,
      x,
      y,
      shape: "dot",
      size: DATA.bubbles[group][2],
      label: text,
      chosen: false,
      color: { background: own, border: paint.ground },
      opacity: 0.85,
      font: { size: 15, color: paint.ink, strokeWidth: 4, strokeColor: paint.ground, face: FACE },
    };
  });
  const edges = strong.map(([key, n], i) => {
    const [a, b] = key.split(" ").map(Number);
    return {
      id: GROUP + i,
      from: GROUP + a,
      to: GROUP + b,
      width: Math.min(8, 0.6 + Math.log2(n)),
      color: { color: paint.line, opacity: 0.7 },
      smooth: false,
      chosen: false,
      arrows: "",
    };
  });
  return { nodes, edges };
};

/** The places as laid out, drawn apart to the shape of the pane: that only adds room. @param {Picture} pic @returns {Map<number, [number, number]>} */
const stretched = (pic) => {
  const xs = shown.nodes.map((n) => pic.nodes[n].x);
  const ys = shown.nodes.map((n) => pic.nodes[n].y);
  /** @param {number[]} list */
  const span = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity) - list.reduce((a, b) => Math.min(a, b), Infinity) || 1;
  const pane = $("canvas").getBoundingClientRect();
  const ratio = (pane.width / Math.max(1, pane.height) / (span(xs) + 120)) * (span(ys) + 60);
  const [x, y] = [Math.min(1.6, Math.max(1, ratio)), Math.min(2.6, Math.max(1, 1 / ratio))];
  return new Map(shown.nodes.map((n) => [n, [pic.nodes[n].x * x, pic.nodes[n].y * y]]));
};
/** Draw anew what the state asks for. @param {boolean} [keep] the part of it that is looked at */
const draw = (keep = false) => {
  const pic = pictureOf(state.mode);
  const view = keep && network ? { position: network.getViewPosition(), scale: network.getScale() } : null;
  shown = drawn();
  lit = brightened();
  loud = new Map();
  boost = 1;
  const big = shown.nodes.length > 800 || shown.edges.length > 2000;
  bend = shown.at ? fans(pic, shown.edges) : null;
  edgeFont = 12;
  if (!shown.at && !shown.groups) shown.at = stretched(pic);
  roomy = shown.groups || shown.edges.length > LABELLED ? new Map() : clearLabels(pic);
  const made = shown.groups
    ? bubbles(pic)
    : { nodes: shown.nodes.map(nodeLook), edges: shown.edges.map((i) => edgeLook(i, bend ? bend.get(i) : pic.edges[i].smooth)) };
  nodeSet = new vis.DataSet(made.nodes);
  edgeSet = new vis.DataSet(made.edges);
  if (!network) start();
  network.setOptions({ interaction: { hideEdgesOnDrag: big, hideEdgesOnZoom: big } });
  network.setData({ nodes: nodeSet, edges: edgeSet });
  if (view) network.moveTo({ ...view, animation: false });
  else fit();
  const nothing = !made.nodes.length;
  $("empty").hidden = !nothing;
  $("empty").textContent = nothing ? t(pic.nodes.length ? "empty" : "emptyGraph") : "";
  const all = pic.nodes.length;
  $("shown").textContent = shown.groups
    ? t("shown", { n: made.nodes.length, all: all.toLocaleString() })
    : t("shown", { n: shown.nodes.length.toLocaleString(), all: all.toLocaleString() }) + (shown.capped ? `(${t("capped", { n: MOST })})` : "");
};
/** What the choice makes bright: its nodes, the edges between or from them. */
const brightened = () => {
  const pic = pictureOf(state.mode);
  const nodes = new Set();
  const edges = new Set();
  if (state.claim >= 0) {
    const card = claims[state.claim].card;
    const members = state.mode === "rel" && claims[state.claim].p ? [state.claim] : cards[card];
    if (state.mode === "claims") {
      nodes.add(T + card);
      for (const i of pic.near[T + card]) edges.add(i);
    }
    for (const i of members) {
      const c = claims[i];
      for (const n of [c.spk, c.src, c.s, c.o, ...(members.length === 1 ? [] : c.about)]) if (n !== null) nodes.add(n);
    }
    if (state.mode === "rel") for (const n of nodes) for (const i of pic.near[n]) if (pic.edges[i].claims?.some((c) => members.includes(c))) edges.add(i);
    if (!edges.size && state.mode === "rel") for (const n of claims[state.claim].about) nodes.add(n);
  } else if (state.edge >= 0 && state.mode === "rel") edges.add(state.edge);
  else if (state.thing >= 0 && state.thing === state.focus)
    return null; // all that is drawn is near it
  else if (state.thing >= 0) {
    nodes.add(state.thing);
    for (const i of pic.near[state.thing] || []) edges.add(i);
  } else return null;
  if (state.also >= 0) nodes.add(state.also);
  for (const i of edges) nodes.add(pic.edges[i].from).add(pic.edges[i].to);
  return shown.nodes.some((n) => nodes.has(n)) ? { nodes, edges } : null;
};
/** Show the choice in the picture as it is drawn. */
const relight = (all = false) => {
  if (!network || shown.groups) return;
  const before = lit;
  lit = brightened();
  const nodes = shown.nodes.filter((n) => all || dimming() || before?.nodes.has(n) || lit?.nodes.has(n));
  const edges = shown.edges.filter((i) => dimming() || before?.edges.has(i) || lit?.edges.has(i));
  nodeSet.update(
    nodes.map((n) => {
      const { x, y, ...look } = nodeLook(n); // a node that was dragged stays there
      return look;
    }),
  );
  edgeSet.update(
    edges.map((i) => {
      const { smooth, ...look } = edgeLook(i, null);
      return look;
    }),
  );
};
/** The rest fades only where redrawing all of it is quick. */
const dimming = () => shown.nodes.length <= 800;
const start = () => {
  const options = {
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, keyboard: false, tooltipDelay: 1e6, zoomSpeed: 0.7 },
    nodes: { scaling: { label: { drawThreshold: 8.5 } } },
    edges: { scaling: { label: { drawThreshold: 7 } } },
  };
  network = new vis.Network($("canvas"), { nodes: nodeSet, edges: edgeSet }, options);
  const frame = $("canvas").querySelector(".vis-network");
  if (frame) frame.tabIndex = -1;
  network.on("click", (/** @type {any} */ hit) => {
    if (hit.nodes.length) pickNode(hit.nodes[0]);
    else if (hit.edges.length) pickEdge(hit.edges[0]);
    else clearChoice();
  });
  network.on("doubleClick", (/** @type {any} */ hit) => {
    if (hit.nodes.length && hit.nodes[0] < GROUP) focusOn(hit.nodes[0]);
  });
  network.on("hoverNode", (/** @type {any} */ hit) => hint(nodeText(hit.node)));
  network.on("hoverEdge", (/** @type {any} */ hit) => hint(hit.edge < GROUP ? edgeText(hit.edge) : ""));
  network.on("blurNode", () => hint(""));
  network.on("blurEdge", () => hint(""));
};
/** @param {string} text */
const hint = (text) => {
  $("line").textContent = text;
};
/** @param {number} n */
const nodeText = (n) => {
  if (n >= GROUP) return nodeSet.get(n)?.label.replace(/\n/g, " · ") || "";
  if (n < T) return t("spoken", { label: label(n), cls: term(cls(n)), n: pictureOf(state.mode).degree[n] });
  return claimText(claims[cards[n - T][0]]);
};
/** @param {Claim} c */
const claimText = (c) => t("spokenClaim", { words: words(c), who: voices(c).join(" → ") || t("nobody"), mod: term(c.mod), neg: polarity(c.neg) });
/** @param {number} i */
const edgeText = (i) => {
  const e = pictureOf(state.mode).edges[i];
  /** @param {number} n */
  const end = (n) => (n < T ? label(n) : cut(words(claims[cards[n - T][0]]), 30));
  return `${end(e.from)} — ${edgeLabel(e).replace("\n", " ") || t(`role.${e.r}`)} → ${end(e.to)}`;
};
/** @param {number} n */
const pickNode = (n) => {
  if (n >= GROUP) go({ group: n - GROUP, focus: -1 });
  else if (n >= T) chooseClaim(cards[n - T][0]);
  else chooseThing(n);
};
/** @param {number} i */
const pickEdge = (i) => {
  if (i >= GROUP) return;
  const e = pictureOf(state.mode).edges[i];
  const first = e.claims?.find((c) => live[c]) ?? e.claims?.[0];
  if (state.mode === "claims") pickNode(e.from >= T ? e.from : e.to);
  else if (first === undefined) go({ edge: i, claim: -1, thing: -1, also: -1 });
  else chooseClaim(first);
};
/** The node in the picture nearest to the cursor in a direction. @param {number} dx @param {number} dy */
const step = (dx, dy) => {
  const at = network.getPositions();
  const ids = Object.keys(at).map(Number);
  if (!ids.length) return;
  const here = cursor();
  const from = at[here] || { x: Infinity, y: 0 };
  let best = -1;
  let least = Infinity;
  for (const id of ids) {
    const [x, y] = [at[id].x - from.x, at[id].y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = ahead + 2 * aside;
    if (id !== here && ahead > 0 && aside <= ahead * 2 && cost < least) [best, least] = [id, cost];
  }
  if (best < 0 && at[here] === undefined) best = ids.reduce((a, b) => (Math.hypot(at[b].x, at[b].y) < Math.hypot(at[a].x, at[a].y) ? b : a));
  if (best < 0) return;
  if (best >= GROUP) {
    groupCursor = best;
    network.selectNodes([best]);
    hint(nodeText(best));
    say(nodeText(best));
  } else pickNode(best);
};
let groupCursor = -1;
/** Where the keyboard stands in the picture. */
const cursor = () => {
  if (shown.groups) return groupCursor;
  if (state.thing >= 0) return state.thing;
  return state.claim >= 0 && state.mode === "claims" ? T + claims[state.claim].card : -1;
};
/** @param {number} factor */
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });
/** Keys on the picture. @param {KeyboardEvent} event */
const canvasKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  /** @type {Record<string, () => void>} */
  const act = {
    ArrowLeft: () => step(-1, 0),
    ArrowRight: () => step(1, 0),
    ArrowUp: () => step(0, -1),
    ArrowDown: () => step(0, 1),
    Enter: () => (shown.groups ? groupCursor >= 0 && pickNode(groupCursor) : cursor() >= 0 && focusOn(cursor())),
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: fit,
  };
  if (!act[event.key]) return;
  event.preventDefault();
  act[event.key]();
};
