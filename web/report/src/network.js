// The network view: a canvas shows it, filters hide parts of it, and a list says the same in words.

import { Canvas } from "./canvas.js";
import { isDark, MOST_COMMUNITIES, ofCommunity, ofTie, ofType } from "./colours.js";
import { count, edges, nodes, shown, types } from "./data.js";
import { chips, choice, dot, download, h, paged, stroke } from "./dom.js";
import { picture } from "./figure.js";
import { tieName } from "./panel.js";
import { period } from "./period.js";
import { choose, state, within } from "./state.js";
import { W } from "./words.js";

const kinds = count(edges, (edge) => edge.kind);
const classes = count(nodes, (node) => node.thing.type.name);
const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
const [SMALL, LARGE] = nodes.length > 300 ? [1.8, 9] : [7, 20];

const look = { colour: "type", size: "strength", kinds: new Set(kinds.keys()), types: new Set(classes.keys()), least: 1 };
let canvas = null;
const visible = { nodes: 0, edges: 0 };

export function networkView() {
  const box = h("div", { class: "network" });
  if (!nodes.length) return box.append(h("p", { class: "empty" }, W.networkEmpty)), box;
  const stage = h("div", { class: "stage", tabindex: "0", role: "application", onkeydown: byKey });
  const empty = h("p", { class: "empty over", hidden: true }, W.networkHidden);
  const tip = h("div", { class: "tip", hidden: true });
  const list = h("details", { class: "list-of-nodes", ontoggle: () => drawList(list) }, h("summary"), h("div"));
  const figure = h("div", { class: "figure" });
  const redraw = () => { filter(); redrawn({ stage, empty, list }); };
  box.append(controls(redraw), h("div", { class: "frame" }, stage, empty, tip, tools()), key(), figure, notes(), list);
  box.attach = () => { attach(stage, tip); redraw(); };
  box.redraw = redraw;
  box.dress = () => { dress(); legend(); };
  box.chosen = () => chosen();
  addEventListener("beforeprint", () => canvas && figure.replaceChildren(picture(canvas)));
  addEventListener("afterprint", () => figure.replaceChildren());
  return box;
}

// --- what is drawn ---------------------------------------------------------------------------------------

function attach(stage, tip) {
  const drawn = nodes.map((node) => ({ node, x: node.x, y: node.y, label: node.thing.label }));
  const ties = edges.map((edge) => ({
    edge, source: drawn[edge.source.node.id], target: drawn[edge.target.node.id], bend: 0, arrow: edge.directed, width: thickness(edge.weight),
  }));
  bend(ties);
  canvas = new Canvas(stage, {
    nodes: drawn, edges: ties,
    clicked,
    hovered: (under, at) => hover(stage, tip, under, at),
  });
  dress();
}

let pointedAt = false;
function clicked(under) {
  pointedAt = true;
  choose(under?.node?.node.thing ?? (under ? { edge: under.edge.edge } : null));
  pointedAt = false;
}

const thickness = (weight) => (nodes.length > 300 ? 1 : 2) + 2.5 * (Math.log2(weight) / Math.max(1, Math.log2(heaviest)));

// Ties between the same two are bent apart; a lone one is straight.
function bend(ties) {
  const pairs = new Map();
  for (const tie of ties) {
    const pair = [tie.edge.source.id, tie.edge.target.id].sort((a, b) => a - b).join(" ");
    pairs.set(pair, [...(pairs.get(pair) ?? []), tie]);
  }
  for (const parallel of pairs.values()) {
    parallel.forEach((tie, i) => {
      tie.bend = (i - (parallel.length - 1) / 2) * (tie.edge.source.id < tie.edge.target.id ? 0.28 : -0.28);
    });
  }
}

// Colours and sizes as chosen and as the theme wants them; what is not near to what was chosen fades.
function dress() {
  if (!canvas) return;
  const most = Math.max(1e-9, ...nodes.map((node) => node[look.size]));
  const near = touched();
  const [grey, ink] = isDark() ? ["#333a44", "#fff"] : ["#e3e6ea", "#111"];
  for (const drawn of canvas.nodes) {
    const { node } = drawn;
    const faded = near !== null && !near.nodes.has(node);
    Object.assign(drawn, {
      r: SMALL + (LARGE - SMALL) * Math.sqrt(node[look.size] / most), faded,
      colour: faded ? grey : look.colour === "type" ? ofType(node.thing.type) : ofCommunity(node.community),
      forced: near !== null && !faded, chosen: near?.centre.has(node) && ink,
    });
  }
  for (const drawn of canvas.edges) {
    const faded = near !== null && !near.edges.has(drawn.edge);
    Object.assign(drawn, { faded, colour: faded ? grey : ofTie(drawn.edge.kind), width: thickness(drawn.edge.weight) + (near && !faded ? 1 : 0) });
  }
  canvas.draw();
}

// The chosen actor or tie with what it touches; null if nothing of the network is chosen.
function touched() {
  const { chosen } = state;
  const centre = new Set(chosen?.edge ? [chosen.edge.source.node, chosen.edge.target.node] : chosen?.node ? [chosen.node] : []);
  if (!centre.size) return null;
  const around = chosen.edge ? [chosen.edge] : chosen.edges;
  return { centre, nodes: new Set([...centre, ...around.flatMap((e) => [e.source.node, e.target.node])]), edges: new Set(around) };
}

