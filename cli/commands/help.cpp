// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/commands.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"

namespace claribi::cli {
namespace {

struct HelpArgs {
  std::vector<std::string> words;
};

Bound describe_help(HelpArgs& args) {
  return {.arguments = {{.name = "COMMAND",
                         .help = "The command to explain.",
                         .lands = &args.words,
                         .required = false}}};
}

Result<void> run_help(Context& context, const HelpArgs& args) {
  Settings settings;
  const auto global = global_options(settings);
  const size_t width = std::min<size_t>(context.io().screen().width, 100);
  if (args.words.empty()) {
    return context.io().out(help_overview(commands(), global, width));
  }
  std::string path;
  for (const std::string& word : args.words) {
    path += (path.empty() ? "" : " ") + word;
  }
  if (const Command* command = find_command(path)) {
    return context.io().out(help_command(*command, commands(), global, width));
  }
  const std::string group = help_group(path, commands(), width);
  if (!group.empty()) return context.io().out(group);
  return fail(ErrorKind::usage, "there is no command '" + path + "'",
              {"see all commands: claribi --help"});
}

}  // namespace

Command help_command_row() {
  return {
      .path = "help",
      .summary = "Explain a command",
      .description =
          "Prints what a command does, its options and examples; "
          "without a command, the list of commands.",
      .examples = {{"claribi help call", "how to call a tool"}},
      .bind = bind<HelpArgs>(describe_help, run_help),
  };
}

}  // namespace claribi::cli
