// SPDX-License-Identifier: MIT
// PostHog's own tool code out of the published package: checked against the
// hash below, copied, and made importable. Nothing of it is kept here.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const version = '0.18.3';
const sha256 =
  'e0681fe77d008003dacd0221cd2db305b6c2ba9653bdf50ec8252375bf979b0b';

const wanted = `TOOL_MAP, GENERATED_TOOL_MAP, mergeToolFactories,
  getToolDefinitions, getToolsForFeatures, buildToolResultPayload, formatResponse,
  toJSONSchema, ApiClient, StateManager, MemoryCache, SessionManager,
  createExecTool, getPostHogClient, hasScope, formatInputValidationError,
  PostHogPermissionError, MCPClientProfile`;

// The package's main program, which would run on import.
const ending = /\nmain\(\)\.catch\(async \([\s\S]*?\n\}\);\n/;

export async function loadBundle(modules, folder) {
  const root = join(modules, '@posthog', 'cli');
  const found = JSON.parse(readFileSync(join(root, 'package.json'))).version;
  if (found !== version) throw new Error(`@posthog/cli is ${found}`);
  const source = readFileSync(join(root, 'lib', 'posthog-api-cli.mjs'));
  const hash = createHash('sha256').update(source).digest('hex');
  if (hash !== sha256) throw new Error(`@posthog/cli has the hash ${hash}`);
  const text = source.toString();
  if (!ending.test(text)) throw new Error('the main program was not found');
  const place = mkdtempSync(join(folder, 'posthog-'));
  const copy = join(place, 'posthog.mjs');
  writeFileSync(copy,
    text.replace(ending, '\n') + `\nexport { ${wanted} };\n`);
  try {
    return await import(pathToFileURL(copy));
  } finally {
    rmSync(place, { recursive: true });
  }
}