// What was chosen elsewhere than in the network itself is brought into sight.
function chosen() {
  if (!canvas) return;
  dress();
  const near = touched()?.nodes;
  const drawn = near ? canvas.nodes.filter((d) => near.has(d.node) && !d.hidden) : [];
  if (drawn.length && !pointedAt && !canvas.shows(drawn)) canvas.show(drawn);
}

// --- what is shown of it ---------------------------------------------------------------------------------

function filter() {
  const allows = (edge) => look.kinds.has(edge.kind) && edge.weight >= look.least && within(edge.first, edge.last)
    && look.types.has(edge.source.type.name) && look.types.has(edge.target.type.name);
  for (const drawn of canvas.edges) drawn.hidden = !allows(drawn.edge);
  const ends = new Set(canvas.edges.filter((drawn) => !drawn.hidden).flatMap(({ source, target }) => [source, target]));
  for (const drawn of canvas.nodes) drawn.hidden = !ends.has(drawn);
  Object.assign(visible, { nodes: ends.size, edges: canvas.edges.filter((drawn) => !drawn.hidden).length });
}

function redrawn({ stage, empty, list }) {
  canvas.draw();
  empty.hidden = visible.nodes > 0;
  stage.setAttribute("aria-label", W.networkName(visible.nodes, visible.edges));
  Object.assign(stage.dataset, visible);
  list.querySelector("summary").textContent = W.networkList(visible.nodes);
  drawList(list);
}

function drawList(list) {
  if (!list.open) return;
  const sorted = canvas.nodes.filter((drawn) => !drawn.hidden).map((drawn) => drawn.node)
    .sort((a, b) => b.strength - a.strength || a.thing.label.localeCompare(b.thing.label));
  const draw = (node) => h("li", {}, h("button", { type: "button", class: "plain", onclick: () => choose(node.thing) },
    dot(ofType(node.thing.type)), node.thing.label), h("span", { class: "muted" }, node.thing.type.label, " · ", String(node.degree)));
  list.lastElementChild.replaceChildren(paged(sorted, 60, draw, { more: W.more, container: h("ul", { class: "columns" }) }));
}

// --- controls --------------------------------------------------------------------------------------------

function controls(redraw) {
  const shows = (map, label, swatch) => [...map].map(([name, number]) => [name, label(name), swatch(name), number]);
  const box = h("div", { class: "controls" },
    chips(W.relations, shows(kinds, (k) => W.kinds[k] ?? k, (k) => stroke(ofTie(k))), look.kinds, redraw),
    chips(W.types, shows(classes, (t) => types[t].label, (t) => dot(ofType(types[t]))), look.types, redraw),
    h("div", { class: "row" },
      choice(W.colourBy, W.colours, look.colour, (value) => { look.colour = value; dress(); legend(); }),
      choice(W.sizeBy, W.sizes, look.size, (value) => { look.size = value; dress(); }),
      heaviest > 1 && choice(W.least, levels(), "1", (value) => { look.least = Number(value); redraw(); }),
      period()));
  return box;
}

function levels() {
  const steps = [1, 2, 3, 5, 10, 20, 50, 100].filter((n) => n <= heaviest);
  return Object.fromEntries(steps.map((n) => [n, String(n)]));
}

let keyBox = null;
function key() {
  keyBox = h("p", { class: "key", hidden: true });
  legend();
  return keyBox;
}

function legend() {
  keyBox.hidden = look.colour !== "community";
  const sizes = count(nodes, (node) => (node.community ?? 0) > MOST_COMMUNITIES || node.community === null ? null : node.community);
  const entries = [...sizes].sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity)).map(([n, number]) =>
    h("span", {}, dot(ofCommunity(n)), n === null ? W.otherCommunities : W.community(n), " ", h("span", { class: "number" }, String(number))));
  keyBox.replaceChildren(...entries);
}

function notes() {
  const [drawn, all] = shown.actors;
  const [ties, allTies] = shown.ties;
  return h("p", { class: "note" },
    drawn < all && `${W.networkCapped(drawn, all)} `, ties < allTies && `${W.edgesCapped(ties, allTies)} `,
    shown.facts[0] < shown.facts[1] && W.factsCapped(...shown.facts));
}

function tools() {
  const button = (text, name, act) => h("button", { type: "button", title: name, "aria-label": name, onclick: act }, text);
  return h("div", { class: "tools" },
    button("+", W.zoomIn, () => canvas.zoom(1.5)),
    button("−", W.zoomOut, () => canvas.zoom(1 / 1.5)),
    button("⤢", W.fit, () => canvas.fit()),
    button("↓", W.save, () => download("network.svg", "image/svg+xml", new XMLSerializer().serializeToString(picture(canvas)))));
}

const STEP = 60; // pixels that an arrow key moves
const KEYS = {
  ArrowLeft: () => canvas.pan(STEP, 0), ArrowRight: () => canvas.pan(-STEP, 0), ArrowUp: () => canvas.pan(0, STEP), ArrowDown: () => canvas.pan(0, -STEP),
  "+": () => canvas.zoom(1.3), "=": () => canvas.zoom(1.3), "-": () => canvas.zoom(1 / 1.3), 0: () => canvas.fit(),
};

function byKey(event) {
  if (!KEYS[event.key] || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  KEYS[event.key]();
}

function hover(stage, tip, under, [x, y]) {
  stage.style.cursor = under ? "pointer" : "";
  tip.hidden = !under?.edge;
  if (tip.hidden) return;
  tip.textContent = tieName(under.edge.edge);
  tip.style.left = `${Math.max(4, Math.min(x + 12, stage.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${y + 14}px`;
}

// For tests, and for measuring how smoothly it moves.
export const inner = () => canvas;
