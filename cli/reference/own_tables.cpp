// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/output/formats.hpp"
#include "cli/reference/reference.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {

Result<std::vector<GeneratedFile>> generate_all() {
  Settings settings;
  const auto globals = global_options(settings);
  return generate_all({commands(), globals, format_names()});
}

}  // namespace claribi::cli
