// SPDX-License-Identifier: MIT
#include "table/build.hpp"

#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "json/reader.hpp"

using namespace claribi;
using namespace claribi::table;

namespace {

json::Array list(std::string_view text) {
  return json::parse(text)->items();
}

std::vector<std::string> names(const Table& table) {
  std::vector<std::string> all;
  all.reserve(table.columns.size());
  for (const Column& column : table.columns)
    all.push_back(column.name);
  return all;
}

// The type of a single column with those cells.
std::string type_of(std::string_view cells) {
  Table table{.columns = {{"c"}}};
  for (const json::Value& cell : list(cells))
    table.rows.push_back({cell});
  infer_types(table);
  return std::string(type_name(table.columns[0].type));
}

}  // namespace

TEST_CASE("objects become rows, their names columns as first seen") {
  const Table table =
      from_objects(list(R"([{"b":1,"a":"x"},{"c":true},{"a":"y","b":2}])"));
  CHECK(table.shape == Shape::rows);
  CHECK(names(table) == std::vector<std::string>{"b", "a", "c"});
  REQUIRE(table.rows.size() == 3);
  for (const Row& row : table.rows)
    CHECK(row.size() == 3);
  CHECK(table.cell(0, "c").is_null());
  CHECK(table.cell(1, "c").boolean() == true);
  CHECK(table.cell(2, "b").integer() == 2);
}

TEST_CASE("elements that are no objects get a column of their own") {
  const Table table = from_objects(list(R"([{"a":1},"x",[2],null])"));
  CHECK(names(table) == std::vector<std::string>{"a", "value"});
  CHECK(table.cell(1, "value").string() == "x");
  CHECK(table.cell(2, "value").is_array());
  CHECK(table.cell(3, "value").is_null());
}

TEST_CASE("no elements make a table without columns") {
  const Table table = from_objects({});
  CHECK(table.columns.empty());
  CHECK(table.rows.empty());
}

TEST_CASE("rows of cells get the names given, short ones are filled") {
  const Table table =
      from_rows({"a", "b"}, list(R"([[1,"x"],[2],[3,"y","extra"]])"));
  CHECK(names(table) == std::vector<std::string>{"a", "b"});
  for (const Row& row : table.rows)
    CHECK(row.size() == 2);
  CHECK(table.cell(1, "b").is_null());
  CHECK(table.cell(2, "b").string() == "y");
  CHECK(table.columns[0].type == Type::integer);
}

TEST_CASE("one object is a record with a single row") {
  const Table table = from_object(*json::parse(R"({"id":1,"name":"x"})"));
  CHECK(table.shape == Shape::record);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.cell(0, "name").string() == "x");
}

TEST_CASE("numbers stay as they were spelled") {
  const Table table = from_rows({"n"}, list("[[12345678901234567890],[1.10]]"));
  CHECK(table.cell(0, "n").number_text() == "12345678901234567890");
  CHECK(table.cell(1, "n").number_text() == "1.10");
}

TEST_CASE("tables are put one below the other by the names of their columns") {
  Table table = from_rows({"a", "b"}, list(R"([[1,"x"]])"));
  Table more = from_rows({"b", "c"}, list("[[7,true]]"));
  more.truncated = true;
  append(table, more);
  CHECK(names(table) == std::vector<std::string>{"a", "b", "c"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].size() == 3);
  CHECK(table.cell(0, "c").is_null());
  CHECK(table.cell(1, "a").is_null());
  CHECK(table.cell(1, "b").integer() == 7);
  CHECK(table.cell(1, "c").boolean() == true);
  CHECK(table.columns[2].type == Type::boolean);
  CHECK(table.truncated);
}

TEST_CASE("the type of a column is the one that has room for its cells") {
  CHECK(type_of("[1,2,null]") == "integer");
  CHECK(type_of("[1,2.5]") == "number");
  CHECK(type_of("[1e3]") == "number");
  CHECK(type_of("[true,false]") == "boolean");
  CHECK(type_of("[true,1]") == "string");
  CHECK(type_of(R"(["2026-11-18",null])") == "date");
  CHECK(type_of(R"(["2026-11-18T10:00:00Z"])") == "datetime");
  CHECK(type_of(R"(["2026-11-18 10:00:00"])") == "datetime");
  CHECK(type_of(R"(["2026-11-18","yesterday"])") == "string");
  CHECK(type_of(R"(["2026-13-40"])") == "string");
  CHECK(type_of(R"([1,[2]])") == "json");
  CHECK(type_of(R"(["x",{"a":1}])") == "json");
  CHECK(type_of("[null,null]") == "string");
  CHECK(type_of("[]") == "string");
  CHECK(type_of(R"(["1"])") == "string");
}
