// SPDX-License-Identifier: MIT
#include <string>

#include <fmt/core.h>

#include "demo/funnel_match.hpp"
#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

json::Value funnel(const TinyWorld& tiny, const std::string& arguments) {
  auto answer = query_funnel(tiny.world(), json_of(arguments));
  if (!answer) FAIL(answer.error().message);
  return std::move(answer->value);
}

// "count(average/median)" of each step.
std::string drawn(const json::Value& steps) {
  std::string text;
  for (const auto& step : steps.items()) {
    text += (text.empty() ? "" : " ") + json::compact(step["count"]);
    if (step["average_conversion_time"].is_null()) continue;
    text += "(" + json::compact(step["average_conversion_time"]) + "/" +
            json::compact(step["median_conversion_time"]) + ")";
  }
  return text;
}

constexpr std::string_view september =
    "'dateRange':{'date_from':'2026-09-01','date_to':'2026-09-30'}";

std::string steps(const TinyWorld& tiny, std::string_view series,
                  std::string_view rest = "") {
  return drawn(funnel(tiny, fmt::format("{{'series':[{}],{}{}}}", series,
                                        september, rest))["results"]);
}

constexpr std::string_view abc = "{'event':'a'},{'event':'b'},{'event':'c'}";

constexpr std::string_view strict =
    ",'funnelsFilter':{'funnelOrderType':'strict'}";
constexpr std::string_view unordered =
    ",'funnelsFilter':{'funnelOrderType':'unordered'}";

// Letters as events a second apart, one after the other; a dot is a second
// without one, x an event that is no step.
Attempt attempt(std::string_view letters, FunnelOrder order,
                int64_t window_seconds) {
  std::vector<FunnelEvent> events;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] == '.') continue;
    const uint64_t mask =
        letters[i] == 'x' ? 0 : uint64_t{1} << (letters[i] - 'a');
    events.push_back(
        {.at = static_cast<int64_t>(i) * 1000, .steps = mask, .value = i});
  }
  return furthest_attempt(
      events, {.steps = 3, .window = window_seconds * 1000, .order = order});
}

std::string seconds_of(const Attempt& attempt) {
  std::string text;
  for (const int64_t at : attempt.times)
    text += (text.empty() ? "" : " ") + std::to_string(at / 1000);
  return text;
}

}  // namespace

TEST_CASE("an ordered attempt takes the steps in order, within the window") {
  const auto of = [](std::string_view letters, int64_t window = 100) {
    return seconds_of(attempt(letters, FunnelOrder::ordered, window));
  };
  CHECK(of("") == "");
  CHECK(of("bc") == "");
  CHECK(of("abc") == "0 1 2");
  CHECK(of("axbxc") == "0 2 4");
  CHECK(of("acb") == "0 2");
  CHECK(of("ba") == "1");
  // The window is measured from the first step and includes its end.
  CHECK(of("a.b.c", 4) == "0 2 4");
  CHECK(of("a.b.c", 3) == "0 2");
  CHECK(of("a....b", 4) == "0");
  // A first step that is repeated starts over, but what began earlier goes on.
  CHECK(of("aab") == "1 2");
  CHECK(of("abac") == "0 1 3");
  CHECK(of("ab..abc", 3) == "4 5 6");
  // Of equal attempts the first counts.
  CHECK(of("ab.ab") == "0 1");
}

TEST_CASE("a strict attempt has nothing between its steps") {
  const auto of = [](std::string_view letters) {
    return seconds_of(attempt(letters, FunnelOrder::strict, 100));
  };
  CHECK(of("abc") == "0 1 2");
  CHECK(of("axbc") == "0");
  CHECK(of("abxc") == "0 1");
  CHECK(of("aabc") == "1 2 3");
  CHECK(of("abbc") == "0 1");
  CHECK(of("abxabc") == "3 4 5");
}

TEST_CASE("an unordered attempt takes the steps as they come") {
  const auto of = [](std::string_view letters, int64_t window = 100) {
    return seconds_of(attempt(letters, FunnelOrder::unordered, window));
  };
  CHECK(of("cab") == "0 1 2");
  CHECK(of("bb") == "0");
  CHECK(of("c..ab", 3) == "0 3");
  CHECK(of("c...ab..c", 4) == "4 5 8");
}

