// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <utf8proc.h>

namespace claribi {
namespace {

// One decoded character. `valid` is false for a byte that starts no character.
struct Character {
  char32_t code = 0;
  size_t size = 1;
  bool valid = false;
};

Character first_character(std::string_view text) {
  utf8proc_int32_t code = -1;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {static_cast<unsigned char>(text.front()), 1, false};
  return {static_cast<char32_t>(code), static_cast<size_t>(size), true};
}

bool between(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

// What a terminal would act on, or what would hide or reorder text.
bool acts_on_terminal(char32_t code) {
  return code < 0x20 || between(code, 0x7f, 0x9f) ||
         between(code, 0x200b, 0x200f) || between(code, 0x2028, 0x202e) ||
         between(code, 0x2060, 0x2069) || code == 0x061c || code == 0xfeff ||
         between(code, 0xe0000, 0xe007f);
}

std::string escape(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character next = first_character(text);
    const bool layout = next.code == '\n' || next.code == '\t';
    const bool kept =
        next.valid && (!acts_on_terminal(next.code) || (layout && keep_lines));
    if (kept) {
      out += text.substr(0, next.size);
    } else if (next.code < 0x100) {
      // A control character, or a byte that starts no character.
      out += fmt::format("\\x{:02x}", static_cast<uint32_t>(next.code));
    } else {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(next.code));
    }
    text.remove_prefix(next.size);
  }
  return out;
}

// Takes the digits at the front of `text`; false if there are none.
bool take_digits(std::string_view& text) {
  const size_t size =
      std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(size);
  return size > 0;
}

bool take_any(std::string_view& text, std::string_view wanted) {
  if (text.empty() || !wanted.contains(text.front())) return false;
  text.remove_prefix(1);
  return true;
}

// "-1", "+.5", "-1.5e3": a number, and not "-1+2", which is a formula.
bool is_plain_number(std::string_view text) {
  (void)take_any(text, "+-");
  bool digits = take_digits(text);
  if (take_any(text, ".")) digits = take_digits(text) || digits;
  if (digits && take_any(text, "eE")) {
    (void)take_any(text, "+-");
    digits = take_digits(text);
  }
  return digits && text.empty();
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  return escape(text, true);
}

std::string escape_terminal_line(std::string_view text) {
  return escape(text, false);
}

std::string csv_cell(std::string_view text, char separator) {
  const std::array<char, 4> special{separator, '"', '\n', '\r'};
  const std::string_view unsafe(special.data(), special.size());
  const bool outer_blank =
      !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!outer_blank && text.find_first_of(unsafe) == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string guard_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 11> starts{
      "=",  "+",  "-",  "@", "\t", "\r", std::string_view("\0", 1),
      "＝", "＋", "－", "＠"};
  const bool formula = std::ranges::any_of(
      starts, [&](std::string_view start) { return text.starts_with(start); });
  if (!formula || is_plain_number(text)) return std::string(text);
  return "'" + std::string(text);
}

size_t display_width(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    const int columns =
        next.valid ? utf8proc_charwidth(static_cast<int32_t>(next.code)) : 1;
    width += static_cast<size_t>(std::max(columns, 0));
    text.remove_prefix(next.size);
  }
  return width;
}

std::string fit_width(std::string_view text, size_t width, bool unicode) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::string out;
  size_t used = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    const size_t columns = display_width(text.substr(0, next.size));
    if (used + columns > width - 1) break;
    out += text.substr(0, next.size);
    used += columns;
    text.remove_prefix(next.size);
  }
  return out + (unicode ? "…" : "~");
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string>& parts,
                 std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string group_digits(std::string_view number) {
  const size_t first = number.starts_with('-') ? 1 : 0;
  const size_t end = std::min(number.find_first_of(".eE"), number.size());
  std::string out(number.substr(0, first));
  for (size_t i = first; i < end; ++i) {
    if (i > first && (end - i) % 3 == 0) out += ',';
    out += number[i];
  }
  return out + std::string(number.substr(end));
}

size_t edit_distance(std::string_view a, std::string_view b) {
  const std::string x = lower(a);
  const std::string y = lower(b);
  // Rows i-2, i-1 and i of the Damerau-Levenshtein table.
  std::vector<size_t> before(y.size() + 1);
  std::vector<size_t> above(y.size() + 1);
  std::vector<size_t> row(y.size() + 1);
  for (size_t j = 0; j <= y.size(); ++j)
    above[j] = j;
  for (size_t i = 1; i <= x.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= y.size(); ++j) {
      const size_t change = x[i - 1] == y[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[y.size()];
}

std::vector<std::string> nearest(std::string_view wanted,
                                 const std::vector<std::string>& names,
                                 size_t most) {
  std::vector<std::pair<size_t, std::string>> alike;
  const std::string folded = lower(wanted);
  for (const std::string& name : names) {
    const std::string other = lower(name);
    size_t distance = edit_distance(folded, other);
    const bool part = folded.size() >= 3 &&
                      (other.contains(folded) || folded.contains(other));
    if (part) distance = std::min<size_t>(distance, 2);
    const size_t allowed = std::max<size_t>(2, wanted.size() / 3);
    if (distance <= allowed) alike.emplace_back(distance, name);
  }
  std::ranges::sort(alike);
  std::vector<std::string> best;
  for (auto& [distance, name] : alike) {
    if (best.size() == most) break;
    best.push_back(std::move(name));
  }
  return best;
}

}  // namespace claribi
