// SPDX-License-Identifier: MIT
// Tool names and arguments move from release to release. Plans and users speak
// the canonical names; here they become what the connected server has.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "source/posthog/fit_arguments.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// The typed tool for a kind of query, and how query-run wraps that kind.
struct QueryKind {
  std::string_view kind;
  std::string_view tool;
  std::string_view wrapper;
};
constexpr std::array<QueryKind, 7> query_kinds{{
    {"TrendsQuery", "query-trends", "InsightVizNode"},
    {"FunnelsQuery", "query-funnel", "InsightVizNode"},
    {"HogQLQuery", "execute-sql", "DataVisualizationNode"},
    {"LifecycleQuery", "query-lifecycle", "InsightVizNode"},
    {"RetentionQuery", "query-retention", "InsightVizNode"},
    {"StickinessQuery", "query-stickiness", "InsightVizNode"},
    {"PathsQuery", "query-paths", "InsightVizNode"},
}};

// A tool that was only renamed. Either name is understood on either server.
struct Renamed {
  std::string_view canonical;
  std::string_view other;
};
constexpr std::array<Renamed, 2> renamed{{
    {"query-error-tracking-issues-list", "list-errors"},
    {"insights-list", "insights-get-all"},
}};

// The row whose column has that text; null if there is none.
const QueryKind* find_row(std::string_view QueryKind::* column,
                          std::string_view text) {
  const auto* row = std::ranges::find(query_kinds, text, column);
  return row == query_kinds.end() ? nullptr : row;
}

// query-run on a server without it: the typed tool for what it wraps.
std::optional<ToolCall> unwrap(const ToolCall& call, const Dialect& dialect) {
  json::Value query = query_of(call);
  // Without a query it is the tool that is asked about.
  const std::string_view any = query.size() == 0 ? "HogQLQuery" : "";
  const QueryKind* kind =
      find_row(&QueryKind::kind, query["kind"].text_or(any));
  if (kind == nullptr || !dialect.offers(kind->tool)) return std::nullopt;
  if (kind->kind == "HogQLQuery") {
    ToolCall sql{std::string(kind->tool)};
    if (query.has("query")) sql.arguments.set("query", query["query"]);
    return sql;
  }
  return ToolCall{std::string(kind->tool), std::move(query)};
}

// A typed query on a server that has only query-run.
ToolCall wrap(const ToolCall& call, const QueryKind& kind) {
  json::Value source = call.arguments;
  source.remove("output_format");
  source.set("kind", kind.kind);
  json::Value query;
  query.set("kind", kind.wrapper).set("source", std::move(source));
  return {"query-run", json::Value().set("query", std::move(query))};
}

std::string escaped(std::string_view text, char quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == quote) out += '\\';
    out += c;
  }
  return out;
}

constexpr std::string_view columns_statement =
    "select table_name, column_name, data_type from "
    "system.information_schema.columns limit 10000";

ToolCall names_of(std::string_view kind) {
  json::Value query;
  query.set("kind", kind);
  if (kind == "events") query.set("limit", 500);
  return {"read-data-schema", json::Value().set("query", std::move(query))};
}

// read-data-schema in the words of the servers before it.
std::optional<ToolCall> early_schema_tool(const json::Value& query,
                                          const Dialect& dialect) {
  const std::string kind = query["kind"].text_or("");
  if (kind == "events" && dialect.offers("event-definitions-list")) {
    return ToolCall{"event-definitions-list"};
  }
  if (!dialect.offers("properties-list")) return std::nullopt;
  json::Value arguments;
  if (kind == "event_properties") {
    arguments.set("type", "event").set("eventName", query["event_name"]);
  } else if (kind == "entity_properties" &&
             query["entity"].string() == "person") {
    arguments.set("type", "person");
  } else {
    return std::nullopt;
  }
  return ToolCall{"properties-list", std::move(arguments)};
}

