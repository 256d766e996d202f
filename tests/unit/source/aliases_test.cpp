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
  CHECK(trends.arguments == R"({"series":[],"output_format":"json"})");
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
  CHECK(sent(current(), "list-errors", "{}").tool ==
        "query-error-tracking-issues-list");
  CHECK(sent(early(), "insights-list", R"({"limit":2})").tool ==
        "insights-get-all");
}

TEST_CASE("the schema is asked for in each generation's way") {
  const Sent tables = sent(current(), "hogql-schema", "{}");
  CHECK(tables.tool == "execute-sql");
  CHECK(tables.arguments.contains("system.information_schema.columns"));
  CHECK(tables.note == "hogql-schema is called execute-sql on this server");

  CHECK(sent(early(), "hogql-schema", "{}").tool == "event-definitions-list");
  const Sent properties =
      sent(early(), "read-data-schema",
           R"({"query":{"kind":"event_properties","event_name":"a"}})");
  CHECK(properties.tool == "properties-list");
  CHECK(properties.arguments == R"({"type":"event","eventName":"a"})");
  CHECK(sent(early(), "read-data-schema",
             R"({"query":{"kind":"entity_properties","entity":"person"}})")
            .arguments == R"({"type":"person"})");
  CHECK(sent(current(), "event-definitions-list", "{}").arguments ==
        R"({"query":{"kind":"events","limit":500}})");
}

TEST_CASE("a page goes into `data` where the server has it there") {
  CHECK(sent(early(), "dashboards-get-all", R"({"limit":5,"search":"a"})")
            .arguments == R"({"data":{"limit":5,"search":"a"}})");
  CHECK(sent(current(), "dashboards-get-all", R"({"data":{"limit":5}})")
            .arguments == R"({"limit":5})");
}

TEST_CASE("dates of errors become moments on an older server") {
  CHECK(sent(early(), "query-error-tracking-issues-list",
             R"({"dateRange":{"date_from":"2026-09-01",)"
             R"("date_to":"2026-09-08"}})")
            .arguments == R"({"dateFrom":"2026-09-01T00:00:00Z",)"
                          R"("dateTo":"2026-09-08T23:59:59Z"})");
  const Dialect dialect = early();
  const auto refused = dialect.translate(
      {"list-errors", *json::parse(R"({"dateRange":{"date_from":"-7d"}})")},
      dialect);
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::usage);
}

TEST_CASE("what a tool does not take is never dropped without a word") {
  const Sent page =
      sent(early(), "feature-flag-get-definition", R"({"id":1,"limit":3})");
  CHECK(page.arguments == R"({"flagId":1})");
  CHECK(page.note ==
        "feature-flag-get-definition takes no limit on this server");
  const Dialect dialect = early();
  const auto refused = dialect.translate(
      {"feature-flag-get-definition", *json::parse(R"({"active":"true"})")},
      dialect);
  REQUIRE(!refused);
  CHECK(refused.error().message ==
        "feature-flag-get-definition takes no 'active' on this server");
}

TEST_CASE("arguments are sent as they are where the schema is not known") {
  const Dialect dialect =
      dialect_of({OfferedTool{.name = "cohorts-list", .described = false}});
  CHECK(sent(dialect, "cohorts-list", R"({"limit":3})").arguments ==
        R"({"limit":3})");
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
