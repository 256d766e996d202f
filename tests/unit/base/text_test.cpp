// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "doctest/doctest.h"

using namespace claribi;

namespace {

std::string utf8(char32_t code) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xc0 | code >> 6), byte(0x80 | (code & 63))};
  if (code < 0x10000) {
    return {byte(0xe0 | code >> 12), byte(0x80 | (code >> 6 & 63)),
            byte(0x80 | (code & 63))};
  }
  return {byte(0xf0 | code >> 18), byte(0x80 | (code >> 12 & 63)),
          byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63))};
}

std::string random_bytes(std::mt19937& random) {
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<size_t> size(0, 40);
  std::string text(size(random), '\0');
  for (char& c : text)
    c = static_cast<char>(byte(random));
  return text;
}

}  // namespace

TEST_CASE("every C0 control and DEL becomes visible") {
  for (char32_t code = 0; code < 0x20; ++code) {
    const std::string text = utf8(code);
    const std::string escaped =
        fmt::format("\\x{:02x}", static_cast<unsigned>(code));
    CAPTURE(escaped);
    CHECK(escape_terminal_line(text) == escaped);
    const bool layout = code == '\n' || code == '\t';
    CHECK(escape_terminal(text) == (layout ? text : escaped));
  }
  CHECK(escape_terminal("\x7f") == "\\x7f");
}

TEST_CASE("C1 controls become visible") {
  for (char32_t code = 0x80; code < 0xa0; ++code) {
    CHECK(escape_terminal(utf8(code)) ==
          fmt::format("\\x{:02x}", static_cast<unsigned>(code)));
  }
}

TEST_CASE("what hides or reorders text becomes visible") {
  const std::vector<std::pair<char32_t, char32_t>> ranges{
      {0x200b, 0x200f}, {0x202a, 0x202e},   {0x2028, 0x2029}, {0x2060, 0x2069},
      {0x61c, 0x61c},   {0xe0000, 0xe007f}, {0xfeff, 0xfeff}};
  for (const auto& [first, last] : ranges) {
    for (char32_t code = first; code <= last; ++code) {
      const std::string wanted =
          fmt::format("\\u{{{:x}}}", static_cast<unsigned>(code));
      CAPTURE(wanted);
      CHECK(escape_terminal(utf8(code)) == wanted);
      CHECK(escape_terminal_line(utf8(code)) == wanted);
    }
  }
}

