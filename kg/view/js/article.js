// @ts-check
// The article: its text with the words that claims rest on, the chosen claim's words and cues marked, names lit.

/** Stretches of the text as shown: their claims and the names in them. @type {{b: number, e: number, claims: number[], things: number[]}[]} */
let stretches = [];
let articleKey = "";

/** Mentions of an article. @param {number} art @returns {{thing: number, b: number, e: number}[]} */
const mentionsOf = (art) => {
  const flat = DATA.mentions[art] || [];
  const found = [];
  let at = 0;
  for (let i = 0; i < flat.length; i += 3) {
    at += flat[i + 1];
    found.push({ thing: flat[i], b: at, e: at + flat[i + 2] });
  }
  return found;
};
/** @type {Map<number, number[]>} */
const claimsOf = new Map();
for (const c of claims) if (c.art !== null) (claimsOf.get(c.art) || claimsOf.set(c.art, []).get(c.art))?.push(c.i);

/**
 * Where a claim's cues stand: within its words (the last place: Japanese decides at the end), else in the rest of its
 * sentence, after it before before it. A cue that is not there is named in the panel and marked nowhere.
 * @param {Claim} c @returns {{b: number, e: number}[]}
 */
const cuePlaces = (c) => {
  if (!stands(c)) return [];
  const art = /** @type {number} */ (c.art);
  const size = textLength(art);
  const before = slice(art, Math.max(0, c.b - 120), c.b);
  const after = slice(art, c.e, Math.min(size, c.e + 120));
  const start = Math.max(before.lastIndexOf("。"), before.lastIndexOf("\n")) + 1;
  const stop = after.search(/[。\n]/);
  /** @param {string} text @param {number} i code units to code points */
  const at = (text, i) => Array.from(text.slice(0, i)).length;
  const parts = [
    { text: words(c), from: c.b, last: true },
    { text: stop < 0 ? after : after.slice(0, stop), from: c.e, last: false },
    { text: before.slice(start), from: c.b - Array.from(before.slice(start)).length, last: true },
  ];
  const found = [];
  for (const cue of c.cue.map((k) => DATA.tables.cue[k])) {
    for (const part of parts) {
      const i = part.last ? part.text.lastIndexOf(cue) : part.text.indexOf(cue);
      if (i < 0 || !cue) continue;
      const b = part.from + at(part.text, i);
      found.push({ b, e: b + Array.from(cue).length });
      break;
    }
  }
  return found;
};

