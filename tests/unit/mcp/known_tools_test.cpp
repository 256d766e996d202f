// SPDX-License-Identifier: MIT
#include "mcp/known_tools.hpp"

#include "doctest/doctest.h"
#include "json/reader.hpp"

namespace claribi::mcp {
namespace {

TEST_CASE("a remembered tool is the one that the server sent") {
  const Instant now = *parse_instant("2026-11-18T10:30:00Z");
  ToolList list{.fresh_for = std::chrono::seconds(60)};
  list.tools.push_back(read_tool(
      *json::parse(R"({"name":"a","inputSchema":{"x":1.50},"annotations":)"
                   R"({"readOnlyHint":true},"more":[1]})")));
  const auto known = read_known_tools(known_tools_text(list, now), now);
  REQUIRE(known);
  CHECK(known->received_at == now);
  CHECK(known->list.fresh_for == std::chrono::seconds(60));
  REQUIRE(known->list.tools.size() == 1);
  CHECK(known->list.tools[0].definition == list.tools[0].definition);
  CHECK(known->list.tools[0].read_only_hint == true);
}

TEST_CASE("damaged memories are none") {
  const Instant now = *parse_instant("2026-11-18T10:30:00Z");
  ToolList list;
  list.tools.push_back(read_tool(*json::parse(R"({"name":"a"})")));
  const std::string good = known_tools_text(list, now);
  CHECK(read_known_tools(good, now));
  CHECK_FALSE(read_known_tools(good, now - std::chrono::seconds(1)));
  for (size_t size = 0; size + 2 < good.size(); ++size) {
    CHECK_FALSE(read_known_tools(good.substr(0, size), now));
  }
  CHECK_FALSE(read_known_tools(R"({"received_at":"2026-11-18T10:30:00Z",)"
                               R"("fresh_for_ms":0,"tools":[{}]})",
                               now));
}

}  // namespace
}  // namespace claribi::mcp
