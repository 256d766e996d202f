// SPDX-License-Identifier: MIT
// help, version, completion, and the hidden commands behind the generated
// files and behind completion.
#include "cli/reference/reference.hpp"

#include <filesystem>
#include <string>
#include <utility>

#include "base/file.hpp"
#include "base/result.hpp"
#include "cli/commands.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/help.hpp"
#include "cli/output/formats.hpp"
#include "cli/sources.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};
Bound describe_none(NoArgs& /*args*/) {
  return {};
}

Result<void> run_version(Context& context, const NoArgs& /*args*/) {
  return context.io().out("claribi " CLARIBI_VERSION "\n");
}

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

struct GenerateArgs {
  std::string folder;
};

Bound describe_generate(GenerateArgs& args) {
  return {.arguments = {{.name = "FOLDER",
                         .help = "Write the generated files below it.",
                         .lands = &args.folder}}};
}

Result<void> run_generate(Context& /*context*/, const GenerateArgs& args) {
  CLARIBI_TRY_ASSIGN(const auto files, generate_all());
  for (const GeneratedFile& file : files) {
    const auto path = std::filesystem::path(args.folder) / file.path;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    CLARIBI_TRY(write_file(path, file.content, Privacy::umask));
  }
  return {};
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

Command version_command() {
  return {
      .path = "version",
      .summary = "Print the version",
      .description = "Prints the name and the version of the program.",
      .examples = {{"claribi version", "which version this is"}},
      .bind = bind<NoArgs>(describe_none, run_version),
  };
}

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

Command generate_command() {
  return {
      .path = "__generate",
      .summary = "Write the generated files",
      .description = "Writes man pages, completions and the reference.",
      .examples = {{"claribi __generate .", "below this folder"}},
      .bind = bind<GenerateArgs>(describe_generate, run_generate),
      .hidden = true,
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
