// SPDX-License-Identifier: MIT
#include <string>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

TinyWorld four_days() {
  TinyWorld tiny("2026-09-04T12:00:00Z");
  tiny.event("view", "2026-09-01T08:00:00Z", 1);
  tiny.event("view", "2026-09-02T08:00:00Z", 1);
  tiny.event("view", "2026-09-02T09:00:00Z", 1);
  tiny.event("view", "2026-09-04T08:00:00Z", 1);
  tiny.event("view", "2026-09-03T08:00:00Z", 2, R"({"from":"ad"})");
  tiny.event("view", "2026-09-04T08:00:00Z", 3);
  tiny.event("view", "2026-09-04T13:00:00Z", 4);  // After now.
  tiny.event("view", "2026-08-29T08:00:00Z", 4);
  tiny.event("view", "2026-08-30T08:00:00Z", 4);
  return tiny;
}

json::Value stickiness(const TinyWorld& tiny, const std::string& rest) {
  auto answer = query_stickiness(
      tiny.world(), json_of("{'series':[{'event':'view'}],'dateRange':{"
                            "'date_from':'2026-09-01','date_to':"
                            "'2026-09-04'}" +
                            rest + "}"));
  if (!answer) FAIL(answer.error().message);
  return std::move(answer->value);
}

std::string data(const json::Value& answer, size_t series = 0) {
  return json::compact(answer["results"].at(series)["data"]);
}

}  // namespace

TEST_CASE("stickiness counts persons by how many intervals they came") {
  const auto answer = stickiness(four_days(), "");
  CHECK(json::compact(answer["results"].at(0)) ==
        json::compact(json_of(
            "{'count':3,'data':[2,0,1,0],'days':[1,2,3,4],'label':'view',"
            "'labels':['1 day','2 days','3 days','4 days'],'action':{'order':0,"
            "'type':'events','name':'view','id':'view','custom_name':null,"
            "'math':'total'}}")));
  CHECK(answer["query"]["kind"].text_or("") == "StickinessQuery");
}

TEST_CASE("cumulative stickiness counts persons of at least so many") {
  const auto answer = stickiness(four_days(),
                                 ",'stickinessFilter':{'computedAs':"
                                 "'cumulative'}");
  CHECK(data(answer) == "[3,1,1,0]");
  CHECK(answer["results"].at(0)["count"].integer() == 3);
  CHECK(answer["results"].at(0)["labels"].at(1).text_or("") ==
        "2 days or more");
}

TEST_CASE("an interval can need a number of events") {
  const auto with = [](std::string_view op) {
    return data(stickiness(four_days(),
                           ",'stickinessFilter':{'stickinessCriteria':{"
                           "'operator':'" +
                               std::string(op) + "','value':2}}"));
  };
  CHECK(with("gte") == "[1,0,0,0]");
  CHECK(with("exact") == "[1,0,0,0]");
  CHECK(with("lte") == "[2,0,1,0]");
}

TEST_CASE("several days can make one interval") {
  CHECK(data(stickiness(four_days(), ",'intervalCount':2")) == "[2,1]");
  CHECK(data(stickiness(four_days(), ",'intervalCount':3")) == "[2,1]");
}

TEST_CASE("stickiness knows weeks, filters and the period before") {
  CHECK(data(stickiness(four_days(), ",'interval':'week'")) == "[3]");
  CHECK(data(stickiness(four_days(),
                        ",'properties':[{'key':'from','value':'ad'}]")) ==
        "[1,0,0,0]");
  const auto both =
      stickiness(four_days(), ",'compareFilter':{'compare':true}");
  REQUIRE(both["results"].size() == 2);
  CHECK(data(both, 0) == "[2,0,1,0]");
  CHECK(data(both, 1) == "[0,1,0,0]");
  CHECK(both["results"].at(1)["compare_label"].text_or("") == "previous");
}

TEST_CASE("stickiness refuses what it does not take") {
  const auto tiny = four_days();
  const auto refusal = [&](std::string_view arguments) {
    const auto answer = query_stickiness(tiny.world(), json_of(arguments));
    REQUIRE_FALSE(answer.has_value());
    return answer.error().message;
  };
  CHECK(refusal("{}").contains("missing required parameter: series ("));
  CHECK(refusal("{'series':[{}],'intervalCount':0}").contains("intervalCount"));
  CHECK(refusal("{'series':[{}],'stickinessFilter':{'stickinessCriteria':{"
                "'operator':'about','value':1}}}")
            .contains("Unsupported stickiness criteria"));
}
