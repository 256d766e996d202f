// SPDX-License-Identifier: MIT
// A shell's script, and the hidden command that the scripts ask for names.
#include <string>

#include "base/result.hpp"
#include "cli/commands.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/output/formats.hpp"
#include "cli/reference/reference.hpp"
#include "cli/sources.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

struct ShellArgs {
  std::string shell;
};

Bound describe_shell(ShellArgs& args) {
  return {.arguments = {{.name = "SHELL",
                         .help = "bash, zsh or fish.",
                         .lands = &args.shell}}};
}

Result<void> run_completion(Context& context, const ShellArgs& args) {
  Settings settings;
  const auto global = global_options(settings);
  const Manual manual{commands(), global, format_names()};
  if (args.shell == "bash") return context.io().out(bash_completion(manual));
  if (args.shell == "zsh") return context.io().out(zsh_completion(manual));
  if (args.shell == "fish") return context.io().out(fish_completion(manual));
  return fail(ErrorKind::usage, "unknown shell '" + args.shell + "'",
              {"use bash, zsh or fish"});
}

struct CompleteArgs {
  std::string kind;
};

Bound describe_complete(CompleteArgs& args) {
  return {.arguments = {{.name = "KIND",
                         .help = "source, vendor, tool or format.",
                         .lands = &args.kind}}};
}

// The names of a kind, one a line. Opens neither the vault nor a socket.
Result<void> run_complete(Context& context, const CompleteArgs& args) {
  std::string names;
  if (args.kind == "format") {
    for (const std::string& name : format_names())
      names += name + "\n";
  } else if (args.kind == "vendor") {
    for (const source::Vendor& vendor : source::vendors()) {
      names += std::string(vendor.name) + "\n";
    }
  } else if (args.kind == "tool") {
    for (const source::CatalogTool& tool : source::vendors().front().catalog) {
      names += std::string(tool.name) + "\n";
    }
  } else if (args.kind == "source") {
    CLARIBI_TRY_ASSIGN(const SourceList list,
                       read_sources(context.environment().config_folder));
    for (const Source& source : list.sources)
      names += source.name + "\n";
  }
  return context.io().out(names);
}

}  // namespace

Command completion_command() {
  return {
      .path = "completion",
      .summary = "Print a shell's completion script",
      .description =
          "Prints the script that completes commands, options and "
          "names in bash, zsh or fish.",
      .examples = {{"claribi completion bash > "
                    "~/.local/share/bash-completion/completions/claribi",
                    "for bash"}},
      .bind = bind<ShellArgs>(describe_shell, run_completion),
  };
}

Command complete_command() {
  return {
      .path = "__complete",
      .summary = "Print names for a completion script",
      .description = "Prints the names of a kind, one a line.",
      .examples = {{"claribi __complete source", "the sources"}},
      .bind = bind<CompleteArgs>(describe_complete, run_complete),
      .hidden = true,
  };
}

}  // namespace claribi::cli
