// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/core.h>

#include "chart/palette.hpp"
#include "chart/series.hpp"
#include "chart/stamp.hpp"
#include "chart/svg_parts.hpp"

namespace claribi::chart {
namespace {

constexpr double plot_height = 300;
constexpr double label_size = 11;
constexpr double label_gap = 10;  // Between two labels of an axis.

}  // namespace

Plot svg_plot(Canvas& canvas, const Chart& chart, double top,
              const Ticks& ticks, double right) {
  double labels = 0;
  for (size_t i = 0; i <= ticks.steps; ++i) {
    labels =
        std::max(labels, text_width(short_number(ticks.at(i)), label_size));
  }
  if (!chart.y.title.empty()) {
    canvas.text(svg_margin, top + label_size, chart.y.title,
                {.colour = pale_ink});
    top += 20;
  }
  Plot plot{.left = svg_margin + labels + 8,
            .top = top + 6,
            .height = plot_height,
            .ticks = ticks};
  plot.width = svg_width - svg_margin - right - plot.left;
  for (size_t i = 0; i <= ticks.steps; ++i) {
    const double value = ticks.at(i);
    const double y = plot.y(value);
    const bool zero = std::abs(value) < ticks.step / 2;
    canvas.line(plot.left, y, plot.right(), y,
                {{"stroke", std::string(zero ? axis_ink : grid_ink)}});
    canvas.text(plot.left - 8, y + 4, short_number(zero ? 0 : value),
                {.anchor = Anchor::end});
  }
  return plot;
}

std::string svg_x_full(const Chart& chart, const std::string& x) {
  if (chart.x.scale != Scale::time) return x;
  const auto stamp = read_stamp(x);
  return stamp ? stamp_text(*stamp) : x;
}

std::string svg_x_short(const Chart& chart, const std::string& x) {
  if (chart.x.scale != Scale::time) return x;
  const auto stamp = read_stamp(x);
  if (!stamp) return x;
  static constexpr std::array<std::string_view, 12> months{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun",
      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(stamp->at)};
  const std::string day = fmt::format(
      "{} {}", months.at(unsigned{date.month()} - 1), unsigned{date.day()});
  return stamp->has_time ? day + " " + stamp_text(*stamp).substr(11, 5) : day;
}

void svg_x_labels(Canvas& canvas, const Chart& chart, const Plot& plot,
                  const std::vector<std::string>& xs,
                  const std::vector<double>& places) {
  if (xs.empty()) return;
  double widest = 0;
  for (const std::string& x : xs) {
    widest = std::max(widest, text_width(svg_x_short(chart, x), label_size));
  }
  // Every so manieth, counted from the last one, which matters most.
  const double spread = xs.size() > 1 ? (places.back() - places.front()) /
                                            static_cast<double>(xs.size() - 1)
                                      : plot.width;
  size_t every = 1;
  while (spread > 0 &&
         static_cast<double>(every) * spread < widest + label_gap &&
         every < xs.size()) {
    ++every;
  }
  // From the right, since the last label may have been moved to the left.
  double limit = svg_width;
  for (size_t i = xs.size(); i-- > 0;) {
    if ((xs.size() - 1 - i) % every != 0) continue;
    const std::string label = svg_x_short(chart, xs[i]);
    const double half = text_width(label, label_size) / 2;
    const double x = std::clamp(places[i], half, svg_width - half);
    if (x + half > limit) continue;
    canvas.text(x, plot.bottom() + 18, label, {.anchor = Anchor::middle});
    limit = x - half - label_gap / 2;
  }
}

double svg_legend(Canvas& canvas, const Chart& chart, double top) {
  constexpr double square = 10;
  constexpr double row = 18;
  double x = svg_margin;
  double y = top;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const std::string name = fit_text(chart.series[i].name, 240, 12);
    const double width = square + 6 + text_width(name, 12) + 18;
    if (x > svg_margin && x + width > svg_width) {
      x = svg_margin;
      y += row;
    }
    canvas.rect(x, y, square, square,
                {{"fill", std::string(hue_of(chart, i))}});
    canvas.text(x + square + 6, y + square - 1, name, {.size = 12});
    x += width;
  }
  return y + row;
}

std::string svg_hint(const Chart& chart, const Series& series,
                     const Point& point) {
  std::string words = svg_x_full(chart, point.x);
  if (chart.series.size() > 1 && !series.name.empty()) {
    words = series.name + ", " + words;
  }
  words += ": " + point.text;
  if (!point.label.empty() && !series.previous) {
    words += " (" + point.label + ")";
  }
  if (point.partial) words += ", not over yet";
  return words;
}

}  // namespace claribi::chart
