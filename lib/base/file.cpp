// SPDX-License-Identifier: MIT
#include "base/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "base/held_signals.hpp"

namespace claribi {
namespace {

std::unexpected<Error> file_error(std::string_view doing,
                                  const std::filesystem::path& path,
                                  int error) {
  return fail(ErrorKind::file, fmt::format("cannot {} {}: {}", doing,
                                           path.string(), strerror(error)));
}

// An open descriptor, closed at the end of the block.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) (void)::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

// 0 or the errno of the call that failed.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return 0;
}

// Writes and syncs a new file. 0 or an errno.
int write_new(const std::filesystem::path& path, std::string_view bytes,
              Privacy privacy) {
  const mode_t mode = privacy == Privacy::owner_only ? 0600 : 0666;
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
             mode));
  if (!file.open()) return errno;
  if (const int error = write_all(file.get(), bytes)) return error;
  return ::fsync(file.get()) == 0 ? 0 : errno;
}

// A pipe or a device, such as /dev/stdout: there is nothing to replace.
bool is_stream(const std::filesystem::path& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
         !S_ISDIR(status.st_mode);
}

// 0 or an errno.
int write_through(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor stream(
      ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  return stream.open() ? write_all(stream.get(), bytes) : errno;
}

}  // namespace

Result<std::optional<std::string>> read_file(const std::filesystem::path& path,
                                             uint64_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    return file_error("read", path, errno);
  }
  std::string bytes;
  std::string block(65536, '\0');
  while (true) {
    const ssize_t count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) return bytes;
    bytes.append(block, 0, static_cast<size_t>(count));
    if (bytes.size() > limit) {
      return fail(ErrorKind::file, fmt::format("{} has more than {} bytes",
                                               path.string(), limit));
    }
  }
}

Result<void> write_file(const std::filesystem::path& path,
                        std::string_view bytes, Privacy privacy) {
  if (is_stream(path)) {
    const int error = write_through(path, bytes);
    if (error != 0) return file_error("write", path, error);
    return {};
  }
  std::filesystem::path beside = path;
  beside += fmt::format(".tmp.{}", ::getpid());
  const HeldSignals held;
  // Of a process with this number that was killed.
  (void)::unlink(beside.c_str());
  if (const int error = write_new(beside, bytes, privacy)) {
    (void)::unlink(beside.c_str());
    return file_error("write", path, error);
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    const int error = errno;
    (void)::unlink(beside.c_str());
    return file_error("write", path, error);
  }
  return {};
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) (void)::close(fd_);
}

Result<FolderLock> lock_folder(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return FolderLock();
  if (fd < 0) return file_error("open", path, errno);
  FolderLock lock(fd);
  while (::flock(fd, LOCK_EX) != 0) {
    if (errno != EINTR) return file_error("lock", path, errno);
  }
  return lock;
}

Result<void> make_private_folder(const std::filesystem::path& path) {
  std::filesystem::path sofar;
  for (const auto& part : path) {
    sofar /= part;
    if (::mkdir(sofar.c_str(), 0700) != 0 && errno != EEXIST &&
        errno != EISDIR) {
      // A parent that exists but may not be written to is no fault.
      struct stat status{};
      const int error = errno;
      if (::stat(sofar.c_str(), &status) != 0) {
        return file_error("make the folder", path, error);
      }
    }
  }
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return file_error("make the folder", path, ENOTDIR);
  }
  return {};
}

}  // namespace claribi
