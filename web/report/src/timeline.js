// Events on an axis of time: protests above it, what surrounds them below, as dots that touch but never hide each other.

import { count, crowd, events, hasYear } from "./data.js";
import { ofType } from "./colours.js";
import { chips, dot, h, paged, s } from "./dom.js";
import { short } from "./labels.js";
import { name } from "./panel.js";
import { period } from "./period.js";
import { choose, state, within } from "./state.js";
import { date, MONTHS, W } from "./words.js";

const DAY = 86_400_000;
const HIGHEST = 440;
const SMALLEST = 1;
const dated = events.filter((event) => hasYear(event.start));
const undated = events.filter((event) => !hasYear(event.start));
const classes = count(dated, (event) => event.type.name);
const wanted = new Set(classes.keys());
const crowds = new Map(dated.map((event) => [event, crowd(event)]));

export function timelineView() {
  const box = h("div", { class: "timeline" });
  const types = Object.fromEntries(dated.map((event) => [event.type.name, event.type]));
  const axis = h("div", { class: "axis" });
  const rest = undated.length > 0 && h("details", {}, h("summary", {}, W.timelineUndated(undated.length)),
    paged([...undated].sort((a, b) => b.facts.length - a.facts.length), 40, (event) => h("li", {}, dot(ofType(event.type)), name(event)), { more: W.more, container: h("ul", { class: "columns" }) }));
  if (!dated.length) return box.append(h("p", { class: "empty" }, W.timelineEmpty), rest || ""), box;
  box.redraw = () => {
    const shown = dated.filter((event) => wanted.has(event.type.name) && within(event.start, event.end));
    axis.replaceChildren(shown.length ? drawing(shown, axis.clientWidth || 800) : h("p", { class: "empty" }, W.networkHidden));
  };
  box.attach = box.redraw;
  box.chosen = () => mark(axis);
  const entries = [...classes].map(([t, n]) => [t, types[t].label, dot(ofType(types[t])), n]);
  box.append(h("div", { class: "controls" }, chips(W.eventTypes, entries, wanted, box.redraw), h("div", { class: "row" }, period())), axis, h("p", { class: "note" }, W.timelineNote), rest || "");
  return box;
}

// The first moment of a date, and how many days it may mean.
function moment(value) {
  const [year, month = "01", day = "01"] = value.split("-");
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) + [182, 15, 0.5][value.split("-").length - 1] * DAY;
}

function drawing(shown, width) {
  const times = shown.map((event) => moment(event.start));
  const [first, last] = [Math.min(...times) - DAY, Math.max(...times) + DAY];
  const side = 24;
  const x = (time) => side + ((time - first) / (last - first)) * (width - 2 * side);
  const largest = Math.max(1, ...shown.map((event) => crowds.get(event) ?? 0));
  const small = shown.length > 900 ? 2.2 : shown.length > 300 ? 3 : 4.5;
  const dots = shown.map((event, i) => ({ event, x: x(times[i]), r: radius(crowds.get(event), largest, small), up: event.family === "protest" }));
  const [above, below] = fitted(dots);
  const line = Math.max(60, above) + 20;
  const height = line + 26 + Math.max(30, below) + 20;
  const image = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": W.timelineName(shown.length) });
  image.append(...ticks(first, last, x, line, height, width));
  for (const dot_ of dots) image.append(mark_(dot_, dot_.up ? line - 4 - dot_.y : line + 26 + dot_.y));
  image.append(...names(dots.filter((d) => d.up), line, width));
  return image;
}

const radius = (n, largest, small) => (n ? small + (20 - small) * Math.sqrt(n / largest) : small);

// Stacks the dots on both sides, made smaller if they would reach too high; tells how high they reach.
function fitted(dots) {
  for (let tries = 0; ; tries++) {
    const reach = [true, false].map((up) => stacked(dots.filter((d) => d.up === up)));
    const share = HIGHEST / Math.max(...reach);
    if (share >= 1 || tries === 4) return reach;
    for (const dot_ of dots) dot_.r = Math.max(SMALLEST, dot_.r * Math.max(share, 0.6));
  }
}

