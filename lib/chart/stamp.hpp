// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_zone.hpp"

namespace claribi::chart {

// The start of a bucket in the project's wall time, as a table spells it.
struct Stamp {
  LocalTime at;
  bool has_time = false;  // Finer than a day.
};

// Reads "2026-11-18" and "2026-11-18T10:00[:00...]" (or with a space). What
// follows the minutes is left aside, an offset too: the text is wall time
// already.
std::optional<Stamp> read_stamp(std::string_view text);

// In full: "2026-11-18", "2026-11-18 10:00".
std::string stamp_text(const Stamp& stamp);
// Between two others: "Nov" or "2027" where a month or year starts, else
// "Nov 18"; "Nov 18" where a day starts, else "10:00", if `stamp` has a time.
std::string stamp_short(const Stamp& stamp);
// The first bucket of its month, or of its day if `stamp` has a time.
bool starts_a_unit(const Stamp& stamp);
// "2026-11-18" and "2026-11-18T10:00:00Z": wall time written as if it were
// UTC, so that a viewer in another zone shows the same day.
std::string stamp_utc(const Stamp& stamp);

}  // namespace claribi::chart
