// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "demo/breakdown.hpp"
#include "demo/query_frame.hpp"
#include "demo/time_range.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// What one series counts: its node, and what the whole query adds to it.
struct Measure {
  const EventNode& node;
  const json::Value& properties;  // The filters of the query.
  const Breakdown& breakdown;
};

// How a value of each bucket is made.
enum class Buckets {
  each,   // One value for each bucket.
  whole,  // One value for all of them together.
};

// One row for each key (in the order of `keys`, the last one for all other
// values), one cell for each bucket. No cell: no value, as of an average of
// nothing.
using Grid = std::vector<std::vector<std::optional<double>>>;

// Fails (tool_error) for a `math` that PostHog does not have either.
[[nodiscard]] Result<void> check_math(const EventNode& node);

// The keys of the breakdown with the largest values over the range, at most
// breakdown.limit, and then "no value" if there is one. Events after now do
// not count, here and below.
[[nodiscard]] Result<std::vector<std::string>> rank_keys(
    const World& world, const Measure& measure,
    const std::vector<Bucket>& buckets);

// Without a breakdown, `keys` is empty and the grid has one row.
[[nodiscard]] Result<Grid> measure_grid(const World& world,
                                        const Measure& measure,
                                        const std::vector<Bucket>& buckets,
                                        const std::vector<std::string>& keys,
                                        Buckets how);

}  // namespace claribi::demo
