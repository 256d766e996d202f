// SPDX-License-Identifier: MIT
#include "chart/choose.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/choose_parts.hpp"
#include "chart/describe.hpp"
#include "chart/numbers.hpp"
#include "chart/series.hpp"
#include "chart/stamp.hpp"

namespace claribi::chart {
namespace {

using table::Table;
using table::Type;

constexpr size_t most_bars = 12;
constexpr size_t most_stacks = most_bars;
constexpr size_t most_funnels = 5;
constexpr double smallest_base = 30;  // Of a percentage.

std::optional<Chart> chart_of(const Table& table);
std::optional<Chart> over_time(const Table& table);
std::optional<Chart> of_totals(const Table& table);
std::optional<Chart> of_funnel(const Table& table);
std::optional<Chart> of_rows(const Table& table);

}  // namespace

std::optional<Chart> choose(const Table& table, const Labels& labels) {
  if (table.rows.empty()) return std::nullopt;
  std::optional<Chart> chart = chart_of(table);
  if (!chart) return std::nullopt;
  const bool any = std::ranges::any_of(chart->series, [](const Series& series) {
    return std::ranges::any_of(
        series.points, [](const Point& point) { return point.y.has_value(); });
  });
  if (!any) return std::nullopt;
  chart->title = labels.title;
  chart->subtitle = labels.subtitle;
  chart->description = describe(*chart);
  return chart;
}

namespace {

std::optional<Chart> chart_of(const Table& table) {
  switch (table.shape) {
    case table::Shape::time_series:
      return over_time(table);
    case table::Shape::lifecycle:
      return of_lifecycle(table);
    case table::Shape::distribution:
      return of_distribution(table);
    case table::Shape::retention:
      return of_retention(table);
    case table::Shape::stickiness:
      return of_stickiness(table);
    case table::Shape::paths:
      return of_paths(table);
    case table::Shape::totals:
      return of_totals(table);
    case table::Shape::funnel:
      return of_funnel(table);
    case table::Shape::rows:
      return of_rows(table);
    case table::Shape::record:
    case table::Shape::prose:
      return std::nullopt;
  }
  std::unreachable();
}

bool is_id(std::string_view name) {
  const std::string folded = lower(name);
  return folded == "id" || folded.ends_with("_id");
}

bool is_number(Type type) {
  return type == Type::integer || type == Type::number;
}

bool is_time(Type type) {
  return type == Type::date || type == Type::datetime;
}

// Bars stand on zero, so they suit few values that do not fall below it.
Mark mark_over_time(const std::vector<Series>& series) {
  const auto& points = series.front().points;
  const bool few = series.size() == 1 && points.size() <= most_bars;
  const bool above = std::ranges::all_of(
      points, [](const Point& point) { return point.y.value_or(0) >= 0; });
  return few && above ? Mark::bars : Mark::line;
}

// Counts of one thing by the values of a property, every value in it.
bool are_parts(const Table& table, const std::vector<Series>& series) {
  if (!table.additive || table.truncated || !table.column("breakdown")) {
    return false;
  }
  const size_t buckets = series.front().points.size();
  const std::string name = table.cell(0, "series").text_or("");
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (table.cell(row, "series").text_or("") != name) return false;
  }
  return series.size() > 1 && buckets > 1 && buckets <= most_stacks &&
         std::ranges::none_of(series, &Series::previous);
}

std::optional<Chart> over_time(const Table& table) {
  Chart chart;
  chart.series = group_rows(table, "date");
  drop_midnights(chart.series);
  keep_largest(chart.series, table.additive, chart.notes);
  chart.x.scale = Scale::time;
  chart.mark = are_parts(table, chart.series) ? Mark::stacked
                                              : mark_over_time(chart.series);
  if (chart.series.size() == 1 && chart.series.front().points.size() == 1) {
    chart.mark = Mark::number;
  }
  return chart;
}

// One series with a point for each of `groups`, which hold one point each.
Series fold(std::vector<Series>& groups, bool previous) {
  Series folded{.name = previous ? "previous" : "", .previous = previous};
  for (Series& group : groups) {
    if (group.previous != previous || group.points.empty()) continue;
    Point point = std::move(group.points.front());
    point.x = group.name;
    folded.points.push_back(std::move(point));
  }
  return folded;
}

// "+12.3 %"; the difference where a percentage would be of too little.
std::string change_words(const Point& now, const Point& before) {
  if (!now.y || !before.y) return "";
  const double change = *now.y - *before.y;
  const std::string_view sign = change > 0 ? "+" : "";
  if (*before.y < smallest_base) {
    return std::string(sign) + full_number(change);
  }
  return std::string(sign) + percent(change / *before.y);
}

std::optional<Chart> of_totals(const Table& table) {
  Chart chart;
  auto groups = group_rows(table, "series");
  chart.series.push_back(fold(groups, false));
  if (chart.series.front().points.size() == 1) {
    chart.mark = Mark::number;
    Series previous = fold(groups, true);
    if (!previous.points.empty()) {
      Point& before = previous.points.front();
      before.label = change_words(chart.series.front().points.front(), before);
      chart.series.push_back(std::move(previous));
    }
    return chart;
  }
  chart.mark = Mark::ranking;
  if (!unique_x(chart.series.front().points)) return std::nullopt;
  rank(chart);
  return chart;
}

double rate_of(const Table& table, size_t row, std::string_view column,
               double of) {
  const double count = table.cell(row, "count").number().value_or(0);
  return table.cell(row, column).number().value_or(of > 0 ? count / of : 0);
}

// "45.2 % of first, 60.1 % of previous"; nothing for the first step, and one
// share for the second, whose previous step is the first.
std::string step_label(const Table& table, size_t row,
                       const std::vector<Point>& before) {
  if (before.empty()) return "";
  const double first = before.front().y.value_or(0);
  const double last = before.back().y.value_or(0);
  std::string label =
      percent(rate_of(table, row, "conversion_rate", first)) + " of first";
  if (before.size() == 1) return label;
  return label + ", " +
         percent(rate_of(table, row, "step_conversion_rate", last)) +
         " of previous";
}

Point step_point(const Table& table, size_t row,
                 const std::vector<Point>& before) {
  const json::Value& count = table.cell(row, "count");
  const int64_t step = table.cell(row, "step")
                           .integer()
                           .value_or(static_cast<int64_t>(before.size()) + 1);
  return {.x = fmt::format("{}. {}", step,
                           table.cell(row, "event").text_or("(any event)")),
          .y = count.number(),
          .text = full_number(count),
          .label = step_label(table, row, before)};
}

std::optional<Chart> of_funnel(const Table& table) {
  Chart chart{.mark = Mark::funnel};
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::string name = table.cell(row, "breakdown").text_or("");
    auto found = std::ranges::find(chart.series, name, &Series::name);
    if (found == chart.series.end()) {
      chart.series.push_back({.name = name});
      found = std::prev(chart.series.end());
    }
    found->points.push_back(step_point(table, row, found->points));
  }
  if (chart.series.size() > most_funnels) {
    chart.notes.push_back(fmt::format("the first {} of {} groups are drawn",
                                      most_funnels, chart.series.size()));
    chart.series.resize(most_funnels);
  }
  return chart;
}

