// SPDX-License-Identifier: MIT
// What the results of all insights have in common: how series are called, and
// how their times and breakdown values are spelled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time_zone.hpp"
#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

// The value of a breakdown in words: "Other" and "(none)" for PostHog's
// sentinels, several values with a comma between them.
std::string breakdown_text(const json::Value& value);

// Which of the optional columns the results need.
struct SeriesColumns {
  bool breakdown = false;
  bool period = false;
};
SeriesColumns needed_columns(const json::Array& results);

// The columns that tell one series from another, and a row's cells in them.
void add_series_columns(table::Table& table, SeriesColumns columns);
void add_series_cells(table::Row& row, const json::Array& all,
                      const json::Value& series, SeriesColumns columns);

// The wall time that a text such as "2026-09-08" or "2026-09-08 10:00:00"
// names.
std::optional<LocalTime> wall_time(std::string_view text);

// PostHog cuts breakdowns without saying so.
void note_breakdown_limit(table::Table& table, const json::Array& results,
                          const json::Value& query);

}  // namespace claribi::source::posthog
