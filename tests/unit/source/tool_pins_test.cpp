// SPDX-License-Identifier: MIT
#include "source/tool_pins.hpp"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "json/reader.hpp"

namespace claribi::source {
namespace {

constexpr std::array<std::string_view, 2> injected{"context", "llm_model"};

ToolPin pin(std::string_view definition,
            std::string_view endpoint = "https://x.example/mcp") {
  return pin_of(endpoint, mcp::read_tool(*json::parse(definition)), injected);
}

constexpr std::string_view tool =
    R"({"name":"a","description":"d","inputSchema":{"properties":)"
    R"({"id":{},"context":{}},"required":["id","context"]},)"
    R"("annotations":{"readOnlyHint":true}})";

std::string changes(std::string_view definition) {
  std::string out;
  for (const std::string& field : changed_fields(pin(tool), pin(definition)))
    out += field + " ";
  return out;
}

TEST_CASE("a pin names the fields that have changed") {
  CHECK(changes(tool).empty());
  CHECK(changes(R"({"name":"a","description":"D","inputSchema":{"properties":)"
                R"({"id":{}},"required":["id"]},)"
                R"("annotations":{"readOnlyHint":true}})") == "description ");
  CHECK(
      changes(R"({"name":"a","description":"d","inputSchema":{"properties":)"
              R"({"id":{},"all":{}},"required":["id"]},"outputSchema":{}})") ==
      "inputSchema outputSchema annotations ");
}

TEST_CASE("order and what the server adds by itself change no pin") {
  CHECK(changes(R"({"annotations":{"readOnlyHint":true},"description":"d",)"
                R"("inputSchema":{"required":["id","llm_model"],"properties":)"
                R"({"llm_model":{"type":"string"},"id":{}}},"name":"a"})")
            .empty());
}

TEST_CASE("the same tool at another address has another pin") {
  const ToolPin here = pin(tool);
  const ToolPin there = pin(tool, "https://x.example/other");
  CHECK(changed_fields(here, there).size() == 6);
  CHECK(here.at("name").size() == 64);
}

TEST_CASE("pins are kept as text and read back") {
  ToolPins pins;
  pins["https://x.example/mcp"]["a"] = pin(tool);
  const auto read = read_pins(pins_text(pins));
  REQUIRE(read);
  CHECK(*read == pins);
  for (std::string_view text : {"", "[]", "{}", R"({"version":2})"}) {
    CAPTURE(text);
    CHECK(!read_pins(text));
  }
}

}  // namespace
}  // namespace claribi::source
