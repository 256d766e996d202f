// SPDX-License-Identifier: MIT
// Patterns over text, for filters and for HogQL. Both kinds take time linear
// in the text for each character of the pattern: no pattern makes them hang.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

enum class Case { sensitive, ignored };

// SQL's LIKE: % is any text, _ any byte, a backslash takes the next character
// as it is. Case is ignored in ASCII only.
bool matches_like(std::string_view text, std::string_view pattern, Case fold);

// Whether the pattern is one that the demo can match: RE2's syntax without
// look-around, back-references and large counts. Fails (tool_error).
[[nodiscard]] Result<void> check_regex(std::string_view pattern);

// Makes these known to SQL; NULL in gives NULL out:
//   demo_like(text, pattern), demo_ilike(text, pattern)
//   demo_regex(text, pattern)     0 for a pattern that check_regex refuses
[[nodiscard]] Result<void> define_text_match(const Store& store);

}  // namespace claribi::demo
