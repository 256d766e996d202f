// SPDX-License-Identifier: MIT
// What the drawings of the SVG writer have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/chart.hpp"
#include "chart/numbers.hpp"
#include "chart/svg_canvas.hpp"

namespace claribi::chart {

inline constexpr double svg_width = 720;
inline constexpr double svg_margin = 16;

// How far to the right and down a drawing reaches.
struct Extent {
  double right = svg_width;
  double bottom = 0;
};

// One drawing per mark, below `top`.
Extent svg_number(Canvas& canvas, const Chart& chart, double top);
Extent svg_lines(Canvas& canvas, const Chart& chart, double top);
Extent svg_bars(Canvas& canvas, const Chart& chart, double top);
Extent svg_stacked(Canvas& canvas, const Chart& chart, double top);
// For ranking and funnel.
Extent svg_ranking(Canvas& canvas, const Chart& chart, double top);
Extent svg_heat_map(Canvas& canvas, const Chart& chart, double top);

// Where values are drawn, and which ones there is room for.
struct Plot {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
  Ticks ticks = {};

  [[nodiscard]] double bottom() const { return top + height; }
  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double y(double value) const {
    const double share = (value - ticks.low) / (ticks.high() - ticks.low);
    return bottom() - share * height;
  }
};

// A plot with its value axis (labels, light lines across, zero darker), as
// wide as the labels and `right` leave room for.
Plot svg_plot(Canvas& canvas, const Chart& chart, double top,
              const Ticks& ticks, double right = 0);

// Labels below the plot, each at its place; as few are left out as have to be
// so that none touches another.
void svg_x_labels(Canvas& canvas, const Chart& chart, const Plot& plot,
                  const std::vector<std::string>& xs,
                  const std::vector<double>& places);

// The x of a point as its axis shows it, and in full.
std::string svg_x_short(const Chart& chart, const std::string& x);
std::string svg_x_full(const Chart& chart, const std::string& x);

// Squares with the names of the series in rows; the bottom of the last one.
double svg_legend(Canvas& canvas, const Chart& chart, double top);

// What is shown when a mark is pointed at.
std::string svg_hint(const Chart& chart, const Series& series,
                     const Point& point);

}  // namespace claribi::chart
