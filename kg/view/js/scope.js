// @ts-check
// What of the graph is to be seen: filters, neighbourhoods, communities, and how much of it is drawn.

const MOST = 300; // nodes of a focus
/** @type {Uint8Array} */
let live = new Uint8Array(claims.length);
let filtering = false;

/** @param {Claim} c */
const sources = (c) => (c.spk === null && c.src === null ? [-1] : [c.spk, c.src].filter((i) => i !== null));
/** @param {Claim} c @returns {boolean} */
const passes = (c) => {
  const { off, from, to } = state;
  if (off.mod.has(c.mod) || off.neg.has(c.neg) || off.att.has(c.att)) return false;
  if (c.art !== null && off.art.has(c.art)) return false;
  if (off.src.size && sources(c).every((i) => off.src.has(i))) return false;
  if (from || to) {
    const date = c.art === null ? null : articles[c.art].date;
    if (!date || date < from || (to && date.slice(0, to.length) > to)) return false;
  }
  if (off.cls.size) {
    const ends = [c.s, c.o, c.spk, c.src, ...c.about].filter((i) => i !== null);
    if (ends.length && ends.every((i) => off.cls.has(cls(/** @type {number} */ (i))))) return false;
  }
  return true;
};
/** Look at every claim again after a filter changed. */
const refilter = () => {
  live = Uint8Array.from(claims, (c) => Number(passes(c)));
  filtering = Object.entries(state.off).some(([facet, set]) => facet !== "cls" && set.size > 0) || state.from !== "" || state.to !== "";
};
/** @param {number} card */
const cardLives = (card) => cards[card].some((i) => live[i]);
/** @param {Edge} e */
const edgeLives = (e) => {
  if (!nodeLives(e.from) || !nodeLives(e.to)) return false;
  return !e.claims || (e.claims.length ? e.claims.some((i) => live[i]) : !filtering);
};
/** @param {number} n */
const nodeLives = (n) => !state.hidden.has(n) && (n < T ? !state.off.cls.has(cls(n)) : cardLives(n - T));

/** All that passes: nodes without an edge only among relations, and while nothing is filtered. @param {Picture} pic @returns {Drawn} */
const everything = (pic) => {
  /** @type {number[]} */
  const edges = [];
  const met = new Set();
  pic.edges.forEach((e, i) => {
    if (!edgeLives(e)) return;
    edges.push(i);
    met.add(e.from).add(e.to);
  });
  const nodes = pic.nodes.map((_, i) => i).filter((i) => nodeLives(i) && (met.has(i) || i >= T || (!filtering && state.mode === "rel")));
  return { nodes, edges, at: null, capped: false, groups: false };
};
/** Nodes within `state.depth` steps, the best connected first, at most MOST. @param {Picture} pic @param {number} centre @returns {Drawn} */
const neighbourhood = (pic, centre) => {
  const depth = state.depth + (state.mode === "claims" ? state.depth : 0);
  const step = new Map([[centre, 0]]);
  let ring = [centre];
  let capped = false;
  for (let d = 1; d <= depth && ring.length; d++) {
    /** @type {Map<number, number>} */
    const next = new Map();
    for (const n of ring) {
      for (const i of pic.near[n]) {
        const e = pic.edges[i];
        const other = e.from === n ? e.to : e.from;
        if (!step.has(other) && edgeLives(e)) next.set(other, (next.get(other) || 0) + 1);
      }
    }
    const sorted = [...next.keys()].sort((a, b) => (next.get(b) || 0) - (next.get(a) || 0) || pic.degree[b] - pic.degree[a] || a - b);
    capped ||= sorted.length > MOST - step.size;
    ring = sorted.slice(0, MOST - step.size);
    for (const n of ring) step.set(n, d);
  }
  return { ...within(pic, [...step.keys()]), capped };
};
/** Some nodes with the edges between them. @param {Picture} pic @param {number[]} nodes @returns {Drawn} */
const within = (pic, nodes) => {
  const kept = new Set(nodes);
  /** @type {Set<number>} */
  const edges = new Set();
  for (const n of nodes) {
    for (const i of pic.near[n]) {
      const e = pic.edges[i];
      if (kept.has(e.from) && kept.has(e.to) && edgeLives(e)) edges.add(i);
    }
  }
  return { nodes, edges: [...edges], at: null, capped: false, groups: false };
};
/** The strongest nodes of a community. @param {Picture} pic @param {number} group @returns {Drawn} */
const community = (pic, group) => {
  const all = pic.nodes.map((_, i) => i).filter((i) => DATA.community[i] === group && nodeLives(i));
  all.sort((a, b) => pic.degree[b] - pic.degree[a] || a - b);
  return { ...within(pic, all.slice(0, MOST)), capped: all.length > MOST };
};
/** Communities as bubbles: how many of their nodes pass, their three strongest names, what joins them. @param {Picture} pic */
const overview = (pic) => {
  /** @type {Map<number, number[]>} */
  const members = new Map();
  pic.nodes.forEach((_, i) => {
    if (!nodeLives(i)) return;
    const group = members.get(DATA.community[i]);
    if (group) group.push(i);
    else members.set(DATA.community[i], [i]);
  });
  /** @type {Map<string, number>} */
  const joins = new Map();
  for (const e of pic.edges) {
    const [a, b] = [DATA.community[e.from], DATA.community[e.to]];
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (a !== b && edgeLives(e)) joins.set(key, (joins.get(key) || 0) + 1);
  }
  return { members, joins };
};
/** What to draw now. @returns {Drawn} */
const drawn = () => {
  const pic = pictureOf(state.mode);
  if (state.focus >= 0 && state.focus < pic.nodes.length) {
    const part = neighbourhood(pic, state.focus);
    return { ...part, at: rings(pic, part, state.focus) };
  }
  if (!pic.large) return everything(pic);
  if (state.group >= 0) {
    const part = community(pic, state.group);
    return { ...part, at: rings(pic, part, part.nodes[0]) };
  }
  const all = filtering || state.off.cls.size ? everything(pic) : null;
  if (all && all.nodes.length <= MOST) return { ...all, at: rings(pic, all, all.nodes[0]) };
  return { nodes: [], edges: [], at: null, capped: false, groups: true };
};
