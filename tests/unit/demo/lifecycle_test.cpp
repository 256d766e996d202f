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
  tiny.person(1, R"({"plan":"pro"})", "2026-09-01T08:00:00Z");
  tiny.person(2, "{}", "2026-08-01");
  tiny.person(3, "{}", "2026-09-02");  // First came for something else.
  tiny.event("view", "2026-09-01T08:00:00Z", 1);
  tiny.event("view", "2026-09-01T09:00:00Z", 1);
  tiny.event("view", "2026-09-02T08:00:00Z", 1);
  tiny.event("view", "2026-09-04T08:00:00Z", 1);
  tiny.event("view", "2026-08-31T08:00:00Z", 2);
  tiny.event("view", "2026-09-01T08:00:00Z", 2);
  tiny.event("view", "2026-09-03T08:00:00Z", 2);
  tiny.event("view", "2026-09-03T08:00:00Z", 3);
  tiny.event("view", "2026-09-04T13:00:00Z", 3);  // After now.
  return tiny;
}

json::Value lifecycle(const TinyWorld& tiny, const std::string& arguments) {
  auto answer = query_lifecycle(tiny.world(), json_of(arguments));
  if (!answer) FAIL(answer.error().message);
  return std::move(answer->value);
}

std::string drawn(const json::Value& answer) {
  std::string text;
  for (const auto& series : answer["results"].items()) {
    text += series["status"].text_or("") + json::compact(series["data"]) + " ";
  }
  return text;
}

constexpr const char* september =
    "{'series':[{'event':'view'}],'dateRange':{'date_from':'2026-09-01',"
    "'date_to':'2026-09-04'}";

}  // namespace

TEST_CASE("a person is new, returns, resurrects or goes dormant") {
  CHECK(drawn(lifecycle(four_days(), september + std::string("}"))) ==
        "new[1,0,0,0] returning[1,1,0,0] resurrecting[0,0,2,1] "
        "dormant[0,-1,-1,-2] ");
}

TEST_CASE("filters choose whose life is looked at") {
  CHECK(drawn(lifecycle(
            four_days(),
            september + std::string(",'properties':[{'key':'plan','type':"
                                    "'person','value':'pro'}]}"))) ==
        "new[1,0,0,0] returning[0,1,0,0] resurrecting[0,0,0,1] "
        "dormant[0,0,-1,0] ");
  auto tiny = four_days();
  tiny.project().test_account_filters =
      json_of("[{'key':'plan','type':'person','operator':'is_not_set'}]")
          .items();
  CHECK(drawn(lifecycle(tiny, september + std::string("}"))) ==
        "new[0,0,0,0] returning[1,0,0,0] resurrecting[0,0,2,0] "
        "dormant[0,-1,0,-2] ");
}

TEST_CASE("weeks of a life follow the project's calendar") {
  TinyWorld tiny("2026-11-14T12:00:00Z", "America/New_York");
  tiny.moment().calendar.weeks_start_on_sunday = true;
  tiny.person(1, "{}", "2026-10-10");
  tiny.event("view", "2026-11-01T03:30:00Z", 1);  // Saturday, 31 October.
  tiny.event("view", "2026-11-08T04:30:00Z", 1);  // Saturday, 7 November.
  const std::string query =
      "{'series':[{'event':'view'}],'interval':'week','dateRange':{"
      "'date_from':'2026-10-25','date_to':'2026-11-08'}}";
  const auto answer = lifecycle(tiny, query);
  CHECK(drawn(answer) ==
        "new[0,0,0] returning[0,1,0] resurrecting[1,0,0] dormant[0,0,-1] ");
  CHECK(json::compact(answer["results"].at(0)["days"]) ==
        R"(["2026-10-25","2026-11-01","2026-11-08"])");
}

TEST_CASE("lifecycle gives PostHog's shape") {
  const auto answer = lifecycle(four_days(), september + std::string("}"));
  const auto& dormant = answer["results"].at(3);
  CHECK(dormant["label"].text_or("") == "view - dormant");
  CHECK(dormant["count"].integer() == -4);
  CHECK(json::compact(dormant["labels"]) ==
        R"(["1-Sep-2026","2-Sep-2026","3-Sep-2026","4-Sep-2026"])");
  CHECK(dormant["action"]["id"].text_or("") == "view");
  CHECK(answer["query"]["kind"].text_or("") == "LifecycleQuery");
  CHECK(answer["query"]["interval"].text_or("") == "day");
}

TEST_CASE("lifecycle refuses what it does not take") {
  const auto tiny = four_days();
  const auto refusal = [&](std::string_view arguments) {
    const auto answer = query_lifecycle(tiny.world(), json_of(arguments));
    REQUIRE_FALSE(answer.has_value());
    return answer.error().message;
  };
  CHECK(refusal("{}").starts_with(
      "Invalid input for \"query-lifecycle\": missing required parameter: "
      "series ("));
  CHECK(refusal("{'series':[{'event':'a'},{'event':'b'}]}")
            .contains("only one series"));
  CHECK(refusal("{'series':[{'event':'a'}],'interval':'eon'}")
            .starts_with("Invalid input for \"query-lifecycle\": interval"));
}
