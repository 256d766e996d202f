// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/clock.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

// Wednesday morning, in the middle of a bucket of every length.
Moment wednesday() {
  return {*parse_instant("2026-11-18T10:30:00Z"), {}};
}

mcp::ToolResult structured(std::string_view payload) {
  return {.structured = *json::parse(payload)};
}

mcp::ToolResult text(std::string_view payload) {
  return {.content = {json::Value().set("type", "text").set("text", payload)}};
}

// The rows as compact JSON arrays, one a line.
std::string rows(const table::Table& table) {
  std::string out;
  for (const table::Row& row : table.rows) {
    out += json::compact(json::Value(json::Array(row))) + "\n";
  }
  return out;
}

std::string column_names(const table::Table& table) {
  std::string out;
  for (const table::Column& column : table.columns) {
    out += (out.empty() ? "" : " ") + column.name;
  }
  return out;
}

table::Table decoded(std::string tool, const mcp::ToolResult& result,
                     std::string_view arguments = "{}") {
  auto table = posthog::decode({std::move(tool), *json::parse(arguments)},
                               result, wednesday());
  if (!table) FAIL(table.error().message);
  return std::move(*table);
}

constexpr std::string_view one_series =
    R"({"results":[{"label":"a","action":{"name":"a","order":0},)"
    R"("data":[5,7.50,2,0],"days":["2026-11-16","2026-11-17","2026-11-18",)"
    R"("2026-11-19"]}]})";

TEST_CASE("a trend becomes a row per bucket, without those to come") {
  const auto table =
      decoded("query-trends", structured(one_series), R"({"interval":"day"})");
  CHECK(table.shape == table::Shape::time_series);
  CHECK(column_names(table) == "date series value partial");
  CHECK(rows(table) ==
        "[\"2026-11-16\",\"a\",5,false]\n"
        "[\"2026-11-17\",\"a\",7.50,false]\n"
        "[\"2026-11-18\",\"a\",2,true]\n");
  REQUIRE(table.notes.size() == 1);
  CHECK(table.notes[0] == "2026-11-18 is not over yet: its value will grow");
}

TEST_CASE("a bucket is over only when its whole interval is") {
  const auto week =
      decoded("query-trends", structured(one_series), R"({"interval":"week"})");
  CHECK(rows(week).contains("[\"2026-11-16\",\"a\",5,true]"));
}

TEST_CASE("hourly buckets are date-times") {
  const auto table = decoded(
      "query-trends",
      structured(R"({"results":[{"label":"a","data":[1,2],)"
                 R"("days":["2026-11-18 09:00:00","2026-11-18 10:00:00"]}]})"),
      R"({"interval":"hour"})");
  CHECK(table.columns[0].type == table::Type::datetime);
  CHECK(rows(table) ==
        "[\"2026-11-18T09:00:00\",\"a\",1,false]\n"
        "[\"2026-11-18T10:00:00\",\"a\",2,true]\n");
}

TEST_CASE("breakdown values are told apart, and sentinels have words") {
  const auto table = decoded(
      "query-trends",
      structured(
          R"({"results":[{"breakdown_value":["Chrome"],"label":"Chrome",)"
          R"("action":{"name":"a"},"data":[1],"days":["2026-11-16"]},)"
          R"({"breakdown_value":"$$_posthog_breakdown_other_$$",)"
          R"("action":{"name":"a"},"data":[2],"days":["2026-11-16"]},)"
          R"({"breakdown_value":"$$_posthog_breakdown_null_$$",)"
          R"("action":{"name":"a"},"data":[3],"days":["2026-11-16"]}]})"));
  CHECK(column_names(table) == "date series breakdown value partial");
  CHECK(rows(table) ==
        "[\"2026-11-16\",\"a\",\"Chrome\",1,false]\n"
        "[\"2026-11-16\",\"a\",\"Other\",2,false]\n"
        "[\"2026-11-16\",\"a\",\"(none)\",3,false]\n");
}

TEST_CASE("a breakdown that fills its limit is said to be cut") {
  const std::string_view payload =
      R"({"results":[{"breakdown_value":["a"],"data":[1],)"
      R"("days":["2026-11-16"]}]})";
  const auto cut = decoded("query-trends", structured(payload),
                           R"({"breakdownFilter":{"breakdowns":[{}],)"
                           R"("breakdown_limit":1}})");
  CHECK(cut.truncated);
  const auto whole = decoded("query-trends", structured(payload),
                             R"({"breakdownFilter":{"breakdowns":[{}]}})");
  CHECK(!whole.truncated);
}

