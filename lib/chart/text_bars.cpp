// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "chart/series.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

// One bar and the words around it.
struct Bar {
  std::string name;
  double value = 0;
  std::string text = {};   // The value.
  std::string words = {};  // More about it, in brackets behind or below.
  size_t series = 0;
  bool partial = false;
  bool heading = false;  // The name of a group: no bar.
};

// How the columns of a line are shared out.
struct Widths {
  size_t name = 0;
  size_t bar = 0;
  bool words_below = false;
};

constexpr size_t shortest_bar = 12;
constexpr size_t shortest_words = 18;  // "25.0 % of previous"

Bar bar_of(const Chart& chart, size_t series, const Point& point,
           std::string name, const TextOptions& options) {
  return {.name = std::move(name),
          .value = point.y.value_or(0),
          .text = point.y ? show(point.text, options.unicode) : "no value",
          .words = chart.mark == Mark::funnel
                       ? show(point.label, options.unicode)
                       : std::string(),
          .series = series,
          .partial = point.partial};
}

const Point* point_at(const Series& series, const std::string& x) {
  const auto found = std::ranges::find(series.points, x, &Point::x);
  return found == series.points.end() ? nullptr : &*found;
}

// One series: a bar per x. Several: the x as a heading, a bar per series.
std::vector<Bar> bars_of(const Chart& chart, const TextOptions& options) {
  std::vector<Bar> bars;
  if (chart.series.size() == 1) {
    for (const Point& point : chart.series.front().points) {
      bars.push_back(
          bar_of(chart, 0, point, x_words(chart, point.x, options), options));
    }
    return bars;
  }
  for (const std::string& x : all_x(chart)) {
    bars.push_back({.name = x_words(chart, x, options), .heading = true});
    for (size_t i = 0; i < chart.series.size(); ++i) {
      const Point* point = point_at(chart.series[i], x);
      if (point == nullptr) continue;
      const auto& name = chart.series[i].name;
      bars.push_back(
          bar_of(chart, i, *point,
                 "  " + show(name.empty() ? "(none)" : name, options.unicode),
                 options));
    }
  }
  return bars;
}

// Names of a ranking tell more than the last part of its bars.
Widths share_out(const std::vector<Bar>& bars, size_t width, bool ranking) {
  size_t name = 0;
  size_t text = 0;
  size_t words = 0;
  for (const Bar& bar : bars) {
    if (bar.heading) continue;
    name = std::max(name, display_width(bar.name));
    const size_t own = display_width(bar.text);
    text = std::max(text, own);
    const size_t more = bar.words.empty() ? 0 : display_width(bar.words) + 3;
    words = std::max(words, own + more);
  }
  Widths widths{
      .name = std::min(
          name, std::max<size_t>(ranking ? width / 2 : width * 2 / 5, 4))};
  // Two blanks before the bar, one behind it.
  const size_t rest = width - std::min(width, widths.name + 3);
  widths.words_below = rest < words + shortest_bar;
  widths.bar = rest - std::min(rest, widths.words_below ? text : words);
  return widths;
}

// As long as the value is to the largest one, to an eighth of a column.
std::string bar_text(const Bar& bar, double largest, size_t width,
                     bool unicode) {
  const double size = std::abs(bar.value);
  if (largest <= 0 || size <= 0 || width == 0) return "";
  const double exact = size / largest * static_cast<double>(width);
  const auto eighths =
      static_cast<size_t>(std::max(std::round(exact * 8), 1.0));
  std::string out;
  if (!unicode || bar.partial || bar.value < 0) {
    const std::string_view block = bar.partial     ? (unicode ? "░" : "-")
                                   : bar.value < 0 ? (unicode ? "▒" : "=")
                                                   : "#";
    for (size_t i = 0; i < std::max<size_t>((eighths + 4) / 8, 1); ++i)
      out += block;
    return out;
  }
  static constexpr std::array<std::string_view, 8> parts{"",  "▏", "▎", "▍",
                                                         "▌", "▋", "▊", "▉"};
  for (size_t i = 0; i < eighths / 8; ++i)
    out += "█";
  return out + std::string(parts.at(eighths % 8));
}

// Under the bar, or further left where that leaves no room for words.
std::string words_below(const std::string& words, size_t indent,
                        const TextOptions& options) {
  if (indent + shortest_words > options.width) indent = 2;
  const size_t room = options.width - std::min(options.width, indent);
  std::string out;
  for (const std::string& line : split(wrap(words, room), '\n'))
    out += std::string(indent, ' ') + line + "\n";
  return out;
}

std::string line_of(const Bar& bar, const Chart& chart, double largest,
                    const Widths& widths, const TextOptions& options) {
  if (bar.heading) {
    return fit_width(bar.name, options.width, options.unicode) + "\n";
  }
  const std::string name =
      pad_right(fit_middle(bar.name, widths.name, options.unicode),
                widths.name) +
      "  ";
  const std::string drawn = bar_text(bar, largest, widths.bar, options.unicode);
  std::string text = drawn.empty() ? bar.text : " " + bar.text;
  if (!widths.words_below && !bar.words.empty()) {
    text += " (" + bar.words + ")";
  }
  const size_t used = display_width(name) + display_width(drawn);
  const size_t left = options.width - std::min(options.width, used);
  std::string line = fit_width(name, options.width, options.unicode) +
                     painted(drawn, chart, bar.series, options) +
                     fit_width(text, left, options.unicode) + "\n";
  if (widths.words_below && !bar.words.empty()) {
    line += words_below(bar.words, widths.name + 2, options);
  }
  return line;
}

}  // namespace

std::string draw_bars(const Chart& chart, const TextOptions& options) {
  const std::vector<Bar> bars = bars_of(chart, options);
  const Widths widths =
      share_out(bars, options.width, chart.mark == Mark::ranking);
  double largest = 0;
  bool below_zero = false;
  for (const Bar& bar : bars) {
    largest = std::max(largest, std::abs(bar.value));
    below_zero = below_zero || bar.value < 0;
  }
  std::string out;
  for (const Bar& bar : bars)
    out += line_of(bar, chart, largest, widths, options);
  if (below_zero) {
    const std::string_view note =
        options.unicode ? "▒ below zero" : "= below zero";
    out += fit_width(note, options.width, options.unicode) + "\n";
  }
  return out;
}

}  // namespace claribi::chart
