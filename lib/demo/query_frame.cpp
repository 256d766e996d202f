// SPDX-License-Identifier: MIT
#include "demo/query_frame.hpp"

#include <cmath>

#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/property_filter.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view missing_series =
    "Invalid input for \"{}\": missing required parameter: series (Events, "
    "actions, or groups of events/actions to include. Prioritize the more "
    "popular and fresh events and actions.\n\nUse a top-level `EventsNode` or "
    "`ActionsNode` entry for each independent series (one...)";

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') ||
                       std::string_view("-_.~").contains(c);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

// Which member the query was wrapped in, if it was.
std::string_view wrapper(const json::Value& arguments) {
  for (const std::string_view name : {"query", "source"}) {
    if (arguments[name].has("series")) return name;
  }
  return {};
}

std::string member_list(const json::Value& object) {
  std::string list;
  for (const auto& member : object.members()) {
    list += fmt::format("{}\"{}\": ...", list.empty() ? "" : ", ", member.name);
  }
  return "{" + list + "}";
}

}  // namespace

Result<void> check_series(std::string_view tool, const json::Value& arguments) {
  const auto& series = arguments["series"];
  if (series.is_array() && series.size() > 0) return {};
  if (!series.is_null()) {
    return fail(
        ErrorKind::usage,
        fmt::format("Invalid input for \"{}\": series: expected {}", tool,
                    series.is_array() ? "at least one element" : "array"));
  }
  std::string text = fmt::format(missing_series, tool);
  if (const auto name = wrapper(arguments); !name.empty()) {
    text += fmt::format(
        "; this tool takes these fields at the top level, not nested under "
        "\"{}\", so resend them as {}",
        name, member_list(arguments[name]));
  }
  return fail(ErrorKind::usage, std::move(text));
}

std::string EventNode::name() const {
  return event.value_or("All events");
}

Result<std::vector<EventNode>> read_nodes(const json::Value& series) {
  std::vector<EventNode> nodes;
  for (const auto& item : series.items()) {
    const std::string kind = item["kind"].text_or("EventsNode");
    if (!item.is_object() || kind != "EventsNode") {
      return fail(ErrorKind::tool_error,
                  fmt::format("Validation error: this project has no data for "
                              "series of kind {} (field: query.series.{})",
                              kind, nodes.size()));
    }
    EventNode node{.order = nodes.size(),
                   .math = item["math"].text_or("total"),
                   .written = item};
    if (const auto event = item["event"].string()) {
      node.event = std::string(*event);
    }
    nodes.push_back(std::move(node));
  }
  return nodes;
}

Result<std::string> node_sql(const World& world, const EventNode& node,
                             Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(std::string filter,
                     filter_sql(world, node.written["properties"], parameters));
  if (!node.event) return filter;
  return fmt::format("e.event={} AND {}", event_id_sql(*node.event, parameters),
                     filter);
}

json::Value all_filters(const World& world, const json::Value& arguments) {
  json::Array filters;
  if (!arguments["properties"].is_null()) {
    filters.push_back(arguments["properties"]);
  }
  if (arguments["filterTestAccounts"].boolean().value_or(true)) {
    for (const auto& filter : world.project.test_account_filters)
      filters.push_back(filter);
  }
  return filters;
}

Result<std::string> query_node_sql(const World& world, const EventNode& node,
                                   const json::Value& arguments,
                                   Parameters& parameters) {
  CLARIBI_TRY_ASSIGN(const std::string own, node_sql(world, node, parameters));
  CLARIBI_TRY_ASSIGN(
      const std::string shared,
      filter_sql(world, all_filters(world, arguments), parameters));
  return fmt::format("{} AND {}", own, shared);
}

Result<Unit> read_interval(std::string_view tool,
                           const json::Value& arguments) {
  const auto& interval = arguments["interval"];
  if (interval.is_null()) return Unit::day;
  if (const auto unit = unit_named(interval.text_or(""))) return *unit;
  return fail(ErrorKind::usage,
              fmt::format("Invalid input for \"{}\": interval: expected one of "
                          "\"hour\", \"day\", \"week\", \"month\"",
                          tool));
}

json::Value echoed_query(const json::Value& arguments, std::string_view kind) {
  json::Value query = json::Object{};
  if (arguments.has("breakdownFilter")) {
    json::Value filter = arguments["breakdownFilter"];
    if (!filter.has("breakdown_limit")) filter.set("breakdown_limit", 25);
    query.set("breakdownFilter", std::move(filter));
  }
  json::Value range = arguments["dateRange"];
  if (range["date_from"].is_null()) range.set("date_from", "-7d");
  query.set("dateRange", std::move(range));
  query.set("kind", kind);
  query.set("properties", arguments.has("properties")
                              ? arguments["properties"]
                              : json::Value(json::Array{}));
  if (!arguments.has("series")) return query;
  json::Array series;
  for (json::Value node : arguments["series"].items()) {
    node.set("kind", "EventsNode");
    series.push_back(std::move(node));
  }
  query.set("series", std::move(series));
  return query;
}

ToolAnswer frame(json::Value query, const json::Value& arguments,
                 json::Value results) {
  query.set("filterTestAccounts",
            arguments["filterTestAccounts"].boolean().value_or(true));
  const json::Value insight =
      json::Object{{"kind", "InsightVizNode"}, {"source", query}};
  std::string url =
      "demo://local/insights/new#q=" + percent_encoded(json::compact(insight));
  return {.value = json::Object{{"query", std::move(query)},
                                {"results", std::move(results)},
                                {"_posthogUrl", std::move(url)}},
          .structured = true};
}

void copy_member(json::Value& to, const json::Value& from,
                 std::string_view name) {
  if (from.has(name)) to.set(name, from[name]);
}

json::Value plain_number(double value) {
  constexpr double exact = 9007199254740992.0;
  if (std::isfinite(value) && std::abs(value) < exact &&
      std::trunc(value) == value) {
    return static_cast<int64_t>(value);
  }
  return value;
}

size_t breakdown_limit(const json::Value& breakdown_filter) {
  const auto given = breakdown_filter["breakdown_limit"].integer();
  return given && *given > 0 ? static_cast<size_t>(*given) : 25;
}

}  // namespace claribi::demo
