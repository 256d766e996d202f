// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace claribi::demo {

// A trends formula such as "(A+B)/C*100": numbers, the letters of the series,
// + - * / and parentheses.
class Formula {
 public:
  // Fails (tool_error) for what is not a formula or names a series beyond
  // `series_count`.
  [[nodiscard]] static Result<Formula> parse(std::string_view text,
                                             size_t series_count);

  // Its value for one value of each series. A division by zero gives 0, as in
  // PostHog.
  [[nodiscard]] double value(const std::vector<double>& series) const;

 private:
  // In the order in which a stack machine takes them.
  struct Step {
    enum class Kind { number, series, add, subtract, multiply, divide, negate };
    Kind kind = Kind::number;
    double number = 0;
    size_t series = 0;
  };
  class Parser;

  std::vector<Step> steps_;
};

}  // namespace claribi::demo
