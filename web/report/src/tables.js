// Everything as tables that sort, narrow by words, and are saved as CSV.

import { actors, articles, crowd, events, facts, reports, roles } from "./data.js";
import { ofType } from "./colours.js";
import { dot, download, h, link } from "./dom.js";
import { cite, evidence, name } from "./panel.js";
import { date, W } from "./words.js";

const STEP = 50;
const C = W.columns;
const labels = (event, role) => [...new Set(roles(event, role).map((f) => f.object))];
const article = (f) => f.sentence.article;
const inArticles = (thing) => new Set(reports(thing).map(article)).size;
const ofKind = (kind) => facts.filter((f) => f.kind === kind);

// A column: its head, the value it sorts by and is saved as, and what a cell shows if that is more than the value.
const text = (head, value, cell = null) => ({ head, value, cell });
const number = (head, value) => ({ head, value, numeric: true });
const day = (head, value) => ({ head, value, cell: (row) => h("span", { class: "whole" }, date(value(row))) });
const thing = (head, get) => ({ head, value: (row) => get(row)?.label ?? "", cell: (row) => get(row) && name(get(row)) });
const list = (head, get) => ({ head, value: (row) => get(row).map((t) => t.label).join(" | "), cell: (row) => get(row).map((t, i) => [i > 0 && ", ", name(t)]) });
const type = (get) => ({ head: C.type, value: (row) => get(row).type.label, cell: (row) => h("span", { class: "whole" }, dot(ofType(get(row).type)), get(row).type.label) });
const words = (head) => ({ head, value: (f) => f.words, cell: (f) => h("details", { ontoggle: (e) => e.target.open && e.target.children.length === 1 && e.target.append(evidence([f])) }, h("summary", { dir: "auto" }, f.words)) });
const source = [{ head: C.article, value: (f) => article(f).title, cell: (f) => cite(article(f)) }];
const self = (row) => row;

const TABLES = {
  events: {
    rows: () => events,
    columns: [
      thing(C.event, self), type(self), day(C.start, (e) => e.start ?? ""), text(C.status, (e) => W.status[e.status] ?? ""),
      list(C.place, (e) => labels(e, "place")), list(C.organizers, (e) => labels(e, "organizer")), list(C.participants, (e) => labels(e, "participant")),
      list(C.targets, (e) => labels(e, "target")), number(C.crowd, crowd), number(C.articles, inArticles),
    ],
    order: [2, 1],
  },
  actors: {
    rows: () => actors,
    columns: [
      thing(C.actor, self), type(self), number(C.articles, inArticles), number(C.events, (a) => new Set(roles(a).map((f) => f.subject)).size),
      number(C.degree, (a) => a.node?.degree ?? 0), number(C.strength, (a) => a.node?.strength ?? 0), number(C.betweenness, (a) => a.node?.betweenness ?? 0),
    ],
    order: [2, -1],
  },
  statements: {
    rows: () => ofKind("Statement"),
    columns: [thing(C.speaker, (f) => f.subject), words(C.words), text(C.kind, (f) => W.speech[f.relation]), ...source, day(C.published, (f) => article(f).day ?? "")],
    order: [4, 1],
  },
  stances: {
    rows: () => ofKind("Stance"),
    columns: [thing(C.holder, (f) => f.subject), text(C.side, (f) => (f.relation === "support" ? W.supports : W.opposes)), thing(C.about, (f) => f.object), ...source, day(C.published, (f) => article(f).day ?? "")],
    order: [0, 1],
  },
  demands: {
    rows: () => ofKind("Demand"),
    columns: [
      words(C.demand), text(C.polarity, (f) => (f.relation === "against" ? W.demandAgainst : W.demandFor)), thing(C.event, (f) => f.subject), day(C.start, (f) => f.subject.start ?? ""),
      list(C.by, (f) => labels(f.subject, "organizer")), list(C.of, (f) => labels(f.subject, "target")), ...source,
    ],
    order: [0, 1],
  },
  offices: {
    rows: () => ofKind("Position"),
    columns: [thing(C.person, (f) => f.subject), words(C.office), thing(C.body, (f) => f.object), ...source, day(C.published, (f) => article(f).day ?? "")],
    order: [0, 1],
  },
  articles: {
    rows: () => articles,
    columns: [
      text(C.title, (a) => a.title, (a) => h("span", { dir: "auto" }, link(a.title, a.address))), text(C.outlet, (a) => a.outlet ?? ""), day(C.published, (a) => a.day ?? ""), number(C.facts, (a) => a.facts),
    ],
    order: [2, 1],
  },
};