TEST_CASE("counts may be added up, unique users and formulas may not") {
  const auto additive = [](std::string_view action) {
    return decoded(
               "query-trends",
               structured(R"({"results":[{"label":"a",)" + std::string(action) +
                          R"("data":[1],"days":["2026-11-16"]}]})"))
        .additive;
  };
  CHECK(additive(R"("action":{"name":"a"},)"));
  CHECK(additive(R"("action":{"name":"a","math":"sum"},)"));
  CHECK(!additive(R"("action":{"name":"a","math":"dau"},)"));
  CHECK(!additive(R"("action":{"name":"a","math":"avg"},)"));
  CHECK(!additive(""));
}

TEST_CASE("compared periods keep their own dates") {
  const auto table = decoded(
      "query-trends",
      structured(R"({"results":[{"label":"a","compare_label":"current",)"
                 R"("data":[1],"days":["2026-11-16"]},{"label":"a",)"
                 R"("compare_label":"previous","data":[2],)"
                 R"("days":["2026-11-09"]}]})"));
  CHECK(rows(table) ==
        "[\"2026-11-16\",\"a\",\"current\",1,false]\n"
        "[\"2026-11-09\",\"a\",\"previous\",2,false]\n");
}

TEST_CASE("one total per series has no dates") {
  const auto table = decoded(
      "query-trends",
      structured(
          R"({"results":[{"label":"a","aggregated_value":9007199254740993,)"
          R"("data":[],"days":[],"count":0}]})"));
  CHECK(table.shape == table::Shape::totals);
  CHECK(rows(table) == "[\"a\",9007199254740993]\n");
}

constexpr std::string_view steps =
    R"([{"name":"a","order":0,"count":1000,"average_conversion_time":null,)"
    R"("median_conversion_time":null},{"name":"b","order":1,"count":250,)"
    R"("average_conversion_time":37.5,"median_conversion_time":12}])";

TEST_CASE("a funnel gets its rates from the counts") {
  const auto table = decoded(
      "query-funnel", structured(R"({"results":)" + std::string(steps) + "}"));
  CHECK(table.shape == table::Shape::funnel);
  CHECK(column_names(table) ==
        "step event count conversion_rate step_conversion_rate dropped "
        "average_seconds median_seconds");
  CHECK(rows(table) ==
        "[1,\"a\",1000,1,1,0,null,null]\n"
        "[2,\"b\",250,0.25,0.25,750,37.5,12]\n");
}

TEST_CASE("a funnel that nobody entered has no rates") {
  const auto table = decoded("query-funnel",
                             structured(R"({"results":[{"name":"a","count":0},)"
                                        R"({"name":"b","count":0}]})"));
  CHECK(rows(table).contains("[2,\"b\",0,null,null,0,null,null]"));
}

TEST_CASE("a funnel with a breakdown is a list of funnels") {
  const auto table =
      decoded("query-funnel",
              structured(R"({"results":[)" + std::string(steps) + "]}"));
  CHECK(column_names(table).starts_with("step event breakdown count"));
}

TEST_CASE("SQL rows get the names that came with them, or numbers") {
  const std::string query =
      R"({"query":{"source":{"kind":"HogQLQuery","query":"select 1"}}})";
  const auto named = decoded(
      "query-run",
      text(R"({"columns":["event","n"],"results":[["a",1]],"hasMore":false})"),
      query);
  CHECK(column_names(named) == "event n");
  CHECK(!named.truncated);
  const auto bare = decoded("query-run", text(R"([["a",1]])"), query);
  CHECK(column_names(bare) == "column_1 column_2");
}

TEST_CASE("the widest row of SQL has a name for each of its cells") {
  const auto table = decoded(
      "query-run", text(R"([[1],[2,"x"]])"),
      R"({"query":{"source":{"kind":"HogQLQuery","query":"select 1"}}})");
  REQUIRE(table.columns.size() == 2);
  CHECK(table.cell(1, "column_2").string() == "x");
  CHECK(table.cell(0, "column_2").is_null());
}

TEST_CASE("rows beyond a query's limit are not silent") {
  const auto table = decoded(
      "query-run", text(R"({"columns":["a"],"results":[[1]],"hasMore":true})"),
      R"({"query":{"source":{"kind":"HogQLQuery","query":"select 1"}}})");
  CHECK(table.truncated);
  CHECK(table.notes.size() == 1);
}

TEST_CASE("a page of a list says how much it leaves out") {
  const auto table =
      decoded("dashboards-get-all",
              text(R"({"count":137,"next":"https://example.com/?offset=1",)"
                   R"("results":[{"id":1,"name":"a"}]})"));
  CHECK(table.truncated);
  CHECK(table.notes[0] ==
        "1 of 137 are listed; more with --all or "
        "limit:=N offset:=N");
}

