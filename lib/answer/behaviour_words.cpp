// SPDX-License-Identifier: MIT
#include "answer/behaviour_words.hpp"

#include <string_view>

#include <fmt/core.h>

#include "answer/words.hpp"
#include "base/text.hpp"

namespace claribi::answer {
namespace {

using json::Value;

// The typed tool says its kind by its name, query-run by the query's.
bool is_kind(const source::ToolCall& sent, const Value& query,
             std::string_view tool, std::string_view kind) {
  return sent.tool == tool || query["kind"].string() == kind;
}

std::string name_of(const Value& entity) {
  for (std::string_view member : {"custom_name", "event", "name", "id"}) {
    std::string text = entity[member].text_or("");
    if (!text.empty()) return short_name(text);
  }
  return "all events";
}

std::string retention_title(const Value& filter) {
  const std::string start = name_of(filter["targetEntity"]);
  const std::string back = name_of(filter["returningEntity"]);
  const std::string period = lower(filter["period"].text_or("day"));
  return start == back ? fmt::format("Retention of {} by {}", start, period)
                       : fmt::format("Retention from {} to {} by {}", start,
                                     back, period);
}

std::string paths_title(const Value& filter) {
  const std::string start = short_name(filter["startPoint"].text_or(""));
  const std::string end = short_name(filter["endPoint"].text_or(""));
  if (!start.empty() && !end.empty()) {
    return fmt::format("Paths from {} to {}", start, end);
  }
  if (!start.empty()) return "Paths after " + start;
  return end.empty() ? "Paths" : "Paths to " + end;
}

std::string funnel_time_title(const Value& query) {
  const json::Array& steps = query["series"].items();
  if (query["funnelsFilter"]["funnelVizType"].string() != "time_to_convert" ||
      steps.empty()) {
    return "";
  }
  return fmt::format("Time from {} to {}", name_of(steps.front()),
                     name_of(steps.back()));
}

std::vector<std::string> retention_parts(const Value& filter) {
  std::vector<std::string> parts{
      name_of(filter["targetEntity"]) + " → " +
          name_of(filter["returningEntity"]),
      "period " + lower(filter["period"].text_or("day"))};
  if (const auto intervals = filter["totalIntervals"].integer()) {
    parts.push_back(fmt::format("{} intervals", *intervals));
  }
  const std::string type = filter["retentionType"].text_or("");
  if (type.starts_with("retention_first")) {
    parts.emplace_back("first starts only");
  } else if (type == "retention_recurring") {
    parts.emplace_back("every start");
  }
  return parts;
}

std::vector<std::string> paths_parts(const Value& filter) {
  std::vector<std::string> parts;
  for (std::string_view end : {"startPoint", "endPoint"}) {
    const std::string name = short_name(filter[end].text_or(""));
    if (name.empty()) continue;
    parts.push_back((end == "startPoint" ? "after " : "to ") + name);
  }
  std::vector<std::string> types;
  for (const Value& type : filter["includeEventTypes"].items())
    types.push_back(type.text_or(""));
  if (!types.empty()) parts.push_back("over " + join(types, ", "));
  return parts;
}

}  // namespace

std::string behaviour_title(const source::ToolCall& sent, const Value& query) {
  const auto is = [&](std::string_view tool, std::string_view kind) {
    return is_kind(sent, query, tool, kind);
  };
  if (is("query-retention", "RetentionQuery")) {
    return retention_title(query["retentionFilter"]);
  }
  if (is("query-paths", "PathsQuery")) return paths_title(query["pathsFilter"]);
  const std::string interval = query["interval"].text_or("day");
  const std::string event = name_of(query["series"].at(0));
  if (is("query-lifecycle", "LifecycleQuery")) {
    return fmt::format("Lifecycle of {} per {}", event, interval);
  }
  if (is("query-stickiness", "StickinessQuery")) {
    return fmt::format("On how many {}s people did {}", interval, event);
  }
  return funnel_time_title(query);
}

std::vector<std::string> behaviour_parts(const Value& query) {
  if (query.has("retentionFilter")) {
    return retention_parts(query["retentionFilter"]);
  }
  if (query.has("pathsFilter")) return paths_parts(query["pathsFilter"]);
  if (query["funnelsFilter"]["funnelVizType"].string() == "time_to_convert") {
    return {"time to convert"};
  }
  return {};
}

}  // namespace claribi::answer
