// SPDX-License-Identifier: MIT
#include "chart/vega_lite.hpp"

#include <functional>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "json/writer.hpp"
#include "tests/unit/chart/sample.hpp"

using namespace claribi;
using namespace claribi::chart;
using json::Value;

namespace {

Value spec_of(const table::Table& table, const Labels& labels = {}) {
  auto chart = choose(table, labels);
  REQUIRE(chart);
  return to_vega_lite(*chart);
}

// Calls `see` with every member of every object, and where it stands.
void walk(
    const Value& value, const std::string& path,
    const std::function<void(const std::string& path, const std::string& name,
                             const Value& value)>& see) {
  for (const json::Member& member : value.members()) {
    see(path, member.name, member.value);
    walk(member.value, path + "/" + member.name, see);
  }
  for (const Value& item : value.items())
    walk(item, path, see);
}

}  // namespace

TEST_CASE("a specification says what it is and what it shows") {
  const Value spec = spec_of(test::days({1, 2, 3}), {"Signups", "in UTC"});
  CHECK(spec["$schema"] ==
        Value("https://vega.github.io/schema/vega-lite/v6.json"));
  CHECK(spec["title"]["text"] == Value("Signups"));
  CHECK(spec["title"]["subtitle"].at(0) == Value("in UTC"));
  CHECK(spec["description"].string()->starts_with("Bar chart of Signups"));
  CHECK(spec["config"]["view"].has("stroke"));
  CHECK(spec["data"]["values"].size() == 3);
  CHECK(spec["data"]["values"].at(2)["v"] == Value(3.0));
}

TEST_CASE("time is in UTC, so that no viewer's zone moves a day") {
  table::Table table = test::days(std::vector<int>(20, 4));
  const Value days = spec_of(table);
  CHECK(days["encoding"]["x"]["type"] == Value("temporal"));
  CHECK(days["encoding"]["x"]["scale"]["type"] == Value("utc"));
  CHECK(days["data"]["values"].at(0)["t"] == Value("2026-11-01"));
  table.rows[3][0] = "2026-11-04T10:00:00+13:00";
  const Value hours = spec_of(table);
  CHECK(hours["data"]["values"].at(3)["t"] == Value("2026-11-04T10:00:00Z"));
}

TEST_CASE("an unfinished bucket is a hollow point on a dashed line") {
  const Value spec = spec_of(test::days(std::vector<int>(20, 4), true));
  const Value& rows = spec["data"]["values"];
  CHECK(rows.at(18)["p"] == Value(false));
  CHECK(rows.at(18)["b"] == Value(true));
  CHECK(rows.at(19)["p"] == Value(true));
  REQUIRE(spec["layer"].size() == 4);
  CHECK(spec["layer"].at(2)["mark"]["strokeDash"].size() == 2);
  CHECK(spec["layer"].at(3)["transform"].at(0)["filter"]["field"] ==
        Value("p"));
  CHECK(spec["layer"].at(3)["mark"]["filled"] == Value(false));
  CHECK(spec["title"]["subtitle"].at(0) ==
        Value("hollow: the last bucket is not over yet"));
  CHECK(spec_of(test::days(std::vector<int>(20, 4)))["layer"].size() == 2);
}

TEST_CASE("an unfinished bar is pale with a dashed edge") {
  const Value spec = spec_of(test::days({4, 5, 1}, true));
  const Value& encoding = spec["layer"].at(0)["encoding"];
  CHECK(encoding["fillOpacity"]["condition"]["test"]["field"] == Value("p"));
  CHECK(encoding["strokeDash"]["condition"]["value"].size() == 2);
}

TEST_CASE("categories keep the order of the chart") {
  const Value ranking = spec_of(test::totals({{"b", 5}, {"a", 1}, {"c", 9}}));
  CHECK(ranking["encoding"]["y"]["sort"] == Value(json::Array{"c", "b", "a"}));
  const Value funnel = spec_of(test::funnel());
  CHECK(funnel["encoding"]["y"]["sort"] ==
        Value(json::Array{"1. signed_up", "2. uploaded_file",
                          "3. upgraded_plan"}));
  CHECK(funnel["data"]["values"].at(2)["l"] ==
        Value("115 (11.5 % of first, 25.0 % of previous)"));
  CHECK(funnel["encoding"]["x"]["scale"]["zero"] == Value(true));
}

TEST_CASE("series differ by more than colour") {
  const Value spec = spec_of(test::people_by(3));
  CHECK(spec["encoding"]["color"]["scale"]["range"].size() == 3);
  const Value& dash = spec["layer"].at(0)["encoding"]["strokeDash"];
  CHECK(dash["scale"]["domain"] == Value(json::Array{"b0", "b1", "b2"}));
  CHECK_FALSE(dash["scale"]["range"].at(0) == dash["scale"]["range"].at(1));
}

TEST_CASE("a number is a text") {
  const Value spec = spec_of(test::totals({{"a", 1234}}));
  CHECK(spec["layer"].at(0)["mark"]["type"] == Value("text"));
  CHECK(spec["layer"].at(0)["data"]["values"].at(0)["l"] == Value("1,234"));
}

TEST_CASE("a missing value is null") {
  table::Table table = test::days({1, 2, 3});
  table.rows[1][2] = json::Value();
  const Value spec = spec_of(table);
  CHECK(spec["data"]["values"].at(1)["v"].is_null());
}

TEST_CASE("no text of the data becomes a name, a field or an expression") {
  const std::string evil = "datum['x'].evil";
  table::Table lines = test::people_by(8);
  for (table::Row& row : lines.rows)
    row[2] = evil + row[2].text_or("");
  table::Table steps = test::funnel();
  steps.columns.push_back({"breakdown"});
  for (table::Row& row : steps.rows) {
    row[1] = evil + row[1].text_or("");
    row.emplace_back(evil);
  }
  table::Table rows;
  rows.columns = {{evil}, {evil + "2", table::Type::integer}};
  rows.rows = {{evil, 1}, {evil + "b", 2}};
  for (const table::Table& table :
       {lines, steps, rows, test::totals({{evil, 3}})}) {
    const Value spec = spec_of(table, {evil, evil});
    size_t seen = 0;
    walk(spec, "",
         [&](const std::string& path, const std::string& name,
             const Value& value) {
           CHECK_FALSE(name.contains("evil"));
           for (const char* code : {"expr", "calculate", "href", "url",
                                    "signal", "labelExpr", "usermeta"}) {
             CHECK(name != code);
           }
           if (name == "filter" || name == "test") CHECK(value.is_object());
           if (!json::compact(value).contains("evil") || value.is_object())
             return;
           ++seen;
           const bool allowed = path.ends_with("/values") || name == "values" ||
                                name == "domain" || name == "sort" ||
                                path == "/title" || name == "description" ||
                                name == "layer" ||
                                (path.ends_with("/axis") && name == "title");
           CAPTURE(path);
           CAPTURE(name);
           CHECK(allowed);
         });
    CHECK(seen > 0);
  }
}
