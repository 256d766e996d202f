// SPDX-License-Identifier: MIT
#include <chrono>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

// The whole answer to arguments written with ' for ".
json::Value trends(const TinyWorld& tiny, std::string_view arguments) {
  auto answer = query_trends(tiny.world(), json_of(arguments));
  if (!answer) FAIL(answer.error().message);
  CHECK(answer->structured);
  return std::move(answer->value);
}

json::Value results(const TinyWorld& tiny, std::string_view arguments) {
  return trends(tiny, arguments)["results"];
}

// One line for each series: its label and its data.
std::string drawn(const json::Value& series) {
  std::string text;
  for (const auto& item : series.items()) {
    if (!text.empty()) text += "; ";
    text += item["label"].text_or("?") + " " + json::compact(item["data"]);
  }
  return text;
}

std::string data(const TinyWorld& tiny, std::string_view arguments) {
  return drawn(results(tiny, arguments));
}

std::string refusal(const TinyWorld& tiny, std::string_view arguments) {
  const auto answer = query_trends(tiny.world(), json_of(arguments));
  REQUIRE_FALSE(answer.has_value());
  return answer.error().message;
}

// Tuesday 1 to Thursday 3 September 2026, and one event after now.
TinyWorld three_days() {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.person(1, "{\"plan\":\"pro\"}");
  tiny.person(2, "{\"plan\":\"free\"}");
  tiny.session(1, 1, "2026-09-01T08:00:00Z", "2026-09-01T08:10:00Z");
  tiny.session(2, 2, "2026-09-01T09:00:00Z", "2026-09-01T09:00:30Z");
  tiny.event("view", "2026-09-01T08:00:00Z", 1,
             R"({"$browser":"Chrome","size":10,"file type":"pdf"})", 1);
  tiny.event("view", "2026-09-01T08:05:00Z", 1,
             R"({"$browser":"Chrome","size":30,"file type":"png"})", 1);
  tiny.event("view", "2026-09-01T09:00:00Z", 2,
             R"({"$browser":"Safari","size":50,"vip":true})", 2);
  tiny.event("view", "2026-09-03T10:00:00Z", 2, R"({"size":"big"})");
  tiny.event("view", "2026-09-03T11:00:00Z", 3,
             R"({"$browser":"Firefox","size":7.5,"vip":false})");
  tiny.event("view", "2026-09-03T13:00:00Z", 3, R"({"size":1000})");
  tiny.event("pay", "2026-09-01T08:07:00Z", 1, R"({"amount":5})", 1);
  return tiny;
}

constexpr std::string_view september =
    "'dateRange':{'date_from':'2026-09-01','date_to':'2026-09-03'}";

std::string of_view(std::string_view rest) {
  return "{'series':[{'event':'view'" + std::string(rest) + "}]," +
         std::string(september) + "}";
}

std::string with(std::string_view members) {
  return "{'series':[{'event':'view'}]," + std::string(september) + "," +
         std::string(members) + "}";
}

}  // namespace

TEST_CASE("trends give PostHog's shape") {
  const TinyWorld tiny = three_days();
  const auto answer = trends(tiny, of_view(",'custom_name':'Views'"));
  CHECK(json::compact(answer["query"]) ==
        json::compact(json_of(
            "{'dateRange':{'date_from':'2026-09-01','date_to':'2026-09-03'},"
            "'kind':'TrendsQuery','properties':[],"
            "'series':[{'event':'view','custom_name':'Views',"
            "'kind':'EventsNode'}],'interval':'day','filterTestAccounts':"
            "true}")));
  CHECK(json::canonical(answer["results"]) ==
        json::canonical(json_of(
            "[{'action':{'days':['2026-09-01T00:00:00Z',"
            "'2026-09-02T00:00:00Z','2026-09-03T00:00:00Z'],'id':'view',"
            "'type':'events','order':0,'name':'view','custom_name':'Views',"
            "'math':'total','math_property':null,'math_hogql':null,"
            "'math_group_type_index':null,'properties':{}},"
            "'label':'view','count':5,'data':[3,0,2],"
            "'labels':['1-Sep-2026','2-Sep-2026','3-Sep-2026'],"
            "'days':['2026-09-01','2026-09-02','2026-09-03'],"
            "'filter':{'insight':'TRENDS'}}]")));
  CHECK(answer["_posthogUrl"].text_or("").starts_with(
      "demo://local/insights/new#q=%7B%22kind%22"));
}

