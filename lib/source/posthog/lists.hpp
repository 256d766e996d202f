// SPDX-License-Identifier: MIT
// Lists of things that have a name, and single things.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "json/value.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

struct ListTool;

// How the result of that tool is read; null if it is no list and no object.
const ListTool* find_list_tool(std::string_view tool);

// The rows of the frame {count, next, previous, results}, or a bare array.
const json::Value& rows_of(const json::Value& payload);

// Which part of a list was asked for.
struct Asked {
  int64_t offset = 0;
  std::optional<int64_t> limit = {};
};

// The list or the object as a table. A page that is full may not be the last
// one; where more follows, the first note says so. Fails (protocol) if
// the payload is neither, (tool_error) if there is no such object.
[[nodiscard]] Result<table::Table> decode_listed(const ListTool& tool,
                                                 json::Value payload,
                                                 const Asked& page);

}  // namespace claribi::source::posthog
