// SPDX-License-Identifier: MIT
// Which events or pages people go through, one after the other.
#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/activity.hpp"
#include "demo/path_edges.hpp"
#include "demo/property_filter.hpp"
#include "demo/query_frame.hpp"
#include "demo/schema_parts.hpp"
#include "demo/text_match.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view tool_name = "query-paths";
constexpr QueryLimits limits{.rows = 5000000};
constexpr int64_t most_steps = 100;

struct PathsQuery {
  PathRule rule = {};
  std::string events = "1";  // A condition on the row `n` of event_names.
  std::vector<std::string> excluded = {};
  std::vector<std::string> groupings = {};
  Instant from;
  Instant to;  // Exclusive.
};

std::unexpected<Error> invalid(std::string_view what, std::string_view field) {
  return fail(ErrorKind::tool_error,
              fmt::format("Validation error: {} (field: query.pathsFilter.{})",
                          what, field));
}

// What PostHog has and the demo has not must not be ignored in silence.
Result<void> check_supported(const json::Value& arguments) {
  const auto& filter = arguments["pathsFilter"];
  if (filter["localPathCleaningFilters"].size() > 0) {
    return invalid("this project's server has no path cleaning",
                   "localPathCleaningFilters");
  }
  if (!filter["pathsHogQLExpression"].text_or("").empty()) {
    return invalid("this project's server has no paths over SQL",
                   "pathsHogQLExpression");
  }
  if (!arguments["funnelPathsFilter"].is_null()) {
    return invalid("this project's server has no paths of funnels",
                   "funnelPathsFilter");
  }
  return {};
}

Result<std::string> event_types_sql(const json::Value& types) {
  std::vector<std::string> parts;
  for (const auto& type : types.items()) {
    const auto name = type.text_or("");
    if (name == "custom_event") {
      parts.emplace_back("substr(n.name,1,1)<>'$'");
    } else if (name == "$pageview" || name == "$screen") {
      parts.push_back(fmt::format("n.name='{}'", name));
    } else {
      return invalid(fmt::format("Unsupported event type: {}", name),
                     "includeEventTypes");
    }
  }
  return parts.empty() ? "1" : join(parts, " OR ");
}

// Pages are known without the slash at their end.
std::string point_of(const json::Value& filter, std::string_view member) {
  auto point = filter[member].text_or("");
  if (point.size() > 1 && point.ends_with('/')) point.pop_back();
  return point;
}

Result<int64_t> read_number(const json::Value& filter, std::string_view member,
                            int64_t usual, int64_t most) {
  if (filter[member].is_null()) return usual;
  const auto number = filter[member].integer().value_or(-1);
  if (number >= 1 && number <= most) return number;
  return invalid(fmt::format("must be from 1 to {}", most), member);
}

std::vector<std::string> texts_of(const json::Value& list) {
  std::vector<std::string> texts;
  for (const auto& item : list.items())
    texts.push_back(item.text_or(""));
  return texts;
}

Result<PathRule> read_rule(const json::Value& filter) {
  PathRule rule{.start = point_of(filter, "startPoint"),
                .end = point_of(filter, "endPoint")};
  CLARIBI_TRY_ASSIGN(const int64_t steps,
                     read_number(filter, "stepLimit", 5, most_steps));
  CLARIBI_TRY_ASSIGN(const int64_t edges,
                     read_number(filter, "edgeLimit", 50, 10000));
  rule.steps = static_cast<size_t>(steps);
  rule.edges = static_cast<size_t>(edges);
  rule.least = filter["minEdgeWeight"].integer().value_or(0);
  rule.most = filter["maxEdgeWeight"].integer().value_or(0);
  return rule;
}

Result<PathsQuery> read_query(const World& world,
                              const json::Value& arguments) {
  CLARIBI_TRY(check_arguments(tool_name, query_paths_schema(), arguments));
  CLARIBI_TRY(check_supported(arguments));
  const auto& filter = arguments["pathsFilter"];
  PathsQuery query;
  CLARIBI_TRY_ASSIGN(query.rule, read_rule(filter));
  CLARIBI_TRY_ASSIGN(query.events,
                     event_types_sql(filter["includeEventTypes"]));
  query.excluded = texts_of(filter["excludeEvents"]);
  query.groupings = texts_of(filter["pathGroupings"]);
  CLARIBI_TRY_ASSIGN(const TimeRange range,
                     read_time_range(world, arguments["dateRange"], Unit::day));
  const auto& zone = world.moment.calendar.zone;
  query.from = zone.to_instant(range.from);
  query.to = std::min(zone.to_instant(range.to),
                      world.moment.now + std::chrono::milliseconds{1});
  return query;
}

