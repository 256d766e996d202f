// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

table::Table value(json::Value number) {
  return {.shape = table::Shape::totals,
          .columns = {{"series"}, {"value", table::Type::number}},
          .rows = {{"signed_up", std::move(number)}}};
}

table::Table ranking(const std::vector<std::pair<std::string, int>>& groups) {
  table::Table table{
      .shape = table::Shape::totals,
      .columns = {{"series"}, {"breakdown"}, {"value", table::Type::number}}};
  for (const auto& [name, number] : groups)
    table.rows.push_back({"signed_up", name, number});
  return table;
}

table::Table compared(int now, int before) {
  return {.shape = table::Shape::totals,
          .columns = {{"series"}, {"period"}, {"value", table::Type::number}},
          .rows = {{"signed_up", "current", now},
                   {"signed_up", "previous", before}}};
}

plan::Plan yesterday_plan() {
  plan::Plan plan = trend_plan();
  plan.total = true;
  plan.time = {.kind = plan::TimeRange::Kind::absolute,
               .from = "2026-11-17",
               .to = "2026-11-17"};
  return plan;
}

}  // namespace

TEST_CASE("one value is said with its unit and period") {
  const Answer answer = answer_of(yesterday_plan(), value(1234));
  CHECK(answer.sentences ==
        std::vector<std::string>{"signed_up on 2026-11-17: 1,234 events."});
  CHECK(answer.text("value") == "1,234");
}

TEST_CASE("a period that goes up to now is not over yet") {
  plan::Plan plan = yesterday_plan();
  plan.time = {.kind = plan::TimeRange::Kind::since, .from = "2026-11-01"};
  const Answer answer = answer_of(plan, value(1));
  CHECK(answer.sentences ==
        std::vector<std::string>{
            "signed_up from 2026-11-01 to 2026-11-18: 1 event.",
            "The period is not over yet."});
}

TEST_CASE("zero is an empty result, said with its period") {
  CHECK(answer_of(yesterday_plan(), value(0)).prose() ==
        "No signed_up events on 2026-11-17.");
  table::Table none = value(0);
  none.rows.clear();
  CHECK(answer_of(yesterday_plan(), none).prose() ==
        "No signed_up events on 2026-11-17.");
}

TEST_CASE("a value of a property has no unit") {
  plan::Plan plan = yesterday_plan();
  plan.series[0] = {"paid_bill", plan::Math::p95, "amount"};
  CHECK(answer_of(plan, value(json::Number{"49.5"})).prose() ==
        "The 95th percentile of amount of signed_up on 2026-11-17: 49.5.");
}

TEST_CASE("two totals are compared by the test for counts") {
  CHECK(answer_of(trend_plan(), compared(300, 200)).prose() ==
        "signed_up: 300 events. That is up 50 % on 200 events in the period "
        "before.");
  CHECK(answer_of(trend_plan(), compared(150, 200)).prose() ==
        "signed_up: 150 events. That is down 25 % on 200 events in the period "
        "before.");
  CHECK(answer_of(trend_plan(), compared(205, 200)).prose() ==
        "signed_up: 205 events. About the same as 200 events in the period "
        "before (2.5 %, within normal variation).");
  CHECK(answer_of(trend_plan(), compared(200, 200)).prose() ==
        "signed_up: 200 events. The same as 200 events in the period before.");
}

TEST_CASE("a comparison with few has no percentage") {
  const Answer up = answer_of(trend_plan(), compared(60, 29));
  CHECK_FALSE(up.has("change_percent"));
  CHECK(up.sentences[1] == "Against 29 events in the period before.");
  const Answer from_zero = answer_of(trend_plan(), compared(12, 0));
  CHECK(from_zero.sentences[1] == "Against 0 events in the period before.");
  const Answer to_zero = answer_of(trend_plan(), compared(0, 50));
  CHECK(to_zero.prose() ==
        "No signed_up events. That is down 100 % on 50 events in the period "
        "before.");
}

TEST_CASE("a ranking names the first two, the rest and the sum") {
  const Answer answer = answer_of(
      trend_plan(),
      ranking(
          {{"Safari", 100}, {"Chrome", 700}, {"Other", 150}, {"Firefox", 50}}));
  CHECK(answer.prose() ==
        "Chrome leads with 700 events (70 %), then Safari with 100 events "
        "(10 %). signed_up: 1,000 events in the 4 groups shown, 200 of them "
        "in the other 2.");
}

TEST_CASE("what is left over never leads") {
  const Answer answer = answer_of(
      trend_plan(), ranking({{"Other", 900}, {"Chrome", 60}, {"Safari", 40}}));
  CHECK(answer.about("leader") == "Chrome");
  CHECK(answer.about("second") == "Safari");
}

TEST_CASE("a ranking of unique users has no shares") {
  const Answer answer = answer_of(trend_plan("signed_up", plan::Math::dau),
                                  ranking({{"Chrome", 700}, {"Safari", 100}}));
  CHECK(answer.prose() ==
        "Chrome leads with 700 people, then Safari with 100 people. 2 groups "
        "in all.");
}

TEST_CASE("shares of a small sum are left out") {
  const Answer answer =
      answer_of(trend_plan(), ranking({{"Chrome", 20}, {"Safari", 9}}));
  CHECK_FALSE(answer.has("leader_share"));
  CHECK(answer.prose() ==
        "Chrome leads with 20 events, then Safari with 9 events. signed_up: "
        "29 events in the 2 groups shown.");
}
