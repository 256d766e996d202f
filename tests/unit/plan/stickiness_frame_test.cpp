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
        R"({"kind":"StickinessQuery","dateRange":{)" + std::string(row.dates) +
        R"(},"series":[{"kind":"EventsNode","event":")" +
        std::string(row.event) + R"("}],"interval":")" +
        std::string(row.interval) + R"(","output_format":"json"})";
    const std::array asked{Asked{row.question, arguments}};
    check_calls("stickiness", "query-stickiness", asked, schema);
  }
}

constexpr std::string_view week_back = R"("date_from":"2026-11-11")";
constexpr std::string_view month_back = R"("date_from":"2026-10-19")";
constexpr std::string_view october =
    R"("date_from":"2026-10-01","date_to":"2026-10-31")";

TEST_CASE("questions about how regularly people do something") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"how many days a week do our users upload files?", week_back,
       "uploaded_file", "day"},
      {"how often do people upload files?", week_back, "uploaded_file", "day"},
      {"how often do our paying users log in", week_back, "logged_in", "day"},
      {"how frequently do users invite team members?", week_back,
       "invited_team_member", "day"},
      {"how sticky is our product?", week_back, "$pageview", "day"},
      {"stickiness of uploads over the last 30 days", month_back,
       "uploaded_file", "day"},
      {"how many times a week do users log in", week_back, "logged_in", "day"},
      {"on how many days did users share file links last month", october,
       "shared_file_link", "day"},
      {"how many days per month are users active?", month_back, "$pageview",
       "day"},
      {"how many days a week did people upload files in October?", october,
       "uploaded_file", "day"},
      {"how many weeks a quarter do people pay bills?",
       R"("date_from":"2026-08-20")", "paid_bill", "week"},
      {"weekly stickiness of logins", R"("date_from":"2026-09-23")",
       "logged_in", "week"},
      {"monthly stickiness", R"("date_from":"2026-05-18")", "$pageview",
       "month"},
  });
  check(rows, snake_project());
}

TEST_CASE("other spellings of names, and screens in the place of pages") {
  static constexpr auto title = std::to_array<Wanted>({
      {"how often do customers view a product?", week_back, "Product Viewed",
       "day"},
      {"how many days a month do people complete an order?", month_back,
       "Order Completed", "day"},
  });
  check(title, title_project());
  static constexpr auto camel = std::to_array<Wanted>({
      {"how sticky is the app", week_back, "$screen", "day"},
      {"how often do players complete a level?", week_back, "levelCompleted",
       "day"},
  });
  check(camel, camel_project());
}

TEST_CASE("what stickiness leaves open or cannot do is said aloud") {
  const auto schema = snake_project();
  const auto plan = plan_of(
      "how many days a week did people upload files in October?", schema);
  REQUIRE(plan.has_value());
  CHECK(said_of(*plan, "left out") == "'a week'");
  const auto split = plan_of("how sticky are uploads by country", schema);
  REQUIRE(split.has_value());
  CHECK(said_of(*split, "left out") == "by $geoip_country_code");
  CHECK(said_of(*split, "interval") == "day");
  CHECK(said_of(*plan_of("how sticky is it?", schema), "event") == "$pageview");
}

TEST_CASE("stickiness can be restricted") {
  const auto calls = calls_of("how often do users from Germany upload files?",
                              snake_project());
  REQUIRE(calls.has_value());
  CHECK(calls->front().call.arguments["properties"].size() == 1);
}

TEST_CASE("stickiness of nothing is no plan") {
  CHECK(plan_of("how often do users teleport?", snake_project()).error().kind ==
        ErrorKind::not_answerable);
  CHECK(plan_of("stickiness", {}).error().kind == ErrorKind::not_answerable);
  CHECK(compile({.frame = "stickiness"}, same_words(), moment(), {})
            .error()
            .kind == ErrorKind::usage);
}

TEST_CASE("other questions are not about stickiness") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"how many signups a day?", "signups per week",
       "how often was a file uploaded last week?", "how many users a week?",
       "how often do errors happen?", "show the stickiness dashboard",
       "which flags are sticky?", "uploads by day for the last 7 days",
       "how long does it take to sign up?", "daily active users",
       "how many days are there", "retention of users over the last 7 days"});
  check_elsewhere("stickiness", questions);
}

}  // namespace
}  // namespace claribi::plan
