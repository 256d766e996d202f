// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"
#include "source/posthog/insights.hpp"
#include "source/posthog/posthog.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;

constexpr int64_t sql_default_limit = 100;

// structuredContent is the handler's own JSON; the text often is not.
Result<json::Value> payload_of(const ToolCall& sent,
                               const mcp::ToolResult& result) {
  if (!result.structured.is_null()) return result.structured;
  auto parsed = json::parse(result.text());
  if (parsed) return parsed;
  return fail(ErrorKind::protocol,
              fmt::format("{} answered with text that is not JSON", sent.tool),
              {"see it as it came: --format raw"});
}

// The rows of the frame {count, next, previous, results}, or a bare array.
const json::Value& rows_of(const json::Value& payload) {
  return payload.is_array() ? payload : payload["results"];
}

// Says how much of a list is here when it is not all of it.
void note_page(Table& table, const json::Value& payload) {
  const bool more = payload["next"].is_string() ||
                    payload["hasMore"].boolean().value_or(false);
  const auto count = payload["count"].integer();
  if (!more && !(count && std::cmp_greater(*count, table.rows.size()))) return;
  table.truncated = true;
  table.notes.push_back(
      count ? fmt::format("{} of {} are listed; more with limit=N offset=N",
                          table.rows.size(), *count)
            : fmt::format("the first {} are listed; more exist: limit=N "
                          "offset=N",
                          table.rows.size()));
}

// PostHog does not pass on whether a page of recordings was the last one.
void note_full_page(Table& table, std::optional<int64_t> limit) {
  if (table.truncated || !limit || !std::cmp_equal(table.rows.size(), *limit)) {
    return;
  }
  table.truncated = true;
  table.notes.push_back(fmt::format(
      "the first {} are listed; there may be more: limit=N", *limit));
}

// A copy of a nested value as a column of its own: "properties.email" as
// "email".
struct Lifted {
  std::string_view object;
  std::string_view member;
  std::string_view column;
};

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

// A project's token is no secret, but nobody has asked to see it.
void drop_token(json::Value& project) {
  project.remove("api_token");
}

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
constexpr std::array<std::string_view, 3> project_columns{"id", "name",
                                                          "timezone"};
constexpr std::array<std::string_view, 5> dashboard_columns{
    "id", "name", "pinned", "description", "created_at"};
constexpr std::array<std::string_view, 6> dashboard_record{
    "id", "name", "description", "pinned", "insights", "_posthogUrl"};

const std::array<ListTool, 13> list_tools{{
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
    {"projects-get", {}, drop_token, project_columns},
    {"dashboard-get", {}, add_insight_names, dashboard_record, true},
}};

const ListTool* find_list_tool(std::string_view tool) {
  const auto* found = std::ranges::find(list_tools, tool, &ListTool::tool);
  return found == list_tools.end() ? nullptr : found;
}

// Members that are of no use to a reader: a telemetry echo.
void drop_echo(json::Value& payload) {
  if (payload.is_object()) payload.remove("_analytics");
}

void set_headline(Table& table, const ListTool& tool) {
  for (std::string_view name : tool.headline) {
    if (table.column(name)) table.headline.emplace_back(name);
  }
  if (table.column(tool.ranked_by)) {
    table.ranking = {.label = "name", .value = std::string(tool.ranked_by)};
  }
}

Result<Table> decode_list(const ListTool& tool, const json::Value& payload,
                          std::optional<int64_t> limit) {
  const json::Value& rows = rows_of(payload);
  if (!rows.is_array()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} did not answer with a list", tool.tool));
  }
  json::Array enriched;
  for (json::Value row : rows.items()) {
    lift(row, tool.lifted);
    if (tool.enrich != nullptr) tool.enrich(row);
    enriched.push_back(std::move(row));
  }
  Table table = table::from_objects(enriched);
  set_headline(table, tool);
  note_page(table, payload);
  note_full_page(table, limit);
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

// {"columns", "results"}, or rows without names from the 2025 server.
Table decode_sql(const json::Value& payload, const json::Value& query) {
  const json::Value& rows = rows_of(payload);
  std::vector<std::string> names;
  for (const json::Value& name : payload["columns"].items()) {
    names.push_back(name.text_or(""));
  }
  for (const json::Value& row : rows.items()) {
    for (size_t i = names.size(); i < row.size(); ++i) {
      names.push_back(fmt::format("column_{}", i + 1));
    }
  }
  Table table = table::from_rows(names, rows.items());
  const bool limited =
      lower(query["query"].text_or("")).find("limit") != std::string::npos;
  const bool full = std::cmp_equal(table.rows.size(), sql_default_limit);
  if (payload["hasMore"].boolean().value_or(full && !limited)) {
    table.truncated = true;
    table.notes.push_back(fmt::format(
        "the first {} rows; more exist: add LIMIT and OFFSET to the query",
        table.rows.size()));
  }
  return table;
}

