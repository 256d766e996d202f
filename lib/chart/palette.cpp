// SPDX-License-Identifier: MIT
#include "chart/palette.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/core.h>

namespace claribi::chart {
namespace {

// More than six never come, and "Other" is the seventh.
constexpr std::array<std::string_view, 7> hues{
    hue, "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", grey};
constexpr std::array<std::pair<int, int>, 7> dashes{
    {{1, 0}, {8, 3}, {2, 2}, {12, 4}, {5, 2}, {4, 6}, {1, 3}}};

int channel(std::string_view colour, size_t index) {
  int value = 0;
  const char* digits = colour.data() + 1 + 2 * index;
  std::from_chars(digits, digits + 2, value, 16);
  return value;
}

// So far on the way from one colour to another.
std::string between(std::string_view from, std::string_view to, double share) {
  std::string colour = "#";
  for (size_t i = 0; i < 3; ++i) {
    const int low = channel(from, i);
    const int high = channel(to, i);
    colour += fmt::format("{:02X}", std::lround(low + share * (high - low)));
  }
  return colour;
}

}  // namespace

std::string heat_colour(double share) {
  share = std::clamp(share, 0.0, 1.0);
  return share < 0.5 ? between(heat_low, heat_middle, share * 2)
                     : between(heat_middle, heat_high, share * 2 - 1);
}

double largest_share(const Chart& chart) {
  double most = 0;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      if (!point.base && !point.partial) {
        most = std::max(most, point.y.value_or(0));
      }
    }
  }
  return most > 0 ? most : 1;
}

std::string_view hue_of(const Chart& chart, size_t series) {
  return chart.series[series].previous ? grey : hues[series % hues.size()];
}

std::pair<int, int> dash_of(const Chart& chart, size_t series) {
  if (chart.series[series].previous) return {4, 4};
  return dashes[series % dashes.size()];
}

}  // namespace claribi::chart