// A page view is its address, a screen its name, any other event itself.
std::string item_sql(Parameters& parameters) {
  return fmt::format(
      "CASE n.name WHEN '$pageview' THEN coalesce({},'') "
      "WHEN '$screen' THEN coalesce({},'') ELSE n.name END",
      property_text_sql(Owner::event, "$current_url", parameters),
      property_text_sql(Owner::event, "$screen_name", parameters));
}

// Person, time and item, by person and time.
Result<Rows> read_steps(const World& world, const PathsQuery& query,
                        const json::Value& arguments) {
  Parameters parameters;
  const std::string item = item_sql(parameters);
  CLARIBI_TRY_ASSIGN(
      const std::string shared,
      filter_sql(world, all_filters(world, arguments), parameters));
  const std::string sql = fmt::format(
      "SELECT e.person, e.timestamp, {} FROM events e CROSS JOIN event_names n "
      "ON n.id=e.event WHERE e.timestamp>={} AND e.timestamp<{} AND ({}) "
      "AND {} ORDER BY e.person, e.timestamp, e.id",
      item, query.from.time_since_epoch().count(),
      query.to.time_since_epoch().count(), query.events, shared);
  return world.store.query(sql, parameters.used_in(sql), limits);
}

std::string grouped(std::string item, const PathsQuery& query) {
  if (item.size() > 1 && item.ends_with('/')) item.pop_back();
  for (const auto& grouping : query.groupings) {
    if (matches_grouping(item, grouping)) return grouping;
  }
  return item;
}

std::vector<Path> all_paths(const Rows& rows, const PathsQuery& query) {
  std::vector<Path> paths;
  Path steps;
  const auto finish = [&] {
    for (Path& path : split_paths(steps)) {
      if (auto part = limited_path(std::move(path), query.rule)) {
        paths.push_back(std::move(*part));
      }
    }
    steps.clear();
  };
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    const auto& row = rows.rows[i];
    if (i > 0 && row[0] != rows.rows[i - 1][0]) finish();
    const auto* text = std::get_if<std::string>(&row[2]);
    auto item = grouped(text == nullptr ? std::string() : *text, query);
    if (std::ranges::find(query.excluded, item) != query.excluded.end()) {
      continue;
    }
    steps.push_back({.at = integer_in(row[1]), .item = std::move(item)});
  }
  finish();
  return paths;
}

json::Value results_json(const std::vector<PathEdge>& edges) {
  json::Array results;
  for (const PathEdge& edge : edges) {
    results.push_back(json::Object{
        {"source", edge.source},
        {"target", edge.target},
        {"value", edge.count},
        {"average_conversion_time", plain_number(edge.average_ms)}});
  }
  return results;
}

json::Value list_schema(std::string_view description) {
  return json::Object{{"type", "array"},
                      {"description", description},
                      {"items", json::Object{{"type", "string"}}}};
}

}  // namespace

json::Value query_paths_schema() {
  json::Value types = list_schema("Which events; all without it");
  types.set("items",
            choice_schema("", {"$pageview", "$screen", "custom_event"}, ""));
  json::Value filter = json::Object{
      {"type", "object"},
      {"properties",
       json::Object{
           {"includeEventTypes", std::move(types)},
           {"startPoint",
            text_schema("Only paths from this step on: the address of a page "
                        "view, the name of a custom event")},
           {"endPoint", text_schema("Only paths up to this step")},
           {"excludeEvents", list_schema("Steps that are left out")},
           {"pathGroupings",
            list_schema("Steps that become one, such as `/product/*`")},
           {"stepLimit", integer_schema("Steps of a path", 5)},
           {"edgeLimit", integer_schema("Edges to return", 50)},
           {"minEdgeWeight", json::Object{{"type", "integer"}}},
           {"maxEdgeWeight", json::Object{{"type", "integer"}}}}}};
  return query_schema("PathsQuery",
                      json::Object{{"pathsFilter", std::move(filter)}},
                      "pathsFilter");
}

Result<ToolAnswer> query_paths(const World& world,
                               const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(const PathsQuery query, read_query(world, arguments));
  CLARIBI_TRY(define_text_match(world.store));
  CLARIBI_TRY_ASSIGN(const Rows rows, read_steps(world, query, arguments));
  const auto edges = path_edges(all_paths(rows, query), query.rule);
  json::Value echo = echoed_query(arguments, "PathsQuery");
  copy_member(echo, arguments, "pathsFilter");
  return frame(std::move(echo), arguments, results_json(edges));
}

}  // namespace claribi::demo
