// SPDX-License-Identifier: MIT
// The persons of each interval by what they did in the one before.
#include <array>
#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/activity.hpp"
#include "demo/query_frame.hpp"
#include "demo/schema_parts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool_name = "query-lifecycle";

enum Stage : size_t { is_new, returning, resurrecting, dormant };
constexpr std::array<std::string_view, 4> stage_names = {
    "new", "returning", "resurrecting", "dormant"};

struct LifecycleQuery {
  EventNode node = {};
  Unit unit = Unit::day;
  // The interval before the range comes first: it tells who returns.
  std::vector<Bucket> buckets = {};
};

// By stage and bucket; the dormant are negative.
using Counts = std::array<std::vector<int64_t>, stage_names.size()>;

// When each person was first seen, in milliseconds.
using Births = std::unordered_map<int64_t, int64_t>;

Result<LifecycleQuery> read_query(const World& world,
                                  const json::Value& arguments) {
  CLARIBI_TRY(check_series(tool_name, arguments));
  LifecycleQuery query;
  CLARIBI_TRY_ASSIGN(auto nodes, read_nodes(arguments["series"]));
  if (nodes.size() > 1) {
    return fail(ErrorKind::tool_error,
                "Validation error: lifecycle takes only one series (field: "
                "query.series)");
  }
  query.node = std::move(nodes.front());
  CLARIBI_TRY_ASSIGN(query.unit, read_interval(tool_name, arguments));
  const Calendar& calendar = world.moment.calendar;
  CLARIBI_TRY_ASSIGN(
      TimeRange range,
      read_time_range(world, arguments["dateRange"], query.unit));
  range.from = add(start_of(query.unit, range.from, calendar), query.unit, -1);
  CLARIBI_TRY_ASSIGN(query.buckets, cut(range, query.unit, calendar));
  return query;
}

Result<Births> read_births(const World& world) {
  CLARIBI_TRY_ASSIGN(const Rows rows,
                     world.store.query("SELECT id, created_at FROM persons", {},
                                       {.rows = 5000000}));
  Births births;
  births.reserve(rows.rows.size());
  for (const auto& row : rows.rows)
    births.emplace(integer_in(row[0]), integer_in(row[1]));
  return births;
}

bool lies_in(const Bucket& bucket, int64_t at) {
  return at >= bucket.start.time_since_epoch().count() &&
         at < bucket.end.time_since_epoch().count();
}

// `before`: the person's activity in an earlier interval, or null.
Stage stage_of(const LifecycleQuery& query, const Activity& active,
               const Activity* before, int64_t birth) {
  if (before == nullptr) {
    return lies_in(query.buckets[active.bucket], birth) ? is_new : resurrecting;
  }
  return before->bucket + 1 == active.bucket ? returning : resurrecting;
}

Counts count_all(const LifecycleQuery& query,
                 const std::vector<Activity>& activity, const Births& births) {
  Counts counts;
  for (auto& row : counts)
    row.resize(query.buckets.size());
  for (size_t i = 0; i < activity.size(); ++i) {
    const Activity& active = activity[i];
    const bool same_before = i > 0 && activity[i - 1].person == active.person;
    const auto birth = births.find(active.person);
    const Stage stage =
        stage_of(query, active, same_before ? &activity[i - 1] : nullptr,
                 birth == births.end() ? 0 : birth->second);
    ++counts[stage][active.bucket];
    const size_t next = active.bucket + 1;
    const bool stays = i + 1 < activity.size() &&
                       activity[i + 1].person == active.person &&
                       activity[i + 1].bucket == next;
    if (!stays && next < query.buckets.size()) --counts[dormant][next];
  }
  return counts;
}

json::Value action_json(const EventNode& node) {
  return json::Object{
      {"id", node.event ? json::Value(*node.event) : json::Value()},
      {"type", "events"},
      {"order", node.order},
      {"name", node.name()},
      {"custom_name", node.written["custom_name"]},
      {"math", node.math}};
}

json::Value results_json(const LifecycleQuery& query, const Counts& counts) {
  json::Array results;
  for (size_t stage = 0; stage < stage_names.size(); ++stage) {
    json::Array data;
    json::Array days;
    json::Array labels;
    int64_t sum = 0;
    for (size_t i = 1; i < query.buckets.size(); ++i) {
      data.emplace_back(counts[stage][i]);
      days.emplace_back(day_text(query.buckets[i].local, query.unit));
      labels.emplace_back(label_text(query.buckets[i].local, query.unit));
      sum += counts[stage][i];
    }
    results.push_back(json::Object{
        {"action", action_json(query.node)},
        {"label",
         fmt::format("{} - {}", query.node.name(), stage_names[stage])},
        {"count", sum},
        {"data", std::move(data)},
        {"labels", std::move(labels)},
        {"days", std::move(days)},
        {"status", stage_names[stage]}});
  }
  return results;
}

}  // namespace

json::Value query_lifecycle_schema() {
  return query_schema(
      "LifecycleQuery",
      json::Object{
          {"series", series_schema("The event; exactly one.")},
          {"interval", choice_schema("Granularity of the response",
                                     {"hour", "day", "week", "month"}, "day")},
          {"lifecycleFilter", json::Object{{"type", "object"}}}},
      "series");
}

Result<ToolAnswer> query_lifecycle(const World& world,
                                   const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const LifecycleQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  Parameters parameters;
  CLARIBI_TRY_ASSIGN(const std::string condition,
                     query_node_sql(world, query.node, arguments, parameters));
  CLARIBI_TRY_ASSIGN(
      const auto activity,
      read_activity(world, condition, parameters, query.buckets));
  CLARIBI_TRY_ASSIGN(const Births births, read_births(world));
  json::Value echo = echoed_query(arguments, "LifecycleQuery");
  echo.set("interval", arguments["interval"].text_or("day"));
  copy_member(echo, arguments, "lifecycleFilter");
  return frame(std::move(echo), arguments,
               results_json(query, count_all(query, activity, births)));
}

}  // namespace claribi::demo
