// @ts-check
// The graph as it came, the words of the page, and the few helpers that every part uses.

/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);
/** @type {any} */
const DATA = JSON.parse($("kg-data").textContent);

/** Columns back to rows. @param {any} packed @returns {any[]} */
const unpack = (packed) =>
  Array.from({ length: packed.count }, (_, i) => {
    /** @type {any} */
    const row = { ...packed.same };
    for (const key of Object.keys(packed.columns)) {
      const value = packed.columns[key][i];
      if (value !== null) row[key] = value;
    }
    return row;
  });

/** @type {Claim[]} */
const claims = (() => {
  const { count, words, when, date, ...columns } = DATA.claims;
  const keys = Object.keys(columns);
  return Array.from({ length: count }, (_, i) => {
    /** @type {any} */
    const row = { i };
    for (const key of keys) row[key] = Array.isArray(columns[key]) ? columns[key][i] : columns[key];
    row.att = DATA.tables.term[row.att];
    row.mod = DATA.tables.term[row.mod];
    row.p = row.p === null ? null : DATA.tables.term[row.p];
    return row;
  });
})();
/** @type {Article[]} */
const articles = DATA.articles.map((/** @type {any[]} */ [iri, title, source, date, publisher, cites, text], /** @type {number} */ i) => ({
  i,
  iri,
  title,
  source,
  date,
  publisher,
  cites,
  text,
}));
const T = DATA.things.label.length;
/** @param {number} i @returns {string} */
const cls = (i) => DATA.tables.cls[DATA.things.cls[i]];
/** @param {number} i */
const thingIri = (i) => DATA.things.iri[i] || `${cls(i).toLowerCase()}/${DATA.things.label[i]}`;
/** Claims of each card, the statement first. @type {number[][]} */
const cards = [];
for (const c of claims) {
  cards[c.card] = cards[c.card] || [];
  cards[c.card].push(c.i);
}
/** Claims that answer a claim. @type {Map<number, Link[]>} */
const linked = new Map();
for (const [from, to, kind] of DATA.links) {
  linked.set(from, [...(linked.get(from) || []), { other: to, kind, back: false }]);
  linked.set(to, [...(linked.get(to) || []), { other: from, kind, back: true }]);
}

/** A picture's rows, made when it is first drawn. @param {any} packed @param {number} count @returns {Picture} */
const picture = (packed, count) => {
  const nodes = unpack(packed.nodes);
  /** @type {Edge[]} */
  const edges = unpack(packed.edges);
  /** @type {number[][]} */
  const near = Array.from({ length: count }, () => []);
  edges.forEach((e, i) => {
    near[e.from].push(i);
    if (e.to !== e.from) near[e.to].push(i);
  });
  return { large: packed.large, nodes, edges, near, degree: near.map((n) => n.length) };
};
/** @type {Record<string, Picture | undefined>} */
const pictures = {};
/** @param {string} mode @returns {Picture} */
const pictureOf = (mode) => {
  const made = pictures[mode] || (mode === "rel" ? picture(DATA.relations, T) : picture(DATA.cards, T + cards.length));
  pictures[mode] = made;
  return made;
};

const state = {
  lang: (navigator.language || "ja").startsWith("ja") ? "ja" : "en",
  theme: "auto",
  mode: "rel",
  focus: -1,
  depth: 1,
  group: -1,
  claim: -1,
  thing: -1,
  edge: -1,
  also: -1,
  side: false,
  art: 0,
  /** @type {Set<number>} */
  hidden: new Set(),
  /** What is filtered out, by facet. @type {Record<string, Set<any>>} */
  off: { cls: new Set(), mod: new Set(), neg: new Set(), att: new Set(), src: new Set(), art: new Set() },
  from: "",
  to: "",
  sort: "",
  down: false,
};

/** The page's words. @param {string} key @param {Record<string, any>} [values] @returns {any} */
const t = (key, values) => {
  let found = DATA.strings[state.lang];
  for (const part of key.split(".")) found = found?.[part];
  return values ? String(found).replace(/\{(\w+)\}/g, (_, k) => String(values[k])) : found;
};
/** The label of an ontology's term; one the page has no word for keeps its name. @param {string} name @returns {string} */
const term = (name) => (Object.hasOwn(DATA.strings[state.lang].term, name) ? DATA.strings[state.lang].term[name] : name);
/** @param {number} i @returns {string} */
const label = (i) => (state.lang === "en" && DATA.things.en[i]) || DATA.things.label[i];
/** @param {number} neg */
const polarity = (neg) => (neg ? `✕ ${t("negative")}` : t("positive"));
/** @param {number | null} i */
const named = (i) => (i === null ? "" : label(i));

/** An article's text by code points: as is, unless it holds characters beyond the first plane. @type {Map<number, string | string[]>} */
const points = new Map();
/** @param {number} art @param {number} b @param {number} e @returns {string} */
const slice = (art, b, e) => {
  let text = points.get(art);
  if (text === undefined) {
    const raw = articles[art].text || "";
    text = /[\ud800-\udfff]/.test(raw) ? Array.from(raw) : raw;
    points.set(art, text);
  }
  const part = text.slice(b, e);
  return typeof part === "string" ? part : part.join("");
};
/** @param {number} art */
const textLength = (art) => {
  slice(art, 0, 0);
  return /** @type {any} */ (points.get(art)).length;
};
/** @param {Claim} c @returns {boolean} */
const stands = (c) => c.art !== null && !Object.hasOwn(DATA.claims.words, c.i);
/** @param {Claim} c @returns {string} */
const words = (c) => (stands(c) ? slice(/** @type {number} */ (c.art), c.b, c.e) : DATA.claims.words[c.i] || "");

/** What a search sees of a text: width, case, kana's kind, spaces and dots do not count. @param {string} text */
const fold = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .replace(/[\s・·‐-]/g, "");

const graphemes = new Intl.Segmenter("ja");
/** @param {string} text */
const wide = (text) => (/[\u0300-\uff60\uffa0-\uffff]/.test(text) ? 2 : 1);
/** Cut to so many half-width columns, never within a character. @param {string} text @param {number} most */
const cut = (text, most) => {
  let width = 0;
  let kept = "";
  for (const { segment } of graphemes.segment(text.slice(0, most * 4))) {
    width += wide(segment);
    if (width > most) return `${kept}…`;
    kept += segment;
  }
  return kept;
};

/**
 * An element; texts become text, never markup.
 * @param {string} tag @param {Record<string, any> | null} [props] @param {...any} children @returns {any}
 */
const el = (tag, props, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return node;
};
/** @param {string} text */
const say = (text) => {
  $("live").textContent = text;
};
/** @param {string} text @param {string} type @param {string} name */
const download = (text, type, name) => save(new Blob([text], { type }), name);
/** @param {Blob} blob @param {string} name */
const save = (blob, name) => {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
/** Who says it, on whose word; the article itself where nobody does. @param {Claim} c */
const voices = (c) => [c.spk, c.src].filter((i) => i !== null).map((i) => label(/** @type {number} */ (i)));
