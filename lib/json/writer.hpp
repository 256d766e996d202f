// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace claribi::json {

// On one line. Strings escape control characters, bidirectional overrides and
// whatever else a terminal would act on as \uXXXX; invalid UTF-8 becomes
// U+FFFD. Numbers leave as they were spelled.
std::string compact(const Value& value);

// Indented by two spaces, with a line feed at the end. An array of scalars
// stays on one line.
std::string pretty(const Value& value);

// Compact with the names of every object sorted bytewise: equal documents
// give equal bytes. For hashes.
std::string canonical(const Value& value);

// A string with its quotes and escapes, appended to `out`.
void append_string(std::string& out, std::string_view text);

}  // namespace claribi::json
