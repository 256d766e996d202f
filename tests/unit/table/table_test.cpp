// SPDX-License-Identifier: MIT
#include "table/table.hpp"

#include <set>
#include <string>

#include "doctest/doctest.h"

using namespace claribi::table;

TEST_CASE("columns are found by name, the first of several") {
  const Table table{.columns = {{"a"}, {"b"}, {"a"}}, .rows = {{1, 2, 3}}};
  CHECK(table.column("a") == 0);
  CHECK(table.column("b") == 1);
  CHECK_FALSE(table.column("A"));
  CHECK(table.cell(0, "a").integer() == 1);
}

TEST_CASE("a cell that is not there reads as null") {
  const Table table{.columns = {{"a"}}, .rows = {{1}}};
  CHECK(table.cell(0, "none").is_null());
  CHECK(table.cell(1, "a").is_null());
  CHECK(Table().cell(0, "a").is_null());
}

TEST_CASE("every type and shape has its own name") {
  std::set<std::string> names;
  for (Type type : {Type::string, Type::integer, Type::number, Type::boolean,
                    Type::date, Type::datetime, Type::json}) {
    CHECK(names.emplace(type_name(type)).second);
  }
  names.clear();
  for (Shape shape : {Shape::time_series, Shape::totals, Shape::funnel,
                      Shape::rows, Shape::record, Shape::prose}) {
    CHECK(names.emplace(shape_name(shape)).second);
  }
  CHECK(shape_name(Shape::time_series) == "time_series");
}
