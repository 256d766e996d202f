// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

// One expected call, from what differs between the questions.
struct Wanted {
  std::string_view question;
  std::string_view dates;  // Members of dateRange.
  std::string_view period;
  int intervals;
  std::string_view type;
  std::string_view start;
  std::string_view returning;
};

std::string call_of(const Wanted& row) {
  const auto entity = [](std::string_view name) {
    return R"({"type":"events","id":")" + std::string(name) + R"(","name":")" +
           std::string(name) + R"("})";
  };
  return R"({"kind":"RetentionQuery","dateRange":{)" + std::string(row.dates) +
         R"(},"retentionFilter":{"period":")" + std::string(row.period) +
         R"(","totalIntervals":)" + std::to_string(row.intervals) +
         R"(,"retentionType":"retention_)" + std::string(row.type) +
         R"(","targetEntity":)" + entity(row.start) + R"(,"returningEntity":)" +
         entity(row.returning) + R"(},"output_format":"json"})";
}

void check(std::span<const Wanted> rows, const source::Schema& schema) {
  for (const Wanted& row : rows) {
    const std::string arguments = call_of(row);
    const std::array asked{Asked{row.question, arguments}};
    check_calls("retention", "query-retention", asked, schema);
  }
}

constexpr std::string_view week_back = R"("date_from":"2026-11-11")";
constexpr std::string_view eight_weeks = R"("date_from":"2026-09-23")";
constexpr std::string_view six_months = R"("date_from":"2026-05-18")";
constexpr std::string_view october =
    R"("date_from":"2026-10-01","date_to":"2026-10-31")";

TEST_CASE("periods, starts and returns are read from the question") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"What is our day-1 retention this month?", R"("date_from":"2026-11-01")",
       "Day", 8, "first_time", "$pageview", "$pageview"},
      {"weekly retention of users who signed up, last 8 weeks", eight_weeks,
       "Week", 8, "first_time", "signed_up", "$pageview"},
      {"Do people who upload a file come back to upload again month over "
       "month?",
       six_months, "Month", 7, "recurring", "uploaded_file", "uploaded_file"},
      {"how many of the people who sign up return to upload a file the "
       "following week?",
       eight_weeks, "Week", 8, "first_time", "signed_up", "uploaded_file"},
      {"do users who invite a team member come back the next day?", week_back,
       "Day", 8, "first_time", "invited_team_member", "$pageview"},
      {"Which users keep uploading files week over week?", eight_weeks, "Week",
       8, "recurring", "uploaded_file", "uploaded_file"},
      {"who came back after signing up last month", october, "Day", 8,
       "first_time", "signed_up", "$pageview"},
      {"What percentage of signups come back within 7 days?",
       R"("date_from":"2026-11-04")", "Day", 14, "first_time", "signed_up",
       "$pageview"},
      {"Of users who signed up in October, how many were still active 2 weeks "
       "later?",
       october, "Week", 8, "first_time", "signed_up", "$pageview"},
      {"how many new users come back after a week?", eight_weeks, "Week", 8,
       "first_time", "$pageview", "$pageview"},
      {"how many people return a month later", six_months, "Month", 7,
       "first_time", "$pageview", "$pageview"},
      {"month-3 retention of people who upgrade their plan", six_months,
       "Month", 7, "first_time", "upgraded_plan", "$pageview"},
      {"retention from signup to upload", week_back, "Day", 8, "first_time",
       "signed_up", "uploaded_file"},
      {"retention for the last 12 weeks by week", R"("date_from":"2026-08-26")",
       "Week", 12, "first_time", "$pageview", "$pageview"},
      {"user retention over the last 6 months", six_months, "Week", 8,
       "first_time", "$pageview", "$pageview"},
      {"retention this year", R"("date_from":"2026-01-01")", "Month", 7,
       "first_time", "$pageview", "$pageview"},
  });
  check(rows, snake_project());
}

TEST_CASE("the asked period has its column and cohorts that are old enough") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"D7 retention", R"("date_from":"2026-11-04")", "Day", 14, "first_time",
       "$pageview", "$pageview"},
      {"30-day retention for signups", R"("date_from":"2026-10-12")", "Day", 31,
       "first_time", "signed_up", "$pageview"},
      {"D1/D7/D30 retention in October", october, "Day", 31, "first_time",
       "$pageview", "$pageview"},
      {"week four retention", eight_weeks, "Week", 8, "first_time", "$pageview",
       "$pageview"},
      {"W12 retention", R"("date_from":"2026-07-01")", "Week", 20, "first_time",
       "$pageview", "$pageview"},
  });
  check(rows, snake_project());
  const auto asked = [](std::string_view question) {
    return plan_of(question, snake_project())->retention->asked;
  };
  CHECK(asked("D7 retention") == 7);
  CHECK(asked("week four retention") == 4);
  CHECK(asked("retention the next day") == 1);
  CHECK_FALSE(asked("D1 and D7 retention"));
  CHECK_FALSE(asked("who comes back within 7 days?"));
}

