// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace claribi::mcp {

// What a server says of one tool. Untrusted, annotations included.
struct Tool {
  std::string name;
  std::string title = {};
  std::string description = {};
  json::Value input_schema = {};
  // Absent when the server does not say.
  std::optional<bool> read_only_hint = {};
  std::optional<bool> destructive_hint = {};
  json::Value definition = {};  // The whole entry, as it was written.
};

// The entry of a tools/list result.
Tool read_tool(const json::Value& entry);

// Whether the server itself calls the tool harmless: readOnlyHint is true and
// destructiveHint is not.
bool declared_read_only(const Tool& tool);

const Tool* find_tool(const std::vector<Tool>& tools, std::string_view name);

// All tools of a server, in its order, and for how long it promises that they
// stay the same; not at all in the era of the handshake.
struct ToolList {
  std::vector<Tool> tools = {};
  std::chrono::milliseconds fresh_for = {};
};

// What a tools/call returned. `is_error` means that the tool ran and failed:
// text() then says why.
struct ToolResult {
  json::Array content = {};
  json::Value structured = {};  // Null if the server sent none.
  bool is_error = false;

  // All text blocks, joined by line feeds.
  [[nodiscard]] std::string text() const;
};

ToolResult read_tool_result(const json::Value& result);

}  // namespace claribi::mcp
