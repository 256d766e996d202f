// SPDX-License-Identifier: MIT
// What help and the printers read out of the rows of the table of commands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace claribi::cli {

// The names of an option with their dashes; an empty one is not there.
struct OptionNames {
  std::string short_name;  // "-f"
  std::string long_name;   // "--format"
};
OptionNames names_of(const Option& option);

// "-f, --format NAME"; the place of a missing short name stays blank, so that
// the long names of a list are aligned.
std::string option_title(const Option& option);

bool takes_value(const Option& option);
std::string value_name(const Option& option);  // "NAME"; "VALUE" if unnamed.
bool repeats(const Landing& lands);

// The sentence about an option, with its choices at the end.
std::string option_help(const Option& option);

// "TOOL [KEY=VALUE...]", as a synopsis shows the argument.
std::string argument_title(const Argument& argument);

// "claribi call TOOL [options]"
std::string usage_line(const Command& command);

// The rows that are not hidden, in the order of the table.
std::vector<const Command*> visible(std::span<const Command> commands);

// The visible rows below a path ("vault" has "vault status"), without it.
std::vector<const Command*> below(std::span<const Command> commands,
                                  std::string_view path);

// What an overview lists: the visible rows that are below no other row.
std::vector<const Command*> top_level(std::span<const Command> commands);

// The words that may follow a path: the next word of each row below it, once.
std::vector<std::string> next_words(std::span<const Command> commands,
                                    std::string_view path);

// Every path that the shell may stand on: each row's and each prefix of one.
std::vector<std::string> all_paths(std::span<const Command> commands);

// The paragraphs of a description. One that begins with a space is to be
// shown as it stands, line by line.
std::vector<std::string> paragraphs(std::string_view description);

// The word of `claribi __complete WORD`, or "" if that kind has no list.
std::string_view kind_word(Completes kind);

}  // namespace claribi::cli
