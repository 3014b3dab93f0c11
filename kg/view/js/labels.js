// @ts-check
// What is written in the picture: names that stay readable when the whole is small, and no label over another.

/** @param {Picture} pic @returns {Map<number, string>} */
const clearLabels = (pic) => {
  /** @param {number} n @returns {number[]} */
  const spot = (n) => (shown.at ? shown.at.get(n) || [0, 0] : [pic.nodes[n].x, pic.nodes[n].y]);
  /** Middle and half sizes. @type {number[][]} */
  const taken = shown.nodes.flatMap((n) => {
    const [x, y] = spot(n);
    const size = (pic.nodes[n].size || 10) * boost;
    const font = loud.get(n) || 14;
    return n >= T
      ? [[x, y, CARD_BOX[0] / 2, CARD_BOX[1] / 2]]
      : [
          [x, y, size, size],
          [x, y + size + font * 0.8, columns(cut(label(n), 27)) * font * 0.26, font * 0.65],
        ];
  });
  /** @param {number} i */
  const weight = (i) => Number(pic.edges[i].m !== "Fact") + 3 * Number(pic.edges[i].n || 0) + Number(pic.edges[i].a !== "Narration");
  const found = new Map();
  for (const i of [...shown.edges].sort((a, b) => weight(b) - weight(a) || a - b)) {
    const e = pic.edges[i];
    const text = edgeLabel(e);
    const [a, b] = [spot(e.from), spot(e.to)];
    const mid = via(a, b, bend ? bend.get(i) : e.smooth);
    // vis-network takes the middle between the start and the arrow's back, not the node's middle
    const from = mid || a;
    const back = mid && hasArrow(e) ? Math.min(0.9, ((pic.nodes[e.to].size || 20) * boost + 8) / Math.max(1, Math.hypot(b[0] - from[0], b[1] - from[1]))) : 0;
    const tip = [0, 1].map((k) => b[k] + (from[k] - b[k]) * back);
    const [x, y] = [0, 1].map((k) => (mid ? 0.25 * a[k] + 0.5 * mid[k] + 0.25 * tip[k] : (a[k] + b[k]) / 2));
    for (const tried of text ? [text, text.split("\n")[0]] : []) {
      const lines = tried.split("\n");
      const [w, h] = [Math.max(...lines.map(columns)) * edgeFont * 0.26, lines.length * edgeFont * 0.54];
      if (taken.some((o) => Math.abs(o[0] - x) < o[2] + w - 2 && Math.abs(o[1] - y) < o[3] + h - 2)) continue;
      found.set(i, tried);
      taken.push([x, y, w, h]);
      break;
    }
  }
  return found;
};
/** The whole picture in the pane; where it gets small, the strongest names stay readable. */
const fit = () => {
  network.fit({ animation: false, maxZoomLevel: 1.15 });
  if (shown.groups) loudBubbles();
  else if (shown.nodes.length) loudNames();
};
/** Names of communities at a readable size, the largest first, none over another. */
const loudBubbles = () => {
  const size = Math.max(15, Math.round(12 / network.getScale()));
  const marks = nodeSet.get().map((/** @type {any} */ n) => [n.x, n.y, n.size, n.size, n.id]);
  /** @type {number[][]} */
  const taken = [];
  const fonts = nodeSet
    .get()
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.size - a.size)
    .map((/** @type {any} */ node) => {
      const lines = node.label.split("\n");
      const [w, h] = [Math.max(...lines.map(columns)) * size * 0.26, lines.length * size * 0.58];
      const box = [node.x, node.y + node.size + h, w, h];
      const others = [...taken, ...marks.filter((/** @type {number[]} */ m) => m[4] !== node.id)];
      const free = others.every((b) => Math.abs(b[0] - box[0]) > b[2] + w || Math.abs(b[1] - box[1]) > b[3] + h);
      if (free) taken.push(box);
      return { id: node.id, font: { ...node.font, size: free ? size : 1 } };
    });
  nodeSet.update(fonts);
};
const loudNames = () => {
  const scale = network.getScale();
  if (scale * 14 >= 10.5) return;
  boost = dimming() ? Math.min(1.7, 10.5 / (14 * scale)) : 1;
  const pic = pictureOf(state.mode);
  /** @param {number} n @returns {number[]} */
  const spot = (n) => (shown.at ? shown.at.get(n) || [0, 0] : [pic.nodes[n].x, pic.nodes[n].y]);
  /** What a name keeps clear of: cards, names put before, and, but for the eight strongest, the middle of marks. @type {number[][]} */
  const taken = shown.nodes.map((n) => (n >= T ? [...spot(n), CARD_BOX[0] / 2, CARD_BOX[1] / 2] : [...spot(n), pic.nodes[n].size / 2, pic.nodes[n].size / 2]));
  const strong = shown.nodes.filter((n) => n < T).sort((a, b) => pic.degree[b] - pic.degree[a] || a - b);
  loud = new Map();
  for (const [rank, n] of strong.slice(0, 200).entries()) {
    const [x, y] = spot(n);
    const size = [12, 10]
      .map((s) => Math.round(s / scale))
      .find((s) => {
        const [top, w, h] = [y + pic.nodes[n].size * boost + s * 0.7, columns(cut(label(n), 27)) * s * 0.27, s * 0.6];
        if (
          taken.some(
            (b, k) => (rank >= 8 || k >= shown.nodes.length || shown.nodes[k] >= T) && Math.abs(b[0] - x) < b[2] + w && Math.abs(b[1] - top) < b[3] + h,
          )
        )
          return false;
        taken.push([x, top, w, h]);
        return true;
      });
    if (size) loud.set(n, size);
    if (loud.size === 60) break;
  }
  edgeFont = Math.min(18, Math.max(12, Math.round(10.5 / scale)));
  if (roomy.size) roomy = clearLabels(pic);
  if (dimming()) relight(true);
  else nodeSet.update([...loud.keys()].map((n) => ({ id: n, font: nodeLook(n).font })));
  network.fit({ animation: false, maxZoomLevel: 1.15 });
};
