// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace claribi {

// The number that the whole text is, in C's notation without a plus sign;
// nothing if it is none, has blanks around it, or does not fit.
template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace claribi
