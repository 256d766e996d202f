// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <string>

#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr double label_size = 12;
constexpr double widest_name = 260;
constexpr double shortest_bar = 120;

struct Layout {
  double left = 0;   // Where bars begin, right of the names.
  double width = 0;  // Of the longest bar.
  double bar = 0;    // How high a bar is.
  double step = 0;   // From one bar of a group to the next.
  double gap = 0;    // From one group to the next.
  double largest = 0;
};

std::string words_of(const Chart& chart, const Point& point) {
  if (!point.y) return "no value";
  if (chart.mark != Mark::funnel || point.label.empty()) return point.text;
  return point.text + " (" + point.label + ")";
}

// So long that the words behind every bar still fit.
double longest_bar(const Chart& chart, const Layout& layout) {
  const double room = svg_width - svg_margin - layout.left - 8;
  double longest = room;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      const double share = layout.largest > 0
                               ? std::abs(point.y.value_or(0)) / layout.largest
                               : 0;
      if (share <= 0) continue;
      const double words = text_width(words_of(chart, point), label_size);
      longest = std::min(longest, (room - words) / share);
    }
  }
  return longest;
}

Layout layout_of(const Chart& chart) {
  const bool groups = chart.series.size() > 1;
  Layout layout{.bar = groups ? 15.0 : 20.0,
                .step = groups ? 18.0 : 28.0,
                .gap = groups ? 10.0 : 0.0};
  double names = 0;
  double words = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      names = std::max(names, text_width(point.x, label_size));
      words = std::max(words, text_width(words_of(chart, point), label_size));
      layout.largest = std::max(layout.largest, std::abs(point.y.value_or(0)));
    }
  }
  const double room = svg_width - 2 * svg_margin - words - shortest_bar - 16;
  names = std::min({names, widest_name, std::max(room, 80.0)});
  layout.left = svg_margin + names + 10;
  layout.width = std::max(longest_bar(chart, layout), shortest_bar);
  return layout;
}

void draw_bar(Canvas& canvas, const Chart& chart, size_t series,
              const Point& point, const Layout& layout, double y) {
  const double size = std::abs(point.y.value_or(0));
  const double length =
      layout.largest > 0 ? size / layout.largest * layout.width : 0;
  const std::string colour(hue_of(chart, series));
  if (point.y) {
    canvas.hint(svg_hint(chart, chart.series[series], point));
    canvas.rect(layout.left, y, length, layout.bar,
                {{"class", "bar"},
                 {"fill", colour},
                 // Bars grow to the right; below zero they are hollow.
                 {"fill-opacity", *point.y < 0 ? "0.2" : "1"},
                 {"stroke", colour}});
  }
  canvas.text(layout.left + length + 6, y + layout.bar / 2 + 4,
              words_of(chart, point), {.size = label_size, .kind = "value"});
}

}  // namespace

Extent svg_ranking(Canvas& canvas, const Chart& chart, double top) {
  const Layout layout = layout_of(chart);
  double y = top;
  if (!chart.y.title.empty()) {
    canvas.text(layout.left, y + 8, chart.y.title, {.colour = pale_ink});
    y += 16;
  }
  for (const std::string& x : all_x(chart)) {
    const double first = y;
    for (size_t i = 0; i < chart.series.size(); ++i) {
      const auto& points = chart.series[i].points;
      const auto point = std::ranges::find(points, x, &Point::x);
      if (point == points.end()) continue;
      draw_bar(canvas, chart, i, *point, layout, y);
      y += layout.step;
    }
    const double middle = (first + y - layout.step + layout.bar) / 2;
    canvas.text(layout.left - 8, middle + 4,
                fit_text(svg_x_full(chart, x), layout.left - svg_margin - 8,
                         label_size),
                {.size = label_size, .anchor = Anchor::end});
    y += layout.gap;
  }
  if (chart.series.size() < 2) return {.bottom = y};
  return {.bottom = svg_legend(canvas, chart, y + 4)};
}

}  // namespace claribi::chart
