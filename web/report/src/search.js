// The search: a field with suggestions, by keyboard as by mouse (the combobox of WAI-ARIA).

import { folded, sentences, things } from "./data.js";
import { ofType } from "./colours.js";
import { dot, h } from "./dom.js";
import { choose } from "./state.js";
import { W } from "./words.js";

const MOST = 10;
const LEAST = 3; // letters, before sentences are searched

let names = null; // [folded name, thing]; made when the search is first used

export function search() {
  const list = h("ul", { id: "found", role: "listbox", "aria-label": W.search, hidden: true });
  const input = h("input", {
    type: "search", role: "combobox", placeholder: W.searchHint, "aria-label": W.search, autocomplete: "off", spellcheck: "false",
    "aria-controls": "found", "aria-expanded": "false", "aria-autocomplete": "list",
    oninput: () => show(suggestions(input.value)), onkeydown: key, onfocus: () => input.value && show(suggestions(input.value)),
    onblur: () => setTimeout(close, 150),
  });
  let at = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];

  function show(found) {
    at = -1;
    list.replaceChildren(...found.map(({ label, swatch, note, act }, i) => h("li", {
      role: "option", id: `found-${i}`, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(act); },
    }, swatch, h("span", { class: "label", dir: "auto" }, label), h("span", { class: "muted" }, note))));
    if (!found.length && input.value.trim()) list.append(h("li", { class: "none" }, W.searchNone));
    options().forEach((option, i) => { option.act = found[i].act; });
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  function move(to) {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && options().length) take(options()[Math.max(at, 0)].act);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  function take(act) {
    close();
    input.blur();
    act();
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  return h("div", { class: "search", role: "search" }, input, list);
}

function suggestions(typed) {
  const wanted = folded(typed).trim();
  if (!wanted) return [];
  names ??= things.flatMap((thing) => [thing.label, ...thing.names].map((name) => [folded(name), thing]));
  const best = new Map();
  for (const [name, thing] of names) {
    const at = name.indexOf(wanted);
    if (at < 0) continue;
    const rank = at === 0 ? 0 : /[\s'’(-]/.test(name[at - 1]) ? 1 : 2;
    if (rank < (best.get(thing) ?? 3)) best.set(thing, rank);
  }
  const found = [...best].sort(([a, m], [b, n]) => m - n || b.facts.length - a.facts.length || a.label.localeCompare(b.label)).slice(0, MOST);
  const suggested = found.map(([thing]) => ({ label: thing.label, swatch: dot(ofType(thing.type)), note: thing.type.label, act: () => choose(thing) }));
  if (wanted.length >= LEAST && sentences.some((s) => folded(s.words).includes(wanted))) {
    suggested.push({ label: W.searchSentences(typed.trim()), swatch: null, note: "", act: () => choose({ words: typed.trim() }) });
  }
  return suggested;
}
