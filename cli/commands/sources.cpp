// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
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

struct RenameArgs {
  std::string from;
  std::string to;
};

Bound describe_none(NoArgs& /*args*/) {
  return {};
}

Argument name_argument(std::string& lands) {
  return {.name = "NAME",
          .help = "The name of a source; see: claribi sources.",
          .lands = &lands,
          .completes = Completes::source};
}

Bound describe_name(NameArgs& args) {
  return {.arguments = {name_argument(args.name)}};
}

Bound describe_rename(RenameArgs& args) {
  return {.arguments = {name_argument(args.from),
                        {.name = "NEW",
                         .help = "What it is to be called.",
                         .lands = &args.to}}};
}

json::Value text_or_null(const std::string& text) {
  return text.empty() ? json::Value() : json::Value(text);
}

// CLARIBI_SOURCE has the last word, which is easily forgotten.
void say_override(Context& context, const std::string& chosen) {
  const auto& set = context.environment().source;
  if (set && *set != chosen) {
    context.say("note: CLARIBI_SOURCE is set, so commands ask " + *set);
  }
}

Result<void> list_sources(Context& context, const NoArgs& /*args*/) {
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  Document document{
      .table = table::from_rows(
          {"name", "vendor", "url", "project", "time_zone", "default"}, {})};
  for (const Source& source : list.sources) {
    document.table.rows.push_back(
        {source.name, source.vendor, source.url, text_or_null(source.project),
         source.time_zone, source.name == list.default_name});
  }
  table::infer_types(document.table);
  if (list.sources.empty()) {
    context.say("no source is connected yet; try: claribi connect demo");
  } else {
    say_override(context, list.default_name);
  }
  return context.print(std::move(document));
}

std::string region_name(const source::Vendor* vendor, const Source& source) {
  if (vendor == nullptr) return "";
  for (const source::Region& region : vendor->regions) {
    if (region.url == source.url) return std::string(region.name);
  }
  return "";
}

Result<void> show_source(Context& context, const NameArgs& args) {
  CLARIBI_TRY_ASSIGN(const SourceList list,
                     read_sources(context.environment().config_folder));
  CLARIBI_TRY_ASSIGN(const Source* source, list.named(args.name));
  const source::Vendor* vendor = source::find_vendor(source->vendor);
  json::Value row;
  row.set("name", source->name).set("vendor", source->vendor);
  row.set("url", source->url);
  row.set("region", text_or_null(region_name(vendor, *source)));
  row.set("project", text_or_null(source->project));
  row.set("organization", text_or_null(source->organization));
  row.set("time_zone", source->time_zone);
  row.set("week_start", source->weeks_start_on_sunday ? "sunday" : "monday");
  row.set("needs_key", vendor == nullptr || vendor->needs_key);
  row.set("default", source->name == list.default_name);
  return context.print({.table = table::from_object(row)});
}

Result<void> use_source(Context& context, const NameArgs& args) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(folder));
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  CLARIBI_TRY(list.named(args.name));
  list.default_name = args.name;
  CLARIBI_TRY(write_sources(folder, list));
  context.say(args.name + " is now the default source");
  say_override(context, args.name);
  return {};
}

Result<void> rename_source(Context& context, const RenameArgs& args) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(folder));
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  CLARIBI_TRY_ASSIGN(const Source* found, list.named(args.from));
  CLARIBI_TRY(check_source_name(args.to));
  if (list.find(args.to) != nullptr) {
    return fail(ErrorKind::usage,
                fmt::format("there is a source named '{}' already", args.to),
                {"see the sources: claribi sources"});
  }
  Source renamed = *found;
  renamed.name = args.to;
  // The key is under both names until the list is written: no failure in
  // between leaves a source without its key.
  CLARIBI_TRY(copy_key(context, args.from, args.to));
  list.remove(args.from);
  list.put(std::move(renamed));
  if (list.default_name == args.from) list.default_name = args.to;
  CLARIBI_TRY(write_sources(folder, list));
  CLARIBI_TRY(remove_key(context, args.from));
  context.say(fmt::format("{} is now called {}", args.from, args.to));
  return {};
}

// What the user does with a key that is no longer wanted.
void say_revoke(Context& context, const source::Vendor& vendor) {
  context.say(fmt::format(
      "the key still works at {}: revoke it there: {}", vendor.title,
      vendor.key_page.substr(0, vendor.key_page.find('?'))));
}

Result<void> remove_source(Context& context, const NameArgs& args) {
  const auto& folder = context.environment().config_folder;
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(folder));
  CLARIBI_TRY_ASSIGN(SourceList list, read_sources(folder));
  CLARIBI_TRY_ASSIGN(const Source* found, list.named(args.name));
  const source::Vendor* vendor = source::find_vendor(found->vendor);
  const bool keyed = vendor == nullptr || !vendor->local;
  // The key first: a source without a key can be removed again, a key
  // without a source would be forgotten.
  if (keyed) CLARIBI_TRY(remove_key(context, args.name));
  list.remove(args.name);
  const bool was_default = list.default_name == args.name;
  if (was_default) {
    list.default_name = list.sources.empty() ? "" : list.sources.front().name;
  }
  CLARIBI_TRY(write_sources(folder, list));
  context.say(args.name + " is disconnected");
  if (vendor != nullptr && vendor->needs_key) say_revoke(context, *vendor);
  if (was_default && !list.default_name.empty()) {
    context.say("the default source is now " + list.default_name);
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

Command sources_list_command() {
  Command command = sources_command();
  command.path = "sources list";
  command.examples = {{"claribi sources list -f csv", "what is connected"}};
  return command;
}

Command sources_show_command() {
  return {
      .path = "sources show",
      .summary = "Show one data source",
      .description =
          "Shows what is known of a source: where it is, which project it "
          "pins, which time zone its days have. Nothing is asked of the "
          "server and no key is shown.",
      .examples = {{"claribi sources show demo", "the demo"}},
      .bind = bind<NameArgs>(describe_name, show_source),
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

Command sources_rename_command() {
  return {
      .path = "sources rename",
      .summary = "Give a source another name",
      .description =
          "Renames a source. Its key stays in the vault under the new name "
          "and may be sent where it could be sent before; a default source "
          "stays the default.",
      .examples = {{"claribi sources rename posthog shop", "call it shop"}},
      .bind = bind<RenameArgs>(describe_rename, rename_source),
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
