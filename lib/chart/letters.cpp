// SPDX-License-Identifier: MIT
#include "chart/letters.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace claribi::chart {
namespace {

// The first byte of a character, as opposed to one that continues it.
bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 3>
    plain_signs{{{"→", "->"}, {"–", "-"}, {" · ", ", "}}};

void replace_all(std::string& text, std::string_view what,
                 std::string_view with) {
  for (size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// The longest end of the text in at most `width` columns.
std::string_view tail(std::string_view text, size_t width) {
  size_t start = text.size();
  for (size_t i = text.size(); i-- > 0;) {
    if (!starts_character(text[i])) continue;
    if (display_width(text.substr(i)) > width) break;
    start = i;
  }
  return text.substr(start);
}

// The longest front of the text in at most `width` columns, and at least one
// character, so that breaking a text comes to an end.
std::string_view head(std::string_view text, size_t width) {
  size_t end = 0;
  for (size_t i = 1; i <= text.size(); ++i) {
    if (i < text.size() && !starts_character(text[i])) continue;
    if (end > 0 && display_width(text.substr(0, i)) > width) break;
    end = i;
  }
  return text.substr(0, end);
}

// Appends one line of the input, broken.
void wrap_line(std::string& out, std::string_view line, size_t width) {
  while (display_width(line) > width) {
    std::string_view front = head(line, width);
    const size_t blank = line.substr(0, front.size() + 1).rfind(' ');
    const bool at_blank = blank != std::string_view::npos && blank > 0;
    if (at_blank) front = line.substr(0, blank);
    out += front;
    line.remove_prefix(front.size() + (at_blank ? 1 : 0));
    if (line.empty()) return;
    out += '\n';
  }
  out += line;
}

}  // namespace

std::string show(std::string_view text, bool unicode) {
  std::string safe = escape_terminal_line(text);
  if (unicode) return safe;
  // What stands between our own words has a form in ASCII.
  for (const auto& [sign, plain] : plain_signs)
    replace_all(safe, sign, plain);
  std::string out;
  for (char c : safe) {
    if (static_cast<unsigned char>(c) < 0x80) {
      out += c;
    } else if (starts_character(c)) {
      out += '?';
    }
  }
  return out;
}

std::string pad_right(std::string text, size_t width) {
  text.append(width - std::min(width, display_width(text)), ' ');
  return text;
}

std::string pad_left(std::string text, size_t width) {
  text.insert(0, width - std::min(width, display_width(text)), ' ');
  return text;
}

std::string fit_middle(std::string_view text, size_t width, bool unicode) {
  // In a few columns the start says more than both ends.
  if (display_width(text) <= width || width < 8) {
    return fit_width(text, width, unicode);
  }
  const size_t behind = (width - 1) / 2;
  return fit_width(text, width - behind, unicode) +
         std::string(tail(text, behind));
}

std::string wrap(std::string_view text, size_t width) {
  std::string out;
  const auto lines = split(text, '\n');
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    wrap_line(out, lines[i], std::max<size_t>(width, 1));
  }
  return out;
}

}  // namespace claribi::chart
