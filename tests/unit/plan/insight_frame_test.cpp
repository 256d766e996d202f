// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

struct Wanted {
  std::string_view question;
  std::string_view id;
};

void check(std::span<const Wanted> rows, const source::Schema& schema) {
  for (const Wanted& row : rows) {
    const std::string arguments = R"({"insightId":")" + std::string(row.id) +
                                  R"(","output_format":"json"})";
    const std::array asked{Asked{row.question, arguments}};
    check_calls("insight", "insight-query", asked, schema);
  }
}

TEST_CASE("a saved insight is found by its name and asked for its data") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"latest value of our saved weekly revenue insight", "wKlyRev1"},
      {"show the Weekly revenue insight", "wKlyRev1"},
      {"open the monthly revenue insight", "mNthRev1"},
      {"what does the insight 'Signups by day' show?", "sIgnUpD1"},
      {"show me the signups by day insight", "sIgnUpD1"},
      {"run the saved insight weekly revenue", "wKlyRev1"},
      {"what is the current value of the weekly revenue insight?", "wKlyRev1"},
      {"insight Monthly revenue", "mNthRev1"},
      {"the uploads insight please", "12345678"},
      {"saved chart monthly revenue", "mNthRev1"},
      {"show the weekly revenue insight for last month", "wKlyRev1"},
  });
  check(rows, snake_project());
  static constexpr auto title = std::to_array<Wanted>(
      {{"show the orders per country insight", "oRdErs01"}});
  check(title, title_project());
}

TEST_CASE("a period that is no part of the name is left out, aloud") {
  const auto schema = snake_project();
  const auto plan =
      plan_of("show the weekly revenue insight for last month", schema);
  REQUIRE(plan.has_value());
  CHECK(said_of(*plan, "left out") == "last month");
  CHECK(plan->time.kind == TimeRange::Kind::unsaid);
  const auto named = plan_of("show the weekly revenue insight", schema);
  CHECK(said_of(*named, "left out").empty());
  CHECK_FALSE(named->interval);
}

TEST_CASE("all saved insights are listed") {
  static constexpr auto rows = std::to_array<Asked>({
      {"list saved insights", "{}"},
      {"what insights do we have?", "{}"},
      {"which insights exist", "{}"},
      {"show all insights", "{}"},
      {"list our saved reports", "{}"},
  });
  check_calls("insights", "insights-list", rows, snake_project());
}

TEST_CASE("an insight that is not there is no plan") {
  const auto kind = [](std::string_view question,
                       const source::Schema& schema) {
    const auto plan = plan_of(question, schema);
    return plan ? ErrorKind::internal : plan.error().kind;
  };
  const auto schema = snake_project();
  CHECK(kind("show the teleport insight", schema) == ErrorKind::not_answerable);
  CHECK(kind("show the revenue insight", schema) ==
        ErrorKind::needs_clarification);
  CHECK(kind("show the insight", schema) == ErrorKind::needs_clarification);
  CHECK(kind("show the weekly revenue insight", {}) ==
        ErrorKind::not_answerable);
  CHECK(kind("delete the weekly revenue insight", schema) ==
        ErrorKind::refused);
  CHECK(
      compile({.frame = "insight"}, same_words(), moment(), {}).error().kind ==
      ErrorKind::usage);
}

TEST_CASE("other questions are not about insights") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"show the weekly revenue dashboard", "weekly revenue",
       "give me insights about signups", "insight_created events per day",
       "list flags", "list dashboards", "signups by day",
       "how do I create an insight?", "insight created per day",
       "which tiles are on the activation dashboard?", "total revenue",
       "chart of saved files per day"});
  check_elsewhere("insight", questions);
  check_elsewhere("insights", questions);
}

}  // namespace
}  // namespace claribi::plan
