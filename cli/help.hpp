// SPDX-License-Identifier: MIT
// The texts of --help, made from the table of commands. Each ends with a line
// feed and has no line wider than `width` columns, but for examples and words
// that are wider by themselves.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/topics.hpp"

namespace claribi::cli {

// `claribi --help`: the commands, the options of every command, the exit
// statuses.
std::string help_overview(std::span<const Command> commands,
                          std::span<const Option> globals, size_t width);

// `claribi COMMAND --help`. `commands` is the table, for the rows below this
// one; of `globals` only the names are shown.
std::string help_command(const Command& command,
                         std::span<const Command> commands,
                         std::span<const Option> globals, size_t width);

// Help for a word that only has rows below it, such as "vault" when the table
// has "vault status" but no "vault". Empty if there are none.
std::string help_group(std::string_view path, std::span<const Command> commands,
                       size_t width);

// `claribi help TOPIC`.
std::string help_topic(const Topic& topic, size_t width);

// Breaks a paragraph into lines of at most `width` columns, `indent` spaces
// before each. No line feed at the end.
std::string wrap(std::string_view paragraph, size_t indent, size_t width);

}  // namespace claribi::cli