TEST_CASE("one event takes one step even if it could take two") {
  const std::vector<FunnelEvent> events = {{.at = 0, .steps = 3},
                                           {.at = 5, .steps = 3}};
  for (const auto order :
       {FunnelOrder::ordered, FunnelOrder::unordered, FunnelOrder::strict}) {
    const FunnelRule rule{.steps = 2, .window = 10, .order = order};
    CHECK(furthest_attempt(std::span(events).first(1), rule).times ==
          std::vector<int64_t>{0});
    CHECK(furthest_attempt(events, rule).times == std::vector<int64_t>{0, 5});
  }
}

TEST_CASE("an attempt keeps the value of the event that began it") {
  CHECK(attempt("a.abc", FunnelOrder::ordered, 100).value == 2);
  CHECK(attempt("cab", FunnelOrder::unordered, 100).value == 0);
}

TEST_CASE("a funnel counts persons and times between steps") {
  TinyWorld tiny("2026-09-30T12:00:00Z");
  tiny.event("a", "2026-09-01T10:00:00Z", 1);
  tiny.event("b", "2026-09-01T10:00:10Z", 1);
  tiny.event("c", "2026-09-01T10:00:15Z", 1);
  tiny.event("a", "2026-09-02T10:00:00Z", 2);
  tiny.event("b", "2026-09-02T10:00:20Z", 2);
  tiny.event("a", "2026-09-03T10:00:00Z", 3);
  tiny.event("x", "2026-09-03T10:00:30Z", 3);
  tiny.event("b", "2026-09-03T10:01:00Z", 3);
  tiny.event("a", "2026-08-31T10:00:00Z", 4);  // Before the range.
  tiny.event("b", "2026-09-01T10:00:00Z", 4);
  tiny.event("a", "2026-09-10T10:00:00Z", 5);
  tiny.event("b", "2026-09-24T10:00:01Z", 5);  // A second too late.
  tiny.event("a", "2026-09-30T13:00:00Z", 6);  // After now.
  CHECK(steps(tiny, abc) == "4 3(30/20) 1(5/5)");
  CHECK(steps(tiny, abc, strict) == "4 2(15/15) 1(5/5)");
  CHECK(steps(tiny, abc, unordered) == "5 3(30/20) 1(5/5)");
  CHECK(steps(tiny, abc,
              ",'funnelsFilter':{'funnelWindowInterval':12,"
              "'funnelWindowIntervalUnit':'second'}") == "4 1(10/10) 0");
  CHECK(steps(tiny, abc, ",'funnelsFilter':{'funnelWindowInterval':15}") ==
        "4 4(302422.75/40) 1(5/5)");
  CHECK(steps(tiny, "{'event':'a'}") == "4");
  CHECK(steps(tiny, "{'event':'never'},{'event':'a'}") == "0 0");
}

TEST_CASE("a funnel gives PostHog's shape") {
  TinyWorld tiny("2026-09-08T12:00:00Z");
  tiny.event("a", "2026-09-01T10:00:00Z", 1);
  tiny.event("b", "2026-09-01T10:00:12.5Z", 1);
  const auto answer =
      funnel(tiny,
             "{'series':[{'event':'a'},{'event':'b','custom_name':'B!'}],"
             "'dateRange':{'date_from':'2026-09-01','date_to':'2026-09-08'}}");
  CHECK(json::compact(answer["query"]) ==
        json::compact(json_of(
            "{'dateRange':{'date_from':'2026-09-01','date_to':'2026-09-08'},"
            "'kind':'FunnelsQuery','properties':[],'series':[{'event':'a',"
            "'kind':'EventsNode','optionalInFunnel':false},{'event':'b',"
            "'custom_name':'B!','kind':'EventsNode','optionalInFunnel':false}],"
            "'filterTestAccounts':true}")));
  CHECK(json::compact(answer["results"]) ==
        json::compact(json_of(
            "[{'action_id':'a','name':'a','custom_name':null,'order':0,"
            "'people':[],'count':1,'type':'events',"
            "'average_conversion_time':null,'median_conversion_time':null,"
            "'converted_people_url':null,'dropped_people_url':null},"
            "{'action_id':'b','name':'b','custom_name':'B!','order':1,"
            "'people':[],'count':1,'type':'events',"
            "'average_conversion_time':12.5,'median_conversion_time':12.5,"
            "'converted_people_url':null,'dropped_people_url':null}]")));
}

