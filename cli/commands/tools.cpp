// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/commands/schema_flags.hpp"
#include "cli/context.hpp"
#include "source/connection.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct ToolsArgs {
  std::string tool;
  bool all = false;
};

const source::CatalogTool* find_in_catalog(const source::Vendor& vendor,
                                           std::string_view name) {
  const auto found =
      std::ranges::find(vendor.catalog, name, &source::CatalogTool::name);
  return found == vendor.catalog.end() ? nullptr : &*found;
}

std::string first_sentence(std::string_view text) {
  const size_t end = std::min(text.find(". "), text.find('\n'));
  return std::string(text.substr(0, end));
}

json::Value tool_row(const source::Connection& connection,
                     const mcp::Tool& tool) {
  const source::CatalogTool* known =
      find_in_catalog(*connection.target().vendor, tool.name);
  json::Value row;
  row.set("name", tool.name);
  row.set("returns", known != nullptr ? json::Value(known->returns)
                                      : first_sentence(tool.description));
  row.set("question",
          known != nullptr ? json::Value(known->question) : json::Value());
  row.set("status", source::offer_name(connection.offer(tool)));
  row.set("title", tool.title).set("description", tool.description);
  row.set("input_schema", tool.input_schema);
  return row;
}

Result<void> list_tools(Context& context, source::Connection& connection,
                        bool all) {
  CLARIBI_TRY_ASSIGN(const auto* listed,
                     connection.tools(source::Freshness::promised));
  json::Array rows;
  for (const mcp::Tool& tool : *listed) {
    const bool offered = connection.offer(tool) == source::Offer::offered;
    if (all || offered) rows.push_back(tool_row(connection, tool));
  }
  Document document{.source = connection.target().name,
                    .table = table::from_objects(rows),
                    .fetched_at = context.clock().now()};
  document.table.headline = {"name", "returns", all ? "status" : "question"};
  if (rows.empty()) document.table.headline = {};
  const size_t hidden = listed->size() - rows.size();
  if (hidden > 0) {
    document.table.notes.push_back(
        std::to_string(hidden) +
        " more tools are not offered; see why: claribi tools --all");
  }
  return context.print(std::move(document));
}

Result<void> show_tool(Context& context, source::Connection& connection,
                       const std::string& name) {
  CLARIBI_TRY_ASSIGN(const auto* listed, connection.tools());
  const mcp::Tool* tool = mcp::find_tool(*listed, name);
  // The refusal names the nearest tools.
  if (tool == nullptr) {
    CLARIBI_TRY(connection.call({name}));
    return {};
  }
  const auto flags = schema_flags(*connection.target().vendor, *tool);
  json::Array rows;
  for (const SchemaFlag& flag : flags) {
    json::Value row;
    row.set("flag", flag.name).set("type", flag.type);
    row.set("required", flag.required).set("description", flag.help);
    rows.push_back(std::move(row));
  }
  const source::CatalogTool* known =
      find_in_catalog(*connection.target().vendor, name);
  if (known != nullptr) {
    context.say(name + ": " + std::string(known->returns) +
                "; for example: claribi ask \"" + std::string(known->question) +
                "\"");
  }
  return context.print({.source = connection.target().name,
                        .table = table::from_objects(rows),
                        .fetched_at = context.clock().now()});
}

Result<void> run_tools(Context& context, const ToolsArgs& args) {
  CLARIBI_TRY_ASSIGN(source::Connection * connection, context.connection());
  return args.tool.empty() ? list_tools(context, *connection, args.all)
                           : show_tool(context, *connection, args.tool);
}

Bound describe(ToolsArgs& args) {
  return {
      .options = {{.names = "--all",
                   .help = "List also the tools that are not offered, and "
                           "why.",
                   .lands = &args.all}},
      .arguments = {{.name = "TOOL",
                     .help = "Show the flags of that tool.",
                     .lands = &args.tool,
                     .required = false,
                     .completes = Completes::tool}},
  };
}

}  // namespace

Command tools_command() {
  return {
      .path = "tools",
      .summary = "List the read-only tools of a source, or the flags of one",
      .description =
          "Lists what the connected server offers and claribi may call, with "
          "what each tool returns and a question that it answers. With TOOL, "
          "the flags that `claribi call TOOL` takes.\n\n"
          "A tool is offered only if the server calls it read-only and it is "
          "in claribi's own list of tools that cannot change anything.",
      .examples = {{"claribi tools", "what can be asked"},
                   {"claribi tools query-trends", "the flags of one tool"},
                   {"claribi tools -f json | jq -r '.rows[].name'",
                    "the names, for a script"}},
      .bind = bind<ToolsArgs>(describe, run_tools),
  };
}

}  // namespace claribi::cli
