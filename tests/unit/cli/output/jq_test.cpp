// SPDX-License-Identifier: MIT
#include "cli/output/jq.hpp"

#include "doctest/doctest.h"

namespace claribi::cli {
namespace {

// The output, or the error's words.
std::string of(const std::string& program, std::string_view json) {
  auto compiled = JqProgram::compile(program);
  if (!compiled) return compiled.error().message;
  const auto out = compiled->run(json);
  return out ? *out : out.error().message;
}

TEST_CASE("each result is a line, a string without its quotes") {
  CHECK(of(".[]", R"([1, "a b", {"x": [true, null]}, "ä"])") ==
        "1\na b\n{\"x\":[true,null]}\nä\n");
  CHECK(of("empty", "{}").empty());
  CHECK(of(".a.b", R"({"a": {"b": "c"}})") == "c\n");
}

TEST_CASE("a program runs again on other data") {
  auto program = JqProgram::compile(".n + 1");
  REQUIRE(program);
  CHECK(program->run(R"({"n": 1})") == "2\n");
  CHECK(program->run(R"({"n": 2})") == "3\n");
}

TEST_CASE("what is wrong is said in a line, by kind usage") {
  CHECK(of(".rows[", "{}") == "--jq '.rows[': syntax error, unexpected $end");
  CHECK(of("nothing", "{}") == "--jq 'nothing': nothing/0 is not defined");
  CHECK(of(".x", "[1]") == R"(--jq: Cannot index array with string "x")");
  CHECK(of(R"(error("a\nb"))", "1") == "--jq: a");
  CHECK(of("error({a: 1})", "1") == R"(--jq: {"a":1})");
  const auto wrong = JqProgram::compile("|");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::usage);
}

TEST_CASE("integers are whole up to 2^53") {
  CHECK(of(".", "9007199254740992") == "9007199254740992\n");
}

}  // namespace
}  // namespace claribi::cli
