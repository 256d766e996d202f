// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "source/posthog/insights.hpp"
#include "source/posthog/lists.hpp"
#include "source/posthog/payload.hpp"
#include "source/posthog/pipes.hpp"
#include "source/posthog/posthog.hpp"
#include "source/posthog/prose.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {
namespace {

using table::Table;

constexpr size_t sql_default_limit = 100;
constexpr size_t sql_most_rows = 50'000;

std::unexpected<Error> not_readable(const ToolCall& sent) {
  return fail(ErrorKind::protocol,
              fmt::format("{} answered with text that is neither JSON nor a "
                          "table",
                          sent.tool),
              {"see it as it came: --format raw"});
}

// Whether the statement says itself how many rows it wants.
bool has_limit(std::string_view statement) {
  const std::string text = lower(statement);
  for (size_t at = text.find("limit"); at != std::string::npos;
       at = text.find("limit", at + 1)) {
    const size_t number = text.find_first_not_of(" \t\n\r", at + 5);
    if (number == std::string::npos) return false;
    if (number > at + 5 && text[number] >= '0' && text[number] <= '9') {
      return true;
    }
  }
  return false;
}

// PostHog cuts SQL results without saying so.
void note_sql_limit(Table& table, std::string_view statement,
                    std::optional<bool> more) {
  const size_t rows = table.rows.size();
  const bool full = rows >= sql_most_rows ||
                    (rows == sql_default_limit && !has_limit(statement));
  if (!more.value_or(full)) return;
  table.truncated = true;
  table.notes.push_back(fmt::format(
      "the first {} rows; {} exist: add LIMIT and OFFSET to the query", rows,
      more ? "more" : "more may"));
}

// {"columns", "results"}, or rows without names from the 2025 server.
Table decode_sql_rows(const json::Value& payload) {
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
  return table::from_rows(names, rows.items());
}

Result<Table> decode_sql(const Payload& payload, const json::Value& query) {
  Table table;
  if (payload.value.is_null()) {
    CLARIBI_TRY_ASSIGN(table, decode_sql_text(payload.text));
  } else if (auto text = payload.value["results"].string()) {
    CLARIBI_TRY_ASSIGN(table, decode_sql_text(*text));
  } else {
    table = decode_sql_rows(payload.value);
  }
  note_sql_limit(table, query["query"].text_or(""),
                 payload.value["hasMore"].boolean());
  return table;
}

// What a query tool is called tells its kind where that may be left out.
struct QueryTool {
  std::string_view tool;
  std::string_view kind;
};
constexpr std::array<QueryTool, 9> query_tools{{
    {"query-trends", "TrendsQuery"},
    {"query-funnel", "FunnelsQuery"},
    {"query-lifecycle", "LifecycleQuery"},
    {"query-retention", "RetentionQuery"},
    {"query-stickiness", "StickinessQuery"},
    {"query-paths", "PathsQuery"},
    {"execute-sql", "HogQLQuery"},
    {"query-run", ""},
    {"insight-query", ""},
}};

const QueryTool* find_query_tool(std::string_view tool) {
  const auto* found = std::ranges::find(query_tools, tool, &QueryTool::tool);
  return found == query_tools.end() ? nullptr : found;
}

// The query that was sent, with what PostHog's echo adds to it.
json::Value whole_query(const QueryTool& tool, const ToolCall& sent,
                        const json::Value& payload) {
  json::Value query = query_of(sent);
  const json::Value& shown =
      payload.has("query") ? payload["query"] : payload["insight"]["query"];
  const json::Value& echoed = shown.has("source") ? shown["source"] : shown;
  if (sent.tool == "insight-query") query = echoed;
  if (!tool.kind.empty()) query.set("kind", tool.kind);
  if (query["kind"].is_null()) {
    query.set("kind", kind_of_results(rows_of(payload)));
  }
  for (std::string_view name : {"interval", "retentionFilter"}) {
    if (!query.has(name) && echoed.has(name)) query.set(name, echoed[name]);
  }
  return query;
}

Result<Table> decode_funnel_query(const Payload& payload,
                                  const json::Value& query,
                                  const Moment& moment) {
  if (payload.value.is_null()) return decode_funnel_text(payload.text);
  const json::Value& rows = rows_of(payload.value);
  // The funnel's rate over time.
  if (rows.at(0).has("data")) return decode_trends(rows, query, moment);
  return decode_funnel(rows, query);
}

Result<Table> decode_query(const ToolCall& sent, const Payload& payload,
                           const json::Value& query, const Moment& moment) {
  // A saved SQL insight.
  if (payload.value["results"].has("columns")) {
    return decode_sql({.value = payload.value["results"]}, query);
  }
  const std::string kind = query["kind"].text_or("");
  if (kind == "HogQLQuery") return decode_sql(payload, query);
  if (kind == "FunnelsQuery") {
    return decode_funnel_query(payload, query, moment);
  }
  const bool is_text = payload.value.is_null();
  if (kind == "TrendsQuery" && is_text) return decode_trends_text(payload.text);
  if (is_text) return not_readable(sent);
  const json::Value& rows = rows_of(payload.value);
  if (kind == "TrendsQuery") return decode_trends(rows, query, moment);
  if (kind == "LifecycleQuery") return decode_lifecycle(rows, query, moment);
  if (kind == "RetentionQuery") return decode_retention(rows, query, moment);
  if (kind == "StickinessQuery") return decode_stickiness(rows, query);
  if (kind == "PathsQuery") return decode_paths(rows, query);
  return table::from_objects(rows.items());
}

// Project tokens come with the projects; they are nobody's business here.
void drop_tokens(json::Value& value) {
  if (value.is_object()) value.remove("api_token");
  if (value["results"].is_array()) drop_tokens(value.member("results"));
  if (!value.is_array()) return;
  for (json::Value& item : value.mutable_items())
    drop_tokens(item);
}

// A tool that claribi has no reading for: whatever its JSON is.
Table decode_any(const Payload& payload) {
  const json::Value& rows = rows_of(payload.value);
  if (rows.is_array()) return table::from_objects(rows.items());
  if (payload.value.is_object()) return table::from_object(payload.value);
  return table::from_object(json::Object{{"content", payload.text}});
}

Result<Table> decode_payload(const ToolCall& sent, Payload& payload,
                             const Moment& moment) {
  if (const QueryTool* tool = find_query_tool(sent.tool)) {
    return decode_query(sent, payload, whole_query(*tool, sent, payload.value),
                        moment);
  }
  if (const ListTool* list = find_list_tool(sent.tool)) {
    if (payload.value.is_null()) return not_readable(sent);
    const json::Value& page =
        sent.arguments.has("data") ? sent.arguments["data"] : sent.arguments;
    return decode_listed(*list, std::move(payload.value),
                         {.offset = page["offset"].integer().value_or(0),
                          .limit = page["limit"].integer()});
  }
  if (sent.tool == "read-data-schema" && payload.value.is_null()) {
    return decode_names(payload.text);
  }
  if (sent.tool == "docs-search") {
    return decode_docs(payload.value["content"].text_or(payload.text));
  }
  if (sent.tool == "hogql-schema") {
    if (payload.value.is_null()) return not_readable(sent);
    return decode_tables(payload.value);
  }
  return decode_any(payload);
}

}  // namespace

Result<Table> decode(const ToolCall& sent, const mcp::ToolResult& result,
                     const Moment& moment) {
  Payload payload = read_payload(result);
  drop_tokens(payload.value);
  CLARIBI_TRY_ASSIGN(Table table, decode_payload(sent, payload, moment));
  add_notes(table, payload);
  return table;
}

}  // namespace claribi::source::posthog
