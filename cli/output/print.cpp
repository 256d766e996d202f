// SPDX-License-Identifier: MIT
#include "cli/output/print.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/output/formats.hpp"

namespace claribi::cli {
namespace {

std::unexpected<Error> unknown_column(const table::Table& table,
                                      const std::string& name) {
  std::vector<std::string> names;
  names.reserve(table.columns.size());
  for (const table::Column& column : table.columns) {
    names.push_back(column.name);
  }
  std::vector<std::string> hints;
  const auto alike = nearest(name, names, 1);
  if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
  hints.push_back("the columns are: " + join(names, ", "));
  return fail(
      ErrorKind::usage,
      fmt::format("there is no column '{}'", escape_terminal_line(name)),
      std::move(hints));
}

// The table with those columns only, in that order.
Result<table::Table> select(table::Table table,
                            const std::vector<std::string>& names) {
  std::vector<size_t> places;
  std::vector<table::Column> columns;
  for (const std::string& name : names) {
    const auto place = table.column(name);
    if (!place) return unknown_column(table, name);
    places.push_back(*place);
    columns.push_back(table.columns[*place]);
  }
  for (table::Row& row : table.rows) {
    table::Row picked;
    for (const size_t place : places)
      picked.push_back(row[place]);
    row = std::move(picked);
  }
  table.columns = std::move(columns);
  return table;
}

Result<std::string> write(Document document, const Format& format,
                          const Settings& settings, const Screen& screen) {
  auto& table = document.table;
  if (settings.limit && std::cmp_less(*settings.limit, table.rows.size())) {
    table.rows.resize(static_cast<size_t>(*settings.limit));
    table.truncated = true;
  }
  std::vector<std::string> names = table.headline;
  const bool drawn = format.name == "text";
  if (settings.columns) names = split(*settings.columns, ',');
  if (settings.columns || (drawn && !names.empty())) {
    CLARIBI_TRY_ASSIGN(table, select(std::move(table), names));
  }
  return format.write(document,
                      {.header = !settings.no_header, .screen = screen});
}

}  // namespace

Result<std::optional<JqProgram>> jq_program(const Settings& settings) {
  if (!settings.jq) return std::nullopt;
  if (settings.format.value_or("json") != "json") {
    return fail(ErrorKind::usage,
                fmt::format("--jq reads the json format, not {}",
                            escape_terminal_line(*settings.format)),
                {"leave out --format"});
  }
  CLARIBI_TRY_ASSIGN(JqProgram program, JqProgram::compile(*settings.jq));
  return std::optional<JqProgram>(std::move(program));
}

Result<std::string> document_text(Document document, const Settings& settings,
                                  const Screen& screen) {
  const bool drawn = screen.terminal && !settings.jq;
  CLARIBI_TRY_ASSIGN(
      const Format* format,
      find_format(settings.format.value_or(drawn ? "text" : "json")));
  return write(std::move(document), *format, settings, screen);
}

Result<void> send(std::string_view text, const Settings& settings, Io& io) {
  if (!settings.output) return io.out(text);
  return io.save(*settings.output, text);
}

}  // namespace claribi::cli
