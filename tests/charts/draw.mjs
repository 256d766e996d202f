// SPDX-License-Identifier: MIT
// usage: node draw.mjs FOLDER
// Compiles and draws every NAME.json of FOLDER to NAME.vega.svg, and prints
// what was warned of: {"NAME": ["...", ...]}.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

function collector(warnings) {
  const note = (...words) => {
    warnings.push(words.map(String).join(" "));
    return logger;
  };
  const quiet = () => logger;
  const logger = { level: quiet, warn: note, error: note, info: quiet, debug: quiet };
  return logger;
}

const folder = process.argv[2];
const report = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const name = file.replace(/\.json$/, "");
  const warnings = (report[name] = []);
  const logger = collector(warnings);
  const spec = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const compiled = vegaLite.compile(spec, { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  writeFileSync(join(folder, name + ".vega.svg"), await view.toSVG());
  view.finalize();
}
console.log(JSON.stringify(report));
