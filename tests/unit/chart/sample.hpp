// SPDX-License-Identifier: MIT
// Small tables of each shape.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/time_zone.hpp"
#include "chart/choose.hpp"
#include "table/table.hpp"

namespace claribi::chart::test {

// One series of days from 2026-11-01; the last bucket may be unfinished.
inline table::Table days(const std::vector<int>& values, bool partial = false) {
  table::Table table;
  table.shape = table::Shape::time_series;
  table.columns = {{"date", table::Type::date},
                   {"series", table::Type::string},
                   {"value", table::Type::integer},
                   {"partial", table::Type::boolean}};
  LocalTime day = LocalDays{std::chrono::year{2026} / 11 / 1};
  for (size_t i = 0; i < values.size(); ++i) {
    table.rows.push_back({format_date(day), "signed_up", values[i],
                          partial && i + 1 == values.size()});
    day += std::chrono::days{1};
  }
  return table;
}

// That many series named "b0", "b1", ... of three days, each larger; counts,
// which may be added up.
inline table::Table breakdowns(size_t count) {
  table::Table table;
  table.additive = true;
  table.shape = table::Shape::time_series;
  table.columns = {{"date", table::Type::date},
                   {"series", table::Type::string},
                   {"breakdown", table::Type::string},
                   {"value", table::Type::integer},
                   {"partial", table::Type::boolean}};
  for (size_t i = 0; i < count; ++i) {
    for (const char* day : {"2026-11-01", "2026-11-02", "2026-11-03"}) {
      table.rows.push_back(
          {day, "$pageview", "b" + std::to_string(i), (i + 1) * 10, false});
    }
  }
  return table;
}

inline table::Table totals(
    const std::vector<std::pair<std::string, int>>& values) {
  table::Table table;
  table.shape = table::Shape::totals;
  table.columns = {{"series", table::Type::string},
                   {"value", table::Type::integer}};
  for (const auto& [name, value] : values)
    table.rows.push_back({name, value});
  return table;
}

inline table::Table funnel() {
  table::Table table;
  table.shape = table::Shape::funnel;
  table.columns = {{"step", table::Type::integer},
                   {"event", table::Type::string},
                   {"count", table::Type::integer},
                   {"conversion_rate", table::Type::number},
                   {"step_conversion_rate", table::Type::number}};
  table.rows = {{1, "signed_up", 1000, 1, 1},
                {2, "uploaded_file", 460, 0.46, 0.46},
                {3, "upgraded_plan", 115, 0.115, 0.25}};
  return table;
}

}  // namespace claribi::chart::test
