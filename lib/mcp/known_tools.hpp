// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "mcp/tool.hpp"

namespace claribi::mcp {

// A tool list as it is kept in a cache, under this name.
inline constexpr std::string_view known_tools_name = "tools.json";

struct KnownTools {
  ToolList list = {};
  Instant received_at = {};
};

std::string known_tools_text(const ToolList& list, Instant received_at);
// Nothing if the text is damaged or from the future.
std::optional<KnownTools> read_known_tools(std::string_view text, Instant now);

}  // namespace claribi::mcp