TEST_CASE("each math counts what it says") {
  const TinyWorld tiny = three_days();
  const auto of = [&](std::string_view math) {
    return data(tiny, of_view(",'math':'" + std::string(math) +
                              "','math_property':'size'"));
  };
  CHECK(of("total") == "view [3,0,2]");
  CHECK(of("dau") == "view [2,0,2]");
  CHECK(of("unique_session") == "view [2,0,0]");
  CHECK(of("first_time_for_user") == "view [2,0,1]");
  CHECK(of("sum") == "view [90,0,7.5]");
  CHECK(of("avg") == "view [30,0,7.5]");
  CHECK(of("min") == "view [10,0,7.5]");
  CHECK(of("max") == "view [50,0,7.5]");
  CHECK(of("median") == "view [30,0,7.5]");
  CHECK(of("p75") == "view [40,0,7.5]");
  CHECK(of("p90") == "view [46,0,7.5]");
  CHECK(of("p95") == "view [48,0,7.5]");
  CHECK(of("p99") == "view [49.6,0,7.5]");
  CHECK(data(tiny, of_view(",'math':'avg','math_property':'$session_duration'"
                           ",'math_property_type':'session_properties'")) ==
        "view [410,0,0]");
}

TEST_CASE("rolling maths count the persons of the days up to each bucket") {
  TinyWorld tiny("2026-09-30T12:00:00Z");
  tiny.event("view", "2026-08-26T10:00:00Z", 1);
  tiny.event("view", "2026-09-01T10:00:00Z", 2);
  const std::string range =
      "'dateRange':{'date_from':'2026-08-31','date_to':'2026-09-08'}}";
  CHECK(data(tiny, "{'series':[{'event':'view','math':'weekly_active'}]," +
                       range) == "view [1,2,1,1,1,1,1,1,0]");
  CHECK(data(tiny, "{'series':[{'event':'view','math':'monthly_active'}]," +
                       range) == "view [1,2,2,2,2,2,2,2,2]");
  // As one total it is the last seven days of the range.
  const auto total =
      results(tiny,
              "{'series':[{'event':'view','math':'weekly_active'}],"
              "'trendsFilter':{'display':'BoldNumber'}," +
                  range);
  CHECK(total.at(0)["aggregated_value"] == json::Value(0));
}

TEST_CASE("first time asks for the first event ever, not of the range") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.event("view", "2026-08-01T10:00:00Z", 1, R"({"kind":"b"})");
  tiny.event("view", "2026-09-01T10:00:00Z", 1, R"({"kind":"a"})");
  tiny.event("view", "2026-09-02T10:00:00Z", 2, R"({"kind":"a"})");
  const std::string filter =
      ",'properties':[{'key':'kind','type':'event','value':'a'}]";
  CHECK(data(tiny, of_view(",'math':'first_time_for_user'")) == "view [0,1,0]");
  CHECK(data(tiny, of_view(",'math':'first_time_for_user'" + filter)) ==
        "view [0,1,0]");
  CHECK(data(tiny, of_view(",'math':'first_matching_event_for_user'" +
                           filter)) == "view [1,1,0]");
}

TEST_CASE("a total stands alone, with empty data") {
  const TinyWorld tiny = three_days();
  for (const char* display : {"BoldNumber", "ActionsBarValue", "ActionsTable",
                              "ActionsPie", "WorldMap"}) {
    CAPTURE(display);
    const auto result = results(tiny, with("'trendsFilter':{'display':'" +
                                           std::string(display) + "'}"))
                            .at(0);
    CHECK(result["aggregated_value"] == json::Value(5));
    CHECK(result["count"] == json::Value(0));
    CHECK(json::compact(result["data"]) == "[]");
    CHECK(json::compact(result["days"]) == "[]");
    CHECK(result["action"]["days"].size() == 3);
  }
  // Two persons on the first day and two on the third are three.
  const auto dau =
      results(tiny, "{'series':[{'event':'view','math':'dau'}]," +
                        std::string(september) +
                        ",'trendsFilter':{'display':'BoldNumber'}}");
  CHECK(dau.at(0)["aggregated_value"] == json::Value(3));
  const auto none = results(
      tiny, "{'series':[{'event':'pay','math':'avg','math_property':'x'}]," +
                std::string(september) +
                ",'trendsFilter':{'display':'BoldNumber'}}");
  CHECK(none.at(0)["aggregated_value"].is_null());
}

TEST_CASE("all events count together when no event is named") {
  const TinyWorld tiny = three_days();
  CHECK(data(tiny, "{'series':[{'event':null},{}]," + std::string(september) +
                       "}") == "All events [4,0,2]; All events [4,0,2]");
  CHECK(data(tiny, "{'series':[{'event':'never'}]," + std::string(september) +
                       "}") == "never [0,0,0]");
}

