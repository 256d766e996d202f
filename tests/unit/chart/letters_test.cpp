// SPDX-License-Identifier: MIT
#include "chart/letters.hpp"

#include "base/text.hpp"
#include "doctest/doctest.h"

using namespace claribi;
using namespace claribi::chart;

TEST_CASE("text is made safe, and plain ASCII where asked") {
  CHECK(show("a\x1b[31m\nb", true) == "a\\x1b[31m\\x0ab");
  CHECK(show("caf\u00e9 \u6f22", true) == "caf\u00e9 \u6f22");
  CHECK(show("caf\u00e9 \u6f22", false) == "caf? ?");
}

TEST_CASE("padding counts columns, not bytes") {
  CHECK(pad_right("\u6f22", 4) == "\u6f22  ");
  CHECK(pad_left("\u00e9", 3) == "  \u00e9");
  CHECK(pad_left("long", 2) == "long");
}

TEST_CASE("a long name loses its middle") {
  CHECK(fit_middle("/path/to/a/page.html", 12, true) == "/path/\u2026.html");
  CHECK(fit_middle("/path/to/a/page.html", 12, false) == "/path/~.html");
  CHECK(fit_middle("short", 12, true) == "short");
  CHECK(fit_middle("something", 4, true) == "som\u2026");
}

TEST_CASE("a fitted name is never wider than asked") {
  const std::string wide =
      "\u6f22\u5b57a\u0301\u6f22\u5b57 mixed \u6f22\u5b57\u6f22\u5b57";
  for (size_t width = 0; width < 30; ++width) {
    CAPTURE(width);
    CHECK(display_width(fit_middle(wide, width, true)) <= width);
  }
}

TEST_CASE("words are wrapped at blanks and long ones are broken") {
  CHECK(wrap("one two three", 7) == "one two\nthree");
  CHECK(wrap("abcdefgh", 3) == "abc\ndef\ngh");
  CHECK(wrap("a\n\nb", 5) == "a\n\nb");
  CHECK(wrap("", 5).empty());
  CHECK(wrap("\u6f22\u5b57", 3) == "\u6f22\n\u5b57");
  CHECK(wrap("\u6f22\u5b57", 1) == "\u6f22\n\u5b57");
}
