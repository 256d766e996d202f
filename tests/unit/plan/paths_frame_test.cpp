// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

struct Wanted {
  std::string_view question;
  std::string_view filter;  // Members of pathsFilter.
  std::string_view dates = R"("date_from":"2026-10-19")";
};

void check(std::span<const Wanted> rows, const source::Schema& schema) {
  for (const Wanted& row : rows) {
    const std::string arguments =
        R"({"kind":"PathsQuery","dateRange":{)" + std::string(row.dates) +
        R"(},"pathsFilter":{)" + std::string(row.filter) +
        R"(},"output_format":"json"})";
    const std::array asked{Asked{row.question, arguments}};
    check_calls("paths", "query-paths", asked, schema);
  }
}

TEST_CASE("questions about what people do one thing after the other") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"what do users do right after they sign up?",
       R"("startPoint":"signed_up",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"what do people do before they pay a bill",
       R"("endPoint":"paid_bill",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"user journeys from signup to upload",
       R"("startPoint":"signed_up","endPoint":"uploaded_file",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"most common paths",
       R"("includeEventTypes":["$pageview","custom_event"])"},
      {"top 10 paths from signup last week",
       R"("startPoint":"signed_up",
          "includeEventTypes":["$pageview","custom_event"],"edgeLimit":10)",
       R"("date_from":"2026-11-09","date_to":"2026-11-15")"},
      {"what happens after upgrading a plan?",
       R"("startPoint":"upgraded_plan",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"where do users go after uploading a file?",
       R"("startPoint":"uploaded_file",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"what leads to a downgraded plan?",
       R"("endPoint":"downgraded_plan",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"what did users do next after inviting a team member",
       R"("startPoint":"invited_team_member",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"which path do users take before they share a file link?",
       R"("endPoint":"shared_file_link",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"how do users navigate through the app",
       R"("includeEventTypes":["$pageview","custom_event"])"},
      {"user flow after signup",
       R"("startPoint":"signed_up",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"what do users do after https://app.example.com/pricing",
       R"("startPoint":"https://app.example.com/pricing",
          "includeEventTypes":["$pageview","custom_event"])"},
      // PostHog's own events are no "custom events": then all are steps.
      {"what do users do after they rage click",
       R"("startPoint":"$rageclick")"},
  });
  check(rows, snake_project());
}

TEST_CASE("other spellings of names, and screens in the place of pages") {
  static constexpr auto title = std::to_array<Wanted>({
      {"what do customers do after they add a product?",
       R"("startPoint":"Product Added",
          "includeEventTypes":["$pageview","custom_event"])"},
      {"paths from Signed Up to Order Completed",
       R"("startPoint":"Signed Up","endPoint":"Order Completed",
          "includeEventTypes":["$pageview","custom_event"])"},
  });
  check(title, title_project());
  static constexpr auto camel = std::to_array<Wanted>({
      {"what do players do right after completing a level?",
       R"("startPoint":"levelCompleted",
          "includeEventTypes":["$screen","custom_event"])"},
  });
  check(camel, camel_project());
}

TEST_CASE("paths can be restricted and are not split") {
  const auto calls = calls_of("what do users from Germany do after signing up?",
                              snake_project());
  REQUIRE(calls.has_value());
  CHECK(calls->front().call.arguments["properties"].size() == 1);
  const auto plan =
      plan_of("user journeys after signup vs last month", snake_project());
  REQUIRE(plan.has_value());
  CHECK(said_of(*plan, "left out") == "the comparison");
}

TEST_CASE("ends that no path can have are no plan") {
  const auto schema = snake_project();
  const auto kind = [&](std::string_view question) {
    const auto plan = plan_of(question, schema);
    return plan ? ErrorKind::internal : plan.error().kind;
  };
  CHECK(kind("what do users do after teleporting") ==
        ErrorKind::not_answerable);
  CHECK(kind("user journeys from signup to teleporting") ==
        ErrorKind::not_answerable);
  const auto view = plan_of("what do users do after a page view?", schema);
  REQUIRE_FALSE(view.has_value());
  CHECK(view.error().kind == ErrorKind::needs_clarification);
  CHECK(plan_of(question_in(view.error().hints.front()), schema).has_value());
  CHECK(plan_of("user paths", {}).error().kind == ErrorKind::not_answerable);
  CHECK(compile({.frame = "paths"}, same_words(), moment(), {}).error().kind ==
        ErrorKind::usage);
}

TEST_CASE("other questions are not about paths") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"pageviews by path", "top 5 paths by pageviews",
       "signup flow conversion", "how many users go from signup to upload",
       "conversion from signup to upload", "what browsers do our visitors use?",
       "signup -> upload", "what events do we track?", "signups after Monday",
       "errors before yesterday", "what is our day-1 retention?",
       "do users come back after they sign up?",
       "how long after signup do users upload?"});
  check_elsewhere("paths", questions);
}

}  // namespace
}  // namespace claribi::plan
