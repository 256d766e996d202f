// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "plan/frames/flag_effect.hpp"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

json::Value parsed(std::string_view text) {
  return json::parse(text).value();
}

// A list that tells rollouts, as the demo's and the early servers' do.
table::Table list_with_rollouts() {
  table::Table table;
  table.columns = {{"id"},      {"key"},     {"active"},
                   {"rollout"}, {"filters"}, {"updated_at"}};
  const json::Value plain = parsed("{}");
  const json::Value variants =
      parsed(R"({"multivariate":{"variants":[{"key":"a"},{"key":"b"}]}})");
  table.rows = {{1, "everybody", true, 100, plain, "2026-09-01"},
                {2, "nobody", true, 0, plain, "2026-09-02"},
                {3, "half", true, 50, plain, "2026-09-03"},
                {4, "off", false, 50, plain, "2026-09-04"},
                {5, "variants", true, 100, variants, "2026-09-05"},
                {6, "targeted", true, json::Value(), plain, "2026-09-06"}};
  return table;
}

// A list of today's server, and what a definition adds.
table::Table list_without_rollouts() {
  table::Table table;
  table.columns = {{"id"}, {"key"}, {"status"}, {"updated_at"}};
  table.rows = {{11, "old", "ACTIVE", "2026-08-01"},
                {12, "stale", "STALE", "2026-09-02"},
                {13, "young", "ACTIVE", "2026-09-03"}};
  return table;
}
table::Table definition(int id, const char* key, int rollout) {
  table::Table table{.shape = table::Shape::record};
  table.columns = {{"id"}, {"key"}, {"active"}, {"rollout"}, {"filters"}};
  table.rows = {{id, key, true, rollout, parsed("{}")}};
  return table;
}

Plan effect_plan() {
  return plan_of(
             "Which feature flag rollouts correlate with higher activation?",
             snake_project())
      .value();
}

std::vector<source::ToolCall> calls_after(
    const Plan& plan, std::span<const table::Table> earlier) {
  const auto calls = compile(plan, same_words(), moment(), earlier);
  REQUIRE(calls.has_value());
  std::vector<source::ToolCall> plain;
  for (const auto& call : *calls)
    plain.push_back(call.call);
  return plain;
}

constexpr std::string_view half_funnel =
    R"({"kind":"FunnelsQuery","series":[{"kind":"EventsNode",)"
    R"("event":"signed_up"},{"kind":"EventsNode","event":"uploaded_file"}],)"
    R"("dateRange":{"date_from":"2026-10-19"},"funnelsFilter":{)"
    R"("funnelVizType":"steps","funnelOrderType":"ordered",)"
    R"("funnelWindowInterval":14,"funnelWindowIntervalUnit":"day"},)"
    R"("breakdownFilter":{"breakdown":"$feature/half",)"
    R"("breakdown_type":"event"},"output_format":"json"})";

TEST_CASE("questions about flags and what goes together with them") {
  struct Row {
    std::string_view question;
    std::string_view start;
    std::string_view action;
    std::string_view flag = "";
  };
  static constexpr auto rows = std::to_array<Row>({
      {"Which feature flag rollouts correlate with higher activation?",
       "signed_up", "uploaded_file"},
      {"which flags correlate with more uploads?", "signed_up",
       "uploaded_file"},
      {"do any feature flags affect conversion to paid bill?", "signed_up",
       "paid_bill"},
      {"which flags increase signups?", "$pageview", "signed_up"},
      {"what is the effect of the new-pricing flag on upgraded plans?",
       "signed_up", "upgraded_plan", "new-pricing"},
      {"does the dark-mode flag go together with more shared file links?",
       "signed_up", "shared_file_link", "dark-mode"},
      {"impact of feature flags on activation in October", "signed_up",
       "uploaded_file"},
      {"which rollouts are associated with higher activation?", "signed_up",
       "uploaded_file"},
      {"activation with and without the dark-mode flag", "signed_up",
       "uploaded_file", "dark-mode"},
      {"which flag rollouts improve activation?", "signed_up", "uploaded_file"},
      {"are any flags linked to fewer deleted files?", "signed_up",
       "deleted_file"},
      {"how do feature flags influence inviting team members?", "signed_up",
       "invited_team_member"},
  });
  for (const auto& row : rows) {
    const std::string question(row.question);
    CAPTURE(question);
    const auto plan = plan_of(row.question, snake_project());
    if (!plan) {
      FAIL_CHECK(plan.error().message);
      continue;
    }
    CHECK(plan->frame == "flag_effect");
    REQUIRE(plan->steps.size() == 2);
    CHECK(plan->steps[0] == row.start);
    CHECK(plan->steps[1] == row.action);
    CHECK((plan->object ? plan->object->name : "") == row.flag);
    CHECK(said_of(*plan, "cause") == "not looked for");
  }
}