// Gives each dot its height above the axis, the lowest at which it touches no other; tells how high they reach.
function stacked(dots) {
  const placed = [];
  let top = 0;
  for (const dot_ of [...dots].sort((a, b) => b.r - a.r || a.x - b.x)) {
    const near = placed.filter((other) => Math.abs(other.x - dot_.x) < other.r + dot_.r);
    const touching = near.map((other) => {
      const gap = other.r + dot_.r + 0.5;
      return [other, Math.sqrt(Math.max(0, gap * gap - (other.x - dot_.x) ** 2))];
    });
    const free = [dot_.r, ...touching.map(([other, high]) => other.y + high)].sort((a, b) => a - b)
      .find((y) => y >= dot_.r && touching.every(([other, high]) => Math.abs(other.y - y) >= high - 0.01));
    dot_.y = free;
    placed.push(dot_);
    top = Math.max(top, free + dot_.r);
  }
  return top;
}

function mark_({ event, x, r }, y) {
  const colour = ofType(event.type);
  const known = crowds.get(event) !== null;
  const label = [event.label, date(event.start), known && crowds.get(event).toLocaleString("en")].filter(Boolean).join(", ");
  return s("circle", {
    cx: x.toFixed(1), cy: y.toFixed(1), r: (known ? r : Math.max(r - 0.6, 0.6)).toFixed(1), fill: known ? colour : "none", stroke: colour, "stroke-width": known ? 0 : Math.min(1.5, r / 2),
    "pointer-events": "all", class: "mark", tabindex: "0", role: "button", "aria-label": label, "data-key": event.key,
    onclick: () => choose(event), onkeydown: (press) => (press.key === "Enter" || press.key === " ") && (press.preventDefault(), choose(event)),
  }, s("title", {}, label));
}

// The names of the largest protests, where there is room beside them.
function names(dots, line, width) {
  const taken = dots.map((d) => [d.x - d.r, line - 4 - d.y - d.r, d.x + d.r, line - 4 - d.y + d.r]);
  const large = [...dots].filter((d) => crowds.get(d.event)).sort((a, b) => b.r - a.r).slice(0, 12);
  return large.flatMap(({ event, x, y, r }) => {
    const text = short(event.label, 30);
    const length = text.length * 6.2 + 4;
    const top = line - 4 - y;
    const box = [[x + r + 3, "start"], [x - r - 3 - length, "end"]]
      .map(([left, anchor]) => ({ anchor, box: [left, top - 7, left + length, top + 7] }))
      .find(({ box: b }) => b[0] > 0 && b[2] < width && !taken.some((t) => b[0] < t[2] && t[0] < b[2] && b[1] < t[3] && t[1] < b[3]));
    if (!box) return [];
    taken.push(box.box);
    return [s("text", { x: (box.anchor === "start" ? box.box[0] : box.box[2]).toFixed(1), y: (top + 4).toFixed(1), "text-anchor": box.anchor, class: "name" }, text)];
  });
}

const STEPS = [1, 7, 14, 30.44, 61, 91.3, 182.6, 365.25, 730.5, 1826, 3652, 9131, 18262];

function ticks(first, last, x, line, height, width) {
  const days = (last - first) / DAY;
  const step = STEPS.find((d) => days / d <= width / 85) ?? STEPS.at(-1);
  const marks = [s("line", { x1: 0, x2: width, y1: line, y2: line, class: "base" }), s("line", { x1: 0, x2: width, y1: line + 22, y2: line + 22, class: "base" })];
  for (const [time, label] of step < 30 ? daily(first, last, step) : monthly(first, last, Math.round(step / 30.44))) {
    if (x(time) < 20 || x(time) > width - 20) continue;
    marks.push(s("line", { x1: x(time), x2: x(time), y1: 0, y2: height, class: "grid" }), s("text", { x: x(time), y: line + 15, "text-anchor": "middle", class: "tick" }, label));
  }
  return marks;
}

function* daily(first, last, step) {
  for (let time = Math.ceil(first / DAY) * DAY; time <= last; time += step * DAY) {
    const day = new Date(time);
    yield [time, `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()].slice(0, 3)}`];
  }
}

function* monthly(first, last, step) {
  const start = new Date(first).getUTCFullYear() * 12;
  for (let month = start - (start % step); ; month += step) {
    const time = Date.UTC(Math.floor(month / 12), month % 12);
    if (time > last) return;
    if (time >= first) yield [time, month % 12 && step < 12 ? MONTHS[month % 12].slice(0, 3) : String(Math.floor(month / 12))];
  }
}

function mark(axis) {
  for (const circle of axis.querySelectorAll(".mark")) circle.classList.toggle("chosen", circle.dataset.key === state.chosen?.key);
}