Result<Table> decode_query(const json::Value& payload, const json::Value& query,
                           const Moment& moment) {
  const std::string kind = query["kind"].text_or("");
  if (kind == "TrendsQuery") {
    return decode_trends(rows_of(payload), query, moment);
  }
  if (kind == "FunnelsQuery") return decode_funnel(rows_of(payload), query);
  if (kind == "HogQLQuery") return decode_sql(payload, query);
  return table::from_objects(rows_of(payload).items());
}

// {"tables": {name: {"fields": {name: {"type"}}}}}: one row per field.
Table decode_tables(const json::Value& payload) {
  json::Array rows;
  for (const json::Member& entry : payload["tables"].members()) {
    for (const json::Member& field : entry.value["fields"].members()) {
      json::Value row;
      row.set("table", entry.name).set("field", field.name);
      row.set("type", field.value["type"]);
      rows.push_back(std::move(row));
    }
  }
  return table::from_objects(rows);
}

// One "- name" line per item.
Table decode_names(std::string_view text) {
  json::Array rows;
  for (const std::string& line : split(text, '\n')) {
    const std::string_view item = trim(line);
    if (!item.starts_with("- ")) continue;
    rows.push_back(json::Value().set("name", item.substr(2)));
  }
  return table::from_objects(rows);
}

// Sections that begin with "# Title" and may have a "URL: ..." line.
Table decode_docs(std::string_view markdown) {
  json::Array rows;
  json::Value page;
  std::string body;
  const auto finish = [&] {
    if (page.is_null() && trim(body).empty()) return;
    page.set("text", trim(body));
    rows.push_back(std::exchange(page, json::Value()));
    body.clear();
  };
  for (const std::string& line : split(markdown, '\n')) {
    if (line.starts_with("# ")) {
      finish();
      page.set("title", trim(line).substr(2)).set("url", nullptr);
    } else if (line.starts_with("URL: ") && page.has("title")) {
      page.set("url", trim(line).substr(5));
    } else {
      body += line + "\n";
    }
  }
  finish();
  Table table = table::from_rows({"title", "url", "text"}, {});
  for (const json::Value& row : rows) {
    table.rows.push_back({row["title"], row["url"], row["text"]});
  }
  table.shape = Shape::prose;
  return table;
}

// What the query tools are called tells their kind where they may leave it
// out.
json::Value query_with_kind(const ToolCall& sent, const json::Value& payload) {
  json::Value query = query_of(sent);
  if (sent.tool == "query-trends") query.set("kind", "TrendsQuery");
  if (sent.tool == "query-funnel") query.set("kind", "FunnelsQuery");
  const json::Value& echoed = payload["query"];
  if (!query.has("interval") && echoed.has("interval")) {
    query.set("interval", echoed["interval"]);
  }
  return query;
}

bool is_query(std::string_view tool) {
  return tool == "query-trends" || tool == "query-funnel" ||
         tool == "query-run";
}

// A tool that claribi has no reading for: whatever its JSON is.
Table decode_any(const json::Value& payload) {
  const json::Value& rows = rows_of(payload);
  if (rows.is_array()) return table::from_objects(rows.items());
  return payload.is_object() ? table::from_object(payload)
                             : table::from_objects({payload});
}

}  // namespace

Result<Table> decode(const ToolCall& sent, const mcp::ToolResult& result,
                     const Moment& moment) {
  if (sent.tool == "read-data-schema") return decode_names(result.text());
  const ListTool* list = find_list_tool(sent.tool);
  const bool known =
      list != nullptr || is_query(sent.tool) || sent.tool == "hogql-schema";
  auto parsed = payload_of(sent, result);
  if (!parsed && known) return std::unexpected(std::move(parsed).error());
  json::Value payload =
      parsed ? std::move(*parsed)
             : json::Value(json::Object{{"content", result.text()}});
  drop_echo(payload);
  if (sent.tool == "docs-search") {
    return decode_docs(payload["content"].text_or(result.text()));
  }
  if (sent.tool == "hogql-schema") return decode_tables(payload);
  if (is_query(sent.tool)) {
    return decode_query(payload, query_with_kind(sent, payload), moment);
  }
  if (list == nullptr) return decode_any(payload);
  return list->single
             ? decode_record(*list, std::move(payload))
             : decode_list(*list, payload, sent.arguments["limit"].integer());
}

}  // namespace claribi::source::posthog
