// What the page shows, as objects that know each other. kg/report/contents.py says what the lists hold.

import { web } from "./dom.js";
import { date, W } from "./words.js";

const raw = JSON.parse(document.getElementById("contents").textContent);

export const { title, version, shown, outline } = raw;

export const types = Object.fromEntries(
  Object.entries(raw.types).map(([name, [label, colour, family]]) => [name, { name, label, colour, family }]),
);

export const articles = raw.articles.map(([headline, outlet, day, address], id) => ({
  id, title: headline || W.noTitle, outlet, day, address: web(address), facts: 0,
}));

export const sentences = raw.sentences.map(([article, words], id) => ({ id, article: articles[article], words }));

export const things = raw.things.map(([key, type, label, names, more], id) => ({
  id, key, type: types[type], family: types[type].family, label: inWords(label, more.start) || W.noTitle, names, ...more,
  facts: [], edges: [], node: null,
}));

export const facts = raw.facts.map(([kind, subject, relation, object, words, sentence, confidence, low, high, detail]) => {
  const fact = {
    kind, subject: things[subject], relation: relation ?? null, object: things[object] ?? null, words: words ?? null,
    sentence: sentences[sentence], confidence, low: low ?? null, high: high ?? null, detail: detail ?? null,
  };
  fact.subject.facts.push(fact);
  if (fact.object && fact.object !== fact.subject) fact.object.facts.push(fact);
  fact.sentence.article.facts += 1;
  return fact;
});
for (const thing of things) thing.facts.sort((a, b) => a.sentence.id - b.sentence.id);

export const nodes = raw.nodes.map(([thing, x, y, degree, strength, betweenness, community], id) => {
  const node = { id, thing: things[thing], x, y, degree, strength, betweenness: betweenness ?? 0, community: community ?? null };
  node.events = new Set(roles(node.thing).map((f) => f.subject)).size;
  node.thing.node = node;
  return node;
});

export const edges = raw.edges.map(([source, target, kind, directed, weight, inArticles, inSentences, first, last], id) => {
  const edge = {
    id, source: nodes[source].thing, target: nodes[target].thing, kind, directed, weight,
    articles: inArticles, sentences: inSentences, first: first || null, last: last || null,
  };
  edge.source.edges.push(edge);
  edge.target.edges.push(edge);
  return edge;
});

// The label of an event ends with its date; people read that more easily in words.
function inWords(label, start) {
  return start && label.endsWith(start) ? label.slice(0, -start.length) + date(start) : label;
}

const byKey = new Map(things.map((thing) => [thing.key, thing]));
export const thingOf = (key) => byKey.get(key);

export const events = things.filter(isEvent);
export const actors = things.filter((thing) => thing.family === "actor");
export const places = things.filter((thing) => thing.family === "place");

// The facts of a kind that speak of a thing.
export function of(thing, kind) {
  return thing.facts.filter((f) => f.kind === kind);
}

export function isEvent(thing) {
  return thing.family === "protest" || thing.family === "context";
}

// Participations of an actor or place in events, or those of an event.
export function roles(thing, role = null) {
  const end = isEvent(thing) ? "subject" : "object";
  return of(thing, "Participation").filter((f) => f[end] === thing && (role === null || f.relation === role));
}

// The articles that report or name a thing.
export function reports(thing) {
  return of(thing, isEvent(thing) ? "EventReport" : "EntityReport");
}

export function articlesOf(some) {
  return new Set(some.map((f) => f.sentence.article)).size;
}

// The largest number that a crowd figure of an event gives, or null.
export function crowd(event) {
  const numbers = of(event, "CrowdEstimate").map(size);
  return numbers.length ? Math.max(...numbers) : null;
}
export const size = (fact) => fact.high ?? fact.low ?? 0;

const acts = (f) => f.relation === "organizer" || f.relation === "participant";
const takesSide = (edge, about) => of(edge.source, "Stance").filter(
  (f) => f.subject === edge.source && edge.kind.startsWith(f.relation) && about(f.object));

// The facts that a tie was made of, as queries/networks/actors.rq and offices.rq join them.
const BEHIND = {
  "acts with": ({ source, target }) => shared(source, acts, target, acts),
  targets: ({ source, target }) => shared(source, acts, target, (f) => f.relation === "target"),
  supports: (edge) => takesSide(edge, (object) => object === edge.target),
  opposes: (edge) => takesSide(edge, (object) => object === edge.target),
  "supports protest of": (edge) => takesSide(edge, (object) => organizes(edge.target, object)),
  "opposes protest of": (edge) => takesSide(edge, (object) => organizes(edge.target, object)),
  "holds office in": ({ source, target }) => of(source, "Position").filter((f) => f.subject === source && f.object === target),
};

export function behind(edge) {
  return (BEHIND[edge.kind] ?? (() => []))(edge).sort((a, b) => a.sentence.id - b.sentence.id);
}

const organizes = (actor, event) => isEvent(event) && roles(event, "organizer").some((f) => f.object === actor);

// Participations of two actors in the protests in which the one has the first kind of role and the other the second.
function shared(one, first, other, second) {
  const ours = roles(one).filter((f) => first(f) && f.subject.family === "protest");
  const theirs = roles(other).filter((f) => second(f) && f.subject.family === "protest");
  const [here, there] = [ours, theirs].map((list) => new Set(list.map((f) => f.subject)));
  return [...ours.filter((f) => there.has(f.subject)), ...theirs.filter((f) => here.has(f.subject))];
}

// Years and months in which something is dated, sorted.
export function months(dates) {
  return [...new Set(dates.filter(hasYear).map((d) => d.slice(0, 7)))].sort();
}
export const hasYear = (day) => Boolean(day) && /^\d/.test(day);

// Text without accents and capitals, by which names are found.
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// How many there are of each, most first.
export function count(items, by) {
  const counts = new Map();
  for (const item of items) counts.set(by(item), (counts.get(by(item)) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || String(a).localeCompare(String(b))));
}
