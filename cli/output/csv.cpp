// SPDX-License-Identifier: MIT
// RFC 4180, but for the line ends: what reads a pipe expects a line feed. A
// reader of the RFC takes it as well.
#include <string>
#include <utility>

#include "base/text.hpp"
#include "cli/output/cells.hpp"
#include "cli/output/formats.hpp"

namespace claribi::cli {
namespace {

// Only texts can be formulas: a number or null never gets a quote in front.
std::string cell_text(const json::Value& cell, char separator) {
  if (auto text = cell.string()) {
    return csv_cell(guard_formula(*text), separator);
  }
  return csv_cell(plain_cell(cell), separator);
}

void end_line(std::string& out, std::string line) {
  // An empty line is skipped by many readers; a record with one empty cell is
  // not an empty line.
  out += line.empty() ? "\"\"" : std::move(line);
  out += '\n';
}

std::string write_separated(const Document& document,
                            const FormatOptions& options, char separator) {
  const table::Table& table = document.table;
  std::string out;
  if (table.columns.empty()) return out;
  if (options.header) {
    std::string line;
    for (const table::Column& column : table.columns) {
      if (&column != &table.columns.front()) line += separator;
      line += csv_cell(guard_formula(column.name), separator);
    }
    end_line(out, std::move(line));
  }
  for (const table::Row& row : table.rows) {
    std::string line;
    for (const json::Value& cell : row) {
      if (&cell != &row.front()) line += separator;
      line += cell_text(cell, separator);
    }
    end_line(out, std::move(line));
  }
  return guard_terminal(std::move(out), options.screen);
}

}  // namespace

Result<std::string> write_csv(const Document& document,
                              const FormatOptions& options) {
  return write_separated(document, options, ',');
}

Result<std::string> write_tsv(const Document& document,
                              const FormatOptions& options) {
  return write_separated(document, options, '\t');
}

}  // namespace claribi::cli
