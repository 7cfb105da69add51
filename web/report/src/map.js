// Places with events, on the outlines of the countries around them.

import { outline, places, roles } from "./data.js";
import { h, paged, s } from "./dom.js";
import { name } from "./panel.js";
import { period } from "./period.js";
import { choose, state, within } from "./state.js";
import { many, W } from "./words.js";

const WIDTH = 1000;
const busy = places.map((place) => ({ place, events: [...new Set(roles(place).map((f) => f.subject))] })).filter(({ events }) => events.length);
const known = busy.filter(({ place }) => place.latitude !== undefined);
const unknown = busy.filter(({ place }) => place.latitude === undefined);

export function mapView() {
  const box = h("div", { class: "map" });
  const rest = unknown.length > 0 && h("details", {}, h("summary", {}, W.mapUnknown(unknown.length)),
    paged([...unknown].sort((a, b) => b.events.length - a.events.length), 40, ({ place }) => h("li", {}, name(place)), { more: W.more, container: h("ul", { class: "columns" }) }));
  if (!known.length || !outline) return box.append(h("p", { class: "empty" }, W.mapEmpty), rest || ""), box;
  const drawn = new Drawing();
  box.redraw = () => drawn.dots();
  box.attach = box.redraw;
  box.chosen = () => drawn.mark();
  const [control] = [period()];
  const button = (text, label, act) => h("button", { type: "button", title: label, "aria-label": label, onclick: act }, text);
  const tools = h("div", { class: "tools" }, button("+", W.zoomIn, () => drawn.zoom(1.6)), button("−", W.zoomOut, () => drawn.zoom(1 / 1.6)), button("⤢", W.fit, () => drawn.fit()));
  box.append(control ? h("div", { class: "controls" }, control) : "", h("div", { class: "frame" }, drawn.image, tools), h("p", { class: "note" }, W.mapNote, " ", W.mapCredit, "."), rest || "");
  return box;
}

class Drawing {
  constructor() {
    const [west, south, east, north] = outline.extent;
    const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const scale = WIDTH / ((east - west) * squeeze);
    this.project = (longitude, latitude) => [(longitude - west) * squeeze * scale, (north - latitude) * scale];
    this.whole = [0, 0, WIDTH, (north - south) * scale];
    this.marks = s("g", {});
    this.image = s("svg", { role: "group", preserveAspectRatio: "xMidYMid meet" }, s("path", { d: this.countries(), class: "land" }), this.marks);
    this.image.style.aspectRatio = String(WIDTH / this.whole[3]);
    this.window = [...this.whole];
    this.move();
  }

  countries() {
    const arcs = outline.arcs.map((flat) => {
      let [x, y] = [0, 0];
      const points = [];
      for (let i = 0; i < flat.length; i += 2) points.push([(x += flat[i]), (y += flat[i + 1])]);
      return points.map(([a, b]) => [a * outline.step, b * outline.step]);
    });
    const ring = (parts) => this.path(parts.flatMap((arc) => (arc < 0 ? [...arcs[-1 - arc]].reverse() : arcs[arc])));
    return outline.rings.map(ring).join("");
  }

