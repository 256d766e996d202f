// SPDX-License-Identifier: MIT
// How often people come, and which way they take.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "source/posthog/insight_cells.hpp"
#include "source/posthog/insights.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

constexpr int64_t default_edge_limit = 50;

json::Value divided(const json::Value& value, double by) {
  const auto number = value.number();
  if (!number || by == 0) return {};
  return *number / by;
}

// Each row holds those of the rows after it too.
bool is_cumulative(const json::Value& results, const json::Value& query) {
  if (query["stickinessFilter"]["computedAs"].string() == "cumulative") {
    return true;
  }
  const std::string label = results.at(0)["labels"].at(0).text_or("");
  return label.ends_with("or more");
}

// All who did it at least once.
double people_of(const json::Value& data, bool cumulative) {
  if (cumulative) return data.at(0).number().value_or(0);
  double people = 0;
  for (const json::Value& value : data.items())
    people += value.number().value_or(0);
  return people;
}

Result<void> add_series(Table& table, const json::Array& all,
                        const json::Value& series, SeriesColumns columns) {
  const json::Value& days = series["days"];
  const json::Value& data = series["data"];
  if (days.size() != 0 && days.size() != data.size()) {
    return fail(
        ErrorKind::protocol,
        fmt::format("the stickiness result has {} intervals but {} values",
                    days.size(), data.size()));
  }
  const double people = people_of(data, table.cumulative);
  for (size_t i = 0; i < data.size(); ++i) {
    table::Row row;
    add_series_cells(row, all, series, columns);
    row.emplace_back(
        days.at(i).integer().value_or(static_cast<int64_t>(i) + 1));
    row.push_back(data.at(i));
    row.push_back(divided(data.at(i), people));
    table.rows.push_back(std::move(row));
  }
  return {};
}

// "2_https://example.com/pricing" is step 2.
struct Node {
  json::Value step = {};
  std::string name;
};

Node read_node(const std::string& text) {
  const size_t digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos || digits > 6 ||
      text[digits] != '_') {
    return {.name = text};
  }
  return {json::Number{std::to_string(std::stoi(text.substr(0, digits)))},
          text.substr(digits + 1)};
}

}  // namespace

Result<Table> decode_stickiness(const json::Value& results,
                                const json::Value& query) {
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the stickiness result is not a list");
  }
  Table table{.shape = Shape::stickiness,
              .cumulative = is_cumulative(results, query),
              .unit = unit_named(query["interval"].text_or("day"))};
  // Seven days at a time are no days.
  if (query["intervalCount"].integer().value_or(1) != 1) table.unit.reset();
  const json::Array& series = results.items();
  const SeriesColumns columns = needed_columns(series);
  add_series_columns(table, columns);
  table.columns.push_back({"intervals", Type::integer});
  table.columns.push_back({"value", Type::number});
  table.columns.push_back({"share", Type::number});
  for (const json::Value& one : series)
    CLARIBI_TRY(add_series(table, series, one, columns));
  return table;
}

Result<Table> decode_paths(const json::Value& results,
                           const json::Value& query) {
  if (!results.is_array()) {
    return fail(ErrorKind::protocol, "the paths result is not a list");
  }
  Table table{.shape = Shape::paths};
  table.columns = {{"step", Type::integer},
                   {"source", Type::string},
                   {"target", Type::string},
                   {"value", Type::integer},
                   {"average_seconds", Type::number}};
  for (const json::Value& edge : results.items()) {
    const Node source = read_node(edge["source"].text_or(""));
    const Node target = read_node(edge["target"].text_or(""));
    table.rows.push_back({source.step, source.name, target.name, edge["value"],
                          divided(edge["average_conversion_time"], 1000)});
  }
  std::ranges::stable_sort(
      table.rows, std::ranges::greater{},
      [](const table::Row& row) { return row[3].number().value_or(0); });
  const int64_t limit =
      query["pathsFilter"]["edgeLimit"].integer().value_or(default_edge_limit);
  if (std::cmp_greater_equal(table.rows.size(), limit)) {
    table.truncated = true;
    table.notes.push_back(
        fmt::format("only the {} most taken ways are listed", limit));
  }
  return table;
}

}  // namespace claribi::source::posthog
