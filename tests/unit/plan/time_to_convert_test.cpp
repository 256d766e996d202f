// SPDX-License-Identifier: MIT
#include <array>

#include "doctest/doctest.h"
#include "tests/unit/plan/rows.hpp"

namespace claribi::plan {
namespace {

struct Wanted {
  std::string_view question;
  std::string_view first;
  std::string_view second;
  std::string_view dates = R"("date_from":"2026-10-19")";
};

void check(std::string_view kind, std::span<const Wanted> rows,
           const source::Schema& schema) {
  const auto node = [](std::string_view event) {
    return R"({"kind":"EventsNode","event":")" + std::string(event) + R"("})";
  };
  for (const Wanted& row : rows) {
    const std::string arguments =
        R"({"kind":"FunnelsQuery","series":[)" + node(row.first) + "," +
        node(row.second) + R"(],"dateRange":{)" + std::string(row.dates) +
        R"(},"funnelsFilter":{"funnelVizType":")" + std::string(kind) +
        R"(","funnelOrderType":"ordered","funnelWindowInterval":14,)"
        R"("funnelWindowIntervalUnit":"day"},"output_format":"json"})";
    const std::array asked{Asked{row.question, arguments}};
    check_calls("funnel", "query-funnel", asked, schema);
  }
}

TEST_CASE("how long it takes from one event to the next") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"how long does it take from signing up to uploading a file?",
       "signed_up", "uploaded_file"},
      {"time to convert from signup to paid bill", "signed_up", "paid_bill"},
      {"median time between signup and upload", "signed_up", "uploaded_file"},
      {"how long after signup do users upload a file", "signed_up",
       "uploaded_file"},
      {"how long do users take to upload a file after signing up?", "signed_up",
       "uploaded_file"},
      {"how many days between signup and upgrading a plan", "signed_up",
       "upgraded_plan"},
      {"how quickly do people who sign up invite team members?", "signed_up",
       "invited_team_member"},
      {"How much time passes from signup to first upload?", "signed_up",
       "uploaded_file"},
      {"average time from signup to first upload in October", "signed_up",
       "uploaded_file", R"("date_from":"2026-10-01","date_to":"2026-10-31")"},
      {"how long until people who sign up pay a bill?", "signed_up",
       "paid_bill"},
  });
  check("time_to_convert", rows, snake_project());
  static constexpr auto title =
      std::to_array<Wanted>({{"time from Signed Up to Order Completed",
                              "Signed Up", "Order Completed"}});
  check("time_to_convert", title, title_project());
  static constexpr auto camel = std::to_array<Wanted>(
      {{"how long does it take from registering to completing a level?",
        "userRegistered", "levelCompleted"}});
  check("time_to_convert", camel, camel_project());
}

TEST_CASE("where people drop off is about steps, not about time") {
  static constexpr auto rows = std::to_array<Wanted>({
      {"Funnel drop-off between signup and first action?", "signed_up",
       "uploaded_file"},
      {"where do users drop off between signup and upload?", "signed_up",
       "uploaded_file"},
      {"what share of people upload a file after signing up?", "signed_up",
       "uploaded_file"},
      {"conversion from signup to upload over time", "signed_up",
       "uploaded_file"},
  });
  check("steps", rows, snake_project());
}

TEST_CASE("a time to convert is not split, and that is said") {
  const auto plan =
      plan_of("how long from signup to upload by country?", snake_project());
  REQUIRE(plan.has_value());
  CHECK(plan->time_to_convert);
  CHECK(plan->breakdown.empty());
  CHECK(said_of(*plan, "left out") == "by $geoip_country_code");
}

TEST_CASE("other questions are not about the time between two events") {
  static constexpr auto questions = std::to_array<std::string_view>(
      {"average file size", "signups over time", "longest sessions",
       "average amount by plan", "uploads at the same time last week",
       "How many days a week do people upload files?",
       "total upload time by country"});
  check_elsewhere("funnel", questions);
}

}  // namespace
}  // namespace claribi::plan
