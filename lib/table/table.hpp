// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "json/value.hpp"
#include "table/shape.hpp"

namespace claribi::table {

enum class Type { string, integer, number, boolean, date, datetime, json };

// "string", "integer", ... as `columns` of the JSON output spells them.
std::string_view type_name(Type type);

struct Column {
  std::string name;
  Type type = Type::string;
};

using Row = std::vector<json::Value>;

// Two columns that rank the rows of a list: what a row is called and how much
// of it there is.
struct Ranking {
  std::string label;
  std::string value;
};

// Named, typed columns and rows: the one shape behind every format. A cell is
// a JSON value; null means "no value". Every row has a cell for each column.
struct Table {
  Shape shape = Shape::rows;
  std::vector<Column> columns = {};
  std::vector<Row> rows = {};
  // The columns that a drawn table shows, in this order; empty: all of them.
  std::vector<std::string> headline = {};
  // What bars of a list would show. A list with a headline but without a
  // ranking is no chart.
  std::optional<Ranking> ranking = {};
  // The values of different rows may be added up: counts and sums, not unique
  // users or averages. Of a retention: nobody is in two cohorts.
  bool additive = false;
  // Stickiness: a row holds those of the rows after it as well.
  bool cumulative = false;
  // What buckets, cohorts and intervals are one of, where that is known.
  std::optional<Unit> unit = {};
  // Distribution: the mean that came with it, in seconds; else null.
  json::Value average_seconds = {};
  // What a reader has to know, in words: "the last bucket is not over yet".
  std::vector<std::string> notes = {};
  // The server holds more than is here.
  bool truncated = false;

  [[nodiscard]] std::optional<size_t> column(std::string_view name) const;
  // The cell of that row and column; null if there is no such column.
  [[nodiscard]] const json::Value& cell(size_t row,
                                        std::string_view name) const;
};

}  // namespace claribi::table
