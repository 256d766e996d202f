// SPDX-License-Identifier: MIT
// Small tables of each shape.
#pragma once

#include <algorithm>
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

// The same of people, which are no parts of a whole.
inline table::Table people_by(size_t count) {
  table::Table table = breakdowns(count);
  table.additive = false;
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

// A lifecycle of three days; the last one is not over.
inline table::Table lifecycle() {
  table::Table table{.shape = table::Shape::lifecycle, .unit = Unit::day};
  table.columns = {{"date", table::Type::date},
                   {"series", table::Type::string},
                   {"value", table::Type::integer},
                   {"partial", table::Type::boolean}};
  const std::vector<std::pair<std::string, std::vector<int>>> lines{
      {"new", {10, 20, 5}},
      {"returning", {40, 30, 10}},
      {"resurrecting", {10, 0, 5}},
      {"dormant", {-20, -30, -40}}};
  for (const auto& [status, values] : lines) {
    LocalTime day = LocalDays{std::chrono::year{2026} / 11 / 16};
    for (size_t i = 0; i < values.size(); ++i) {
      table.rows.push_back({format_date(day), status, values[i], i == 2});
      day += std::chrono::days{1};
    }
  }
  return table;
}

// So many daily cohorts of 100, 110, ... people up to 18 November, which is
// not over; `intervals` days after each, of which a tenth less comes back.
inline table::Table retention(int cohorts, int intervals = 4) {
  table::Table table{
      .shape = table::Shape::retention, .additive = true, .unit = Unit::day};
  table.columns = {
      {"cohort", table::Type::date},      {"size", table::Type::integer},
      {"interval", table::Type::integer}, {"returned", table::Type::integer},
      {"rate", table::Type::number},      {"partial", table::Type::boolean}};
  LocalTime day = LocalDays{std::chrono::year{2026} / 11 / 18} -
                  std::chrono::days{cohorts - 1};
  for (int back = cohorts - 1; back >= 0; --back) {
    const int size = 100 + 10 * (cohorts - 1 - back);
    for (int i = 0; i < intervals; ++i) {
      const int returned = i == 0 ? size : size * std::max(7 - i, 0) / 10;
      const bool begun = i <= back;
      table.rows.push_back(
          {format_date(day), size, i,
           begun ? json::Value(returned) : json::Value(),
           begun ? json::Value(double(returned) / size) : json::Value(),
           i >= back});
    }
    day += std::chrono::days{1};
  }
  return table;
}

inline table::Table stickiness(const std::vector<int>& people,
                               const std::string& series = "$pageview") {
  table::Table table{.shape = table::Shape::stickiness, .unit = Unit::day};
  table.columns = {{"series", table::Type::string},
                   {"intervals", table::Type::integer},
                   {"value", table::Type::integer},
                   {"share", table::Type::number}};
  for (size_t i = 0; i < people.size(); ++i)
    table.rows.push_back({series, i + 1, people[i], nullptr});
  return table;
}

inline table::Table paths(size_t ways) {
  table::Table table{.shape = table::Shape::paths};
  table.columns = {{"step", table::Type::integer},
                   {"source", table::Type::string},
                   {"target", table::Type::string},
                   {"value", table::Type::integer},
                   {"average_seconds", table::Type::number}};
  for (size_t i = 0; i < ways; ++i) {
    table.rows.push_back({i / 3 + 1, "/page-" + std::to_string(i / 3),
                          "/page-" + std::to_string(i + 1), 300 - 20 * i, 12});
  }
  return table;
}

// People by how long they took, in stretches of so many seconds.
inline table::Table times(const std::vector<int>& people, int width) {
  table::Table table{.shape = table::Shape::distribution};
  table.columns = {{"seconds_from", table::Type::number},
                   {"seconds_to", table::Type::number},
                   {"people", table::Type::integer},
                   {"share", table::Type::number}};
  for (size_t i = 0; i < people.size(); ++i) {
    const int from = static_cast<int>(i) * width;
    table.rows.push_back(
        {from,
         i + 1 == people.size() ? json::Value() : json::Value(from + width),
         people[i], nullptr});
  }
  return table;
}

}  // namespace claribi::chart::test
