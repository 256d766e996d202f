// SPDX-License-Identifier: MIT
#include "plan/follow_up.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

std::string sent(const Plan& plan) {
  const auto calls = compile(plan, same_words(), moment(), {});
  REQUIRE(calls.has_value());
  return json::compact(calls->front().call.arguments);
}

std::optional<Plan> followed(const Plan& last, std::string_view words,
                             const source::Schema& schema) {
  auto plan = follow_up(words, last, schema);
  REQUIRE(plan.has_value());
  return *plan;
}

TEST_CASE("a follow-up asks what the whole question would have asked") {
  struct Row {
    std::string_view first;
    std::string_view words;
    std::string_view whole;
  };
  static constexpr std::array<Row, 12> rows{{
      {"signups per day last 7 days", "now by country",
       "signups by country per day last 7 days"},
      {"signups this month", "same for last month", "signups last month"},
      {"signups last 14 days", "only Chrome", "Chrome signups last 14 days"},
      {"Chrome signups last 14 days", "what about Firefox",
       "Firefox signups last 14 days"},
      {"signups per day last 14 days", "per week instead",
       "signups per week last 14 days"},
      {"Chrome signups last 14 days", "without the filter",
       "signups last 14 days"},
      {"signups by country last 14 days", "no breakdown",
       "signups last 14 days"},
      {"signups this week", "vs the week before",
       "signups this week vs last week"},
      {"signups last 14 days", "as a table", "signups last 14 days"},
      {"signups last 14 days", "same for downloaded_file",
       "downloaded_file last 14 days"},
      {"signups by browser last 7 days", "by country instead",
       "signups by country last 7 days"},
      {"conversion from signed_up to paid_bill", "now by browser",
       "conversion from signed_up to paid_bill by browser"},
  }};
  const auto schema = snake_project();
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CAPTURE(row.words);
    const auto last = plan_of(row.first, schema);
    const auto whole = plan_of(row.whole, schema);
    REQUIRE(last.has_value());
    REQUIRE(whole.has_value());
    const auto plan = followed(*last, row.words, schema);
    REQUIRE(plan.has_value());
    CHECK(sent(*plan) == sent(*whole));
  }
}

TEST_CASE("rows are asked for, and a drawing again") {
  const auto schema = snake_project();
  const auto last = plan_of("signups last 14 days", schema);
  REQUIRE(last.has_value());
  const auto rows = followed(*last, "as a table", schema);
  REQUIRE(rows.has_value());
  CHECK(rows->as_table);
  CHECK(plan_id(*rows) != plan_id(*last));
  const auto drawn = followed(*rows, "as a line", schema);
  REQUIRE(drawn.has_value());
  CHECK_FALSE(drawn->as_table);
}

TEST_CASE("a question of its own starts afresh") {
  const auto schema = snake_project();
  const auto last = plan_of("signups per day last 7 days", schema);
  REQUIRE(last.has_value());
  for (const auto* words : {"downloads last month", "list flags",
                            "conversion from signup to "
                            "upgraded_plan",
                            "SELECT 1 FROM events", "what dashboards exist?"}) {
    CAPTURE(words);
    CHECK_FALSE(followed(*last, words, schema).has_value());
  }
}

TEST_CASE("a follow-up is guarded as every question is") {
  const auto schema = snake_project();
  const auto last = plan_of("signups per day last 7 days", schema);
  const auto refused = follow_up("delete the dashboard", *last, schema);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::refused);
  const auto future = follow_up("same for next month", *last, schema);
  REQUIRE_FALSE(future.has_value());
  CHECK(future.error().kind == ErrorKind::not_answerable);
}

}  // namespace
}  // namespace claribi::plan
