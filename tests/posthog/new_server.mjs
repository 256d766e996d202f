// SPDX-License-Identifier: MIT
// The MCP server of September 2026: PostHog's own tools, schemas, argument
// errors and result texts behind an HTTP layer of ours. Status codes and the
// texts of refusals are written after the published source.
import { randomUUID } from 'node:crypto';
import { bearer, bodyOf, sendJson, sendText } from './http.mjs';

const help = 'View the documentation for more information: ' +
  'https://posthog.com/docs/api#authentication';
const remedy = (scope) => `\n\nYour Personal API key is missing the '${scope}' ` +
  'scope.\n\nTo fix: edit the Personal API key in PostHog and add it.';

// Keys whose requests never reach a tool.
const transportFaults = {
  phx_burst: [429, 'Rate limit exceeded (mcp_burst). Retry after 7s.',
    { 'Retry-After': '7', 'X-RateLimit-Scope': 'mcp_burst' }],
  phx_draining: [503, 'Server is draining'],
  phx_crash: [500, 'Internal server error'],
};

export class NewServer {
  constructor(bundle, restUrl) {
    this.bundle = bundle;
    this.restUrl = restUrl;
    this.states = new Map();
    this.factories = bundle.mergeToolFactories({
      generated: bundle.GENERATED_TOOL_MAP, handwritten: bundle.TOOL_MAP });
    this.schemas = new Map();
    this.changed = '';
  }

  // What is kept per key and project; PostHog keeps it per key.
  stateOf(key, project) {
    const name = `${key} ${project}`;
    if (!this.states.has(name)) {
      const { MemoryCache, ApiClient, StateManager, SessionManager } =
        this.bundle;
      const cache = new MemoryCache(name);
      const api = new ApiClient({ apiToken: key, baseUrl: this.restUrl,
        publicBaseUrl: 'https://us.posthog.com', clientUserAgent: 'claribi' });
      const stateManager = new StateManager(cache, api);
      if (project) cache.set('projectId', project);
      this.states.set(name, { api, cache, stateManager, env: {},
        sessionManager: new SessionManager(cache), trackEvent: async () => {},
        getDistinctId: () => stateManager.getDistinctId() });
    }
    return this.states.get(name);
  }

  tool(name) {
    const definition = this.bundle.getToolDefinitions()[name];
    return { ...this.factories[name](), name, title: definition.title,
      description: definition.description,
      scopes: definition.required_scopes ?? [],
      annotations: definition.annotations };
  }

  // The tools that this key may see, as the request's switches want them.
  async toolsFor(context, switches) {
    const { scopes, scoped_teams } = await context.stateManager.getApiKey();
    const names = this.bundle.getToolsForFeatures({ tools: switches.tools,
      readOnly: switches.readOnly, scopedTeams: scoped_teams,
      isCloud: true });
    return names.filter((name) => this.factories[name])
      .map((name) => this.tool(name))
      .filter((tool) => tool.scopes.every((scope) =>
        this.bundle.hasScope(scopes, scope)));
  }

  schemaOf(tool) {
    if (!this.schemas.has(tool.name)) {
      const { $schema, additionalProperties, ...schema } =
        this.bundle.toJSONSchema(tool.schema,
          { io: 'input', target: 'draft-7' });
      this.schemas.set(tool.name, schema);
    }
    return this.schemas.get(tool.name);
  }

  describe(tools) {
    const entries = tools.map((tool) => ({ name: tool.name, title: tool.title,
      description: tool.description, inputSchema: this.schemaOf(tool),
      annotations: tool.annotations, ...(tool._meta ? { _meta: tool._meta }
        : {}) }));
    for (const entry of entries) {
      // A description that changes from one day to the next.
      if (this.changed === entry.name) entry.description += ' Changed.';
    }
    return this.bundle.getPostHogClient().prepareToolList(entries);
  }

  exec(tools, context) {
    return this.bundle.createExecTool(tools, context,
      'Runs a command of PostHog.', 'A command string.', undefined, undefined,
      [], {});
  }

  async list(context, switches) {
    const tools = await this.toolsFor(context, switches);
    if (switches.cli) return this.describe([this.exec(tools, context)]);
    return this.describe(tools);
  }

