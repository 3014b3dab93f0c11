// @ts-check
// The legend, which is the filter: what each shape, colour and line means, and a switch beside it.

const SVG = "http://www.w3.org/2000/svg";
/** @param {string} tag @param {Record<string, any>} attributes @returns {any} */
const svgNode = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
};
/** Corners of the shapes, as vis-network draws them, by radius 1. @type {Record<string, number[][]>} */
const CORNERS = (() => {
  /** @param {number} n @param {number} turn @param {number} [inner] */
  const ring = (n, turn, inner = 1) =>
    Array.from({ length: n }, (_, i) => [
      Math.cos(turn + (2 * Math.PI * i) / n) * (i % 2 ? inner : 1),
      Math.sin(turn + (2 * Math.PI * i) / n) * (i % 2 ? inner : 1),
    ]);
  const up = -Math.PI / 2;
  return {
    square: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    triangle: [
      [0, -1.05],
      [1.15, 0.94],
      [-1.15, 0.94],
    ],
    triangleDown: [
      [0, 1.05],
      [1.15, -0.94],
      [-1.15, -0.94],
    ],
    diamond: [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ],
    hexagon: ring(6, 0),
    star: ring(10, up, 0.45).map(([x, y]) => [x * 1.1, y * 1.1]),
  };
})();
/** @param {string} shape @param {number} x @param {number} y @param {number} r */
const outline = (shape, x, y, r) => {
  const corners = CORNERS[shape];
  return corners
    ? svgNode("polygon", { points: corners.map(([a, b]) => `${(x + a * r).toFixed(1)},${(y + b * r).toFixed(1)}`).join(" ") })
    : svgNode("circle", { cx: x, cy: y, r });
};
/** The mark of a class. @param {string} name */
const icon = (name) => {
  const box = svgNode("svg", { width: 14, height: 14, viewBox: "-8 -8 16 16", class: "icon", "aria-hidden": "true" });
  const shape = outline(DATA.shapes[name] || "dot", 0, 0, 6);
  shape.setAttribute("style", `fill:var(--${/^\w+$/.test(name) ? name : "Thing"})`);
  box.append(shape);
  return box;
};
/** The line of a modality in the colour of a voice. @param {string} modality @param {string} [voice] */
const stroke = (modality, voice = "ink") => {
  const box = svgNode("svg", { width: 30, height: 10, viewBox: "0 0 30 10", class: "icon", "aria-hidden": "true" });
  const line = svgNode("line", { x1: 1, y1: 5, x2: 29, y2: 5, "stroke-width": 2.4, "stroke-dasharray": (DASH[modality] || []).toString() });
  line.setAttribute("style", `stroke:var(--${/^\w+$/.test(voice) ? voice : "ink"})`);
  box.append(line);
  return box;
};
/** @param {string} voice */
const swatch = (voice) => stroke("Fact", voice);

