// Writes kg/report/world.json.gz: the outlines of countries (Natural Earth 1:50m, public domain) as world-atlas has
// them, without names. Run it when world-atlas is updated: node world.js
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const { scale, translate } = atlas.transform;
const STEP = 0.02; // degrees
const round = (value) => Math.round(value / STEP);

const arcs = atlas.arcs.map((arc) => {
  let [x, y] = [0, 0];
  const points = arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [round(x * scale[0] + translate[0]), round(y * scale[1] + translate[1])];
  });
  return points.filter(([px, py], i) => i === 0 || px !== points[i - 1][0] || py !== points[i - 1][1]);
});
const rings = atlas.objects.countries.geometries.flatMap((country) =>
  (country.type === "Polygon" ? [country.arcs] : country.arcs ?? []).flat(),
);
const world = JSON.stringify({ step: STEP, arcs, rings });
writeFileSync("../../kg/report/world.json.gz", gzipSync(world, { level: 9 }));