  async call(context, switches, { name, arguments: given = {} }) {
    const tools = await this.toolsFor(context, switches);
    const tool = name === 'exec' ? this.exec(tools, context)
      : tools.find((one) => one.name === name);
    if (!tool) return failure(`Tool ${name} not found`);
    const { args } = this.bundle.getPostHogClient()
      .prepareToolCall(name, given);
    const parsed = tool.schema.safeParse(args, { reportInput: true });
    if (!parsed.success) {
      return failure(this.bundle.formatInputValidationError(name,
        parsed.error, args, tool.schema));
    }
    try {
      const handlerResult = await tool.handler(context, parsed.data);
      const profile = new this.bundle.MCPClientProfile(
        { clientName: 'claribi' });
      return this.bundle.buildToolResultPayload({ handlerResult,
        toolMeta: tool._meta, toolName: name, params: parsed.data,
        distinctId: await context.getDistinctId(),
        suppressStructuredContentForFormattedResults:
          profile.isCliModeEnabled() });
    } catch (error) {
      const extra = error.missingScope ? remedy(error.missingScope) : '';
      return failure(`Error: [${name}]: ${error.message}${extra}`);
    }
  }

  // Whether the key may speak at all; sends the refusal if not.
  async admits(key, context, response) {
    if (transportFaults[key]) {
      const [status, text, headers] = transportFaults[key];
      return refuse(response, status, text, headers);
    }
    if (!key) {
      return refuse(response, 401, 'No token provided, please provide a valid ' +
        `API token. ${help}`, { 'WWW-Authenticate':
        'Bearer resource_metadata="https://mcp.posthog.com/.well-known/x"' });
    }
    if (!/^ph[xa]_/.test(key)) {
      return refuse(response, 401, 'Invalid token, please provide a valid API ' +
        `token. ${help}`);
    }
    if (key.startsWith('pha_')) {
      return refuse(response, 401, 'OAuth token is inactive');
    }
    try {
      await context.stateManager.getApiKey();
      await context.stateManager.getUser();
    } catch (error) {
      const scope = /scope: '([^']+)'/.exec(error.message)?.[1];
      if (!scope) return refuse(response, 401, 'Invalid API key');
      return refuse(response, 403, `Missing PostHog API scope: '${scope}'` +
        remedy(scope), { 'WWW-Authenticate': 'Bearer error=' +
        `"insufficient_scope", scope="${scope}"` });
    }
    return true;
  }

  async handle(request, response) {
    if (request.method !== 'POST') {
      return sendText(response, 405, 'Method not allowed');
    }
    const key = bearer(request);
    const url = new URL(request.url, 'http://127.0.0.1');
    const switches = switchesOf(request, url);
    const context = this.stateOf(key, switches.project);
    const message = await bodyOf(request);
    if (!await this.admits(key, context, response)) return undefined;
    if (message.id === undefined) return sendText(response, 202, '');
    const result = await this.result(context, switches, message);
    const session = request.headers['mcp-session-id'] ?? randomUUID();
    return sendJson(response, 200, { jsonrpc: '2.0', id: message.id,
      ...result }, { 'mcp-session-id': session });
  }

  async result(context, switches, message) {
    const { method, params } = message;
    if (method === 'initialize') {
      return { result: { protocolVersion: '2025-11-25',
        capabilities: { tools: { listChanged: false } },
        serverInfo: { name: 'PostHog', version: '1.0.0' },
        instructions: 'x'.repeat(25000) } };
    }
    if (method === 'tools/list') {
      return { result: { tools: await this.list(context, switches) } };
    }
    if (method === 'tools/call') {
      return { result: await this.call(context, switches, params) };
    }
    return { error: { code: -32601, message: 'Method not found' } };
  }
}

const failure = (text) =>
  ({ content: [{ type: 'text', text }], isError: true });

function refuse(response, status, text, headers) {
  sendText(response, status, text, headers);
  return false;
}

// The pins of a request. Under /pinless the server acts as one that ignores
// the mode, as PostHog does for clients that it does not know.
function switchesOf(request, url) {
  const header = (name) => request.headers[`x-posthog-${name}`];
  const parameter = (name) => url.searchParams.get(name);
  const mode = header('mcp-mode') ?? parameter('mode') ?? 'cli';
  const readOnly = header('read-only') ?? parameter('readonly') ?? '';
  return { cli: mode !== 'tools' || url.pathname.startsWith('/pinless'),
    readOnly: ['true', '1'].includes(readOnly),
    tools: parameter('tools')?.split(','),
    project: header('project-id') ?? parameter('project_id') ?? '' };
}
