// SPDX-License-Identifier: MIT
#include "demo/insights.hpp"

#include <string>

#include "doctest/doctest.h"
#include "generated_world.hpp"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

using Tool = Result<ToolAnswer> (*)(const World&, const json::Value&);

// Insights as a project file writes them: queries with and without a node.
TinyWorld paid() {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.event("paid", "2026-09-01T08:00:00Z", 1, R"({"usd":9,"plan":"pro"})");
  tiny.event("paid", "2026-09-02T08:00:00Z", 2, R"({"usd":5,"plan":"free"})");
  tiny.project().insights =
      json_of(
          "[{'id':301,'short_id':'wKlyRev1','name':'Weekly revenue','tags':"
          "['money'],'query':{'kind':'TrendsQuery','interval':'week','series':"
          "[{'kind':'EventsNode','event':'paid','math':'sum','math_property':"
          "'usd'}],'dateRange':{'date_from':'-1w'}}},"
          "{'id':302,'short_id':'paidSql1','name':'All payments','query':{"
          "'kind':'HogQLQuery','query':'select event from events limit 1'}},"
          "{'id':303,'short_id':'brokenQ1','name':'Broken','query':{'kind':"
          "'InsightVizNode','source':{'kind':'TrendsQuery','series':[{'event':"
          "'paid','math':'cube'}]}}}]")
          .items();
  tiny.project().dashboards =
      json_of("[{'id':12,'name':'Growth','tiles':['wKlyRev1']}]").items();
  return tiny;
}

json::Value run(const TinyWorld& tiny, Tool tool, std::string_view arguments) {
  auto answer = tool(tiny.world(), json_of(arguments));
  if (!answer) return answer.error().message;
  return std::move(answer->value);
}

std::string names(const json::Value& list) {
  std::string text;
  for (const auto& row : list["results"].items())
    text += row["short_id"].text_or("") + " ";
  return text;
}

}  // namespace

TEST_CASE("insights are listed without their queries and found by words") {
  const auto tiny = paid();
  const auto all = run(tiny, insights_list, "{}");
  CHECK(all["count"].integer() == 3);
  const auto& row = all["results"].at(0);
  CHECK(row["name"].text_or("") == "Weekly revenue");
  CHECK_FALSE(row.has("query"));
  CHECK(json::compact(row["dashboards"]) == "[12]");
  CHECK(row["_posthogUrl"].text_or("") ==
        "https://us.posthog.com/project/1/insights/wKlyRev1");
  const auto listed = [&](std::string_view arguments) {
    return names(run(tiny, insights_list, arguments));
  };
  CHECK(listed("{'search':'PAYMENT'}") == "paidSql1 ");
  CHECK(listed("{'search':'money'}") == "wKlyRev1 ");
  CHECK(listed("{'insight':'SQL'}") == "paidSql1 ");
  CHECK(listed("{'insight':'TRENDS'}") == "wKlyRev1 brokenQ1 ");
  CHECK(listed("{'short_id':'wKlyRev1'}") == "wKlyRev1 ");
  CHECK(listed("{'limit':1,'offset':1}") == "paidSql1 ");
  CHECK(listed("{'favorited':true}").empty());
  CHECK(listed("{'saved':false}").empty());
}

TEST_CASE("an insight is found by its number and by its short id") {
  const auto tiny = paid();
  for (const char* id : {"{'id':301}", "{'id':'301'}", "{'id':'wKlyRev1'}"}) {
    const auto insight = run(tiny, insight_get, id);
    CHECK(insight["name"].text_or("") == "Weekly revenue");
    CHECK(insight["query"]["kind"].text_or("") == "InsightVizNode");
    CHECK(insight["query"]["source"]["interval"].text_or("") == "week");
  }
  CHECK(run(tiny, insight_get, "{'id':302}")["query"]["kind"].text_or("") ==
        "DataVisualizationNode");
  CHECK(
      run(tiny, insight_get, "{'id':'noSuch01'}").text_or("").contains("404"));
  CHECK(run(tiny, insight_get, "{}").text_or("") ==
        "Invalid input for \"insight-get\": missing required parameter: id");
}

TEST_CASE("the query of an insight is run when it is asked for") {
  const auto tiny = paid();
  const auto answer = insight_query(
      tiny.world(), json_of("{'insightId':'wKlyRev1','output_format':'json'}"));
  REQUIRE(answer.has_value());
  CHECK(answer->structured);
  const auto& value = answer->value;
  CHECK(value["query"]["kind"].text_or("") == "TrendsQuery");
  CHECK(json::compact(value["results"].at(0)["data"]) == "[0,14]");
  CHECK(value["insight"]["name"].text_or("") == "Weekly revenue");
  CHECK(value["insight"]["url"].text_or("").ends_with("/insights/wKlyRev1"));
  CHECK(value["_posthogUrl"].text_or("").ends_with("/insights/wKlyRev1"));
}

TEST_CASE("an insight of SQL gives columns and rows") {
  const auto answer = run(paid(), insight_query, "{'insightId':302}");
  CHECK(json::compact(answer["results"]) ==
        R"({"columns":["event"],"results":[["paid"]]})");
  CHECK(answer["query"]["kind"].text_or("") == "HogQLQuery");
}

TEST_CASE("filters can be overridden for one run") {
  const auto with = [](std::string_view overrides) {
    return json::compact(run(paid(), insight_query,
                             "{'insightId':301,'filters_override':" +
                                 std::string(overrides) + "}")["results"]
                             .at(0)["data"]);
  };
  CHECK(with("{'date_from':'2026-09-01'}") == "[14]");
  CHECK(with("{'properties':[{'key':'plan','value':'pro'}]}") == "[0,9]");
}

TEST_CASE("an insight that cannot be run says why") {
  CHECK(run(paid(), insight_query, "{'insightId':303}").text_or("") ==
        "Failed to query insight: Validation error: Unsupported math: cube "
        "(field: query.series.0.math)");
  CHECK(run(paid(), insight_query, "{'insightId':999}")
            .text_or("")
            .contains("404"));
}

TEST_CASE("every insight of the built-in project runs") {
  std::string kinds;
  for (const auto& insight : generated_project().insights) {
    CAPTURE(insight["name"].text_or(""));
    json::Value arguments;
    arguments.set("insightId", insight["short_id"]);
    const auto answer = insight_query(generated_world(), arguments);
    REQUIRE(answer.has_value());
    const auto& results = answer->value["results"];
    CHECK(std::max(results.size(), results["results"].size()) > 0);
    kinds += inner_query(insight["query"])["kind"].text_or("") + " ";
  }
  for (const char* kind : {"Trends", "Funnels", "Retention", "Lifecycle",
                           "Stickiness", "Paths", "HogQL"}) {
    CHECK(kinds.contains(std::string(kind) + "Query"));
  }
}
