// @ts-check
// Places of a focus, in closed form: the chosen node in the middle, the others on rings around it, each near its parent.

const CARD_BOX = [196, 52];
/** Room that a node takes with its label. @param {number} n @param {any} node */
const room = (n, node) => (n >= T ? CARD_BOX : [Math.max(2 * (node.size || 10), Math.min(28, columns(label(n))) * 7.3) + 12, 2 * (node.size || 10) + 26]);
/** @param {string} text */
const columns = (text) => Array.from(text).reduce((sum, c) => sum + wide(c), 0);

/** @param {Picture} pic @param {Drawn} part @param {number} centre @returns {Map<number, [number, number]>} */
const rings = (pic, part, centre) => {
  /** @type {Map<number, [number, number]>} */
  const at = new Map();
  const { order, parent } = walk(pic, part, centre);
  /** @type {Map<number, number>} */
  const angle = new Map([[centre, -Math.PI / 2]]);
  if (order.length) at.set(order[0], [0, 0]);
  let queue = order.slice(1);
  let [rx, ry] = order.length && order[0] >= T ? [230, 95] : [250, 150];
  const grow = part.nodes.some((n) => n >= T) ? [120, 74] : [130, 78];
  while (queue.length) {
    // As many as this ring holds by the width of their labels; each keeps the direction of its parent.
    const length = Math.PI * (3 * (rx + ry) - Math.sqrt((3 * rx + ry) * (rx + 3 * ry)));
    /** @param {number} n */
    const width = (n) => (room(n, pic.nodes[n])[0] + 60) / 2 + 14;
    let count = 0;
    for (let used = 0; count < queue.length && used + width(queue[count]) <= length; count++) used += width(queue[count]);
    const ring = queue.slice(0, Math.max(1, count));
    queue = queue.slice(ring.length);
    ring.sort((a, b) => (angle.get(parent.get(a) ?? centre) || 0) - (angle.get(parent.get(b) ?? centre) || 0) || sortKey(a).localeCompare(sortKey(b)) || a - b);
    const first = angle.get(parent.get(ring[0]) ?? centre) ?? -Math.PI / 2;
    ring.forEach((n, i) => {
      const turn = first + (2 * Math.PI * i) / ring.length;
      angle.set(n, turn);
      at.set(n, [Math.round(rx * Math.cos(turn)), Math.round(ry * Math.sin(turn))]);
    });
    rx += grow[0];
    ry += grow[1];
  }
  return at;
};
/** @param {number} n */
const sortKey = (n) => (n < T ? `${cls(n)} ${label(n)}` : `~${String(n).padStart(7, "0")}`);
/** Nodes by steps from the centre, with the node that each was reached from; unreached ones last. @param {Picture} pic @param {Drawn} part @param {number} centre */
const walk = (pic, part, centre) => {
  const kept = new Set(part.nodes);
  const alive = new Set(part.edges);
  const parent = new Map();
  const order = kept.has(centre) ? [centre] : [];
  const seen = new Set(order);
  for (let k = 0; k < order.length; k++) {
    const next = [];
    for (const i of pic.near[order[k]]) {
      if (!alive.has(i)) continue;
      const e = pic.edges[i];
      const other = e.from === order[k] ? e.to : e.from;
      if (kept.has(other) && !seen.has(other)) {
        seen.add(other);
        parent.set(other, order[k]);
        next.push(other);
      }
    }
    next.sort((a, b) => sortKey(a).localeCompare(sortKey(b)) || a - b);
    order.push(...next);
  }
  order.push(...part.nodes.filter((n) => !seen.has(n)));
  return { order, parent };
};
/** Parallel edges apart: the second bends one way, the third the other. @param {Picture} pic @param {number[]} edges */
const fans = (pic, edges) => {
  /** @type {Map<string, number>} */
  const met = new Map();
  const bend = new Map();
  for (const i of edges) {
    const e = pic.edges[i];
    const key = `${Math.min(e.from, e.to)} ${Math.max(e.from, e.to)}`;
    const k = met.get(key) || 0;
    met.set(key, k + 1);
    const right = (k % 2 === 1) === e.from < e.to;
    bend.set(i, k === 0 ? null : { type: right ? "curvedCW" : "curvedCCW", roundness: Math.min(0.8, 0.3 * Math.ceil(k / 2)) });
  }
  return bend;
};
/** Vis-network's own formula for the control point of a bent edge. @param {number[]} a @param {number[]} b @param {any} smooth @returns {number[] | null} */
const via = (a, b, smooth) => {
  if (!smooth) return null;
  const bend = smooth.type === "curvedCW" ? smooth.roundness : -smooth.roundness;
  const [dx, dy] = [b[0] - a[0], a[1] - b[1]];
  const reach = (0.5 * smooth.roundness + 0.5) * Math.hypot(dx, dy);
  const turn = Math.atan2(dy, dx) + (0.5 * bend + 0.5) * Math.PI;
  return [a[0] + reach * Math.sin(turn), a[1] + reach * Math.cos(turn)];
};
