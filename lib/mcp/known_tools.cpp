// SPDX-License-Identifier: MIT
#include "mcp/known_tools.hpp"

#include <utility>

#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::mcp {

std::string known_tools_text(const ToolList& list, Instant received_at) {
  json::Array tools;
  for (const Tool& tool : list.tools)
    tools.push_back(tool.definition);
  json::Value text = json::Object{};
  text.set("received_at", format_instant(received_at));
  text.set("fresh_for_ms", static_cast<int64_t>(list.fresh_for.count()));
  text.set("tools", std::move(tools));
  return json::compact(text) + "\n";
}

std::optional<KnownTools> read_known_tools(std::string_view text, Instant now) {
  const auto parsed = json::parse(text);
  if (!parsed || !(*parsed)["tools"].is_array()) return std::nullopt;
  const auto received_at = parse_instant((*parsed)["received_at"].text_or(""));
  const auto fresh_for = (*parsed)["fresh_for_ms"].integer();
  if (!received_at || *received_at > now || !fresh_for) return std::nullopt;
  KnownTools known{.received_at = *received_at};
  known.list.fresh_for = std::chrono::milliseconds(*fresh_for);
  for (const json::Value& entry : (*parsed)["tools"].items()) {
    known.list.tools.push_back(read_tool(entry));
    if (known.list.tools.back().name.empty()) return std::nullopt;
  }
  return known;
}

}  // namespace claribi::mcp
