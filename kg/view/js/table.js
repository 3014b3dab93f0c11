// @ts-check
// The list of claims, one row a statement with its propositions: the same content as the picture, for every reader.

const PAGE = 100;
let most = PAGE;
/** Cards of the rows, as filtered and sorted. @type {number[]} */
let listed = [];
const collator = new Intl.Collator("ja", { numeric: true });
const COLUMNS = ["words", "who", "att", "mod", "neg", "rel", "art", "date"];

/** A card's text in each column. @param {number} card @returns {Record<string, string>} */
const cells = (card) => {
  const head = claims[cards[card][0]];
  const parts = cards[card].map((i) => claims[i]);
  const a = head.art === null ? null : articles[head.art];
  return {
    words: words(head),
    who: voices(head).join(" → ") || t("nobody"),
    att: term(head.att),
    mod: [...new Set((head.p ? parts : [head]).map((c) => term(c.mod)))].join("・"),
    neg: [...new Set((head.p ? parts : [head]).map((c) => polarity(c.neg)))].join("・"),
    rel: parts
      .filter((c) => c.p)
      .map((c) => `${named(c.s)} ${c.neg ? "✕" : ""}${term(c.p || "")} ${named(c.o)}`)
      .join(" / "),
    art: a ? a.title : "",
    date: DATA.claims.date[head.i] || a?.date || "",
  };
};
const relist = () => {
  listed = cards.map((_, k) => k).filter(cardLives);
  if (state.sort) {
    const key = new Map(listed.map((k) => [k, cells(k)[state.sort]]));
    listed.sort((a, b) => (state.down ? -1 : 1) * collator.compare(key.get(a) || "", key.get(b) || "") || a - b);
  }
  most = PAGE;
  showTable();
};
const showTable = () => {
  const chosen = state.claim >= 0 ? claims[state.claim].card : -1;
  const at = listed.indexOf(chosen);
  if (at >= most) most = at + PAGE;
  $("table")
    .querySelector("thead")
    .replaceChildren(el("tr", null, COLUMNS.map(headCell)));
  $("table")
    .querySelector("tbody")
    .replaceChildren(...listed.slice(0, most).map(rowNode));
  $("rows").textContent = t("rows", { n: listed.length.toLocaleString(), all: cards.length.toLocaleString() });
  $("more").hidden = listed.length <= most;
  $("more").textContent = t("more", { n: Math.min(PAGE, listed.length - most) });
  markRow();
};
/** @param {string} name */
const headCell = (name) => {
  const sorted = state.sort === name ? (state.down ? "descending" : "ascending") : "none";
  return el(
    "th",
    { scope: "col", "aria-sort": sorted, class: name },
    el("button", { type: "button", onclick: () => sortBy(name) }, t(`col.${name}`), sorted === "none" ? "" : state.down ? " ▼" : " ▲"),
  );
};
/** @param {number} card */
const rowNode = (card) => {
  const cell = cells(card);
  return el(
    "tr",
    { "data-card": card, tabindex: -1, class: /✕/.test(cell.neg) ? "neg" : null },
    COLUMNS.map((name) =>
      el(
        "td",
        { class: name, lang: name === "words" || name === "art" ? "ja" : null },
        name === "mod" ? stroke(claims[cards[card][0]].mod, claims[cards[card][0]].att) : null,
        name === "words" ? cut(cell[name], 160) : cell[name],
      ),
    ),
  );
};
/** @param {string} name */
const sortBy = (name) => {
  state.down = state.sort === name && !state.down;
  state.sort = name;
  relist();
  $("table").querySelector(`th.${name} button`).focus();
};
/** Mark the chosen row; one row at a time can be reached by Tab. */
const markRow = () => {
  const chosen = state.claim >= 0 ? claims[state.claim].card : -1;
  for (const row of $("table").querySelectorAll("tr[aria-selected]")) {
    row.removeAttribute("aria-selected");
    row.tabIndex = -1;
  }
  const row = $("table").querySelector(`tr[data-card="${chosen}"]`);
  const first = row || $("table").querySelector("tbody tr");
  for (const other of $("table").querySelectorAll('tbody tr[tabindex="0"]')) other.tabIndex = -1;
  if (first) first.tabIndex = 0;
  if (!row) return;
  row.setAttribute("aria-selected", "true");
  bringIn($("list").querySelector(".scroll"), row);
};
/** @param {KeyboardEvent} event */
const tableKey = (event) => {
  const row = /** @type {any} */ (event.target).closest("tbody tr");
  if (!row) return;
  /** @type {Record<string, any>} */
  const other = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentNode.firstElementChild,
    End: row.parentNode.lastElementChild,
  };
  if (event.key === "Enter" || event.key === " ") {
    chooseClaim(cards[Number(row.dataset.card)][0]);
    $("card").focus();
  } else if (other[event.key]) other[event.key].focus();
  else return;
  event.preventDefault();
};
