// The page: a head with the search, five views, and beside them what the articles say of what was chosen.

import { actors, articles, events, thingOf, things, title, version } from "./data.js";
import { isDark } from "./colours.js";
import { crowdsView } from "./crowds.js";
import { h } from "./dom.js";
import { mapView } from "./map.js";
import { inner, networkView } from "./network.js";
import { panel } from "./panel.js";
import { search } from "./search.js";
import { changed, choose, readAddress, state } from "./state.js";
import { csv, tablesView } from "./tables.js";
import { timelineView } from "./timeline.js";
import { W } from "./words.js";

const MAKERS = { network: networkView, timeline: timelineView, map: mapView, crowds: crowdsView, tables: tablesView };
const made = {};

const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": W.viewsName, onkeydown: byArrow });
const view = h("section", { id: "view", role: "tabpanel", tabindex: "-1" });
const close = h("button", { type: "button", class: "close", "aria-label": W.close, title: W.close, onclick: () => choose(null) }, "×");
const details = h("div", { class: "details" });
const main = h("main");
const aside = h("aside", { "aria-label": W.details }, close, details);

function start() {
  main.append(view, aside);
  tabs.append(...Object.keys(MAKERS).map((key) => h("button", { type: "button", role: "tab", id: `tab-${key}`, "aria-controls": "view", onclick: () => choose(state.chosen, key) }, W.views[key])));
  document.getElementById("page").append(
    h("header", { class: "top" },
      h("div", { class: "heading" }, h("h1", { dir: "auto" }, title), h("p", { class: "muted" }, W.counts(articles.length, events.length, actors.length))),
      search(), h("button", { type: "button", class: "theme", "aria-label": W.theme, title: W.theme, onclick: turn }, "◐")),
    h("nav", {}, tabs),
    main,
    h("footer", {}, h("p", { class: "muted" }, W.made(version))));
  changed((what) => ({ view: showView, chosen: showChosen, period: () => made[state.view].redraw?.() })[what]());
  addEventListener("popstate", readAddress);
  addEventListener("keydown", (event) => event.key === "Escape" && state.chosen && choose(null));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  let waiting = null;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => state.view === "timeline" && made.timeline.redraw?.(), 150); });
  readAddress();
  globalThis.report = { inner, choose, csv, thingOf, keys: () => things.map((thing) => thing.key) }; // for tests
}

function showView() {
  [...tabs.children].forEach((tab) => {
    const chosen = tab.id === `tab-${state.view}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  });
  view.setAttribute("aria-labelledby", `tab-${state.view}`);
  const fresh = !made[state.view];
  made[state.view] ??= MAKERS[state.view]();
  [...view.children].forEach((child) => { child.hidden = child !== made[state.view]; });
  if (fresh) {
    view.append(made[state.view]);
    made[state.view].attach?.();
  } else {
    made[state.view].hidden = false;
    made[state.view].redraw?.();
  }
}

let before = null;
function showChosen() {
  details.replaceChildren(...panel(state.chosen).flat(Infinity).filter(Boolean));
  aside.classList.toggle("open", state.chosen !== null);
  main.classList.toggle("wide", state.view === "tables" && state.chosen === null);
  aside.scrollTop = 0;
  if (state.chosen) {
    before ??= document.activeElement;
    details.querySelector("h2")?.focus({ preventScroll: true });
  } else {
    before?.focus?.({ preventScroll: true });
    before = null;
  }
  made[state.view]?.chosen?.();
}

function turn() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  dress();
}

function dress() {
  for (const key of Object.keys(made)) if (key !== "network") made[key].remove();
  for (const key of Object.keys(made)) if (key !== "network") delete made[key];
  made.network?.dress?.();
  showView();
  showChosen();
}

function byArrow(event) {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!way) return;
  const all = [...tabs.children];
  const next = all[(all.indexOf(document.activeElement) + way + all.length) % all.length];
  next.focus();
  next.click();
  next.focus();
}

start();
