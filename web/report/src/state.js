// What the reader has chosen: a view, a thing or tie, a period. The address of the page keeps the first two.

import { edges, months, edges as ties, events, thingOf } from "./data.js";

const VIEWS = ["network", "timeline", "map", "crowds", "tables"];

export const state = {
  view: VIEWS[0], chosen: null,
  months: months([...ties.flatMap((e) => [e.first, e.last]), ...events.flatMap((e) => [e.start, e.end])]),
  from: 0, until: 0, undated: true,
};
state.until = Math.max(0, state.months.length - 1);

const listeners = [];
export const changed = (listener) => listeners.push(listener);
const tell = (what) => listeners.forEach((listener) => listener(what));

// Chooses a thing, a tie ({ edge }) or words to find ({ words }); null chooses nothing.
export function choose(chosen, view = state.view) {
  const move = view !== state.view;
  Object.assign(state, { chosen, view });
  const address = addressOf(chosen, view);
  if (address !== location.hash) history.pushState(null, "", address);
  if (move) tell("view");
  tell("chosen");
}

// Where in the page something is shown: what follows the # in its address.
export function addressOf(chosen, view = state.view) {
  const key = chosen?.key ?? (chosen?.edge ? `tie/${chosen.edge.id}` : "");
  return `#${view}${key && `/${encodeURIComponent(key).replaceAll("%2F", "/")}`}`;
}

export function narrow(changes) {
  Object.assign(state, changes);
  tell("period");
}

// Whether something dated from `first` to `last` lies within the period.
export function within(first, last) {
  if (state.months.length < 2) return true;
  const [from, until] = [state.months[state.from], state.months[state.until]];
  if (!first || first.startsWith("-")) return state.undated;
  const end = last && !last.startsWith("-") ? last : first;
  return end.slice(0, 7) >= from.slice(0, end.length) && first.slice(0, 7) <= until;
}

export function readAddress() {
  const [view, ...rest] = safely(location.hash.slice(1)).split("/");
  const key = rest.join("/");
  const edge = rest[0] === "tie" ? edges[Number(rest[1])] : null;
  Object.assign(state, {
    view: VIEWS.includes(view) ? view : state.view,
    chosen: edge ? { edge } : thingOf(key) ?? null,
  });
  tell("view");
  tell("chosen");
}

function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
