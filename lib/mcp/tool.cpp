// SPDX-License-Identifier: MIT
#include "mcp/tool.hpp"

#include <algorithm>

namespace claribi::mcp {

Tool read_tool(const json::Value& entry) {
  const json::Value& annotations = entry["annotations"];
  return {.name = entry["name"].text_or(""),
          .title = entry["title"].text_or(annotations["title"].text_or("")),
          .description = entry["description"].text_or(""),
          .input_schema = entry["inputSchema"],
          .read_only_hint = annotations["readOnlyHint"].boolean(),
          .destructive_hint = annotations["destructiveHint"].boolean(),
          .definition = entry};
}

bool declared_read_only(const Tool& tool) {
  return tool.read_only_hint == true && tool.destructive_hint != true;
}

const Tool* find_tool(const std::vector<Tool>& tools, std::string_view name) {
  const auto found = std::ranges::find(tools, name, &Tool::name);
  return found == tools.end() ? nullptr : &*found;
}

std::string ToolResult::text() const {
  std::string text;
  bool first = true;
  for (const json::Value& block : content) {
    if (block["type"].string() != "text") continue;
    if (!first) text += '\n';
    first = false;
    text += block["text"].text_or("");
  }
  return text;
}

ToolResult read_tool_result(const json::Value& result) {
  return {.content = result["content"].items(),
          .structured = result["structuredContent"],
          .is_error = result["isError"].boolean().value_or(false)};
}

}  // namespace claribi::mcp
