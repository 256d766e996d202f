// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct CatalogArgs {
  std::string vendor;
};

json::Value vendor_row(const source::Vendor& vendor) {
  json::Value regions = json::Object{};
  for (const source::Region& region : vendor.regions) {
    regions.set(region.name, region.url);
  }
  json::Value tools = json::Array{};
  json::Value scopes = json::Array{};
  for (std::string_view scope : vendor.base_scopes)
    scopes.push(scope);
  for (const source::CatalogTool& tool : vendor.catalog) {
    tools.push(tool.name);
    bool known = false;
    for (const json::Value& scope : scopes.items()) {
      known |= scope.string() == tool.scope;
    }
    if (!known) scopes.push(tool.scope);
  }
  json::Value row;
  row.set("vendor", vendor.name).set("title", vendor.title);
  row.set("summary", vendor.summary).set("needs_key", vendor.needs_key);
  row.set("key_page", vendor.key_page.empty() ? json::Value()
                                              : json::Value(vendor.key_page));
  row.set("regions", std::move(regions)).set("tools", std::move(tools));
  row.set("scopes", vendor.needs_key ? std::move(scopes) : json::Array{});
  return row;
}

// One row per wanted tool: what it gives, and what a key needs for it.
Result<void> show_tools(Context& context, const std::string& name) {
  const source::Vendor* vendor = source::find_vendor(name);
  if (vendor == nullptr) {
    return fail(ErrorKind::usage,
                "unknown vendor '" + escape_terminal_line(name) + "'",
                {"see the vendors: claribi catalog"});
  }
  Document document{
      .table = table::from_rows({"tool", "scope", "returns", "question"}, {})};
  for (const source::CatalogTool& tool : vendor->catalog) {
    document.table.rows.push_back(
        {tool.name, vendor->needs_key ? json::Value(tool.scope) : json::Value(),
         tool.returns, tool.question});
  }
  table::infer_types(document.table);
  document.table.headline = {"tool", "scope", "returns"};
  return context.print(std::move(document));
}

Result<void> run_catalog(Context& context, const CatalogArgs& args) {
  if (!args.vendor.empty()) return show_tools(context, args.vendor);
  json::Array rows;
  for (const source::Vendor& vendor : source::vendors()) {
    rows.push_back(vendor_row(vendor));
  }
  Document document{.table = table::from_objects(rows)};
  document.table.headline = {"vendor", "title", "summary", "needs_key"};
  return context.print(std::move(document));
}

Bound describe(CatalogArgs& args) {
  return {
      .arguments = {{.name = "VENDOR",
                     .help = "Show the tools that are wanted from that one.",
                     .lands = &args.vendor,
                     .required = false,
                     .completes = Completes::vendor}},
  };
}

}  // namespace

Command catalog_command() {
  return {
      .path = "catalog",
      .summary = "List what claribi can connect to",
      .description =
          "Lists the vendors that claribi knows, with the address of each "
          "region, the tools that it wants from them and the scopes that a "
          "key needs for those. With a name: one row per tool, with its scope "
          "and an example question.",
      .examples = {{"claribi catalog", "the vendors"},
                   {"claribi catalog posthog", "which tool needs which scope"},
                   {"claribi catalog -f json | jq -r '.rows[] | "
                    "select(.vendor == \"posthog\") | .scopes[]'",
                    "the scopes to tick when making a key"}},
      .bind = bind<CatalogArgs>(describe, run_catalog),
  };
}

}  // namespace claribi::cli
