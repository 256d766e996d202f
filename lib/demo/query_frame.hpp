// SPDX-License-Identifier: MIT
// What the insight queries have in common: the arguments that they refuse, the
// nodes of their series, and the frame of their results.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"
#include "demo/tools.hpp"

namespace claribi::demo {

// Fails (usage) with PostHog's text when `series` is missing, empty, not a
// list, or wrapped in another member.
[[nodiscard]] Result<void> check_series(std::string_view tool,
                                        const json::Value& arguments);

// An element of `series`.
struct EventNode {
  size_t order = 0;
  std::optional<std::string> event = {};  // Empty: all events.
  std::string math = "total";
  json::Value written = {};  // As it came.

  // The event, or "All events".
  [[nodiscard]] std::string name() const;
};

// Fails (tool_error) for nodes that are not of events: the demo has no
// actions, groups or warehouse tables.
[[nodiscard]] Result<std::vector<EventNode>> read_nodes(
    const json::Value& series);

// The condition on the row `e` of events that the node sets: its event and its
// filters.
[[nodiscard]] Result<std::string> node_sql(const World& world,
                                           const EventNode& node,
                                           Parameters& parameters);

// The filters of a query with, unless filterTestAccounts is false, those of
// the project that leave test accounts out. For filter_sql().
json::Value all_filters(const World& world, const json::Value& arguments);

// The condition that the node and all_filters() set together.
[[nodiscard]] Result<std::string> query_node_sql(const World& world,
                                                 const EventNode& node,
                                                 const json::Value& arguments,
                                                 Parameters& parameters);

// Reads `interval`; a day without one. Fails (usage).
[[nodiscard]] Result<Unit> read_interval(std::string_view tool,
                                         const json::Value& arguments);

// What the echoes of all insight queries have in common: the kind, the series,
// the filters, the breakdown and the dates, with PostHog's defaults.
json::Value echoed_query(const json::Value& arguments, std::string_view kind);

// {query, results, _posthogUrl}; `query` is echoed with filterTestAccounts.
ToolAnswer frame(json::Value query, const json::Value& arguments,
                 json::Value results);

// Copies the member if it was given.
void copy_member(json::Value& to, const json::Value& from,
                 std::string_view name);

// A number as PostHog sends it: whole numbers without a fraction.
json::Value plain_number(double value);

// breakdown_limit: 25 unless a positive one is given.
size_t breakdown_limit(const json::Value& breakdown_filter);

}  // namespace claribi::demo