  // A ring that crosses the edge of the world, where longitude jumps from 180 to -180, becomes a shape on each side.
  path(points) {
    const jumps = (i) => Math.abs(points[i][0] - points[(i + points.length - 1) % points.length][0]) > 180;
    const first = Math.max(0, points.findIndex((_, i) => jumps(i)));
    return points.map((_, step) => {
      const i = (first + step) % points.length;
      const [x, y] = this.project(...points[i]);
      return `${step === 0 ? "M" : jumps(i) ? "ZM" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    }).join("") + "Z";
  }

  dots() {
    const shown = known.map(({ place, events }) => [place, events.filter((event) => within(event.start, event.end)).length]).filter(([, n]) => n);
    this.shown = shown.sort(([, a], [, b]) => b - a).map(([place, n]) => ({ place, n, at: this.project(place.longitude, place.latitude), full: Math.min(20, 2 + 2.5 * Math.sqrt(n)) }));
    this.marks.replaceChildren(...this.shown.map((d) => this.circle(d)), ...this.shown.map((d) => (d.text = s("text", { class: "name" }, d.place.label))));
    this.image.setAttribute("aria-label", W.mapName(shown.length));
    this.move();
  }

  circle(d) {
    const { place, n } = d;
    const broad = place.precision === "country" || place.precision === "region";
    const label = `${place.label}, ${many(n, "event")}`;
    d.circle = s("circle", {
      class: broad ? "mark broad" : "mark", tabindex: "0", role: "button", "aria-label": label, "data-key": place.key, onclick: () => choose(place),
      onkeydown: (press) => (press.key === "Enter" || press.key === " ") && (press.preventDefault(), choose(place)),
    }, s("title", {}, label));
    return d.circle;
  }

  // Dots and names keep their size on the screen however near one is; names that would cover another are left out.
  move() {
    const [x, y, width, height] = this.window;
    this.image.setAttribute("viewBox", this.window.map((n) => n.toFixed(2)).join(" "));
    const wide = this.image.clientWidth || 800;
    const unit = width / wide;
    const small = Math.min(1, Math.max(0.55, wide / 800));
    const taken = [];
    for (const { at, full, circle, text, place } of this.shown ?? []) {
      const r = full * small;
      for (const [key, value] of [["cx", at[0]], ["cy", at[1]], ["r", r * unit]]) circle.setAttribute(key, value.toFixed(2));
      const left = at[0] + (r + 3) * unit;
      const box = [left, at[1] - 8 * unit, left + place.label.length * 7.2 * unit, at[1] + 8 * unit];
      const free = box[2] < x + width && box[0] > x && box[1] > y && box[3] < y + height && !taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
      text.setAttribute("display", free ? "inline" : "none");
      taken.push([at[0] - r * unit, at[1] - r * unit, at[0] + r * unit, at[1] + r * unit]);
      if (!free) continue;
      taken.push(box);
      for (const [key, value] of [["x", left], ["y", at[1] + 4 * unit]]) text.setAttribute(key, value.toFixed(2));
      Object.assign(text.style, { fontSize: `${12 * unit}px`, strokeWidth: `${3 * unit}px` });
    }
    this.listen();
  }

  listen() {
    if (this.listening) return;
    this.listening = true;
    let drag = null;
    this.image.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.under(event)); }, { passive: false });
    this.image.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, window: [...this.window], moved: false }; });
    this.image.addEventListener("pointermove", (event) => {
      if (!drag || event.buttons === 0) return;
      const unit = this.window[2] / this.image.clientWidth;
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4 && !drag.moved) return;
      if (!drag.moved) this.image.setPointerCapture(event.pointerId);
      drag.moved = true;
      this.window = [drag.window[0] - (event.clientX - drag.x) * unit, drag.window[1] - (event.clientY - drag.y) * unit, drag.window[2], drag.window[3]];
      this.move();
    });
    for (const end of ["pointerup", "pointercancel"]) this.image.addEventListener(end, () => { drag = null; });
    new ResizeObserver(() => this.move()).observe(this.image);
  }

  under(event) {
    const { left, top, width, height } = this.image.getBoundingClientRect();
    return [this.window[0] + ((event.clientX - left) / width) * this.window[2], this.window[1] + ((event.clientY - top) / height) * this.window[3]];
  }

  zoom(by, [x, y] = [this.window[0] + this.window[2] / 2, this.window[1] + this.window[3] / 2]) {
    const width = Math.min(Math.max(this.window[2] / by, this.whole[2] / 60), this.whole[2] * 1.5);
    const share = width / this.window[2];
    this.window = [x - (x - this.window[0]) * share, y - (y - this.window[1]) * share, width, this.window[3] * share];
    this.move();
  }

  fit() {
    this.window = [...this.whole];
    this.move();
  }

  mark() {
    for (const circle of this.marks.querySelectorAll(".mark")) circle.classList.toggle("chosen", circle.dataset.key === state.chosen?.key);
  }
}