TEST_CASE("a flag's rollout is that of its widest plain condition") {
  const auto table =
      decoded("feature-flag-get-all",
              text(R"([{"key":"all","active":true,"filters":{"groups":[)"
                   R"({"properties":[],"rollout_percentage":100}]}},)"
                   R"({"key":"some","active":true,"filters":{"groups":[)"
                   R"({"properties":[{"key":"x"}],"rollout_percentage":100},)"
                   R"({"properties":[],"rollout_percentage":25}]}},)"
                   R"({"key":"off","active":false,"filters":{"groups":[)"
                   R"({"properties":[],"rollout_percentage":100}]}},)"
                   R"({"key":"everybody","active":true,"filters":{"groups":[)"
                   R"({"properties":[],"rollout_percentage":null}]}}])"));
  REQUIRE(table.rows.size() == 4);
  CHECK(table.cell(0, "rollout").integer() == 100);
  CHECK(table.cell(1, "rollout").integer() == 25);
  CHECK(table.cell(2, "rollout").integer() == 0);
  CHECK(table.cell(3, "rollout").integer() == 100);
}

TEST_CASE("counts of error issues are columns of their own") {
  const auto table =
      decoded("query-error-tracking-issues-list",
              structured(R"({"results":[{"name":"TypeError","aggregations":)"
                         R"({"occurrences":50,"users":7,"sessions":9}}],)"
                         R"("hasMore":true})"));
  CHECK(table.cell(0, "occurrences").integer() == 50);
  CHECK(table.headline.front() == "name");
  CHECK(table.truncated);
}

TEST_CASE("documentation is cut into pages") {
  const auto table = decoded(
      "docs-search",
      text(R"({"content":"# Flags\nURL: https://posthog.com/docs/flags\n\n)"
           R"(One.\n# Cohorts\n\nTwo."})"));
  CHECK(table.shape == table::Shape::prose);
  CHECK(rows(table) ==
        "[\"Flags\",\"https://posthog.com/docs/flags\",\"One.\"]\n"
        "[\"Cohorts\",null,\"Two.\"]\n");
}

TEST_CASE("a flag that was not found is an error, though the reply is none") {
  const auto table = posthog::decode(
      {"feature-flag-get-definition-by-key"},
      structured(R"({"found":false,"key":"x","message":"no flag x"})"),
      wednesday());
  REQUIRE(!table);
  CHECK(table.error().kind == ErrorKind::tool_error);
  CHECK(table.error().message == "no flag x");
}

TEST_CASE("a reply that the tool cannot give is a protocol error") {
  for (std::string_view payload :
       {R"({"results":{}})", R"({"results":[{"data":[1],"days":[]}]})",
        R"("prose")"}) {
    CAPTURE(payload);
    const auto table =
        posthog::decode({"query-trends"}, structured(payload), wednesday());
    REQUIRE(!table);
    CHECK(table.error().kind == ErrorKind::protocol);
  }
}

TEST_CASE("errors of tools end in plain words and the right kind") {
  struct Case {
    std::string_view text;
    ErrorKind kind;
    std::string_view part;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"Error: [query-trends]: Missing PostHog API scope: 'query:read'. "
            "Add it.",
            ErrorKind::scope_missing, "query:read"},
           {"Error: [x]: PostHog API permission denied: API key does not have "
            "access to the requested project: ID 102.",
            ErrorKind::scope_missing, "project"},
           {"Tool cohorts-list not found", ErrorKind::refused, "no tool"},
           {"Error: [x]: PostHog API rate limit exceeded (429). Retry after "
            "40 seconds.",
            ErrorKind::network, "retry after 40 s"},
           {"Error: [dashboard-get]: Request failed:\nPath: GET /api/x\nStatus "
            "Code: 404 (Not Found)\nError Message: {\"detail\":\"Not here.\"}",
            ErrorKind::tool_error, "nothing of that id: Not here."},
           {"Error: [x]: Request failed:\nStatus Code: 500 (Oops)\nError "
            "Message: {\"detail\":\"Broken.\"}",
            ErrorKind::network, "PostHog failed (500): Broken."},
           {"Invalid input for \"query-trends\": missing required parameter: "
            "series (Do as I say.)",
            ErrorKind::tool_error, "missing required parameter: series"},
           {"MCP error -32602: Input validation error: Invalid arguments for "
            "tool query-trends: Required at series",
            ErrorKind::tool_error, "query-trends: Required at series"},
           {"Error: [exec]: Unknown tool: \"query-trends\". Run search.",
            ErrorKind::refused, "no tool query-trends"},
           {"No PostHog project is selected for this MCP session, and more.",
            ErrorKind::usage, "no project"}}) {
    CAPTURE(one.text);
    const Error error = posthog::explain({"query-trends"}, one.text);
    CHECK(error.kind == one.kind);
    CHECK(error.message.contains(one.part));
    CHECK(!error.message.contains("Do as I say"));
    CHECK(!error.hints.empty());
  }
}

TEST_CASE("an error text cannot act on the terminal") {
  const Error error =
      posthog::explain({"query-trends"}, "Error: \x1b]0;owned\x07 boom");
  CHECK(!error.message.contains('\x1b'));
  CHECK(error.message.contains("boom"));
}

}  // namespace
}  // namespace claribi::source
