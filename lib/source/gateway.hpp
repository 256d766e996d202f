// SPDX-License-Identifier: MIT
// Tools behind the one tool of a server that lists no others.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "mcp/session.hpp"
#include "mcp/tool.hpp"
#include "source/dialect.hpp"
#include "source/vendor.hpp"

namespace claribi::source {

// A gateway of a connected server.
struct Door {
  mcp::Session& session;
  const Gateway& gateway;
  const mcp::Tool& tool;  // What the server says of the gateway itself.
};

// Whether the server lists the gateway and nothing else.
bool is_only_tool(const std::vector<mcp::Tool>& listed, const Gateway& gateway);

// The names that `wanted` has too, without schema or annotations.
[[nodiscard]] Result<std::vector<mcp::Tool>> tools_behind(
    const Door& door, std::span<const std::string_view> wanted);

// What the server says of that tool. Fails (protocol) if it speaks of
// another.
[[nodiscard]] Result<mcp::Tool> tool_behind(const Door& door,
                                            std::string_view name);

// The result of the tool itself.
[[nodiscard]] Result<mcp::ToolResult> call_behind(const Door& door,
                                                  const ToolCall& call);

}  // namespace claribi::source
