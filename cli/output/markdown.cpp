// SPDX-License-Identifier: MIT
// A table of GitHub's Markdown, with the sentences of an answer above it.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "cli/output/cells.hpp"
#include "cli/output/formats.hpp"

namespace claribi::cli {
namespace {

// An underscore there is no mark: signed_up.
bool is_inside_word(std::string_view text, size_t at) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  };
  return at > 0 && at + 1 < text.size() && is_word(text[at - 1]) &&
         is_word(text[at + 1]);
}

// Texts of a server stay texts: nothing in them is markup, a link or a new
// cell.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view marks = "\\|*`[]<>&~";
  const bool is_formula = std::ranges::count(text, '$') > 1;
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
      continue;
    }
    if (marks.contains(c) || (c == '$' && is_formula) ||
        (c == '_' && !is_inside_word(text, i))) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

std::string cell_text(const json::Value& cell) {
  return markdown_text(plain_cell(cell));
}

bool is_numeric(table::Type type) {
  return type == table::Type::integer || type == table::Type::number;
}

std::string table_lines(const table::Table& table) {
  std::string names = "|";
  std::string rules = "|";
  for (const table::Column& column : table.columns) {
    names += ' ' + markdown_text(column.name) + " |";
    rules += is_numeric(column.type) ? " ---: |" : " --- |";
  }
  std::string out = names + '\n' + rules + '\n';
  for (const table::Row& row : table.rows) {
    out += '|';
    for (const json::Value& cell : row)
      out += ' ' + cell_text(cell) + " |";
    out += '\n';
  }
  return out;
}

}  // namespace

Result<std::string> write_markdown(const Document& document,
                                   const FormatOptions& options) {
  std::string out;
  if (document.answer) {
    for (const std::string& sentence : document.answer->sentences)
      out += markdown_text(sentence) + "\n";
  }
  if (!document.table.columns.empty()) {
    if (!out.empty()) out += '\n';
    out += table_lines(document.table);
  }
  return guard_terminal(std::move(out), options.screen);
}

}  // namespace claribi::cli
