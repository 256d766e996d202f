// SPDX-License-Identifier: MIT
#include "chart/stamp.hpp"

#include "doctest/doctest.h"

using namespace claribi::chart;

TEST_CASE("a date and a date with time are read") {
  REQUIRE(read_stamp("2026-11-18"));
  CHECK_FALSE(read_stamp("2026-11-18")->has_time);
  REQUIRE(read_stamp("2026-11-18T10:30:00"));
  CHECK(stamp_text(*read_stamp("2026-11-18T10:30:00")) == "2026-11-18 10:30");
  CHECK(stamp_text(*read_stamp("2026-11-18 10:30")) == "2026-11-18 10:30");
}

TEST_CASE("an offset does not move the wall time") {
  CHECK(stamp_text(*read_stamp("2026-11-18T00:00:00+13:00")) ==
        "2026-11-18 00:00");
}

TEST_CASE("what is no time is refused") {
  for (const char* text :
       {"", "2026", "2026-02-30", "2026-11-18x", "2026-11-18T25:00",
        "2026-11-18T1", "+026-11-18", "Chrome 119.0", "20-1-1-1-1"}) {
    CAPTURE(text);
    CHECK_FALSE(read_stamp(text));
  }
}

TEST_CASE("a viewer gets the wall time as if it were UTC") {
  CHECK(stamp_utc(*read_stamp("2026-11-18")) == "2026-11-18");
  CHECK(stamp_utc(*read_stamp("2026-11-18T10:00:00+13:00")) ==
        "2026-11-18T10:00:00Z");
}

TEST_CASE("inner labels name what starts there") {
  CHECK(stamp_short(*read_stamp("2026-11-01")) == "Nov");
  CHECK(stamp_short(*read_stamp("2027-01-01")) == "2027");
  CHECK(stamp_short(*read_stamp("2026-11-18")) == "Nov 18");
  CHECK(stamp_short(*read_stamp("2026-11-18T00:00")) == "Nov 18");
  CHECK(stamp_short(*read_stamp("2026-11-18T07:00")) == "07:00");
}
