// SPDX-License-Identifier: MIT
// Man pages, completion scripts and the reference, for the repository.
#include <filesystem>
#include <string>

#include "base/file.hpp"
#include "base/result.hpp"
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"
#include "cli/reference/reference.hpp"

namespace claribi::cli {
namespace {

struct GenerateArgs {
  std::string folder;
};

Bound describe_generate(GenerateArgs& args) {
  return {.arguments = {{.name = "FOLDER",
                         .help = "Write the generated files below it.",
                         .lands = &args.folder}}};
}

Result<void> run_generate(Context& context, const GenerateArgs& args) {
  CLARIBI_TRY_ASSIGN(const auto files, generate_all());
  for (const GeneratedFile& file : files) {
    const auto path = std::filesystem::path(args.folder) / file.path;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    CLARIBI_TRY(context.io().save(path, file.content));
  }
  return {};
}

}  // namespace

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

}  // namespace claribi::cli
