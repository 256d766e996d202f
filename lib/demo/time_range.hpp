// SPDX-License-Identifier: MIT
// PostHog's dateRange, relative dates included, read as PostHog reads them:
// what it does not understand is "now", silently.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// Wall times in the project's zone, `to` exclusive.
struct TimeRange {
  LocalTime from;
  LocalTime to;
  // "-7d", "-14d", ...: PostHog moves what it compares with by whole weeks.
  bool whole_weeks_back = false;
};

// Reads {date_from, date_to}; -7d without them. `from` is the start of the
// unit; a date_to that is a day, relative or missing ends with its day, with
// its hour if the unit is the hour or finer. Fails (tool_error).
[[nodiscard]] Result<TimeRange> read_time_range(const World& world,
                                                const json::Value& date_range,
                                                Unit unit);

// The range before, of the same length.
TimeRange previous_range(const TimeRange& range, Unit unit,
                         const Calendar& calendar);
// The range moved back by a relative date such as "-1w". Fails (tool_error).
[[nodiscard]] Result<TimeRange> range_back(const TimeRange& range,
                                           std::string_view by, Unit unit,
                                           const Calendar& calendar);

struct Bucket {
  LocalTime local;  // The wall time at its start.
  Instant start;
  Instant end;  // Exclusive.
};

// Cuts a range at the boundaries of the unit, in the calendar's zone: a day
// has 23, 24 or 25 hours. Fails (tool_error) above 20,000 buckets.
[[nodiscard]] Result<std::vector<Bucket>> cut(const TimeRange& range, Unit unit,
                                              const Calendar& calendar);

// As PostHog writes it: "2026-09-01", or "2026-09-01 10:00:00" below a day.
std::string day_text(LocalTime local, Unit unit);
// "1-Sep-2026", "1-Sep 10:00", "Sep 2026".
std::string label_text(LocalTime local, Unit unit);
// "2026-09-01T00:00:00Z", or with the zone's offset.
std::string offset_text(const Bucket& bucket);

// One wall time from PostHog's texts, exact or relative to the moment. For
// filters.
LocalTime read_wall_time(std::string_view text, const Moment& moment);

}  // namespace claribi::demo
