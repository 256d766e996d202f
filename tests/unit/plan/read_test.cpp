// SPDX-License-Identifier: MIT
#include "plan/read.hpp"

#include <array>
#include <random>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

ErrorKind kind_of(std::string_view question, const source::Schema& schema) {
  const auto plan = plan_of(question, schema);
  return plan ? ErrorKind::internal : plan.error().kind;
}

const Assumption* assumed(const Plan& plan, std::string_view slot) {
  for (const auto& assumption : plan.assumptions) {
    if (assumption.slot == slot) return &assumption;
  }
  return nullptr;
}

TEST_CASE("an order to change something is refused with what can be read") {
  struct Row {
    std::string_view question;
    std::string_view hint;
  };
  static constexpr auto rows = std::to_array<Row>({
      {"turn off the new-onboarding flag",
       "claribi ask \"Show me the new-onboarding flag\""},
      {"can you turn the dark-mode flag off?",
       "claribi ask \"Show me the dark-mode flag\""},
      {"please delete the Growth dashboard",
       "claribi ask \"Show me the Growth dashboard\""},
      {"create a feature flag called beta",
       "claribi ask \"List feature flags\""},
      {"update the paying users cohort",
       "claribi ask \"Show me the paying users cohort\""},
      {"archive dark-mode", "claribi ask \"List feature flags\""},
      {"I want to rename the Activation dashboard",
       "claribi ask \"Show me the Activation dashboard\""},
      {"roll out new-pricing to everyone",
       "claribi ask \"List feature flags\""},
  });
  for (const auto& row : rows) {
    CAPTURE(row.question);
    const auto reading = read(row.question);
    REQUIRE_FALSE(reading.has_value());
    CHECK(reading.error().kind == ErrorKind::refused);
    REQUIRE_FALSE(reading.error().hints.empty());
    CHECK(reading.error().hints.front() == row.hint);
    CHECK(read(question_in(row.hint)).has_value());
  }
}

TEST_CASE("deeds of the users are no orders") {
  for (const auto* question :
       {"deleted files per day", "how many users delete a file within 7 days?",
        "What share of users who sign up invite a team member?",
        "create a chart of signups per day", "show me updated plans",
        "share of users who sign up and invite a team member",
        "change in active users week over week",
        "will you show me the signups per day?"}) {
    CAPTURE(question);
    CHECK(read(question).has_value());
  }
}

TEST_CASE("forecasts and what no tool has are not answerable") {
  for (const auto* question :
       {"will we reach 10k users by Christmas?", "forecast signups",
        "predict revenue for next month", "signups next week", "hello", "???",
        "will signups grow?", "what will signups be?", "will new plans sell?",
        "which experiments are running?"}) {
    CAPTURE(question);
    const auto reading = read(question);
    REQUIRE_FALSE(reading.has_value());
    const bool nothing = std::string_view(question) == "???";
    CHECK(reading.error().kind ==
          (nothing ? ErrorKind::usage : ErrorKind::not_answerable));
    CHECK_FALSE(reading.error().hints.empty());
  }
  CHECK(read("  ").error().kind == ErrorKind::usage);
}

TEST_CASE("what is no question about the data meets no name of it") {
  for (const auto* question :
       {"what is the weather?", "tell me a joke", "write me a poem",
        "what is the meaning of life?"}) {
    CAPTURE(question);
    const auto plan = plan_of(question, snake_project());
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().kind == ErrorKind::not_answerable);
  }
}

TEST_CASE("an event that is not in the schema names its nearest") {
  const auto plan =
      plan_of("how many users used the teleport feature?", snake_project());
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().kind == ErrorKind::not_answerable);
  CHECK(plan.error().message == "no event like 'teleport feature'");
  const auto close = plan_of("shared folder links per day", snake_project());
  REQUIRE_FALSE(close.has_value());
  CHECK(close.error().hints.front().find("shared_file_link (900 in 30 days)") !=
        std::string::npos);
}

TEST_CASE("names of other things that do not exist fail alike") {
  const auto schema = snake_project();
  CHECK(kind_of("show the growth dashboard", schema) ==
        ErrorKind::not_answerable);
  CHECK(kind_of("show me the teleport flag", schema) ==
        ErrorKind::not_answerable);
  CHECK(kind_of("recordings for enterprise users", schema) ==
        ErrorKind::not_answerable);
  CHECK(kind_of("signups by flavour", schema) == ErrorKind::not_answerable);
  CHECK(kind_of("signups where flavour = vanilla", schema) ==
        ErrorKind::not_answerable);
  CHECK(kind_of("signup -> teleporting -> paid bill", schema) ==
        ErrorKind::not_answerable);
}

