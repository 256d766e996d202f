// SPDX-License-Identifier: MIT
#include "plan/plan.hpp"

#include <array>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

Plan full_plan() {
  Plan plan{.frame = "trend"};
  plan.series = {{"signed_up", Math::total, {}},
                 {{}, Math::avg, "file_size_b"}};
  plan.formula = "A/B";
  plan.steps = {"signed_up", "uploaded_file"};
  plan.window = {.count = 7, .unit = Unit::week};
  plan.time_to_convert = true;
  plan.retention = Retention{.start = "signed_up",
                             .returning = "uploaded_file",
                             .period = Unit::week,
                             .intervals = 9,
                             .recurring = true,
                             .asked = 4};
  plan.paths =
      Paths{.start = "signed_up", .end = "paid_bill", .kinds = {"$pageview"}};
  plan.filters = {{Owner::person, "plan", "is_not", {"free", "trial"}}};
  plan.breakdown = {{Owner::session, "$browser"}};
  plan.time = {.kind = TimeRange::Kind::calendar,
               .phrase = "last week",
               .unit = Unit::week,
               .offset = -1,
               .to_now = true};
  plan.interval = Unit::day;
  plan.compare_to = "-1w";
  plan.state = "active";
  plan.order = "users";
  plan.object = ObjectRef{"flag", "11", "new-pricing"};
  plan.search = "TypeError";
  plan.limit = 5;
  plan.minimum_rollout = 100;
  plan.total = true;
  plan.as_table = true;
  plan.by_query = true;
  plan.sql = "select 1";
  plan.assumptions = {{"period", "last 30 days", "no period was named", 0.95}};
  return plan;
}

TEST_CASE("a plan survives its JSON form") {
  const Plan plan = full_plan();
  const auto back = from_json(to_json(plan));
  REQUIRE(back.has_value());
  CHECK(json::canonical(to_json(*back)) == json::canonical(to_json(plan)));
  CHECK(back->assumptions.front().score == doctest::Approx(0.95));
}

TEST_CASE("the JSON form has only what is set, and no floats") {
  CHECK(json::compact(to_json({.frame = "cohorts"})) ==
        R"({"version":1,"frame":"cohorts"})");
  CHECK(json::compact(to_json(full_plan())).find("0.95") == std::string::npos);
}

TEST_CASE("the id is of the content and not of the words") {
  const Plan plan = full_plan();
  Plan other = plan;
  other.assumptions.clear();
  other.time.phrase = "the week before";
  CHECK(plan_id(plan) == plan_id(other));
  CHECK(plan_id(plan).size() == 64);
  other.limit = 6;
  CHECK(plan_id(plan) != plan_id(other));
}

TEST_CASE("a plan that is wrong is refused, naming the member") {
  struct Row {
    std::string_view text;
    std::string_view named;
  };
  static constexpr auto rows = std::to_array<Row>({
      {R"([])", "object"},
      {R"({"frame":"trend"})", "version"},
      {R"({"version":2,"frame":"trend"})", "version"},
      {R"({"version":1})", "frame"},
      {R"({"version":1,"frame":"trend","serie":[]})", "serie"},
      {R"({"version":1,"frame":"trend","series":{}})", "series"},
      {R"({"version":1,"frame":"trend","series":[{"math":"x"}]})",
       "series.math"},
      {R"({"version":1,"frame":"trend","series":[{"math":"dau","evnt":1}]})",
       "evnt"},
      {R"({"version":1,"frame":"trend","filters":[{"on":"event",
          "property":"p","op":"; drop","values":[]}]})",
       "filters.op"},
      {R"({"version":1,"frame":"trend","time":{"kind":"since",
          "from":"-7d"}})",
       "time.from"},
      {R"({"version":1,"frame":"trend","time":{"kind":"rolling",
          "unit":"day","count":-3}})",
       "time.count"},
      {R"({"version":1,"frame":"trend","time":{"kind":"month","count":13}})",
       "time.count"},
      {R"({"version":1,"frame":"trend","interval":"fortnight"})", "interval"},
      {R"({"version":1,"frame":"trend","compare_to":"last week"})",
       "compare_to"},
      {R"({"version":1,"frame":"flags","minimum_rollout":101})",
       "minimum_rollout"},
      {R"({"version":1,"frame":"trend","limit":1.5})", "limit"},
      {R"({"version":1,"frame":"trend","total":"yes"})", "total"},
  });
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto value = json::parse(row.text);
    REQUIRE(value.has_value());
    const auto plan = from_json(*value);
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().kind == ErrorKind::usage);
    CHECK(plan.error().message.find(row.named) != std::string::npos);
  }
}

TEST_CASE("every kind of math has PostHog's name and is found by it") {
  for (const auto* name :
       {"total", "dau", "weekly_active", "monthly_active", "unique_session",
        "sum", "avg", "min", "max", "median", "p75", "p90", "p95", "p99"}) {
    REQUIRE(math_named(name).has_value());
    CHECK(math_name(*math_named(name)) == name);
  }
  CHECK_FALSE(math_named("mode").has_value());
}

}  // namespace
}  // namespace claribi::plan
