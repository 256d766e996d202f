// SPDX-License-Identifier: MIT
#include "demo/trends_measure.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/property_filter.hpp"

namespace claribi::demo {

namespace {

using std::chrono::milliseconds;

constexpr QueryLimits limits{.rows = 2000000};

// A row of PostHog's maths. In `aggregate`, {} is the number of math_property.
struct Math {
  std::string_view name;
  std::string_view aggregate;
  bool of_property = false;
  int rolling_days = 0;
  bool firsts_only = false;
};

constexpr std::array<Math, 18> maths = {{
    {.name = "total", .aggregate = "count(*)"},
    {.name = "dau", .aggregate = "count(DISTINCT e.person)"},
    {.name = "weekly_active",
     .aggregate = "count(DISTINCT e.person)",
     .rolling_days = 7},
    {.name = "monthly_active",
     .aggregate = "count(DISTINCT e.person)",
     .rolling_days = 30},
    {.name = "unique_session", .aggregate = "count(DISTINCT e.session)"},
    {.name = "first_time_for_user",
     .aggregate = "count(*)",
     .firsts_only = true},
    {.name = "first_matching_event_for_user",
     .aggregate = "count(*)",
     .firsts_only = true},
    {.name = "first_time_for_user_with_filters",
     .aggregate = "count(*)",
     .firsts_only = true},
    {.name = "sum", .aggregate = "total({})", .of_property = true},
    {.name = "avg", .aggregate = "avg({})", .of_property = true},
    {.name = "min", .aggregate = "min({})", .of_property = true},
    {.name = "max", .aggregate = "max({})", .of_property = true},
    {.name = "median", .aggregate = "quantile({},0.5)", .of_property = true},
    {.name = "p75", .aggregate = "quantile({},0.75)", .of_property = true},
    {.name = "p90", .aggregate = "quantile({},0.9)", .of_property = true},
    {.name = "p95", .aggregate = "quantile({},0.95)", .of_property = true},
    {.name = "p99", .aggregate = "quantile({},0.99)", .of_property = true},
    {.name = "hogql", .aggregate = ""},
}};

const Math* math_named(std::string_view name) {
  const auto* found = std::ranges::find(maths, name, &Math::name);
  if (found == maths.end() || found->aggregate.empty()) return nullptr;
  return found;
}

// The statement under construction for one measure.
struct Statement {
  const World& world;
  const Measure& measure;
  const Math& math;
  Parameters parameters = {};
  std::string aggregate = {};
  std::string source = {};     // What stands for the row `e`.
  std::string condition = {};  // What such a row must meet.
};

Owner math_owner(const EventNode& node, std::string_view property) {
  const std::string type = node.written["math_property_type"].text_or("");
  if (property == "$session_duration" || type == "session_properties") {
    return Owner::session;
  }
  return type == "person_properties" ? Owner::person : Owner::event;
}

std::string aggregate_sql(const EventNode& node, const Math& math,
                          Parameters& parameters) {
  std::string sql(math.aggregate);
  if (!math.of_property) return sql;
  const std::string property = node.written["math_property"].text_or("");
  return sql.replace(
      sql.find("{}"), 2,
      property_number_sql(math_owner(node, property), property, parameters));
}

// The first event of each person. With filters, "first time" asks whether the
// very first event meets them, the other two take the first that does.
std::string firsts_sql(std::string_view condition) {
  return fmt::format(
      "(SELECT e.id, e.event, min(e.timestamp) AS timestamp, e.person, "
      "e.session, e.properties FROM events e WHERE {} GROUP BY e.person)",
      condition);
}

Result<Statement> start_statement(const World& world, const Measure& measure) {
  CLARIBI_TRY(check_math(measure.node));
  const EventNode& node = measure.node;
  Statement out{
      .world = world, .measure = measure, .math = *math_named(node.math)};
  out.aggregate = aggregate_sql(node, out.math, out.parameters);
  CLARIBI_TRY_ASSIGN(const std::string own,
                     node_sql(world, node, out.parameters));
  CLARIBI_TRY_ASSIGN(const std::string shared,
                     filter_sql(world, measure.properties, out.parameters));
  out.source = "events";
  out.condition = fmt::format("{} AND {}", own, shared);
  if (!out.math.firsts_only) return out;
  if (node.math == "first_time_for_user") {
    const EventNode bare{.order = node.order, .event = node.event};
    CLARIBI_TRY_ASSIGN(const std::string any,
                       node_sql(world, bare, out.parameters));
    out.source = firsts_sql(any);
  } else {
    out.source = firsts_sql(out.condition);
    out.condition = "1";
  }
  return out;
}

struct Window {
  Instant start;
  Instant end;
};

// The span that a value covers: its bucket, or the days up to its end.
Window window_of(const Bucket& bucket, const Math& math, const Moment& moment) {
  Window window{.start = bucket.start,
                .end = std::min(bucket.end, moment.now + milliseconds{1})};
  if (math.rolling_days > 0) {
    const auto& zone = moment.calendar.zone;
    window.start = zone.to_instant(
        add(zone.to_local(bucket.end), Unit::day, -math.rolling_days));
  }
  return window;
}

Bucket whole_of(const std::vector<Bucket>& buckets) {
  return {.local = buckets.front().local,
          .start = buckets.front().start,
          .end = buckets.back().end};
}

// As one total PostHog looks at the last 7 or 30 days up to now.
Window whole_window(const std::vector<Bucket>& buckets, const Math& math,
                    const Moment& moment) {
  Bucket whole = whole_of(buckets);
  if (math.rolling_days > 0) whole.end = std::min(whole.end, moment.now);
  return window_of(whole, math, moment);
}

int64_t count_ms(Instant at) {
  return at.time_since_epoch().count();
}

// The windows as rows of b(i, lo, hi). One range of the index is read for each.
std::string windows_sql(const std::vector<Window>& windows) {
  std::string rows;
  for (size_t i = 0; i < windows.size(); ++i) {
    rows += fmt::format("{}({},{},{})", i == 0 ? "" : ",", i,
                        count_ms(windows[i].start), count_ms(windows[i].end));
  }
  return fmt::format("WITH b(i,lo,hi) AS (VALUES {})", rows);
}

std::string select_sql(const Statement& statement,
                       const std::vector<Window>& windows,
                       std::string_view key) {
  return fmt::format(
      "{} SELECT b.i, {}, {} FROM b CROSS JOIN {} e "
      "WHERE e.timestamp>=b.lo AND e.timestamp<b.hi AND {} GROUP BY 1, 2",
      windows_sql(windows), key, statement.aggregate, statement.source,
      statement.condition);
}

// The place of the row's key among `keys`; their number for all others.
std::string place_sql(const Breakdown& breakdown,
                      const std::vector<std::string>& keys,
                      Parameters& parameters) {
  if (breakdown.empty()) return "+0";
  if (keys.empty()) return "+0";
  std::string sql = "CASE " + key_sql(breakdown, parameters);
  for (size_t i = 0; i < keys.size(); ++i) {
    sql += fmt::format(" WHEN {} THEN {}", parameters.bind(keys[i]), i);
  }
  return fmt::format("{} ELSE {} END", sql, keys.size());
}

std::optional<double> number_in(const Cell& cell) {
  if (const auto* integer = std::get_if<int64_t>(&cell)) {
    return static_cast<double>(*integer);
  }
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  return std::nullopt;
}

size_t place_in(const Cell& cell) {
  const auto* place = std::get_if<int64_t>(&cell);
  return place == nullptr ? 0 : static_cast<size_t>(*place);
}

}  // namespace

Result<void> check_math(const EventNode& node) {
  const Math* math = math_named(node.math);
  if (math == nullptr) {
    return fail(ErrorKind::tool_error,
                fmt::format("Validation error: Unsupported math: {} (field: "
                            "query.series.{}.math)",
                            node.math, node.order));
  }
  if (math->of_property && !node.written["math_property"].string()) {
    return fail(ErrorKind::tool_error,
                fmt::format("Validation error: math_property is required for "
                            "math {} (field: query.series.{}.math_property)",
                            node.math, node.order));
  }
  return {};
}

Result<std::vector<std::string>> rank_keys(const World& world,
                                           const Measure& measure,
                                           const std::vector<Bucket>& buckets) {
  std::vector<std::string> keys;
  if (measure.breakdown.empty() || buckets.empty()) return keys;
  CLARIBI_TRY_ASSIGN(Statement statement, start_statement(world, measure));
  const Window window = whole_window(buckets, statement.math, world.moment);
  const std::string key = key_sql(measure.breakdown, statement.parameters);
  const std::string sql =
      select_sql(statement, {window}, key) + " ORDER BY 3 DESC, 2";
  CLARIBI_TRY_ASSIGN(
      const Rows rows,
      world.store.query(sql, statement.parameters.used_in(sql), limits));
  bool some_have_none = false;
  for (const auto& row : rows.rows) {
    const auto& value = std::get<std::string>(row.at(1));
    if (value == no_value) {
      some_have_none = true;
    } else if (keys.size() < measure.breakdown.limit) {
      keys.push_back(value);
    }
  }
  if (some_have_none) keys.emplace_back(no_value);
  return keys;
}

Result<Grid> measure_grid(const World& world, const Measure& measure,
                          const std::vector<Bucket>& buckets,
                          const std::vector<std::string>& keys, Buckets how) {
  CLARIBI_TRY_ASSIGN(Statement statement, start_statement(world, measure));
  const size_t rows_wanted = measure.breakdown.empty() ? 1 : keys.size() + 1;
  std::vector<Window> windows;
  if (how == Buckets::whole && !buckets.empty()) {
    windows.push_back(whole_window(buckets, statement.math, world.moment));
  } else if (how == Buckets::each) {
    for (const Bucket& bucket : buckets)
      windows.push_back(window_of(bucket, statement.math, world.moment));
  }
  Grid grid(rows_wanted, std::vector<std::optional<double>>(windows.size()));
  if (windows.empty()) return grid;
  const std::string place =
      place_sql(measure.breakdown, keys, statement.parameters);
  const std::string sql = select_sql(statement, windows, place);
  CLARIBI_TRY_ASSIGN(
      const Rows rows,
      world.store.query(sql, statement.parameters.used_in(sql), limits));
  for (const auto& row : rows.rows) {
    grid.at(place_in(row.at(1))).at(place_in(row.at(0))) = number_in(row.at(2));
  }
  return grid;
}

}  // namespace claribi::demo
