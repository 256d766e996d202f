// SPDX-License-Identifier: MIT
// On how many intervals of a range each person did something.
#include <numeric>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/activity.hpp"
#include "demo/period.hpp"
#include "demo/query_frame.hpp"
#include "demo/schema_parts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool_name = "query-stickiness";

// How often an event must happen in an interval for the interval to count.
struct Criterion {
  std::string op = "gte";
  int64_t value = 1;

  [[nodiscard]] bool holds(int64_t count) const {
    if (op == "exact") return count == value;
    return op == "lte" ? count <= value : count >= value;
  }
};

struct StickinessQuery {
  std::vector<EventNode> nodes = {};
  Unit unit = Unit::day;
  std::vector<Period> periods = {};
  Criterion criterion = {};
  bool cumulative = false;
};

// data[n]: the persons with exactly n + 1 intervals.
using Counts = std::vector<int64_t>;

std::unexpected<Error> invalid(std::string_view what, std::string_view field) {
  return fail(
      ErrorKind::tool_error,
      fmt::format("Validation error: {} (field: query.{})", what, field));
}

Result<Criterion> read_criterion(const json::Value& written) {
  Criterion criterion;
  if (written.is_null()) return criterion;
  criterion.op = written["operator"].text_or("");
  criterion.value = written["value"].integer().value_or(0);
  const bool known =
      criterion.op == "gte" || criterion.op == "lte" || criterion.op == "exact";
  if (!known || criterion.value < 1) {
    return invalid("Unsupported stickiness criteria",
                   "stickinessFilter.stickinessCriteria");
  }
  return criterion;
}

// Several intervals become one; what is left over at the end stays shorter.
std::vector<Bucket> merged(const std::vector<Bucket>& buckets, size_t size) {
  std::vector<Bucket> whole;
  for (size_t i = 0; i < buckets.size(); i += size) {
    Bucket bucket = buckets[i];
    bucket.end = buckets[std::min(i + size, buckets.size()) - 1].end;
    whole.push_back(bucket);
  }
  return whole;
}

Result<StickinessQuery> read_query(const World& world,
                                   const json::Value& arguments) {
  CLARIBI_TRY(check_series(tool_name, arguments));
  StickinessQuery query;
  CLARIBI_TRY_ASSIGN(query.nodes, read_nodes(arguments["series"]));
  CLARIBI_TRY_ASSIGN(query.unit, read_interval(tool_name, arguments));
  CLARIBI_TRY_ASSIGN(query.periods, read_periods(world, arguments, query.unit));
  const auto& count = arguments["intervalCount"];
  const auto size = count.is_null() ? 1 : count.integer().value_or(0);
  if (size < 1) return invalid("must be at least 1", "intervalCount");
  for (Period& period : query.periods)
    period.buckets = merged(period.buckets, static_cast<size_t>(size));
  const auto& filter = arguments["stickinessFilter"];
  CLARIBI_TRY_ASSIGN(query.criterion,
                     read_criterion(filter["stickinessCriteria"]));
  query.cumulative = filter["computedAs"].text_or("") == "cumulative";
  return query;
}

Result<Counts> count_persons(const World& world, const StickinessQuery& query,
                             const EventNode& node, const Period& period,
                             const json::Value& arguments) {
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(const std::string condition,
                     query_node_sql(world, node, arguments, parameters));
  CLARIBI_TRY_ASSIGN(
      const auto activity,
      read_activity(world, condition, parameters, period.buckets));
  Counts counts(period.buckets.size());
  size_t intervals = 0;
  for (size_t i = 0; i < activity.size(); ++i) {
    if (query.criterion.holds(activity[i].count)) ++intervals;
    const bool last = i + 1 == activity.size() ||
                      activity[i + 1].person != activity[i].person;
    if (last && intervals > 0) ++counts[intervals - 1];
    if (last) intervals = 0;
  }
  return counts;
}

// "2 days", "2 days or more".
std::string interval_label(const StickinessQuery& query, size_t number) {
  return fmt::format("{} {}{}{}", number, unit_name(query.unit),
                     number == 1 ? "" : "s",
                     query.cumulative ? " or more" : "");
}

json::Value series_json(const StickinessQuery& query, const EventNode& node,
                        const Period& period, Counts counts) {
  const auto persons =
      std::accumulate(counts.begin(), counts.end(), int64_t{0});
  if (query.cumulative) {
    for (size_t i = counts.size(); i-- > 1;)
      counts[i - 1] += counts[i];
  }
  json::Array data;
  json::Array days;
  json::Array labels;
  for (size_t i = 0; i < counts.size(); ++i) {
    data.emplace_back(counts[i]);
    days.emplace_back(i + 1);
    labels.emplace_back(interval_label(query, i + 1));
  }
  json::Value result = json::Object{
      {"count", persons},
      {"data", std::move(data)},
      {"days", std::move(days)},
      {"label", node.name()},
      {"labels", std::move(labels)},
      {"action", json::Object{{"order", node.order},
                              {"type", "events"},
                              {"name", node.name()},
                              {"id", node.event ? json::Value(*node.event)
                                                : json::Value()},
                              {"custom_name", node.written["custom_name"]},
                              {"math", node.math}}}};
  if (!period.label.empty()) {
    result.set("compare", true).set("compare_label", period.label);
  }
  return result;
}

json::Value filter_schema() {
  json::Value criteria = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"operator", choice_schema("", {"gte", "lte", "exact"}, "")},
           {"value", json::Object{{"type", "integer"}}}}}};
  return json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"computedAs",
            choice_schema("Persons of exactly N intervals, or of N and more",
                          {"non_cumulative", "cumulative"}, "non_cumulative")},
           {"stickinessCriteria", std::move(criteria)}}}};
}

}  // namespace

json::Value query_stickiness_schema() {
  return query_schema(
      "StickinessQuery",
      json::Object{
          {"series", series_schema("Events, one for each series")},
          {"interval", choice_schema("What counts as one interval",
                                     {"hour", "day", "week", "month"}, "day")},
          {"intervalCount", integer_schema("How many intervals make one", 1)},
          {"compareFilter", compare_schema()},
          {"stickinessFilter", filter_schema()}},
      "series");
}

Result<ToolAnswer> query_stickiness(const World& world,
                                    const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const StickinessQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  json::Array results;
  for (const EventNode& node : query.nodes) {
    for (const Period& period : query.periods) {
      CLARIBI_TRY_ASSIGN(Counts counts,
                         count_persons(world, query, node, period, arguments));
      results.push_back(series_json(query, node, period, std::move(counts)));
    }
  }
  json::Value echo = echoed_query(arguments, "StickinessQuery");
  echo.set("interval", arguments["interval"].text_or("day"));
  for (const char* name :
       {"intervalCount", "compareFilter", "stickinessFilter"}) {
    copy_member(echo, arguments, name);
  }
  return frame(std::move(echo), arguments, std::move(results));
}

}  // namespace claribi::demo
