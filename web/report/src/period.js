// Two sliders over the months in which something happened, wherever a view can be narrowed by time.

import { h } from "./dom.js";
import { narrow, state } from "./state.js";
import { date, W } from "./words.js";

// The control, or nothing where all happened in one month or nobody knows when.
export function period() {
  const last = state.months.length - 1;
  if (last < 1) return null;
  const shown = h("output", {});
  const slider = (name, which) => h("input", {
    type: "range", min: 0, max: last, value: state[which], "aria-label": `${W.period}: ${name}`,
    oninput: (event) => {
      const value = Number(event.target.value);
      const other = which === "from" ? Math.min(value, state.until) : Math.max(value, state.from);
      event.target.value = other;
      narrow({ [which]: other });
      say();
    },
  });
  const [from, until] = [slider(W.from, "from"), slider(W.until, "until")];
  const say = () => {
    [from.value, until.value] = [state.from, state.until];
    shown.textContent = `${date(state.months[state.from])} – ${date(state.months[state.until])}`;
    [from, until].forEach((input) => input.setAttribute("aria-valuetext", date(state.months[Number(input.value)])));
  };
  const undated = h("label", { class: "check" }, h("input", { type: "checkbox", checked: state.undated, onchange: (event) => narrow({ undated: event.target.checked }) }), W.undated);
  say();
  return h("div", { class: "period" }, h("span", { class: "chips-name" }, W.period), h("span", { class: "sliders" }, from, until), shown, undated);
}
