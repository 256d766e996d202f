// SPDX-License-Identifier: MIT
#include "plan/compile.hpp"

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

table::Table people(const std::vector<std::string>& ids) {
  table::Table table;
  table.columns = {{"distinct_id"}, {"last_seen"}, {"events"}};
  for (const auto& id : ids) {
    table.rows.push_back({id, "2026-11-18 09:00:00", 3});
  }
  return table;
}

TEST_CASE("people who did something are looked up and then fetched") {
  const auto plan =
      plan_of("Find people who triggered signup events.", snake_project());
  REQUIRE(plan.has_value());
  const auto lookup = compile(*plan, same_words(), moment(), {});
  REQUIRE(lookup.has_value());
  REQUIRE(lookup->size() == 1);
  CHECK(lookup->front().call.tool == "query-run");
  CHECK(lookup->front().call.arguments["query"]["source"]["query"].string() ==
        "select distinct_id, max(timestamp) as last_seen, count() as events "
        "from events where event = 'signed_up' and timestamp >= "
        "toDateTime('2026-10-19 00:00:00') group by distinct_id order by "
        "last_seen desc limit 10");

  const std::vector found{people({"u1", "u2", "u1", ""})};
  const auto fetched = compile(*plan, same_words(), moment(), found);
  REQUIRE(fetched.has_value());
  REQUIRE(fetched->size() == 2);
  CHECK(fetched->front().call.tool == "persons-list");
  CHECK(json::compact(fetched->back().call.arguments) ==
        R"({"distinct_id":"u2"})");

  const std::vector all{people({"u1"}), table::Table{}};
  CHECK(compile(*plan, same_words(), moment(), all)->empty());
  const std::vector nobody{people({})};
  CHECK(compile(*plan, same_words(), moment(), nobody)->empty());
}

TEST_CASE("a closed period bounds the look-up on both sides") {
  const auto calls = calls_of("who signed up yesterday?", snake_project());
  REQUIRE(calls.has_value());
  const auto& sql = calls->front().call.arguments["query"]["source"]["query"];
  CHECK(sql.text_or("").find("timestamp < toDateTime('2026-11-18 00:00:00')") !=
        std::string::npos);
}

TEST_CASE("a name with quotes stays one string of the SQL") {
  source::Schema schema;
  schema.events = {{R"(it's \ done' or 1=1 --)", 5}};
  Plan plan{.frame = "people"};
  plan.series = {{schema.events.front().name}};
  plan.time = {.kind = TimeRange::Kind::rolling, .count = 7};
  const auto calls = compile(plan, same_words(), moment(), {});
  REQUIRE(calls.has_value());
  const auto& sql = calls->front().call.arguments["query"]["source"]["query"];
  CHECK(sql.text_or("").find(R"(event = 'it\'s \\ done\' or 1=1 --' and)") !=
        std::string::npos);
}

TEST_CASE("a call that has been made is not made again") {
  for (const auto* question :
       {"signups per day", "what dashboards exist?", "list flags",
        "list cohorts", "top errors", "recordings", "signup -> upload",
        "which events do we track", "how do I set up flags",
        "select 1 from events", "show person p_1"}) {
    CAPTURE(question);
    const auto plan = plan_of(question, snake_project());
    REQUIRE(plan.has_value());
    const std::vector<table::Table> earlier(1);
    const auto calls = compile(*plan, same_words(), moment(), earlier);
    REQUIRE(calls.has_value());
    CHECK(calls->empty());
  }
}

TEST_CASE("every call goes through the dialect, and its failure is kept") {
  source::Dialect dialect;
  dialect.translate =
      [](const source::ToolCall& call,
         const source::Dialect&) -> Result<source::Translation> {
    if (call.tool == "cohorts-list") {
      return fail(ErrorKind::refused, "not offered");
    }
    return source::Translation{.call = {.tool = "other"}, .note = "renamed"};
  };
  const auto flags = plan_of("list flags", {});
  const auto calls = compile(*flags, dialect, moment(), {});
  REQUIRE(calls.has_value());
  CHECK(calls->front().call.tool == "other");
  CHECK(calls->front().note == "renamed");
  const auto cohorts = plan_of("list cohorts", {});
  CHECK(compile(*cohorts, dialect, moment(), {}).error().kind ==
        ErrorKind::refused);
}

TEST_CASE("plans that name nothing to call fail") {
  const auto kind = [](const Plan& plan) {
    const auto calls = compile(plan, same_words(), moment(), {});
    return calls ? ErrorKind::internal : calls.error().kind;
  };
  for (const auto* frame :
       {"trend", "number", "ratio", "funnel", "people", "flag", "cohort",
        "dashboard", "docs", "sql", "no such frame"}) {
    CAPTURE(frame);
    CHECK(kind({.frame = frame}) == ErrorKind::usage);
  }
  Plan early{.frame = "trend"};
  early.series = {{"signed_up"}};
  early.time = {.kind = TimeRange::Kind::since, .from = "2027-01-01"};
  CHECK(kind(early) == ErrorKind::not_answerable);
}

TEST_CASE("the same plan at the same moment gives the same bytes") {
  const auto bytes = [] {
    const auto calls =
        calls_of("top 5 countries by signups vs last month", snake_project());
    return json::compact(calls->front().call.arguments);
  };
  CHECK(bytes() == bytes());
}

TEST_CASE("a saved plan moves on with the clock") {
  const auto plan = plan_of("signups per day this week", snake_project());
  const auto from = [&](std::string_view at) {
    const auto calls = compile(*plan, same_words(), moment(at), {});
    return calls->front().call.arguments["dateRange"]["date_from"].text_or("");
  };
  CHECK(from("2026-11-18T10:30:00Z") == "2026-11-16");
  CHECK(from("2026-11-25T10:30:00Z") == "2026-11-23");
}

}  // namespace
}  // namespace claribi::plan
