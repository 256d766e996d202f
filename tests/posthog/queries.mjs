// SPDX-License-Identifier: MIT
// What POST /query/ and the SQL endpoint of PostHog's REST API answer, with
// the numbers of a made-up week.
const days = Array.from({ length: 8 }, (_, i) => `2026-09-0${i + 1}`);
const before = Array.from({ length: 8 }, (_, i) => `2026-08-${24 + i}`);
const label = (day) => day.split('-').reverse().join('.');

function trend(event, order, factor, own = days) {
  const data = own.map((_, i) => (50 + 10 * i) * factor);
  return { action: { days: days.map((day) => `${day}T00:00:00Z`),
    id: event, type: 'events', order, name: event, custom_name: null,
    math: 'total', math_property: null, properties: {} },
    label: event, count: data.reduce((a, b) => a + b, 0), data,
    labels: own.map(label), days: own, filter: { insight: 'TRENDS' } };
}

function table(head, rows) {
  return [head, ...rows].map((cells) => cells.join('|')).join('\n');
}

function trendText(series) {
  return table(['Date', ...series.map((one) => one.label)],
    days.map((day, i) => [i === 7 ? `${day} (partial)` : day,
      ...series.map((one) => one.data[i])])) +
    '\n\nNote: rows marked "(partial)" cover an interval that is still in ' +
    'progress as of the query time, so their values are incomplete. ' +
    'Timezone: UTC.';
}

function trends(query) {
  const nodes = query.series.map((node) => node.event ?? 'All events');
  const shown = query.trendsFilter?.display === 'BoldNumber';
  let series = nodes.map((event, i) => trend(event, i, i + 1));
  if (query.breakdownFilter?.breakdowns ?? query.breakdownFilter?.breakdown) {
    const limit = query.breakdownFilter.breakdown_limit ?? 25;
    const values = Array.from({ length: 30 }, (_, i) => `value ${i}`);
    series = values.slice(0, limit).map((value, i) => ({
      ...trend(nodes[0], 0, 30 - i), label: value, breakdown_value: [value] }));
  }
  if (query.compareFilter?.compare) {
    series = series.flatMap((one) => [
      { ...one, compare: true, compare_label: 'current' },
      { ...trend(one.label, 0, 3, before), compare: true,
        compare_label: 'previous' }]);
  }
  if (shown) {
    series = series.map((one) => ({ ...one, aggregated_value: one.count,
      data: [], days: [], labels: [], count: 0 }));
  }
  return { results: series, formatted_results: shown
    ? `Date range|Aggregated value for ${nodes[0]}\n2026|${1000}`
    : trendText(series) };
}

function steps(query, value) {
  const counts = [1000, 400, 90, 20];
  return query.series.map((node, i) => ({ action_id: node.event,
    name: node.event, custom_name: node.custom_name ?? null, order: i,
    people: [], count: counts[i], type: 'events',
    average_conversion_time: i ? 30.5 * i : null,
    median_conversion_time: i ? 12 : null, converted_people_url: '/x',
    dropped_people_url: i ? '/x' : null,
    ...(value ? { breakdown: [value], breakdown_value: [value] } : {}) }));
}

function funnelText(rows) {
  const percent = (part) => `${Math.round(part * 10000) / 100}%`;
  const share = (row) => row.count / rows[0].count;
  return table(['Metric', ...rows.map((row) => row.name)], [
    ['Total person count', ...rows.map((row) => row.count)],
    ['Conversion rate', ...rows.map((row) => percent(share(row)))],
    ['Dropoff rate', ...rows.map((row) => percent(1 - share(row)))]]);
}

function funnel(query) {
  const head = 'Date range: 2026-09-01 00:00:00 to 2026-09-08 23:59:59 (UTC)';
  if (query.breakdownFilter?.breakdown) {
    const results = ['NZ', 'SE'].map((value) => steps(query, value));
    return { results, formatted_results: head + results.map((rows) =>
      `\n\n---${rows[0].breakdown_value[0]}\n${funnelText(rows)}`).join('') };
  }
  const results = steps(query);
  return { results,
    formatted_results: `${head}\n\n${funnelText(results)}\n\nRates are overall.` };
}

function timeToConvert() {
  return { results: { bins: [[0, 12], [60, 30], [120, 5]],
    average_conversion_time: 71.5 }, formatted_results: 'x' };
}

