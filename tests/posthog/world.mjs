// SPDX-License-Identifier: MIT
// The invented project that the REST stand-in tells of: names with quotes,
// commas, pipes and line breaks, counts that are null, more flags than a page.
const at = (day, hour = 0) =>
  new Date(Date.UTC(2026, 7, 31 - day, hour)).toISOString();
const author = { id: 3, first_name: 'Ada', last_name: 'Grebe',
  email: 'ada@harbour.example' };

export const organization = { id: '0191aaaa-0000-7000-8000-0000000000aa',
  name: 'Harbour', slug: 'harbour', is_ai_data_processing_approved: true,
  available_product_features: [] };

export const projects = [101, 102].map((id) => ({
  id, uuid: `0191aaaa-0000-7000-8000-000000000${id}`,
  organization: organization.id,
  name: id === 101 ? 'Harbour app' : 'Harbour staging',
  api_token: `phc_secret_of_${id}`, timezone: 'UTC', is_demo: false,
  test_account_filters_default_checked: true }));

export const user = { uuid: '0191aaaa-1111-7000-8000-000000000003',
  distinct_id: 'ada', ...author, organization,
  organizations: [organization],
  team: { id: 101, name: 'Harbour app', organization: organization.id } };

const oddKeys = { 1: 'new-menu, "beta"|x', 2: 'dark-mode' };
export const flags = Array.from({ length: 137 }, (_, i) => ({
  id: 2000 + i, key: oddKeys[i] ?? `flag-${i}`, name: `Flag ${i}`,
  active: i % 3 !== 0, deleted: false, archived: false,
  status: i % 3 ? 'ACTIVE' : 'STALE', tags: i % 2 ? [] : ['web', 'a,b'],
  created_at: at(i % 28), updated_at: at(i % 28), created_by: author,
  version: 1, ensure_experience_continuity: false, rollout_percentage: null,
  evaluation_runtime: 'all',
  filters: { groups: [{ variant: null, properties: [],
    rollout_percentage: i === 2 ? 25 : 100 }], payloads: {},
    multivariate: null } }));

const query = { kind: 'InsightVizNode', source: { kind: 'TrendsQuery',
  series: [{ kind: 'EventsNode', event: 'note saved' }] } };
const insightMade = { tags: [], favorited: false, saved: true,
  created_at: at(3), created_by: author, last_modified_at: at(3),
  last_modified_by: author, last_refresh: null, result: null, description: '' };
const laterInsights = [
  { id: 902, short_id: 'aB3cD4eF', name: 'Who comes back', ...insightMade,
    query: { kind: 'InsightVizNode', source: { kind: 'RetentionQuery',
      retentionFilter: { period: 'Week', totalIntervals: 3,
        targetEntity: { id: 'note saved', type: 'events' },
        returningEntity: { id: 'page viewed', type: 'events' } } } } },
  { id: 903, short_id: 'gH5iJ6kL', name: 'Notes by SQL', ...insightMade,
    query: { kind: 'DataVisualizationNode', source: { kind: 'HogQLQuery',
      query: 'select event, total, note from notes' } } }];
export const insights = [{ id: 900, short_id: 'kL9mN0pQ', name: 'Notes a day',
  description: '', query, tags: [], favorited: false, saved: true,
  created_at: at(1), created_by: author, last_modified_at: at(1),
  last_modified_by: author, last_refresh: at(0), result: null },
{ id: 901, short_id: 'rS1tU2vW', name: 'Readers | writers', description: 'x',
  query, tags: ['kpi'], favorited: true, saved: true, created_at: at(2),
  created_by: author, last_modified_at: at(2), last_modified_by: author,
  last_refresh: null, result: null }];
export const allInsights = [...insights, ...laterInsights];

export const dashboards = Array.from({ length: 3 }, (_, i) => ({
  id: 60 + i, name: i === 1 ? 'Growth, "Q3"\nboard' : `Board ${i}`,
  description: i ? '' : 'First - of all', pinned: i === 0,
  created_at: at(i), created_by: author, last_accessed_at: at(0),
  is_shared: false, deleted: false, creation_mode: 'default',
  tags: i ? [] : ['kpi'], team_id: 101, filters: { date_from: '-30d' },
  variables: {}, tiles: insights.map((insight, n) => ({ id: 70 + n, order: n,
    layouts: {}, color: null, insight })) }));

export const cohorts = [['Writers', 321, 'One line\nand another'],
  ['Ñandú 日本', null, ''], ['Trial, "old"|x', 0, 'a: b']].map(
  ([name, count, description], i) => ({ id: 500 + i, name, count, description,
    deleted: false, is_static: i === 2, is_calculating: false,
    created_by: author, created_at: at(i), last_calculation: at(0),
    errors_calculating: 0, experiment_set: [], cohort_type: 'behavioral',
    groups: [], query: i ? null : { kind: 'HogQLQuery', query: 'select 1' },
    filters: { properties: { type: 'OR', values: [] } } }));

export const persons = Array.from({ length: 5 }, (_, i) => ({
  id: `0191bbbb-0000-7000-8000-00000000000${i}`,
  uuid: `0191bbbb-0000-7000-8000-00000000000${i}`, type: 'person',
  name: `reader${i}@harbour.example`, distinct_ids: [`r-${i}`, `anon,${i}`],
  properties: { email: `reader${i}@harbour.example`,
    $geoip_country_code: i % 2 ? 'SE' : 'NZ', plan: 'pro' },
  is_identified: true, created_at: at(i), last_seen_at: i ? at(i) : null }));

export const issues = ['TypeError', 'Timeout, "late"', 'Lost|found'].map(
  (name, i) => ({ id: `0191eeee-0000-7000-8000-00000000000${i}`, name,
    description: `cannot read 'x${i}'`, status: 'active', severity: null,
    first_seen: at(20 - i), last_seen: at(i), library: 'web',
    source: `page-${i}.js`, function: 'draw', assignee: null,
    external_issues: [], aggregations: { occurrences: 400 - 90 * i,
      sessions: 40 - i, users: 30 - i, volumeRange: [1, 2],
      volume_buckets: [] } }));

export const recordings = Array.from({ length: 4 }, (_, i) => ({
  id: `0191ffff-0000-7000-8000-00000000000${i}`, distinct_id: `r-${i}`,
  viewed: false, viewers: [], recording_duration: 60 * (i + 1),
  active_seconds: 30, inactive_seconds: 30, start_time: at(i, 9),
  end_time: at(i, 10), click_count: 7 + i, keypress_count: 2,
  mouse_activity_count: 90, console_log_count: 0, console_warn_count: 0,
  console_error_count: i, start_url: `https://harbour.example/n?a=${i}&b=1`,
  person: { id: i, name: `reader${i}@harbour.example`,
    distinct_ids: [`r-${i}`], properties: {}, uuid: persons[i].uuid },
  storage: 'object_storage', snapshot_source: 'web', ongoing: false,
  activity_score: 5.5, external_references: [] }));

export const docs = '# Cohorts\nURL: https://posthog.com/docs/data/cohorts\n\n' +
  'A cohort is a list of people: "static" or not.\n\n' +
  '# Funnels\nURL: https://posthog.com/docs/funnels\n\nSteps in order.\n';
