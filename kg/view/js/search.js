// @ts-check
// Search in names, aliases and words of claims. While an IME composes nothing is searched.

/** Folded names of each entity, best first: label, English, aliases. @type {string[][]} */
const foldedNames = [];
/** @type {string[]} */
const foldedWords = [];
/** @type {{thing: number, claim: number}[]} */
let hits = [];
let hitAt = -1;

/** Fold everything once, in pieces, while the page is idle. */
const prepareSearch = () => {
  const idle = window.requestIdleCallback || ((/** @type {any} */ f) => setTimeout(() => f({ timeRemaining: () => 8 }), 20));
  const work = (/** @type {any} */ deadline) => {
    do foldSome(200);
    while (foldedWords.length < cards.length && deadline.timeRemaining() > 4);
    if (foldedWords.length < cards.length) idle(work);
  };
  idle(work);
};
/** @param {number} count */
const foldSome = (count) => {
  for (; count > 0 && foldedNames.length < T; count--) {
    const i = foldedNames.length;
    foldedNames.push([DATA.things.label[i], DATA.things.en[i] || "", ...(DATA.things.alias[i] || [])].map(fold));
  }
  for (; count > 0 && foldedWords.length < cards.length; count--) foldedWords.push(fold(words(claims[cards[foldedWords.length][0]])));
};
/** The best entities, then claims, for what is typed. @param {string} typed @returns {{thing: number, claim: number}[]} */
const find = (typed) => {
  const sought = fold(typed);
  if (!sought) return [];
  foldSome(Infinity);
  const degree = pictureOf("rel").degree;
  /** @type {[number, number][]} */
  const things = [];
  for (let i = 0; i < T; i++) {
    let best = 9;
    foldedNames[i].forEach((name, k) => {
      const at = name.indexOf(sought);
      if (at >= 0) best = Math.min(best, (name === sought ? 0 : at === 0 ? 2 : 4) + (k ? 1 : 0));
    });
    if (best < 9) things.push([best, i]);
  }
  things.sort((a, b) => a[0] - b[0] || degree[b[1]] - degree[a[1]] || a[1] - b[1]);
  const found = things.slice(0, 12).map(([, thing]) => ({ thing, claim: -1 }));
  for (let k = 0; k < cards.length && found.length < 20; k++) if (foldedWords[k].includes(sought)) found.push({ thing: -1, claim: cards[k][0] });
  return found;
};
const showHits = () => {
  const box = $("hits");
  const typed = $("q").value;
  hits = find(typed);
  hitAt = hits.length ? 0 : -1;
  box.hidden = !fold(typed);
  $("q").setAttribute("aria-expanded", String(!box.hidden));
  box.replaceChildren(
    ...hits.map(({ thing, claim }, i) =>
      el(
        "li",
        { role: "option", id: `hit${i}`, "aria-selected": "false", onclick: () => openHit(i) },
        thing >= 0
          ? [icon(cls(thing)), label(thing), el("small", null, term(cls(thing)))]
          : [el("span", { lang: "ja" }, cut(words(claims[claim]), 60)), el("small", null, t("facet.claim"))],
      ),
    ),
  );
  if (!hits.length && !box.hidden) box.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("noHits")));
  markHit();
};
const markHit = () => {
  for (const [i, node] of [...$("hits").children].entries()) node.setAttribute("aria-selected", String(i === hitAt));
  if (hitAt >= 0) $("q").setAttribute("aria-activedescendant", `hit${hitAt}`);
  else $("q").removeAttribute("aria-activedescendant");
  $("hits").querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
};
/** @param {number} i */
const openHit = (i) => {
  const hit = hits[i];
  closeHits();
  if (!hit) return;
  if (hit.claim >= 0) chooseClaim(hit.claim);
  else if (pictureOf(state.mode).large) focusOn(hit.thing);
  else chooseThing(hit.thing, true);
  $("card").focus();
};
const closeHits = () => {
  $("hits").hidden = true;
  $("q").setAttribute("aria-expanded", "false");
  $("q").removeAttribute("aria-activedescendant");
};
/** @param {KeyboardEvent} event */
const searchKey = (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape") {
    if ($("hits").hidden) $("canvas").focus();
    closeHits();
  } else if (event.key === "Enter") {
    if ($("hits").hidden) showHits();
    openHit(Math.max(0, hitAt));
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    hitAt = hits.length ? (hitAt + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length : -1;
    markHit();
  } else return;
  event.preventDefault();
  event.stopPropagation();
};
