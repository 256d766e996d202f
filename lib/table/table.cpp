// SPDX-License-Identifier: MIT
#include "table/table.hpp"

#include <utility>

namespace claribi::table {

std::string_view type_name(Type type) {
  switch (type) {
    case Type::string:
      return "string";
    case Type::integer:
      return "integer";
    case Type::number:
      return "number";
    case Type::boolean:
      return "boolean";
    case Type::date:
      return "date";
    case Type::datetime:
      return "datetime";
    case Type::json:
      return "json";
  }
  std::unreachable();
}

std::optional<size_t> Table::column(std::string_view name) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  return std::nullopt;
}

const json::Value& Table::cell(size_t row, std::string_view name) const {
  static const json::Value missing;
  const auto index = column(name);
  if (!index || row >= rows.size()) return missing;
  return rows[row][*index];
}

}  // namespace claribi::table
