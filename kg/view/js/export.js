// @ts-check
// What leaves the page as a file: the picture as PNG or SVG, the list as CSV.

const exportPng = () => {
  const drawn = network.canvas.frame.canvas;
  const copy = el("canvas", { width: drawn.width, height: drawn.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = paint.ground;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  copy.toBlob((/** @type {Blob} */ blob) => save(blob, "graph.png"), "image/png");
};
/** A field as a table program reads it: quoted, and never taken for a formula. @param {string} text */
const field = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
const csv = () => {
  const rows = [COLUMNS.map((name) => t(`col.${name}`)), ...listed.map((card) => Object.values(cells(card)))];
  return `\ufeff${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
};
/** The picture as it stands, as an SVG text. */
const svg = () => {
  const at = network.getPositions();
  const root = svgNode("svg", { xmlns: SVG, "font-family": "Hiragino Sans, Yu Gothic UI, Noto Sans JP, sans-serif" });
  const ids = nodeSet.getIds();
  const [xs, ys] = [ids.map((/** @type {number} */ i) => at[i].x), ids.map((/** @type {number} */ i) => at[i].y)];
  /** @param {number[]} list @param {number} start */
  const least = (list, start) => list.reduce((a, b) => Math.min(a, b), start);
  const [left, top] = [least(xs, 0) - 130, least(ys, 0) - 70];
  const [width, height] = [
    -least(
      xs.map((/** @type {number} */ x) => -x),
      0,
    ) +
      130 -
      left,
    -least(
      ys.map((/** @type {number} */ y) => -y),
      0,
    ) +
      90 -
      top,
  ];
  root.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  root.append(svgNode("rect", { x: left, y: top, width, height, fill: paint.ground }));
  const texts = svgNode("g", {});
  for (const e of edgeSet.get()) drawEdge(root, texts, e, [at[e.from].x, at[e.from].y], [at[e.to].x, at[e.to].y]);
  for (const n of nodeSet.get()) drawNode(root, n, at[n.id]);
  root.append(texts);
  return new XMLSerializer().serializeToString(root);
};
/** @param {any} parent @param {string} text @param {number} x @param {number} y @param {any} font */
const write = (parent, text, x, y, font) => {
  text.split("\n").forEach((line, i) => {
    const node = svgNode("text", {
      x: x.toFixed(1),
      y: (y + i * font.size * 1.15).toFixed(1),
      "font-size": font.size,
      "text-anchor": "middle",
      "dominant-baseline": "central",
      fill: font.color,
      stroke: font.strokeColor || "none",
      "stroke-width": font.strokeWidth || 0,
      "paint-order": "stroke",
    });
    node.textContent = line;
    parent.append(node);
  });
};
/** @param {any} root @param {any} texts @param {any} e @param {number[]} a @param {number[]} b */
const drawEdge = (root, texts, e, a, b) => {
  const mid = via(a, b, e.smooth || null);
  const size = nodeSet.get(e.to).size || 20;
  const from = mid || a;
  const far = Math.hypot(b[0] - from[0], b[1] - from[1]) || 1;
  const unit = [(b[0] - from[0]) / far, (b[1] - from[1]) / far];
  const tip = [b[0] - unit[0] * size, b[1] - unit[1] * size];
  const style = {
    fill: "none",
    stroke: e.color.color,
    "stroke-opacity": e.color.opacity,
    "stroke-width": e.width,
    "stroke-dasharray": (e.dashes || []).toString(),
  };
  root.append(
    svgNode("path", { d: `M${a[0]} ${a[1]}${mid ? ` Q${mid[0].toFixed(1)} ${mid[1].toFixed(1)}` : " L"} ${tip[0].toFixed(1)} ${tip[1].toFixed(1)}`, ...style }),
  );
  if (e.arrows?.to?.enabled) {
    const [ux, uy] = unit.map((u) => u * 9);
    root.append(
      svgNode("polygon", {
        points: `${tip[0]},${tip[1]} ${tip[0] - ux - uy / 2},${tip[1] - uy + ux / 2} ${tip[0] - ux + uy / 2},${tip[1] - uy - ux / 2}`,
        fill: e.color.color,
        "fill-opacity": e.color.opacity,
      }),
    );
  }
  if (!e.label) return;
  const spot = mid ? [0.25 * a[0] + 0.5 * mid[0] + 0.25 * b[0], 0.25 * a[1] + 0.5 * mid[1] + 0.25 * b[1]] : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  write(texts, e.label, spot[0], spot[1] - (e.label.split("\n").length - 1) * 7, e.font);
};
/** @param {any} root @param {any} n @param {{x: number, y: number}} at */
const drawNode = (root, n, at) => {
  const group = svgNode("g", { opacity: n.opacity ?? 1 });
  const lines = (n.label || "").split("\n");
  const paintOf = { fill: n.color.background, stroke: n.color.border, "stroke-width": n.borderWidth || 1 };
  if (n.shape === "box") {
    const height = lines.length * 14 + 12;
    const width = Math.max(...lines.map(columns)) * 6.2 + 14;
    const box = svgNode("rect", {
      x: at.x - width / 2,
      y: at.y - height / 2,
      width,
      height,
      rx: 5,
      "stroke-dasharray": (n.shapeProperties.borderDashes || []).toString(),
      ...paintOf,
    });
    group.append(box);
    write(group, n.label, at.x, at.y - (lines.length - 1) * 7, n.font);
  } else {
    const shape = outline(n.shape, at.x, at.y, n.size);
    for (const [key, value] of Object.entries(paintOf)) shape.setAttribute(key, String(value));
    group.append(shape);
    write(group, n.label, at.x, at.y + n.size + n.font.size * 0.8, n.font);
  }
  root.append(group);
};
