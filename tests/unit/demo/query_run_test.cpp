// SPDX-License-Identifier: MIT
#include <string>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

TinyWorld one_event() {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.event("view", "2026-09-01T08:00:00Z", 1);
  return tiny;
}

json::Value run(const TinyWorld& tiny, std::string_view query) {
  auto answer =
      query_run(tiny.world(), json_of("{'query':" + std::string(query) + "}"));
  if (!answer) return answer.error().message;
  return std::move(answer->value);
}

}  // namespace

TEST_CASE("query-run gives what the typed tools give") {
  const TinyWorld tiny = one_event();
  const std::string series =
      "'series':[{'kind':'EventsNode','event':'view','custom_name':'V'}]";
  const auto trends = query_trends(tiny.world(), json_of("{" + series + "}"));
  REQUIRE(trends.has_value());
  const std::string source = "{'kind':'TrendsQuery'," + series + "}";
  CHECK(run(tiny, "{'kind':'InsightVizNode','source':" + source + "}") ==
        trends->value);
  CHECK(run(tiny, source) == trends->value);
  const auto funnel = query_funnel(tiny.world(), json_of("{" + series + "}"));
  REQUIRE(funnel.has_value());
  CHECK(run(tiny, "{'kind':'InsightVizNode','source':{'kind':'FunnelsQuery'," +
                      series + "}}") == funnel->value);
}

TEST_CASE("query-run takes every kind of insight") {
  const TinyWorld tiny = one_event();
  const auto same = [&](auto tool, const std::string& kind,
                        const std::string& rest) {
    const auto typed = tool(tiny.world(), json_of("{" + rest + "}"));
    REQUIRE(typed.has_value());
    const auto wrapped =
        run(tiny, "{'kind':'InsightVizNode','source':{'kind':'" + kind + "'," +
                      rest + "}}");
    CHECK(wrapped == typed->value);
  };
  same(query_retention, "RetentionQuery", "'retentionFilter':{}");
  same(query_lifecycle, "LifecycleQuery",
       "'series':[{'kind':'EventsNode','event':'view'}]");
  same(query_stickiness, "StickinessQuery",
       "'series':[{'kind':'EventsNode','event':'view'}]");
  same(query_paths, "PathsQuery", "'pathsFilter':{}");
}

TEST_CASE("query-run takes HogQL, wrapped or bare") {
  const TinyWorld tiny = one_event();
  const std::string sql =
      "{'kind':'HogQLQuery','query':'select event from events'}";
  for (const auto& query :
       {sql, "{'kind':'DataVisualizationNode','source':" + sql + "}"}) {
    CHECK(json::compact(run(tiny, query)) ==
          R"({"columns":["event"],"types":[["event","String"]],)"
          R"("results":[["view"]],"hasMore":false})");
  }
}

TEST_CASE("query-run refuses what it does not know") {
  const TinyWorld tiny = one_event();
  const auto refusal = [&](std::string_view query) {
    return run(tiny, query).text_or("");
  };
  CHECK(refusal("{}").starts_with(
      "Invalid input for \"query-run\": query.kind: expected one of"));
  CHECK(refusal("{'kind':'InsightVizNode','source':{'kind':'EventsQuery'}}")
            .contains("found \"EventsQuery\""));
  CHECK(refusal("{'kind':'InsightVizNode','source':{'kind':'PathsQuery'}}") ==
        "Invalid input for \"query-run\": missing required parameter: "
        "query.source.pathsFilter");
  CHECK(refusal("{'kind':'InsightVizNode','source':{'kind':'TrendsQuery'}}") ==
        "Invalid input for \"query-run\": missing required parameter: "
        "query.source.series");
  CHECK(refusal("{'kind':'HogQLQuery'}").contains("query.source.query"));
  const auto none = query_run(tiny.world(), json_of("{}"));
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().message ==
        "Invalid input for \"query-run\": missing required parameter: query");
  CHECK(query_run_schema()["properties"]["query"]["anyOf"].size() == 2);
}

TEST_CASE("the schema lists columns and properties with their types") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.project().events = {
      {.name = "view",
       .properties = {{.name = "size", .type = "Numeric", .values = {1, 2}},
                      {.name = "price", .type = "Numeric", .values = {1.5}},
                      {.name = "vip", .type = "Boolean"},
                      {.name = "at", .type = "DateTime"},
                      {.name = "$browser"}}},
      {.name = "pay", .properties = {{.name = "size"}}}};
  tiny.project().person_properties = {{.name = "plan"}};
  const auto answer = hogql_schema(tiny.world(), {});
  REQUIRE(answer.has_value());
  const auto& tables = answer->value["tables"];
  const auto type = [&](std::string_view table, std::string_view field) {
    return tables[table]["fields"][field]["type"].text_or("none");
  };
  CHECK(type("events", "timestamp") == "datetime");
  CHECK(type("events", "properties.size") == "integer");
  CHECK(type("events", "properties.price") == "float");
  CHECK(type("events", "properties.vip") == "boolean");
  CHECK(type("events", "properties.at") == "datetime");
  CHECK(type("events", "properties.$browser") == "string");
  CHECK(type("persons", "properties.plan") == "string");
  CHECK(type("sessions", "$session_duration") == "float");
  CHECK(json::compact(tables["persons"]["fields"]["properties.plan"]) ==
        R"({"name":"properties.plan","hogql_value":"properties.plan",)"
        R"("type":"string","schema_valid":true})");
  CHECK(json::compact(answer->value["joins"]) == "[]");
}
