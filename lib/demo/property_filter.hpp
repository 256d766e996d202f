// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// PostHog's `properties` as a condition of SQL on the row `e` of events: a
// list of filters that all hold, or a group {type: AND|OR, values}. "1" for no
// filters. The functions of text_match.hpp must be defined when it runs.
// Fails (tool_error) in PostHog's words for what the demo cannot filter by.
[[nodiscard]] Result<std::string> filter_sql(const World& world,
                                             const json::Value& filters,
                                             Parameters& parameters);

}  // namespace claribi::demo
