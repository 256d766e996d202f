// SPDX-License-Identifier: MIT
#include <string>

#include <fmt/core.h>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

// Sign-ups and visits in the first days of September, some by people who
// signed up before.
TinyWorld september() {
  TinyWorld tiny("2026-09-05T12:00:00Z");
  tiny.person(2, R"({"email":"x@us.example"})");
  tiny.event("signup", "2026-09-01T08:00:00Z", 1, R"({"plan":"pro"})");
  tiny.event("signup", "2026-09-01T23:59:59Z", 2);
  tiny.event("signup", "2026-09-02T00:00:00Z", 3);
  tiny.event("signup", "2026-09-03T08:00:00Z", 1);
  tiny.event("signup", "2026-08-20T08:00:00Z", 4);
  tiny.event("signup", "2026-09-02T08:00:00Z", 4, R"({"plan":"pro"})");
  tiny.event("visit", "2026-09-01T09:00:00Z", 1);
  tiny.event("visit", "2026-09-02T09:00:00Z", 1);
  tiny.event("visit", "2026-09-04T09:00:00Z", 1);
  tiny.event("visit", "2026-09-04T10:00:00Z", 1);
  tiny.event("visit", "2026-09-03T09:00:00Z", 2);
  tiny.event("visit", "2026-09-03T09:00:00Z", 3);
  tiny.event("visit", "2026-09-05T13:00:00Z", 3);  // After now.
  tiny.event("visit", "2026-09-03T09:00:00Z", 4);
  return tiny;
}

json::Value retention(const TinyWorld& tiny, const std::string& arguments) {
  auto answer = query_retention(tiny.world(), json_of(arguments));
  if (!answer) FAIL(answer.error().message);
  return std::move(answer->value);
}

// The counts, a row after the other.
std::string drawn(const json::Value& answer) {
  std::string text;
  for (const auto& row : answer["results"].items()) {
    if (!text.empty()) text += " |";
    for (const auto& cell : row["values"].items())
      text += (text.empty() ? "" : " ") + json::compact(cell["count"]);
  }
  return text;
}

std::string of_signups(const TinyWorld& tiny, std::string_view filter,
                       std::string_view rest = "",
                       std::string_view target = "") {
  return drawn(
      retention(tiny, fmt::format("{{'retentionFilter':{{'totalIntervals':4,"
                                  "'targetEntity':{{'id':'signup'{}}},"
                                  "'returningEntity':{{'id':'visit'}},{}}},"
                                  "'dateRange':{{'date_from':'2026-09-01',"
                                  "'date_to':'2026-09-05'}}{}}}",
                                  target, filter, rest)));
}

constexpr std::string_view first_time =
    "'retentionType':'retention_first_time'";
constexpr std::string_view recurring = "'retentionType':'retention_recurring'";
constexpr std::string_view first_ever =
    "'retentionType':'retention_first_ever_occurrence'";
constexpr std::string_view pro =
    ",'properties':[{'key':'plan','value':['pro'],'operator':'exact',"
    "'type':'event'}]";

}  // namespace

