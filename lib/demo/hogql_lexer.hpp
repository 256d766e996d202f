// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace claribi::demo::hogql {

struct Token {
  enum class Kind { word, quoted_word, string, number, symbol, end };
  Kind kind = Kind::end;
  std::string text = {};  // Without quotes; a symbol as it is written.
  size_t from = 0;        // Where it stands in the query.
  size_t to = 0;
};

// What every refusal of a query is: tool_error, "Query validation failed: ".
[[nodiscard]] std::unexpected<Error> refuse(const std::string& why);

// The tokens of a query, ending in `end`. Comments are left out. Fails for
// characters that begin no token, unclosed quotes and queries above 64 KiB or
// 5,000 tokens.
[[nodiscard]] Result<std::vector<Token>> tokens(std::string_view query);

}  // namespace claribi::demo::hogql