TEST_CASE("a funnel breaks down by the value of the first step") {
  TinyWorld tiny("2026-09-30T12:00:00Z");
  tiny.event("a", "2026-09-01T10:00:00Z", 1, R"({"from":"ad"})");
  tiny.event("b", "2026-09-01T10:00:10Z", 1, R"({"from":"mail"})");
  tiny.event("a", "2026-09-01T10:00:00Z", 2, R"({"from":"ad"})");
  tiny.event("a", "2026-09-01T10:00:00Z", 3, R"({"from":"mail"})");
  tiny.event("b", "2026-09-01T10:00:30Z", 3, R"({"from":"mail"})");
  tiny.event("a", "2026-09-01T10:00:00Z", 4, R"({})");
  const auto broken = [&](std::string_view limit) {
    return funnel(tiny,
                  fmt::format("{{'series':[{{'event':'a'}},{{'event':'b'}}],{},"
                              "'breakdownFilter':{{'breakdown':'from',"
                              "'breakdown_type':'event'{}}}}}",
                              september, limit))["results"];
  };
  const auto all = broken("");
  REQUIRE(all.size() == 3);
  CHECK(drawn(all.at(0)) == "2 1(10/10)");
  CHECK(json::compact(all.at(0).at(1)["breakdown_value"]) == "[\"ad\"]");
  CHECK(json::compact(all.at(0).at(0)["breakdown"]) == "[\"ad\"]");
  CHECK(drawn(all.at(1)) == "1 1(30/30)");
  CHECK(json::compact(all.at(2).at(0)["breakdown_value"]) == "[\"\"]");
  const auto limited = broken(",'breakdown_limit':1");
  REQUIRE(limited.size() == 2);
  CHECK(drawn(limited.at(1)) == "2 1(30/30)");
  CHECK(json::compact(limited.at(1).at(0)["breakdown_value"]) == "[\"Other\"]");
}

TEST_CASE("steps have filters and can ask for the first time") {
  TinyWorld tiny("2026-09-30T12:00:00Z");
  tiny.event("a", "2026-08-01T10:00:00Z", 1);
  tiny.event("a", "2026-09-01T10:00:00Z", 1, R"({"n":1})");
  tiny.event("a", "2026-09-01T10:00:05Z", 2, R"({"n":2})");
  CHECK(steps(tiny,
              "{'event':'a','properties':[{'key':'n','operator':'gt',"
              "'value':1}]}") == "1");
  CHECK(steps(tiny, "{'event':'a','math':'first_time_for_user'}") == "1");
  CHECK(steps(tiny, "{'event':'a'}",
              ",'properties':[{'key':'n','value':'1'}]") == "1");
}

TEST_CASE("the time to convert is a histogram") {
  TinyWorld tiny("2026-09-30T12:00:00Z");
  for (int i = 1; i <= 3; ++i) {
    tiny.event("a", "2026-09-01T10:00:00Z", i);
    tiny.event("b", fmt::format("2026-09-01T10:00:{}0Z", i), i);
  }
  const auto results =
      funnel(tiny, fmt::format("{{'series':[{{'event':'a'}},{{'event':'b'}}],"
                               "{},'funnelsFilter':{{'funnelVizType':"
                               "'time_to_convert'}}}}",
                               september))["results"];
  CHECK(json::compact(results) ==
        R"({"bins":[[10,1],[20,2]],"average_conversion_time":20})");
}

TEST_CASE("a funnel refuses in PostHog's words") {
  const TinyWorld tiny("2026-09-30T12:00:00Z");
  const auto refusal = [&](std::string_view arguments) {
    const auto answer = query_funnel(tiny.world(), json_of(arguments));
    REQUIRE_FALSE(answer.has_value());
    return answer.error().message;
  };
  CHECK(
      refusal("{}").starts_with("Invalid input for \"query-funnel\": missing "
                                "required parameter: series ("));
  CHECK(refusal("{'series':[{}],'funnelsFilter':{'funnelOrderType':'x'}}") ==
        "Validation error: Unsupported order: x (field: "
        "query.funnelsFilter.funnelOrderType)");
  CHECK(
      refusal("{'series':[{}],'funnelsFilter':{'exclusions':[{'kind':"
              "'ExclusionEventsNode','event':'a'}]}}")
          .find("has no exclusions (field: query.funnelsFilter.exclusions)") !=
      std::string::npos);
  CHECK(refusal("{'series':[{}],'funnelsFilter':{'funnelVizType':'trends'}}")
            .contains("trends"));
  CHECK(refusal("{'series':[{}],'funnelsFilter':{'funnelWindowInterval':0}}")
            .contains("conversion window"));
  CHECK(query_funnel_schema()["properties"].has("funnelsFilter"));
}