// Every row has all cells; what has not happened yet is 0.
function retention(query) {
  const { period = 'Day', totalIntervals = 8 } = query.retentionFilter;
  const starts = days.slice(0, 4);
  const results = starts.map((day, row) => ({ label: `${period} ${row}`,
    date: `${day}T00:00:00Z`, breakdown_value: null,
    values: Array.from({ length: totalIntervals }, (_, i) => ({
      count: row + i < starts.length ? 120 / 2 ** i - row : 0,
      label: `${period} ${i}` })) }));
  const percent = (cell, row) =>
    `${Math.round(10000 * cell.count / row.values[0].count) / 100}%`;
  return { results, formatted_results:
    `Date range: ${days[0]} 00:00 to ${days[3]} 00:00\n` +
    `Time interval: ${period}\n` + table(
      ['Date', 'Number of persons on date',
        ...results[0].values.map((cell) => cell.label)],
      results.map((row, i) => [`${starts[i]} 00:00`, row.values[0].count,
        ...row.values.map((cell) => percent(cell, row))])) };
}

function lifecycle(query) {
  const event = query.series[0].event;
  const results = ['new', 'returning', 'resurrecting', 'dormant'].map(
    (status, i) => ({ ...trend(event, 0, i === 3 ? -1 : 1),
      label: `${event} - ${status}`, status }));
  return { results, formatted_results: table(
    ['Date', 'New', 'Returning', 'Resurrecting', 'Dormant'],
    days.map((day, i) => [day, ...results.map((one) => one.data[i])])) };
}

// Here `days` are numbers of intervals.
function stickiness(query) {
  const data = [200, 150, 100, 50];
  const unit = query.interval ?? 'day';
  const results = query.series.map((node, order) => ({ count: 500, data,
    days: [1, 2, 3, 4], label: node.event,
    labels: data.map((_, i) => `${i + 1} ${unit}${i ? 's' : ''}`),
    action: { order, type: 'events', name: node.event, id: node.event } }));
  return { results, formatted_results: table(
    ['Interval', ...results.map((one) => one.label)],
    data.map((count, i) => [results[0].labels[i], ...results.map(() => count)])) };
}

// Times are in milliseconds; the text takes them for seconds.
function paths(query) {
  const start = query.pathsFilter.startPoint ?? 'page viewed';
  const results = [
    { source: `1_${start}`, target: '2_note saved', value: 150,
      average_conversion_time: 42000 },
    { source: `1_${start}`, target: '2_note, "shared"|x', value: 80,
      average_conversion_time: 75000 },
    { source: '2_note saved', target: '3_page viewed', value: 120,
      average_conversion_time: 31500.5 }].slice(0, query.pathsFilter.edgeLimit);
  return { results, formatted_results: table(
    ['Source', 'Target', 'Users', 'Avg. conversion time'],
    results.map((edge) => [edge.source, edge.target, edge.value, '11h 40m'])) };
}

const kinds = {
  TrendsQuery: trends,
  FunnelsQuery: (query) =>
    query.funnelsFilter?.funnelVizType === 'time_to_convert'
      ? timeToConvert() : funnel(query),
  RetentionQuery: retention,
  LifecycleQuery: lifecycle,
  StickinessQuery: stickiness,
  PathsQuery: paths,
};

// Events that must fail, by name.
export function queryAnswer(query) {
  const events = (query.series ?? []).map((node) => node.event);
  if (events.includes('invalid')) {
    return { status: 400, body: { type: 'validation_error',
      code: 'invalid_input', detail: 'Unable to resolve field: foo',
      attr: 'query' } };
  }
  if (events.includes('boom')) {
    return { status: 500, body: { type: 'server_error', code: 'error',
      detail: 'A server error occurred.', attr: null } };
  }
  const answer = kinds[query.kind]?.(query);
  if (!answer) return null;
  return { status: 200, body: { hasMore: false, timezone: 'UTC',
    is_cached: false, hogql: 'SELECT 1', last_refresh: '2026-09-08T12:00:00Z',
    ...answer } };
}

// Columns and rows for a statement; what a test wants is in its words.
export function sqlRows(text) {
  if (/information_schema/.test(text)) {
    return { columns: ['table_name', 'column_name', 'data_type'],
      rows: [['events', 'event', 'String'], ['events', 'timestamp', 'DateTime'],
        ['persons', 'id', 'UUID']] };
  }
  if (/many/.test(text)) {
    const limit = Number(/limit (\d+)/i.exec(text)?.[1] ?? 100);
    return { columns: ['n'],
      rows: Array.from({ length: Math.min(limit, 50000) }, (_, i) => [i]) };
  }
  if (/odd/.test(text)) {
    return { columns: ['event', 'note'], rows: [['a|b', 'x'], ['c', 'y\nz']] };
  }
  if (/from events/.test(text) && /volume/.test(text)) {
    return { columns: ['event', 'volume'],
      rows: [['note saved', 5200], ['page viewed', 900]] };
  }
  return { columns: ['event', 'total', 'note'],
    rows: [['note saved', '9007199254740993', null], ['page viewed', '17', 'é']] };
}
