// SPDX-License-Identifier: MIT
// Who came back after an interval in which they did something.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/activity.hpp"
#include "demo/property_filter.hpp"
#include "demo/query_frame.hpp"
#include "demo/schema_parts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool_name = "query-retention";
constexpr int64_t usual_intervals = 8;
constexpr int64_t most_intervals = 400;
constexpr QueryLimits limits{.rows = 5000000};

// Which of a person's target events put them into a cohort.
enum class Start {
  recurring,   // Every one.
  first_time,  // The first one that meets the filters.
  first_ever,  // The first one, if it meets the filters.
};

struct RetentionQuery {
  EventNode target = {};
  EventNode returning = {};
  Start start = Start::recurring;
  std::string period = "Day";
  size_t cells = usual_intervals;
  int64_t least = 1;  // Returning events in an interval that make it one.
  bool cumulative = false;
  std::vector<Bucket> buckets = {};
};

// How many of a cohort were there after so many intervals.
using Counts = std::vector<std::vector<int64_t>>;

std::unexpected<Error> invalid(std::string_view what, std::string_view field) {
  return fail(
      ErrorKind::tool_error,
      fmt::format("Validation error: {} (field: query.retentionFilter.{})",
                  what, field));
}

Result<EventNode> read_entity(const json::Value& filter,
                              std::string_view member) {
  const auto& entity = filter[member];
  if (entity.is_null()) {
    return EventNode{.event = "$pageview", .written = json::Object{}};
  }
  const auto type = entity["type"].text_or("events");
  if (type != "events" || entity["id"].is_number()) {
    return invalid(
        fmt::format("this project has no data for entities of type {}", type),
        member);
  }
  EventNode node{.written = entity};
  const auto& id = entity["id"].is_null() ? entity["name"] : entity["id"];
  if (const auto event = id.string()) node.event = std::string(*event);
  return node;
}

Result<Start> read_start(const json::Value& filter) {
  const auto type = filter["retentionType"].text_or("retention_recurring");
  if (type == "retention_recurring") return Start::recurring;
  if (type == "retention_first_time") return Start::first_time;
  if (type == "retention_first_ever_occurrence") return Start::first_ever;
  return invalid(fmt::format("Unsupported retention type: {}", type),
                 "retentionType");
}

Result<Unit> read_period(const std::string& period) {
  if (period == "Hour") return Unit::hour;
  if (period == "Day") return Unit::day;
  if (period == "Week") return Unit::week;
  if (period == "Month") return Unit::month;
  return invalid(fmt::format("Period {} is unsupported.", period), "period");
}

// What PostHog has and the demo has not must not be ignored in silence.
Result<void> check_supported(const json::Value& filter) {
  if (filter["aggregationType"].text_or("count") != "count") {
    return invalid("this project's server only counts persons",
                   "aggregationType");
  }
  if (filter["retentionCustomBrackets"].size() > 0) {
    return invalid("this project's server has no custom brackets",
                   "retentionCustomBrackets");
  }
  const auto mode = filter["timeWindowMode"].text_or("strict_calendar_dates");
  if (mode != "strict_calendar_dates") {
    return invalid("this project's server has only calendar intervals",
                   "timeWindowMode");
  }
  return {};
}

// Without a start, as many intervals as there are cells, up to the end.
Result<std::vector<Bucket>> read_buckets(const World& world,
                                         const json::Value& date_range,
                                         Unit unit, size_t cells) {
  const Calendar& calendar = world.moment.calendar;
  CLARIBI_TRY_ASSIGN(TimeRange range, read_time_range(world, date_range, unit));
  if (date_range["date_from"].text_or("").empty()) {
    const auto last =
        start_of(unit, range.to - std::chrono::seconds{1}, calendar);
    range.from = add(last, unit, 1 - static_cast<int>(cells));
  }
  return cut(range, unit, calendar);
}