Series column_series(const Table& table, size_t x, size_t y) {
  Series series{.name = table.columns[y].name};
  for (const table::Row& row : table.rows) {
    series.points.push_back({.x = row[x].text_or(""),
                             .y = row[y].number(),
                             .text = full_number(row[y])});
  }
  return series;
}

// The columns of numbers that are no ids.
std::vector<size_t> number_columns(const Table& table) {
  std::vector<size_t> found;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    if (is_number(column.type) && !is_id(column.name)) found.push_back(i);
  }
  return found;
}

std::optional<Chart> line_of_rows(const Table& table,
                                  const std::vector<size_t>& numbers) {
  Chart chart;
  for (size_t column : numbers)
    chart.series.push_back(column_series(table, 0, column));
  if (!unique_x(chart.series.front().points)) return std::nullopt;
  if (chart.series.size() == 1) chart.y.title = chart.series.front().name;
  for (Series& series : chart.series)
    std::ranges::sort(series.points, {}, &Point::x);
  drop_midnights(chart.series);
  keep_largest(chart.series, table.additive, chart.notes);
  chart.x.scale = Scale::time;
  return chart;
}

std::optional<Chart> ranking_of_rows(const Table& table, size_t number) {
  const auto text =
      std::ranges::find(table.columns, Type::string, &table::Column::type);
  if (text == table.columns.end() || table.rows.size() < 2) return std::nullopt;
  Chart chart{.mark = Mark::ranking};
  const auto index =
      static_cast<size_t>(std::distance(table.columns.begin(), text));
  chart.series.push_back(column_series(table, index, number));
  // The same text twice: more than one column says what a row is about.
  if (!unique_x(chart.series.front().points)) return std::nullopt;
  chart.y.title = table.columns[number].name;
  rank(chart);
  return chart;
}

// The columns that whoever made the list calls its ranking.
std::optional<Chart> ranking_of_list(const Table& table) {
  if (!table.ranking || table.rows.empty()) return std::nullopt;
  const auto label = table.column(table.ranking->label);
  const auto value = table.column(table.ranking->value);
  if (!label || !value) return std::nullopt;
  Chart chart{.mark = Mark::ranking};
  chart.series.push_back(column_series(table, *label, *value));
  // Two bars of one name would be drawn as one.
  if (!unique_x(chart.series.front().points)) return std::nullopt;
  chart.y.title = table.ranking->value;
  rank(chart);
  return chart;
}

std::optional<Chart> of_rows(const Table& table) {
  if (!table.headline.empty() || table.ranking) return ranking_of_list(table);
  const auto numbers = number_columns(table);
  if (numbers.empty()) return std::nullopt;
  if (table.columns.size() == 1 && table.rows.size() == 1) {
    Chart chart{.mark = Mark::number};
    chart.series.push_back(column_series(table, 0, 0));
    return chart;
  }
  if (is_time(table.columns.front().type) && table.rows.size() > 1) {
    return line_of_rows(table, numbers);
  }
  return ranking_of_rows(table, numbers.front());
}

}  // namespace
}  // namespace claribi::chart
