// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// That a person did something in an interval.
struct Activity {
  int64_t person = 0;
  size_t bucket = 0;
  int64_t count = 0;  // How often.
};

// Who did in which bucket what the condition on the row `e` of events says, by
// person and bucket. Events after now do not count. Fails (tool_error,
// limit_reached).
[[nodiscard]] Result<std::vector<Activity>> read_activity(
    const World& world, const std::string& condition,
    const Parameters& parameters, const std::vector<Bucket>& buckets);

// The integer of a cell; 0 for anything else.
int64_t integer_in(const Cell& cell);

}  // namespace claribi::demo
