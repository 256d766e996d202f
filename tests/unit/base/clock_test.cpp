// SPDX-License-Identifier: MIT
#include "base/clock.hpp"

#include <string>
#include <utility>
#include <vector>

#include "doctest/doctest.h"

using namespace claribi;

TEST_CASE("every ISO spelling of a moment is read") {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"2026-11-18", "2026-11-18T00:00:00Z"},
      {"2026-11-18T10:30", "2026-11-18T10:30:00Z"},
      {"2026-11-18 10:30", "2026-11-18T10:30:00Z"},
      {"2026-11-18T10:30:05", "2026-11-18T10:30:05Z"},
      {"2026-11-18T10:30:05Z", "2026-11-18T10:30:05Z"},
      {"2026-11-18T10:30:05.123456Z", "2026-11-18T10:30:05Z"},
      {"2026-11-18T10:30:05+05:30", "2026-11-18T05:00:05Z"},
      {"2026-11-18T22:30:05-0500", "2026-11-19T03:30:05Z"},
      {"2024-02-29", "2024-02-29T00:00:00Z"},
      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"}};
  for (const auto& [text, instant] : cases) {
    CAPTURE(text);
    const auto at = parse_instant(text);
    REQUIRE(at.has_value());
    CHECK(format_instant(*at) == instant);
  }
}

TEST_CASE("milliseconds are kept, finer fractions are cut") {
  const auto base = *parse_instant("2026-11-18T00:00:00Z");
  using std::chrono::milliseconds;
  CHECK(*parse_instant("2026-11-18T00:00:00.5Z") == base + milliseconds(500));
  CHECK(*parse_instant("2026-11-18T00:00:00.0019Z") == base + milliseconds(1));
}

TEST_CASE("what is no moment is refused with an example") {
  for (const char* text :
       {"", "today", "2026", "2026-11", "2026-13-01", "2026-02-29",
        "2026-11-31", "2026-1-1", "2026-11-18T", "2026-11-18T24:00",
        "2026-11-18T10:60", "2026-11-18T10:30:60", "2026-11-18T10",
        "2026-11-18T10:30:05.", "2026-11-18T10:30:05+5", "2026-11-18X10:30",
        "2026-11-18T10:30:05Zx", " 2026-11-18", "2026-11-18T10:30+24:00"}) {
    CAPTURE(text);
    const auto at = parse_instant(text);
    REQUIRE_FALSE(at.has_value());
    CHECK(at.error().kind == ErrorKind::usage);
    CHECK_FALSE(at.error().hints.empty());
  }
}

TEST_CASE("a fixed clock stands still") {
  const auto at = *parse_instant("2026-11-18T10:30:00Z");
  const FixedClock clock(at);
  CHECK(clock.now() == at);
  CHECK(clock.now() == at);
}

TEST_CASE("the system clock is past the day this was written") {
  CHECK(SystemClock().now() > *parse_instant("2025-01-01"));
}
