// SPDX-License-Identifier: MIT
#include "json/value.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "doctest/doctest.h"
#include "json/reader.hpp"

using namespace claribi;
using namespace claribi::json;

TEST_CASE("lookups of what is not there read as null") {
  const Value value = *parse(R"({"a": [1], "s": "x"})");
  CHECK(value["none"].is_null());
  CHECK(value["a"]["b"]["c"].at(7).is_null());
  CHECK(value["a"].at(1).is_null());
  CHECK(value["s"].items().empty());
  CHECK(value["s"].members().empty());
  CHECK(value["s"].size() == 0);
  CHECK(value["none"].text_or("else") == "else");
  CHECK_FALSE(value["a"].has("b"));
}

TEST_CASE("a value is read only as what it is") {
  CHECK_FALSE(Value("1").number());
  CHECK_FALSE(Value(1).string());
  CHECK_FALSE(Value(1).boolean());
  CHECK_FALSE(Value(true).integer());
  CHECK_FALSE(Value().number_text());
  CHECK(Value(1).type_name() == "number");
  CHECK(Value().type_name() == "null");
  CHECK(Value(true).type_name() == "boolean");
  CHECK(Value("").type_name() == "string");
  CHECK(Value(Array{}).type_name() == "array");
  CHECK(Value(Object{}).type_name() == "object");
}

TEST_CASE("an integer is one only if it fits") {
  CHECK(parse("9223372036854775807")->integer() ==
        std::numeric_limits<int64_t>::max());
  CHECK_FALSE(parse("9223372036854775808")->integer());
  CHECK_FALSE(parse("1.0")->integer());
  CHECK_FALSE(parse("1e3")->integer());
  CHECK(parse("1e3")->number() == 1000.0);
}

TEST_CASE("a double is written so that it reads back") {
  CHECK(Value(0.1).number_text() == "0.1");
  CHECK(Value(1.0 / 3).number() == 1.0 / 3);
  CHECK(Value(std::numeric_limits<double>::infinity()).is_null());
  CHECK(Value(std::numeric_limits<double>::quiet_NaN()).is_null());
}

TEST_CASE("documents are built, changed and taken apart") {
  Value value;
  value.set("a", 1).set("b", true).set("a", "again");
  CHECK(value.size() == 2);
  CHECK(value["a"].string() == "again");
  CHECK(value.remove("a").string() == "again");
  CHECK(value.remove("a").is_null());
  CHECK_FALSE(value.has("a"));
  value.member("list").push(1).push(2);
  CHECK(value["list"].size() == 2);
  value.member("list").mutable_items().pop_back();
  CHECK(value["list"].size() == 1);
}

TEST_CASE("equality ignores the order of members and nothing else") {
  CHECK(*parse(R"({"a":1,"b":[1,2]})") == *parse(R"({"b":[1,2],"a":1})"));
  CHECK_FALSE(*parse("[1,2]") == *parse("[2,1]"));
  CHECK_FALSE(*parse("1") == *parse("1.0"));
  CHECK_FALSE(*parse(R"({"a":1})") == *parse(R"({"a":1,"b":null})"));
  CHECK_FALSE(Value() == Value(false));
  CHECK(Value() == Value(nullptr));
}
