// SPDX-License-Identifier: MIT
#include <string>

#include "doctest/doctest.h"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

TinyWorld three_days() {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  tiny.person(1, R"({"plan":"pro","seats":3})");
  tiny.person(2, R"({"plan":"free","vip":true})");
  tiny.person(3, R"({"plan":"free","since":"2026-01-02"})");
  tiny.event("view", "2026-09-01T08:00:00Z", 1, R"({"from":"ad","ms":5})");
  tiny.event("view", "2026-09-01T09:00:00Z", 2, R"({"from":"mail"})");
  tiny.event("view", "2026-09-02T08:00:00Z", 2, R"({"from":"mail"})");
  tiny.event("view", "2026-09-03T13:00:00Z", 2, R"({"later":1})");
  tiny.event("pay", "2026-09-02T08:00:00Z", 1, R"({"sum":9.5,"ok":true})");
  for (int i = 0; i < 9; ++i)
    tiny.event("old", "2026-01-01T08:00:00Z", 1);
  return tiny;
}

std::string read(const TinyWorld& tiny, std::string_view query) {
  const auto answer = read_data_schema(
      tiny.world(), json_of("{'query':" + std::string(query) + "}"));
  if (!answer) return "error: " + answer.error().message;
  return answer->value.text_or("no text");
}

}  // namespace

TEST_CASE("events are listed by how often they happened lately") {
  const auto tiny = three_days();
  CHECK(read(tiny, "{'kind':'events'}") ==
        "Events available in the project (most used first):\n"
        "- view\n- pay\n- old\n");
  CHECK(read(tiny, "{'kind':'events','limit':1,'offset':1}") ==
        "Events available in the project (most used first):\n- pay\n");
  CHECK(read(tiny, "{'kind':'events','offset':7}") ==
        "No events on this page.\n");
}

TEST_CASE("properties are those of the data up to now, grouped by type") {
  auto tiny = three_days();
  tiny.project().person_properties = {{.name = "since", .type = "DateTime"}};
  CHECK(read(tiny, "{'kind':'event_properties','event_name':'view'}") ==
        "<String>\n- from\n</String>\n<Numeric>\n- ms\n</Numeric>\n");
  CHECK(read(tiny, "{'kind':'event_properties','event_name':'pay'}") ==
        "<Numeric>\n- sum\n</Numeric>\n<Boolean>\n- ok\n</Boolean>\n");
  CHECK(read(tiny, "{'kind':'entity_properties','entity':'persons'}") ==
        "<String>\n- plan\n</String>\n<Numeric>\n- seats\n</Numeric>\n"
        "<Boolean>\n- vip\n</Boolean>\n<DateTime>\n- since\n</DateTime>\n");
  CHECK(read(tiny, "{'kind':'entity_properties','entity':'session'}")
            .contains("- $session_duration\n"));
}

TEST_CASE("values are real ones, the most frequent first") {
  const auto tiny = three_days();
  CHECK(read(tiny,
             "{'kind':'event_property_values','event_name':'view',"
             "'property_name':'from'}") == "- mail\n- ad\n");
  CHECK(read(tiny,
             "{'kind':'entity_property_values','entity':'person',"
             "'property_name':'plan'}") == "- free\n- pro\n");
}

TEST_CASE("at most 25 values are listed and the rest is counted") {
  TinyWorld tiny("2026-09-03T12:00:00Z");
  for (int i = 10; i < 37; ++i) {
    tiny.event("view", "2026-09-01T08:00:00Z", 1,
               R"({"n":)" + std::to_string(i) + "}");
  }
  const auto text = read(tiny,
                         "{'kind':'event_property_values','event_name':'view',"
                         "'property_name':'n'}");
  CHECK(text.contains("- 34\nand 2 more distinct values.\n"));
  CHECK_FALSE(text.contains("- 35"));
}

TEST_CASE("what the data do not have is said in words") {
  const auto tiny = three_days();
  CHECK(read(tiny, "{'kind':'event_properties','event_name':'no'}") ==
        "Properties do not exist in the taxonomy for the event no.\n");
  CHECK(read(tiny,
             "{'kind':'event_property_values','event_name':'view',"
             "'property_name':'no'}") ==
        "The property no does not exist in the taxonomy for the event view.\n");
  CHECK(read(tiny, "{'kind':'entity_properties','entity':'company'}") ==
        "Entity company does not exist in the taxonomy.\n");
  CHECK(read(tiny, "{'kind':'action_properties','action_id':3}") ==
        "No actions exist in the project.\n");
}

TEST_CASE("a query without its parts is refused") {
  const auto tiny = three_days();
  CHECK(read(tiny, "{}")
            .starts_with(
                "error: Invalid input for \"read-data-schema\": query.kind"));
  CHECK(read(tiny, "{'kind':'event_properties'}") ==
        "error: Invalid input for \"read-data-schema\": missing required "
        "parameter: query.event_name");
  CHECK(read(tiny, "{'kind':'events','limit':501}").contains("1 to 500"));
  CHECK(read_data_schema(tiny.world(), {}).error().message ==
        "Invalid input for \"read-data-schema\": missing required parameter: "
        "query");
}
