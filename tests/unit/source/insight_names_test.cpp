// SPDX-License-Identifier: MIT
#include "doctest/doctest.h"
#include "source/posthog/posthog.hpp"

namespace claribi::source {
namespace {

TEST_CASE("the names of insights are read when a question needs them") {
  const auto calls = posthog::schema_calls({.insights = true}, {});
  REQUIRE(calls.size() == 1);
  CHECK(calls[0].tool == "insights-list");
  CHECK(posthog::schema_calls({}, {}).empty());
}

TEST_CASE("an insight has its short id and a name, its own or a made one") {
  table::Table table;
  table.columns = {{"id"}, {"short_id"}, {"name"}, {"derived_name"}};
  table.rows = {{7, "wKlyRev1", "Weekly revenue", "Sum of amount"},
                {8, "12345678", "", "Pageview count"},
                {9, json::Value(), "No short id", ""}};
  Schema schema;
  posthog::read_schema({"insights-list"}, table, schema);
  REQUIRE(schema.insights.size() == 2);
  CHECK(schema.insights[0].id == "wKlyRev1");
  CHECK(schema.insights[0].name == "Weekly revenue");
  CHECK(schema.insights[1].id == "12345678");
  CHECK(schema.insights[1].name == "Pageview count");
}

}  // namespace
}  // namespace claribi::source