TEST_CASE("a breakdown gives a series for each value, null and other last") {
  const TinyWorld tiny = three_days();
  const auto by_browser = results(
      tiny, with("'breakdownFilter':{'breakdowns':[{'property':'$browser',"
                 "'type':'event'}]}"));
  CHECK(drawn(by_browser) ==
        "Chrome [2,0,0]; Firefox [0,0,1]; Safari [1,0,0]; "
        "$$_posthog_breakdown_null_$$ [0,0,1]");
  CHECK(json::compact(by_browser.at(0)["breakdown_value"]) == "[\"Chrome\"]");

  const auto limited = results(
      tiny, with("'breakdownFilter':{'breakdowns':[{'property':'$browser',"
                 "'type':'event'}],'breakdown_limit':1}"));
  CHECK(drawn(limited) ==
        "Chrome [2,0,0]; $$_posthog_breakdown_null_$$ [0,0,1]; "
        "$$_posthog_breakdown_other_$$ [1,0,1]");
  CHECK(json::compact(limited.at(2)["breakdown_value"]) ==
        "[\"$$_posthog_breakdown_other_$$\"]");
}

TEST_CASE("a breakdown takes persons, booleans, several and the old spelling") {
  const TinyWorld tiny = three_days();
  CHECK(data(tiny, with("'breakdownFilter':{'breakdowns':[{'property':'plan',"
                        "'type':'person'}]}")) ==
        "free [1,0,1]; pro [2,0,0]; $$_posthog_breakdown_null_$$ [0,0,1]");
  CHECK(data(tiny, with("'breakdownFilter':{'breakdowns':[{'property':'vip',"
                        "'type':'event'}]}")) ==
        "false [0,0,1]; true [1,0,0]; $$_posthog_breakdown_null_$$ [2,0,1]");
  const auto pair = results(
      tiny, with("'breakdownFilter':{'breakdowns':[{'property':'$browser',"
                 "'type':'event'},{'property':'plan','type':'person'}]}"));
  CHECK(pair.at(0)["label"] == json::Value("Chrome::pro"));
  CHECK(json::compact(pair.at(0)["breakdown_value"]) == "[\"Chrome\",\"pro\"]");
  const auto old =
      results(tiny, with("'breakdownFilter':{'breakdown':'file type',"
                         "'breakdown_type':'event'}"));
  CHECK(drawn(old) ==
        "pdf [1,0,0]; png [1,0,0]; $$_posthog_breakdown_null_$$ [1,0,2]");
  CHECK(old.at(0)["breakdown_value"] == json::Value("pdf"));
  CHECK(data(tiny, "{'series':[{'event':'view'},{'event':'pay'}]," +
                       std::string(september) +
                       ",'breakdownFilter':{'breakdowns':[{'property':'plan',"
                       "'type':'person'}],'breakdown_limit':1}}") ==
        "view - free [1,0,1]; view - $$_posthog_breakdown_null_$$ [0,0,1]; "
        "view - $$_posthog_breakdown_other_$$ [2,0,0]; pay - pro [1,0,0]");
}

TEST_CASE("a comparison adds the period before with its own days") {
  TinyWorld tiny("2026-09-08T12:00:00Z");
  tiny.event("view", "2026-08-30T10:00:00Z", 1);
  tiny.event("view", "2026-08-31T10:00:00Z", 1);
  tiny.event("view", "2026-09-01T10:00:00Z", 1);
  const auto pair = results(tiny, with("'compareFilter':{'compare':true}"));
  REQUIRE(pair.size() == 2);
  CHECK(drawn(pair) == "view [1,0,0]; view [0,1,1]");
  CHECK(pair.at(0)["compare_label"] == json::Value("current"));
  CHECK(pair.at(1)["compare_label"] == json::Value("previous"));
  CHECK(pair.at(1)["compare"] == json::Value(true));
  CHECK(json::compact(pair.at(1)["days"]) ==
        R"(["2026-08-29","2026-08-30","2026-08-31"])");
  CHECK(pair.at(1)["action"]["days"] == pair.at(0)["action"]["days"]);
  const auto week = results(
      tiny, with("'compareFilter':{'compare':true,'compare_to':'-1w'}"));
  CHECK(json::compact(week.at(1)["days"]) ==
        R"(["2026-08-25","2026-08-26","2026-08-27"])");
  const auto seven =
      results(tiny,
              "{'series':[{'event':'view'}],'dateRange':{'date_from':'-7d'},"
              "'compareFilter':{'compare':true}}");
  // PostHog keeps the weekdays of -7d together.
  CHECK(seven.at(0)["days"].at(0) == json::Value("2026-09-01"));
  CHECK(seven.at(1)["days"].at(0) == json::Value("2026-08-25"));
  CHECK(seven.at(1)["days"].size() == 8);
}

