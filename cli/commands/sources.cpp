// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/keys.hpp"
#include "source/vendor.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};

struct NameArgs {
  std::string name;
};

Bound describe_none(NoArgs& /*args*/) {
  return {};
}

Bound describe_name(NameArgs& args) {
  return {
      .arguments = {{.name = "NAME",
                     .help = "The name of a source; see: claribi sources.",
                     .lands = &args.name,
                     .completes = Completes::source}},
  };
}

Result<const Source*> find(const SourceList& list, const std::string& name) {
  if (const Source* source = list.find(name)) return source;
  std::vector<std::string> names;
  for (const Source& source : list.sources)
    names.push_back(source.name);
  std::vector<std::string> hints;
  const auto alike = nearest(name, names, 1);
  if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
  hints.emplace_back("see the sources: claribi sources");
  return fail(
      ErrorKind::usage,
      fmt::format("no data source is named '{}'", escape_terminal_line(name)),
      std::move(hints));
}

Result<void> list_sources(Context& context, const NoArgs& /*args*/) {
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  Document document{
      .table = table::from_rows(
          {"name", "vendor", "url", "project", "time_zone", "default"}, {})};
  for (const Source& source : list.sources) {
    document.table.rows.push_back(
        {source.name, source.vendor, source.url,
         source.project.empty() ? json::Value() : json::Value(source.project),
         source.time_zone, source.name == list.default_name});
  }
  table::infer_types(document.table);
  if (list.sources.empty()) {
    context.say("no source is connected yet; try: claribi connect demo");
  }
  return context.print(std::move(document));
}

Result<void> use_source(Context& context, const NameArgs& args) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  CLARIBI_TRY(find(list, args.name));
  list.default_name = args.name;
  CLARIBI_TRY(write_sources(folder, list));
  context.say(args.name + " is now the default source");
  return {};
}

Result<void> remove_source(Context& context, const NameArgs& args) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  CLARIBI_TRY_ASSIGN(const Source* found, find(list, args.name));
  const source::Vendor* vendor = source::find_vendor(found->vendor);
  const bool keyed = vendor == nullptr || vendor->needs_key;
  // The key first: a source without a key can be removed again, a key
  // without a source would be forgotten.
  if (keyed) CLARIBI_TRY(remove_key(context, args.name));
  list.remove(args.name);
  if (list.default_name == args.name) {
    list.default_name = list.sources.empty() ? "" : list.sources.front().name;
  }
  CLARIBI_TRY(write_sources(folder, list));
  context.say(args.name + " is disconnected");
  if (vendor != nullptr && keyed) {
    context.say(fmt::format(
        "the key still works at {}: revoke it there: {}", vendor->title,
        vendor->key_page.substr(0, vendor->key_page.find('?'))));
  }
  if (!list.default_name.empty()) {
    context.say("the default source is " + list.default_name);
  }
  return {};
}

}  // namespace

Command sources_command() {
  return {
      .path = "sources",
      .summary = "List the connected data sources",
      .description =
          "Lists the data sources with their address and which one "
          "is used when no other is named. Keys are not shown.",
      .examples = {{"claribi sources", "what is connected"}},
      .bind = bind<NoArgs>(describe_none, list_sources),
  };
}

Command sources_use_command() {
  return {
      .path = "sources use",
      .summary = "Make a source the default one",
      .description =
          "The default source is the one that commands ask when "
          "neither --source nor CLARIBI_SOURCE names another.",
      .examples = {{"claribi sources use demo", "ask the demo from now on"}},
      .bind = bind<NameArgs>(describe_name, use_source),
  };
}

Command sources_remove_command() {
  return {
      .path = "sources remove",
      .summary = "Forget a source and its key",
      .description =
          "Removes the source from the list and its key from the "
          "vault, and says where the key can be revoked. Nothing "
          "changes at the vendor.",
      .examples = {{"claribi sources remove demo", "forget the demo"}},
      .bind = bind<NameArgs>(describe_name, remove_source),
  };
}

Command disconnect_command() {
  Command command = sources_remove_command();
  command.path = "disconnect";
  command.examples = {{"claribi disconnect demo", "forget the demo"}};
  return command;
}

}  // namespace claribi::cli
