// SPDX-License-Identifier: MIT
// Asks a served demo with the official TypeScript clients: SDK 1.x, and 2.x in
// each way it can negotiate.
//
// usage: node sdk_clients.mjs URL
import assert from 'node:assert/strict';
import {Client as Client1} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport as Transport1}
  from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {Client as Client2, StreamableHTTPClientTransport as Transport2}
  from '@modelcontextprotocol/client';

const url = new URL(process.argv[2]);
const name = {name: 'interop', version: '1.0.0'};

const setups = [
  {title: 'SDK 1.x', version: '2025-11-25', session: true,
    client: () => new Client1(name), transport: () => new Transport1(url)},
  {title: 'SDK 2.x, legacy', version: '2025-11-25', session: true,
    client: () => new Client2(name), transport: () => new Transport2(url)},
  {title: 'SDK 2.x, auto', version: '2026-07-28', session: false,
    client: () => new Client2(name, {versionNegotiation: {mode: 'auto'}}),
    transport: () => new Transport2(url)},
  {title: 'SDK 2.x, 2026-07-28 only', version: '2026-07-28', session: false,
    client: () => new Client2(
        name, {versionNegotiation: {mode: {pin: '2026-07-28'}}}),
    transport: () => new Transport2(url)},
];

function json(result) {
  assert.equal(result.content.length, 1);
  assert.equal(result.content[0].type, 'text');
  return JSON.parse(result.content[0].text);
}

async function checkTools(client) {
  const {tools} = await client.listTools();
  assert.equal(tools.length, 23);
  const trends = tools.find((tool) => tool.name === 'query-trends');
  assert.deepEqual(trends.inputSchema.required, ['series']);
  assert.equal(trends.annotations.readOnlyHint, true);
}

// Two tools that count by different code have to agree.
async function checkCounts(client) {
  const trend = json(await client.callTool({
    name: 'query-trends',
    arguments: {
      series: [{kind: 'EventsNode', event: 'signed_up'}],
      dateRange: {date_from: '2026-11-11', date_to: '2026-11-17'},
    },
  }));
  const sql = json(await client.callTool({
    name: 'query-run',
    arguments: {query: {
      kind: 'DataVisualizationNode',
      source: {kind: 'HogQLQuery', query:
          "SELECT count() FROM events WHERE event = 'signed_up' AND " +
          "timestamp >= toDateTime('2026-11-11 00:00:00') AND " +
          "timestamp < toDateTime('2026-11-18 00:00:00')"},
    }},
  }));
  const [series] = trend.results;
  assert.equal(series.data.length, 7);
  const sum = series.data.reduce((one, other) => one + other, 0);
  assert.ok(sum > 0);
  assert.equal(sum, sql.results[0][0]);
}

async function checkMistakes(client) {
  const result = await client.callTool(
      {name: 'cohorts-retrieve', arguments: {}});
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /missing required parameter: id/);
  await assert.rejects(
      client.request({method: 'tools/list', params: {cursor: 'none'}}),
      (error) => error.code === -32602);
}

async function check({title, version, session, client, transport}) {
  const one = client();
  const line = transport();
  await one.connect(line);
  const spoken = one.getNegotiatedProtocolVersion?.() ?? line.protocolVersion;
  assert.equal(spoken, version);
  assert.equal(one.getServerVersion().name, 'claribi-demo');
  assert.equal(Boolean(line.sessionId), session);
  await checkTools(one);
  await checkCounts(one);
  await checkMistakes(one);
  if (session) await line.terminateSession();
  await one.close();
  console.log(`${title}: ${version}`);
}

for (const setup of setups) await check(setup);
