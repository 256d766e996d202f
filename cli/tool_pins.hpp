// SPDX-License-Identifier: MIT
// The pins of tools in the configuration folder: pins.json beside
// sources.json.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "mcp/tool.hpp"
#include "source/connection.hpp"
#include "source/tool_pins.hpp"

namespace claribi::cli {

class Context;

[[nodiscard]] Result<source::ToolPins> read_tool_pins(
    const std::filesystem::path& config_folder);

// Pins those tools of the connection's server as they are now, in the place
// of earlier pins. The caller holds the folder's lock (base/file.hpp).
[[nodiscard]] Result<void> pin_tools(const std::filesystem::path& config_folder,
                                     const source::Connection& connection,
                                     const std::vector<mcp::Tool>& tools);

// What is to be said of a tool that is about to be called: nothing if it is as
// it was pinned, or if its server was never pinned.
struct PinChange {
  bool is_new = false;                   // The server is pinned, the tool not.
  std::vector<std::string> fields = {};  // Changed ones.
  [[nodiscard]] bool any() const { return is_new || !fields.empty(); }
};
PinChange pin_change(const source::ToolPins& pins, std::string_view endpoint,
                     const mcp::Tool& tool,
                     std::span<const std::string_view> injected);

// The same where a server that was pinned is connected anew: says which of its
// tools have changed, and with --locked fails (check_failed) instead.
[[nodiscard]] Result<void> pin_anew(Context& context,
                                    const source::Connection& connection,
                                    const std::vector<mcp::Tool>& tools);

// The check before each call of the server at that address: says what has
// changed, once for each tool, and with --locked fails (check_failed) instead.
// The context must outlive it.
std::function<Result<void>(const mcp::Tool&)> pin_check(
    Context& context, std::filesystem::path config_folder, std::string endpoint,
    std::span<const std::string_view> injected);

}  // namespace claribi::cli
