// @ts-check
// The card of what is chosen: a claim with all that is known of it, an entity with its claims, an edge without evidence.

/** @param {number | null} i @param {string} [none] */
const thingButton = (i, none = "") =>
  i === null ? none : el("button", { type: "button", class: "name", onclick: () => chooseThing(i) }, icon(cls(i)), label(i));
/** @param {string} name @param {any} value */
const fact = (name, value) => (value === null || value === "" ? [] : [el("dt", null, name), el("dd", null, value)]);

const showPanel = () => {
  const box = $("card");
  if (state.claim >= 0) box.replaceChildren(...claimCard(claims[state.claim]));
  else if (state.thing >= 0) box.replaceChildren(...thingCard(state.thing));
  else if (state.edge >= 0) box.replaceChildren(el("p", { class: "words" }, edgeText(state.edge)), el("p", { class: "note" }, t("noEvidence")));
  else box.replaceChildren(el("p", { class: "note" }, t("nothing")), ...starters());
  $("panel").parentNode.classList.toggle("open", state.claim >= 0 || state.thing >= 0 || state.edge >= 0);
};
/** What a stranger may look at first: names at the centre, and what is disputed, denied or not yet so. */
const starters = () => {
  const pic = pictureOf("rel");
  const best = pic.degree
    .map((_, i) => i)
    .sort((a, b) => pic.degree[b] - pic.degree[a] || a - b)
    .slice(0, 4)
    .filter((i) => pic.degree[i]);
  /** @param {number[]} card what makes it worth a look: contradicted, denied, not yet a fact, said by somebody */
  const worth = (card) => {
    const head = claims[card[0]];
    const answer = card.some((i) => (linked.get(i) || []).some((l) => l.kind === "contradicts"));
    return head.att === "Narration" ? 0 : 4 * Number(answer) + 2 * head.neg + Number(head.mod !== "Fact") + Number(head.spk !== null || head.src !== null);
  };
  const order = cards.map((card, k) => [worth(card), k]).filter(([w]) => w > 1);
  const answered = order
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, 3)
    .map(([, k]) => cards[k][0]);
  if (!best.length && !answered.length) return [];
  return [
    el("h3", null, t("start")),
    el(
      "p",
      { class: "starts" },
      best.map((i) => thingButton(i)),
    ),
    el(
      "ul",
      { class: "claims" },
      answered.map((i) => claimItem(i)),
    ),
  ];
};
/** A claim in one line. @param {number} i @param {string} [before] */
const claimItem = (i, before = "") => {
  const c = claims[i];
  const tail = [voices(c).join(" → "), c.mod === "Fact" ? "" : term(c.mod), c.neg ? polarity(1) : ""].filter(Boolean).join(" · ");
  return el(
    "li",
    null,
    el(
      "button",
      { type: "button", class: "claim", onclick: () => chooseClaim(i) },
      before ? el("b", null, before, " ") : null,
      el("span", { lang: "ja" }, cut(words(c), 90)),
      tail ? el("small", null, tail) : null,
    ),
  );
};
/** @param {Claim} c */
const claimCard = (c) => {
  const members = cards[c.card];
  const head = claims[members[0]];
  const a = c.art === null ? null : articles[c.art];
  const parts = members.filter((i) => claims[i].p);
  return [
    el("p", { class: "kind" }, swatch(c.att), c.att === "Narration" ? t("narration") : `${t("statement")} · ${term(c.att)}`, badge(c)),
    state.also >= 0 ? el("p", { class: "here" }, `${t("here")}: `, thingButton(state.also)) : null,
    el("blockquote", { lang: "ja" }, words(c)),
    stands(c) ? null : el("p", { class: "note" }, t(a && a.text === null ? "noText" : "noWords")),
    el(
      "dl",
      { class: "pairs" },
      fact(t("speaker"), thingButton(c.spk, c.src === null && c.att === "Narration" ? t("nobody") : "")),
      fact(t("source"), thingButton(c.src)),
      fact(t("attribution"), term(c.att)),
      fact(t("modality"), term(c.mod)),
      fact(t("negation"), polarity(c.neg)),
      fact(t("time"), timeOf(c)),
    ),
    parts.length ? triples(c, parts) : null,
    answers(c),
    el(
      "dl",
      null,
      fact(t("cue"), c.cue.length ? cueWords(c) : ""),
      fact(t("chain"), chain(c)),
      fact(t("about"), head.about.length ? head.about.map((i) => thingButton(i)) : ""),
      fact(t("place"), a ? `${cut(a.title, 40)} ${c.b >= 0 ? t("chars", { b: c.b, e: c.e }) : ""}` : ""),
      fact(t("rule"), DATA.tables.rule[c.rule] + (c.conf === null ? "" : ` · ${t("confidence")} ${c.conf.toFixed(2)}`)),
    ),
    correctClaim(c),
  ].filter(Boolean);
};
/** @param {Claim} c */
const cueWords = (c) => {
  const each = c.cue.map((k) => el("span", { class: "cue" }, DATA.tables.cue[k]));
  return el("span", { lang: "ja", class: "cues" }, each);
};
/** @param {Claim} c @param {number[]} parts */
const triples = (c, parts) => {
  const items = parts.map((i) => tripleItem(claims[i], i === c.i));
  return el("div", null, el("h3", null, t("propositions")), el("ul", { class: "triples" }, items));
};
/** @param {Claim} c @param {boolean} now */
const tripleItem = (c, now) =>
  el(
    "li",
    { class: now ? "now" : null },
    thingButton(c.s),
    el(
      "button",
      { type: "button", class: "verb", "aria-current": now ? "true" : null, onclick: () => chooseClaim(c.i) },
      `${c.neg ? "✕ " : ""}${term(c.p || "")}`,
    ),
    " → ",
    thingButton(c.o),
    badge(c),
  );
