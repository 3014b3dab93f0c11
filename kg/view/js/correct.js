// @ts-check
// Corrections: noted here, saved as a file that `kg build --corrections` reads. The graph in the page stays as it was built.

/** @type {Correction[]} */
let corrections = [];
let unsaved = false;
/** @param {string} iri */
const full = (iri) => DATA.base + iri;
/** Note a change; a second one of the same field takes the place of the first, and one back to the old value removes it. @param {any} change */
const note = (change) => {
  corrections = corrections.filter((c) => c.id !== change.id || c.field !== change.field);
  if (change.new !== change.old) corrections.push({ ...change, time: new Date().toISOString() });
  unsaved = corrections.length > 0;
  showSave();
  showPanel();
  say(t("corrected", { n: corrections.length }));
};
const showSave = () => {
  $("save").hidden = !corrections.length;
  $("save").textContent = t("save", { n: corrections.length });
};
const saveCorrections = () => {
  download(corrections.map((c) => `${JSON.stringify(c)}\n`).join(""), "application/x-ndjson", "corrections.jsonl");
  unsaved = false;
  say(t("saved", { n: corrections.length }));
};
/** @param {string} id @param {string} field */
const noted = (id, field) => corrections.find((c) => c.id === id && c.field === field);
/** What is noted of a claim or an entity, each with a way back. @param {string} id */
const notes = (id) => {
  const own = corrections.filter((c) => c.id === id);
  if (!own.length) return null;
  return el(
    "ul",
    { class: "notes" },
    own.map((c) => el("li", null, "✎ ", noteText(c), " ", el("button", { type: "button", onclick: () => note({ ...c, new: c.old }) }, t("undo")))),
  );
};
/** @param {Correction} c */
const noteText = (c) => {
  if (c.field === "verdict") return t(c.new === "right" ? "markedRight" : "markedWrong");
  if (c.field === "sameAs") return t("sameAs", { name: c.name });
  /** @param {any} v */
  const value = (v) => (c.field === "negated" ? polarity(v) : c.field === "speaker" ? c.name || t("noSpeaker") : term(String(v)));
  const name = { speaker: t("speaker"), modality: t("modality"), negated: t("negation"), class: t("cls"), name: t("name") }[c.field] || c.field;
  return `${name}: ${value(c.new)}`;
};
/** @param {string} name @param {any[][]} options @param {any} now @param {(value: string) => void} change */
const chooser = (name, options, now, change) =>
  el(
    "label",
    null,
    name,
    " ",
    el(
      "select",
      { onchange: (/** @type {any} */ e) => change(e.target.value) },
      options.map(([value, text]) => el("option", { value, selected: String(value) === String(now) }, text)),
    ),
  );
/** The entity of a name, as typed. @param {string} name */
const byName = (name) => {
  const sought = fold(name);
  let found = -1;
  for (let i = 0; i < T && found < 0; i++) if (DATA.things.label[i] === name || label(i) === name) found = i;
  for (let i = 0; i < T && found < 0; i++) if (fold(DATA.things.label[i]) === sought || fold(label(i)) === sought) found = i;
  return found;
};
/** A field for an entity's name. @param {string} name @param {string} value @param {(thing: number) => void} change */
const thingField = (name, value, change) => {
  const input = el("input", { list: "names", value, autocomplete: "off", onfocus: fillNames });
  const apply = () => {
    const i = input.value.trim() ? byName(input.value.trim()) : -2;
    input.setCustomValidity(i === -1 ? t("unknownName") : "");
    if (i === -1) input.reportValidity();
    else change(i);
  };
  return el("label", null, name, " ", input, el("button", { type: "button", onclick: apply }, t("apply")));
};
const fillNames = () => {
  if (!$("names").childElementCount) $("names").append(...DATA.things.label.map((/** @type {string} */ name) => el("option", { value: name })));
};
/** @param {Claim} c */
const correctClaim = (c) => {
  const id = full(c.iri);
  /** @param {string} field @param {any} old @param {any} value @param {any} [more] */
  const change = (field, old, value, more) => note({ kind: "claim", id, field, old, new: value, ...more });
  const verdict = noted(id, "verdict")?.new;
  /** @param {string} v */
  const verdictButton = (v) =>
    el(
      "button",
      { type: "button", "data-verdict": v, "aria-pressed": String(verdict === v), onclick: () => change("verdict", null, verdict === v ? null : v) },
      t(v),
    );
  const modalities = Object.keys(DATA.dashes).map((m) => [m, term(m)]);
  const spoken = c.spk === null ? null : full(thingIri(c.spk));
  return el(
    "details",
    { class: "correct", open: corrections.some((x) => x.id === id) },
    el("summary", null, t("correct")),
    el("p", { class: "actions" }, verdictButton("right"), verdictButton("wrong")),
    thingField(t("speaker"), noted(id, "speaker") ? noted(id, "speaker")?.name || "" : named(c.spk), (i) =>
      change("speaker", spoken, i < 0 ? null : full(thingIri(i)), i < 0 ? {} : { name: DATA.things.label[i], class: cls(i) }),
    ),
    chooser(t("modality"), modalities, noted(id, "modality")?.new ?? c.mod, (v) => change("modality", c.mod, v)),
    chooser(
      t("negation"),
      [
        ["false", t("positive")],
        ["true", t("negative")],
      ],
      noted(id, "negated")?.new ?? Boolean(c.neg),
      (v) => change("negated", Boolean(c.neg), v === "true"),
    ),
    notes(id),
  );
};
/** @param {number} i */
const correctThing = (i) => {
  const id = full(thingIri(i));
  const name = DATA.things.label[i];
  /** @param {string} field @param {any} old @param {any} value @param {any} [more] */
  const change = (field, old, value, more) => note({ kind: "entity", id, field, old, new: value, ...more });
  const input = el("input", { value: noted(id, "name")?.new ?? name, autocomplete: "off" });
  const classes = Object.keys(DATA.shapes)
    .filter((k) => k !== "Thing")
    .map((k) => [k, term(k)]);
  return el(
    "details",
    { class: "correct", open: corrections.some((x) => x.id === id) },
    el("summary", null, t("correct")),
    el(
      "label",
      null,
      t("name"),
      " ",
      input,
      el("button", { type: "button", onclick: () => input.value.trim() && change("name", name, input.value.trim()) }, t("apply")),
    ),
    chooser(t("cls"), classes, noted(id, "class")?.new ?? cls(i), (v) => change("class", cls(i), v)),
    thingField(t("same"), noted(id, "sameAs")?.name || "", (other) => {
      if (other >= 0 && other !== i) change("sameAs", null, full(thingIri(other)), { name: DATA.things.label[other], class: cls(other) });
    }),
    notes(id),
  );
};