// The values of a property in SQL, for servers that tell them in no other way.
std::optional<ToolCall> values_statement(const json::Value& query,
                                         const Dialect& dialect) {
  if (query["kind"].string() != "event_property_values") return std::nullopt;
  const std::string statement = fmt::format(
      "select properties.`{}` as value, count() as count from events "
      "where event = {} and timestamp >= now() - interval 30 day "
      "group by value order by count desc, value limit 100",
      escaped(query["property_name"].text_or(""), '`'),
      fmt::format("'{}'", escaped(query["event_name"].text_or(""), '\'')));
  if (dialect.offers("execute-sql")) {
    return ToolCall{"execute-sql", json::Value().set("query", statement)};
  }
  if (!dialect.offers("query-run")) return std::nullopt;
  json::Value source;
  source.set("kind", "HogQLQuery").set("query", statement);
  json::Value node;
  node.set("kind", "DataVisualizationNode").set("source", std::move(source));
  return ToolCall{"query-run", json::Value().set("query", std::move(node))};
}

// Tools that tell what there is to be asked for, each generation in its way.
std::optional<ToolCall> schema_tool(const ToolCall& call,
                                    const Dialect& dialect) {
  if (call.tool == "read-data-schema") {
    if (auto sql = values_statement(call.arguments["query"], dialect)) {
      return sql;
    }
    const bool whole =
        dialect.offers("hogql-schema") && !dialect.offers("properties-list");
    if (whole) return ToolCall{"hogql-schema"};
    return early_schema_tool(call.arguments["query"], dialect);
  }
  if (call.tool == "hogql-schema" && dialect.offers("execute-sql")) {
    return ToolCall{"execute-sql",
                    json::Value().set("query", columns_statement)};
  }
  if (call.tool != "hogql-schema" && call.tool != "event-definitions-list") {
    return std::nullopt;
  }
  if (dialect.offers("read-data-schema")) return names_of("events");
  return early_schema_tool(json::Object{{"kind", "events"}}, dialect);
}

// The call under another name, if the server has the tool under one.
std::optional<ToolCall> under_other_name(const ToolCall& call,
                                         const Dialect& dialect) {
  if (call.tool == "query-run") return unwrap(call, dialect);
  const QueryKind* typed = find_row(&QueryKind::tool, call.tool);
  if (typed != nullptr && dialect.offers("query-run")) {
    return wrap(call, *typed);
  }
  for (const Renamed& row : renamed) {
    for (const auto& [from, to] : {std::pair(row.canonical, row.other),
                                   std::pair(row.other, row.canonical)}) {
      if (call.tool == from && dialect.offers(to)) {
        return ToolCall{std::string(to), call.arguments};
      }
    }
  }
  return schema_tool(call, dialect);
}

// A flag by its key needs a tool of its own on newer servers.
bool wants_flag_by_key(const ToolCall& call, const Dialect& dialect) {
  return call.tool == "feature-flag-get-definition" &&
         !call.arguments.has("id") && !call.arguments.has("flagId") &&
         (call.arguments.has("key") || call.arguments.has("flagKey")) &&
         dialect.offers("feature-flag-get-definition-by-key");
}

}  // namespace

const json::Value& query_of(const ToolCall& call) {
  if (call.tool != "query-run") return call.arguments;
  const json::Value& query = call.arguments["query"];
  return query.has("source") ? query["source"] : query;
}

std::vector<std::string> events_in(const ToolCall& sent) {
  std::vector<std::string> events;
  for (const json::Value& node : query_of(sent)["series"].items()) {
    if (auto event = node["event"].string()) events.emplace_back(*event);
  }
  return events;
}

Result<Translation> translate(const ToolCall& canonical,
                              const Dialect& dialect) {
  Translation translation{canonical};
  ToolCall& call = translation.call;
  if (wants_flag_by_key(canonical, dialect)) {
    call.tool = "feature-flag-get-definition-by-key";
    rename_argument(call.arguments, "flagKey", "key");
  } else if (!dialect.offers(canonical.tool)) {
    auto other = under_other_name(canonical, dialect);
    if (other) call = std::move(*other);
  }
  if (call.tool != canonical.tool) {
    translation.note = fmt::format("{} is called {} on this server",
                                   canonical.tool, call.tool);
  }
  const OfferedTool* offered = dialect.find(call.tool);
  if (offered == nullptr) return translation;
  CLARIBI_TRY(fit_arguments(translation, *offered));
  // PostHog's default is prose made for a model.
  if (offered->takes("output_format") && !call.arguments.has("output_format")) {
    call.arguments.set("output_format", "json");
  }
  // Nor are long values cut for somebody who asked for data.
  if (offered->takes("truncate") && !call.arguments.has("truncate")) {
    call.arguments.set("truncate", false);
  }
  return translation;
}

}  // namespace claribi::source::posthog