Result<RetentionQuery> read_query(const World& world,
                                  const json::Value& arguments) {
  CLARIBI_TRY(check_arguments(tool_name, query_retention_schema(), arguments));
  const auto& filter = arguments["retentionFilter"];
  CLARIBI_TRY(check_supported(filter));
  RetentionQuery query;
  CLARIBI_TRY_ASSIGN(query.target, read_entity(filter, "targetEntity"));
  CLARIBI_TRY_ASSIGN(query.returning, read_entity(filter, "returningEntity"));
  CLARIBI_TRY_ASSIGN(query.start, read_start(filter));
  query.period = filter["period"].text_or("Day");
  CLARIBI_TRY_ASSIGN(const Unit unit, read_period(query.period));
  const auto cells = filter["totalIntervals"].is_null()
                         ? usual_intervals
                         : filter["totalIntervals"].integer().value_or(0);
  if (cells < 1 || cells > most_intervals) {
    return invalid("totalIntervals must be from 1 to 400", "totalIntervals");
  }
  query.cells = static_cast<size_t>(cells);
  query.least = filter["minimumOccurrences"].integer().value_or(1);
  query.cumulative = filter["cumulative"].boolean().value_or(false);
  CLARIBI_TRY_ASSIGN(query.buckets, read_buckets(world, arguments["dateRange"],
                                                 unit, query.cells));
  return query;
}

std::optional<size_t> bucket_of(const std::vector<Bucket>& buckets,
                                int64_t at) {
  const Instant instant{std::chrono::milliseconds{at}};
  const auto next =
      std::ranges::upper_bound(buckets, instant, {}, &Bucket::start);
  if (next == buckets.begin() || instant >= std::prev(next)->end) {
    return std::nullopt;
  }
  return static_cast<size_t>(std::prev(next) - buckets.begin());
}

// The first target event of each person, however long ago, if it lies in a
// bucket.
Result<std::vector<Activity>> first_starts(const World& world,
                                           const RetentionQuery& query,
                                           const json::Value& arguments) {
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(
      const std::string own,
      filter_sql(world, query.target.written["properties"], parameters));
  const EventNode bare{.event = query.target.event};
  CLARIBI_TRY_ASSIGN(const std::string any,
                     query_node_sql(world, bare, arguments, parameters));
  const bool ever = query.start == Start::first_ever;
  const std::string sql = fmt::format(
      "SELECT e.person, min(e.timestamp) FROM events e WHERE e.timestamp<={} "
      "AND {} AND {} GROUP BY e.person {}",
      world.moment.now.time_since_epoch().count(), any, ever ? "1" : own,
      ever ? fmt::format(
                 "HAVING min(e.timestamp)=min(iif({},e.timestamp,NULL))", own)
           : "");
  CLARIBI_TRY_ASSIGN(const Rows rows,
                     world.store.query(sql, parameters.used_in(sql), limits));
  std::vector<Activity> starts;
  for (const auto& row : rows.rows) {
    if (const auto bucket = bucket_of(query.buckets, integer_in(row[1]))) {
      starts.push_back({.person = integer_in(row[0]), .bucket = *bucket});
    }
  }
  std::ranges::sort(starts, {}, &Activity::person);
  return starts;
}

Result<std::vector<Activity>> activity_of(const World& world,
                                          const RetentionQuery& query,
                                          const EventNode& node,
                                          const json::Value& arguments) {
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(const std::string condition,
                     query_node_sql(world, node, arguments, parameters));
  return read_activity(world, condition, parameters, query.buckets);
}

// Adds one person of one cohort, who came back in these buckets.
void count_person(std::vector<int64_t>& row, size_t start,
                  std::span<const Activity> returns,
                  const RetentionQuery& query) {
  ++row[0];
  size_t last = 0;
  for (const Activity& came : returns) {
    if (came.bucket <= start || came.count < query.least) continue;
    const size_t after = came.bucket - start;
    if (after >= row.size()) break;
    if (!query.cumulative) ++row[after];
    last = after;
  }
  // Who comes back later has not left before.
  for (size_t i = 1; query.cumulative && i <= last; ++i)
    ++row[i];
}

