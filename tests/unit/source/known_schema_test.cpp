// SPDX-License-Identifier: MIT
#include "source/known_schema.hpp"

#include <doctest/doctest.h>

namespace claribi::source {
namespace {

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

KnownSchema known_events() {
  KnownSchema known{.parts = {.events = true, .properties = true},
                    .received_at = at("2026-11-18T10:30:00Z")};
  known.schema.events = {{"Order Completed", 90, {"Order Value"}}};
  known.schema.properties = {{"Order Value", PropertyOwner::event, "Numeric"},
                             {"Tier", PropertyOwner::person, "String"}};
  known.schema.properties_by_event = true;
  return known;
}

TEST_CASE("names come back from a cache as they went in") {
  const std::string text = known_schema_text(known_events());
  const auto back = read_known_schema(text, at("2026-11-18T10:31:00Z"));
  REQUIRE(back.has_value());
  CHECK(known_schema_text(*back) == text);
  CHECK(back->schema.properties[1].owner == PropertyOwner::person);
  CHECK(covers(back->parts, {.events = true}));
  CHECK_FALSE(covers(back->parts, {.flags = true}));
}

TEST_CASE("damaged names and those of the future are not known") {
  const std::string text = known_schema_text(known_events());
  CHECK_FALSE(read_known_schema("{", at("2026-11-18T10:31:00Z")));
  CHECK_FALSE(read_known_schema("{}", at("2026-11-18T10:31:00Z")));
  CHECK_FALSE(read_known_schema(text, at("2026-11-18T10:29:00Z")));
}

TEST_CASE("parts are kept together, as old as the oldest of them") {
  KnownSchema flags{.parts = {.flags = true},
                    .received_at = at("2026-11-18T10:35:00Z")};
  flags.schema.flags = {{"1", "Dark", "dark"}};
  const KnownSchema both = merged(known_events(), flags);
  CHECK(
      covers(both.parts, {.events = true, .properties = true, .flags = true}));
  CHECK(both.schema.events.front().properties.size() == 1);
  CHECK(both.received_at == at("2026-11-18T10:30:00Z"));
  // Events without their properties do not push out those that have them.
  KnownSchema bare{.parts = {.events = true},
                   .received_at = at("2026-11-18T10:36:00Z")};
  CHECK(merged(both, bare).schema.properties.size() == 2);
}

}  // namespace
}  // namespace claribi::source
