// SPDX-License-Identifier: MIT
#include "net/transport.hpp"

#include "doctest/doctest.h"

namespace claribi::net {
namespace {

TEST_CASE("a header is found whatever its case, the first one if several") {
  const ReplyHead head{
      .status = 200,
      .headers = {{"mcp-session-id", "one"}, {"Mcp-Session-Id", "two"}}};
  CHECK(head.header("MCP-Session-Id") == "one");
  CHECK(head.header("Content-Type").empty());
}

TEST_CASE("a media type has no parameters and no capitals") {
  const auto type = [](const char* value) {
    return ReplyHead{.headers = {{"Content-Type", value}}}.media_type();
  };
  CHECK(type("Application/JSON; charset=utf-8") == "application/json");
  CHECK(type(" text/event-stream ;x") == "text/event-stream");
  CHECK(type("").empty());
  CHECK(ReplyHead{}.media_type().empty());
}

}  // namespace
}  // namespace claribi::net
