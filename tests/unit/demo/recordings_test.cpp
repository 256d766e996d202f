// SPDX-License-Identifier: MIT
#include "demo/tools.hpp"
#include "doctest/doctest.h"
#include "generated_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

json::Value list(std::string_view text) {
  const auto answer = recordings_list(generated_world(), arguments(text));
  if (!answer) FAIL(answer.error().message);
  return answer->value;
}

std::string in_range(std::string_view from) {
  return "start_time >= strftime('%s', '" + std::string(from) +
         "') * 1000 AND start_time <= strftime('%s', '2026-11-24 10:30:00') * "
         "1000";
}

int64_t count(const std::string& from_where) {
  return scalar(generated_store(), "SELECT count(*) FROM " + from_where)
      .integer()
      .value_or(-1);
}

}  // namespace

TEST_CASE("recordings are the sessions of the range, the newest first") {
  const auto rows =
      list(R"({"date_from":"2026-11-10","limit":500})")["results"];
  CHECK(static_cast<int64_t>(rows.size()) ==
        count("sessions WHERE " + in_range("2026-11-10")));
  REQUIRE(rows.size() > 10);
  for (size_t i = 1; i < rows.size(); ++i) {
    CHECK(rows.at(i - 1)["start_time"].text_or("") >=
          rows.at(i)["start_time"].text_or(""));
  }
  CHECK(rows.at(0)["start_time"].text_or("") <= "2026-11-24T10:30:00.000Z");
}

TEST_CASE("a recording that is still to come is not there") {
  const auto rows = list(R"({"date_from":"2026-11-10","date_to":"2026-11-26",
                         "limit":500})")["results"];
  CHECK(static_cast<int64_t>(rows.size()) ==
        count("sessions WHERE " + in_range("2026-11-10")));
  CHECK(static_cast<int64_t>(rows.size()) <
        count("sessions WHERE start_time >= strftime('%s', '2026-11-10') * "
              "1000"));
}

TEST_CASE("recordings are of the last three days unless told otherwise") {
  const auto value = list("{}");
  CHECK(value["query"]["kind"].text_or("") == "RecordingsQuery");
  CHECK(value["query"]["date_from"].text_or("") == "-3d");
  REQUIRE(value["results"].size() > 0);
  for (const auto& row : value["results"].items()) {
    CHECK(row["start_time"].text_or("") >= "2026-11-21");
  }
}

TEST_CASE("a recording has its length, counts and person") {
  const auto rows = list(R"({"date_from":"2026-11-01","limit":500,
                         "order":"duration"})")["results"];
  REQUIRE(rows.size() > 1);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows.at(i);
    const auto length = row["recording_duration"].integer().value_or(-1);
    CHECK(length >= 0);
    CHECK(row["active_seconds"].integer().value_or(-1) +
              row["inactive_seconds"].integer().value_or(-1) ==
          length);
    CHECK(row["person"]["distinct_ids"].at(0) == row["distinct_id"]);
    if (i > 0) {
      CHECK(rows.at(i - 1)["recording_duration"].integer().value_or(-1) >=
            length);
    }
  }
}

TEST_CASE("recordings of a cohort are those of its members") {
  const auto rows = list(R"({"date_from":"2026-10-01","limit":500,
    "properties":[{"type":"cohort","key":"id","value":1,"operator":"in"}]})");
  CHECK(static_cast<int64_t>(rows["results"].size()) ==
        std::min<int64_t>(
            500, count("sessions s JOIN persons p ON p.id = s.person WHERE " +
                       in_range("2026-10-01") +
                       " AND json_extract(p.properties, '$.plan') IN "
                       "('starter', 'pro', 'business')")));
  REQUIRE(rows["results"].size() > 0);
  const auto others = list(R"({"date_from":"2026-11-10","limit":500,
    "properties":[{"type":"cohort","key":"id","value":1,
                   "operator":"not_in"}]})");
  CHECK(others["results"].size() > 0);
  for (const auto& row : others["results"].items()) {
    CHECK(row["distinct_id"].text_or("") != "p_001");
  }
}

TEST_CASE("an event filter named after an event asks for that event") {
  const auto rows = list(R"({"date_from":"2026-10-01","limit":500,
    "properties":[{"type":"event","key":"$rageclick","value":"$rageclick",
                   "operator":"exact"}]})");
  CHECK(static_cast<int64_t>(rows["results"].size()) ==
        count("(SELECT DISTINCT s.id FROM sessions s JOIN events e ON "
              "e.session = s.id JOIN event_names n ON n.id = e.event WHERE "
              "n.name = '$rageclick' AND e.timestamp <= strftime('%s', "
              "'2026-11-24 10:30:00') * 1000 AND " +
              in_range("2026-10-01") + ")"));
  CHECK(rows["results"].size() > 0);
}

TEST_CASE("recordings are filtered by properties of events and persons") {
  const auto mobile = list(R"({"date_from":"2026-11-01","limit":500,
    "properties":[{"type":"event","key":"$os","value":["iOS","Android"],
                   "operator":"exact"}]})");
  CHECK(static_cast<int64_t>(mobile["results"].size()) ==
        count("(SELECT DISTINCT s.id FROM sessions s JOIN events e ON "
              "e.session = s.id WHERE json_extract(e.properties, '$.\"$os\"') "
              "IN ('iOS', 'Android') AND " +
              in_range("2026-11-01") + ")"));
  REQUIRE(mobile["results"].size() > 0);
  const auto ada = list(R"({"date_from":"2026-11-01","limit":500,
    "properties":[{"type":"person","key":"email","value":"ada@",
                   "operator":"icontains"}]})");
  REQUIRE(ada["results"].size() > 0);
  for (const auto& row : ada["results"].items()) {
    CHECK(row["distinct_id"].text_or("") == "p_001");
  }
}

TEST_CASE("recordings are found by person and by session") {
  const auto of_ada = list(R"({"date_from":"2026-11-01","limit":500,
    "person_uuid":"0190a1f0-0000-7000-8000-000000000001"})");
  CHECK(static_cast<int64_t>(of_ada["results"].size()) ==
        count("sessions WHERE person = 1 AND " + in_range("2026-11-01")));
  REQUIRE(of_ada["results"].size() > 0);
  json::Value args;
  args.set("date_from", "2026-11-01");
  args.set("session_ids",
           json::Array{of_ada["results"].at(0)["id"], "no-such-session"});
  const auto one = recordings_list(generated_world(), args);
  REQUIRE(one.has_value());
  CHECK(one->value["results"].size() == 1);
}

TEST_CASE("recordings refuse a cohort that does not exist") {
  const auto answer = recordings_list(
      generated_world(),
      arguments(R"({"properties":[{"type":"cohort","value":99}]})"));
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().message == "Validation error: cohort 99 does not exist");
}
