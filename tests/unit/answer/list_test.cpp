// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

table::Table errors(const std::vector<std::pair<std::string, int>>& issues) {
  table::Table table{.columns = {{"name"}, {"occurrences"}, {"users"}}};
  for (const auto& [name, occurrences] : issues)
    table.rows.push_back({name, occurrences, 3});
  return table;
}

table::Table flags(const std::vector<std::string>& keys) {
  table::Table table{.columns = {{"key"}, {"active"}}};
  for (const std::string& key : keys)
    table.rows.push_back({key, true});
  return table;
}

plan::Plan plan_of(const char* frame) {
  plan::Plan plan;
  plan.frame = frame;
  return plan;
}

}  // namespace

TEST_CASE("errors are counted and the most frequent one is named") {
  plan::Plan plan = plan_of("errors");
  plan.time = {.kind = plan::TimeRange::Kind::absolute,
               .from = "2026-11-17",
               .to = "2026-11-17"};
  const Answer answer = answer_of(
      plan, errors({{"Timeout", 30}, {"TypeError", 60}, {"404", 10}}));
  CHECK(answer.prose() ==
        "3 error issues on 2026-11-17. The most frequent is TypeError: 60 "
        "occurrences (60 % of those shown), 3 people.");
}

TEST_CASE("a list without rows says what was looked for") {
  plan::Plan plan = plan_of("flags");
  plan.minimum_rollout = 100;
  CHECK(answer_of(plan, {}).prose() == "No feature flags rolled out to 100 %.");
  plan = plan_of("errors");
  plan.filters = {{.property = "$browser", .values = {"Chrome"}}};
  plan.time = {.kind = plan::TimeRange::Kind::since, .from = "2026-11-17"};
  CHECK(answer_of(plan, {}).prose() ==
        "No error issues where $browser is Chrome from 2026-11-17 to "
        "2026-11-18.");
  CHECK(answer_of(plan_of("sql"), {}).prose() == "No rows.");
}

TEST_CASE("flags that match are counted and named, five at most") {
  plan::Plan plan = plan_of("flags");
  plan.minimum_rollout = 100;
  CHECK(answer_of(plan, flags({"a", "b"})).prose() ==
        "2 feature flags rolled out to 100 %. Named: a, b.");
  plan.minimum_rollout = 50;
  CHECK(answer_of(plan, flags({"a", "b", "c", "d", "e", "f", "g"})).prose() ==
        "7 feature flags rolled out to 50 % or more. Named: a, b, c, d, e and "
        "2 more.");
}

TEST_CASE("one of something is not said in the plural") {
  CHECK(answer_of(plan_of("flags"), flags({"a"})).sentences[0] ==
        "1 feature flag.");
}

TEST_CASE("a list that goes on says so") {
  table::Table table = flags({"a"});
  table.truncated = true;
  CHECK(answer_of(plan_of("flags"), table).sentences.back() ==
        "More exist than are listed.");
}

TEST_CASE("recordings say when the latest began and how long they go") {
  table::Table table{
      .columns = {{"start_time"}, {"recording_duration"}},
      .rows = {{"2026-11-17T08:00:00Z", 75}, {"2026-11-18T09:30:00Z", 38}}};
  CHECK(answer_of(plan_of("recordings"), table).prose() ==
        "2 session recordings. The latest began at 2026-11-18T09:30:00Z; the "
        "longest lasts 1 min 15 s.");
}

TEST_CASE("people are named by what tells them apart") {
  table::Table table{.columns = {{"name"}, {"email"}, {"distinct_ids"}},
                     .rows = {{"Ada", "ada@example.com", json::Array{"p_001"}},
                              {"Bob", nullptr, json::Array{"p_002"}}}};
  CHECK(answer_of(plan_of("people"), table).prose() ==
        "2 people. Named: ada@example.com, Bob.");
}

TEST_CASE("people found by an event are said to have done it") {
  plan::Plan plan = plan_of("people");
  plan.series = {{.event = "signed_up"}};
  CHECK(answer_of(plan, {}).prose() == "No people who did signed_up.");
}

TEST_CASE("fields of the schema are counted and named") {
  const table::Table table{.columns = {{"table"}, {"field"}, {"type"}},
                           .rows = {{"events", "$browser", "String"}}};
  CHECK(answer_of(plan_of("schema"), table).prose() ==
        "1 field. Named: $browser.");
}

TEST_CASE("of cohorts the largest is named") {
  table::Table table{.columns = {{"name"}, {"count"}, {"is_static"}},
                     .rows = {{"Paying users", 320, false},
                              {"Everyone", 12'000, false},
                              {"New", nullptr, false}}};
  CHECK(answer_of(plan_of("cohorts"), table).prose() ==
        "3 cohorts. Named: Paying users, Everyone, New; the largest is "
        "Everyone with 12,000 people.");
}

TEST_CASE("a query that gives one number is answered with it") {
  const table::Table table{.columns = {{"signups"}}, .rows = {{1234}}};
  CHECK(answer_of(plan_of("sql"), table).prose() == "signups: 1,234.");
  const table::Table more{.columns = {{"event"}, {"n"}},
                          .rows = {{"signed_up", 5}, {"paid_bill", 3}}};
  CHECK(answer_of(plan_of("sql"), more).prose() == "2 rows.");
}

TEST_CASE("a long name is cut") {
  const Answer answer =
      answer_of(plan_of("errors"), errors({{std::string(500, 'x'), 60}}));
  CHECK(answer.prose().size() < 200);
}

TEST_CASE("an object is said by name and by what matters of it") {
  const table::Table table = table::from_object(
      json::Value()
          .set("id", 17)
          .set("key", "new-pricing")
          .set("active", true)
          .set("filters", json::Value().set("groups", json::Array{}))
          .set("rollout", 100)
          .set("created_at", "2026-01-05T10:00:00.123Z"));
  plan::Plan plan = plan_of("flag");
  plan.object = plan::ObjectRef{.kind = "flag", .id = "17"};
  CHECK(answer_of(plan, table).prose() ==
        "Feature flag new-pricing: active yes, rollout 100 %, created at "
        "2026-01-05.");
}

TEST_CASE("lists inside an object are counted, ids are not grouped") {
  const table::Table table =
      table::from_object(json::Value()
                             .set("id", 1234567)
                             .set("distinct_ids", json::Array{"a", "b", "c"}));
  plan::Plan plan = plan_of("person");
  plan.object = plan::ObjectRef{.kind = "person"};
  CHECK(answer_of(plan, table).prose() == "Person 1234567: distinct ids 3.");
}

TEST_CASE("an object that is not there is said to be missing") {
  plan::Plan plan = plan_of("person");
  plan.object = plan::ObjectRef{.kind = "person", .id = "p_9"};
  CHECK(answer_of(plan, {.shape = table::Shape::record}).prose() ==
        "No person of that name or id.");
}

TEST_CASE("pages are counted and the first one is named") {
  table::Table table{
      .shape = table::Shape::prose,
      .columns = {{"title"}, {"url"}, {"text"}},
      .rows = {{"Creating flags", "https://example.com/flags", "..."},
               {"Flags in Go", nullptr, "..."}}};
  CHECK(answer_of(plan_of("docs"), table).prose() ==
        "2 sections found; the first is “Creating flags” "
        "(https://example.com/flags).");
  table.rows.clear();
  plan::Plan plan = plan_of("docs");
  plan.search = "flags";
  CHECK(answer_of(plan, table).prose() == "Nothing was found for “flags”.");
}
