// How many took part according to whom: the figures of each protest side by side, on one scale.

import { events, of, size } from "./data.js";
import { ofEstimator } from "./colours.js";
import { choice, h, paged, s } from "./dom.js";
import { cite, estimator, name } from "./panel.js";
import { choose } from "./state.js";
import { W } from "./words.js";

const counted = events.map((event) => ({ event, figures: of(event, "CrowdEstimate").filter((f) => size(f) > 0) })).filter(({ figures }) => figures.length);
const largest = ({ figures }) => Math.max(...figures.map(size));
// By how many times the figures differ.
const gap = ({ figures }) => largest({ figures }) / Math.min(...figures.map(size));
const ORDERS = {
  gap: (a, b) => gap(b) - gap(a) || largest(b) - largest(a),
  size: (a, b) => largest(b) - largest(a),
  date: (a, b) => (a.event.start ?? "~").localeCompare(b.event.start ?? "~"),
};
const TOP = 10 ** Math.ceil(Math.log10(Math.max(10, ...counted.map(largest))));
const x = (n) => (100 * Math.log10(Math.max(1, n))) / Math.log10(TOP);

export function crowdsView() {
  const box = h("div", { class: "crowds" });
  if (!counted.length) return box.append(h("p", { class: "empty" }, W.crowdsEmpty)), box;
  const list = h("div", {});
  const draw = (order) => list.replaceChildren(paged([...counted].sort(ORDERS[order]), 20, card, { more: W.more, container: h("ol", { class: "cards" }) }));
  box.append(h("div", { class: "controls" }, h("div", { class: "row" }, choice(W.order, W.orders, "gap", draw), legend())), h("p", { class: "note" }, W.crowdsNote), list);
  box.attach = () => draw("gap");
  box.dress = () => draw(box.querySelector("select").value);
  return box;
}

function legend() {
  const entries = [...Object.entries(W.estimators), ["", W.reporter]];
  return h("span", { class: "key" }, entries.map(([kind, label]) => {
    const swatch = h("span", { class: "dot" });
    swatch.style.background = ofEstimator(kind);
    return h("span", {}, swatch, label);
  }));
}

function card({ event, figures }) {
  const sorted = [...figures].sort((a, b) => size(b) - size(a));
  const told = new Set(figures.map((f) => f.sentence.article));
  const source = (article) => h("span", { class: "source muted" }, cite(article));
  return h("li", { class: "card" },
    h("h2", {}, name(event)), told.size === 1 && source([...told][0]),
    h("div", { class: "scale", "aria-hidden": "true" }, scale()),
    h("ul", {}, sorted.map((f) => h("li", {}, h("button", { type: "button", class: "figure-line", onclick: () => choose(event) },
      h("span", { class: "who", dir: "auto" }, estimator(f)), bar(f), h("strong", { dir: "auto" }, f.words)), told.size > 1 && source(f.sentence.article)))));
}

function scale() {
  const steps = Math.round(Math.log10(TOP));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const tick = h("span", {}, compact(10 ** i));
    tick.style.left = `${(100 * i) / steps}%`;
    return tick;
  });
}

const compact = (n) => (n >= 1e6 ? `${n / 1e6}m` : n >= 1e3 ? `${n / 1e3}k` : String(n));

// A dot for one number, a bar from the lower to the upper one, an arrow where a bound is missing.
function bar(fact) {
  const colour = ofEstimator(fact.object ? ofBody(fact.object) : fact.relation);
  const [low, high] = [fact.low, fact.high];
  const [left, right] = [x(low ?? high), x(high ?? low)];
  const open = low === null ? -1 : high === null ? 1 : 0;
  const tip = (at, way) => s("path", { d: `M${at + way * 5} 1l${way * 4} 5l${-way * 4} 5`, fill: "none", stroke: colour, "stroke-width": 1.6 });
  const image = s("svg", { role: "img", "aria-label": W.crowdsName(low, high, estimator(fact)), width: "100%", height: 12, class: "bar" },
    Array.from({ length: Math.round(Math.log10(TOP)) + 1 }, (_, i) => s("line", { x1: `${x(10 ** i)}%`, x2: `${x(10 ** i)}%`, y1: 0, y2: 12, class: "grid" })),
    s("line", { x1: `${left}%`, x2: `${right}%`, y1: 6, y2: 6, stroke: colour, "stroke-width": 6, "stroke-linecap": "round", "stroke-opacity": 0.45 }),
    [...new Set([left, right])].map((at) => s("circle", { cx: `${at}%`, cy: 6, r: 4.5, fill: open ? "none" : colour, stroke: colour, "stroke-width": 1.6 })),
    open !== 0 && s("svg", { x: `${open > 0 ? right : left}%`, y: 0, overflow: "visible" }, tip(0, open)));
  return image;
}

const ofBody = (thing) => ({ Media: "media", GovernmentBody: "authorities", Ministry: "authorities", Union: "organisers", Association: "organisers" })[thing.type.name];
