// SPDX-License-Identifier: MIT
// A stand-in for PostHog's REST API: the shapes of its answers, the keys and
// faults that a test can ask for by name.
import * as world from './world.mjs';
import { queryAnswer, sqlRows } from './queries.mjs';

const reads = ['dashboard', 'feature_flag', 'query', 'insight',
  'error_tracking', 'session_recording', 'cohort', 'person', 'project',
  'organization', 'event_definition', 'property_definition', 'user'];
const readScopes = reads.map((name) => `${name}:read`);

// What each key may do. Any other key is refused.
const keys = {
  phx_good: { scopes: ['*'] },
  phx_readonly: { scopes: readScopes },
  phx_dashonly: { scopes: ['user:read', 'dashboard:read'] },
  phx_nouser: { scopes: ['dashboard:read'] },
  phx_projectscoped: { scopes: ['*'], scoped_teams: [101] },
  phx_throttled: { scopes: ['*'] },
  phx_noqueryscope: { scopes: ['*'] },
  phx_noproject: { scopes: ['*'] },
};

const denied = (detail) => ({ status: 403, body: {
  type: 'authentication_error', code: 'permission_denied', detail,
  attr: null } });
const missing = { status: 404, body: { type: 'invalid_request',
  code: 'not_found', detail: 'Not found.', attr: null } };
const ok = (body) => ({ status: 200, body });

function page(rows, url, base, counted = true) {
  const limit = Number(url.searchParams.get('limit') ?? 100);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const at = (place) => {
    const other = new URL(url.pathname + url.search, base);
    other.searchParams.set('limit', limit);
    other.searchParams.set('offset', place);
    return other.href;
  };
  return ok({ ...(counted ? { count: rows.length } : {}),
    next: offset + limit < rows.length ? at(offset + limit) : null,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    results: rows.slice(offset, offset + limit) });
}

const lists = { feature_flags: world.flags, dashboards: world.dashboards,
  cohorts: world.cohorts, insights: world.allInsights, persons: world.persons };

function listOrObject(name, id, url, base) {
  const rows = lists[name];
  if (id) {
    const found = rows.find((row) => String(row.id) === id ||
      row.short_id === id || row.distinct_ids?.includes(id));
    return found ? ok(found) : missing;
  }
  const key = url.searchParams.get('key');
  const shortId = url.searchParams.get('short_id');
  const search = url.searchParams.get('search');
  const kept = rows.filter((row) => (!key || row.key === key) &&
    (!shortId || row.short_id === shortId) &&
    (!search || row.name.includes(search)));
  const shown = name === 'dashboards'
    ? kept.map(({ tiles, ...row }) => row) : kept;
  return page(shown, url, base, name !== 'persons');
}

function executeSql({ query }) {
  if (query.includes('boom')) {
    return ok({ success: false,
      content: 'Query validation failed: Unable to resolve field: boom' });
  }
  const { columns, rows } = sqlRows(query);
  return ok({ success: true, content: [columns, ...rows].map((cells) =>
    cells.map((cell) => cell ?? '(null)').join('|')).join('\n') });
}

function query(body, key) {
  if (key === 'phx_noqueryscope') {
    return denied("API key missing required scope 'query:read'");
  }
  // A saved insight is asked for with the node that it is kept in.
  const asked = body.query.source ?? body.query;
  if (asked.kind === 'RecordingsQuery') {
    const limit = asked.limit ?? 100;
    return ok({ results: world.recordings.slice(0, limit),
      has_next: limit < world.recordings.length });
  }
  if (asked.kind === 'HogQLQuery') {
    const { columns, rows } = sqlRows(asked.query);
    return ok({ columns, results: rows, hasMore: false });
  }
  return queryAnswer(asked) ?? missing;
}

// The words of PostHog's published source: an example stands before the
// results, a description behind a dash.
const properties = (results) => 'The data format is as follows:\n' +
  '<Data type>\n- $event \u2013 description text here\n- another_event\n' +
  `</Data type>\n...\n---\nResults:\n${results}`;
const dynamic = (of) => `\n\nNOTE: Some ${of} properties follow dynamic naming ` +
  'patterns and will NOT appear in the list above.\n- $feature/{key}';
const taxonomy = {
  events: 'events:\n- `note saved`\n- `page viewed` - A page was opened - or ' +
    'reloaded',
  event_properties: properties('<String>\n- $browser \u2013 Name of the ' +
    'browser.\n</String>\n<Numeric>\n- words\n</Numeric>') + dynamic('event'),
  entity_properties: properties('<String>\n- email\n- plan\n</String>') +
    dynamic('person'),
  event_property_values: '"Chrome", "Fire, fox", "Safari" and 12 more ' +
    'distinct values.',
  entity_property_values: '3, 7.5 and 1 more distinct value.',
};

function projectAnswer(method, url, rest, body, key, base) {
  const [name, id, sub] = rest;
  if (!name) return ok(world.projects[0]);
  if (method === 'GET' && lists[name]) {
    return listOrObject(name, id, url, base);
  }
  if (name === 'error_tracking') {
    const limit = body.limit ?? 25;
    const offset = body.offset ?? 0;
    return ok({ results: world.issues.slice(offset, offset + limit),
      hasMore: offset + limit < world.issues.length, limit, offset });
  }
  if (name === 'query') return query(body, key);
  if (name === 'groups_types') return ok([]);
  if (name === 'mcp_tools' && id === 'execute_sql') {
    return key === 'phx_noqueryscope' ? query({}, key) : executeSql(body.args);
  }
  if (name === 'mcp_tools' && id === 'read_taxonomy') {
    return ok({ success: true,
      content: taxonomy[body.args.query.kind] ?? 'No items.' });
  }
  if (name === 'mcp_tools' && id === 'docs_search') {
    return ok({ content: world.docs });
  }
  return sub ? missing : missing;
}

// The answer to one request: {status, body, headers?}.
export function answer(method, url, key, body, base) {
  const path = url.pathname.split('/').filter(Boolean);
  if (path[0] === 'oauth') return ok({ active: false });
  const rights = keys[key];
  if (!rights) {
    return { status: 401, body: { type: 'authentication_error',
      code: 'authentication_failed', attr: null,
      detail: 'Personal API key found in request Authorization header is ' +
        'invalid.' } };
  }
  if (path[1] === 'users') {
    if (key === 'phx_nouser') {
      return denied("API key missing required scope 'user:read'");
    }
    return ok(key === 'phx_noproject'
      ? { ...world.user, team: null, organization: null } : world.user);
  }
  if (path[1] === 'personal_api_keys') {
    return ok({ id: 'k', label: 'test', scopes: rights.scopes,
      scoped_teams: rights.scoped_teams ?? [], scoped_organizations: [] });
  }
  if (key === 'phx_throttled') {
    return { status: 429, headers: { 'retry-after': '40' }, body: {
      type: 'throttled_error', code: 'throttled', attr: null,
      detail: 'Request was throttled. Expected available in 40 seconds.' } };
  }
  if (path[1] === 'organizations') {
    if (path[3] === 'projects') return page(world.projects, url, base);
    return path[2] ? ok(world.organization)
      : page([world.organization], url, base);
  }
  if (path[2] !== '101' && path[2] !== '@current') {
    return denied('API key does not have access to the requested project: ' +
      `ID ${path[2]}.`);
  }
  return projectAnswer(method, url, path.slice(3), body, key, base);
}
