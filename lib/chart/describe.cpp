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
    case Mark::stacked:
      return "Stacked bars";
    case Mark::heat_map:
      return "Heat map";
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
  const std::string_view word =
      chart.mark == Mark::heat_map ? "rows" : "series";
  if (series > 1) text += fmt::format(", {} {}", series, word);
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

// All rows at once: a heat map has too many of them for a sentence each.
std::string heat_sentence(const Chart& chart) {
  const Point* lowest = nullptr;
  const Point* highest = nullptr;
  std::string low_row;
  std::string high_row;
  for (const Series& series : chart.series) {
    for (const Point& point : series.points) {
      if (!point.y || point.partial || point.base) continue;
      if (!lowest || point.y < lowest->y) {
        lowest = &point;
        low_row = series.name;
      }
      if (!highest || point.y > highest->y) {
        highest = &point;
        high_row = series.name;
      }
    }
  }
  if (!lowest) return "";
  return fmt::format(" Lowest {} ({}, {}), highest {} ({}, {}).", lowest->text,
                     low_row, lowest->x, highest->text, high_row, highest->x);
}

std::string unfinished_sentence(const Chart& chart) {
  if (!has_partial(chart)) return "";
  return chart.mark == Mark::heat_map
             ? " Some of the newest cells are not over yet."
             : " The last bucket is not over yet.";
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
  if (chart.mark == Mark::heat_map) {
    text += heat_sentence(chart);
  } else {
    for (const Series& series : chart.series)
      text += extremes_sentence(chart, series);
  }
  return text + unfinished_sentence(chart);
}

bool has_partial(const Chart& chart) {
  return std::ranges::any_of(chart.series, [](const Series& series) {
    return std::ranges::any_of(series.points, &Point::partial);
  });
}

}  // namespace claribi::chart
