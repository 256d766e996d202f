// SPDX-License-Identifier: MIT
// Values of the properties that PostHog sets by itself: what people say for
// them, and under which property they are found.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "plan/question.hpp"

namespace claribi::plan {

struct BuiltinValue {
  std::string_view property;
  std::string_view value;
};

struct FoundValue {
  BuiltinValue value;
  Span span;
};

// The first free words, from token `from` on, that are a browser, an operating
// system, a kind of device or a country ("Germany" is $geoip_country_code DE).
std::optional<FoundValue> find_builtin_value(const Question& question,
                                             size_t from = 0);
inline bool has_builtin_value(const Question& question) {
  return find_builtin_value(question).has_value();
}

}  // namespace claribi::plan
