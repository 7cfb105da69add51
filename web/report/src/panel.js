// What the articles say of the thing or tie that was chosen, each fact with its sentences.

import { behind, crowd, events, folded, isEvent, nodes, of, reports, roles, sentences } from "./data.js";
import { ofTie, ofType } from "./colours.js";
import { dot, h, link, marked, paged, stroke } from "./dom.js";
import { addressOf, choose, state } from "./state.js";
import { date, many, W } from "./words.js";

const STEP = 12;

export function panel(chosen) {
  if (!chosen) return start();
  if (chosen.edge) return tie(chosen.edge);
  if (chosen.words !== undefined) return found(chosen.words);
  return isEvent(chosen) ? event(chosen) : chosen.family === "place" ? place(chosen) : actor(chosen);
}

export const tieName = (edge) => `${edge.source.label} – ${W.kinds[edge.kind] ?? edge.kind} – ${edge.target.label}`;

// --- sentences -------------------------------------------------------------------------------------------

// The sentences of some facts, each once and with its article; `words` of a fact are marked.
export function evidence(some) {
  const bySentence = new Map();
  for (const fact of some) bySentence.set(fact.sentence, [...(bySentence.get(fact.sentence) ?? []), fact]);
  if (!bySentence.size) return h("p", { class: "muted" }, W.noEvidence);
  return paged([...bySentence], STEP, ([sentence, read]) => h("li", {}, quote(sentence, read)), { more: W.more, container: h("ul", { class: "evidence" }) });
}

function quote(sentence, read) {
  const words = read.find((f) => f.words && sentence.words.includes(f.words))?.words;
  const sure = read.length ? Math.max(...read.map((f) => f.confidence)) : null;
  return h("figure", {},
    h("blockquote", { dir: "auto" }, marked(sentence.words, words)),
    h("figcaption", {}, cite(sentence.article), sure !== null && h("span", { class: "muted" }, ` · ${W.confidence(sure)}`)));
}

export function cite(article) {
  const more = [article.outlet, date(article.day)].filter(Boolean).join(", ");
  return h("cite", {}, link(article.title, article.address, { dir: "auto" }), more && h("span", { class: "muted" }, `, ${more}`));
}

// --- pieces ----------------------------------------------------------------------------------------------

function head(kind, label, swatch, ...more) {
  return h("header", {}, h("p", { class: "kicker" }, swatch, kind), h("h2", { tabindex: "-1", dir: "auto" }, label), more);
}

function section(name, items, step = STEP) {
  if (!items.length) return null;
  return h("section", {}, h("h3", {}, name, h("span", { class: "number" }, items.length.toLocaleString("en"))),
    paged(items, step, (item) => h("li", {}, item()), { more: W.more }));
}

const plain = (name, items) => (items.length ? h("section", {}, h("h3", {}, name), h("ul", { class: "list" }, items.map((i) => h("li", {}, i)))) : null);

// A line that opens to its sentences. The names in it are links, so that it is no <summary>, which may hold none.
function fold(line, some) {
  const button = h("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": W.openSentences, onclick: turn }, "›");
  const box = h("div", { class: "fold" }, button, h("span", { onclick: (event) => !event.target.closest("a") && turn() }, line));
  function turn() {
    const open = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(open));
    if (open && box.children.length === 2) box.append(evidence(some));
    else box.lastElementChild.hidden = !open;
  }
  return box;
}

export const name = (thing) => h("a", { class: "plain", dir: "auto", href: addressOf(thing), onclick: (event) => follow(event, thing) }, thing.label);

function follow(event, thing) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(thing);
}

const grouped = (items, key) => {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
};

const byDay = (a, b) => (a.subject.start ?? "~").localeCompare(b.subject.start ?? "~") || a.subject.label.localeCompare(b.subject.label);
const when = (thing) => thing.start && !thing.label.endsWith(date(thing.start)) && h("span", { class: "muted" }, `, ${date(thing.start)}`);
const withSentence = (number) => h("span", { class: "muted" }, ` · ${W.sentences(number)}`);
const counted = (some) => new Set(some.map((f) => f.sentence)).size;

// --- an actor --------------------------------------------------------------------------------------------

