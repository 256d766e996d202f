// SPDX-License-Identifier: MIT
#include "source/posthog/lists.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {

using table::Table;

// A copy of a nested value as a column of its own: "properties.email" as
// "email".
struct Lifted {
  std::string_view object;
  std::string_view member;
  std::string_view column;
};

// What is done to each row of a tool's list, and which columns people want
// to see first.
struct ListTool {
  std::string_view tool;
  std::span<const Lifted> lifted = {};
  void (*enrich)(json::Value& row) = nullptr;
  std::span<const std::string_view> headline = {};
  bool single = false;              // One object, no list.
  std::string_view ranked_by = {};  // A number by which bars may be drawn.
};

namespace {

// Says how much of a list is here when more follows.
void note_page(Table& table, const json::Value& payload, int64_t offset) {
  const bool more = payload["next"].is_string() ||
                    payload["hasMore"].boolean().value_or(false);
  const auto count = payload["count"].integer();
  const int64_t seen = offset + static_cast<int64_t>(table.rows.size());
  if (!more && count.value_or(0) <= seen) return;
  table.truncated = true;
  table.notes.push_back(
      count ? fmt::format("{} of {} are listed; more with --all or limit:=N "
                          "offset:=N",
                          table.rows.size(), *count)
            : fmt::format("the first {} are listed; more exist: --all or "
                          "limit:=N offset:=N",
                          table.rows.size()));
}

// PostHog does not pass on whether a page of recordings was the last one.
void note_full_page(Table& table, std::optional<int64_t> limit) {
  if (table.truncated || !limit || !std::cmp_equal(table.rows.size(), *limit)) {
    return;
  }
  table.truncated = true;
  table.notes.push_back(fmt::format(
      "the first {} are listed; there may be more: limit:=N", *limit));
}

void lift(json::Value& row, std::span<const Lifted> lifted) {
  for (const Lifted& one : lifted) {
    const json::Value& value = row[one.object][one.member];
    if (!value.is_null() && !row.has(one.column)) {
      row.set(one.column, json::Value(value));
    }
  }
}

// The largest share of all people that a release condition gives the flag to,
// 0 to 100. Conditions on properties speak of some people only: a flag that
// has no others has no such share. An inactive flag is rolled out to nobody.
json::Value rollout_of(const json::Value& flag) {
  if (!flag["active"].boolean().value_or(true)) return 0;
  json::Value rollout;
  for (const json::Value& group : flag["filters"]["groups"].items()) {
    if (group["properties"].size() > 0) continue;
    // A condition without a percentage applies to everybody.
    const int64_t share = group["rollout_percentage"].integer().value_or(100);
    rollout = std::max(rollout.integer().value_or(0), share);
  }
  return rollout;
}

void add_rollout(json::Value& flag) {
  if (flag.has("filters")) flag.set("rollout", rollout_of(flag));
}

void add_insight_names(json::Value& dashboard) {
  json::Value names = json::Array{};
  for (const json::Value& tile : dashboard["tiles"].items()) {
    const std::string name = tile["insight"]["name"].text_or("");
    if (!name.empty()) names.push(name);
  }
  if (dashboard.has("tiles")) dashboard.set("insights", std::move(names));
}

// What a saved insight asks, in a word: "trends", "funnels", "retention",
// "sql".
std::string insight_kind(const json::Value& insight) {
  const json::Value& query = insight["query"];
  const json::Value& source =
      query["source"].is_object() ? query["source"] : query;
  std::string kind = lower(source["kind"].text_or(""));
  if (kind.empty()) kind = lower(insight["filters"]["insight"].text_or(""));
  if (kind.ends_with("query")) kind.resize(kind.size() - 5);
  return kind == "hogql" ? "sql" : kind;
}

// An insight that nobody named has a name that PostHog made up.
void add_insight_words(json::Value& insight) {
  if (insight["name"].text_or("").empty() && insight.has("derived_name")) {
    insight.set("name", insight["derived_name"]);
  }
  const std::string kind = insight_kind(insight);
  if (!kind.empty() && !insight.has("kind")) insight.set("kind", kind);
}

constexpr std::array<Lifted, 3> issue_counts{{
    {"aggregations", "occurrences", "occurrences"},
    {"aggregations", "users", "users"},
    {"aggregations", "sessions", "sessions"},
}};
constexpr std::array<Lifted, 2> person_properties{{
    {"properties", "email", "email"},
    {"properties", "$geoip_country_code", "country"},
}};
constexpr std::array<Lifted, 1> recording_person{{
    {"person", "name", "person_name"},
}};

constexpr std::array<std::string_view, 6> issue_columns{
    "name", "description", "occurrences", "users", "status", "last_seen"};
constexpr std::array<std::string_view, 5> person_columns{
    "name", "email", "country", "created_at", "distinct_ids"};
constexpr std::array<std::string_view, 6> recording_columns{
    "start_time",         "person_name", "distinct_id",
    "recording_duration", "click_count", "start_url"};
constexpr std::array<std::string_view, 5> flag_columns{"key", "name", "active",
                                                       "rollout", "status"};
constexpr std::array<std::string_view, 7> flag_record{
    "id", "key", "name", "active", "rollout", "filters", "_posthogUrl"};
constexpr std::array<std::string_view, 5> cohort_columns{
    "id", "name", "count", "is_static", "description"};
constexpr std::array<std::string_view, 5> dashboard_columns{
    "id", "name", "pinned", "description", "created_at"};
constexpr std::array<std::string_view, 6> dashboard_record{
    "id", "name", "description", "pinned", "insights", "_posthogUrl"};
constexpr std::array<std::string_view, 6> insight_columns{
    "short_id", "name", "kind", "description", "last_modified_at", "favorited"};
constexpr std::array<std::string_view, 5> insight_record{
    "short_id", "name", "kind", "description", "_posthogUrl"};

const std::array<ListTool, 15> list_tools{{
    {"query-error-tracking-issues-list", issue_counts, nullptr, issue_columns,
     false, "occurrences"},
    {"list-errors", issue_counts, nullptr, issue_columns, false, "occurrences"},
    {"query-session-recordings-list", recording_person, nullptr,
     recording_columns},
    {"persons-list", person_properties, nullptr, person_columns},
    {"persons-retrieve", person_properties, nullptr, {}, true},
    {"feature-flag-get-all", {}, add_rollout, flag_columns},
    {"feature-flag-get-definition", {}, add_rollout, flag_record, true},
    {"feature-flag-get-definition-by-key", {}, add_rollout, flag_record, true},
    {"cohorts-list", {}, nullptr, cohort_columns, false, "count"},
    {"cohorts-retrieve", {}, nullptr, {}, true},
    {"dashboards-get-all", {}, nullptr, dashboard_columns},
    {"dashboard-get", {}, add_insight_names, dashboard_record, true},
    {"insights-list", {}, add_insight_words, insight_columns},
    {"insights-get-all", {}, add_insight_words, insight_columns},
    {"insight-get", {}, add_insight_words, insight_record, true},
}};

void set_headline(Table& table, const ListTool& tool) {
  for (std::string_view name : tool.headline) {
    if (table.column(name)) table.headline.emplace_back(name);
  }
  if (table.column(tool.ranked_by)) {
    table.ranking = {.label = "name", .value = std::string(tool.ranked_by)};
  }
}

Result<Table> decode_list(const ListTool& tool, const json::Value& payload,
                          const Asked& page) {
  const json::Value& rows = rows_of(payload);
  if (!rows.is_array()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} did not answer with a list", tool.tool),
                {"see it as it came: --format raw"});
  }
  json::Array enriched;
  for (json::Value row : rows.items()) {
    lift(row, tool.lifted);
    if (tool.enrich != nullptr) tool.enrich(row);
    enriched.push_back(std::move(row));
  }
  Table table = table::from_objects(enriched);
  set_headline(table, tool);
  note_page(table, payload, page.offset);
  note_full_page(table, page.limit);
  return table;
}

Result<Table> decode_record(const ListTool& tool, json::Value object) {
  if (!object.is_object()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} did not answer with an object", tool.tool));
  }
  if (object.has("found") && !object["found"].boolean().value_or(true)) {
    return fail(ErrorKind::tool_error,
                escape_terminal_line(object["message"].text_or("not found")),
                {"see what there is: claribi call feature-flag-get-all"});
  }
  lift(object, tool.lifted);
  if (tool.enrich != nullptr) tool.enrich(object);
  Table table = table::from_object(object);
  set_headline(table, tool);
  return table;
}

}  // namespace

const ListTool* find_list_tool(std::string_view tool) {
  const auto* found = std::ranges::find(list_tools, tool, &ListTool::tool);
  return found == list_tools.end() ? nullptr : found;
}

const json::Value& rows_of(const json::Value& payload) {
  return payload.is_array() ? payload : payload["results"];
}

Result<Table> decode_listed(const ListTool& tool, json::Value payload,
                            const Asked& page) {
  return tool.single ? decode_record(tool, std::move(payload))
                     : decode_list(tool, payload, page);
}

}  // namespace claribi::source::posthog
