// SPDX-License-Identifier: MIT
// What a result says, in whichever notation PostHog chose for it.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"
#include "table/table.hpp"

namespace claribi::source::posthog {

struct Payload {
  json::Value value = {};  // Null where there is only a text.
  std::string text = {};   // A text that is neither JSON nor TOON.
  // What the frame around the data says of it.
  std::vector<std::string> notes = {};
  bool truncated = false;
};

// In the order of trust: structuredContent, a text that is JSON, TOON, the
// text itself. What is meant for a model or for PostHog's own statistics is
// taken out; warnings and notices of a shortened result become notes.
Payload read_payload(const mcp::ToolResult& result);

// The same for a text that was inside of another result.
Payload read_text(std::string_view text);

// Puts what the frame said into the table.
void add_notes(table::Table& table, const Payload& payload);

}  // namespace claribi::source::posthog