TEST_CASE("an empty part of the schema is said to be empty") {
  const source::Schema empty;
  struct Row {
    std::string_view question;
    std::string_view message;
  };
  static constexpr auto rows = std::to_array<Row>({
      {"signups per day", "the project has no events"},
      {"conversion from signup to upload", "the project has no events"},
      {"find people who signed up", "the project has no events"},
      {"daily active users", "the project has no events"},
      {"ratio of uploads to downloads", "the project has no events"},
      {"show me the beta flag", "the project has no feature flags"},
      {"show me the growth dashboard", "the project has no dashboards"},
      {"show me the paying cohort", "the project has no cohorts"},
      {"recordings for paying users", "the project has no cohorts"},
  });
  for (const auto& row : rows) {
    CAPTURE(row.question);
    const auto plan = plan_of(row.question, empty);
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().kind == ErrorKind::not_answerable);
    CHECK(plan.error().message == row.message);
  }
}

TEST_CASE("names that are meant alike are asked for, by commands that run") {
  const auto schema = snake_project();
  for (const auto* question :
       {"show me files", "plan changes last week", "how is conversion doing?",
        "funnel from signup", "ratio of uploads", "show me the users cohort",
        "what is the median of uploads", "show me the dashboard"}) {
    CAPTURE(question);
    const auto plan = plan_of(question, schema);
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().kind == ErrorKind::needs_clarification);
    CHECK(plan.error().hints.size() >= 1);
    CHECK(plan.error().hints.size() <= 3);
    for (const auto& hint : plan.error().hints) {
      CAPTURE(hint);
      const std::string again = question_in(hint);
      REQUIRE_FALSE(again.empty());
      CHECK(plan_of(again, schema).has_value());
    }
  }
}

TEST_CASE("two flags that differ only in case are not guessed between") {
  source::Schema schema;
  schema.flags = {{"1", "", "Beta-Editor"}, {"2", "", "beta-editor"}};
  CHECK(kind_of("show me the BETA-EDITOR flag", schema) ==
        ErrorKind::needs_clarification);
  const auto exact = plan_of("show me the beta-editor flag", schema);
  REQUIRE(exact.has_value());
  CHECK(exact->object->id == "2");
}

TEST_CASE("every default is an assumption") {
  const auto plan = plan_of("signups", snake_project());
  REQUIRE(plan.has_value());
  REQUIRE(assumed(*plan, "period") != nullptr);
  CHECK(assumed(*plan, "period")->value == "last 30 days");
  CHECK(assumed(*plan, "interval") != nullptr);
  CHECK(assumed(*plan, "event")->score == doctest::Approx(0.95));
  const auto funnel =
      plan_of("signup to first-action conversion", snake_project());
  REQUIRE(funnel.has_value());
  REQUIRE(assumed(*funnel, "step") != nullptr);
  CHECK(assumed(*funnel, "step")->value == "uploaded_file");
  CHECK(assumed(*funnel, "window")->value == "14 days");
}

TEST_CASE("what was said is not assumed") {
  const auto plan =
      plan_of("signed_up per day for the last 7 days", snake_project());
  REQUIRE(plan.has_value());
  CHECK(assumed(*plan, "period") == nullptr);
  CHECK(assumed(*plan, "interval") == nullptr);
  CHECK(assumed(*plan, "event") == nullptr);
}

TEST_CASE("words that name nothing are said to be left out") {
  const auto plan = plan_of("signups on the moon base", snake_project());
  REQUIRE(plan.has_value());
  REQUIRE(assumed(*plan, "left out") != nullptr);
  CHECK(assumed(*plan, "left out")->value == "moon base");
}

TEST_CASE("a question why gets the numbers and no cause") {
  const auto plan = plan_of("why did signups drop last week?", snake_project());
  REQUIRE(plan.has_value());
  REQUIRE(assumed(*plan, "cause") != nullptr);
  CHECK(assumed(*plan, "cause")->value == "not looked for");
}