function actor(thing) {
  const held = of(thing, "Position");
  const took = grouped(roles(thing).sort(byDay), (f) => `${f.relation} ${f.subject.id}`);
  const said = of(thing, "Statement").filter((f) => f.subject === thing);
  const stances = grouped(of(thing, "Stance"), (f) => `${f.subject.id} ${f.relation} ${f.object.id}`);
  const ours = new Set(roles(thing).filter((f) => f.relation === "organizer" || f.relation === "participant").map((f) => f.subject));
  const against = new Set(roles(thing, "target").map((f) => f.subject));
  return [
    head(thing.type.label, thing.label, dot(ofType(thing.type)), names(thing),
      h("p", { class: "muted" }, W.inArticles(new Set(reports(thing).map((f) => f.sentence.article)).size, new Set(roles(thing).map((f) => f.subject)).size)),
      thing.node && state.view !== "network" && h("button", { type: "button", class: "quiet", onclick: () => choose(thing, "network") }, W.showNetwork)),
    section(W.offices, offices(held.filter((f) => f.subject === thing), (f) => f.object)),
    section(W.officeholders, offices(held.filter((f) => f.subject !== thing), (f) => f.subject)),
    section(W.events, took.map((some) => () => fold([h("em", {}, W.roles[some[0].relation]), " ", name(some[0].subject), when(some[0].subject)], some))),
    section(W.statements, said.map((f) => () => statement(f))),
    section(W.stances, stances.map((some) => () => stance(some, thing))),
    section(W.demands, demands(ours)),
    section(W.demandsOf, demands(against)),
    section(W.figures, of(thing, "CrowdEstimate").map((f) => () => fold([f.words, h("span", { class: "muted" }, ", "), name(f.subject)], [f]))),
    section(W.ties, [...thing.edges].sort((a, b) => b.weight - a.weight).map((edge) => () => tieLine(edge, thing))),
    section(W.named, reports(thing).map((f) => () => fold(cite(f.sentence.article), [f]))),
  ];
}

const names = (thing) => thing.names.length > 0 && h("p", { class: "names", dir: "auto" }, h("span", { class: "muted" }, `${W.also} `), thing.names.join(" · "));

function offices(held, other) {
  return grouped(held, (f) => `${f.words} ${other(f)?.id}`).map((some) => () =>
    fold([some[0].words, other(some[0]) && [h("span", { class: "muted" }, ", "), name(other(some[0]))]], some));
}

function statement(fact) {
  const article = fact.sentence.article;
  const words = fact.relation === "direct" ? `“${fact.words}”` : fact.words;
  return fold([h("q", { class: "said", dir: "auto" }, words), h("span", { class: "muted" }, ` · ${W.speech[fact.relation] ?? fact.relation}${article.day ? `, ${date(article.day)}` : ""}`)], [fact]);
}

function stance(some, thing) {
  const [{ subject, relation, object }] = some;
  const supports = relation === "support";
  const words = subject === thing ? (supports ? W.supports : W.opposes) : supports ? W.supportedBy : W.opposedBy;
  return fold([h("em", {}, words), " ", name(subject === thing ? object : subject)], some);
}

function demands(of_, isNamed = true) {
  return [...of_].flatMap((event) => of(event, "Demand").map((f) => () =>
    fold([h("em", {}, f.relation === "against" ? W.demandAgainst : W.demandFor), ` ${f.words}`, isNamed && [h("span", { class: "muted" }, " · "), name(event)]], [f])));
}

function tieLine(edge, thing) {
  const [before, after] = edge.source === thing ? [`${W.kinds[edge.kind] ?? edge.kind} `, ""] : edge.directed
    ? ["", ` ${W.kinds[edge.kind] ?? edge.kind} ${W.thisOne}`] : [`${W.kinds[edge.kind] ?? edge.kind} `, ""];
  const other = edge.source === thing ? edge.target : edge.source;
  return h("button", { type: "button", class: "plain tie", onclick: () => choose({ edge }) },
    stroke(ofTie(edge.kind)), h("em", {}, before), h("span", { dir: "auto" }, other.label), h("em", {}, after), withSentence(edge.sentences));
}

// --- a tie -----------------------------------------------------------------------------------------------

function tie(edge) {
  const some = behind(edge);
  const shared = grouped(some.filter((f) => f.kind === "Participation"), (f) => f.subject.id).map((list) => list[0]).sort(byDay);
  const others = edge.source.edges.filter((e) => e !== edge && (e.source === edge.target || e.target === edge.target));
  const period = [...new Set([edge.first, edge.last].filter(Boolean))].map(date).join(" – ");
  return [
    head(W.tie, [name(edge.source), " ", h("em", {}, W.kinds[edge.kind] ?? edge.kind), " ", name(edge.target)], stroke(ofTie(edge.kind)),
      h("p", { class: "muted" }, [many(edge.articles, "article"), W.sentences(edge.sentences), period].filter(Boolean).join(" · "))),
    h("section", { class: "first" }, h("h3", {}, W.evidence), evidence(some)),
    plain(W.tieEvents, shared.map((f) => [name(f.subject), when(f.subject)])),
    plain(W.ties, others.map((e) => h("button", { type: "button", class: "plain tie", onclick: () => choose({ edge: e }) }, stroke(ofTie(e.kind)), tieName(e)))),
  ];
}