TEST_CASE("other spellings of names, and screens in the place of pages") {
  static constexpr auto title = std::to_array<Wanted>({
      {"Do customers who complete an order come back to order again?",
       week_back, "Day", 8, "recurring", "Order Completed", "Order Completed"},
      {"week 1 retention for Signed Up", eight_weeks, "Week", 8, "first_time",
       "Signed Up", "$pageview"},
  });
  check(title, title_project());
  static constexpr auto camel = std::to_array<Wanted>({
      {"weekly retention", eight_weeks, "Week", 8, "first_time", "$screen",
       "$screen"},
      {"do players who complete a level come back the next day?", week_back,
       "Day", 8, "first_time", "levelCompleted", "$screen"},
      {"Do players who start a level keep starting levels?", week_back, "Day",
       8, "recurring", "levelStarted", "levelStarted"},
  });
  check(camel, camel_project());
}

TEST_CASE("without views the most frequent event stands for any use") {
  source::Schema schema;
  schema.events = {{"played", 10}, {"opened", 30}};
  const auto plan = plan_of("retention", schema);
  REQUIRE(plan.has_value());
  CHECK(plan->retention->start == "opened");
  CHECK(said_of(*plan, "start") == "opened");
}

TEST_CASE("what retention leaves open or cannot do is said aloud") {
  const auto schema = snake_project();
  const auto plan = plan_of("retention by country this month", schema);
  REQUIRE(plan.has_value());
  CHECK(plan->breakdown.empty());
  CHECK(said_of(*plan, "left out") == "by $geoip_country_code");
  CHECK(said_of(*plan, "retention") == "first time");
  CHECK(said_of(*plan, "retention period") == "day");
  const auto compared = plan_of("retention this month vs last month", schema);
  REQUIRE(compared.has_value());
  CHECK(said_of(*compared, "left out") == "the comparison");
  CHECK(said_of(*plan_of("do users come back within 7 days?", schema),
                "window") == "each day by itself");
}

TEST_CASE("retention can be restricted") {
  const auto calls =
      calls_of("day-1 retention of users from Germany", snake_project());
  REQUIRE(calls.has_value());
  CHECK(json::compact(calls->front().call.arguments["properties"]) ==
        R"([{"key":"$geoip_country_code","value":["DE"],"operator":"exact",)"
        R"("type":"event"}])");
}

TEST_CASE("churn has several meanings, each of them runnable") {
  for (const auto& schema :
       {snake_project(), title_project(), camel_project()}) {
    for (const auto* question :
         {"churn last month", "what is our churn?", "weekly churn rate"}) {
      CAPTURE(question);
      const auto plan = plan_of(question, schema);
      REQUIRE_FALSE(plan.has_value());
      CHECK(plan.error().kind == ErrorKind::needs_clarification);
      CHECK(plan.error().hints.size() >= 2);
      CHECK(plan.error().hints.size() <= 3);
      for (const auto& hint : plan.error().hints) {
        CAPTURE(hint);
        CHECK(plan_of(question_in(hint), schema).has_value());
      }
    }
  }
}

TEST_CASE("a cancellation that is tracked is one reading of churn") {
  source::Schema schema = snake_project();
  schema.events.push_back({"subscription_cancelled", 30});
  const auto plan = plan_of("churn last month", schema);
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().hints.front().find("subscription_cancelled") !=
        std::string::npos);
}

TEST_CASE("names that are not there and periods too far away are no plan") {
  const auto kind = [](std::string_view question) {
    const auto plan = plan_of(question, snake_project());
    return plan ? ErrorKind::internal : plan.error().kind;
  };
  CHECK(kind("retention of users who teleport") == ErrorKind::not_answerable);
  CHECK(kind("day-365 retention") == ErrorKind::needs_clarification);
  CHECK(kind("retention next week") == ErrorKind::not_answerable);
  CHECK(plan_of("retention", {}).error().kind == ErrorKind::not_answerable);
  CHECK(compile({.frame = "retention"}, same_words(), moment(), {})
            .error()
            .kind == ErrorKind::usage);
}

TEST_CASE("other questions are not about retention") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"orders returned per day", "signups per week", "show me signups again",
       "What share of users who sign up invite a team member?",
       "show the retention dashboard", "show me the retention-email flag",
       "recordings of returning users", "daily active users",
       "how many people signed up yesterday?", "conversion from a to b",
       "Find people who keep uploading files", "list cohorts",
       "how long until people who sign up upload a file?",
       "how many returned orders last week?"});
  check_elsewhere("retention", questions);
}

}  // namespace
}  // namespace claribi::plan
