// SPDX-License-Identifier: MIT
// What the user calls events and properties: the file `aliases` of the
// configuration folder, a line each, "signups = signed_up", sorted, to be kept
// under version control if one likes. Lines that begin with # are words for
// people.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "source/dialect.hpp"

namespace claribi::cli {

// Sorted by the words. A missing file is an empty list; fails (file) naming
// the line that cannot be read.
[[nodiscard]] Result<std::vector<source::NameAlias>> read_aliases(
    const std::filesystem::path& config_folder);

// "signups=signed_up". Fails (usage).
[[nodiscard]] Result<source::NameAlias> parse_alias(std::string_view text);

// Adds the alias or replaces the one of these words.
[[nodiscard]] Result<void> put_alias(const std::filesystem::path& config_folder,
                                     source::NameAlias alias);
// Fails (usage) if there is none.
[[nodiscard]] Result<void> remove_alias(
    const std::filesystem::path& config_folder, std::string_view words);

}  // namespace claribi::cli
