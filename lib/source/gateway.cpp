// SPDX-License-Identifier: MIT
#include "source/gateway.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "mcp/refusal.hpp"

namespace claribi::source {
namespace {

Result<std::string> text_of(const Door& door, const ToolCall& command) {
  CLARIBI_TRY_ASSIGN(const mcp::ToolResult result,
                     door.session.call_tool(door.tool, command.arguments));
  if (!result.is_error) return result.text();
  return fail(ErrorKind::tool_error,
              fmt::format("{} failed: {}", command.tool,
                          mcp::server_words(result.text())));
}

}  // namespace

bool is_only_tool(const std::vector<mcp::Tool>& listed,
                  const Gateway& gateway) {
  return listed.size() == 1 && listed.front().name == gateway.tool;
}

Result<std::vector<mcp::Tool>> tools_behind(
    const Door& door, std::span<const std::string_view> wanted) {
  CLARIBI_TRY_ASSIGN(const std::string text,
                     text_of(door, door.gateway.list()));
  CLARIBI_TRY_ASSIGN(const auto names, door.gateway.names(text));
  std::vector<mcp::Tool> tools;
  for (const std::string& name : names) {
    if (std::ranges::find(wanted, name) == wanted.end()) continue;
    tools.push_back({.name = name});
  }
  return tools;
}

Result<mcp::Tool> tool_behind(const Door& door, std::string_view name) {
  CLARIBI_TRY_ASSIGN(const std::string text,
                     text_of(door, door.gateway.describe(name)));
  CLARIBI_TRY_ASSIGN(mcp::Tool tool, door.gateway.tool_of(text));
  if (tool.name == name) return tool;
  return fail(ErrorKind::protocol,
              fmt::format("asked about {}, the server describes '{}'", name,
                          mcp::server_words(tool.name)));
}

Result<mcp::ToolResult> call_behind(const Door& door, const ToolCall& call) {
  ToolCall command = door.gateway.call(call, false);
  CLARIBI_TRY_ASSIGN(mcp::ToolResult result,
                     door.session.call_tool(door.tool, command.arguments));
  if (result.is_error && door.gateway.wants_again(result.text())) {
    command = door.gateway.call(call, true);
    CLARIBI_TRY_ASSIGN(result,
                       door.session.call_tool(door.tool, command.arguments));
  }
  return result;
}

}  // namespace claribi::source
