// SPDX-License-Identifier: MIT
// The MCP server of October 2025 as a dialect of ours: events instead of JSON,
// sessions that every request must name, results as JSON text, and the names
// and arguments of that time.
import { randomBytes } from 'node:crypto';
import * as world from './world.mjs';
import { answer } from './rest.mjs';
import { bearer, bodyOf, send, sendText } from './http.mjs';

const number = { type: 'number' };
const string = { type: 'string' };
const object = (properties = {}, required = []) =>
  ({ type: 'object', properties, required, additionalProperties: false });
const paged = object({ data: object({ limit: number, offset: number,
  search: string, pinned: { type: 'boolean' } }) });

// Every tool: its schema and the REST request behind it, as
// (arguments) => [method, path, body], with a reading of the answer.
const tools = {
  'query-run': { schema: object({ query: { anyOf: [object({})] } },
    ['query']), run: ({ query }) => ['POST', '/query/',
    { query: query.source }],
  read: (body) => body.results, check: ({ query }) =>
    query.source ? null : 'Invalid input at query.source' },
  'dashboard-get': { schema: object({ dashboardId: number },
    ['dashboardId']), run: (given) => ['GET',
    `/dashboards/${given.dashboardId}/`] },
  'dashboards-get-all': { schema: paged, run: ({ data = {} }) => ['GET',
    `/dashboards/?${new URLSearchParams(data)}`], read: (body) =>
    body.results.map(({ id, name, description }) =>
      ({ id, name, description })) },
  'feature-flag-get-all': { schema: object(), run: () => ['GET',
    '/feature_flags/?limit=1000'], read: (body) => body.results.map(
    ({ id, key, name, active }) => ({ id, key, name, active })) },
  'feature-flag-get-definition': { schema: object({ flagId: number,
    flagKey: string }), run: ({ flagId, flagKey }) => flagId
    ? ['GET', `/feature_flags/${flagId}/`]
    : ['GET', `/feature_flags/?key=${encodeURIComponent(flagKey)}`],
  read: (body) => body.results ? body.results[0] : body },
  'list-errors': { schema: object({ orderBy: string, dateFrom: string,
    dateTo: string, filterTestAccounts: { type: 'boolean' },
    status: string }), run: () => ['POST', '/error_tracking/query/issues/',
    {}], read: (body) => body.results },
  'insights-get-all': { schema: paged, run: ({ data = {} }) => ['GET',
    `/insights/?${new URLSearchParams(data)}`], read: (body) =>
    body.results },
  'event-definitions-list': { schema: object({ q: string }), fixed: () =>
    ['note saved', 'page viewed'].map((name) => ({ name,
      last_seen_at: '2026-09-08T00:00:00Z' })) },
  'properties-list': { schema: object({ type: string, eventName: string },
    ['type']), fixed: ({ type }) => (type === 'event'
    ? ['$browser', 'words'] : ['email', 'plan']).map((name) =>
    ({ name, property_type: 'String' })) },
  'docs-search': { schema: object({ query: string }, ['query']),
    fixed: () => world.docs },
  'projects-get': { schema: object(), fixed: () => world.projects },
  'organizations-get': { schema: object(), fixed: () =>
    [world.organization] },
  'dashboard-delete': { schema: object({ dashboardId: number }),
    hints: { readOnlyHint: false, destructiveHint: true },
    fixed: () => ({ deleted: true }) },
};

const hints = { readOnlyHint: true, destructiveHint: false,
  idempotentHint: true, openWorldHint: true };

function list() {
  return Object.entries(tools).map(([name, tool]) => ({ name, title: name,
    description: `The tool ${name}.`, inputSchema: tool.schema,
    annotations: tool.hints ?? hints,
    execution: { taskSupport: 'forbidden' } }));
}

const failure = (text) =>
  ({ content: [{ type: 'text', text }], isError: true });
const success = (value) => ({ content: [{ type: 'text',
  text: typeof value === 'string' ? value : JSON.stringify(value) }] });

function apiFailure(name, answered) {
  return failure(`Error: [${name}]: Failed: Request failed:\n` +
    `Status Code: ${answered.status} (Refused)\n` +
    `Error Message: ${JSON.stringify(answered.body)}`);
}