TEST_CASE("a formula is worked out bucket by bucket") {
  const TinyWorld tiny = three_days();
  const std::string series =
      "{'series':[{'event':'view'},{'event':'view','math':'dau'}]," +
      std::string(september) + ",";
  const auto ratio =
      results(tiny, series + "'trendsFilter':{'formula':'A/B*2-(1+B)'}}");
  CHECK(drawn(ratio) == "Formula (A/B*2-(1+B)) [0,-1,-1]");
  CHECK(ratio.at(0)["action"].is_null());
  CHECK(drawn(results(tiny, series + "'trendsFilter':{'formulaNodes':["
                                     "{'formula':'A/B','custom_name':'Each'},"
                                     "{'formula':'-a'}]}}")) ==
        "Each [1.5,0,1]; Formula (-a) [-3,0,-2]");
  const auto total = results(
      tiny,
      series + "'trendsFilter':{'formula':'A/B','display':'BoldNumber'}}");
  CHECK(total.at(0)["aggregated_value"].number() == doctest::Approx(5.0 / 3.0));
  CHECK(
      data(tiny, "{'series':[{'event':'view'},{'event':'pay'}]," +
                     std::string(september) +
                     ",'breakdownFilter':{'breakdowns':[{'property':'plan',"
                     "'type':'person'}]},'trendsFilter':{'formula':'B/A'}}") ==
      "free [0,0,0]; pro [0.5,0,0]; $$_posthog_breakdown_null_$$ [0,0,0]");
  for (const char* formula : {"A+", "C", "", "A B", "(A", "A)", "A//B", "x1"}) {
    CAPTURE(formula);
    CHECK(
        refusal(tiny, series + "'trendsFilter':{'formula':'" + formula + "'}}")
            .starts_with("Validation error: Invalid formula: "));
  }
}

TEST_CASE("a cumulative line adds up") {
  const TinyWorld tiny = three_days();
  const auto line = results(
      tiny, with("'trendsFilter':{'display':'ActionsLineGraphCumulative'}"));
  CHECK(drawn(line) == "view [3,3,5]");
  CHECK(line.at(0)["count"] == json::Value(5));
}

TEST_CASE("filters of the series and of the query both hold") {
  const TinyWorld tiny = three_days();
  CHECK(
      data(tiny, of_view(",'properties':[{'key':'$browser','type':'event',"
                         "'operator':'exact','value':['Chrome','Safari']}]")) ==
      "view [3,0,0]");
  CHECK(data(tiny,
             "{'series':[{'event':'view','properties':[{'key':'$browser',"
             "'value':'Chrome'}]}]," +
                 std::string(september) +
                 ",'properties':[{'key':'size','operator':'gt',"
                 "'value':10}]}") == "view [1,0,0]");
}

TEST_CASE("weeks start on the project's day, months on the first") {
  TinyWorld tiny("2026-09-16T12:00:00Z");
  tiny.event("view", "2026-09-06T12:00:00Z", 1);  // A Sunday.
  tiny.event("view", "2026-09-07T12:00:00Z", 1);
  tiny.event("view", "2026-08-31T12:00:00Z", 2);
  const std::string range =
      "'dateRange':{'date_from':'2026-09-02','date_to':'2026-09-16'}}";
  const std::string weekly =
      "{'series':[{'event':'view'}],'interval':'week'," + range;
  CHECK(data(tiny, weekly) == "view [2,1,0]");
  CHECK(json::compact(results(tiny, weekly).at(0)["days"]) ==
        R"(["2026-08-31","2026-09-07","2026-09-14"])");
  tiny.moment().calendar.weeks_start_on_sunday = true;
  CHECK(json::compact(results(tiny, weekly).at(0)["days"]) ==
        R"(["2026-08-30","2026-09-06","2026-09-13"])");
  CHECK(data(tiny, weekly) == "view [1,2,0]");
  const auto monthly =
      results(tiny,
              "{'series':[{'event':'view'}],'interval':'month',"
              "'dateRange':{'date_from':'2026-08-15','date_to':'2026-09-16'}}");
  CHECK(drawn(monthly) == "view [1,2]");
  CHECK(json::compact(monthly.at(0)["labels"]) == R"(["Aug 2026","Sep 2026"])");
}

