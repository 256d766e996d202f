// SPDX-License-Identifier: MIT
// Text from a server, made to stand in columns of a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace claribi::chart {

// One line, safe for a terminal. Without `unicode` an arrow, a dash and a dot
// between words have a form in ASCII, and every other character beyond it
// becomes a question mark.
std::string show(std::string_view text, bool unicode);

// Filled with blanks to that many columns; a wider text stays as it is.
std::string pad_right(std::string text, size_t width);
std::string pad_left(std::string text, size_t width);

// In at most `width` columns. The middle is left out, since names of events
// and pages often differ at their ends only.
std::string fit_middle(std::string_view text, size_t width, bool unicode);

// The words of `text` on lines of at most `width` columns; longer words are
// broken. Line feeds in it stay. No line feed at the end.
std::string wrap(std::string_view text, size_t width);

}  // namespace claribi::chart
