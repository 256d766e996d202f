// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr double label_size = 11;

// A share of the plot's width for each x.
struct Bands {
  double left = 0;
  double width = 0;

  [[nodiscard]] double middle(size_t index) const {
    return left + (static_cast<double>(index) + 0.5) * width;
  }
};

Bands bands_of(const Plot& plot, size_t count) {
  return {plot.left,
          plot.width / static_cast<double>(std::max<size_t>(count, 1))};
}

std::vector<double> middles(const Bands& bands, size_t count) {
  std::vector<double> places;
  places.reserve(count);
  for (size_t i = 0; i < count; ++i)
    places.push_back(bands.middle(i));
  return places;
}

// Pale with a dashed edge while the bucket is not over.
void bar(Canvas& canvas, double x, double width, double from, double to,
         std::string_view colour, bool partial) {
  const std::string ink_of_bar(colour);
  canvas.rect(x, std::min(from, to), width, std::abs(from - to),
              {{"class", "bar"},
               {"fill", ink_of_bar},
               {"fill-opacity", partial ? "0.2" : "1"},
               {"stroke", ink_of_bar},
               {"stroke-dasharray", partial ? "4 3" : "none"}});
}

bool labels_fit(const Series& series, double width) {
  return std::ranges::all_of(series.points, [&](const Point& point) {
    return text_width(point.text, label_size) <= width;
  });
}

struct Sides {
  double above = 0;
  double below = 0;
};

// How high the stacks reach.
Sides reach_of(const Chart& chart, const std::vector<std::string>& xs) {
  Sides reach;
  for (const std::string& x : xs) {
    Sides stack;
    for (const Series& series : chart.series) {
      const auto point = std::ranges::find(series.points, x, &Point::x);
      if (point == series.points.end()) continue;
      const double value = point->y.value_or(0);
      (value < 0 ? stack.below : stack.above) += value;
    }
    reach.above = std::max(reach.above, stack.above);
    reach.below = std::min(reach.below, stack.below);
  }
  return reach;
}

void draw_stack(Canvas& canvas, const Chart& chart, const Plot& plot,
                const std::string& x, double left, double width) {
  Sides stack;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const Series& series = chart.series[i];
    const auto point = std::ranges::find(series.points, x, &Point::x);
    if (point == series.points.end() || !point->y) continue;
    double& end = *point->y < 0 ? stack.below : stack.above;
    canvas.hint(svg_hint(chart, series, *point));
    bar(canvas, left, width, plot.y(end), plot.y(end + *point->y),
        hue_of(chart, i), point->partial);
    end += *point->y;
  }
}

}  // namespace

Extent svg_bars(Canvas& canvas, const Chart& chart, double top) {
  const Series& series = chart.series.front();
  double high = 0;
  double low = 0;
  for (const Point& point : series.points) {
    high = std::max(high, point.y.value_or(0));
    low = std::min(low, point.y.value_or(0));
  }
  // Room for the number on the highest bar.
  const Plot plot = svg_plot(canvas, chart, top + 8,
                             round_ticks(low, high, 5, all_whole({series})));
  const Bands bands = bands_of(plot, series.points.size());
  const double width = std::min(bands.width * 0.8, 80.0);
  const bool labelled = labels_fit(series, bands.width - 2);
  std::vector<std::string> xs;
  for (size_t i = 0; i < series.points.size(); ++i) {
    const Point& point = series.points[i];
    xs.push_back(point.x);
    if (!point.y) continue;
    const double y = plot.y(*point.y);
    canvas.hint(svg_hint(chart, series, point));
    bar(canvas, bands.middle(i) - width / 2, width, plot.y(0), y, hue,
        point.partial);
    if (!labelled) continue;
    canvas.text(bands.middle(i), std::min(y, plot.y(0)) - 4, point.text,
                {.anchor = Anchor::middle, .kind = "value"});
  }
  svg_x_labels(canvas, chart, plot, xs, middles(bands, xs.size()));
  return {.bottom = plot.bottom() + 24};
}

Extent svg_stacked(Canvas& canvas, const Chart& chart, double top) {
  const std::vector<std::string> xs = all_x(chart);
  const Sides reach = reach_of(chart, xs);
  const Plot plot = svg_plot(
      canvas, chart, top,
      round_ticks(reach.below, reach.above, 6, all_whole(chart.series)));
  const Bands bands = bands_of(plot, xs.size());
  const double width = std::min(bands.width * 0.8, 80.0);
  for (size_t i = 0; i < xs.size(); ++i) {
    draw_stack(canvas, chart, plot, xs[i], bands.middle(i) - width / 2, width);
  }
  canvas.line(plot.left, plot.y(0), plot.right(), plot.y(0),
              {{"stroke", std::string(ink)}});
  svg_x_labels(canvas, chart, plot, xs, middles(bands, xs.size()));
  return {.bottom = svg_legend(canvas, chart, plot.bottom() + 32)};
}

}  // namespace claribi::chart
