// SPDX-License-Identifier: MIT
// Holds the texts in tests/vectors/toon.json against PostHog's own formatter,
// which alone decides what they are; UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadBundle } from './bundle.mjs';

const [modules, folder, file] = process.argv.slice(2);
const { formatResponse } = await loadBundle(modules, folder);
const cases = JSON.parse(readFileSync(file));
let wrong = 0;
for (const one of cases) {
  const text = formatResponse(one.json);
  if (process.env.UPDATE) {
    one.toon = text;
  } else if (text !== one.toon) {
    console.error(`toon.json, ${one.name}: PostHog writes\n${text}`);
    ++wrong;
  }
}
if (process.env.UPDATE) {
  writeFileSync(file, `${JSON.stringify(cases, null, 2)}\n`);
}
process.exit(wrong ? 1 : 0);
