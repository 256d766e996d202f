// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include "base/result.hpp"
#include "demo/query_frame.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

namespace {

std::unexpected<Error> invalid(std::string_view why) {
  return fail(ErrorKind::usage,
              fmt::format("Invalid input for \"query-run\": {}", why));
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
  if (kind != "TrendsQuery" && kind != "FunnelsQuery") {
    return invalid(
        fmt::format("query.source.kind: expected one of \"TrendsQuery\", "
                    "\"FunnelsQuery\", found \"{}\"",
                    kind));
  }
  if (source["series"].size() == 0) {
    return invalid("missing required parameter: query.source.series");
  }
  return kind == "TrendsQuery" ? query_trends(world, source)
                               : query_funnel(world, source);
}

}  // namespace

Result<ToolAnswer> query_run(const World& world, const json::Value& arguments) {
  const auto& query = arguments["query"];
  if (!query.is_object()) return invalid("missing required parameter: query");
  const std::string kind = query["kind"].text_or("");
  if (kind == "HogQLQuery") return run_sql(world, query);
  if (kind == "TrendsQuery" || kind == "FunnelsQuery") {
    return run_insight(world, query);
  }
  const auto& source = query["source"];
  const bool is_sql = source["kind"].text_or("") == "HogQLQuery";
  if (kind == "DataVisualizationNode" && is_sql) return run_sql(world, source);
  if (kind == "InsightVizNode") return run_insight(world, source);
  return invalid(
      fmt::format("query.kind: expected one of \"InsightVizNode\", "
                  "\"DataVisualizationNode\", found \"{}\"",
                  kind));
}

}  // namespace claribi::demo
