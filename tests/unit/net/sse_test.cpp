// SPDX-License-Identifier: MIT
#include "net/sse.hpp"

#include <string>
#include <utility>
#include <vector>

#include "doctest/doctest.h"

namespace claribi::net {

// For comparison and for doctest's messages.
static bool operator==(const SseEvent& a, const SseEvent& b) {
  return a.type == b.type && a.data == b.data;
}

namespace {

using Events = std::vector<SseEvent>;

struct Vector {
  std::string name;
  std::string bytes;
  Events events;
};

// Literals with NUL need their size.
template <size_t Size>
std::string bytes(const char (&literal)[Size]) {
  return std::string(literal, Size - 1);
}

const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all = {
      {"one event", "data: a\n\n", {{"", "a"}}},
      {"a named event", "event: message\ndata: a\n\n", {{"message", "a"}}},
      {"fields in any order", "id: 1\ndata: a\nevent: x\n\n", {{"x", "a"}}},
      {"CR LF",
       "event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n",
       {{"x", "a"}, {"", "b"}}},
      {"CR", "data: a\r\rdata: b\r\r", {{"", "a"}, {"", "b"}}},
      {"mixed line ends",
       "data: a\r\ndata: b\rdata: c\n\r\n",
       {{"", "a\nb\nc"}}},
      {"CR, then a field that begins the next line",
       "data: a\rdata: b\r\n\n",
       {{"", "a\nb"}}},
      {"several data lines", "data: a\ndata:\ndata: c\n\n", {{"", "a\n\nc"}}},
      {"one space is removed", "data:  a\ndata:b\n\n", {{"", " a\nb"}}},
      {"comments", ": hello\n:\ndata: a\n: in between\n\n", {{"", "a"}}},
      {"no data", "event: x\nid: 4\n\n", {}},
      {"a priming event", "id: 1\nretry: 500\ndata:\n\n", {}},
      {"the type ends with its event", "event: x\n\ndata: a\n\n", {{"", "a"}}},
      {"a field without a colon", "data\ndata: a\n\n", {{"", "\na"}}},
      {"unknown fields", "foo: bar\ndata: a\n data: b\n\n", {{"", "a"}}},
      {"a mark at the start",
       "\xef\xbb\xbf"
       "data: a\n\n",
       {{"", "a"}}},
      {"a mark later is no mark",
       "data: a\n\n\xef\xbb\xbf"
       "data: b\n\n",
       {{"", "a"}}},
      {"only one mark",
       "\xef\xbb\xbf\xef\xbb\xbf"
       "data: a\n\n",
       {}},
      {"other separators are text",
       "data: a\xe2\x80\xa8"
       "b\xc2\x85"
       "c\n\n",
       {{"",
         "a\xe2\x80\xa8"
         "b\xc2\x85"
         "c"}}},
      {"a character of several bytes",
       "data: \xf0\x9f\x98\x80\n\n",
       {{"", "\xf0\x9f\x98\x80"}}},
      {"a NUL in data", bytes("data: a\0b\n\n"), {{"", bytes("a\0b")}}},
      {"an event that no blank line ends", "data: a\n\ndata: b\n", {{"", "a"}}},
      {"blank lines", "\n\n\ndata: a\n\n\n\n", {{"", "a"}}},
  };
  return all;
}

Events read(const std::vector<std::string_view>& pieces) {
  SseParser parser;
  Events events;
  for (std::string_view piece : pieces) {
    for (SseEvent& event : parser.feed(piece)) {
      events.push_back(std::move(event));
    }
  }
  return events;
}

TEST_CASE("a stream is split into its events") {
  for (const Vector& vector : vectors()) {
    CAPTURE(vector.name);
    CHECK(read({vector.bytes}) == vector.events);
  }
}

TEST_CASE("any split of the bytes gives the same events") {
  for (const Vector& vector : vectors()) {
    CAPTURE(vector.name);
    const std::string_view whole = vector.bytes;
    for (size_t cut = 0; cut <= whole.size(); ++cut) {
      CAPTURE(cut);
      CHECK(read({whole.substr(0, cut), whole.substr(cut)}) == vector.events);
    }
    std::vector<std::string_view> single;
    single.reserve(whole.size());
    for (size_t i = 0; i < whole.size(); ++i) {
      single.push_back(whole.substr(i, 1));
    }
    CHECK(read(single) == vector.events);
  }
}

TEST_CASE("an event without its blank line comes out at the end") {
  SseParser parser;
  REQUIRE(parser.feed("event: x\ndata: a\ndata: b").empty());
  CHECK(parser.finish().value_or(SseEvent{}) == SseEvent{"x", "a\nb"});
}

TEST_CASE("nothing is left at the end of a whole stream") {
  SseParser parser;
  REQUIRE(parser.feed("data: a\n\nevent: x\n").size() == 1);
  CHECK_FALSE(parser.finish().has_value());
}

TEST_CASE("the newest id and retry time are kept") {
  SseParser parser;
  CHECK(parser.last_event_id().empty());
  CHECK_FALSE(parser.retry().has_value());
  (void)parser.feed("id: 7\nretry: 500\ndata:\n\n");
  CHECK(parser.last_event_id() == "7");
  CHECK(parser.retry() == 500);

  SUBCASE("what is no id or no time changes nothing") {
    (void)parser.feed(
        bytes("id: 8\0\nretry: -1\nretry: 1x\nretry:\n"
              "retry: 99999999999999999999999\n\n"));
    CHECK(parser.last_event_id() == "7");
    CHECK(parser.retry() == 500);
  }
  SUBCASE("an empty id resets it") {
    (void)parser.feed("id\n\n");
    CHECK(parser.last_event_id().empty());
  }
}

TEST_CASE("a long line in many pieces arrives whole") {
  SseParser parser;
  size_t early = parser.feed("data: ").size();
  const std::string piece(64, 'x');
  for (int i = 0; i < (8 << 20) / 64; ++i) {
    early += parser.feed(piece).size();
  }
  CHECK(early == 0);
  const Events events = parser.feed("\n\n");
  REQUIRE(events.size() == 1);
  CHECK(events.front().data.size() == 8 << 20);
}

}  // namespace
}  // namespace claribi::net