const showArticle = () => {
  const a = articles[state.art];
  const chosen = state.claim >= 0 && claims[state.claim].art === state.art ? claims[state.claim] : null;
  $("reader").hidden = !articles.length;
  if (!a) return;
  $("which").value = String(a.i);
  $("before").disabled = a.i === 0;
  $("after").disabled = a.i === articles.length - 1;
  $("meta").replaceChildren(...articleFacts(a));
  const box = $("text");
  const key = `${a.i} ${state.lang}`;
  const top = key === articleKey ? box.scrollTop : 0;
  articleKey = key;
  if (a.text === null) {
    stretches = [];
    box.replaceChildren(el("p", { class: "note", lang: state.lang }, t("noText")));
    return;
  }
  stretches = cutUp(a, chosen);
  const lit = state.thing >= 0 ? state.thing : state.also;
  const cues = chosen ? cuePlaces(chosen) : [];
  box.replaceChildren(...stretches.map((s, i) => stretchNode(a, s, i, chosen, lit, cues)));
  box.scrollTop = top;
  bringIn(box, box.querySelector("mark.on") || (state.thing >= 0 ? box.querySelector(".lit") : null));
};
/** @param {Article} a */
const articleFacts = (a) => {
  const link =
    a.source && /^https?:\/\//i.test(a.source) ? el("a", { href: a.source, rel: "noopener noreferrer", target: "_blank" }, t("openSource"), " ↗") : a.source;
  const cites = a.cites.map((i) => el("button", { type: "button", class: "name", onclick: () => chooseThing(i) }, label(i)));
  return [
    el("strong", { lang: "ja" }, a.title),
    el("span", null, [a.publisher === null ? "" : label(a.publisher), a.date || t("undated")].filter(Boolean).join(" · ")),
    el("span", null, link || ""),
    cites.length ? el("span", { class: "cites" }, `${t("source")}: `, cites) : null,
  ].filter(Boolean);
};
/** The text cut wherever a claim, a name or a cue begins or ends. @param {Article} a @param {Claim | null} chosen */
const cutUp = (a, chosen) => {
  const marks = (claimsOf.get(a.i) || []).filter((i) => live[i] && stands(claims[i])).map((i) => ({ b: claims[i].b, e: claims[i].e, claim: i, thing: -1 }));
  if (chosen && stands(chosen) && !live[chosen.i]) marks.push({ b: chosen.b, e: chosen.e, claim: chosen.i, thing: -1 });
  const size = textLength(a.i);
  for (const m of mentionsOf(a.i)) if (m.e <= size) marks.push({ b: m.b, e: m.e, claim: -1, thing: m.thing });
  const cues = chosen ? cuePlaces(chosen) : [];
  const edges = [...new Set([0, size, ...marks.flatMap((m) => [m.b, m.e]), ...cues.flatMap((c) => [c.b, c.e])])].sort((x, y) => x - y);
  marks.sort((x, y) => x.b - y.b);
  const found = [];
  /** @type {typeof marks} */
  let open = [];
  let next = 0;
  for (let k = 0; k + 1 < edges.length; k++) {
    const [b, e] = [edges[k], edges[k + 1]];
    open = open.filter((m) => m.e > b);
    while (next < marks.length && marks[next].b <= b) open.push(marks[next++]);
    const inner = [...open].sort((x, y) => x.e - x.b - (y.e - y.b));
    found.push({ b, e, claims: inner.filter((m) => m.claim >= 0).map((m) => m.claim), things: inner.filter((m) => m.thing >= 0).map((m) => m.thing) });
  }
  return found;
};
/** @param {Article} a @param {any} s @param {number} i @param {Claim | null} chosen @param {number} lit @param {{b: number, e: number}[]} cues */
const stretchNode = (a, s, i, chosen, lit, cues) => {
  const text = slice(a.i, s.b, s.e);
  const on = chosen && stands(chosen) && chosen.b <= s.b && s.e <= chosen.e;
  const cue = cues.some((c) => c.b <= s.b && s.e <= c.e);
  const kind = [on && "on", cue && "cue", s.claims.length && "c", s.things.length && "m", s.things.includes(lit) && "lit"].filter(Boolean).join(" ");
  if (!kind) return text;
  return el(on || cue ? "mark" : "span", { class: kind, "data-i": i }, text);
};
/** Bring a node into view within its own box; the page stays where it is. @param {any} box @param {any} node */
const bringIn = (box, node) => {
  if (!node) return;
  const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.top < outer.top + 20 || inner.bottom > outer.bottom - 20) box.scrollTop += inner.top - outer.top - outer.height / 3;
};
/** Words that were clicked: the narrowest claim there (again: the next one), and the name there. @param {any} event */
const textClick = (event) => {
  const at = event.target.closest?.("[data-i]");
  if (!at || String(getSelection()).length > 0) return;
  const { claims: here, things } = stretches[Number(at.dataset.i)];
  const own = cards.length && state.claim >= 0 ? here.indexOf(state.claim) : -1;
  if (here.length) {
    const other = here.find((i, k) => k > own && (own < 0 || claims[i].card !== claims[state.claim].card)) ?? here[0];
    chooseClaim(own < 0 ? here[0] : other, things[0] ?? -1);
  } else if (things.length) chooseThing(things[0]);
};
/** The next claim of the article in reading order. @param {number} by */
const alongText = (by) => {
  const here = [...new Set((claimsOf.get(state.art) || []).filter((i) => live[i]).map((i) => cards[claims[i].card][0]))];
  if (!here.length) return;
  const now = state.claim >= 0 ? here.indexOf(cards[claims[state.claim].card][0]) : -1;
  chooseClaim(here[now < 0 ? (by > 0 ? 0 : here.length - 1) : Math.max(0, Math.min(here.length - 1, now + by))]);
};
