// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <string>

#include "doctest/doctest.h"
#include "json/writer.hpp"

using namespace claribi;
using namespace claribi::json;

namespace {

std::string nested(size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

// Objects in objects; the innermost is empty.
std::string nested_objects(size_t depth) {
  std::string text;
  for (size_t i = 1; i < depth; ++i)
    text += R"({"a":)";
  return text + "{}" + std::string(depth - 1, '}');
}

}  // namespace

TEST_CASE("numbers leave as the bytes they came in") {
  for (const std::string number :
       {"0", "-0", "1", "-1", "1.10", "1e3", "1E+3", "1e-3", "-0.0", "0.000003",
        "9007199254740993", "12345678901234567890", "-9223372036854775809",
        "123456789012345678901234567890", "0.1234567890123456789012345678",
        "1e400", "-1.5E-300"}) {
    CAPTURE(number);
    const auto alone = parse(number);
    REQUIRE(alone.has_value());
    CHECK(alone->number_text() == number);
    CHECK(compact(*alone) == number);
    const auto inside = parse("{\"n\":[" + number + "]}");
    REQUIRE(inside.has_value());
    CHECK((*inside)["n"].at(0).number_text() == number);
  }
}

TEST_CASE("blanks around numbers are not part of them") {
  const auto value = parse("\n [ 1.10 , -0\t, 1e3 ] \r\n");
  REQUIRE(value.has_value());
  CHECK(compact(*value) == "[1.10,-0,1e3]");
  CHECK(parse(" 42 \n")->number_text() == "42");
}

TEST_CASE("documents of every type are read") {
  CHECK(parse("null")->is_null());
  CHECK(parse("null\n")->is_null());
  CHECK(parse("[null\n]")->at(0).is_null());
  CHECK(parse("true")->boolean() == true);
  CHECK(parse("false")->boolean() == false);
  CHECK(parse("\"text\"")->string() == "text");
  CHECK(parse("[]")->is_array());
  CHECK(parse("{}")->is_object());
  CHECK(compact(*parse(R"({"a": [1, {"b": null}], "c": "d"})")) ==
        R"({"a":[1,{"b":null}],"c":"d"})");
}

TEST_CASE("escapes in strings and names are read") {
  const auto value = parse(R"({"a\"\u0062": "\n\t\\\/\u00e9\ud83d\ude42"})");
  REQUIRE(value.has_value());
  CHECK((*value)["a\"b"].string() == "\n\t\\/é🙂");
  CHECK(parse(R"("a\u0000b")")->string() == std::string_view("a\0b", 3));
}

TEST_CASE("members keep their order and duplicates their first reading") {
  const auto value = parse(R"({"b": 1, "a": 2, "b": 3})");
  REQUIRE(value.has_value());
  CHECK(compact(*value) == R"({"b":1,"a":2,"b":3})");
  CHECK((*value)["b"].integer() == 1);
}

TEST_CASE("nesting is accepted up to the bound and refused above") {
  for (size_t depth : {127U, 128U}) {
    CHECK(parse(nested(depth, '[', ']')).has_value());
    CHECK(parse(nested_objects(depth)).has_value());
  }
  for (size_t depth : {129U, 130U, 200U, 100'000U}) {
    CAPTURE(depth);
    const auto arrays = parse(nested(depth, '[', ']'));
    REQUIRE_FALSE(arrays.has_value());
    CHECK(arrays.error().kind == ErrorKind::protocol);
    CHECK_FALSE(parse(nested_objects(depth)).has_value());
    CHECK_FALSE(parse(std::string(depth, '[')).has_value());
  }
  CHECK(parse(nested(129, '[', ']')).error().message.contains("128"));
}

TEST_CASE("what is not JSON is refused") {
  for (const std::string text : {"",
                                 " ",
                                 "[1,]",
                                 "[,1]",
                                 "{\"a\":1,}",
                                 "{,}",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{\"a\":}",
                                 "{a:1}",
                                 "{'a':1}",
                                 "NaN",
                                 "[NaN]",
                                 "Infinity",
                                 "[-Infinity]",
                                 "01",
                                 "[01]",
                                 "-01",
                                 "1.",
                                 "[1.]",
                                 ".5",
                                 "[.5]",
                                 "+1",
                                 "[+1]",
                                 "1e",
                                 "[1e+]",
                                 "-",
                                 "[-]",
                                 "0x10",
                                 "[1_000]",
                                 "tru",
                                 "[tru]",
                                 "truex",
                                 "[truex]",
                                 "nul",
                                 "[nul]",
                                 "nullx",
                                 "[nullx]",
                                 "falsey",
                                 "undefined",
                                 "[",
                                 "]",
                                 "{",
                                 "}",
                                 "[1",
                                 "{\"a\":1",
                                 "{\"a\"",
                                 "[1}",
                                 "{\"a\":1]",
                                 "\"open",
                                 "\"\\u12\"",
                                 "\"\\x41\"",
                                 "\"\\ud800\"",
                                 "\"\\ud800a\"",
                                 "[\"\\udc00\"]",
                                 "\"a\nb\"",
                                 "[\"a\tb\"]",
                                 "// no\n1",
                                 "[1] // no",
                                 "{} {}",
                                 "[1][2]",
                                 "1 2",
                                 "null null",
                                 "{}x",
                                 "[1],",
                                 "\"a\" \"b\"",
                                 "true,",
                                 "{\"a\":1}}",
                                 "[[1]"}) {
    CAPTURE(text);
    const auto value = parse(text);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().kind == ErrorKind::protocol);
    CHECK(value.error().message.starts_with("not valid JSON: "));
  }
}

TEST_CASE("invalid UTF-8 is refused wherever it is") {
  for (const std::string text :
       {"\"\xff\"", "[\"\xc3\"]", "{\"\xed\xa0\x80\":1}", "\"\xc0\xaf\"",
        "\"\xf4\x90\x80\x80\""}) {
    CHECK_FALSE(parse(text).has_value());
  }
}

TEST_CASE("every cut of a document is refused") {
  const std::string text = R"({"a":[1.5,true,null,"x\n"],"b":{"c":-2}})";
  REQUIRE(parse(text).has_value());
  for (size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(parse(std::string_view(text).substr(0, size)).has_value());
  }
}
