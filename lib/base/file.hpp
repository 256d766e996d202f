// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

// Keeps every other process that locks the same folder waiting until it ends.
class FolderLock {
 public:
  FolderLock() = default;  // Locks nothing.
  explicit FolderLock(int fd) : fd_(fd) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  int fd_ = -1;
};

// Waits for the lock. It locks nothing if there is no such folder: then there
// is nothing in it to be changed.
[[nodiscard]] Result<FolderLock> lock_folder(const std::filesystem::path& path);

// Makes the folder and its parents, each with mode 0700 if it is new.
[[nodiscard]] Result<void> make_private_folder(
    const std::filesystem::path& path);

}  // namespace claribi
