// SPDX-License-Identifier: MIT
#include "net/receiver.hpp"

#include "doctest/doctest.h"

namespace claribi::net {
namespace {

const Origin origin{.scheme = "https", .host = "mcp.example.com", .port = 443};
const BodySink take_all = [](const ReplyHead&, std::string_view) {
  return true;
};

Receiver receiver(std::chrono::milliseconds idle = std::chrono::hours(1)) {
  return Receiver(origin, {.body_bytes = 100, .idle = idle}, take_all);
}

TEST_CASE("the head after an announcement is the one that counts") {
  Receiver reply = receiver();
  for (const char* line : {"HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n",
                           "\r\n", "HTTP/2 200\r\n", "X-A: 1\r\n", "\r\n"}) {
    REQUIRE(reply.take_head_line(line));
  }
  const auto head = reply.finish();
  REQUIRE(head.has_value());
  CHECK(head->status == 200);
  CHECK(head->header("X-A") == "1");
  CHECK(head->header("Link").empty());
}

TEST_CASE("folded lines and trailers add no headers") {
  Receiver reply = receiver();
  for (const char* line : {"HTTP/1.1 200 OK\r\n", "X-A: 1\r\n",
                           " X-B: folded\r\n", "\r\n", "X-C: trailer\r\n"}) {
    REQUIRE(reply.take_head_line(line));
  }
  const auto head = reply.finish();
  REQUIRE(head.has_value());
  CHECK(head->headers.size() == 1);
}

TEST_CASE("a redirect names what may be shown of its target") {
  struct Row {
    std::string location;
    std::string shown;
  };
  for (const Row& row : std::vector<Row>{
           {"https://other.example/a?token=hidden", "https://other.example"},
           {"https://u:hidden@other.example", "https://other.example"},
           {"//other.example/a", "//other.example"},
           {"https://mcp.example.com/mcp/?t=hidden",
            "https://mcp.example.com/mcp/"},
           {"/mcp/", "https://mcp.example.com/mcp/"},
           {"\x1b[2J//x", "\\x1b[2J//x"},
           {"", "another path"}}) {
    CAPTURE(row.location);
    Receiver reply = receiver();
    REQUIRE(reply.take_head_line("HTTP/1.1 302 Found\r\n"));
    REQUIRE(reply.take_head_line("Location: " + row.location + "\r\n"));
    CHECK_FALSE(reply.take_head_line("\r\n"));
    const auto head = reply.finish();
    REQUIRE_FALSE(head.has_value());
    CHECK(head.error().kind == ErrorKind::protocol);
    CHECK(head.error().message ==
          "https://mcp.example.com redirects to " + row.shown);
  }
}

TEST_CASE("only a reply that has begun and is no stream of events can stall") {
  const std::chrono::milliseconds none(0);
  SUBCASE("not begun") {
    Receiver reply = receiver(none);
    CHECK(reply.check_idle());
  }
  SUBCASE("begun") {
    Receiver reply = receiver(none);
    REQUIRE(reply.take_head_line("HTTP/1.1 200 OK\r\n"));
    CHECK_FALSE(reply.check_idle());
    CHECK(reply.finish().error().kind == ErrorKind::network);
  }
  SUBCASE("a stream of events") {
    Receiver reply = receiver(none);
    REQUIRE(reply.take_head_line("HTTP/1.1 200 OK\r\n"));
    REQUIRE(reply.take_head_line("content-type: text/event-stream\r\n"));
    REQUIRE(reply.take_head_line("\r\n"));
    CHECK(reply.check_idle());
  }
}

TEST_CASE("times are written in seconds where that is exact") {
  CHECK(duration_text(std::chrono::seconds(120)) == "120 s");
  CHECK(duration_text(std::chrono::milliseconds(1500)) == "1500 ms");
}

}  // namespace
}  // namespace claribi::net
