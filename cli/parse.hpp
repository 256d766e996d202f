// SPDX-License-Identifier: MIT
// What was typed, against the table of commands. What it means is the
// commands' business.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/settings.hpp"

namespace claribi::cli {

struct Parsed {
  // The command that was named; null if none was (bare `claribi`), or where
  // help is wanted for a group such as `vault`.
  const Command* command = nullptr;
  Bound bound = {};
  std::string group = {};
};

// Fails (usage) naming the word that is not understood and the nearest one
// that would be. `settings` must outlive the bound command; the settings that
// could be read before a failure are set even then.
[[nodiscard]] Result<Parsed> parse(const std::vector<std::string>& words,
                                   std::span<const Command> table,
                                   Settings& settings);

}  // namespace claribi::cli
