// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace claribi {

// Who may read a file that claribi writes.
enum class Privacy { owner_only, umask };  // 0600; 0666 less the umask.

// The whole file. Fails (file) if it cannot be read or has more than `limit`
// bytes; empty optional if there is none of that name.
[[nodiscard]] Result<std::optional<std::string>> read_file(
    const std::filesystem::path& path, uint64_t limit);

// Replaces the file or leaves it as it was: written beside it, synced, renamed.
// No temporary file is left behind on failure. A pipe or a device is written
// to as it is.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path,
                                      std::string_view bytes, Privacy privacy);

// Makes the folder and its parents, each with mode 0700 if it is new.
[[nodiscard]] Result<void> make_private_folder(
    const std::filesystem::path& path);

}  // namespace claribi
