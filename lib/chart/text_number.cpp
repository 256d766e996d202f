// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "chart/text_parts.hpp"

namespace claribi::chart {
namespace {

constexpr size_t rows = 3;

struct Glyph {
  char letter = ' ';
  std::array<std::string_view, rows> lines;
};

constexpr std::array<Glyph, 15> glyphs{{
    {'0', {"┏━┓", "┃ ┃", "┗━┛"}},
    {'1', {"╺┓ ", " ┃ ", "╺┻╸"}},
    {'2', {"╺━┓", "┏━┛", "┗━╸"}},
    {'3', {"╺━┓", "╺━┫", "╺━┛"}},
    {'4', {"╻ ╻", "┗━┫", "  ╹"}},
    {'5', {"┏━╸", "┗━┓", "╺━┛"}},
    {'6', {"┏━╸", "┣━┓", "┗━┛"}},
    {'7', {"╺━┓", "  ┃", "  ╹"}},
    {'8', {"┏━┓", "┣━┫", "┗━┛"}},
    {'9', {"┏━┓", "┗━┫", "╺━┛"}},
    {',', {" ", " ", "╻"}},
    {'.', {" ", " ", "▪"}},
    {'-', {"  ", "╺╸", "  "}},
    {'%', {"▪ ╻", " ╻╹", "╹ ▪"}},
    {' ', {" ", " ", " "}},
}};

const Glyph* glyph_of(char letter) {
  const auto* found = std::ranges::find(glyphs, letter, &Glyph::letter);
  return found == glyphs.end() ? nullptr : found;
}

// The text in letters of three lines; empty if one is missing.
std::array<std::string, rows> enlarge(std::string_view text) {
  std::array<std::string, rows> lines;
  for (char letter : text) {
    const Glyph* glyph = glyph_of(letter);
    if (glyph == nullptr) return {};
    for (size_t i = 0; i < rows; ++i) {
      if (!lines[i].empty()) lines[i] += ' ';
      lines[i] += glyph->lines[i];
    }
  }
  return lines;
}

// A number is never cut: where it does not fit, it goes on below.
std::string plain_lines(std::string_view text, const TextOptions& options) {
  const size_t indent = options.width > 8 ? 2 : 0;
  const std::string safe = show(text, options.unicode);
  std::string out;
  for (const std::string& line :
       split(wrap(safe, options.width - indent), '\n')) {
    out += std::string(indent, ' ') + line + "\n";
  }
  return out;
}

}  // namespace

std::string draw_number(const Chart& chart, const TextOptions& options) {
  const Point& point = chart.series.front().points.front();
  std::string out;
  const auto lines = enlarge(point.text);
  const size_t width = display_width(lines.front()) + 2;
  if (options.unicode && width > 2 && width <= options.width) {
    for (const std::string& line : lines)
      out += "  " + painted(line, chart, 0, options) + "\n";
  } else {
    out += plain_lines(point.text, options);
  }
  const std::string before = previous_words(chart);
  if (!before.empty()) out += "\n" + plain_lines(before, options);
  return out;
}

}  // namespace claribi::chart
