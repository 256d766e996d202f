// SPDX-License-Identifier: MIT
// Words and their guards. Whatever a server, a file or a user's data says goes
// through one of the escapes here before it is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claribi {

// For a terminal or a log: control characters, bidirectional overrides,
// zero-width and tag characters and invalid UTF-8 become visible escapes such
// as \x1b and \u{202e}. Line feeds and tabs stay. Idempotent.
std::string escape_terminal(std::string_view text);
// The same for a field of one line: line feeds and tabs are escaped too.
std::string escape_terminal_line(std::string_view text);

// One CSV cell by RFC 4180: quoted only where it must be. `separator` is ','
// or '\t'.
std::string csv_cell(std::string_view text, char separator);
// For cells that were JSON strings: a leading ' where a spreadsheet would take
// the text for a formula. Texts that are plain numbers stay as they are.
std::string guard_formula(std::string_view text);

// How many terminal columns a UTF-8 text takes: 0 for combining marks, 2 for
// wide characters.
size_t display_width(std::string_view text);
// The front of the text in at most `width` columns, ending in an ellipsis when
// something was cut ("~" when `unicode` is false).
std::string fit_width(std::string_view text, size_t width, bool unicode);

// ASCII only: the rest of UTF-8 is left alone.
std::string lower(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts,
                 std::string_view separator);

// "1234567" as "1,234,567". Takes the text of an integer or decimal.
std::string group_digits(std::string_view number);

// Edits (insert, delete, replace, swap of neighbours) between two texts, each
// taken in lower case.
size_t edit_distance(std::string_view a, std::string_view b);

// The names most like `wanted`, best first, at most `most`; none that is not
// alike at all. For "did you mean".
std::vector<std::string> nearest(std::string_view wanted,
                                 const std::vector<std::string>& names,
                                 size_t most = 3);

}  // namespace claribi
