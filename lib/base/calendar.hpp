// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "base/time_zone.hpp"

namespace claribi {

// The units in which people and PostHog cut time.
enum class Unit { minute, hour, day, week, month, quarter, year };

// "minute", "hour", ... and back.
std::string_view unit_name(Unit unit);
std::optional<Unit> unit_named(std::string_view name);

// How a project cuts time: its zone and the day on which its weeks start.
struct Calendar {
  TimeZone zone = TimeZone::utc();
  bool weeks_start_on_sunday = false;
};

// "Now", with the calendar in which it is read.
struct Moment {
  Instant now;
  Calendar calendar = {};

  [[nodiscard]] LocalTime local() const { return calendar.zone.to_local(now); }
};

// The start of the unit in which that wall time lies.
LocalTime start_of(Unit unit, LocalTime local, const Calendar& calendar);

// `count` units later (earlier if negative). A day of the month that the
// target month does not have becomes its last.
LocalTime add(LocalTime local, Unit unit, int count);

}  // namespace claribi
