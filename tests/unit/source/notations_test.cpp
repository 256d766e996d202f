// SPDX-License-Identifier: MIT
// The notations of a result besides plain JSON: which one is trusted, and
// what the tables with bars are read as.
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "source/posthog/payload.hpp"
#include "source/posthog/pipes.hpp"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

mcp::ToolResult text_result(std::string_view text) {
  return {.content = {json::Value().set("type", "text").set("text", text)}};
}

Result<table::Table> decode(std::string tool, const mcp::ToolResult& result,
                            std::string_view arguments = "{}") {
  return posthog::decode({std::move(tool), *json::parse(arguments)}, result,
                         {*parse_instant("2026-09-08T12:00:00Z"), {}});
}

table::Table table_of(Result<table::Table> table) {
  if (!table) FAIL(table.error().message);
  return std::move(*table);
}

std::string rows(const table::Table& table) {
  std::string out;
  for (const table::Row& row : table.rows)
    out += json::compact(json::Value(json::Array(row))) + "\n";
  return out;
}

std::string names(const table::Table& table) {
  std::string out;
  for (const table::Column& column : table.columns)
    out += (out.empty() ? "" : " ") + column.name;
  return out;
}

std::string note(const table::Table& table) {
  return table.notes.empty() ? "" : table.notes.front();
}

TEST_CASE("structured content is trusted before the text") {
  auto result = text_result(R"([{"id":2}])");
  result.structured = *json::parse(R"({"results":[{"id":1}]})");
  CHECK(rows(table_of(decode("cohorts-list", result))) == "[1]\n");
}

TEST_CASE("a list comes as JSON, as TOON or wrapped, and is the same") {
  for (std::string_view text :
       {R"({"results":[{"id":1,"name":"a"}],"_analytics":{"x":1}})",
        "results[1]{id,name}:\n  1,a\n\nRelated: do more.",
        "<list informational=\"true\" instructional=\"false\">\n"
        "{\"results\":[{\"id\":1,\"name\":\"a\"}]}\n</list>"}) {
    CAPTURE(text);
    const auto table =
        table_of(decode("dashboards-get-all", text_result(text)));
    CHECK(names(table) == "id name");
    CHECK(rows(table) == "[1,\"a\"]\n");
    CHECK(table.notes.empty());
  }
}

TEST_CASE("a block that only names the conversation is passed over") {
  auto result = text_result(R"([{"id":1}])");
  result.content.push_back(
      *json::parse(R"({"type":"text","text":"{\"conversation_id\":\"c\"}"})"));
  CHECK(rows(table_of(decode("cohorts-list", result))) == "[1]\n");
}

TEST_CASE("what the frame says becomes notes, and a cut one is marked") {
  const auto table = table_of(
      decode("cohorts-list",
             text_result(R"({"results":[{"id":1}],"warnings":["slow"],)"
                         R"("_truncated":{"notice":"9 rows\nare gone"},)"
                         R"("_ignoredKeys":["a","b"],)"
                         R"("_ignoredKeysNote":"call again"})")));
  CHECK(table.truncated);
  REQUIRE(table.notes.size() == 3);
  CHECK(table.notes[0] == "PostHog shortened this result: 9 rows\\x0aare gone");
  CHECK(table.notes[1] == "PostHog warns: slow");
  CHECK(table.notes[2] == "PostHog did not know and ignored: a, b");
}

TEST_CASE("a last element that says the list was cut is no row") {
  const auto table = table_of(
      decode("cohorts-list",
             text_result(R"([{"id":1},{"_truncated":{"omittedTraces":3}}])")));
  CHECK(table.truncated);
  CHECK(rows(table) == "[1]\n");
}

TEST_CASE("the token of a project is not shown") {
  const auto table = table_of(
      decode("projects-get",
             text_result(R"([{"id":1,"name":"a","api_token":"phc_x"}])")));
  CHECK(names(table) == "id name");
}

TEST_CASE("a text that is no table is said to be so") {
  const auto table =
      decode("dashboards-get-all", text_result("Sorry: nothing today."));
  REQUIRE(!table);
  CHECK(table.error().kind == ErrorKind::protocol);
  CHECK(table.error().hints.front().contains("--format raw"));
}

constexpr std::string_view sql_text =
    "event|total|note|on\na|9007199254740993|(null)|True\n"
    "b|17|\"(null)\"|False";

TEST_CASE("SQL text gives typed cells, and large numbers stay whole") {
  const auto table = table_of(decode("execute-sql", text_result(sql_text)));
  CHECK(names(table) == "event total note on");
  CHECK(rows(table) ==
        "[\"a\",9007199254740993,null,true]\n"
        "[\"b\",17,\"(null)\",false]\n");
  CHECK(!table.truncated);
}

TEST_CASE("SQL text through exec is the same text in quotes") {
  const std::string quoted = json::compact(json::Value(sql_text));
  CHECK(rows(table_of(decode("execute-sql", text_result(quoted)))) ==
        rows(table_of(decode("execute-sql", text_result(sql_text)))));
}

TEST_CASE("a row with another number of cells is never guessed at") {
  for (std::string_view text : {"a|b\n1|2|3", "a|b\n1\n2|3", "a|b\nx|y\nz"}) {
    CAPTURE(text);
    const auto table = decode("execute-sql", text_result(text));
    REQUIRE(!table);
    CHECK(table.error().message.contains("a value holds a bar"));
  }
}

TEST_CASE("notices around SQL text are no rows") {
  const auto table = table_of(
      decode("execute-sql",
             text_result("[Access control] Some rows are hidden.\n\n"
                         "<query_scan_warning>Big.</query_scan_warning>\n\n"
                         "n\n1\n2\n[SQL result preview: Showing 2 of 9 "
                         "returned rows. Do more.]")));
  CHECK(rows(table) == "[1]\n[2]\n");
  CHECK(table.truncated);
  CHECK(table.notes.size() == 3);
}

std::string many_rows(int count) {
  std::string text = "n";
  for (int i = 0; i < count; ++i)
    text += "\n" + std::to_string(i);
  return text;
}

TEST_CASE("rows that fill PostHog's own limit may not be all") {
  const auto sql = [](int count, std::string_view statement) {
    return table_of(decode("execute-sql", text_result(many_rows(count)),
                           R"({"query":")" + std::string(statement) + "\"}"));
  };
  CHECK(sql(100, "select 1").truncated);
  CHECK(sql(100, "select limited from t").truncated);
  CHECK(note(sql(100, "select 1")).starts_with("the first 100 rows; more may"));
  CHECK(!sql(99, "select 1").truncated);
  CHECK(!sql(100, "select 1 LIMIT  100").truncated);
  CHECK(sql(50000, "select 1 limit 60000").truncated);
}

