// SPDX-License-Identifier: MIT
#include "table/build.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/clock.hpp"

namespace claribi::table {
namespace {

bool is_iso_date(std::string_view text) {
  return text.size() == 10 && parse_instant(text).has_value();
}

bool is_iso_date_time(std::string_view text) {
  return text.size() > 10 && parse_instant(text).has_value();
}

// The type of one cell; nothing for null, which fits every type.
std::optional<Type> cell_type(const json::Value& cell) {
  if (cell.is_null()) return std::nullopt;
  if (cell.is_bool()) return Type::boolean;
  if (auto number = cell.number_text()) {
    return number->find_first_of(".eE") == std::string_view::npos
               ? Type::integer
               : Type::number;
  }
  if (auto text = cell.string()) {
    if (is_iso_date(*text)) return Type::date;
    return is_iso_date_time(*text) ? Type::datetime : Type::string;
  }
  return Type::json;
}

// The type that has room for both.
Type common_type(Type a, Type b) {
  if (a == b) return a;
  const auto either = [&](Type type) { return a == type || b == type; };
  if (either(Type::json)) return Type::json;
  if (either(Type::integer) && either(Type::number)) return Type::number;
  return Type::string;
}

void add_element(Table& table, const json::Value& element) {
  Row row(table.columns.size());
  const auto place = [&](std::string_view name) -> json::Value& {
    auto index = table.column(name);
    if (!index) {
      index = table.columns.size();
      table.columns.push_back({std::string(name)});
      row.emplace_back();
    }
    return row[*index];
  };
  if (element.is_object()) {
    for (const json::Member& member : element.members()) {
      place(member.name) = member.value;
    }
  } else {
    place("value") = element;
  }
  table.rows.push_back(std::move(row));
}

}  // namespace

Table from_objects(const json::Array& elements) {
  Table table;
  for (const json::Value& element : elements)
    add_element(table, element);
  // A name may first be seen in a late row: earlier rows are then short.
  for (Row& row : table.rows)
    row.resize(table.columns.size());
  infer_types(table);
  return table;
}

Table from_rows(const std::vector<std::string>& names,
                const json::Array& rows) {
  Table table;
  for (const std::string& name : names)
    table.columns.push_back({name});
  for (const json::Value& cells : rows) {
    Row row(cells.items());
    row.resize(names.size());
    table.rows.push_back(std::move(row));
  }
  infer_types(table);
  return table;
}

Table from_object(const json::Value& object) {
  Table table = from_objects({object});
  table.shape = Shape::record;
  return table;
}

void append(Table& table, const Table& more) {
  std::vector<size_t> places;
  for (const Column& column : more.columns) {
    auto place = table.column(column.name);
    if (!place) {
      place = table.columns.size();
      table.columns.push_back(column);
    }
    places.push_back(*place);
  }
  for (Row& row : table.rows)
    row.resize(table.columns.size());
  for (const Row& cells : more.rows) {
    Row row(table.columns.size());
    for (size_t i = 0; i < places.size(); ++i)
      row[places[i]] = cells[i];
    table.rows.push_back(std::move(row));
  }
  table.truncated |= more.truncated;
  infer_types(table);
}

void infer_types(Table& table) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    std::optional<Type> type;
    for (const Row& row : table.rows) {
      const auto next = cell_type(row[i]);
      if (next) type = type ? common_type(*type, *next) : *next;
    }
    table.columns[i].type = type.value_or(Type::string);
  }
}

}  // namespace claribi::table
