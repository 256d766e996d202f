// SPDX-License-Identifier: MIT
// A table of shape time_series, taken apart into its lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/number.hpp"
#include "base/calendar.hpp"
#include "plan/plan.hpp"
#include "table/table.hpp"

namespace claribi::answer {

struct Bucket {
  LocalTime start;
  std::string name;  // "2026-11-18", "week of 2026-11-16", "2026-11"
  std::optional<Amount> value = {};
  bool partial = false;

  // Only such buckets are averaged, ranked and compared.
  [[nodiscard]] bool complete() const { return !partial && value; }
  // Zero where it is missing.
  [[nodiscard]] Amount amount() const { return value.value_or(Amount{}); }
};

// One line of the chart, oldest bucket first.
struct Line {
  std::string series;
  std::string breakdown = {};
  size_t series_place = 0;  // Among the different series, as first seen.
  bool previous = false;    // The period compared with.
  std::vector<Bucket> buckets = {};
};

struct Lines {
  Unit interval = Unit::day;
  bool broken_down = false;
  bool compared = false;
  size_t series_count = 0;
  std::vector<Line> lines = {};  // As first seen.
};

// The wall time that a table's date names. An offset, if there is one, was
// already applied by whoever wrote it.
std::optional<LocalTime> read_start(std::string_view text);
// "2026-11-18", "the week of 2026-11-16", "2026-11", "2026-11-18 10:00"
std::string bucket_name(Unit interval, LocalTime start);

// Rows without a date, and buckets that are still to come, are left out. The
// interval is read from the distance of the buckets; the plan's is for a
// single one.
Lines read_lines(const plan::Plan& plan, const table::Table& table,
                 const Moment& moment);

// The complete buckets of a line.
std::vector<const Bucket*> complete_buckets(const Line& line);
Amount sum(const std::vector<const Bucket*>& buckets);

}  // namespace claribi::answer