TEST_CASE("the share of a rollout is kept for the rows") {
  const auto minimum = [](std::string_view question) {
    return plan_of(question, {})->minimum_rollout;
  };
  CHECK(minimum("Which flags are at 100% rollout?") == 100);
  CHECK(minimum("which flags are fully rolled out?") == 100);
  CHECK(minimum("which flags are on for at least 50 percent?") == 50);
  CHECK(minimum("list flags") == std::nullopt);
}

TEST_CASE("only the parts of the schema that a question needs are asked for") {
  const auto needs = [](std::string_view question) {
    return read(question).value().needs;
  };
  CHECK(needs("signups per day for the last 30 days").events);
  CHECK_FALSE(needs("signups per day in the last 30 days").properties);
  CHECK(needs("signups by browser").properties);
  CHECK(needs("Chrome signups per day").properties);
  CHECK(needs("show me the beta flag").flags);
  CHECK_FALSE(needs("show me the beta flag").events);
  CHECK_FALSE(needs("list flags").flags);
  CHECK(needs("recordings for paying users").cohorts);
  CHECK_FALSE(needs("what dashboards exist?").dashboards);
}

TEST_CASE("the same question gives the same plan and id") {
  const auto schema = snake_project();
  const auto one = plan_of("top 3 browsers by signups last week", schema);
  const auto two = plan_of("top 3 browsers by signups last week", schema);
  REQUIRE(one.has_value());
  CHECK(json::compact(to_json(*one)) == json::compact(to_json(*two)));
  CHECK(plan_id(*one) == plan_id(*two));
}

TEST_CASE("no mixture of words breaks the reading") {
  static constexpr auto words = std::to_array<std::string_view>(
      {"signups",     "by",        "per",    "day",    "last",
       "30",          "days",      "->",     "to",     "from",
       "where",       "plan",      "=",      "pro",    "top",
       "5",           "compare",   "vs",     "since",  "11/3",
       "funnel",      "flag",      "'",      "\"",     "`",
       "$",           "$pageview", "(",      "?",      "100%",
       "p95",         "of",        "and",    ",",      "select",
       "delete",      "\xff\xfe",  "\u2192", "2026",   "-",
       "--",          "q9",        "Nov",    "31",     "errors",
       "recordings",  "people",    "who",    "within", "0",
       "99999999999", "person",    "how",    "many",   "average",
       "!=",          ">",         "week",   "over",   "\u4e2d\u6587",
       "a_b",         "@",         "x@y.z",  ".",      "'s"});
  const auto schema = snake_project();
  std::mt19937 random(20261118);  // The same questions in every run.
  size_t answered = 0;
  for (int round = 0; round < 400; ++round) {
    std::string question;
    const size_t length = 1 + random() % 12;
    for (size_t i = 0; i < length; ++i) {
      question += words[random() % words.size()];
      if (random() % 8 != 0) question += ' ';
    }
    CAPTURE(question);
    const auto plan = plan_of(question, schema);
    if (!plan) {
      CHECK(plan.error().kind != ErrorKind::internal);
      CHECK_FALSE(plan.error().message.empty());
      continue;
    }
    ++answered;
    const auto back = from_json(to_json(*plan));
    REQUIRE(back.has_value());
    CHECK(plan_id(*back) == plan_id(*plan));
    const auto calls = compile(*plan, same_words(), moment(), {});
    if (!calls) CHECK(calls.error().kind == ErrorKind::not_answerable);
  }
  CHECK(answered > 20);
}

TEST_CASE("only names of the schema get into a plan") {
  const auto schema = snake_project();
  for (const auto* question :
       {"signed_ups'; drop per day", "\"signed_up' or 1\"", "$made_up per day",
        "`uploaded_file`"}) {
    CAPTURE(question);
    const auto plan = plan_of(question, schema);
    if (!plan) continue;
    for (const auto& series : plan->series) {
      REQUIRE(series.event.has_value());
      bool known = false;
      for (const auto& event : schema.events) {
        known = known || event.name == *series.event;
      }
      CHECK(known);
    }
  }
  CHECK(plan_of("`uploaded_file`", schema)->series.front().event ==
        "uploaded_file");
  CHECK(kind_of("$made_up per day", schema) == ErrorKind::not_answerable);
}

}  // namespace
}  // namespace claribi::plan
