// SPDX-License-Identifier: MIT
// Answers about retention, lifecycles, stickiness, paths and times to convert.
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "answer/provenance.hpp"
#include "json/reader.hpp"
#include "tests/unit/answer/tables.hpp"

namespace claribi::answer {
namespace {

using namespace test;
using table::Shape;
using table::Table;

// A cohort of so many people; after it, how many came back on each day. A day
// that is not over has its number in `partial`.
struct Cohort {
  std::string date;
  int size = 0;
  std::vector<int> returned = {};
  size_t complete = 0;  // So many of `returned` are over.
};

Table retention(const std::vector<Cohort>& cohorts, bool first_only = true) {
  Table table{
      .shape = Shape::retention, .additive = first_only, .unit = Unit::day};
  table.columns = {
      {"cohort", table::Type::date},      {"size", table::Type::integer},
      {"interval", table::Type::integer}, {"returned", table::Type::integer},
      {"rate", table::Type::number},      {"partial", table::Type::boolean}};
  for (const Cohort& cohort : cohorts) {
    table.rows.push_back({cohort.date, cohort.size, 0, cohort.size, 1, false});
    for (size_t i = 0; i < cohort.returned.size(); ++i) {
      table.rows.push_back({cohort.date, cohort.size, i + 1, cohort.returned[i],
                            double(cohort.returned[i]) / cohort.size,
                            i >= cohort.complete});
    }
  }
  return table;
}

plan::Plan retention_plan(std::optional<int> asked = 1) {
  plan::Plan plan;
  plan.frame = "retention";
  plan.retention = plan::Retention{
      .start = "signed_up", .returning = "$pageview", .asked = asked};
  plan.time = {.kind = plan::TimeRange::Kind::calendar, .unit = Unit::month};
  return plan;
}

TEST_CASE("retention pools people over complete cohorts") {
  const auto answer =
      answer_of(retention_plan(), retention({{"2026-11-01", 1000, {300}, 1},
                                             {"2026-11-02", 200, {20}, 1},
                                             {"2026-11-17", 90, {3}, 0},
                                             {"2026-11-18", 40, {}, 0}}));
  CHECK(answer.text("rate") == "26.7 %");
  CHECK(answer.text("returned") == "320");
  CHECK(answer.text("base") == "1,200");
  CHECK(answer.text("cohorts") == "2");
  CHECK(answer.about("left_out") == "2026-11-17");
  CHECK(answer.sentences.at(0) ==
        "Day-1 retention from signed_up to $pageview from 2026-11-01 to "
        "2026-11-18: 26.7 % (320 of 1,200 people in 2 cohorts; 2026-11-17 is "
        "not finished and left out).");
}

TEST_CASE("a small base gets counts, no percentage") {
  const auto answer = answer_of(
      retention_plan(),
      retention({{"2026-11-01", 20, {5}, 1}, {"2026-11-02", 9, {2}, 1}}));
  CHECK(!answer.has("rate"));
  CHECK(!answer.has("best"));
  CHECK(answer.prose().ends_with(": 7 of 29 people in 2 cohorts."));
}

TEST_CASE("fewer than a thousand people get an interval") {
  const auto answer =
      answer_of(retention_plan(), retention({{"2026-11-01", 100, {30}, 1}}));
  CHECK(answer.text("rate_interval") == "22 to 40 %");
  CHECK(answer.prose().contains("30 %, likely 22 to 40 % (30 of 100 people"));
}

TEST_CASE("the range of cohorts is told only if each is large") {
  const std::vector<Cohort> large{{"2026-11-01", 100, {30}, 1},
                                  {"2026-11-02", 30, {3}, 1}};
  const auto answer = answer_of(retention_plan(), retention(large));
  CHECK(answer.prose().contains(
      "The highest was 30 % for 2026-11-01 (30 of 100), the lowest 10 % for "
      "2026-11-02 (3 of 30)."));
  auto small = large;
  small.push_back({"2026-11-03", 29, {1}, 1});
  CHECK(!answer_of(retention_plan(), retention(small)).has("best"));
}

TEST_CASE("older cohorts are set against newer ones by a test") {
  const auto up =
      answer_of(retention_plan(), retention({{"2026-11-01", 500, {100}, 1},
                                             {"2026-11-02", 500, {150}, 1}}));
  CHECK(up.text("change") == "up");
  CHECK(
      up.prose().contains("Cohorts before 2026-11-02 had 20 %, those from "
                          "2026-11-02 30 %: more than normal variation."));
  const auto same =
      answer_of(retention_plan(), retention({{"2026-11-01", 500, {100}, 1},
                                             {"2026-11-02", 500, {110}, 1}}));
  CHECK(same.text("change") == "none");
  CHECK(same.prose().contains("within normal variation"));
}

TEST_CASE("whoever may be in two cohorts is no person in a sum") {
  const auto answer = answer_of(
      retention_plan(),
      retention({{"2026-11-01", 500, {100}, 1}, {"2026-11-02", 500, {150}, 1}},
                false));
  CHECK(answer.prose().contains("250 of 1,000 person-days"));
  CHECK(!answer.prose().contains("people"));
  CHECK(!answer.has("change"));
  CHECK(!answer.has("rate_interval"));
}

TEST_CASE("without a day in the question the later ones follow") {
  const auto answer =
      answer_of(retention_plan(std::nullopt),
                retention({{"2026-11-01", 1000, {300, 200, 100}, 3},
                           {"2026-11-02", 1000, {300, 200, 100}, 2}}));
  CHECK(answer.text("rate_2") == "20 %");
  CHECK(answer.text("base_3") == "1,000");
  CHECK(answer.prose().contains("Later: day 2 20 %, day 3 10 %."));
}

TEST_CASE("retention of the future and of nobody says so") {
  CHECK(answer_of(retention_plan(), retention({{"2026-11-18", 50, {}, 0}}))
            .prose() ==
        "No cohort from 2026-11-01 to 2026-11-18 has its day 1 behind it yet.");
  CHECK(answer_of(retention_plan(), retention({})).prose() ==
        "No people did signed_up from 2026-11-01 to 2026-11-18.");
  CHECK(answer_of({}, retention({})).prose() == "No cohorts.");
}

TEST_CASE("breakdown values are ranked over all their cohorts") {
  Table table{.shape = Shape::retention, .additive = true, .unit = Unit::week};
  table.columns = {{"cohort"},   {"breakdown"}, {"size"},   {"interval"},
                   {"returned"}, {"rate"},      {"partial"}};
  for (const auto& [country, back] :
       std::vector<std::pair<std::string, int>>{{"DE", 20}, {"FR", 10}}) {
    for (const char* week : {"2026-10-05", "2026-10-12"}) {
      table.rows.push_back({week, country, 40, 1, back, 0.5, false});
    }
  }
  const auto answer = answer_of({}, table);
  CHECK(answer.about("best") == "DE");
  CHECK(answer.text("best_base") == "80");
  CHECK(answer.text("worst") == "25 %");
  CHECK(answer.sentences.at(0).starts_with("Week-1 retention: 38 %"));
}

Table lifecycle(
    const std::vector<std::pair<std::string, std::vector<int>>>& lines) {
  Table table;
  for (const auto& [status, values] : lines) {
    std::vector<json::Value> cells;
    for (int value : values)
      cells.emplace_back(value);
    add_days(table, cells, true, {.series = status});
  }
  table.shape = Shape::lifecycle;
  return table;
}

TEST_CASE("a lifecycle is averaged over complete buckets, not added up") {
  const auto answer =
      answer_of(trend_plan(), lifecycle({{"new", {10, 12, 3}},
                                         {"returning", {50, 70, 20}},
                                         {"resurrecting", {5, 5, 1}},
                                         {"dormant", {-15, -15, -60}}}));
  CHECK(answer.sentences.at(0) ==
        "People per day by signed_up: 11 new, 60 returning, 5 resurrecting and "
        "15 dormant on average, over 2 complete days (2026-11-16 to "
        "2026-11-17).");
  CHECK(answer.text("total_new") == "22");
  CHECK(!answer.has("total_returning"));
  CHECK(answer.prose().contains(
      "outnumbered those who went dormant in 1 of 2 days."));
  CHECK(answer.sentences.back() ==
        "2026-11-18 is not over and left out; so far 3 new, 20 returning, 1 "
        "resurrecting.");
  CHECK(answer_of(trend_plan(), Table{.shape = Shape::lifecycle}).prose() ==
        "No people did signed_up.");
}

Table stickiness(const std::vector<int>& people, bool cumulative = false,
                 const std::string& series = "$pageview") {
  Table table{
      .shape = Shape::stickiness, .cumulative = cumulative, .unit = Unit::day};
  table.columns = {{"series"}, {"intervals"}, {"value"}, {"share"}};
  for (size_t i = 0; i < people.size(); ++i)
    table.rows.push_back({series, i + 1, people[i], nullptr});
  return table;
}

TEST_CASE("stickiness is the mean number of days of those who came at all") {
  const auto exact = answer_of({}, stickiness({50, 30, 20}));
  CHECK(exact.prose() ==
        "100 people did $pageview, on 1.7 of 3 days on average. 50 (50 %) did "
        "it on one day only, 20 (20 %) on all 3.");
  CHECK(answer_of({}, stickiness({100, 50, 20}, true)).prose() ==
        exact.prose());
}

TEST_CASE("stickiness of few people has no shares, of nobody no average") {
  CHECK(answer_of({}, stickiness({5, 4}))
            .prose()
            .contains("5 did it on one day only, 4 on all 2."));
  CHECK(answer_of({}, stickiness({0, 0})).prose() == "Nobody did $pageview.");
  CHECK(answer_of(trend_plan(), stickiness({})).prose() ==
        "No people did signed_up.");
}

TEST_CASE("several series have a sentence each") {
  Table table = stickiness({40, 10}, false, "a");
  for (const table::Row& row : stickiness({10, 10}, false, "b").rows)
    table.rows.push_back(row);
  CHECK(answer_of({}, table).prose() ==
        "50 people did a, on 1.2 of 2 days on average. 20 people did b, on 1.5 "
        "of 2 days on average.");
}

Table paths(const std::vector<table::Row>& rows) {
  Table table{.shape = Shape::paths};
  table.columns = {
      {"step"}, {"source"}, {"target"}, {"value"}, {"average_seconds"}};
  table.rows = rows;
  return table;
}

TEST_CASE("of paths the most common next step is named with its share") {
  plan::Plan plan;
  plan.paths = plan::Paths{.start = "signed_up"};
  const auto answer = answer_of(plan, paths({{2, "/a", "/b", 500, 3},
                                             {1, "signed_up", "/a", 150, 42},
                                             {1, "signed_up", "/b", 50, 7}}));
  CHECK(answer.prose() ==
        "Of the 200 steps after signed_up, the most common is signed_up → /a "
        "(150 times, 75 %). Next is signed_up → /b (50 times, 25 %). signed_up "
        "→ /a takes 42 s on average.");
}

TEST_CASE("paths to an end are those that reach it") {
  plan::Plan plan;
  plan.paths = plan::Paths{.end = "paid"};
  const auto answer = answer_of(
      plan, paths({{1, "a", "b", 90, nullptr}, {2, "b", "paid", 20, nullptr}}));
  CHECK(answer.prose() ==
        "Of the 20 steps before paid, the most common is b → paid (20 times).");
  CHECK(answer_of(plan, paths({})).prose() == "No steps before paid.");
}

Table times(std::vector<table::Row> rows, json::Value average) {
  Table table{.shape = Shape::distribution,
              .average_seconds = std::move(average)};
  table.columns = {{"seconds_from"}, {"seconds_to"}, {"people"}, {"share"}};
  table.rows = std::move(rows);
  return table;
}

TEST_CASE("of a time to convert the median is only known to lie between") {
  plan::Plan plan;
  plan.steps = {"signed_up", "paid"};
  plan.time_to_convert = true;
  const auto answer = answer_of(
      plan,
      times({{0, 60, 12, 0.25}, {60, 120, 30, 0.6}, {120, nullptr, 5, 0.1}},
            71.5));
  CHECK(answer.prose() ==
        "47 people went from signed_up to paid, in 1 min 12 s on average. The "
        "median is between 1 min and 2 min. The most common time: 30 people "
        "took between 1 min and 2 min.");
  const auto open =
      answer_of(plan, times({{0, 60, 1, 0.1}, {60, nullptr, 9, 0.9}}, nullptr));
  CHECK(open.sentences.at(0) == "10 people went from signed_up to paid.");
  CHECK(open.prose().contains("The median is 1 min or more."));
  CHECK(answer_of(plan, times({}, nullptr)).prose() ==
        "No people went from signed_up to paid.");
}

TEST_CASE("half in one stretch and half in the next is a median in the first") {
  const auto answer = answer_of(
      {}, times({{0, 10, 5, 0.5}, {10, 20, 5, 0.5}, {20, nullptr, 0, 0}}, 9));
  CHECK(answer.text("median_from") == "0 s");
  CHECK(answer.text("median_to") == "10 s");
}

TEST_CASE("people who came last may still convert in time") {
  plan::Plan plan;
  plan.steps = {"a", "b"};
  plan.time = {.kind = plan::TimeRange::Kind::calendar, .unit = Unit::month};
  CHECK(answer_of(plan, times({{0, nullptr, 3, 1}}, 5))
            .prose()
            .contains("may still convert: the window is 14 days"));
}

Provenance described(std::string tool, std::string_view arguments) {
  return describe({}, {std::move(tool), *json::parse(arguments)}, wednesday());
}

TEST_CASE("each query about people over time has a title and its terms") {
  const auto retention =
      described("query-retention",
                R"({"retentionFilter":{"targetEntity":{"id":"signed_up"},)"
                R"("returningEntity":{"id":"$pageview"},"period":"Week",)"
                R"("totalIntervals":8,"retentionType":"retention_first_time"},)"
                R"("dateRange":{"date_from":"2026-11-01"}})");
  CHECK(retention.title == "Retention from signed_up to $pageview by week");
  CHECK(retention.query ==
        "query-retention · signed_up → $pageview · period week · 8 intervals · "
        "first starts only · 2026-11-01 to 2026-11-18 (UTC) · test accounts: "
        "project default");
  CHECK(
      described("query-paths", R"({"pathsFilter":{"startPoint":"a"}})").title ==
      "Paths after a");
  CHECK(described("query-lifecycle",
                  R"({"interval":"week","series":[{"event":"a"}]})")
            .title == "Lifecycle of a per week");
  CHECK(described("query-stickiness", R"({"series":[{"event":"a"}]})").title ==
        "On how many days people did a");
  CHECK(described("query-funnel",
                  R"({"series":[{"event":"a"},{"event":"b"}],)"
                  R"("funnelsFilter":{"funnelVizType":"time_to_convert"}})")
            .title == "Time from a to b");
  CHECK(described("query-run", R"({"query":{"source":{"kind":"PathsQuery",)"
                               R"("pathsFilter":{"endPoint":"z"}}}})")
            .title == "Paths to z");
}

}  // namespace
}  // namespace claribi::answer
