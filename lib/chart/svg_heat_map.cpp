// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr double label_size = 11;
constexpr double cell_height = 24;
constexpr double widest_name = 220;

struct Grid {
  double left = 0;
  double top = 0;
  double cell = 0;  // Width of one.
  double largest = 0;
};

double names_width(const Chart& chart) {
  double widest = 0;
  for (const Series& series : chart.series)
    widest = std::max(widest, text_width(series.name, label_size));
  return std::min(widest, widest_name);
}

// Wide enough for what stands in and above it.
double cell_width(const Chart& chart, const std::vector<std::string>& xs,
                  double room) {
  double words = 30;
  for (const std::string& x : xs)
    words = std::max(words, text_width(x, label_size));
  for (const Series& series : chart.series) {
    for (const Point& point : series.points)
      words = std::max(words, text_width(point.text, label_size));
  }
  const double even = room / static_cast<double>(xs.size());
  return std::max(words + 10, std::min(even, 72.0));
}

void draw_cell(Canvas& canvas, const Chart& chart, const Series& series,
               const Point& point, const Grid& grid, double x, double y) {
  if (!point.y) return;
  const bool coloured = !point.base && !point.partial;
  const double share = coloured ? *point.y / grid.largest : 0;
  const std::string fill = coloured        ? heat_colour(share)
                           : point.partial ? "#FFFFFF"
                                           : std::string(neutral);
  canvas.hint(svg_hint(chart, series, point));
  if (point.partial) {
    canvas.rect(x + 1, y + 1, grid.cell - 2, cell_height - 2,
                {{"class", "cell"},
                 {"fill", fill},
                 {"stroke", std::string(axis_ink)},
                 {"stroke-dasharray", "2 2"}});
  } else {
    canvas.rect(x, y, grid.cell, cell_height,
                {{"class", "cell"}, {"fill", fill}, {"stroke", "#FFFFFF"}});
  }
  canvas.text(x + grid.cell / 2, y + cell_height / 2 + 4, point.text,
              {.anchor = Anchor::middle,
               .colour = share > heat_flip ? "#FFFFFF" : heat_ink,
               .kind = "value"});
}

}  // namespace

Extent svg_heat_map(Canvas& canvas, const Chart& chart, double top) {
  const std::vector<std::string> xs = all_x(chart);
  Grid grid{.left = svg_margin + names_width(chart) + 10,
            .top = top + 18,
            .largest = largest_share(chart)};
  grid.cell = cell_width(chart, xs, svg_width - svg_margin - grid.left);
  for (size_t i = 0; i < xs.size(); ++i) {
    canvas.text(grid.left + (static_cast<double>(i) + 0.5) * grid.cell,
                top + 10, xs[i], {.anchor = Anchor::middle});
  }
  double y = grid.top;
  for (const Series& series : chart.series) {
    canvas.text(grid.left - 8, y + cell_height / 2 + 4,
                fit_text(series.name, widest_name, label_size),
                {.anchor = Anchor::end});
    for (const Point& point : series.points) {
      const auto column = std::ranges::find(xs, point.x) - xs.begin();
      draw_cell(canvas, chart, series, point, grid,
                grid.left + static_cast<double>(column) * grid.cell, y);
    }
    y += cell_height;
  }
  const double right =
      grid.left + static_cast<double>(xs.size()) * grid.cell + svg_margin;
  return {.right = right, .bottom = y};
}

}  // namespace claribi::chart
