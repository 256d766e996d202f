// SPDX-License-Identifier: MIT
#include "chart/describe.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "chart/series.hpp"

namespace claribi::chart {
namespace {

std::string_view kind_of(Mark mark) {
  switch (mark) {
    case Mark::number:
      return "One number";
    case Mark::line:
      return "Line chart";
    case Mark::bars:
      return "Bar chart";
    case Mark::ranking:
      return "Ranking";
    case Mark::funnel:
      return "Funnel";
  }
  std::unreachable();
}

struct Extremes {
  const Point* lowest = nullptr;
  const Point* highest = nullptr;
};

// Of the points with a value whose bucket is over.
Extremes extremes_of(const Series& series) {
  Extremes found;
  for (const Point& point : series.points) {
    if (!point.y || point.partial) continue;
    // Both have a value, or they would not have been taken.
    if (!found.lowest || point.y < found.lowest->y) found.lowest = &point;
    if (!found.highest || point.y > found.highest->y) found.highest = &point;
  }
  return found;
}

std::string extent(const Chart& chart) {
  const auto xs = all_x(chart);
  const size_t series = chart.series.size();
  std::string text = fmt::format("{}", kind_of(chart.mark));
  if (!chart.title.empty()) text += " of " + chart.title;
  if (series > 1) text += fmt::format(", {} series", series);
  if (chart.x.scale == Scale::time) {
    text += fmt::format(", {} points from {} to {}", xs.size(), xs.front(),
                        xs.back());
  }
  return text + ".";
}

std::string extremes_sentence(const Chart& chart, const Series& series) {
  const Extremes found = extremes_of(series);
  if (!found.lowest) return "";
  const std::string name =
      chart.series.size() > 1 ? series.name + ": lowest " : "Lowest ";
  return fmt::format(" {}{} ({}), highest {} ({}).", name, found.lowest->text,
                     found.lowest->x, found.highest->text, found.highest->x);
}

}  // namespace

std::string describe(const Chart& chart) {
  if (chart.series.empty() || chart.series.front().points.empty()) return "";
  if (chart.mark == Mark::number) {
    return fmt::format("{}: {}.",
                       chart.title.empty() ? "One number" : chart.title,
                       chart.series.front().points.front().text);
  }
  std::string text = extent(chart);
  for (const Series& series : chart.series)
    text += extremes_sentence(chart, series);
  if (has_partial(chart)) text += " The last bucket is not over yet.";
  return text;
}

bool has_partial(const Chart& chart) {
  return std::ranges::any_of(chart.series, [](const Series& series) {
    return std::ranges::any_of(series.points, &Point::partial);
  });
}

}  // namespace claribi::chart
