// SPDX-License-Identifier: MIT
// Pins of tools: what a server said of a tool when it was connected, so that
// a later change of its description or schema does not go unnoticed.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "mcp/tool.hpp"

namespace claribi::source {

// The BLAKE2b-256 hash of each field of a tool's definition, with the full
// address of the endpoint in it. Fields are name, title, description,
// inputSchema, outputSchema and annotations.
using ToolPin = std::map<std::string, std::string, std::less<>>;
// By address, then by the name of the tool.
using ToolPins =
    std::map<std::string, std::map<std::string, ToolPin, std::less<>>,
             std::less<>>;

// `injected` are arguments that the server adds to every schema by itself:
// they are left out.
ToolPin pin_of(std::string_view endpoint, const mcp::Tool& tool,
               std::span<const std::string_view> injected);

// The names of the fields that differ.
std::vector<std::string> changed_fields(const ToolPin& pinned,
                                        const ToolPin& found);

std::string pins_text(const ToolPins& pins);
// Fails (protocol) if the text is not what pins_text() writes.
[[nodiscard]] Result<ToolPins> read_pins(std::string_view text);

}  // namespace claribi::source
