// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/tool_pins.hpp"
#include "source/connection.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct PinArgs {
  std::optional<std::string> update;
};

std::string state_of(const PinChange& change) {
  if (change.is_new) return "new";
  return change.fields.empty() ? "as pinned" : "changed";
}

Result<void> show_pins(Context& context, source::Connection& connection) {
  CLARIBI_TRY_ASSIGN(const auto pins,
                     read_tool_pins(context.environment().config_folder));
  const source::Target& target = connection.target();
  if (!pins.contains(target.url)) {
    return fail(ErrorKind::usage,
                fmt::format("the tools of {} are not pinned", target.name),
                {"pin them by connecting it: claribi connect"});
  }
  CLARIBI_TRY_ASSIGN(const auto* listed,
                     connection.tools(source::Freshness::now));
  table::Table table = table::from_rows({"name", "state", "changed"}, {});
  for (const mcp::Tool& tool : *listed) {
    const PinChange change =
        pin_change(pins, target.url, tool, target.vendor->injected);
    table.rows.push_back(
        {tool.name, state_of(change), join(change.fields, ", ")});
  }
  return context.print({.source = target.name,
                        .table = std::move(table),
                        .fetched_at = context.clock().now()});
}

Result<void> run_pin(Context& context, const PinArgs& args) {
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  if (connection->target().vendor->local) {
    return fail(ErrorKind::usage,
                "the demo's tools are claribi's own: they need no pins");
  }
  if (!args.update) return show_pins(context, *connection);
  CLARIBI_TRY(connection->tools(source::Freshness::now));
  CLARIBI_TRY_ASSIGN(const mcp::Tool* tool, connection->tool(*args.update));
  if (tool == nullptr) {
    return fail(ErrorKind::usage,
                fmt::format("{} has no tool '{}'", connection->target().name,
                            escape_terminal_line(*args.update)),
                {"see what there is: claribi tools"});
  }
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(folder));
  CLARIBI_TRY(pin_tools(folder, *connection, {*tool}));
  context.say(fmt::format("pinned {} as it is now", *args.update));
  return {};
}

Bound describe(PinArgs& args) {
  return {.options = {{.names = "--update",
                       .value = "NAME",
                       .help = "Accept that tool as it is now.",
                       .lands = &args.update,
                       .completes = Completes::tool}}};
}

}  // namespace

Command tools_pin_command() {
  return {
      .path = "tools pin",
      .summary = "Show which tools have changed since their server was pinned",
      .description =
          "A server is pinned when it is connected: claribi keeps a hash of "
          "what it said of each tool. A tool that has changed since is named "
          "on standard error when it is called, and refused with status 8 "
          "under --locked. --update accepts the change.",
      .examples = {{"claribi tools pin", "what has changed"},
                   {"claribi tools pin --update query-trends",
                    "accept one tool as it is now"}},
      .bind = bind<PinArgs>(describe, run_pin),
  };
}

}  // namespace claribi::cli
