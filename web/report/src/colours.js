// Colours of types, ties, communities and estimators, as the theme needs them.

import { types } from "./data.js";

export const isDark = () => {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

// A colour light enough to be seen on a dark ground, dark enough on a light one.
function readable([r, g, b]) {
  const light = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  const [towards, share] = isDark() ? [255, Math.max(0, 0.42 - light)] : [0, Math.max(0, light - 0.66)];
  return `#${[r, g, b].map((c) => Math.round(c + (towards - c) * share).toString(16).padStart(2, "0")).join("")}`;
}

const GREY = [128, 128, 128];
export const ofType = (type) => readable(type?.colour ?? GREY);
export const ofFamily = (family) => ofType(Object.values(types).find((type) => type.family === family));

// Okabe and Ito's colours, which people with any kind of colour vision can tell apart.
const TIES = {
  "acts with": [110, 122, 138], targets: [214, 138, 0], supports: [0, 143, 105], opposes: [200, 70, 20],
  "supports protest of": [80, 175, 150], "opposes protest of": [225, 130, 95], "holds office in": [125, 98, 190],
};
export const ofTie = (kind) => readable(TIES[kind] ?? GREY);

const COMMUNITIES = [
  [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0], [86, 180, 233],
  [120, 94, 240], [155, 110, 60], [220, 60, 100], [90, 150, 60],
];
export const MOST_COMMUNITIES = COMMUNITIES.length;
export const ofCommunity = (n) => readable(n !== null && n <= MOST_COMMUNITIES ? COMMUNITIES[n - 1] : [150, 150, 150]);

const ESTIMATORS = { organisers: [0, 143, 105], police: [0, 100, 170], authorities: [90, 110, 140], media: [150, 90, 170] };
export const ofEstimator = (kind) => readable(ESTIMATORS[kind] ?? [140, 130, 120]);
