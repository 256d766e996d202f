// SPDX-License-Identifier: MIT
// What is sent for each kind of question to today's servers, which have a tool
// per kind of query, and to those of October 2025, which have query-run.
#include <array>
#include <string>

#include "doctest/doctest.h"
#include "source/posthog/posthog.hpp"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

source::Dialect dialect_of(std::vector<source::OfferedTool> tools) {
  return {std::move(tools), source::posthog::translate};
}

// With the arguments that these servers list, but for the injected ones.
source::Dialect todays() {
  return dialect_of(
      {{"query-retention",
        {"dateRange", "filterTestAccounts", "kind", "properties",
         "retentionFilter", "output_format"}},
       {"query-lifecycle",
        {"dateRange", "filterTestAccounts", "interval", "kind",
         "lifecycleFilter", "properties", "series", "output_format"}},
       {"query-stickiness",
        {"compareFilter", "dateRange", "interval", "intervalCount", "kind",
         "properties", "series", "stickinessFilter", "output_format"}},
       {"query-paths",
        {"dateRange", "kind", "pathsFilter", "properties", "output_format"}},
       {"query-funnel",
        {"breakdownFilter", "dateRange", "funnelsFilter", "interval", "kind",
         "properties", "series", "output_format"}},
       {"insight-query", {"insightId", "output_format", "filters_override"}},
       {"insights-list", {"limit", "offset", "search", "saved"}},
       {"feature-flag-get-all", {"active", "limit", "offset"}}});
}

source::Dialect of_2025() {
  return dialect_of({{"query-run", {"query"}},
                     {"insight-query", {"insightId"}},
                     {"insights-get-all", {"data"}},
                     {"feature-flag-get-all", {}}});
}

source::ToolCall sent(std::string_view question,
                      const source::Dialect& dialect) {
  const auto plan = plan_of(question, snake_project());
  REQUIRE(plan.has_value());
  const auto calls = compile(*plan, dialect, moment(), {});
  REQUIRE(calls.has_value());
  REQUIRE(calls->size() == 1);
  return calls->front().call;
}

struct Query {
  std::string_view question;
  std::string_view tool;
  std::string_view kind;
};
constexpr auto queries = std::to_array<Query>({
    {"What is our day-1 retention this month?", "query-retention",
     "RetentionQuery"},
    {"of this week's active users, how many are new, returning or "
     "resurrecting?",
     "query-lifecycle", "LifecycleQuery"},
    {"how many days a week do our users upload files?", "query-stickiness",
     "StickinessQuery"},
    {"what do users do right after they sign up?", "query-paths", "PathsQuery"},
    {"how long does it take from signing up to uploading a file?",
     "query-funnel", "FunnelsQuery"},
});

TEST_CASE("today's servers get the typed tool, asked for JSON") {
  for (const Query& row : queries) {
    CAPTURE(row.tool);
    const auto call = sent(row.question, todays());
    CHECK(call.tool == row.tool);
    CHECK(call.arguments["kind"].text_or("") == row.kind);
    CHECK(call.arguments["output_format"].text_or("") == "json");
  }
}

TEST_CASE("the servers of 2025 get the same query in query-run") {
  for (const Query& row : queries) {
    CAPTURE(row.tool);
    json::Value typed = sent(row.question, todays()).arguments;
    typed.remove("output_format");
    const auto call = sent(row.question, of_2025());
    CHECK(call.tool == "query-run");
    CHECK(call.arguments.size() == 1);
    const json::Value& query = call.arguments["query"];
    CHECK(query["kind"].text_or("") == "InsightVizNode");
    CHECK(json::compact(query["source"]) == json::compact(typed));
  }
}

TEST_CASE("an argument that the server does not list is not sent") {
  const auto insight = sent("show the weekly revenue insight", of_2025());
  CHECK(insight.tool == "insight-query");
  CHECK(json::compact(insight.arguments) == R"({"insightId":"wKlyRev1"})");
  CHECK(json::compact(
            sent("show the weekly revenue insight", todays()).arguments) ==
        R"({"insightId":"wKlyRev1","output_format":"json"})");
  const auto flags =
      sent("which flags correlate with higher activation?", of_2025());
  CHECK(json::compact(flags.arguments) == "{}");
}

TEST_CASE("insights are listed under the name that the server has") {
  CHECK(sent("list saved insights", todays()).tool == "insights-list");
  CHECK(sent("list saved insights", of_2025()).tool == "insights-get-all");
}

}  // namespace
}  // namespace claribi::plan
