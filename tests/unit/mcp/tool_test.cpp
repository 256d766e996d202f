// SPDX-License-Identifier: MIT
#include "mcp/tool.hpp"

#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::mcp {
namespace {

json::Value parse(std::string_view text) {
  auto value = json::parse(text);
  REQUIRE(value.has_value());
  return *value;
}

TEST_CASE("a tool is read with its schema as it was written") {
  const Tool tool = read_tool(
      parse(R"({"name":"t","title":"T","description":"d",)"
            R"("inputSchema":{"type":"object","maximum":1e3,"b":1,"a":2},)"
            R"("annotations":{"title":"other","readOnlyHint":true}})"));
  CHECK(tool.name == "t");
  CHECK(tool.title == "T");
  CHECK(tool.description == "d");
  CHECK(json::compact(tool.input_schema) ==
        R"({"type":"object","maximum":1e3,"b":1,"a":2})");
  CHECK(tool.read_only_hint == true);
  CHECK_FALSE(tool.destructive_hint.has_value());
}

TEST_CASE("a tool without a title has the one of its annotations") {
  CHECK(read_tool(parse(R"({"name":"t","annotations":{"title":"A"}})")).title ==
        "A");
  CHECK(read_tool(parse(R"({"name":"t"})")).title.empty());
}

TEST_CASE("only a tool that says so, and nothing against it, is read-only") {
  const auto harmless = [](std::string_view annotations) {
    return declared_read_only(read_tool(parse(R"({"name":"t","annotations":)" +
                                              std::string(annotations) + "}")));
  };
  CHECK(harmless(R"({"readOnlyHint":true})"));
  CHECK(harmless(R"({"readOnlyHint":true,"destructiveHint":false})"));
  CHECK_FALSE(harmless(R"({"readOnlyHint":true,"destructiveHint":true})"));
  CHECK_FALSE(harmless(R"({"readOnlyHint":false})"));
  CHECK_FALSE(harmless(R"({"readOnlyHint":"true"})"));
  CHECK_FALSE(harmless(R"({"destructiveHint":false})"));
  CHECK_FALSE(harmless("{}"));
  CHECK_FALSE(harmless("null"));
}

TEST_CASE("a tool is found by its exact name") {
  const std::vector<Tool> tools = {{.name = "a"}, {.name = "b"}};
  REQUIRE(find_tool(tools, "b") != nullptr);
  CHECK(find_tool(tools, "b")->name == "b");
  CHECK(find_tool(tools, "B") == nullptr);
}

TEST_CASE("a result joins its text blocks and keeps the rest") {
  const ToolResult result = read_tool_result(parse(
      R"({"content":[{"type":"text","text":"a"},{"type":"image","data":"x"},)"
      R"({"type":"text","text":""},{"type":"text","text":"b"}],)"
      R"("structuredContent":{"n":1}})"));
  CHECK(result.text() == "a\n\nb");
  CHECK(result.content.size() == 4);
  CHECK(result.structured["n"].integer() == 1);
  CHECK_FALSE(result.is_error);
}

TEST_CASE("a result may be empty or an error") {
  CHECK(read_tool_result(parse("{}")).text().empty());
  CHECK(read_tool_result(parse(R"({"isError":true})")).is_error);
  CHECK_FALSE(read_tool_result(parse(R"({"isError":"yes"})")).is_error);
}

}  // namespace
}  // namespace claribi::mcp
