// SPDX-License-Identifier: MIT
// What the printer makes of a piece of HogQL, and the tables and functions
// that it knows. Only what is named here can reach the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/project.hpp"
#include "demo/sql_parts.hpp"

namespace claribi::demo::hogql {

// How SQLite holds a value and how it is shown.
enum class Type {
  unknown,
  boolean,  // 1 or 0.
  integer,
  real,
  text,
  date,  // Text: "2026-09-01".
  time,  // Milliseconds since 1970.
  interval,
};

// As ClickHouse calls it.
std::string_view type_name(Type type);

struct Piece {
  std::string sql = {};
  Type type = Type::unknown;
  // The string or number, if it is one literal.
  std::optional<std::string> literal = {};
  // A column of ids that has one value for each value of this one.
  std::string identity = {};
  std::string unit = {};  // Of an interval.
};

struct Column {
  std::string name;
  Piece piece;
};

// The columns of events ("e"), persons ("p") and sessions ("s").
const std::vector<std::string>& table_names();
bool is_table(std::string_view name);
// "events e" with what is visible of it: nothing after now.
std::string table_sql(std::string_view table, Parameters& parameters,
                      int64_t now);
// The plain columns, for SELECT * and for suggestions.
std::vector<Column> table_columns(std::string_view table,
                                  Parameters& parameters);
// A column or a property by its path, without the table's name.
std::optional<Piece> table_column(std::string_view table,
                                  const std::vector<std::string>& path,
                                  const Project& project,
                                  Parameters& parameters);

// What a function needs beside its arguments.
struct Call {
  std::string name = {};  // As it was written.
  std::vector<Piece> args = {};
  std::vector<Piece> parameters = {};
  bool distinct = false;
  bool star = false;           // count(*)
  std::string condition = {};  // Of the -If forms.
  Parameters& bound;
  int64_t now = 0;
  std::string today = {};
};

// Whether the name (any case, -If or not) is of an aggregate function.
bool is_aggregate(std::string_view name);
// Whether its last argument is a condition: countIf, sumIf, ...
bool is_conditional(std::string_view name);
// Fails (tool_error) for names and numbers of arguments that are not known.
[[nodiscard]] Result<Piece> call_sql(const Call& call);

// The piece as a time or a date, if it can be one. A literal that is none
// fails (tool_error).
[[nodiscard]] Result<Piece> as_time(const Piece& piece, Parameters& parameters);

// "Did you mean" for a name; empty if nothing is alike.
std::string suggestion(std::string_view wanted,
                       const std::vector<std::string>& known);

}  // namespace claribi::demo::hogql
