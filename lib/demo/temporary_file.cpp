// SPDX-License-Identifier: MIT
#include "demo/temporary_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace claribi::demo {

namespace {

// 0 or an errno.
int sync(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  const int error = ::fsync(fd) == 0 ? 0 : errno;
  (void)::close(fd);
  return error;
}

}  // namespace

TemporaryFile::TemporaryFile(std::filesystem::path path)
    : path_(std::move(path)) {
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

Result<void> TemporaryFile::rename_to(const std::filesystem::path& target) {
  int error = sync(path_);
  if (error == 0 && ::rename(path_.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) {
    return fail(ErrorKind::file, fmt::format("cannot write {}: {}",
                                             target.string(), strerror(error)));
  }
  path_.clear();
  // The new name is in the folder. Where that cannot be synced it is as good.
  (void)sync(target.parent_path());
  return {};
}

}  // namespace claribi::demo
