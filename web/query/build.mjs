// Writes kg/serve/static/editor.js and, below it, the licences of what went into it.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const out = new URL("../../kg/serve/static/", import.meta.url);
const result = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  legalComments: "none",
  metafile: true,
  outfile: new URL("editor.js", out).pathname,
});

const packages = new Set();
for (const path of Object.keys(result.metafile.inputs)) {
  const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (found) packages.add(found[1]);
}
const licences = [...packages].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version} (${license})\n\n${licence(name)}`;
});
writeFileSync(new URL("editor.licences.txt", out), `${licences.join("\n\n----\n\n")}\n`);

function licence(name) {
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"]) {
    try {
      return readFileSync(`node_modules/${name}/${file}`, "utf8").trim();
    } catch {
      continue;
    }
  }
  throw new Error(`${name}: no licence file`);
}
