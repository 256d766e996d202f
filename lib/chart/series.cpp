// SPDX-License-Identifier: MIT
#include "chart/series.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "chart/numbers.hpp"
#include "chart/stamp.hpp"
#include "json/writer.hpp"

namespace claribi::chart {
namespace {

constexpr size_t most_series = 6;

struct Key {
  std::string series;
  std::string breakdown;
  bool previous = false;

  bool operator==(const Key&) const = default;
};

std::string cell_text(const json::Value& cell) {
  if (cell.is_null()) return "";
  if (auto text = cell.string()) return std::string(*text);
  return json::compact(cell);
}

Key key_of(const table::Table& table, size_t row) {
  return {cell_text(table.cell(row, "series")),
          cell_text(table.cell(row, "breakdown")),
          table.cell(row, "period").string() == "previous"};
}

bool all_same(const std::vector<Key>& keys, std::string Key::* member) {
  return std::ranges::all_of(keys, [&](const Key& key) {
    return key.*member == keys.front().*member;
  });
}

std::string name_of(const Key& key, bool one_series, bool one_breakdown) {
  std::string name = one_series && !one_breakdown ? "" : key.series;
  if (!one_breakdown) {
    if (!name.empty()) name += " · ";
    name += key.breakdown.empty() ? "(none)" : key.breakdown;
  }
  return key.previous ? name + " (previous)" : name;
}

void name_series(std::vector<Series>& series, const std::vector<Key>& keys) {
  const bool one_series = all_same(keys, &Key::series);
  const bool one_breakdown = all_same(keys, &Key::breakdown);
  for (size_t i = 0; i < series.size(); ++i) {
    series[i].name = name_of(keys[i], one_series, one_breakdown);
    series[i].previous = keys[i].previous;
  }
}

void align_previous(std::vector<Series>& series, const std::vector<Key>& keys) {
  for (size_t i = 0; i < series.size(); ++i) {
    if (!keys[i].previous) continue;
    Key current = keys[i];
    current.previous = false;
    const auto found = std::ranges::find(keys, current);
    if (found == keys.end()) continue;
    const auto& points =
        series[static_cast<size_t>(std::distance(keys.begin(), found))].points;
    auto& moved = series[i].points;
    moved.resize(std::min(moved.size(), points.size()));
    for (size_t p = 0; p < moved.size(); ++p) {
      moved[p].label = std::exchange(moved[p].x, points[p].x);
    }
  }
}

// Adds what `rest` has at each x.
void add_to(Series& sum, const Series& rest) {
  for (const Point& point : rest.points) {
    auto at = std::ranges::find(sum.points, point.x, &Point::x);
    if (at == sum.points.end()) {
      sum.points.push_back(point);
      continue;
    }
    if (!point.y) continue;
    const double total = at->y.value_or(0) + *point.y;
    at->y = total;
    at->text = full_number(total);
    at->partial = at->partial || point.partial;
  }
}

void drop_previous(std::vector<Series>& series,
                   std::vector<std::string>& notes) {
  if (std::erase_if(series, [](const Series& s) { return s.previous; }) > 0) {
    notes.emplace_back("the previous period is left out of the chart");
  }
}

}  // namespace

std::vector<Series> group_rows(const table::Table& table,
                               std::string_view x_column) {
  std::vector<Series> series;
  std::vector<Key> keys;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const Key key = key_of(table, row);
    const auto found = std::ranges::find(keys, key);
    const auto index = static_cast<size_t>(std::distance(keys.begin(), found));
    if (found == keys.end()) {
      keys.push_back(key);
      series.emplace_back();
    }
    const json::Value& value = table.cell(row, "value");
    series[index].points.push_back(
        {.x = cell_text(table.cell(row, x_column)),
         .y = value.number(),
         .text = full_number(value),
         .partial = table.cell(row, "partial").boolean().value_or(false)});
  }
  if (keys.empty()) return series;
  name_series(series, keys);
  align_previous(series, keys);
  return series;
}

void drop_midnights(std::vector<Series>& series) {
  for (const Series& one : series) {
    for (const Point& point : one.points) {
      const auto stamp = read_stamp(point.x);
      if (!stamp ||
          stamp->at != std::chrono::floor<std::chrono::days>(stamp->at)) {
        return;
      }
    }
  }
  for (Series& one : series) {
    for (Point& point : one.points)
      point.x.resize(10);
  }
}

void keep_largest(std::vector<Series>& series, bool additive,
                  std::vector<std::string>& notes) {
  if (series.size() > most_series) drop_previous(series, notes);
  if (series.size() <= most_series) return;
  const size_t before = series.size();
  const auto other = std::ranges::find(series, "Other", &Series::name);
  std::optional<Series> rest;
  if (additive && other != series.end()) {
    rest = std::move(*other);
    series.erase(other);
  }
  std::ranges::stable_sort(series, [](const Series& a, const Series& b) {
    return total_of(a) > total_of(b);
  });
  for (size_t i = most_series; i < series.size() && additive; ++i) {
    if (!rest) rest.emplace(Series{.name = "Other"});
    add_to(*rest, series[i]);
  }
  series.resize(most_series);
  if (rest) series.push_back(std::move(*rest));
  notes.push_back(fmt::format(
      "the {} largest of {} by their total; {}", most_series, before,
      additive ? "Other is the sum of the rest" : "the rest is left out"));
}

std::vector<std::string> all_x(const Chart& chart) {
  std::vector<std::string> all;
  std::set<std::string_view> seen;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      if (seen.insert(point.x).second) all.push_back(point.x);
    }
  }
  // ISO texts of one kind sort like the times they name.
  if (chart.x.scale == Scale::time) std::ranges::sort(all);
  return all;
}

double total_of(const Series& series) {
  double total = 0;
  for (const Point& point : series.points)
    total += point.y.value_or(0);
  return total;
}

bool all_whole(const std::vector<Series>& series) {
  bool any = false;
  for (const Series& one : series) {
    for (const Point& point : one.points) {
      if (!point.y) continue;
      if (*point.y != std::floor(*point.y)) return false;
      any = true;
    }
  }
  return any;
}

}  // namespace claribi::chart
