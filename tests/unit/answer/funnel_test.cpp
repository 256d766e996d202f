// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

table::Table empty_funnel(bool breakdown) {
  table::Table table{.shape = table::Shape::funnel,
                     .columns = {{"step"}, {"event"}}};
  if (breakdown) table.columns.push_back({"breakdown"});
  table.columns.push_back({"count"});
  table.columns.push_back({"median_seconds"});
  return table;
}

table::Table two_steps(int entered, int finished, json::Value seconds = 75) {
  table::Table table = empty_funnel(false);
  table.rows = {{1, "signed_up", entered, nullptr},
                {2, "uploaded_file", finished, std::move(seconds)}};
  return table;
}

void add_group(table::Table& table, const char* name, int entered,
               int finished) {
  table.rows.push_back({1, "signed_up", name, entered, nullptr});
  table.rows.push_back({2, "uploaded_file", name, finished, 75});
}

plan::Plan funnel_plan() {
  plan::Plan plan;
  plan.frame = "funnel";
  plan.steps = {"signed_up", "uploaded_file"};
  return plan;
}

}  // namespace

TEST_CASE("a funnel is a rate with counts, the largest loss and the time") {
  CHECK(answer_of(funnel_plan(), two_steps(2000, 920)).prose() ==
        "46 % of 2,000 people who did signed_up went on to uploaded_file "
        "(920). The largest loss is signed_up → uploaded_file: 1,080 people "
        "(54 % of the step before). Median time 1 min 15 s.");
}

TEST_CASE("a rate of fewer than a thousand gets its interval") {
  const Answer small = answer_of(funnel_plan(), two_steps(999, 460));
  CHECK(small.text("overall_interval") == "43 to 49 %");
  CHECK(small.sentences[0].ends_with("(460); likely 43 to 49 %."));
  CHECK_FALSE(
      answer_of(funnel_plan(), two_steps(1000, 460)).has("overall_interval"));
}

TEST_CASE("fewer than thirty people get counts and no rate") {
  const Answer answer = answer_of(funnel_plan(), two_steps(29, 10));
  CHECK_FALSE(answer.has("overall"));
  CHECK(answer.prose() ==
        "10 of 29 people who did signed_up went on to uploaded_file. The "
        "largest loss is signed_up → uploaded_file: 19 people. Median time "
        "1 min 15 s.");
  CHECK(answer_of(funnel_plan(), two_steps(30, 10)).has("overall"));
}

TEST_CASE("the largest loss is counted in people, not in per cent") {
  table::Table table = empty_funnel(false);
  table.rows = {{1, "a", 1000, nullptr},
                {2, "b", 500, 60},
                {3, "c", 100, json::Number{"8640.0"}}};
  const Answer answer = answer_of(funnel_plan(), table);
  CHECK(answer.text("largest_loss") == "500");
  CHECK(answer.about("largest_loss") == "a → b");
  CHECK(answer.sentences[2] == "The slowest step is b → c: median time 2.4 h.");
}

TEST_CASE("nobody lost and no time known leave their sentences out") {
  CHECK(answer_of(funnel_plan(), two_steps(50, 50, nullptr)).prose() ==
        "100 % of 50 people who did signed_up went on to uploaded_file (50); "
        "likely 93 to 100 %.");
}

TEST_CASE("an empty funnel says who was looked for and when") {
  plan::Plan plan = funnel_plan();
  plan.time = {.kind = plan::TimeRange::Kind::absolute,
               .from = "2026-10-01",
               .to = "2026-10-31"};
  CHECK(answer_of(plan, two_steps(0, 0, nullptr)).prose() ==
        "No people did signed_up from 2026-10-01 to 2026-10-31.");
  CHECK(answer_of(plan, empty_funnel(false)).prose() ==
        "No people did signed_up from 2026-10-01 to 2026-10-31.");
}

TEST_CASE("a window that is still open is said") {
  plan::Plan plan = funnel_plan();
  plan.time = {.kind = plan::TimeRange::Kind::absolute,
               .from = "2026-10-01",
               .to = "2026-11-10"};
  CHECK(answer_of(plan, two_steps(2000, 920)).sentences.back() ==
        "Those who came last may still convert: the window is 14 days.");
  plan.time.to = "2026-10-31";
  CHECK_FALSE(answer_of(plan, two_steps(2000, 920))
                  .prose()
                  .contains("may still convert"));
}

TEST_CASE("a breakdown names the best and the worst of the large groups") {
  table::Table table = empty_funnel(true);
  add_group(table, "Chrome", 500, 300);
  add_group(table, "Safari", 400, 100);
  add_group(table, "Lynx", 29, 29);
  const Answer answer = answer_of(funnel_plan(), table);
  CHECK(answer.about("best") == "Chrome");
  CHECK(answer.about("worst") == "Safari");
  CHECK(answer.prose() ==
        "Of 3 groups, counting those of 30 people or more, the best "
        "conversion is Chrome: 60 % (300 of 500 people). The worst is Safari: "
        "25 % (100 of 400 people). Chrome differs from the rest beyond normal "
        "variation.");
}

TEST_CASE("groups that do not differ are not said to") {
  table::Table table = empty_funnel(true);
  add_group(table, "Chrome", 100, 52);
  add_group(table, "Safari", 100, 48);
  CHECK(answer_of(funnel_plan(), table).text("stands_out") == "none");
}

TEST_CASE("small groups are not compared at all") {
  table::Table table = empty_funnel(true);
  add_group(table, "Chrome", 10, 5);
  add_group(table, "Safari", 12, 1);
  const Answer answer = answer_of(funnel_plan(), table);
  CHECK_FALSE(answer.has("best"));
  CHECK(answer.sentences[0] ==
        "signed_up → uploaded_file: none of 2 groups has 30 people or more, "
        "too few to compare.");
}
