// SPDX-License-Identifier: MIT
#include "chart/chart.hpp"

#include <string_view>
#include <utility>

namespace claribi::chart {

std::string_view mark_name(Mark mark) {
  switch (mark) {
    case Mark::number:
      return "number";
    case Mark::line:
      return "line";
    case Mark::bars:
      return "bars";
    case Mark::ranking:
      return "ranking";
    case Mark::funnel:
      return "funnel";
    case Mark::stacked:
      return "stacked";
    case Mark::heat_map:
      return "heat_map";
  }
  std::unreachable();
}

std::string previous_words(const Chart& chart) {
  if (chart.series.size() < 2 || chart.series[1].points.empty()) return "";
  const Point& before = chart.series[1].points.front();
  std::string words = "previous period: " + before.text;
  if (!before.label.empty()) words += " (" + before.label + ")";
  return words;
}

}  // namespace claribi::chart
