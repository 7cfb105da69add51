// Builds kg/report/page.js and page.css from src/. node build.js --check only says whether they are what it would build.

import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const OUT = "../../kg/report";
const options = { bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none" };
const made = {
  "page.js": await build({ ...options, entryPoints: ["src/main.js"], format: "iife" }),
  "page.css": await build({ ...options, entryPoints: ["src/page.css"] }),
};
for (const [name, { outputFiles: [file] }] of Object.entries(made)) {
  const path = `${OUT}/${name}`;
  if (/<\/(script|style)/i.test(file.text)) throw new Error(`${name}: would end its element`);
  if (!process.argv.includes("--check")) writeFileSync(path, file.text);
  else if (readFileSync(path, "utf8") !== file.text) {
    console.error(`${name} is not what web/report/src makes: make web`);
    process.exitCode = 1;
  }
}
