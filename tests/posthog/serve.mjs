// SPDX-License-Identifier: MIT
// Starts the REST stand-in and both MCP servers on free ports of loopback,
// prints their addresses as one line of JSON and serves until standard input
// ends. GET /__log of the first gives what was asked of all of them, and
// /__change?tool=NAME changes what the new server says of a tool.
import { once } from 'node:events';
import { answer } from './rest.mjs';
import { loadBundle } from './bundle.mjs';
import { NewServer } from './new_server.mjs';
import { OldServer } from './old_server.mjs';
import { bearer, bodyOf, listen, sendJson } from './http.mjs';

const [modules, folder] = process.argv.slice(2);
const log = [];

function logged(server, handle) {
  return async (request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const message = text ? JSON.parse(text) : {};
      log.push({ server, url: request.url, method: message.method,
        tool: message.params?.name, arguments: message.params?.arguments,
        headers: request.headers });
    });
    return handle(request, response);
  };
}

const rest = await listen(async (request, response) => {
  const url = new URL(request.url, rest);
  if (url.pathname === '/__log') {
    sendJson(response, 200, { requests: log.splice(0),
      refused: globalThis.refusedConnections });
    return;
  }
  if (url.pathname === '/__change') {
    newServer.changed = url.searchParams.get('tool');
    sendJson(response, 200, {});
    return;
  }
  const body = await bodyOf(request);
  const answered = answer(request.method, url, bearer(request), body,
    'https://us.posthog.com');
  sendJson(response, answered.status, answered.body, answered.headers);
});
process.env.POSTHOG_API_BASE_URL = rest;
// PostHog's client tells of every refusal on the console.
console.warn = () => {};
if (!process.env.CLARIBI_TEST_VERBOSE) console.error = () => {};
const bundle = await loadBundle(modules, folder);
const newServer = new NewServer(bundle, process.env.POSTHOG_API_BASE_URL);
const oldServer = new OldServer();
const now = await listen(logged('new', newServer.handle.bind(newServer)));
const then = await listen(logged('old', oldServer.handle));
console.log(JSON.stringify({ rest, new: now, old: then }));
process.stdin.resume();
await once(process.stdin, 'end');
process.exit(0);
