// SPDX-License-Identifier: MIT
#include "base/calendar.hpp"

#include <string>
#include <vector>

#include "doctest/doctest.h"

using namespace claribi;

namespace {

LocalTime local(const char* text) {
  return TimeZone::utc().to_local(*parse_instant(text));
}

std::string start(Unit unit, const char* text, bool sunday = false) {
  return format_date_time(
      start_of(unit, local(text), {TimeZone::utc(), sunday}));
}

std::string later(const char* text, Unit unit, int count) {
  return format_date_time(add(local(text), unit, count));
}

std::string wall(const TimeZone& zone, const char* utc) {
  return format_date_time(zone.to_local(*parse_instant(utc)));
}

std::string utc(const TimeZone& zone, const char* text) {
  return format_instant(zone.to_instant(local(text)));
}

}  // namespace

TEST_CASE("unit names go both ways") {
  for (Unit unit : {Unit::minute, Unit::hour, Unit::day, Unit::week,
                    Unit::month, Unit::quarter, Unit::year}) {
    CHECK(unit_named(unit_name(unit)) == unit);
  }
  CHECK_FALSE(unit_named("fortnight"));
  CHECK_FALSE(unit_named(""));
}

TEST_CASE("units start where people say they do") {
  const char* at = "2026-11-18T10:31:42";  // A Wednesday.
  CHECK(start(Unit::minute, at) == "2026-11-18 10:31:00");
  CHECK(start(Unit::hour, at) == "2026-11-18 10:00:00");
  CHECK(start(Unit::day, at) == "2026-11-18 00:00:00");
  CHECK(start(Unit::week, at) == "2026-11-16 00:00:00");
  CHECK(start(Unit::week, at, true) == "2026-11-15 00:00:00");
  CHECK(start(Unit::month, at) == "2026-11-01 00:00:00");
  CHECK(start(Unit::quarter, at) == "2026-10-01 00:00:00");
  CHECK(start(Unit::year, at) == "2026-01-01 00:00:00");
}

TEST_CASE("a unit that just began starts at itself") {
  for (Unit unit : {Unit::minute, Unit::hour, Unit::day, Unit::month,
                    Unit::quarter, Unit::year}) {
    CHECK(start(unit, "2026-01-01") == "2026-01-01 00:00:00");
  }
  CHECK(start(Unit::week, "2026-11-16") == "2026-11-16 00:00:00");
  CHECK(start(Unit::week, "2026-11-15") == "2026-11-09 00:00:00");
  CHECK(start(Unit::week, "2026-11-15", true) == "2026-11-15 00:00:00");
  CHECK(start(Unit::week, "2026-01-01") == "2025-12-29 00:00:00");
  CHECK(start(Unit::quarter, "2026-12-31") == "2026-10-01 00:00:00");
}

TEST_CASE("a day that the month does not have becomes its last") {
  CHECK(later("2026-01-31", Unit::month, 1) == "2026-02-28 00:00:00");
  CHECK(later("2024-01-31", Unit::month, 1) == "2024-02-29 00:00:00");
  CHECK(later("2026-03-31", Unit::month, -1) == "2026-02-28 00:00:00");
  CHECK(later("2026-08-31", Unit::quarter, 1) == "2026-11-30 00:00:00");
  CHECK(later("2024-02-29", Unit::year, 1) == "2025-02-28 00:00:00");
  CHECK(later("2024-02-29", Unit::year, 4) == "2028-02-29 00:00:00");
  CHECK(later("2026-01-31T10:30:00", Unit::month, 1) == "2026-02-28 10:30:00");
}

TEST_CASE("centuries are leap years only by four hundreds") {
  CHECK(later("2100-02-28", Unit::day, 1) == "2100-03-01 00:00:00");
  CHECK(later("2000-02-28", Unit::day, 1) == "2000-02-29 00:00:00");
}

TEST_CASE("the other units are added as they are") {
  CHECK(later("2026-12-31T23:59:00", Unit::minute, 1) == "2027-01-01 00:00:00");
  CHECK(later("2026-11-18T10:00:00", Unit::hour, -11) == "2026-11-17 23:00:00");
  CHECK(later("2026-11-18", Unit::day, -18) == "2026-10-31 00:00:00");
  CHECK(later("2026-11-18", Unit::week, 2) == "2026-12-02 00:00:00");
  CHECK(later("2026-11-18", Unit::month, -11) == "2025-12-18 00:00:00");
}

TEST_CASE("a moment is read in its calendar's zone") {
  const auto zone = TimeZone::named("Asia/Kolkata");
  REQUIRE(zone.has_value());
  const Moment moment{*parse_instant("2026-11-18T20:00:00Z"), {*zone, false}};
  CHECK(format_date_time(moment.local()) == "2026-11-19 01:30:00");
}

TEST_CASE("New York changes its clocks twice a year") {
  const TimeZone zone = *TimeZone::named("America/New_York");
  CHECK(zone.name() == "America/New_York");
  // Forward on 8 March 2026 at 2:00, back on 1 November at 2:00.
  CHECK(wall(zone, "2026-03-08T06:59:59Z") == "2026-03-08 01:59:59");
  CHECK(wall(zone, "2026-03-08T07:00:00Z") == "2026-03-08 03:00:00");
  CHECK(wall(zone, "2026-11-01T05:30:00Z") == "2026-11-01 01:30:00");
  CHECK(wall(zone, "2026-11-01T06:30:00Z") == "2026-11-01 01:30:00");
  CHECK(utc(zone, "2026-07-01T00:00:00") == "2026-07-01T04:00:00Z");
  CHECK(utc(zone, "2026-12-01T00:00:00") == "2026-12-01T05:00:00Z");
}

TEST_CASE("a skipped wall time is the first moment after the gap") {
  const TimeZone zone = *TimeZone::named("America/New_York");
  CHECK(utc(zone, "2026-03-08T02:00:00") == "2026-03-08T07:00:00Z");
  CHECK(utc(zone, "2026-03-08T02:30:00") == "2026-03-08T07:00:00Z");
}

TEST_CASE("a wall time that happens twice is the earlier") {
  const TimeZone zone = *TimeZone::named("America/New_York");
  CHECK(utc(zone, "2026-11-01T01:30:00") == "2026-11-01T05:30:00Z");
}

TEST_CASE("Kolkata is five and a half hours ahead all year") {
  const TimeZone zone = *TimeZone::named("Asia/Kolkata");
  for (const char* at : {"2026-01-15T00:00:00", "2026-07-15T00:00:00"}) {
    const auto ahead = local(at).time_since_epoch() -
                       zone.to_instant(local(at)).time_since_epoch();
    CHECK(ahead == std::chrono::minutes(330));
  }
}

TEST_CASE("UTC needs no database, other zones must be in it") {
  CHECK(TimeZone::utc().name() == "UTC");
  CHECK(TimeZone::named("UTC")->name() == "UTC");
  for (const char* name : {"Mars/Olympus", "", "../etc/passwd"}) {
    const auto zone = TimeZone::named(name);
    REQUIRE_FALSE(zone.has_value());
    CHECK(zone.error().kind == ErrorKind::usage);
  }
}
