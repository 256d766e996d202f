// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

std::vector<json::Value> repeated(int count, int value) {
  return std::vector<json::Value>(static_cast<size_t>(count), value);
}

table::Table buckets(const std::vector<std::string>& dates,
                     const std::vector<int>& values, bool last_partial) {
  table::Table table = days({});
  for (size_t i = 0; i < dates.size(); ++i) {
    table.rows.push_back({dates[i], "signed_up", values[i],
                          last_partial && i + 1 == dates.size()});
  }
  return table;
}

}  // namespace

TEST_CASE("a short series is described by complete days only") {
  const Answer answer = answer_of(trend_plan(), days({5, 9, 4, 1}));
  REQUIRE(answer.sentences.size() == 3);
  CHECK(answer.sentences[0] ==
        "signed_up averaged 6 events a day over 3 complete days "
        "(2026-11-15 to 2026-11-17), 18 in all.");
  CHECK(answer.sentences[1] ==
        "The peak was 9 on 2026-11-16, the low 4 on 2026-11-17.");
  CHECK(answer.sentences[2] == "Today so far: 1.");
  CHECK(answer.text("latest") == "4");
  CHECK(answer.about("latest") == "2026-11-17");
  CHECK(answer.text("first_complete") == "2026-11-15");
  CHECK(answer.text("last_complete") == "2026-11-17");
  CHECK(answer.text("complete_buckets") == "3");
  CHECK(answer.text("so_far") == "1");
}

TEST_CASE("an unfinished day never pulls the average, the low or the total") {
  const Answer with = answer_of(trend_plan(), days({50, 50, 50, 1}));
  CHECK(with.text("average") == "50");
  CHECK(with.text("low") == "50");
  CHECK(with.text("total") == "150");
}

TEST_CASE("days without a value are missing, not zero") {
  auto plan = trend_plan("paid_bill", plan::Math::avg);
  plan.series[0].property = "amount";
  const Answer answer =
      answer_of(plan, days({10, nullptr, json::Number{"12.5"}}, false));
  CHECK(answer.text("complete_buckets") == "2");
  CHECK(answer.text("average") == "11.2");  // 11.25, half to even.
  CHECK(answer.text("low") == "10");
}

TEST_CASE("buckets that are still to come are ignored") {
  table::Table table = days({5, 5, 5});
  table.rows.push_back({"2026-11-19", "signed_up", 0, false});
  const Answer answer = answer_of(trend_plan(), table);
  CHECK(answer.text("complete_buckets") == "2");
  CHECK(answer.text("low") == "5");
}

TEST_CASE("unique users are averaged and never added up") {
  for (const plan::Math math :
       {plan::Math::dau, plan::Math::weekly_active, plan::Math::monthly_active,
        plan::Math::unique_session, plan::Math::median}) {
    const Answer answer =
        answer_of(trend_plan("$pageview", math), days({5, 9, 4, 1}));
    CHECK_FALSE(answer.has("total"));
    CHECK(answer.text("average") == "6");
    CHECK_FALSE(answer.prose().contains("in all"));
  }
  const Answer people =
      answer_of(trend_plan("$pageview", plan::Math::dau), days({5, 9, 4, 1}));
  CHECK(people.sentences[0].contains("6 people a day"));
}

TEST_CASE("sums of a property are added up and named after it") {
  auto plan = trend_plan("paid_bill", plan::Math::sum);
  plan.series[0].property = "amount";
  table::Table table;
  add_days(table, {json::Number{"10.50"}, json::Number{"2.25"}}, false,
           {.series = "paid_bill"});
  const Answer answer = answer_of(plan, table);
  CHECK(answer.text("total") == "12.75");
  CHECK(answer.sentences[0].starts_with(
      "The total amount of paid_bill averaged 6.38 a day"));
}

TEST_CASE("a formula is neither added up nor given a unit") {
  plan::Plan plan = trend_plan();
  plan.formula = "A/B";
  const Answer answer = answer_of(plan, days({1, 2, 3}, false));
  CHECK_FALSE(answer.has("total"));
  CHECK(answer.sentences[0] ==
        "The daily signed_up was 2 on average over 3 complete days "
        "(2026-11-15 to 2026-11-17).");
}

TEST_CASE("filters of the plan are said") {
  plan::Plan plan = trend_plan();
  plan.filters = {{.property = "plan", .values = {"pro", "team"}}};
  const Answer answer = answer_of(plan, days({5, 5}, false));
  CHECK(answer.sentences[0].starts_with(
      "signed_up where plan is pro or team averaged"));
}

TEST_CASE("below 14 complete days no change is claimed") {
  std::vector<json::Value> values;
  values.reserve(13);
  for (int i = 0; i < 13; ++i)
    values.emplace_back(100 * (i + 1));
  const Answer answer = answer_of(trend_plan(), days(values, false));
  CHECK_FALSE(answer.has("trend"));
  CHECK_FALSE(answer.has("change"));
}

