// SPDX-License-Identifier: MIT
// Tool names and arguments move from release to release. Plans and users speak
// the canonical names; here they become what the connected server has.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/core.h>

#include "base/result.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source::posthog {
namespace {

// The typed tool for a kind of query, and how query-run wraps that kind.
struct QueryKind {
  std::string_view kind;
  std::string_view tool;
  std::string_view wrapper;
};
constexpr std::array<QueryKind, 3> query_kinds{{
    {"TrendsQuery", "query-trends", "InsightVizNode"},
    {"FunnelsQuery", "query-funnel", "InsightVizNode"},
    {"HogQLQuery", "execute-sql", "DataVisualizationNode"},
}};

// A tool that was only renamed.
struct Renamed {
  std::string_view canonical;
  std::string_view other;
};
constexpr std::array<Renamed, 2> renamed{{
    {"query-error-tracking-issues-list", "list-errors"},
    {"hogql-schema", "read-data-schema"},
}};

// An argument that was renamed: whichever name the server lists is sent.
struct RenamedArgument {
  std::string_view tool;
  std::string_view canonical;
  std::string_view other;
};
constexpr std::array<RenamedArgument, 3> renamed_arguments{{
    {"dashboard-get", "id", "dashboardId"},
    {"feature-flag-get-definition", "id", "flagId"},
    {"feature-flag-get-definition", "key", "flagKey"},
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
  const QueryKind* kind = find_row(&QueryKind::kind, query["kind"].text_or(""));
  if (kind == nullptr || !dialect.offers(kind->tool)) return std::nullopt;
  if (kind->kind == "HogQLQuery") {
    return ToolCall{std::string(kind->tool),
                    json::Value().set("query", query["query"])};
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

void rename_arguments(ToolCall& call, const OfferedTool& offered) {
  for (const RenamedArgument& row : renamed_arguments) {
    if (call.tool != row.tool || offered.takes(row.canonical)) continue;
    if (!offered.takes(row.other) || !call.arguments.has(row.canonical)) {
      continue;
    }
    call.arguments.set(row.other, call.arguments.remove(row.canonical));
  }
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
    if (call.tool == row.canonical && dialect.offers(row.other)) {
      ToolCall other{std::string(row.other), call.arguments};
      if (row.other == "read-data-schema") {
        other.arguments = json::Value().set(
            "query", json::Value().set("kind", "events").set("limit", 500));
      }
      return other;
    }
  }
  return std::nullopt;
}

// A flag by its key needs a tool of its own on newer servers.
bool wants_flag_by_key(const ToolCall& call, const Dialect& dialect) {
  return call.tool == "feature-flag-get-definition" &&
         !call.arguments.has("id") && call.arguments.has("key") &&
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
  if (wants_flag_by_key(canonical, dialect)) {
    translation.call.tool = "feature-flag-get-definition-by-key";
  } else if (!dialect.offers(canonical.tool)) {
    auto other = under_other_name(canonical, dialect);
    if (other) translation.call = std::move(*other);
  }
  if (translation.call.tool != canonical.tool) {
    translation.note = fmt::format("{} is called {} on this server",
                                   canonical.tool, translation.call.tool);
  }
  const OfferedTool* offered = dialect.find(translation.call.tool);
  if (offered == nullptr) return translation;
  rename_arguments(translation.call, *offered);
  // PostHog's default is prose made for a model.
  if (offered->takes("output_format") &&
      !translation.call.arguments.has("output_format")) {
    translation.call.arguments.set("output_format", "json");
  }
  return translation;
}

}  // namespace claribi::source::posthog