TEST_CASE("an empty SQL result has no rows and is no error") {
  CHECK(rows(table_of(decode("execute-sql", text_result("a|b")))).empty());
  CHECK(rows(table_of(
                 decode("execute-sql",
                        text_result("No data recorded for this time period."))))
            .empty());
}

TEST_CASE("a trend's text has the shape of its JSON") {
  const auto table = table_of(
      decode("query-trends",
             text_result("Date|a|b\n2026-09-07|1|2.5\n"
                         "2026-09-08 (partial)|3|N/A\n\nNote: rows.")));
  CHECK(table.shape == table::Shape::time_series);
  CHECK(names(table) == "date series value partial");
  CHECK(rows(table) ==
        "[\"2026-09-07\",\"a\",1,false]\n[\"2026-09-08\",\"a\",3,true]\n"
        "[\"2026-09-07\",\"b\",2.5,false]\n[\"2026-09-08\",\"b\",null,true]\n");
}

TEST_CASE("compared and broken down trends keep their columns as text") {
  const auto compared = table_of(
      decode("query-trends", text_result("Previous period:\nDate|a\n"
                                         "2026-08-31|1\n\nCurrent period:\n"
                                         "Date|a\n2026-09-07|2")));
  CHECK(names(compared) == "date series period value partial");
  CHECK(rows(compared) ==
        "[\"2026-08-31\",\"a\",\"previous\",1,false]\n"
        "[\"2026-09-07\",\"a\",\"current\",2,false]\n");
  const auto broken = table_of(
      decode("query-trends",
             text_result("Date|a breakdown for the value `x`\n2026-09-07|1")));
  CHECK(rows(broken) == "[\"2026-09-07\",\"a\",\"x\",1,false]\n");
}

TEST_CASE("a total and an empty trend are read from text") {
  const auto total = table_of(
      decode("query-trends",
             text_result("Date range|Aggregated value for a\nx to y|12")));
  CHECK(total.shape == table::Shape::totals);
  CHECK(rows(total) == "[\"Aggregated value for a\",12]\n");
  CHECK(rows(table_of(
                 decode("query-trends",
                        text_result("No data recorded for this time period."))))
            .empty());
}

TEST_CASE("a funnel's text gives counts, rates and seconds") {
  const auto table = table_of(decode(
      "query-funnel",
      text_result("Date range: x\n\nMetric|a|b\nTotal person count|200|50\n"
                  "Conversion rate|100%|25%\n"
                  "Average conversion time|-|1m 15s\n"
                  "Median conversion time|-|12s\n\nThe rates are overall.")));
  CHECK(table.shape == table::Shape::funnel);
  CHECK(rows(table) ==
        "[1,\"a\",200,1,1,0,null,null]\n"
        "[2,\"b\",50,0.25,0.25,150,75,12]\n");
}

TEST_CASE("a funnel's text with a breakdown has a block per value") {
  const auto table = table_of(decode(
      "query-funnel", text_result("Date range: x\n\n---US\nMetric|a\n"
                                  "Total person count|9\n\n---DE\nMetric|a\n"
                                  "Total person count|4\n\nEnd.")));
  CHECK(rows(table) ==
        "[1,\"a\",\"US\",9,1,1,0,null,null]\n"
        "[1,\"a\",\"DE\",4,1,1,0,null,null]\n");
}

}  // namespace
}  // namespace claribi::source
