// SPDX-License-Identifier: MIT
#include "cli/output/cells.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace claribi::cli {

std::string plain_cell(const json::Value& cell) {
  if (auto text = cell.string()) return std::string(*text);
  return cell.is_null() ? "" : json::compact(cell);
}

std::vector<std::string> member_names(const table::Table& table) {
  std::vector<std::string> names;
  for (const table::Column& column : table.columns) {
    std::string name = column.name;
    for (int copy = 2; std::ranges::find(names, name) != names.end(); ++copy)
      name = fmt::format("{}_{}", column.name, copy);
    names.push_back(std::move(name));
  }
  return names;
}

json::Value row_object(const std::vector<std::string>& names,
                       const table::Row& row) {
  json::Object object;
  for (size_t i = 0; i < names.size() && i < row.size(); ++i)
    object.push_back({names[i], row[i]});
  return object;
}

std::string guard_terminal(std::string text, const Screen& screen) {
  if (screen.terminal) text = escape_terminal(text);
  return text;
}

}  // namespace claribi::cli
