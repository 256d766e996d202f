// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "cli/command.hpp"

namespace claribi::cli {

// THE table of commands, sorted by path.
std::span<const Command> commands();
const Command* find_command(std::string_view path);

}  // namespace claribi::cli
