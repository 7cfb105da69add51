// The network as it stands on the screen, as an SVG: for paper and for saving.

import { s } from "./dom.js";
import { placed } from "./labels.js";

const LETTER = 6.6; // pixels that a letter takes, roughly: who opens the file may have other fonts

export function picture(canvas) {
  const { width, height } = canvas;
  const image = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "sans-serif", "font-size": "12" });
  image.append(...canvas.edges.filter((edge) => !edge.hidden).flatMap((edge) => line(canvas, edge)));
  const shown = canvas.inSight();
  image.append(...shown.map(({ node, at, r }) => s("circle", { cx: fixed(at[0]), cy: fixed(at[1]), r: fixed(r), fill: node.colour })));
  image.append(...placed(shown, width, (text) => text.length * LETTER).map(({ text, left, base }) =>
    s("text", { x: fixed(left), y: fixed(base), fill: "#1c2430", stroke: "#fff", "stroke-width": 3, "paint-order": "stroke" }, text)));
  return image;
}

function line(canvas, edge) {
  const { ends: [[ax, ay], [bx, by]], control } = canvas.course(edge);
  const arrow = edge.arrow && canvas.arrow(edge);
  return [
    s("path", { d: `M${fixed(ax)} ${fixed(ay)}Q${control.map(fixed).join(" ")} ${fixed(bx)} ${fixed(by)}`, fill: "none", stroke: edge.colour, "stroke-width": fixed(edge.width), "stroke-opacity": 0.7 }),
    arrow && s("path", { d: `M${arrow.map((point) => point.map(fixed).join(" ")).join("L")}Z`, fill: edge.colour }),
  ].filter(Boolean);
}

const fixed = (n) => String(Math.round(n * 10) / 10);
