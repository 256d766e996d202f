// SPDX-License-Identifier: MIT
#include "cli/commands/command_rows.hpp"
#include "cli/context.hpp"

namespace claribi::cli {
namespace {

struct NoArgs {};
Bound describe_none(NoArgs& /*args*/) {
  return {};
}

Result<void> run_version(Context& context, const NoArgs& /*args*/) {
  return context.io().out("claribi " CLARIBI_VERSION "\n");
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

}  // namespace claribi::cli
