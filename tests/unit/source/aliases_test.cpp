// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "dialects.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

struct Sent {
  std::string tool;
  std::string arguments;
  std::string note;
};

Sent sent(const Dialect& dialect, std::string tool,
          std::string_view arguments) {
  const auto translation =
      dialect.translate({std::move(tool), *json::parse(arguments)}, dialect);
  REQUIRE(translation);
  return {translation->call.tool, json::compact(translation->call.arguments),
          translation->note};
}

constexpr std::string_view trends_in_query_run =
    R"({"query":{"kind":"InsightVizNode","source":)"
    R"({"kind":"TrendsQuery","series":[]}}})";
constexpr std::string_view sql_in_query_run =
    R"({"query":{"kind":"DataVisualizationNode","source":)"
    R"({"kind":"HogQLQuery","query":"select 1"}}})";

TEST_CASE("query-run is sent as it is where the server has it") {
  const Sent call = sent(overlapping(), "query-run", trends_in_query_run);
  CHECK(call.tool == "query-run");
  CHECK(call.arguments == trends_in_query_run);
  CHECK(call.note.empty());
}

TEST_CASE("query-run becomes the typed tool of the query that it wraps") {
  const Sent trends = sent(current(), "query-run", trends_in_query_run);
  CHECK(trends.tool == "query-trends");
  CHECK(trends.arguments ==
        R"({"kind":"TrendsQuery","series":[],"output_format":"json"})");
  CHECK(trends.note == "query-run is called query-trends on this server");

  const Sent sql = sent(current(), "query-run", sql_in_query_run);
  CHECK(sql.tool == "execute-sql");
  CHECK(sql.arguments == R"({"query":"select 1"})");
}

TEST_CASE("a typed query is wrapped where the server has only query-run") {
  const Sent call = sent(early(), "query-trends", R"({"series":[1]})");
  CHECK(call.tool == "query-run");
  CHECK(call.arguments == R"({"query":{"kind":"InsightVizNode","source":)"
                          R"({"series":[1],"kind":"TrendsQuery"}}})");
}

TEST_CASE("JSON is asked for only where the schema lists output_format") {
  CHECK(sent(current(), "query-funnel", "{}").arguments ==
        R"({"output_format":"json"})");
  CHECK(sent(overlapping(), "query-funnel", "{}").arguments == "{}");
  CHECK(sent(current(), "query-funnel", R"({"output_format":"optimized"})")
            .arguments == R"({"output_format":"optimized"})");
}

TEST_CASE("a renamed argument goes under the name that the server lists") {
  CHECK(sent(early(), "dashboard-get", R"({"id":4})").arguments ==
        R"({"dashboardId":4})");
  CHECK(sent(current(), "dashboard-get", R"({"id":4})").arguments ==
        R"({"id":4})");
}

TEST_CASE("a flag is found by its key under the tool that can do it") {
  CHECK(sent(early(), "feature-flag-get-definition", R"({"key":"a"})")
            .arguments == R"({"flagKey":"a"})");
  CHECK(sent(current(), "feature-flag-get-definition", R"({"key":"a"})").tool ==
        "feature-flag-get-definition-by-key");
}

TEST_CASE("a renamed tool is reached under its other name") {
  CHECK(sent(early(), "query-error-tracking-issues-list", "{}").tool ==
        "list-errors");
  const Sent schema = sent(current(), "hogql-schema", "{}");
  CHECK(schema.tool == "read-data-schema");
  CHECK(schema.arguments == R"({"query":{"kind":"events","limit":500}})");
}

TEST_CASE("a tool that the server has under no name keeps its own") {
  const Sent call = sent(current(), "cohorts-list", "{}");
  CHECK(call.tool == "cohorts-list");
  CHECK(call.note.empty());
}

TEST_CASE("the events of a query are found through its wrapping") {
  const std::string_view node = R"({"series":[{"event":"a"},{"event":null}]})";
  CHECK(posthog::events_in({"query-trends", *json::parse(node)}) ==
        std::vector<std::string>{"a"});
  const std::string wrapped = R"({"query":{"kind":"InsightVizNode","source":)" +
                              std::string(node) + "}}";
  CHECK(posthog::events_in({"query-run", *json::parse(wrapped)}) ==
        std::vector<std::string>{"a"});
}

}  // namespace
}  // namespace claribi::source
