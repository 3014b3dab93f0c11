// @ts-check
// The state in the address bar's hash: a link shows the same view, Back returns to the one before.

/** @param {string} iri @returns {string} a claim's short name in the address */
const short = (iri) => iri.slice(iri.lastIndexOf("/") + 1).slice(0, 16);
const toHash = () => {
  const p = new URLSearchParams();
  /** @param {number} n */
  const name = (n) => (n < T ? thingIri(n) : `c:${short(claims[cards[n - T][0]].iri)}`);
  if (state.mode !== "rel") p.set("v", state.mode);
  if (state.focus >= 0) p.set("n", name(state.focus));
  if (state.depth !== 1) p.set("d", String(state.depth));
  if (state.group >= 0) p.set("g", String(state.group));
  if (state.claim >= 0) p.set("c", short(claims[state.claim].iri));
  if (state.thing >= 0) p.set("t", thingIri(state.thing));
  if (state.edge >= 0) p.set("r", String(state.edge));
  if (state.side) p.set("s", "1");
  if (state.hidden.size) p.set("h", [...state.hidden].map(name).join("|"));
  const off = Object.entries(state.off).flatMap(([facet, set]) =>
    [...set].map((key) => `${facet}.${facet === "src" && key >= 0 ? thingIri(key) : facet === "art" ? short(articles[key].iri) : key}`),
  );
  if (off.length) p.set("f", off.join("|"));
  if (state.from) p.set("from", state.from);
  if (state.to) p.set("to", state.to);
  if (state.art && state.claim < 0) p.set("a", short(articles[state.art].iri));
  if (state.lang !== started) p.set("l", state.lang);
  if (state.theme !== "auto") p.set("m", state.theme);
  return p.toString();
};
const started = state.lang;
/** @param {string} hash */
const fromHash = (hash) => {
  const p = new URLSearchParams(hash);
  const things = new Map(DATA.things.label.map((/** @type {string} */ _, /** @type {number} */ i) => [thingIri(i), i]));
  /** @param {string | null} key */
  const claim = (key) => (key ? claims.findIndex((c) => short(c.iri) === key) : -1);
  /** @param {string} key @returns {number} */
  const node = (key) => {
    const i = key.startsWith("c:") ? claim(key.slice(2)) : -1;
    return i >= 0 ? T + claims[i].card : (things.get(key) ?? -1);
  };
  /** @param {string | null} key */
  const article = (key) => articles.findIndex((a) => short(a.iri) === key);
  for (const facet of Object.keys(state.off)) state.off[facet] = new Set();
  for (const item of (p.get("f") || "").split("|").filter(Boolean)) {
    const [facet, key] = [item.slice(0, item.indexOf(".")), item.slice(item.indexOf(".") + 1)];
    const value = facet === "neg" ? Number(key) : facet === "art" ? article(key) : facet === "src" ? (key === "-1" ? -1 : things.get(key)) : key;
    if (Object.hasOwn(state.off, facet) && value !== undefined) state.off[facet].add(value);
  }
  const chosen = claim(p.get("c"));
  const art = chosen >= 0 ? (claims[chosen].art ?? 0) : article(p.get("a"));
  const [depth, group, edge] = [Number(p.get("d")), Number(p.get("g") ?? -1), Number(p.get("r") ?? -1)];
  Object.assign(state, {
    mode: p.get("v") === "claims" ? "claims" : "rel",
    focus: node(p.get("n") || ""),
    depth: [1, 2, 3].includes(depth) ? depth : 1,
    group: DATA.bubbles[group] ? group : -1,
    claim: chosen,
    thing: things.get(p.get("t")) ?? -1,
    edge: DATA.relations.edges.count > edge && edge >= 0 ? Math.trunc(edge) : -1,
    also: -1,
    side: p.get("s") === "1",
    hidden: new Set(
      (p.get("h") || "")
        .split("|")
        .map(node)
        .filter((n) => n >= 0),
    ),
    from: p.get("from") || "",
    to: p.get("to") || "",
    art: Math.max(0, art),
    lang: ["ja", "en"].includes(p.get("l") || "") ? p.get("l") : started,
    theme: ["light", "dark"].includes(p.get("m") || "") ? p.get("m") : "auto",
  });
  if (state.thing >= 0 && art < 0) state.art = articleOf(state.thing);
};
let written = "";
/** Write the state into the address. @param {boolean} push */
const remember = (push) => {
  const hash = toHash();
  if (hash === written) return;
  written = hash;
  try {
    history[push ? "pushState" : "replaceState"](null, "", `#${hash}`);
  } catch {
    // a frame without an address of its own (a notebook's cell): the view works, it just has no link
  }
};
const restore = () => {
  const hash = location.hash.slice(1);
  if (hash === written) return;
  fromHash(hash);
  written = hash;
  everythingAnew();
};
