// Labels of the network: the largest first, and none over another or over a node.

const FONT = "12px system-ui, sans-serif";
const LONGEST = 34;
const FEW = 100; // nodes, up to which labels stand below them, where they cross fewest ties
const MOST = 160; // labels at a time
const SMALL = 4; // a node in a crowd that a label may cover, in pixels

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const short = (text, longest = LONGEST) => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text);

const widths = new Map();
function width(context, text) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

// Where the labels of the nodes in sight stand, as { text, left, base }; `shown`: { node, at, r }, `long` measures a text.
export function placed(shown, edge, long) {
  const few = shown.length <= FEW;
  const taken = shown.filter(({ r }) => few || r > SMALL).map(({ at: [x, y], r }) => [x - r, y - r, x + r, y + r]);
  const first = shown.filter(({ node }) => node.label && !node.faded).sort((a, b) => Number(b.node.forced) - Number(a.node.forced) || b.r - a.r).slice(0, MOST);
  return first.flatMap(({ node, at: [x, y], r }) => {
    const text = short(node.label);
    const wide = long(text);
    const around = [[x + r + 4, y + 4], [x - wide / 2, y + r + 14], [x - wide / 2, y - r - 6], [x - r - 4 - wide, y + 4]];
    if (few) around.unshift(around[1]);
    const place = around.find(([left, base]) => left > 0 && left + wide < edge && !taken.some((other) => overlap([left, base - 11, left + wide, base + 3], other)));
    if (!place) return [];
    const [left, base] = place;
    taken.push([left - 2, base - 11, left + wide + 2, base + 3]);
    return [{ text, left, base }];
  });
}

export function drawLabels(context, shown, edge) {
  Object.assign(context, { font: FONT, lineJoin: "round", lineWidth: 3, strokeStyle: colour("--ground"), fillStyle: colour("--text") });
  for (const { text, left, base } of placed(shown, edge, (words) => width(context, words))) {
    context.strokeText(text, left, base);
    context.fillText(text, left, base);
  }
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

export function drawHover(context, [x, y], r, label) {
  context.beginPath();
  context.arc(x, y, r + 2, 0, Math.PI * 2);
  Object.assign(context, { font: FONT, lineWidth: 2, strokeStyle: colour("--text") });
  context.stroke();
  const text = short(label, 60);
  const long = context.measureText(text).width;
  context.fillStyle = colour("--raised");
  context.fillRect(x + r + 3, y - 10, long + 10, 20);
  Object.assign(context, { lineWidth: 1, strokeStyle: colour("--line") });
  context.strokeRect(x + r + 3, y - 10, long + 10, 20);
  context.fillStyle = colour("--text");
  context.fillText(text, x + r + 8, y + 4);
}