function call(key, { name, arguments: given = {} }) {
  const tool = tools[name];
  if (!tool) return failure(`MCP error -32602: Tool ${name} not found`);
  const wrong = [...tool.schema.required.filter((one) => !(one in given))
    .map((one) => `Required at ${one}`),
  ...Object.keys(given).filter((one) => !(one in tool.schema.properties))
    .map((one) => `Unrecognized key: ${one}`), tool.check?.(given)]
    .filter(Boolean);
  if (wrong.length > 0) {
    return failure('MCP error -32602: Input validation error: Invalid ' +
      `arguments for tool ${name}: ${wrong[0]}`);
  }
  if (tool.fixed) return success(tool.fixed(given));
  const [method, path, body] = tool.run(given);
  const url = new URL(`/api/projects/101${path}`, 'https://us.posthog.com');
  const answered = answer(method, url, key, body, url.origin);
  if (answered.status !== 200) return apiFailure(name, answered);
  return success(tool.read ? tool.read(answered.body) : answered.body);
}

export class OldServer {
  constructor() {
    this.sessions = new Set();
    this.forgot = false;
  }

  handle = async (request, response) => {
    const key = bearer(request);
    if (request.method === 'DELETE') return sendText(response, 405, '{}');
    if (!key) {
      return sendText(response, 401, 'No token provided, please provide a ' +
        'valid API token.');
    }
    if (!/^ph[xa]_/.test(key)) {
      return sendText(response, 401, 'Invalid token, please provide a valid ' +
        'API token.');
    }
    const accept = request.headers.accept ?? '';
    const message = await bodyOf(request);
    if (!accept.includes('json') || !accept.includes('event-stream')) {
      return rpcText(response, 406, -32000, 'Not Acceptable: Client must ' +
        'accept both application/json and text/event-stream');
    }
    const me = answer('GET', new URL('https://us.posthog.com/api/users/@me/'),
      key, {}, '');
    if (me.status === 401) {
      return rpcText(response, 500, -32001, 'Initialization failed: Failed ' +
        'to get API key: INVALID_API_KEY');
    }
    return this.speak(request, response, key, message);
  };

  speak(request, response, key, message) {
    let session = request.headers['mcp-session-id'];
    if (message.method === 'initialize') {
      session = randomBytes(32).toString('hex');
      this.sessions.add(session);
    } else if (!session) {
      return rpcText(response, 400, -32000,
        'Bad Request: Mcp-Session-Id header is required');
    } else if (!this.sessions.has(session)) {
      return rpcText(response, 404, -32001, 'Session not found');
    }
    if (key === 'phx_readonly' && message.method === 'tools/call' &&
        !this.forgot) {
      this.forgot = true;  // Once: a client has to open a new session.
      this.sessions.delete(session);
      return rpcText(response, 404, -32001, 'Session not found');
    }
    if (message.id === undefined) {
      return sendText(response, 202, '', { 'mcp-session-id': session });
    }
    const text = JSON.stringify({ jsonrpc: '2.0', id: message.id,
      ...result(key, message) });
    // The first piece ends inside the JSON, as PostHog's did.
    response.writeHead(200, { 'content-type': 'text/event-stream',
      'cache-control': 'no-cache', 'mcp-session-id': session });
    response.write(`event: message\ndata: ${text.slice(0, 6)}`);
    return response.end(`${text.slice(6)}\n\n`);
  }
}

function result(key, { method, params }) {
  if (method === 'initialize') {
    return { result: { protocolVersion: params.protocolVersion,
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: 'PostHog', version: '1.0.0',
        instructions: 'You are a helpful assistant.' } } };
  }
  if (method === 'tools/list') return { result: { tools: list() } };
  if (method === 'tools/call') return { result: call(key, params) };
  return { error: { code: -32601, message: 'Method not found' } };
}

function rpcText(response, status, code, message) {
  return send(response, status, 'text/plain;charset=UTF-8', JSON.stringify({
    jsonrpc: '2.0', id: null, error: { code, message } }));
}
