// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
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
                         .help = "The command to explain, or a topic.",
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
  const Command* command = find_command(path);
  std::string text = command != nullptr
                         ? help_command(*command, commands(), global, width)
                         : help_group(path, commands(), width);
  // What is to be known of the vault is more than what its command does.
  if (const Topic* topic = find_topic(path)) {
    if (!text.empty()) text += "\n";
    text += help_topic(*topic, width);
  }
  if (!text.empty()) return context.io().out(text);
  return fail(ErrorKind::usage,
              fmt::format("there is no command or topic '{}'",
                          escape_terminal_line(path)),
              {"see all of them: claribi --help"});
}

}  // namespace

Command help_command_row() {
  return {
      .path = "help",
      .summary = "Explain a command or a topic",
      .description =
          "Prints what a command does, its options and examples; "
          "without a command, the list of commands. Topics are about no "
          "single command: engines, environment, exit-status, formats, plans "
          "and vault.",
      .examples = {{"claribi help call", "how to call a tool"},
                   {"claribi help formats", "how results are printed"}},
      .bind = bind<HelpArgs>(describe_help, run_help),
  };
}

}  // namespace claribi::cli
