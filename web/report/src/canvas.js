// A network drawn, moved and pointed at.
//
// It is drawn by the processor (`willReadFrequently`): a machine without a graphics card, or with one that is imitated,
// takes ten times as long for WebGL, and any other draws two thousand nodes so as fast as the eye asks. Where it does not,
// the last picture is moved as a whole and drawn anew when the reader pauses.

import { h } from "./dom.js";
import { drawLabels, drawHover } from "./labels.js";

const SLOW = 24; // milliseconds that a drawing may take and still be made for each frame
const PAUSE = 120;
const PADDING = 48;
const [NEAREST, NEAR, FARTHEST] = [60, 12, 0.3]; // how far one can zoom and is taken, in shares of what shows the whole
const GROWTH = 0.36; // of nodes as one comes near, as a power: less than the room between them grows
const MANY = 1500; // ties, above which arrows are drawn only from near

// `nodes`: { x, y, r, colour, label, hidden, faded, forced }. `edges`: { source, target, bend, arrow, width, colour, hidden, faded }.
export class Canvas {
  constructor(stage, { nodes, edges, clicked, hovered }) {
    Object.assign(this, { stage, nodes, edges, clicked, hovered, pointers: new Map(), over: null, cost: 0, frame: 0 });
    this.canvas = h("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    stage.append(this.canvas);
    this.resize();
    this.fit();
    new ResizeObserver(() => this.resize() && this.draw()).observe(stage);
    this.listen();
  }

  // --- where things are --------------------------------------------------------------------------------

  resize() {
    const [width, height, ratio] = [this.stage.clientWidth, this.stage.clientHeight, devicePixelRatio];
    if (!width || !height || (this.width === width && this.height === height && this.ratio === ratio)) return false;
    const fitted = this.isFitted();
    Object.assign(this, { width, height, ratio });
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (fitted) this.fit();
    return true;
  }

  isFitted() {
    return !this.view || (this.whole && ["x", "y", "scale"].every((key) => this.view[key] === this.whole[key]));
  }

  fit() {
    const [xs, ys] = ["x", "y"].map((axis) => this.nodes.map((node) => node[axis]));
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min((this.width - 2 * PADDING) / Math.max(right - left, 1), (this.height - 2 * PADDING) / Math.max(high - low, 1));
    this.whole = { x: (left + right) / 2, y: (low + high) / 2, scale: Math.max(scale, 0.01) };
    this.view = { ...this.whole };
    this.moved();
  }

  at({ x, y }, view = this.view) {
    return [(x - view.x) * view.scale + this.width / 2, (view.y - y) * view.scale + this.height / 2];
  }

  radius(node) {
    return node.r * Math.min(1, Math.max(0.45, this.width / 900)) * Math.max(0.4, this.view.scale / this.whole.scale) ** GROWTH;
  }

  // The middle of a tie: the point at which a bent one leaves the straight line farthest.
  middle(edge) {
    const [[ax, ay], [bx, by]] = [this.at(edge.source), this.at(edge.target)];
    return [(ax + bx) / 2 + ((by - ay) * edge.bend) / 2, (ay + by) / 2 - ((bx - ax) * edge.bend) / 2];
  }

  // The nodes on the stage, with their places on it and radii.
  inSight() {
    return this.nodes.filter((node) => !node.hidden).map((node) => ({ node, at: this.at(node), r: this.radius(node) }))
      .filter(({ at: [x, y], r }) => x > -r && y > -r && x < this.width + r && y < this.height + r);
  }

  // The ends of a tie, and the point towards which a bent one leaves the straight line.
  course(edge) {
    const [[ax, ay], [bx, by]] = [this.at(edge.source), this.at(edge.target)];
    return { ends: [[ax, ay], [bx, by]], control: [(ax + bx) / 2 + (by - ay) * edge.bend, (ay + by) / 2 - (bx - ax) * edge.bend] };
  }

  // The corners of a tie's arrowhead, which touches its target; null where there is no room for one.
  arrow(edge) {
    const { ends: [, [bx, by]], control: [cx, cy] } = this.course(edge);
    const length = Math.hypot(bx - cx, by - cy);
    const [ux, uy] = [(bx - cx) / length, (by - cy) / length];
    const from = this.radius(edge.target) + 1;
    const size = 5 + 1.6 * edge.width;
    if (!(length * 1.6 >= from + size)) return null;
    const tip = [bx - ux * from, by - uy * from];
    return [tip, ...[0.42, -0.42].map((side) => [tip[0] - size * (ux + side * uy), tip[1] - size * (uy - side * ux)])];
  }

  // --- drawing -----------------------------------------------------------------------------------------

  // Draws at the next frame, however often it is asked to.
  draw() {
    this.frame ||= requestAnimationFrame(() => this.now());
  }

  now() {
    this.frame = 0;
    clearTimeout(this.waiting);
    const begin = performance.now();
    this.context.clearRect(0, 0, this.width, this.height);
    this.drawn = { ...this.view };
    this.canvas.style.transform = "";
    for (const faded of [true, false]) {
      this.drawEdges(this.edges.filter((edge) => !edge.hidden && Boolean(edge.faded) === faded));
      this.drawNodes(this.nodes.filter((node) => !node.hidden && Boolean(node.faded) === faded));
    }
    drawLabels(this.context, this.inSight(), this.width);
    if (this.over?.label !== undefined) drawHover(this.context, this.at(this.over), this.radius(this.over), this.over.label);
    this.context.getImageData(0, 0, 1, 1); // until here a browser may only have noted what to draw
    this.cost = performance.now() - begin;
  }

  drawEdges(edges) {
    const { context, width, height } = this;
    const arrows = edges.length < MANY || this.view.scale > 2.5 * this.whole.scale;
    context.globalAlpha = edges.length > MANY ? 0.45 : 0.75;
    for (const edge of edges) {
      const { ends: [[ax, ay], [bx, by]], control } = this.course(edge);
      if (Math.max(ax, bx) < 0 || Math.max(ay, by) < 0 || Math.min(ax, bx) > width || Math.min(ay, by) > height) continue;
      context.strokeStyle = edge.colour;
      context.lineWidth = edge.width;
      context.beginPath();
      context.moveTo(ax, ay);
      if (edge.bend) context.quadraticCurveTo(...control, bx, by);
      else context.lineTo(bx, by);
      context.stroke();
      if (edge.arrow && arrows) this.drawArrow(edge);
    }
    context.globalAlpha = 1;
  }

  drawArrow(edge) {
    const corners = this.arrow(edge);
    if (!corners) return;
    this.context.fillStyle = edge.colour;
    this.context.beginPath();
    for (const corner of corners) this.context.lineTo(...corner);
    this.context.fill();
  }

  drawNodes(nodes) {
    const { context, width, height } = this;
    for (const node of nodes) {
      const [x, y] = this.at(node);
      const r = this.radius(node);
      if (x < -r || y < -r || x > width + r || y > height + r) continue;
      context.fillStyle = node.colour;
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.fill();
      if (!node.chosen) continue;
      Object.assign(context, { lineWidth: 2.5, strokeStyle: node.chosen });
      context.stroke();
    }
  }

  // --- moving ------------------------------------------------------------------------------------------

  moved() {
    if (this.cost <= SLOW || !this.drawn) return this.draw();
    const [a, b] = [this.at({ x: this.drawn.x, y: this.drawn.y }), this.view.scale / this.drawn.scale];
    this.canvas.style.transform = `translate(${a[0] - (this.width / 2) * b}px, ${a[1] - (this.height / 2) * b}px) scale(${b})`;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), PAUSE);
  }

  pan(dx, dy) {
    this.view.x -= dx / this.view.scale;
    this.view.y += dy / this.view.scale;
    this.moved();
  }

  // Zooms so that what lies at a point of the stage stays there.
  zoom(by, [px, py] = [this.width / 2, this.height / 2]) {
    const scale = Math.min(Math.max(this.view.scale * by, this.whole.scale * FARTHEST), this.whole.scale * NEAREST);
    const [x, y] = [this.view.x + (px - this.width / 2) / this.view.scale, this.view.y - (py - this.height / 2) / this.view.scale];
    this.view = { x: x - (px - this.width / 2) / scale, y: y + (py - this.height / 2) / scale, scale };
    this.moved();
  }

  // Brings some nodes into view, as near as makes them easy to tell apart.
  show(nodes) {
    const [xs, ys] = ["x", "y"].map((axis) => nodes.map((node) => node[axis]));
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const fits = Math.min(this.width / Math.max(right - left, 1), this.height / Math.max(high - low, 1)) * 0.6;
    const scale = Math.max(Math.min(fits, this.whole.scale * NEAR), this.whole.scale * FARTHEST);
    this.view = { x: (left + right) / 2, y: (low + high) / 2, scale };
    this.moved();
  }

  // Whether all of some nodes are in sight, and not all in one spot.
  shows(nodes) {
    const at = nodes.map((node) => this.at(node));
    const spread = Math.max(...[0, 1].map((axis) => Math.max(...at.map((p) => p[axis])) - Math.min(...at.map((p) => p[axis]))));
    return spread > this.width / 6 && at.every(([x, y]) => x > 0 && y > 0 && x < this.width && y < this.height);
  }

  // --- pointing ----------------------------------------------------------------------------------------

  listen() {
    const { stage } = this;
    const point = (event) => { const { left, top } = stage.getBoundingClientRect(); return [event.clientX - left, event.clientY - top]; };
    stage.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), point(event)); }, { passive: false });
    stage.addEventListener("dblclick", (event) => this.zoom(2, point(event)));
    stage.addEventListener("pointerdown", (event) => { this.pointers.set(event.pointerId, point(event)); this.dragged ||= 0; });
    stage.addEventListener("pointermove", (event) => (this.pointers.has(event.pointerId) ? this.drag(event, point(event)) : this.hover(point(event))));
    stage.addEventListener("pointerup", (event) => {
      const isClick = this.pointers.size === 1 && this.dragged < 5;
      this.release(event);
      if (isClick) this.clicked(this.under(point(event), event.pointerType === "touch" ? 10 : 3));
    });
    for (const end of ["pointercancel", "lostpointercapture"]) stage.addEventListener(end, (event) => this.release(event));
    stage.addEventListener("pointerleave", () => this.hover([-1e6, -1e6]));
  }

  release(event) {
    this.pointers.delete(event.pointerId);
    if (!this.pointers.size) this.dragged = 0;
  }

  drag(event, to) {
    const from = this.pointers.get(event.pointerId);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, to);
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    this.dragged += Math.hypot(dx, dy);
    if (this.dragged < 5) return;
    this.stage.setPointerCapture(event.pointerId);
    if (!other) return this.pan(dx, dy);
    const away = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
    this.zoom(away(to) / Math.max(away(from), 1), other);
  }

  hover(at) {
    const under = this.under(at, 3);
    this.hovered(under, at);
    const node = under?.node ?? null;
    if (node === this.over) return;
    this.over = node;
    this.draw();
  }

  // The node or tie at a point, as { node } or { edge }; null if there is none.
  under([px, py], slack) {
    let [best, least] = [null, Infinity];
    for (const node of this.nodes) {
      if (node.hidden) continue;
      const [x, y] = this.at(node);
      const away = Math.hypot(x - px, y - py) - this.radius(node);
      if (away < slack && away < least) [best, least] = [{ node }, away];
    }
    if (best) return best;
    for (const edge of this.edges) {
      if (edge.hidden) continue;
      const away = this.awayFrom(edge, px, py);
      if (away < slack + 2 && away < least) [best, least] = [{ edge }, away];
    }
    return best;
  }

  // How far a point is from a tie, taken as two straight lines over its middle if it is bent.
  awayFrom(edge, px, py) {
    const [a, b] = [this.at(edge.source), this.at(edge.target)];
    if (!edge.bend) return toLine(px, py, a, b);
    const middle = this.middle(edge);
    return Math.min(toLine(px, py, a, middle), toLine(px, py, middle, b));
  }
}

function toLine(px, py, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + share * dx - px, ay + share * dy - py);
}
