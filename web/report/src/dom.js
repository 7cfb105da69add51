// Elements made of text. Nothing here, or anywhere in the page, reads text as markup.

const SVG = "http://www.w3.org/2000/svg";

// An element with properties (`class`, attributes, `onclick`…) and children, among which null and false are nothing.
export function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

export function s(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return element;
}

// A link to an address of the web, else plain text: `javascript:` and the like lead nowhere.
export function link(text, address, properties = {}) {
  if (!address) return h("span", properties, text);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...properties }, text);
}

// The address if it is one of the web, else null.
export function web(address) {
  try {
    const { protocol, href } = new URL(address);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}

// Gives a text to the reader as a file.
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A group of buttons of which any number is pressed. `entries`: [key, label, swatch element or null, number].
export function chips(name, entries, pressed, changed) {
  return h("div", { class: "chips", role: "group", "aria-label": name },
    h("span", { class: "chips-name" }, name),
    entries.map(([key, label, swatch, number]) => h("button", {
      type: "button", class: "chip", "aria-pressed": String(pressed.has(key)), "data-key": key,
      onclick: (event) => {
        const on = !pressed.has(key);
        if (on) pressed.add(key); else pressed.delete(key);
        event.currentTarget.setAttribute("aria-pressed", String(on));
        changed();
      },
    }, swatch, label, number !== undefined && h("span", { class: "number" }, number.toLocaleString("en")))));
}

// A labelled choice among values.
export function choice(name, options, value, changed) {
  return h("label", { class: "choice" }, h("span", {}, name),
    h("select", { onchange: (event) => changed(event.target.value) },
      Object.entries(options).map(([key, label]) => h("option", { value: key, selected: key === value }, label))));
}

// A list that shows `step` of its items and has a button for more.
export function paged(items, step, draw, { more, container = h("ul", { class: "list" }) }) {
  const box = h("div", {}, container);
  const button = h("button", { type: "button", class: "quiet", onclick: () => next(true) });
  let shown = 0;
  const next = (byHand) => {
    const fresh = items.slice(shown, shown + step).map(draw);
    container.append(...fresh);
    shown += fresh.length;
    button.textContent = more(Math.min(step, items.length - shown));
    button.hidden = shown >= items.length;
    if (byHand) fresh[0]?.querySelector("button, a, summary")?.focus();
  };
  next(false);
  box.append(button);
  return box;
}

// Text in which the first occurrence of some words is marked.
export function marked(text, words) {
  const at = words ? text.indexOf(words) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), h("mark", {}, words), text.slice(at + words.length)];
}

// Swatches: of a node, of a tie.
export const dot = (colour) => swatch("dot", colour);
export const stroke = (colour) => swatch("stroke", colour);

function swatch(shape, colour) {
  const element = h("span", { class: shape, "aria-hidden": "true" });
  element.style.background = colour;
  return element;
}
