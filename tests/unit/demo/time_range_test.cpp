// SPDX-License-Identifier: MIT
#include "demo/time_range.hpp"

#include <string>

#include "doctest/doctest.h"
#include "tiny_world.hpp"

using namespace claribi;
using namespace claribi::demo;

namespace {

// The first and last moment of a range, Wednesday 18 November 2026, 10:30.
std::string range(std::string_view from, std::string_view to,
                  Unit unit = Unit::day) {
  const TinyWorld tiny("2026-11-18T10:30:00Z");
  json::Value value = json::Object{};
  if (!from.empty()) value.set("date_from", from);
  if (!to.empty()) value.set("date_to", to);
  const auto read = read_time_range(tiny.world(), value, unit);
  if (!read) return read.error().message;
  return format_date_time(read->from) + " - " +
         format_date_time(read->to - std::chrono::seconds{1});
}

std::string from(std::string_view text, Unit unit = Unit::day) {
  return range(text, "", unit).substr(0, 19);
}

std::string wall(std::string_view text) {
  const TinyWorld tiny("2026-11-18T10:30:00Z");
  return format_date_time(read_wall_time(text, tiny.world().moment));
}

}  // namespace

TEST_CASE("a range without dates is the last seven days to the end of today") {
  CHECK(range("", "") == "2026-11-11 00:00:00 - 2026-11-18 23:59:59");
}

TEST_CASE("days include their last moment, moments end where they say") {
  CHECK(range("2026-09-01", "2026-09-08") ==
        "2026-09-01 00:00:00 - 2026-09-08 23:59:59");
  CHECK(range("2026-09-01T10:20:00", "2026-09-08 12:00", Unit::hour) ==
        "2026-09-01 10:00:00 - 2026-09-08 12:00:00");
  CHECK(range("2026-09-01T10:00:00+02:00", "2026-09-08T12:00:00Z",
              Unit::hour) == "2026-09-01 08:00:00 - 2026-09-08 12:00:00");
  CHECK(range("2026-09-01", "2026-09-01", Unit::hour) ==
        "2026-09-01 00:00:00 - 2026-09-01 23:59:59");
  CHECK(range("-24h", "", Unit::hour) ==
        "2026-11-17 10:00:00 - 2026-11-18 10:59:59");
}

TEST_CASE("relative dates are read as PostHog reads them") {
  CHECK(wall("-7d") == "2026-11-11 10:30:00");
  CHECK(wall("-2w") == "2026-11-04 10:30:00");
  CHECK(wall("-1m") == "2026-10-18 10:30:00");
  CHECK(wall("-1y") == "2025-11-18 10:30:00");
  CHECK(wall("dStart") == "2026-11-18 00:00:00");
  CHECK(wall("-1dEnd") == "2026-11-17 23:59:59");
  CHECK(wall("mStart") == "2026-11-01 10:30:00");
  CHECK(wall("-1mStart") == "2026-10-01 10:30:00");
  CHECK(wall("-1mEnd") == "2026-10-31 10:30:00");
  CHECK(wall("yStart") == "2026-01-01 10:30:00");
}

TEST_CASE("the traps of PostHog's relative dates are there too") {
  for (const char* now : {"wStart", "qStart", "today", "yesterday", "this week",
                          "last month", "november", "foo"}) {
    CAPTURE(now);
    CHECK(wall(now) == "2026-11-18 10:30:00");
  }
  CHECK(wall("-1wStart") == "2026-11-11 10:30:00");
  CHECK(wall("-1wEnd") == "2026-11-11 10:30:00");
  CHECK(wall("-1qStart") == "2026-08-19 10:30:00");
  CHECK(wall("-1yEnd") == "2025-11-30 10:30:00");
  CHECK(wall("-1M") == "2026-11-18 10:29:00");
}

TEST_CASE("a range begins with its unit") {
  CHECK(from("mStart") == "2026-11-01 00:00:00");
  CHECK(from("2026-11-18", Unit::week) == "2026-11-16 00:00:00");
  CHECK(from("-3m", Unit::month) == "2026-08-01 00:00:00");
}

TEST_CASE("all time begins with the first event") {
  TinyWorld tiny("2026-11-18T10:30:00Z");
  tiny.event("a", "2025-02-03T04:05:00Z", 1);
  const auto read =
      read_time_range(tiny.world(), json_of("{'date_from':'all'}"), Unit::day);
  REQUIRE(read.has_value());
  CHECK(format_date(read->from) == "2025-02-03");
}

TEST_CASE("what is no text, no shift or too long is refused") {
  const TinyWorld tiny("2026-11-18T10:30:00Z");
  const auto& calendar = tiny.world().moment.calendar;
  CHECK_FALSE(
      read_time_range(tiny.world(), json_of("{'date_from':7}"), Unit::day)
          .has_value());
  const auto read = read_time_range(tiny.world(), {}, Unit::day);
  REQUIRE(read.has_value());
  CHECK_FALSE(range_back(*read, "soon", Unit::day, calendar).has_value());
  CHECK_FALSE(range_back(*read, "-0d", Unit::day, calendar).has_value());
  const auto long_ago = read_time_range(
      tiny.world(), json_of("{'date_from':'1990-01-01'}"), Unit::minute);
  REQUIRE(long_ago.has_value());
  CHECK_FALSE(cut(*long_ago, Unit::minute, calendar).has_value());
}

TEST_CASE("a range that ends before it begins has no buckets") {
  const TinyWorld tiny("2026-11-18T10:30:00Z");
  const auto read = read_time_range(
      tiny.world(),
      json_of("{'date_from':'2026-09-08','date_to':'2026-09-01'}"), Unit::day);
  REQUIRE(read.has_value());
  CHECK(cut(*read, Unit::day, tiny.world().moment.calendar)->empty());
  const auto answer = query_trends(
      tiny.world(),
      json_of("{'series':[{'event':'a'}],'dateRange':{'date_from':"
              "'2026-09-08','date_to':'2026-09-01'},'breakdownFilter':"
              "{'breakdowns':[{'property':'x'}]}}"));
  CHECK(answer.has_value());
}
