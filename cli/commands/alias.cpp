// SPDX-License-Identifier: MIT
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "cli/aliases.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "table/build.hpp"

namespace claribi::cli {
namespace {

struct AliasArgs {
  std::optional<std::string> alias;
  std::optional<std::string> removed;
};

Result<void> list_aliases(Context& context) {
  CLARIBI_TRY_ASSIGN(const auto aliases,
                     read_aliases(context.environment().config_folder));
  Document document{.table = table::from_rows({"alias", "name"}, {})};
  for (const source::NameAlias& alias : aliases)
    document.table.rows.push_back({alias.words, alias.name});
  table::infer_types(document.table);
  return context.print(std::move(document));
}

Result<void> run_alias(Context& context, const AliasArgs& args) {
  const auto& folder = context.environment().config_folder;
  if (args.removed) return remove_alias(folder, *args.removed);
  if (!args.alias) return list_aliases(context);
  CLARIBI_TRY_ASSIGN(auto alias, parse_alias(*args.alias));
  return put_alias(folder, std::move(alias));
}

Bound describe(AliasArgs& args) {
  return {
      .options = {{.names = "--remove",
                   .value = "WORDS",
                   .help = "Forget the alias of those words.",
                   .lands = &args.removed}},
      .arguments = {{.name = "WORDS=NAME",
                     .help = "What you say and the event or property that it "
                             "means. Without one all aliases are listed.",
                     .lands = &args.alias,
                     .required = false}},
  };
}

}  // namespace

Command alias_command() {
  return {
      .path = "alias",
      .summary = "Teach ask your own words for events and properties",
      .description =
          "Keeps what you call events and properties, for every source: "
          "`claribi ask` reads the words as that name, if the project has it. "
          "A name that a project does not have is never sent to it.\n\n"
          "The aliases are the lines of the file `aliases` in the "
          "configuration folder, to be edited and shared as you like.",
      .examples = {{"claribi alias signups=signed_up",
                    "\"signups last week\" is about signed_up"},
                   {"claribi alias", "list them"},
                   {"claribi alias --remove signups", "forget one"}},
      .bind = bind<AliasArgs>(describe, run_alias),
  };
}

}  // namespace claribi::cli
