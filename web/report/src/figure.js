// The network as it stands on the screen, as an SVG: for paper and for saving.

import { s } from "./dom.js";
import { short } from "./labels.js";

export function picture(canvas) {
  const { width, height } = canvas;
  const image = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "sans-serif", "font-size": "12" });
  image.append(...canvas.edges.filter((edge) => !edge.hidden).map((edge) => line(canvas, edge)));
  const seen = canvas.nodes.filter((node) => !node.hidden).map((node) => ({ node, at: canvas.at(node), r: canvas.radius(node) })).sort((a, b) => b.r - a.r);
  image.append(...seen.map(({ node, at, r }) => s("circle", { cx: fixed(at[0]), cy: fixed(at[1]), r: fixed(r), fill: node.colour })));
  const taken = [];
  for (const { node, at: [x, y], r } of seen) {
    const text = short(node.label);
    const box = [x + r + 4, y - 7, x + r + 4 + text.length * 6.5, y + 7];
    if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
    taken.push(box);
    image.append(s("text", { x: fixed(box[0]), y: fixed(y + 4), fill: "#1c2430", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }, text));
  }
  return image;
}

function line(canvas, { source, target, bend, colour, width }) {
  const [[ax, ay], [bx, by]] = [canvas.at(source), canvas.at(target)];
  const control = [(ax + bx) / 2 + (by - ay) * bend, (ay + by) / 2 - (bx - ax) * bend];
  return s("path", { d: `M${fixed(ax)} ${fixed(ay)}Q${control.map(fixed).join(" ")} ${fixed(bx)} ${fixed(by)}`, fill: "none", stroke: colour, "stroke-width": fixed(width), "stroke-opacity": 0.7 });
}

const fixed = (n) => String(Math.round(n * 10) / 10);
