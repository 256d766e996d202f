// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// One of the periods that are set against each other.
struct Period {
  std::string_view label;  // Empty without a comparison.
  std::vector<Bucket> buckets;
};

// Reads dateRange and compareFilter{compare, compare_to}: the current period
// and, if one is to be compared, the one before. Fails (tool_error).
[[nodiscard]] Result<std::vector<Period>> read_periods(
    const World& world, const json::Value& arguments, Unit unit);

}  // namespace claribi::demo
