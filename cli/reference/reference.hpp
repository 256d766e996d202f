// SPDX-License-Identifier: MIT
// The documents that are made from the table of commands: the same rows give
// --help, so that none of them can say something else.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace claribi::cli {

// What the printers print from.
struct Manual {
  std::span<const Command> commands;
  std::span<const Option> globals;
  std::vector<std::string> formats = {};  // Values of Completes::format.
};

struct GeneratedFile {
  std::string path;  // From the root of the repository: "man/claribi.1".
  std::string content;
};

// One page in mdoc per visible row, and claribi(1) over all of them.
std::vector<GeneratedFile> man_pages(const Manual& manual);

// Completion of commands, options, choices and formats; sources, tools and
// the like are asked of `claribi __complete KIND`.
std::string bash_completion(const Manual& manual);
std::string zsh_completion(const Manual& manual);
std::string fish_completion(const Manual& manual);

// Every command on one page of Markdown.
std::string reference_page(const Manual& manual);

// Every committed file that is made from a table. Fails (internal) if a row
// lacks words that a document needs, naming the row.
[[nodiscard]] Result<std::vector<GeneratedFile>> generate_all(
    const Manual& manual);
// The same from the program's own tables.
[[nodiscard]] Result<std::vector<GeneratedFile>> generate_all();

}  // namespace claribi::cli