TEST_CASE("from 14 days on the last week is set against the one before") {
  std::vector<json::Value> values = repeated(7, 100);
  const auto later = repeated(7, 150);
  values.insert(values.end(), later.begin(), later.end());
  const Answer up = answer_of(trend_plan(), days(values, false));
  CHECK(up.sentences[1] ==
        "The last 7 complete days had 1,050 events, the 7 before 700: up 50 "
        "%, more than normal variation.");
  const Answer flat = answer_of(trend_plan(), days(repeated(15, 40)));
  CHECK(flat.text("change") == "none");
  CHECK(flat.sentences[1].contains("the same"));
}

TEST_CASE("a small base gets counts and no percentage") {
  std::vector<json::Value> values = repeated(7, 4);  // 28 events
  const auto later = repeated(7, 12);
  values.insert(values.end(), later.begin(), later.end());
  const Answer answer = answer_of(trend_plan(), days(values, false));
  CHECK(answer.text("change") == "up");
  CHECK_FALSE(answer.has("change_percent"));
  CHECK(answer.sentences[1] ==
        "The last 7 complete days had 84 events, the 7 before 28: up, more "
        "than normal variation.");
}

TEST_CASE("from 28 days on a trend is claimed by the seasonal test or not") {
  std::vector<json::Value> values;
  values.reserve(28);
  for (int i = 0; i < 28; ++i)
    values.emplace_back(100 + 4 * i);
  const Answer up = answer_of(trend_plan(), days(values, false));
  CHECK(up.text("trend") == "up");
  CHECK(up.sentences[1] ==
        "It went up by about 108 % across the period (p < 0.01).");
  const Answer flat = answer_of(trend_plan(), days(repeated(28, 100), false));
  CHECK(flat.sentences[1] == "No clear trend.");
  CHECK_FALSE(flat.prose().contains("stable"));
}