/** How many there are of each value; entities for the class, else cards. @param {string} facet @returns {Map<any, number>} */
const tally = (facet) => {
  const counts = new Map();
  /** @param {any} key */
  const add = (key) => counts.set(key, (counts.get(key) || 0) + 1);
  if (facet === "cls") for (let i = 0; i < T; i++) add(cls(i));
  else for (const members of cards) for (const key of new Set(members.flatMap((i) => keysOf(facet, claims[i])))) add(key);
  return counts;
};
/** @param {string} facet @param {Claim} c @returns {any[]} */
const keysOf = (facet, c) => {
  if (facet === "src") return sources(c);
  if (facet === "art") return c.art === null ? [] : [c.art];
  return [facet === "mod" ? c.mod : facet === "att" ? c.att : c.neg];
};
/** @param {string} facet @param {any} key */
const keyName = (facet, key) => {
  if (facet === "neg") return key ? t("negative") : t("positive");
  if (facet === "src") return key < 0 ? t("nobody") : label(key);
  if (facet === "art") return articles[key].title;
  return term(key);
};
/** @param {string} facet @param {any} key */
const keyMark = (facet, key) => {
  if (facet === "cls") return icon(key);
  if (facet === "mod") return stroke(key);
  if (facet === "att") return swatch(key);
  return facet === "neg" ? el("b", { class: "sign", "aria-hidden": "true" }, key ? "✕" : "○") : null;
};
/** In the order of the page's own words, unknown ones last. @param {string} facet @param {Map<any, number>} counts */
const ordered = (facet, counts) => {
  const known = Object.keys(DATA.strings.ja.term);
  /** @param {any} k */
  const rank = (k) => (facet === "neg" ? k : known.indexOf(k) < 0 ? 999 : known.indexOf(k));
  return [...counts.keys()].sort((a, b) => rank(a) - rank(b) || String(a).localeCompare(String(b)));
};
const showLegend = () => {
  const box = $("legend");
  box.setAttribute("aria-label", t("legend"));
  const open = [...box.querySelectorAll("details[open]")].map((d) => d.dataset.facet);
  box.replaceChildren(
    ...["cls", "mod", "neg", "att"].map(chips),
    ...["src", "art"].map((facet) => picker(facet, open.includes(facet))),
    dates(),
    filtering || state.off.cls.size ? el("button", { type: "button", class: "reset", onclick: unfilter }, t("reset")) : "",
  );
};
/** @param {string} facet */
const chips = (facet) => {
  const counts = tally(facet);
  const keys = ordered(facet, counts);
  if (!keys.length) return "";
  return el(
    "div",
    { class: "facet", role: "group", "aria-label": t(`facet.${facet}`) },
    el("span", { class: "facetname", "aria-hidden": "true" }, t(`facet.${facet}`)),
    keys.map((key) =>
      el(
        "button",
        { type: "button", class: "chip", "data-key": `${facet}.${key}`, "aria-pressed": String(!state.off[facet].has(key)), onclick: () => toggle(facet, key) },
        keyMark(facet, key),
        keyName(facet, key),
        el("small", null, counts.get(key)),
      ),
    ),
  );
};
/** A list of many values, filled when it is opened. @param {string} facet @param {boolean} open */
const picker = (facet, open) => {
  const list = el("div", { class: "choices" });
  const off = state.off[facet].size;
  const fill = () => {
    if (list.childElementCount) return;
    const counts = tally(facet);
    const keys = [...counts.keys()].sort((a, b) => (facet === "art" ? a - b : (counts.get(b) || 0) - (counts.get(a) || 0) || a - b));
    list.append(
      el(
        "p",
        { class: "actions" },
        el("button", { type: "button", onclick: () => setOff(facet, []) }, t("everything")),
        el("button", { type: "button", onclick: () => setOff(facet, keys) }, t("none")),
      ),
      ...keys.map((key) =>
        el(
          "label",
          null,
          el("input", { type: "checkbox", "data-key": `${facet}.${key}`, checked: !state.off[facet].has(key), onchange: () => toggle(facet, key) }),
          " ",
          keyName(facet, key),
          el("small", null, counts.get(key)),
        ),
      ),
    );
  };
  const box = el(
    "details",
    { class: "menu facet", "data-facet": facet, open, ontoggle: () => box.open && fill() },
    el("summary", null, t(`facet.${facet}`), off ? ` (−${off})` : ""),
    list,
  );
  if (open) fill();
  return box;
};
/** From one article's date to another's. */
const dates = () => {
  const all = [...new Set(articles.map((a) => a.date).filter(Boolean))].sort();
  if (all.length < 2) return "";
  /** @param {"from" | "to"} key @param {number} now */
  const slider = (key, now) =>
    el("input", {
      type: "range",
      min: 0,
      max: all.length - 1,
      value: now,
      "aria-label": `${t("facet.date")} ${t(key)}`,
      "aria-valuetext": all[now],
      oninput: (/** @type {any} */ e) => setDate(key, all, Number(e.target.value)),
    });
  const low = Math.max(0, all.indexOf(state.from));
  const high = all.includes(state.to) ? all.indexOf(state.to) : all.length - 1;
  return el(
    "div",
    { class: "facet dates", role: "group", "aria-label": t("facet.date") },
    el("span", { class: "facetname" }, t("facet.date")),
    el("output", null, `${all[low]} – ${all[high]}`),
    slider("from", low),
    slider("to", high),
  );
};
/** @param {"from" | "to"} key @param {any[]} all @param {number} i */
const setDate = (key, all, i) => {
  state[key] = key === "from" ? (i === 0 ? "" : all[i]) : i === all.length - 1 ? "" : all[i];
  if (state.from && state.to && state.from > state.to) state[key === "from" ? "to" : "from"] = state[key];
  filtered(`input[type=range][aria-label="${t("facet.date")} ${t(key)}"]`);
};
/** @param {string} facet @param {any} key */
const toggle = (facet, key) => {
  if (!state.off[facet].delete(key)) state.off[facet].add(key);
  filtered(`[data-key="${facet}.${CSS.escape(String(key))}"]`);
};
/** @param {string} facet @param {any[]} keys */
const setOff = (facet, keys) => {
  state.off[facet] = new Set(keys);
  filtered("");
};
const unfilter = () => {
  for (const facet of Object.keys(state.off)) state.off[facet] = new Set();
  state.from = state.to = "";
  filtered("");
};