// Both lists are in the order of persons.
Counts count_all(const RetentionQuery& query,
                 const std::vector<Activity>& starts,
                 const std::vector<Activity>& returns) {
  Counts counts(query.buckets.size(), std::vector<int64_t>(query.cells));
  auto from = returns.begin();
  for (const Activity& start : starts) {
    while (from != returns.end() && from->person < start.person)
      ++from;
    auto to = from;
    while (to != returns.end() && to->person == start.person)
      ++to;
    count_person(counts[start.bucket], start.bucket, std::span(from, to),
                 query);
  }
  return counts;
}

// As PostHog: what has not happened yet is 0, like what did not happen.
json::Value results_json(const RetentionQuery& query, const Counts& counts) {
  json::Array rows;
  for (size_t i = 0; i < query.buckets.size(); ++i) {
    json::Array cells;
    for (size_t k = 0; k < query.cells; ++k) {
      cells.push_back(
          json::Object{{"count", counts[i][k]},
                       {"label", fmt::format("{} {}", query.period, k)}});
    }
    rows.push_back(
        json::Object{{"values", std::move(cells)},
                     {"label", fmt::format("{} {}", query.period, i)},
                     {"date", offset_text(query.buckets[i])},
                     {"breakdown_value", nullptr}});
  }
  return rows;
}

// The query as it is echoed, with PostHog's defaults.
json::Value normalised(const json::Value& arguments) {
  json::Value query = echoed_query(arguments, "RetentionQuery");
  query.set("dateRange", arguments["dateRange"]);
  json::Value filter =
      json::Object{{"period", "Day"}, {"totalIntervals", usual_intervals}};
  for (const auto& member : arguments["retentionFilter"].members())
    filter.set(member.name, member.value);
  query.set("retentionFilter", std::move(filter));
  return query;
}

json::Value entity_schema(std::string_view description) {
  return json::Object{
      {"type", "object"},
      {"description", description},
      {"properties",
       json::Object{{"id", text_schema("The event name.")},
                    {"name", text_schema("A label; `id` by default.")},
                    {"type", choice_schema("", {"events"}, "events")},
                    {"properties", properties_schema()}}}};
}

}  // namespace

json::Value query_retention_schema() {
  json::Value filter = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"period", choice_schema("The interval to track cohorts by.",
                                    {"Hour", "Day", "Week", "Month"}, "Day")},
           {"totalIntervals",
            integer_schema("How many intervals to show.", usual_intervals)},
           {"retentionType",
            choice_schema("Recurring counts a person in every interval with "
                          "the target event, first time only in the first.",
                          {"retention_recurring", "retention_first_time",
                           "retention_first_ever_occurrence"},
                          "")},
           {"targetEntity", entity_schema("The event that starts.")},
           {"returningEntity", entity_schema("The event that returns.")},
           {"cumulative", json::Object{{"type", "boolean"}}},
           {"minimumOccurrences",
            integer_schema("How often the event must occur to count.", 1)}}}};
  return query_schema("RetentionQuery",
                      json::Object{{"retentionFilter", std::move(filter)}},
                      "retentionFilter");
}

Result<ToolAnswer> query_retention(const World& world,
                                   const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const RetentionQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  CLARIBI_TRY_ASSIGN(const auto starts,
                     query.start == Start::recurring
                         ? activity_of(world, query, query.target, arguments)
                         : first_starts(world, query, arguments));
  CLARIBI_TRY_ASSIGN(const auto returns,
                     activity_of(world, query, query.returning, arguments));
  return frame(normalised(arguments), arguments,
               results_json(query, count_all(query, starts, returns)));
}

}  // namespace claribi::demo