TEST_CASE("a day has 23 or 25 hours when the clock changes") {
  TinyWorld tiny("2026-10-27T12:00:00Z", "Europe/Berlin");
  // Summer time ends on 25 October 2026 at 01:00 UTC.
  tiny.event("view", "2026-10-24T21:59:00Z", 1);  // 23:59 on the 24th.
  tiny.event("view", "2026-10-24T22:00:00Z", 1);  // Midnight of the 25th.
  tiny.event("view", "2026-10-25T00:30:00Z", 1);  // 02:30, the first time.
  tiny.event("view", "2026-10-25T01:30:00Z", 1);  // 02:30, the second time.
  tiny.event("view", "2026-10-25T22:59:00Z", 1);  // 23:59 on the 25th.
  tiny.event("view", "2026-10-25T23:00:00Z", 1);  // Midnight of the 26th.
  const auto days =
      results(tiny,
              "{'series':[{'event':'view'}],"
              "'dateRange':{'date_from':'2026-10-24','date_to':'2026-10-26'}}");
  CHECK(drawn(days) == "view [1,4,1]");
  CHECK(json::compact(days.at(0)["action"]["days"]) ==
        R"(["2026-10-24T00:00:00+02:00","2026-10-25T00:00:00+02:00",)"
        R"("2026-10-26T00:00:00+01:00"])");
  const auto hours = results(tiny,
                             "{'series':[{'event':'view'}],'interval':'hour',"
                             "'dateRange':{'date_from':'2026-10-25',"
                             "'date_to':'2026-10-25'}}");
  REQUIRE(hours.at(0)["days"].size() == 25);
  CHECK(hours.at(0)["days"].at(2) == json::Value("2026-10-25 02:00:00"));
  CHECK(hours.at(0)["days"].at(3) == json::Value("2026-10-25 02:00:00"));
  CHECK(hours.at(0)["data"].at(2) == json::Value(1));
  CHECK(hours.at(0)["data"].at(3) == json::Value(1));
  tiny.event("view", "2026-03-29T00:30:00Z", 1);
  const auto spring = results(tiny,
                              "{'series':[{'event':'view'}],'interval':'hour',"
                              "'dateRange':{'date_from':'2026-03-29',"
                              "'date_to':'2026-03-29'}}");
  CHECK(spring.at(0)["days"].size() == 23);
  CHECK(spring.at(0)["days"].at(2) == json::Value("2026-03-29 03:00:00"));
  CHECK(spring.at(0)["count"] == json::Value(1));
}

TEST_CASE("trends refuse in PostHog's words") {
  const TinyWorld tiny = three_days();
  const std::string missing =
      "Invalid input for \"query-trends\": missing required parameter: series "
      "(Events, actions, or groups of events/actions to include. Prioritize "
      "the more popular and fresh events and actions.\n\nUse a top-level "
      "`EventsNode` or `ActionsNode` entry for each independent series "
      "(one...)";
  CHECK(refusal(tiny, "{}") == missing);
  CHECK(refusal(tiny, "{'query':{'kind':'TrendsQuery','series':[{}]}}") ==
        missing +
            "; this tool takes these fields at the top level, not nested under "
            "\"query\", so resend them as {\"kind\": ..., \"series\": ...}");
  CHECK(refusal(tiny, "{'series':[]}") ==
        "Invalid input for \"query-trends\": series: expected at least one "
        "element");
  CHECK(refusal(tiny, "{'series':[{'kind':'ActionsNode','id':1}]}")
            .contains("ActionsNode (field: query.series.0)"));
  CHECK(refusal(tiny, of_view(",'math':'mode'"))
            .starts_with("Validation error: Unsupported math: mode"));
  CHECK(refusal(tiny, of_view(",'math':'sum'"))
            .starts_with("Validation error: math_property is required"));
  CHECK(refusal(tiny, with("'interval':'fortnight'"))
            .starts_with("Invalid input for \"query-trends\": interval"));
  CHECK(refusal(tiny, with("'breakdownFilter':{'breakdowns':[{'property':'x',"
                           "'type':'cohort'}]}"))
            .contains("Unsupported breakdown type: cohort"));
}

TEST_CASE("the schema of trends asks for series") {
  const auto schema = query_trends_schema();
  CHECK(json::compact(schema["required"]) == R"(["series"])");
  CHECK(schema["properties"]["series"]["items"]["properties"]["math"]["enum"]
            .size() == 15);
}