TEST_CASE("the flags are listed first, then each is split by a funnel") {
  const Plan plan = effect_plan();
  CHECK(plan.limit == 8);
  const auto first = calls_after(plan, {});
  REQUIRE(first.size() == 1);
  CHECK(first[0].tool == "feature-flag-get-all");
  CHECK(json::compact(first[0].arguments) == R"({"limit":500})");

  std::vector<table::Table> tables{list_with_rollouts()};
  const auto funnels = calls_after(plan, tables);
  REQUIRE(funnels.size() == 2);
  CHECK(funnels[0].tool == "query-funnel");
  CHECK(funnels[0].arguments["breakdownFilter"]["breakdown"].text_or("") ==
        "$feature/variants");
  CHECK(json::compact(funnels[1].arguments) == half_funnel);

  tables.emplace_back();
  CHECK(calls_after(plan, tables).size() == 1);
  tables.emplace_back();
  CHECK(calls_after(plan, tables).empty());
}

TEST_CASE("a list without rollouts is followed by the definitions") {
  const Plan plan = effect_plan();
  std::vector<table::Table> tables{list_without_rollouts()};
  const auto definitions = calls_after(plan, tables);
  REQUIRE(definitions.size() == 2);
  CHECK(definitions[0].tool == "feature-flag-get-definition");
  CHECK(json::compact(definitions[0].arguments) == R"({"id":13})");
  CHECK(json::compact(definitions[1].arguments) == R"({"id":11})");
  tables.push_back(definition(13, "young", 100));
  tables.push_back(definition(11, "old", 20));
  const auto funnels = calls_after(plan, tables);
  REQUIRE(funnels.size() == 1);
  CHECK(funnels[0].arguments["breakdownFilter"]["breakdown"].text_or("") ==
        "$feature/old");
  tables.emplace_back();
  CHECK(calls_after(plan, tables).empty());
}

TEST_CASE("no more flags than were promised are compared, the latest first") {
  const Plan plan = effect_plan();
  table::Table list;
  list.columns = {{"id"}, {"key"}, {"rollout"}, {"updated_at"}};
  for (int i = 10; i < 30; ++i) {
    list.rows.push_back(
        {i, "flag-" + std::to_string(i), 50, "2026-09-" + std::to_string(i)});
  }
  const auto compared = compared_flags(plan, std::array{list});
  REQUIRE(compared.flags.size() == 8);
  CHECK(compared.flags.front().key == "flag-29");
}

TEST_CASE("a flag that is named is compared alone, whatever its rollout") {
  const auto plan =
      plan_of("does the dark-mode flag increase activation?", snake_project());
  REQUIRE(plan.has_value());
  table::Table list;
  list.columns = {{"id"}, {"key"}, {"rollout"}};
  list.rows = {{11, "new-pricing", 50}, {12, "dark-mode", 100}};
  const auto calls = calls_after(*plan, std::array{list});
  REQUIRE(calls.size() == 1);
  CHECK(calls[0].arguments["breakdownFilter"]["breakdown"].text_or("") ==
        "$feature/dark-mode");
}

TEST_CASE("no flag to compare: no funnel") {
  table::Table list;
  list.columns = {{"id"}, {"key"}, {"rollout"}};
  list.rows = {{1, "everybody", 100}};
  CHECK(calls_after(effect_plan(), std::array{list}).empty());
}

TEST_CASE("other spellings of names") {
  const auto title = plan_of(
      "which flags correlate with more completed orders?", title_project());
  REQUIRE(title.has_value());
  CHECK(title->steps ==
        std::vector<std::string>{"Signed Up", "Order Completed"});
  const auto camel =
      plan_of("which flags correlate with higher activation?", camel_project());
  REQUIRE(camel.has_value());
  CHECK(camel->steps ==
        std::vector<std::string>{"userRegistered", "appOpened"});
}

TEST_CASE("an action that is not said or not there is no plan") {
  const auto schema = snake_project();
  const auto open = plan_of("which flags correlate with conversion?", schema);
  REQUIRE_FALSE(open.has_value());
  CHECK(open.error().kind == ErrorKind::needs_clarification);
  for (const auto& hint : open.error().hints) {
    CAPTURE(hint);
    const auto plan = plan_of(question_in(hint), schema);
    REQUIRE(plan.has_value());
    CHECK(plan->frame == "flag_effect");
  }
  CHECK(
      plan_of("which flags correlate with teleporting?", schema).error().kind ==
      ErrorKind::not_answerable);
  CHECK(compile({.frame = "flag_effect"}, same_words(), moment(), {})
            .error()
            .kind == ErrorKind::usage);
}

TEST_CASE("other questions are not about the effect of flags") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"list all active feature flags", "Which flags are at 100% rollout?",
       "show me the new-pricing flag", "what correlates with activation?",
       "impact of pricing on signups", "which errors affect the most users?",
       "conversion from signup to upload", "$feature_flag_called per day",
       "what are the rollout conditions of dark-mode?",
       "which flags are stale?", "turn off the dark-mode flag",
       "activation over time"});
  check_elsewhere("flag_effect", questions);
}

}  // namespace
}  // namespace claribi::plan