/** Modality and negation in words, with the line that the picture draws. @param {Claim} c */
const badge = (c) => el("span", { class: c.neg ? "badge neg" : "badge" }, stroke(c.mod, c.att), term(c.mod), c.neg ? ` ${polarity(1)}` : "");
/** Article → outlet → unnamed source. @param {Claim} c */
const chain = (c) => {
  const a = c.art === null ? null : articles[c.art];
  const steps = [
    a ? (a.publisher !== null ? label(a.publisher) : cut(a.title, 24)) : null,
    c.src === null ? null : label(c.src),
    c.spk === null ? null : label(c.spk),
  ].filter(Boolean);
  return steps.length > 1 ? steps.join(" → ") : "";
};
/** @param {Claim} c */
const timeOf = (c) => [DATA.claims.when[c.i], DATA.claims.date[c.i]].filter(Boolean).join(" = ");
/** Claims that restate, contradict or supersede one of the card, and all of them side by side. @param {Claim} c */
const answers = (c) => {
  const found = new Map();
  for (const i of cards[c.card]) for (const l of linked.get(i) || []) if (claims[l.other].card !== c.card) found.set(`${claims[l.other].card} ${l.kind}`, l);
  if (!found.size) return null;
  const list = [...found.values()];
  /** @param {Link} l */
  const kind = (l) => t(l.back ? `back.${l.kind}` : `role.${l.kind}`);
  return el(
    "div",
    { class: "answers" },
    el("h3", null, t("linked")),
    el(
      "ul",
      { class: "claims" },
      list.map((l) => claimItem(l.other, kind(l))),
    ),
    el("button", { type: "button", "aria-pressed": String(state.side), onclick: () => go({ side: !state.side }) }, state.side ? t("closeSide") : t("side")),
    state.side
      ? el(
          "div",
          { class: "sides" },
          sideCard(c, t("chosen")),
          list.map((l) => sideCard(claims[l.other], kind(l))),
        )
      : null,
  );
};
/** A claim within the words around it. @param {Claim} c @param {string} kind */
const sideCard = (c, kind) => {
  const a = c.art === null ? null : articles[c.art];
  const around =
    stands(c) && a ? [slice(a.i, Math.max(0, c.b - 40), c.b), el("mark", null, words(c)), slice(a.i, c.e, Math.min(textLength(a.i), c.e + 40))] : [words(c)];
  return el(
    "article",
    { class: "sidecard" },
    el("h4", null, kind, badge(c)),
    el("p", { lang: "ja" }, around),
    el("p", { class: "small" }, [voices(c).join(" → ") || t("nobody"), a ? cut(a.title, 40) : "", a?.date || ""].filter(Boolean).join(" · ")),
  );
};
/** @param {number} i */
const thingCard = (i) => {
  const said = cards.map((_, k) => k).filter((k) => cards[k].some((c) => claims[c].spk === i || claims[c].src === i));
  const on = cards
    .map((_, k) => k)
    .filter((k) => cards[k].some((c) => claims[c].s === i || claims[c].o === i || claims[c].about.includes(i)) && !said.includes(k));
  const count = DATA.mentions.reduce(
    (/** @type {number} */ sum, /** @type {number[]} */ flat) => sum + flat.filter((v, k) => k % 3 === 0 && v === i).length,
    0,
  );
  /** @param {string} name @param {number[]} list */
  const part = (name, list) =>
    list.length
      ? el(
          "div",
          null,
          el("h3", null, `${name} (${list.length})`),
          el(
            "ul",
            { class: "claims" },
            list.slice(0, 30).map((k) => claimItem(cards[k][0])),
          ),
        )
      : null;
  return [
    el("p", { class: "kind" }, icon(cls(i)), term(cls(i))),
    el("h3", { class: "big", lang: "ja" }, DATA.things.label[i]),
    el(
      "dl",
      null,
      fact("English", DATA.things.en[i] || ""),
      fact(t("aliases"), (DATA.things.alias[i] || []).join("、")),
      fact(t("place"), count ? t("mentions", { n: count }) : ""),
    ),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "button", onclick: () => focusOn(i) }, t("focus")),
      el("button", { type: "button", onclick: () => hide(i) }, t("hide")),
    ),
    part(t("says"), said),
    part(t("claimsOf"), on),
    correctThing(i),
  ].filter(Boolean);
};