TEST_CASE("first time counts a person in the interval of their first event") {
  CHECK(of_signups(september(), first_time) ==
        "2 1 1 1 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("recurring counts a person in every interval with the event") {
  const std::string every = "2 1 1 1 | 2 2 0 0 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0";
  CHECK(of_signups(september(), recurring) == every);
  // PostHog's default on the server.
  CHECK(of_signups(september(), "'period':'Day'") == every);
}

TEST_CASE("first ever looks at the filters after it has found the first") {
  CHECK(of_signups(september(), first_time, "", pro) ==
        "1 1 0 1 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
  CHECK(of_signups(september(), first_ever, "", pro) ==
        "1 1 0 1 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("rolling retention counts who comes later for all before") {
  CHECK(
      of_signups(september(), std::string(first_time) + ",'cumulative':true") ==
      "2 2 2 1 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("an interval can need several returning events") {
  CHECK(of_signups(september(),
                   std::string(first_time) + ",'minimumOccurrences':2") ==
        "2 0 0 1 | 1 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("filters of the query hold for both events") {
  CHECK(of_signups(september(), first_time, pro) ==
        "1 0 0 0 | 1 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("test accounts are left out unless they are asked for") {
  auto tiny = september();
  tiny.project().test_account_filters =
      json_of(
          "[{'key':'email','type':'person','operator':'not_icontains',"
          "'value':'@us.example'}]")
          .items();
  CHECK(of_signups(tiny, first_time) ==
        "1 1 0 1 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
  CHECK(of_signups(tiny, first_time, ",'filterTestAccounts':false") ==
        "2 1 1 1 | 1 1 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0");
}

TEST_CASE("nothing after the end of the range counts") {
  CHECK(drawn(retention(
            september(),
            "{'retentionFilter':{'totalIntervals':4,'targetEntity':{'id':"
            "'signup'},'returningEntity':{'id':'visit'},'retentionType':"
            "'retention_first_time'},'dateRange':{'date_from':'2026-09-01',"
            "'date_to':'2026-09-02'}}")) == "2 1 0 0 | 1 0 0 0");
}

TEST_CASE("without a start the range has as many intervals as cells") {
  const auto answer = retention(
      september(),
      "{'retentionFilter':{'totalIntervals':3,'targetEntity':{'id':'signup'},"
      "'returningEntity':{'id':'visit'}}}");
  CHECK(drawn(answer) == "1 1 0 | 0 0 0 | 0 0 0");
  CHECK(answer["results"].at(0)["date"].text_or("") == "2026-09-03T00:00:00Z");
  const auto usual = retention(september(), "{'retentionFilter':{}}");
  CHECK(usual["results"].size() == 8);
  CHECK(usual["results"].at(0)["values"].size() == 8);
}

TEST_CASE("weeks that start on Sunday follow the zone and its clock change") {
  TinyWorld tiny("2026-11-14T12:00:00Z", "America/New_York");
  tiny.moment().calendar.weeks_start_on_sunday = true;
  tiny.event("a", "2026-11-01T03:30:00Z", 1);  // Saturday, 31 October.
  tiny.event("b", "2026-11-08T04:30:00Z", 1);  // Saturday, 7 November.
  tiny.event("a", "2026-11-01T04:30:00Z", 2);  // Sunday, half past midnight.
  tiny.event("b", "2026-11-08T05:30:00Z", 2);  // Likewise, a week later.
  const std::string query =
      "{'retentionFilter':{'period':'Week','totalIntervals':3,'targetEntity':"
      "{'id':'a'},'returningEntity':{'id':'b'}},'dateRange':{'date_from':"
      "'2026-10-28','date_to':'2026-11-14'}}";
  const auto answer = retention(tiny, query);
  CHECK(drawn(answer) == "1 1 0 | 1 1 0 | 0 0 0");
  std::string dates;
  for (const auto& row : answer["results"].items())
    dates += row["date"].text_or("") + " ";
  CHECK(dates ==
        "2026-10-25T00:00:00-04:00 2026-11-01T00:00:00-04:00 "
        "2026-11-08T00:00:00-05:00 ");
  tiny.moment().calendar.weeks_start_on_sunday = false;
  CHECK(drawn(retention(tiny, query)) == "2 2 0 | 0 0 0 | 0 0 0");
}

TEST_CASE("a day with 23 hours is a day") {
  TinyWorld tiny("2026-03-10T12:00:00Z", "America/New_York");
  tiny.event("a", "2026-03-08T04:30:00Z", 1);  // 7 March, 23:30.
  tiny.event("a", "2026-03-09T03:30:00Z", 1);  // 8 March, 23:30.
  tiny.event("a", "2026-03-09T04:30:00Z", 1);  // 9 March, 00:30.
  CHECK(
      drawn(retention(tiny,
                      "{'retentionFilter':{'totalIntervals':3,'retentionType':"
                      "'retention_first_time','targetEntity':{'id':'a'},"
                      "'returningEntity':{'id':'a'}},'dateRange':{'date_from':"
                      "'2026-03-07','date_to':'2026-03-09'}}")) ==
      "1 1 1 | 0 0 0 | 0 0 0");
}

TEST_CASE("months and hours are intervals too") {
  TinyWorld tiny("2026-03-15T12:00:00Z");
  tiny.event("a", "2026-01-31T08:00:00Z", 1);
  tiny.event("a", "2026-03-01T08:00:00Z", 1);
  const auto of = [&](std::string_view period, std::string_view from,
                      std::string_view to) {
    return drawn(retention(
        tiny, fmt::format("{{'retentionFilter':{{'period':'{}',"
                          "'totalIntervals':3,'targetEntity':{{'id':'a'}},"
                          "'returningEntity':{{'id':null}}}},'dateRange':"
                          "{{'date_from':'{}','date_to':'{}'}}}}",
                          period, from, to)));
  };
  CHECK(of("Month", "2026-01-10", "2026-03-15") == "1 0 1 | 0 0 0 | 1 0 0");
  CHECK(of("Hour", "2026-03-01T07:00:00", "2026-03-01T08:30:00") ==
        "0 0 0 | 1 0 0");
}

TEST_CASE("retention gives PostHog's shape") {
  TinyWorld tiny("2026-09-02T12:00:00Z");
  tiny.event("a", "2026-09-01T08:00:00Z", 1);
  const auto answer = retention(
      tiny,
      "{'retentionFilter':{'period':'Day','totalIntervals':2,'targetEntity':"
      "{'id':'a','name':'a','type':'events'}},'dateRange':{'date_from':"
      "'2026-09-01','date_to':'2026-09-01'}}");
  CHECK(json::compact(answer["results"]) ==
        json::compact(json_of(
            "[{'values':[{'count':1,'label':'Day 0'},{'count':0,'label':"
            "'Day 1'}],'label':'Day 0','date':'2026-09-01T00:00:00Z',"
            "'breakdown_value':null}]")));
  CHECK(answer["query"]["kind"].text_or("") == "RetentionQuery");
  CHECK_FALSE(answer["query"].has("series"));
  CHECK(answer["query"]["filterTestAccounts"].boolean() == true);
}

TEST_CASE("retention refuses in PostHog's words") {
  const TinyWorld tiny("2026-09-02T12:00:00Z");
  const auto refusal = [&](std::string_view arguments) {
    const auto answer = query_retention(tiny.world(), json_of(arguments));
    REQUIRE_FALSE(answer.has_value());
    return answer.error().message;
  };
  CHECK(refusal("{}") ==
        "Invalid input for \"query-retention\": missing required parameter: "
        "retentionFilter");
  CHECK(refusal("{'retentionFilter':{'period':'Year'}}") ==
        "Validation error: Period Year is unsupported. (field: "
        "query.retentionFilter.period)");
  CHECK(refusal("{'retentionFilter':{'totalIntervals':0}}")
            .contains("totalIntervals"));
  CHECK(refusal("{'retentionFilter':{'retentionType':'x'}}")
            .contains("Unsupported retention type: x"));
  CHECK(refusal("{'retentionFilter':{'aggregationType':'sum'}}")
            .contains("aggregationType"));
  CHECK(refusal("{'retentionFilter':{'timeWindowMode':'24_hour_windows'}}")
            .contains("timeWindowMode"));
  CHECK(refusal("{'retentionFilter':{'retentionCustomBrackets':[1,2]}}")
            .contains("retentionCustomBrackets"));
  CHECK(refusal("{'retentionFilter':{'targetEntity':{'id':7,'type':"
                "'actions'}}}")
            .contains("no data for entities of type actions"));
}
