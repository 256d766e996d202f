// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "base/error.hpp"

namespace claribi::demo {

// A file that somebody else fills. Removed at the end unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::filesystem::path path);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  TemporaryFile(TemporaryFile&&) = delete;
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Puts it, whole, in the place of the target: after a loss of power there
  // is either what was before or this file. In the same folder. Fails (file).
  [[nodiscard]] Result<void> rename_to(const std::filesystem::path& target);

 private:
  std::filesystem::path path_;
};

}  // namespace claribi::demo