export function tablesView() {
  const box = h("div", { class: "tables" });
  const body = h("div", { id: "table", role: "tabpanel" });
  const tabs = h("div", { class: "tabs small", role: "tablist", "aria-label": W.views.tables });
  const show = (key, tab) => {
    [...tabs.children].forEach((t) => t.setAttribute("aria-selected", String(t === tab)));
    body.replaceChildren(table(key));
  };
  tabs.append(...Object.keys(TABLES).map((key) => h("button", { type: "button", role: "tab", "aria-controls": "table", "aria-selected": "false", "data-key": key, onclick: (e) => show(key, e.currentTarget) },
    W.tables[key], h("span", { class: "number" }, TABLES[key].rows().length.toLocaleString("en")))));
  box.append(tabs, body);
  box.attach = () => show("events", tabs.firstElementChild);
  return box;
}

function table(key) {
  const { columns, order } = TABLES[key];
  const all = TABLES[key].rows().map((row) => ({ row, values: columns.map((c) => c.value(row)) }));
  if (!all.length) return h("p", { class: "empty" }, W.tableEmpty);
  let [by, way] = order;
  let wanted = "";
  let shown = STEP;
  const head = h("tr", {}, columns.map((c, i) => h("th", { scope: "col", class: c.numeric && "numeric" }, h("button", { type: "button", onclick: () => { way = by === i ? -way : c.numeric ? -1 : 1; by = i; draw(); } }, c.head))));
  const rows = h("tbody");
  const said = h("output", { class: "muted" });
  const more = h("button", { type: "button", class: "quiet", onclick: () => { shown += STEP * 4; draw(); } });
  const current = () => sorted(wanted ? all.filter(({ values }) => values.some((v) => String(v ?? "").toLowerCase().includes(wanted))) : all, by, way);
  function draw() {
    const found = current();
    [...head.children].forEach((th, i) => th.setAttribute("aria-sort", i !== by ? "none" : way > 0 ? "ascending" : "descending"));
    rows.replaceChildren(...found.slice(0, shown).map(({ row, values }) => h("tr", {}, columns.map((c, i) =>
      h("td", { class: c.numeric && "numeric", "data-head": c.head }, c.cell ? c.cell(row) : shownValue(values[i]))))));
    said.textContent = found.length ? W.rows(found.length, all.length) : W.tableNone;
    more.hidden = found.length <= shown;
    more.textContent = W.more(Math.min(STEP * 4, found.length - shown));
  }
  const filter = h("input", { type: "search", placeholder: W.filter, "aria-label": W.filter, oninput: (e) => { wanted = e.target.value.trim().toLowerCase(); shown = STEP; draw(); } });
  draw();
  return h("div", {}, h("div", { class: "row" }, filter, said, h("button", { type: "button", class: "quiet", onclick: () => download(`${key}.csv`, "text/csv", csv(columns, current())) }, W.csv)),
    h("div", { class: "scroll" }, h("table", {}, h("thead", {}, head), rows)), more);
}

const shownValue = (value) => (typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 4 }) : value ?? "");

// Rows by a column; those with nothing there, or a day of no known year, come last either way.
function sorted(rows, by, way) {
  const empty = (v) => v === "" || v === null || v === undefined || String(v).startsWith("--");
  return [...rows].sort(({ values: { [by]: a } }, { values: { [by]: b } }) => {
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    return way * (typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true }));
  });
}

// CSV whose cells no spreadsheet takes for a formula (OWASP: a quote before = + - @, tab and line ends).
export function csv(columns, rows) {
  const cell = (value) => {
    const plain = value === null || value === undefined ? "" : String(value);
    const safe = typeof value !== "number" && /^[=+\-@\t\r\n]/.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${[columns.map((c) => c.head), ...rows.map(({ values }) => values)].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
