// SPDX-License-Identifier: MIT
#include "cli/tool_pins.hpp"

#include <set>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t size_limit = 4 << 20;

std::filesystem::path file_in(const std::filesystem::path& folder) {
  return folder / "pins.json";
}

std::string words_of(std::string_view tool, const PinChange& change) {
  const std::string name = escape_terminal_line(tool);
  if (change.is_new) {
    return fmt::format("the tool {} is new since its server was pinned", name);
  }
  return fmt::format("the tool {} has changed since it was pinned: {}", name,
                     join(change.fields, ", "));
}

}  // namespace

Result<source::ToolPins> read_tool_pins(
    const std::filesystem::path& config_folder) {
  const auto path = file_in(config_folder);
  CLARIBI_TRY_ASSIGN(const auto text, read_file(path, size_limit));
  if (!text) return source::ToolPins();
  auto pins = source::read_pins(*text);
  if (pins) return pins;
  return fail(ErrorKind::file, path.string() + " is not a list of pins",
              {"mend or delete it, then connect again"});
}

Result<void> pin_tools(const std::filesystem::path& config_folder,
                       const source::Connection& connection,
                       const std::vector<mcp::Tool>& tools) {
  const source::Target& target = connection.target();
  CLARIBI_TRY_ASSIGN(auto pins, read_tool_pins(config_folder));
  for (const mcp::Tool& tool : tools) {
    pins[target.url][tool.name] =
        source::pin_of(target.url, tool, target.vendor->injected);
  }
  CLARIBI_TRY(make_private_folder(config_folder));
  return write_file(file_in(config_folder), source::pins_text(pins),
                    Privacy::owner_only);
}

PinChange pin_change(const source::ToolPins& pins, std::string_view endpoint,
                     const mcp::Tool& tool,
                     std::span<const std::string_view> injected) {
  const auto server = pins.find(endpoint);
  if (server == pins.end()) return {};
  const auto pinned = server->second.find(tool.name);
  if (pinned == server->second.end()) return {.is_new = true};
  return {.fields = source::changed_fields(
              pinned->second, source::pin_of(endpoint, tool, injected))};
}

Result<void> pin_anew(Context& context, const source::Connection& connection,
                      const std::vector<mcp::Tool>& tools) {
  const auto& folder = context.environment().config_folder;
  const source::Target& target = connection.target();
  CLARIBI_TRY_ASSIGN(const auto pins, read_tool_pins(folder));
  std::string changes;
  for (const mcp::Tool& tool : tools) {
    const PinChange change =
        pin_change(pins, target.url, tool, target.vendor->injected);
    // A key with more scopes lists more tools.
    if (change.is_new || !change.any()) continue;
    changes += "\n  " + words_of(tool.name, change);
  }
  if (!changes.empty() && context.settings().locked) {
    return fail(ErrorKind::check_failed,
                "the server is not as it was pinned:" + changes,
                {"accept it: connect without --locked"});
  }
  if (!changes.empty()) {
    context.say("note: pinned anew, for it has changed:" + changes);
  }
  return pin_tools(folder, connection, tools);
}

std::function<Result<void>(const mcp::Tool&)> pin_check(
    Context& context, std::filesystem::path config_folder, std::string endpoint,
    std::span<const std::string_view> injected) {
  return [&context, folder = std::move(config_folder),
          endpoint = std::move(endpoint), injected,
          said = std::set<std::string>()](
             const mcp::Tool& tool) mutable -> Result<void> {
    CLARIBI_TRY_ASSIGN(const auto pins, read_tool_pins(folder));
    const bool locked = context.settings().locked;
    if (locked && !pins.contains(endpoint)) {
      return fail(ErrorKind::check_failed,
                  "the tools of this server are not pinned",
                  {"pin them by connecting it: claribi connect"});
    }
    const PinChange change = pin_change(pins, endpoint, tool, injected);
    if (!change.any()) return {};
    const std::string words = words_of(tool.name, change);
    const std::string hint = "accept it: claribi tools pin --update " +
                             escape_terminal_line(tool.name);
    if (locked) return fail(ErrorKind::check_failed, words, {hint});
    if (said.insert(tool.name).second) {
      context.say("note: " + words + "; " + hint);
    }
    return {};
  };
}

}  // namespace claribi::cli
