// SPDX-License-Identifier: MIT
#include "cli/output/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "cli/output/cells.hpp"

namespace claribi::cli {
namespace {

using table::Table;

constexpr size_t gap = 2;
constexpr size_t narrowest_text = 8;
constexpr size_t widest_prose = 100;

// On a terminal that cannot show it, nothing beyond ASCII is sent.
std::string shown(std::string_view text, const Screen& screen) {
  return chart::show(text, screen.unicode || !screen.terminal);
}

// On a terminal a long fraction is rounded for the eye.
std::string number_text(const json::Value& cell, const Screen& screen) {
  std::string spelled(cell.number_text().value_or(""));
  const size_t point = spelled.find('.');
  const auto value = cell.number();
  const bool is_long = point != std::string::npos && spelled.size() - point > 5;
  if (!screen.terminal || !is_long || !value || std::abs(*value) < 0.001 ||
      std::abs(*value) >= 1e15) {
    return spelled;
  }
  return fmt::format("{:.4f}", *value);
}

std::string cell_text(const json::Value& cell, const Screen& screen) {
  if (cell.is_number()) return number_text(cell, screen);
  return shown(plain_cell(cell), screen);
}

// The texts of a table and how wide its columns are to be.
struct Layout {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> numeric;
  std::vector<size_t> width;
  std::vector<size_t> least;
};

Layout lay_out(const Table& table, const Screen& screen) {
  const size_t columns = table.columns.size();
  Layout layout{.names = {},
                .rows = {},
                .numeric = std::vector<bool>(columns, !table.rows.empty()),
                .width = std::vector<size_t>(columns),
                .least = {}};
  for (const table::Row& row : table.rows) {
    std::vector<std::string> texts;
    for (size_t i = 0; i < columns; ++i) {
      texts.push_back(cell_text(row[i], screen));
      layout.width[i] = std::max(layout.width[i], display_width(texts.back()));
      if (!row[i].is_number() && !row[i].is_null()) layout.numeric[i] = false;
    }
    layout.rows.push_back(std::move(texts));
  }
  for (size_t i = 0; i < columns; ++i) {
    layout.names.push_back(shown(table.columns[i].name, screen));
    const size_t name = display_width(layout.names.back());
    const size_t cells = layout.width[i];
    layout.width[i] = std::max(cells, name);
    layout.least.push_back(layout.numeric[i]
                               ? std::max(cells, std::min<size_t>(name, 4))
                               : std::min(layout.width[i], narrowest_text));
  }
  return layout;
}

size_t total(const std::vector<size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(),
                         gap * (widths.size() - 1));
}

// Takes columns from the widest until all fit; false if they never will.
bool shrink(Layout& layout, size_t width) {
  if (total(layout.least) > width) return false;
  for (size_t now = total(layout.width); now > width; --now) {
    size_t widest = layout.width.size();
    for (size_t i = 0; i < layout.width.size(); ++i) {
      if (layout.width[i] <= layout.least[i]) continue;
      if (widest == layout.width.size() ||
          layout.width[i] > layout.width[widest]) {
        widest = i;
      }
    }
    --layout.width[widest];
  }
  return true;
}

void add_line(std::string& out, const std::vector<std::string>& texts,
              const Layout& layout, bool unicode) {
  std::string line;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) line.append(gap, ' ');
    std::string text = fit_width(texts[i], layout.width[i], unicode);
    line += layout.numeric[i]
                ? chart::pad_left(std::move(text), layout.width[i])
                : chart::pad_right(std::move(text), layout.width[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
}

// Continues below the first line's text.
std::string indented(const std::string& text, size_t width) {
  std::string out;
  for (char c : text) {
    out += c;
    if (c == '\n') out.append(width, ' ');
  }
  return out;
}

void add_block(std::string& out, const Layout& layout,
               const std::vector<std::string>& row, const Screen& screen) {
  size_t widest = 0;
  for (const std::string& name : layout.names)
    widest = std::max(widest, display_width(name));
  if (screen.terminal) {
    widest = std::min(widest, std::max<size_t>(screen.width / 3, 1));
  }
  const size_t before = widest + 1 + gap;
  for (size_t i = 0; i < layout.names.size(); ++i) {
    std::string value = row[i];
    if (screen.terminal && screen.width > before) {
      value = indented(chart::wrap(value, screen.width - before), before);
    }
    std::string line = chart::pad_right(
        fit_width(layout.names[i], widest, screen.unicode) + ":", before);
    line += value;
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
}

std::string blocks(const Table& table, const Screen& screen) {
  const Layout layout = lay_out(table, screen);
  std::string out;
  for (const auto& row : layout.rows) {
    if (!out.empty()) out += '\n';
    add_block(out, layout, row, screen);
  }
  return out;
}

std::string columns(const Table& table, const Screen& screen) {
  Layout layout = lay_out(table, screen);
  if (screen.terminal && !shrink(layout, screen.width)) {
    return blocks(table, screen);
  }
  std::string out;
  add_line(out, layout.names, layout, screen.unicode);
  for (const auto& row : layout.rows)
    add_line(out, row, layout, screen.unicode);
  return out;
}

// Several lines, safe, and in the width of the terminal.
std::string paragraph(std::string_view text, const Screen& screen) {
  std::string out;
  for (const std::string& line : split(trim(text), '\n')) {
    std::string wide;
    for (char c : line) {
      if (c == '\t') {
        wide += "    ";
      } else if (c != '\r') {
        wide += c;
      }
    }
    const std::string safe = shown(wide, screen);
    out += screen.terminal
               ? chart::wrap(safe, std::min(screen.width, widest_prose))
               : safe;
    out += '\n';
  }
  return out;
}

std::string prose(const Table& table, const Screen& screen) {
  std::string out;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (!out.empty()) out += '\n';
    const std::string text = plain_cell(table.cell(row, "text"));
    std::string head;
    for (const char* name : {"title", "url"}) {
      const std::string words = plain_cell(table.cell(row, name));
      if (!words.empty()) head += paragraph(words, screen);
    }
    out += head;
    if (!head.empty() && !text.empty()) out += '\n';
    if (!text.empty()) out += paragraph(text, screen);
  }
  return out;
}

}  // namespace

std::string table_text(const Table& table, const Screen& screen) {
  if (table.rows.empty() || table.columns.empty()) return "(no rows)\n";
  switch (table.shape) {
    case table::Shape::record:
      return blocks(table, screen);
    case table::Shape::prose:
      return prose(table, screen);
    default:
      return columns(table, screen);
  }
}

}  // namespace claribi::cli
