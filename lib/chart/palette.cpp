// SPDX-License-Identifier: MIT
#include "chart/palette.hpp"

namespace claribi::chart {
namespace {

// More than six never come, and "Other" is the seventh.
constexpr std::array<std::string_view, 7> hues{
    hue, "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", grey};
constexpr std::array<std::pair<int, int>, 7> dashes{
    {{1, 0}, {8, 3}, {2, 2}, {12, 4}, {5, 2}, {4, 6}, {1, 3}}};

}  // namespace

std::string_view hue_of(const Chart& chart, size_t series) {
  return chart.series[series].previous ? grey : hues[series % hues.size()];
}

std::pair<int, int> dash_of(const Chart& chart, size_t series) {
  if (chart.series[series].previous) return {4, 4};
  return dashes[series % dashes.size()];
}

}  // namespace claribi::chart
