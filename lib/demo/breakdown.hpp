// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"

namespace claribi::demo {

// What PostHog calls the values beyond the limit, and no value.
inline constexpr std::string_view other_values =
    "$$_posthog_breakdown_other_$$";
inline constexpr std::string_view no_value = "$$_posthog_breakdown_null_$$";

// By which properties results are split. The values of one event, joined, are
// its key.
struct Breakdown {
  std::vector<std::pair<Owner, std::string>> properties = {};
  size_t limit = 25;
  bool listed = true;  // Written as `breakdowns`, so values come in a list.

  [[nodiscard]] bool empty() const { return properties.empty(); }
};

// Reads {breakdowns: [{property, type}], breakdown_limit} and the older
// {breakdown, breakdown_type}. Fails (tool_error) for more than three and for
// types without data.
[[nodiscard]] Result<Breakdown> read_breakdown(const json::Value& filter);

// The key of the row `e`, as text that is never NULL.
std::string key_sql(const Breakdown& breakdown, Parameters& parameters);

// A key as `breakdown_value`, and as the label of a series.
json::Value key_value(const Breakdown& breakdown, std::string_view key);
std::string key_label(std::string_view key);

}  // namespace claribi::demo