// --- an event --------------------------------------------------------------------------------------------

function event(thing) {
  const days = [thing.start, thing.end].filter(Boolean).map(date).join(" – ");
  const related = of(thing, "EventRelation");
  return [
    head([thing.type.label, " · ", W.status[thing.status] ?? thing.status ?? ""], thing.label, dot(ofType(thing.type)),
      h("p", { class: "muted" }, [days, many(new Set(reports(thing).map((f) => f.sentence.article)).size, "article")].filter(Boolean).join(" · "))),
    ...["organizer", "participant", "target", "absent", "place"].map((role) => section(W.roleHeads[role],
      grouped(roles(thing, role), (f) => f.object.id).map((some) => () => fold([name(some[0].object), withSentence(counted(some))], some)))),
    section(W.crowd, of(thing, "CrowdEstimate").map((f) => () => fold([h("strong", {}, f.words), h("span", { class: "muted" }, ` · ${estimator(f)}`)], [f]))),
    section(W.demands, demands([thing], false)),
    section(W.slogans, of(thing, "Slogan").map((f) => () => fold(h("q", { class: "said", dir: "auto" }, `“${f.words}”`), [f]))),
    section(W.casualties, of(thing, "CasualtyCount").map((f) => () =>
      fold([h("strong", {}, f.words), ` ${W.casualtyKinds[f.relation]}`, f.detail && h("span", { class: "muted" }, ` · ${W.affected[f.detail] ?? f.detail}`)], [f]))),
    section(W.stances, grouped(of(thing, "Stance"), (f) => `${f.subject.id} ${f.relation}`).map((some) => () => stance(some, thing))),
    section(W.when, grouped(of(thing, "DateClaim"), (f) => `${f.relation} ${f.words}`).map((some) => () =>
      fold([h("em", {}, W.bound[some[0].relation]), ` ${date(some[0].words)}`, h("span", { class: "muted" }, ` · ${W.basis[some[0].detail] ?? ""}`)], some))),
    section(W.related, grouped(related, (f) => `${f.subject.id} ${f.relation} ${f.object.id}`).map((some) => () => {
      const ours = some[0].subject === thing;
      const other = ours ? some[0].object : some[0].subject;
      return fold([h("em", {}, W.relations_[some[0].relation]?.[ours ? 0 : 1] ?? some[0].relation), " ", name(other), when(other)], some);
    })),
    section(W.reported, reports(thing).map((f) => () => fold(cite(f.sentence.article), [f]))),
  ];
}

export const estimator = (fact) => fact.object?.label ?? W.estimators[fact.relation] ?? W.reporter;

// --- a place, words, and nothing -------------------------------------------------------------------------

function place(thing) {
  const here = grouped(roles(thing).sort(byDay), (f) => f.subject.id);
  return [
    head(thing.type.label, thing.label, dot(ofType(thing.type)), names(thing)),
    section(W.here, here.map((some) => () => fold([name(some[0].subject), when(some[0].subject)], some))),
    section(W.named, reports(thing).map((f) => () => fold(cite(f.sentence.article), [f]))),
  ];
}

function found(words) {
  const wanted = folded(words);
  const hits = sentences.filter((sentence) => folded(sentence.words).includes(wanted));
  const draw = (sentence) => h("li", {}, h("figure", {}, h("blockquote", { dir: "auto" }, marked(sentence.words, words)), h("figcaption", {}, cite(sentence.article))));
  return [head(W.search, W.found(hits.length, words), null), paged(hits, STEP, draw, { more: W.more, container: h("ul", { class: "evidence" }) })];
}

function start() {
  const strong = [...nodes].sort((a, b) => b.degree - a.degree || b.strength - a.strength).slice(0, 5).map((n) => n.thing);
  const protests = events.filter((e) => e.family === "protest");
  const told = [...protests].map((e) => [e, new Set(reports(e).map((f) => f.sentence.article)).size]).sort(([, a], [, b]) => b - a).slice(0, 5);
  const large = protests.map((e) => [e, crowd(e)]).filter(([, n]) => n).sort(([, a], [, b]) => b - a).slice(0, 5);
  return [
    h("header", {}, h("h2", { tabindex: "-1" }, W.startHead), h("p", { class: "muted" }, W.startText)),
    plain(W.startActors, strong.map((thing) => [dot(ofType(thing.type)), name(thing), h("span", { class: "muted" }, ` · ${thing.type.label}`)])),
    plain(W.startEvents, told.map(([e, n]) => [name(e), h("span", { class: "muted" }, ` · ${many(n, "article")}`)])),
    plain(W.startCrowds, large.map(([e, n]) => [name(e), h("span", { class: "muted" }, ` · ${n.toLocaleString("en")}`)])),
  ];
}
