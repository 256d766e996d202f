// SPDX-License-Identifier: MIT
// Lines and CSV records of a stream, each of bounded length.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace claribi::demo {

// More than any event; a line of this length is no such text.
inline constexpr size_t most_line_bytes = 16U << 20U;

// The next line without its LF; none at the end of the stream. A CR stays, for
// JSON it is a blank. Fails (file) if it is too long.
[[nodiscard]] Result<std::optional<std::string>> read_line(std::istream& in);

// The cells of the next record (RFC 4180), which may have several lines:
// `lines` grows by their number. None at the end. Fails (file) if it is too
// long, if the text ends within quotes, or if a closing quote is followed by
// anything but a comma or the line's end.
[[nodiscard]] Result<std::optional<std::vector<std::string>>> read_record(
    std::istream& in, size_t& lines);

}  // namespace claribi::demo
