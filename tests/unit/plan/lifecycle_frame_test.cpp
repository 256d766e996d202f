// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

struct Wanted {
  std::string_view question;
  std::string_view dates;
  std::string_view event;
  std::string_view interval;
};

void check(std::span<const Wanted> rows, const source::Schema& schema) {
  for (const Wanted& row : rows) {
    const std::string arguments =
        R"({"kind":"LifecycleQuery","dateRange":{)" + std::string(row.dates) +
        R"(},"series":[{"kind":"EventsNode","event":")" +
        std::string(row.event) + R"("}],"interval":")" +
        std::string(row.interval) + R"(","output_format":"json"})";
    const std::array asked{Asked{row.question, arguments}};
    check_calls("lifecycle", "query-lifecycle", asked, schema);
  }
}

constexpr std::string_view this_week = R"("date_from":"2026-11-16")";
constexpr std::string_view month_back = R"("date_from":"2026-10-19")";
constexpr std::string_view october =
    R"("date_from":"2026-10-01","date_to":"2026-10-31")";

TEST_CASE("questions about who is new, returning, resurrecting or dormant") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"of this week's active users, how many are new, returning or "
       "resurrecting?",
       this_week, "$pageview", "week"},
      {"lifecycle of users over the last 30 days", month_back, "$pageview",
       "day"},
      {"dormant users", month_back, "$pageview", "day"},
      {"how many users went dormant last month?", october, "$pageview",
       "month"},
      {"How many users went dormant each week in the last 8 weeks?",
       R"("date_from":"2026-09-23")", "$pageview", "week"},
      {"new vs returning users this month", R"("date_from":"2026-11-01")",
       "$pageview", "day"},
      {"weekly lifecycle of people who upload files",
       R"("date_from":"2026-08-26")", "uploaded_file", "week"},
      {"returning users this week", this_week, "$pageview", "day"},
      {"how many returning visitors do we have per day", month_back,
       "$pageview", "day"},
      {"resurrected users in October", october, "$pageview", "day"},
      {"how many users stopped using the product last week",
       R"("date_from":"2026-11-09","date_to":"2026-11-15")", "$pageview",
       "week"},
      {"how many people are new versus returning today?",
       R"("date_from":"2026-11-18")", "$pageview", "day"},
      {"how many users became inactive this quarter?",
       R"("date_from":"2026-10-01")", "$pageview", "month"},
  });
  check(rows, snake_project());
}

TEST_CASE("other spellings of names, and screens in the place of pages") {
  static constexpr auto title = std::to_array<Wanted>({
      {"lifecycle of people with Order Completed", month_back,
       "Order Completed", "day"},
  });
  check(title, title_project());
  static constexpr auto camel = std::to_array<Wanted>({
      {"new and returning users", month_back, "$screen", "day"},
      {"lifecycle of players who complete levels", month_back, "levelCompleted",
       "day"},
  });
  check(camel, camel_project());
}

TEST_CASE("the one stage that is asked for is kept, and what is open is said") {
  const auto schema = snake_project();
  CHECK(plan_of("dormant users", schema)->state == "dormant");
  CHECK(plan_of("resurrected users", schema)->state == "resurrecting");
  CHECK_FALSE(plan_of("new vs returning users", schema)->state);
  const auto plan = plan_of("user lifecycle by country vs last week", schema);
  REQUIRE(plan.has_value());
  CHECK(said_of(*plan, "event") == "$pageview");
  CHECK(said_of(*plan, "interval") == "day");
  CHECK(said_of(*plan, "left out") == "by $geoip_country_code");
  CHECK(plan->breakdown.empty());
  CHECK_FALSE(plan->compare_to);
}

TEST_CASE("a lifecycle can be restricted") {
  const auto calls =
      calls_of("lifecycle of users from Germany", snake_project());
  REQUIRE(calls.has_value());
  CHECK(json::compact(calls->front().call.arguments["properties"]) ==
        R"([{"key":"$geoip_country_code","value":["DE"],"operator":"exact",)"
        R"("type":"event"}])");
}

TEST_CASE("a lifecycle without an event is no plan") {
  CHECK(plan_of("lifecycle of teleporting", snake_project()).error().kind ==
        ErrorKind::not_answerable);
  CHECK(plan_of("lifecycle", {}).error().kind == ErrorKind::not_answerable);
  CHECK(compile({.frame = "lifecycle"}, same_words(), moment(), {})
            .error()
            .kind == ErrorKind::usage);
}

TEST_CASE("other questions are not about lifecycles") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"dormant flags", "new errors this week", "how many new signups?",
       "daily active users", "new TypeError issues since yesterday",
       "list active flags", "signups per week", "retention of returning users",
       "recordings of new users", "how many users signed up yesterday?",
       "show the lifecycle dashboard", "returned items per day"});
  check_elsewhere("lifecycle", questions);
}

}  // namespace
}  // namespace claribi::plan
