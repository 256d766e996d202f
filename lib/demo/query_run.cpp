// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/query_frame.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

// A kind of insight, the tool that runs it, and what it cannot be without.
struct Insight {
  std::string_view kind;
  Result<ToolAnswer> (*run)(const World&, const json::Value&);
  std::string_view needs;
};

constexpr std::array<Insight, 6> insights = {
    {{"TrendsQuery", query_trends, "series"},
     {"FunnelsQuery", query_funnel, "series"},
     {"RetentionQuery", query_retention, "retentionFilter"},
     {"LifecycleQuery", query_lifecycle, "series"},
     {"StickinessQuery", query_stickiness, "series"},
     {"PathsQuery", query_paths, "pathsFilter"}}};

std::unexpected<Error> invalid(std::string_view why) {
  return fail(ErrorKind::usage,
              fmt::format("Invalid input for \"query-run\": {}", why));
}

const Insight* insight_of(std::string_view kind) {
  const auto* found = std::ranges::find(insights, kind, &Insight::kind);
  return found == insights.end() ? nullptr : found;
}

Result<ToolAnswer> run_sql(const World& world, const json::Value& source) {
  const auto text = source["query"].string();
  if (!text) return invalid("missing required parameter: query.source.query");
  CLARIBI_TRY_ASSIGN(json::Value table, run_hogql(world, *text));
  return ToolAnswer{.value = std::move(table)};
}

// The typed tools name the parameter as they know it.
Result<ToolAnswer> run_insight(const World& world, const json::Value& source) {
  const std::string kind = source["kind"].text_or("");
  const Insight* insight = insight_of(kind);
  if (insight == nullptr) {
    std::vector<std::string> names;
    for (const Insight& one : insights)
      names.push_back(fmt::format("\"{}\"", one.kind));
    return invalid(
        fmt::format("query.source.kind: expected one of {}, found \"{}\"",
                    join(names, ", "), kind));
  }
  const auto& needed = source[insight->needs];
  if (needed.is_null() || (needed.is_array() && needed.size() == 0)) {
    return invalid(fmt::format("missing required parameter: query.source.{}",
                               insight->needs));
  }
  return insight->run(world, source);
}

}  // namespace

Result<ToolAnswer> run_node(const World& world, const json::Value& query) {
  const std::string kind = query["kind"].text_or("");
  if (kind == "HogQLQuery") return run_sql(world, query);
  if (insight_of(kind) != nullptr) return run_insight(world, query);
  const auto& source = query["source"];
  const bool is_sql = source["kind"].text_or("") == "HogQLQuery";
  if (kind == "DataVisualizationNode" && is_sql) return run_sql(world, source);
  if (kind == "InsightVizNode") return run_insight(world, source);
  return invalid(
      fmt::format("query.kind: expected one of \"InsightVizNode\", "
                  "\"DataVisualizationNode\", found \"{}\"",
                  kind));
}

Result<ToolAnswer> query_run(const World& world, const json::Value& arguments) {
  const auto& query = arguments["query"];
  if (!query.is_object()) return invalid("missing required parameter: query");
  return run_node(world, query);
}

}  // namespace claribi::demo
