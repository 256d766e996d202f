// SPDX-License-Identifier: MIT
// What the input schemas of the query tools have in common.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace claribi::demo {

json::Value text_schema(std::string_view description);
// Without a default if `fallback` is empty.
json::Value choice_schema(std::string_view description,
                          const std::vector<std::string_view>& choices,
                          std::string_view fallback);
json::Value integer_schema(std::string_view description, int64_t fallback);

json::Value date_range_schema();
json::Value properties_schema();
json::Value compare_schema();

// An event with its filters, and a list of them.
json::Value event_node_schema();
json::Value series_schema(std::string_view description);

// The whole schema of a query: its own members and those that all have.
json::Value query_schema(std::string_view kind, json::Object own,
                         std::string_view required);

}  // namespace claribi::demo