TEST_CASE("each byte of invalid UTF-8 becomes visible") {
  CHECK(escape_terminal("\x80") == "\\x80");
  CHECK(escape_terminal("\xc3") == "\\xc3");
  CHECK(escape_terminal("\xc0\xaf") == "\\xc0\\xaf");           // Overlong.
  CHECK(escape_terminal("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // Surrogate.
  CHECK(escape_terminal("\xf4\x90\x80\x80") ==
        "\\xf4\\x90\\x80\\x80");  // Above U+10FFFF.
  CHECK(escape_terminal("a\xff"
                        "b") == "a\\xffb");
}

TEST_CASE("an escape sequence of a terminal does not survive") {
  CHECK(escape_terminal("\x1b[31mred\x1b]0;title\a") ==
        "\\x1b[31mred\\x1b]0;title\\x07");
}

TEST_CASE("ordinary text of any script is left as it is") {
  for (const char* text :
       {"plain", "Grüße", "日本語", "שלום", "🙂", "a\u0301", "C:\\path", ""}) {
    CHECK(escape_terminal(text) == text);
    CHECK(escape_terminal_line(text) == text);
  }
}

TEST_CASE("escaping twice is escaping once, and leaves nothing to act on") {
  std::mt19937 random(1);
  for (int run = 0; run < 2000; ++run) {
    const std::string once = escape_terminal_line(random_bytes(random));
    CHECK(escape_terminal_line(once) == once);
    CHECK(escape_terminal(once) == once);
    for (char c : once)
      CHECK(static_cast<unsigned char>(c) >= 0x20);
  }
}

TEST_CASE("a CSV cell is quoted only where it must be") {
  CHECK(csv_cell("plain", ',') == "plain");
  CHECK(csv_cell("", ',').empty());
  CHECK(csv_cell("a,b", ',') == "\"a,b\"");
  CHECK(csv_cell("a,b", '\t') == "a,b");
  CHECK(csv_cell("a\tb", '\t') == "\"a\tb\"");
  CHECK(csv_cell("a\tb", ',') == "a\tb");
  CHECK(csv_cell("say \"hi\"", ',') == "\"say \"\"hi\"\"\"");
  CHECK(csv_cell("two\nlines", ',') == "\"two\nlines\"");
  CHECK(csv_cell("cr\r", ',') == "\"cr\r\"");
  CHECK(csv_cell(" edge", ',') == "\" edge\"");
  CHECK(csv_cell("edge ", ',') == "\"edge \"");
}

TEST_CASE("texts that a spreadsheet would compute are guarded") {
  for (const char* text :
       {"=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "\rx", "＝1", "＋x", "－x",
        "＠x", "-1+2", "+1-1", "-", "-1e", "+1e5+2", "-1.2.3"}) {
    CAPTURE(text);
    CHECK(guard_formula(text) == std::string("'") + text);
  }
  CHECK(guard_formula(std::string("\0x", 2)) == std::string("'\0x", 3));
}

TEST_CASE("numbers and ordinary texts are not guarded") {
  for (const char* text : {"-1", "+1", "-1.5", "-1e3", "-1.5E-3", "-.5", "1+1",
                           "a=b", "", "text"}) {
    CAPTURE(text);
    CHECK(guard_formula(text) == text);
  }
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Grüße") == 5);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("a\u0301") == 1);
  CHECK(display_width("\xff") == 1);
}

TEST_CASE("a text that fits is not cut") {
  CHECK(fit_width("abc", 3, true) == "abc");
  CHECK(fit_width("日本", 4, true) == "日本");
  CHECK(fit_width("", 0, true).empty());
}

TEST_CASE("a text that is cut says so and never exceeds the width") {
  CHECK(fit_width("abcdef", 4, true) == "abc…");
  CHECK(fit_width("abcdef", 4, false) == "abc~");
  CHECK(fit_width("日本語", 5, true) == "日本…");
  CHECK(fit_width("日本語", 4, true) == "日…");  // Half a character is none.
  CHECK(fit_width("abc", 1, true) == "…");
  CHECK(fit_width("abc", 0, true).empty());
  for (size_t width = 0; width < 12; ++width) {
    CHECK(display_width(fit_width("a日b本c語d", width, true)) <= width);
  }
}

TEST_CASE("case, blanks and separators are handled in ASCII only") {
  CHECK(lower("AbC Ä") == "abc Ä");
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim(" \n").empty());
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(join({"a", "", "b"}, ", ") == "a, , b");
  CHECK(join({}, ", ").empty());
  CHECK(join({"a", "a"}, "-") == "a-a");
}

TEST_CASE("digits are grouped in threes before the point") {
  CHECK(group_digits("0") == "0");
  CHECK(group_digits("999") == "999");
  CHECK(group_digits("1000") == "1,000");
  CHECK(group_digits("-1000") == "-1,000");
  CHECK(group_digits("-100") == "-100");
  CHECK(group_digits("1234567.8901") == "1,234,567.8901");
  CHECK(group_digits("12345e6") == "12,345e6");
}

TEST_CASE("an edit is an insertion, a deletion, a change or a swap") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("trend", "trends") == 1);
  CHECK(edit_distance("tredn", "trend") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ABC", "abc") == 0);
  CHECK(edit_distance("ca", "abc") == 3);
}

TEST_CASE("the nearest names come best first and nothing unlike comes") {
  const std::vector<std::string> names{"signed_up", "signed_out", "paid_bill",
                                       "logged_in", "sign"};
  CHECK(nearest("signd_up", names).front() == "signed_up");
  CHECK(nearest("SIGNED_UP", names).front() == "signed_up");
  CHECK(nearest("zzzzzz", names).empty());
  CHECK(nearest("paid", names) == std::vector<std::string>{"paid_bill"});
  CHECK(nearest("signed", names, 1).size() == 1);
  CHECK(nearest("x", {}).empty());
}
