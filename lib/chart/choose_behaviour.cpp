// SPDX-License-Identifier: MIT
// The choice of a chart for people over time.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "chart/choose_parts.hpp"
#include "chart/numbers.hpp"
#include "chart/series.hpp"

namespace claribi::chart {
namespace {

using table::Table;

constexpr size_t most_ranked = 10;
constexpr size_t most_cohorts = 31;
constexpr size_t most_curves = 2;

std::string unit_words(const Table& table) {
  return table.unit ? std::string(unit_name(*table.unit)) : "interval";
}

std::string plural(int64_t count, const std::string& unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

// "33 %": in a cell there is no room for more.
std::string whole_percent(double share) {
  if (share > 0 && share < 0.005) return "<1 %";
  return fmt::format("{:.0f} %", share * 100);
}

std::string row_name(const Table& table, size_t row) {
  std::string name = table.cell(row, "cohort").text_or("");
  if (name.size() > 10) name = name.substr(0, 10) + " " + name.substr(11, 5);
  const std::string value = table.cell(row, "breakdown").text_or("");
  return value.empty() ? name : name + " · " + value;
}

// The cohort's own period says how many there are, the others what share of
// them came back.
Point cell_point(const Table& table, size_t row) {
  const int64_t interval = table.cell(row, "interval").integer().value_or(0);
  const auto rate = table.cell(row, "rate").number();
  Point point{.x = fmt::format("{} {}", unit_words(table), interval),
              .partial = table.cell(row, "partial").boolean().value_or(false),
              .base = interval == 0};
  if (point.base) {
    point.text = full_number(table.cell(row, "size"));
    point.y = table.cell(row, "size").number();
  } else if (rate) {
    point.text = whole_percent(*rate);
    point.y = *rate * 100;
    point.label =
        fmt::format("{} of {}", full_number(table.cell(row, "returned")),
                    full_number(table.cell(row, "size")));
  }
  return point;
}

bool is_empty(const Series& series) {
  return std::ranges::none_of(
      series.points, [](const Point& point) { return point.y.has_value(); });
}

// One line per cohort without what all start from.
Chart curves(Chart chart) {
  chart.mark = Mark::line;
  chart.y.title = "% who came back";
  for (Series& series : chart.series)
    std::erase_if(series.points, [](const Point& p) { return p.base || !p.y; });
  std::erase_if(chart.series, is_empty);
  if (chart.series.size() == 1) {
    chart.notes.push_back("began " + chart.series[0].name);
  }
  return chart;
}

// One point alone is no curve.
bool has_line(const Chart& chart) {
  return std::ranges::any_of(chart.series, [](const Series& series) {
    return series.points.size() > 1;
  });
}

// "45 s", "1.5 min", "2 h", "3 d", as number and unit.
std::pair<std::string, std::string_view> short_duration(double seconds) {
  static constexpr std::array<std::pair<double, std::string_view>, 3> units{
      {{86400, "d"}, {3600, "h"}, {60, "min"}}};
  for (const auto& [size, name] : units) {
    if (seconds >= size) return {fmt::format("{:.3g}", seconds / size), name};
  }
  return {fmt::format("{:.3g}", seconds), "s"};
}

// "1–2 min", "30 s–2 min", "2 min+"
std::string stretch_name(const json::Value& from, const json::Value& to) {
  const auto [low, low_unit] = short_duration(from.number().value_or(0));
  if (!to.number()) return fmt::format("{} {}+", low, low_unit);
  const auto [high, high_unit] = short_duration(*to.number());
  if (low_unit == high_unit || low == "0") {
    return fmt::format("{}–{} {}", low, high, high_unit);
  }
  return fmt::format("{} {}–{} {}", low, low_unit, high, high_unit);
}

bool one_step(const Table& table) {
  for (size_t row = 1; row < table.rows.size(); ++row) {
    if (!(table.cell(row, "step") == table.cell(0, "step"))) return false;
  }
  return true;
}

}  // namespace

std::optional<Chart> of_lifecycle(const Table& table) {
  Chart chart{.mark = Mark::stacked};
  chart.series = group_rows(table, "date");
  drop_midnights(chart.series);
  chart.x.scale = Scale::time;
  chart.y.title = "people";
  return chart;
}

std::optional<Chart> of_distribution(const Table& table) {
  Chart chart{.mark = Mark::bars};
  chart.y.title = "people";
  Series& series = chart.series.emplace_back();
  for (size_t row = 0; row < table.rows.size(); ++row) {
    series.points.push_back({.x = stretch_name(table.cell(row, "seconds_from"),
                                               table.cell(row, "seconds_to")),
                             .y = table.cell(row, "people").number(),
                             .text = full_number(table.cell(row, "people"))});
  }
  return unique_x(series.points) ? std::optional(chart) : std::nullopt;
}

std::optional<Chart> of_retention(const Table& table) {
  Chart chart{.mark = Mark::heat_map};
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::string name = row_name(table, row);
    auto series = std::ranges::find(chart.series, name, &Series::name);
    if (series == chart.series.end()) {
      series = chart.series.insert(series, {.name = name});
    }
    series->points.push_back(cell_point(table, row));
  }
  std::erase_if(chart.series, is_empty);
  if (chart.series.empty()) return std::nullopt;
  if (chart.series.size() <= most_curves) {
    Chart lines = curves(chart);
    if (has_line(lines)) return lines;
  }
  if (const size_t all = chart.series.size(); all > most_cohorts) {
    chart.series.erase(
        chart.series.begin(),
        chart.series.end() - static_cast<std::ptrdiff_t>(most_cohorts));
    chart.notes.push_back(
        fmt::format("the {} newest of {} are drawn", most_cohorts, all));
  }
  return chart;
}

std::optional<Chart> of_stickiness(const Table& table) {
  Chart chart;
  chart.series = group_rows(table, "intervals");
  const std::string unit = unit_words(table);
  for (Series& series : chart.series) {
    for (Point& point : series.points) {
      const int64_t intervals =
          json::Value(json::Number{point.x}).integer().value_or(0);
      point.x = plural(intervals, unit);
      if (table.cumulative) point.x += " or more";
    }
  }
  keep_largest(chart.series, false, chart.notes);
  chart.mark = chart.series.size() == 1 ? Mark::bars : Mark::line;
  chart.y.title = "people";
  return chart;
}

std::optional<Chart> of_paths(const Table& table) {
  Chart chart{.mark = Mark::ranking};
  chart.y.title = "times taken";
  Series& series = chart.series.emplace_back();
  const bool steps = !one_step(table);
  for (size_t row = 0; row < table.rows.size(); ++row) {
    std::string name =
        fmt::format("{} → {}", table.cell(row, "source").text_or(""),
                    table.cell(row, "target").text_or(""));
    const auto step = table.cell(row, "step").integer();
    if (steps && step) name = fmt::format("{}. {}", *step, name);
    series.points.push_back({.x = std::move(name),
                             .y = table.cell(row, "value").number(),
                             .text = full_number(table.cell(row, "value"))});
  }
  if (!unique_x(series.points)) return std::nullopt;
  rank(chart);
  return chart;
}

void rank(Chart& chart) {
  auto& points = chart.series.front().points;
  std::ranges::stable_sort(points, [](const Point& a, const Point& b) {
    if (a.y != b.y) return a.y > b.y;
    return a.x < b.x;
  });
  if (points.size() <= most_ranked) return;
  chart.notes.push_back(fmt::format("the {} largest of {} are drawn",
                                    most_ranked, points.size()));
  points.resize(most_ranked);
}

bool unique_x(const std::vector<Point>& points) {
  std::set<std::string_view> seen;
  return std::ranges::all_of(
      points, [&](const Point& point) { return seen.insert(point.x).second; });
}

}  // namespace claribi::chart