TEST_CASE("a trend below ten per cent is none, however steady") {
  std::vector<json::Value> values;
  values.reserve(60);
  for (int i = 0; i < 60; ++i)
    values.emplace_back(10'000 + 10 * i);
  CHECK(answer_of(trend_plan(), days(values, false)).text("trend") == "none");
}

TEST_CASE("a trend of rare events has no percentage") {
  std::vector<json::Value> values;
  values.reserve(30);
  for (int i = 0; i < 30; ++i)
    values.emplace_back(i < 15 ? 1 : 4);
  const Answer answer = answer_of(trend_plan(), days(values, false));
  CHECK(answer.text("trend") == "up");
  CHECK_FALSE(answer.has("trend_change"));
  CHECK(answer.sentences[1] == "It went up across the period (p < 0.01).");
}

TEST_CASE("nothing counted is said with the dates and filters used") {
  plan::Plan plan = trend_plan();
  plan.filters = {{.property = "plan", .op = "is_not", .values = {"free"}}};
  const Answer answer = answer_of(plan, days({0, 0, 0}));
  CHECK(answer.sentences ==
        std::vector<std::string>{"No signed_up events where plan is not free "
                                 "from 2026-11-16 to 2026-11-18."});
}

TEST_CASE("a table without rows says so") {
  const Answer answer = answer_of(trend_plan(), days({}));
  CHECK(answer.sentences == std::vector<std::string>{"No data."});
}

TEST_CASE("a period that only began today has no complete day") {
  const Answer answer = answer_of(trend_plan(), days({7}));
  CHECK(answer.sentences ==
        std::vector<std::string>{"signed_up: no day of the period is over "
                                 "yet.",
                                 "Today so far: 7."});
}

TEST_CASE("one complete day is a number with a date") {
  const Answer answer = answer_of(trend_plan(), days({1}, false));
  CHECK(answer.sentences ==
        std::vector<std::string>{"signed_up on 2026-11-17: 1 event."});
}

TEST_CASE("weeks, months and hours are named as such") {
  SUBCASE("weeks") {
    const Answer answer = answer_of(
        trend_plan(), buckets({"2026-11-02", "2026-11-09", "2026-11-16"},
                              {70, 90, 20}, true));
    CHECK(answer.prose() ==
          "signed_up averaged 80 events a week over 2 complete weeks (the "
          "week of 2026-11-02 to the week of 2026-11-09), 160 in all. The "
          "peak was 90 in the week of 2026-11-09, the low 70 in the week of "
          "2026-11-02. This week so far: 20.");
  }
  SUBCASE("months") {
    const Answer answer = answer_of(
        trend_plan(), buckets({"2026-09-01", "2026-10-01", "2026-11-01"},
                              {70, 90, 20}, true));
    CHECK(answer.prose().contains("(2026-09 to 2026-10)"));
    CHECK(answer.prose().contains("90 in 2026-10"));
    CHECK(answer.prose().contains("This month so far: 20."));
  }
  SUBCASE("hours") {
    const Answer answer = answer_of(
        trend_plan(), buckets({"2026-11-18T08:00:00", "2026-11-18T09:00:00",
                               "2026-11-18T10:00:00"},
                              {7, 9, 2}, true));
    CHECK(answer.prose().contains("8 events an hour over 2 complete hours"));
    CHECK(answer.prose().contains("9 at 2026-11-18 09:00"));
    CHECK(answer.prose().contains("2026-11-18 10:00 so far: 2."));
  }
}

TEST_CASE("weeks need eight points before a trend is looked for") {
  table::Table table = days({});
  for (int i = 0; i < 8; ++i)
    table.rows.push_back(
        {day_name(7 * (9 - i) + 2), "signed_up", 1000 + 100 * i, false});
  CHECK(answer_of(trend_plan(), table).text("trend") == "up");
  table.rows.pop_back();
  CHECK_FALSE(answer_of(trend_plan(), table).has("trend"));
}

TEST_CASE("periods are compared on the days that are complete in both") {
  table::Table table;
  add_days(table, {100, 100, 30}, true, {.period = "current"});
  add_days(table, {150, 150, 150}, false, {.period = "previous"}, 3);
  const Answer answer = answer_of(trend_plan(), table);
  CHECK(answer.text("current") == "200");
  CHECK(answer.text("previous") == "300");
  CHECK(answer.text("change_percent") == "-33 %");
  CHECK(answer.sentences[0] ==
        "signed_up: 200 events from 2026-11-16 to 2026-11-17, against 300 "
        "from 2026-11-12 to 2026-11-13.");
  CHECK(answer.sentences[1] ==
        "That is down 33 %, more than normal variation.");
  CHECK(answer.sentences.back() == "Today so far: 30.");
}

TEST_CASE("a difference within normal variation is not called one") {
  table::Table table;
  add_days(table, {100, 103, 98}, false, {.period = "current"});
  add_days(table, {101, 97, 99}, false, {.period = "previous"}, 3);
  const Answer answer = answer_of(trend_plan(), table);
  CHECK(answer.sentences[1] ==
        "That is about the same (1.3 %, within normal variation).");
}

TEST_CASE("unique users of two periods are compared by their averages") {
  table::Table table;
  add_days(table, {100, 110}, false, {.period = "current"});
  add_days(table, {50, 60}, false, {.period = "previous"}, 3);
  const Answer answer =
      answer_of(trend_plan("signed_up", plan::Math::dau), table);
  CHECK(answer.sentences[0] ==
        "signed_up: 105 people a day on average from 2026-11-16 to "
        "2026-11-17, against 55 from 2026-11-13 to 2026-11-14.");
  CHECK_FALSE(answer.prose().contains("210"));
}

TEST_CASE("a breakdown names the leader, shares and the sum") {
  table::Table table;
  add_days(table, {60, 60, 9}, true, {.breakdown = "Chrome"});
  add_days(table, {20, 20, 9}, true, {.breakdown = "Safari"});
  add_days(table, {10, 30, 9}, true, {.breakdown = "Firefox"});
  const Answer answer = answer_of(trend_plan(), table);
  CHECK(answer.prose() ==
        "Chrome leads with 120 events (60 %), then Firefox with 40 events "
        "(20 %), over 2 complete days (2026-11-16 to 2026-11-17). signed_up: "
        "200 events in the 3 groups shown. The day that is not over yet is "
        "left out.");
}

TEST_CASE("a breakdown of unique users has no shares and no sum") {
  table::Table table;
  add_days(table, {60, 60}, false, {.breakdown = "Chrome"});
  add_days(table, {20, 20}, false, {.breakdown = "Safari"});
  const Answer answer =
      answer_of(trend_plan("signed_up", plan::Math::dau), table);
  CHECK(answer.prose() ==
        "Chrome leads with 60 people a day on average, then Safari with 20 "
        "people, over 2 complete days (2026-11-16 to 2026-11-17).");
}

TEST_CASE("several events are ranked without shares of a mixed sum") {
  plan::Plan plan = trend_plan();
  plan.series.push_back({.event = "logged_in"});
  table::Table table;
  add_days(table, {40, 60}, false, {.series = "signed_up"});
  add_days(table, {400, 600}, false, {.series = "logged_in"});
  const Answer answer = answer_of(plan, table);
  CHECK(answer.sentences[0] ==
        "logged_in leads with 1,000 events, then signed_up with 100 events, "
        "over 2 complete days (2026-11-16 to 2026-11-17).");
  CHECK_FALSE(answer.has("leader_share"));
  CHECK_FALSE(answer.has("total"));
}

TEST_CASE("ties go to the name that comes first") {
  table::Table table;
  add_days(table, {50}, false, {.breakdown = "b"});
  add_days(table, {50}, false, {.breakdown = "a"});
  CHECK(answer_of(trend_plan(), table).about("leader") == "a");
}

TEST_CASE("today is today in the project's time zone") {
  Moment moment = wednesday();
  moment.now = *parse_instant("2026-11-18T03:00:00Z");
  moment.calendar.zone = *TimeZone::named("America/New_York");
  table::Table table = days({});
  table.rows = {{"2026-11-16", "signed_up", 5, false},
                {"2026-11-17", "signed_up", 2, true}};
  const Answer answer = answer_of(trend_plan(), table, moment);
  CHECK(answer.sentences.back() == "Today so far: 2.");
}
