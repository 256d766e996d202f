// SPDX-License-Identifier: MIT
#include "demo/project.hpp"

#include <algorithm>

#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

Result<Project> read(std::string_view text) {
  const auto value = json::parse(text);
  REQUIRE(value.has_value());
  return read_project(*value);
}

}  // namespace

TEST_CASE("a project needs no more than a name and one event") {
  const auto project =
      read(R"({"name":"A","events":[{"name":"open","volume_30d":3}]})");
  REQUIRE(project.has_value());
  CHECK(project->name == "A");
  CHECK(project->calendar.zone.name() == "UTC");
  CHECK_FALSE(project->calendar.weeks_start_on_sunday);
  REQUIRE(project->events.size() == 1);
  CHECK(project->events[0].volume_30d == 3);
}

TEST_CASE("a project keeps its zone, week start and objects") {
  const auto project = read(
      R"({"name":"A","timezone":"Europe/Berlin","week_start":"sunday",
      "events":[{"name":"open","volume_30d":3,"properties":[
        {"name":"size","type":"Numeric","values":[1,2.50]}]},
        {"name":"bill","needs":"open","every_days":30}],
      "feature_flags":[{"id":7,"key":"k"}],"unknown":1})");
  REQUIRE(project.has_value());
  CHECK(project->calendar.zone.name() == "Europe/Berlin");
  CHECK(project->calendar.weeks_start_on_sunday);
  CHECK(project->events[0].properties[0].type == "Numeric");
  CHECK(json::compact(project->events[0].properties[0].values) == "[1,2.50]");
  CHECK(project->events[1].needs == "open");
  CHECK(project->events[1].every_days == 30);
  CHECK(find_object(project->flags, "key", "k")["id"].integer() == 7);
  CHECK(find_object(project->flags, "id", "7")["key"].text_or("") == "k");
  CHECK(find_object(project->flags, "id", "8").is_null());
}

TEST_CASE("a wrong description is refused by the member that is wrong") {
  struct Case {
    const char* text;
    const char* named;
  };
  const Case cases[] = {
      {R"([])", "must be an object"},
      {R"({"events":[]})", "name "},
      {R"({"name":"A"})", "events "},
      {R"({"name":"A","events":[]})", "events "},
      {R"({"name":"A","events":[{"volume_30d":1}]})", "events[0].name"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":-1}]})",
       "events[0].volume_30d"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":"1"}]})",
       "events[0].volume_30d"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":1},
        {"name":"x","volume_30d":1}]})",
       "events[1].name occurs twice"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":1,"needs":"y"}]})",
       "'y'"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":0}]})", "volume_30d"},
      {R"({"name":"A","events":[{"name":"x","volume_30d":1,
        "properties":[{"name":"p","type":"Text"}]}]})",
       "events[0].properties[0].type"},
      {R"({"name":"A","timezone":"Mars/North",
        "events":[{"name":"x","volume_30d":1}]})",
       "Mars/North"},
      {R"({"name":"A","week_start":"friday",
        "events":[{"name":"x","volume_30d":1}]})",
       "week_start"},
      {R"({"name":"A","cohorts":{},"events":[{"name":"x","volume_30d":1}]})",
       "cohorts must be an array"},
      {R"({"name":"A","docs":["x"],"events":[{"name":"x","volume_30d":1}]})",
       "docs[0]"},
      {R"({"name":"A","persons":[{"distinct_ids":["a"]},
        {"distinct_ids":["a"]}],"events":[{"name":"x","volume_30d":1}]})",
       "persons[1].distinct_ids occurs twice"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const auto project = read(one.text);
    REQUIRE_FALSE(project.has_value());
    CHECK(project.error().kind == ErrorKind::usage);
    CAPTURE(project.error().message);
    CHECK(project.error().message.find(one.named) != std::string::npos);
  }
}

TEST_CASE("the built-in project is described and read back without loss") {
  const auto description = describe(default_project());
  const auto again = read_project(description);
  REQUIRE(again.has_value());
  CHECK(describe(*again) == description);
}

TEST_CASE("the built-in project has what its dashboards and cohorts name") {
  const Project project = default_project();
  CHECK(project.flags.size() == 9);
  CHECK(project.cohorts.size() == 5);
  CHECK(project.dashboards.size() == 4);
  CHECK(project.docs.size() == 7);
  CHECK(project.error_issues.size() == 10);
  const auto has_event = [&](std::string_view name) {
    return std::ranges::any_of(
        project.events, [&](const auto& event) { return event.name == name; });
  };
  for (const auto& dashboard : project.dashboards) {
    CHECK(dashboard["tiles"].size() > 0);
    for (const auto& tile : dashboard["tiles"].items()) {
      const auto& insight =
          find_object(project.insights, "short_id", tile.text_or(""));
      CAPTURE(tile.text_or(""));
      REQUIRE_FALSE(insight.is_null());
      for (const auto& node : insight["query"]["source"]["series"].items()) {
        const bool known =
            node["event"].is_null() || has_event(node["event"].text_or(""));
        CHECK(known);
      }
    }
  }
  CHECK(find_object(project.persons, "id",
                    "0190a1f0-0000-7000-8000-000000000001")["distinct_ids"]
            .at(0)
            .text_or("") == "p_001");
}
