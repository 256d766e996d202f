// SPDX-License-Identifier: MIT
// A row of numbers per series. The first number, which the others are shares
// of, gets a bar where there is room for one.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "chart/series.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

constexpr size_t gap = 2;
constexpr size_t longest_bar = 20;
constexpr size_t shortest_bar = 6;

// "day 3" as a column: what all of them are, and which one it is.
struct Headings {
  std::string what = {};
  std::vector<std::string> each = {};
};

Headings headings_of(const std::vector<std::string>& xs) {
  Headings headings;
  for (const std::string& x : xs) {
    const size_t blank = x.rfind(' ');
    const std::string what =
        blank == std::string::npos ? "" : x.substr(0, blank);
    if (headings.each.empty()) headings.what = what;
    if (what.empty() || what != headings.what) return {.each = xs};
    headings.each.push_back(x.substr(blank + 1));
  }
  return headings;
}

const Point* point_at(const Series& series, const std::string& x) {
  const auto found = std::ranges::find(series.points, x, &Point::x);
  return found == series.points.end() ? nullptr : &*found;
}

// A point where a value is missing, a star where it can still grow.
std::string cell_text(const Point* point, const TextOptions& options) {
  if (point == nullptr) return "";
  if (!point->y) return options.unicode ? "·" : ".";
  return show(point->text, options.unicode) + (point->partial ? "*" : "");
}

bool has_base(const Chart& chart) {
  const auto& points = chart.series.front().points;
  return !points.empty() && points.front().base;
}

struct Grid {
  std::vector<std::string> xs = {};
  Headings headings = {};
  std::vector<std::vector<std::string>> rows = {};
  size_t names = 0;
  size_t base = 0;   // Columns of the first number.
  size_t cells = 0;  // Columns of each other one.
  size_t bar = 0;
  size_t shown = 0;  // So many of the numbers fit.
};

Grid grid_of(const Chart& chart, const TextOptions& options) {
  Grid grid{.xs = all_x(chart)};
  grid.headings = headings_of(grid.xs);
  grid.names = display_width(grid.headings.what);
  for (const Series& series : chart.series) {
    grid.names =
        std::max(grid.names, display_width(show(series.name, options.unicode)));
    std::vector<std::string>& row = grid.rows.emplace_back();
    for (const std::string& x : grid.xs)
      row.push_back(cell_text(point_at(series, x), options));
  }
  grid.names = std::min(grid.names, options.width * 2 / 5);
  if (has_base(chart)) grid.headings.each[0] = "people";
  for (size_t i = 0; i < grid.xs.size(); ++i) {
    size_t& width = i == 0 ? grid.base : grid.cells;
    width = std::max(width, display_width(grid.headings.each[i]));
    for (const auto& row : grid.rows)
      width = std::max(width, display_width(row[i]));
  }
  return grid;
}

void share_out(Grid& grid, const TextOptions& options) {
  const size_t fixed = grid.names + gap + grid.base;
  const size_t rest = options.width - std::min(options.width, fixed);
  const size_t later = grid.xs.size() - 1;
  grid.shown = 1 + std::min(later, rest / (grid.cells + gap));
  const size_t left = rest - (grid.shown - 1) * (grid.cells + gap);
  if (grid.shown == grid.xs.size() && left >= shortest_bar + 1) {
    grid.bar = std::min(left - 1, longest_bar);
  }
}

double largest_base(const Chart& chart) {
  double most = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      if (point.base) most = std::max(most, point.y.value_or(0));
    }
  }
  return most;
}

std::string base_bar(const Series& series, double most, const Grid& grid,
                     const TextOptions& options) {
  if (grid.bar == 0) return "";
  size_t length = 0;
  for (const Point& point : series.points) {
    if (!point.base || most <= 0) continue;
    const double share = point.y.value_or(0) / most;
    length =
        static_cast<size_t>(std::lround(share * static_cast<double>(grid.bar)));
  }
  std::string bar;
  for (size_t i = 0; i < length; ++i)
    bar += options.unicode ? "█" : "#";
  return pad_right(bar, grid.bar) + " ";
}

std::string heading_line(const Grid& grid, const TextOptions& options) {
  std::string line =
      pad_right(show(grid.headings.what, options.unicode), grid.names) +
      std::string(gap, ' ') +
      std::string(grid.bar == 0 ? 0 : grid.bar + 1, ' ');
  for (size_t i = 0; i < grid.shown; ++i) {
    if (i > 0) line += std::string(gap, ' ');
    line += pad_left(grid.headings.each[i], i == 0 ? grid.base : grid.cells);
  }
  return painted(fit_width(line, options.width, options.unicode), Ink::faint,
                 options) +
         "\n";
}

}  // namespace

std::string draw_heat_map(const Chart& chart, const TextOptions& options) {
  Grid grid = grid_of(chart, options);
  share_out(grid, options);
  const double most = largest_base(chart);
  std::string out = heading_line(grid, options);
  for (size_t row = 0; row < chart.series.size(); ++row) {
    const Series& series = chart.series[row];
    std::string line =
        pad_right(fit_middle(series.name, grid.names, options.unicode),
                  grid.names) +
        std::string(gap, ' ') + base_bar(series, most, grid, options);
    for (size_t i = 0; i < grid.shown; ++i) {
      if (i > 0) line += std::string(gap, ' ');
      line += pad_left(grid.rows[row][i], i == 0 ? grid.base : grid.cells);
    }
    while (line.ends_with(' '))
      line.pop_back();
    out += fit_width(line, options.width, options.unicode) + "\n";
  }
  if (grid.shown < grid.xs.size()) {
    const std::string note =
        fmt::format("from {} on there is no room",
                    show(grid.xs[grid.shown], options.unicode));
    out += fit_width(note, options.width, options.unicode) + "\n";
  }
  return out;
}

}  // namespace claribi::chart
