// SPDX-License-Identifier: MIT
#include "cli/commands/schema_flags.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

using Words = std::vector<std::string>;

const source::Vendor& vendor() {
  return *source::find_vendor("posthog");
}

// A tool with an argument of every type.
mcp::Tool example() {
  return {.name = "example",
          .input_schema = *json::parse(
              R"({"type":"object","required":["id","context","llm_model"],)"
              R"("properties":{"id":{"type":"integer"},)"
              R"("search":{"type":"string","description":"Words."},)"
              R"("basic":{"type":"boolean"},)"
              R"("orderBy":{"type":"string","enum":["name","count"]},)"
              R"("date_range":{"type":"object"},)"
              R"("either":{"anyOf":[{"type":"string"},{"type":"null"}]},)"
              R"("context":{"type":"string"},)"
              R"("llm_model":{"type":"string"}}})")};
}

std::string built(const Words& words, json::Value object = {}) {
  const auto arguments =
      call_arguments(words, vendor(), example(), std::move(object));
  const auto complete = arguments
                            ? check_required(vendor(), example(), *arguments)
                            : Result<void>();
  if (!complete) return complete.error().message;
  if (arguments) return json::compact(*arguments);
  CHECK(arguments.error().kind == ErrorKind::usage);
  std::string text = arguments.error().message;
  for (const std::string& hint : arguments.error().hints)
    text += "|" + hint;
  return text;
}

TEST_CASE("a schema gives a flag per argument, without the injected ones") {
  std::string names;
  for (const SchemaFlag& flag : schema_flags(vendor(), example())) {
    names += "--" + flag.name + " " + flag.type + "\n";
  }
  CHECK(names ==
        "--id integer\n--search string\n--basic boolean\n"
        "--order-by one of: name, count\n--date-range object\n"
        "--either string\n");
}

TEST_CASE("an argument that was renamed goes under the server's name") {
  const mcp::Tool old{
      .name = "dashboard-get",
      .input_schema =
          *json::parse(R"({"properties":{"dashboardId":{"type":"number"}}})")};
  for (const Words& words :
       {Words{"--id", "4"}, Words{"id=4"}, Words{"--dashboard-id", "4"}}) {
    const auto arguments = call_arguments(words, vendor(), old, {});
    REQUIRE(arguments);
    CHECK(json::compact(*arguments) == R"({"dashboardId":4})");
  }
  const mcp::Tool flag{.name = "feature-flag-get-definition",
                       .input_schema = *json::parse(
                           R"({"properties":{"id":{"type":"integer"}}})")};
  const auto by_key = call_arguments({"--key", "a"}, vendor(), flag, {});
  REQUIRE(by_key);
  CHECK(json::compact(*by_key) == R"({"key":"a"})");
}

TEST_CASE("values get the type that the schema wants") {
  CHECK(built({"--id", "7", "--search", "12", "--basic"}) ==
        R"({"id":7,"search":"12","basic":true})");
  CHECK(built({"--id=7", "--basic", "false", "--order-by", "count"}) ==
        R"({"id":7,"basic":false,"orderBy":"count"})");
  CHECK(built({"--id", "7", "--date-range", R"({"a":1})"}) ==
        R"({"id":7,"date_range":{"a":1}})");
  CHECK(built({"id=7", "either=true"}) == R"({"id":7,"either":"true"})");
  CHECK(built({"id:=9007199254740993", "other:=[1]"}) ==
        R"({"id":9007199254740993,"other":[1]})");
}

TEST_CASE("flags go on top of the object that was given") {
  CHECK(built({"--id", "8"}, *json::parse(R"({"id":7,"search":"a"})")) ==
        R"({"id":8,"search":"a"})");
}

TEST_CASE("a wrong word is named and nothing is built") {
  CHECK(built({"--id", "seven"}) == "--id needs integer, not 'seven'");
  CHECK(built({"--id", "7", "--order-by", "size"}) ==
        "--order-by needs one of: name, count, not 'size'");
  CHECK(built({"--id", "7", "--serch", "x"})
            .starts_with("example has no flag '--serch'|did you mean "
                         "--search?"));
  CHECK(built({"--id"}).starts_with("--id needs a value"));
  CHECK(built({"--id", "7", "word"})
            .starts_with("'word' is neither a flag nor key=value"));
  CHECK(built({"id:={"}).starts_with("id:= is not valid JSON"));
  CHECK(built({}).starts_with("example needs --id"));
}

TEST_CASE("the order of short flags does not matter") {
  const mcp::Tool trends{.name = "query-trends"};
  const auto one =
      call_arguments({"--math", "dau", "--event", "a"}, vendor(), trends, {});
  const auto other =
      call_arguments({"--event", "a", "--math", "dau"}, vendor(), trends, {});
  REQUIRE(one);
  REQUIRE(other);
  CHECK(json::compact(*one) ==
        R"({"series":[{"kind":"EventsNode","event":"a","math":"dau"}]})");
  CHECK(*one == *other);
}

}  // namespace
}  // namespace claribi::cli
