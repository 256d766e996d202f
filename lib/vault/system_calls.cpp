// SPDX-License-Identifier: MIT
#include "vault/system_calls.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <thread>
#include <utility>

#include <dirent.h>

namespace claribi::vault {

int SystemCalls::open(int folder, const char* name, int flags, mode_t mode) {
  return ::openat(folder, name, flags, mode);
}

int SystemCalls::close(int fd) {
  return ::close(fd);
}

int SystemCalls::status(int fd, struct stat* status) {
  return ::fstat(fd, status);
}

int SystemCalls::change_mode(int fd, mode_t mode) {
  return ::fchmod(fd, mode);
}

ssize_t SystemCalls::read(int fd, void* into, size_t size) {
  return ::read(fd, into, size);
}

ssize_t SystemCalls::write(int fd, const void* from, size_t size) {
  return ::write(fd, from, size);
}

int SystemCalls::sync(int fd) {
  return ::fsync(fd);
}

int SystemCalls::lock(int fd) {
  return ::flock(fd, LOCK_EX | LOCK_NB);
}

int SystemCalls::link(int folder, const char* from, const char* to) {
  return ::linkat(folder, from, folder, to, 0);
}

int SystemCalls::rename(int folder, const char* from, const char* to) {
  return ::renameat(folder, from, folder, to);
}

int SystemCalls::unlink(int folder, const char* name) {
  return ::unlinkat(folder, name, 0);
}

int SystemCalls::list(int folder, std::vector<std::string>& names) {
  // A descriptor of its own: closedir closes it, and its position is not
  // shared with earlier listings.
  const int own = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (own < 0) return -1;
  DIR* entries = ::fdopendir(own);
  if (entries == nullptr) {
    (void)::close(own);
    return -1;
  }
  errno = 0;
  while (const dirent* entry = ::readdir(entries)) {
    names.emplace_back(entry->d_name);
    errno = 0;
  }
  const int error = errno;
  (void)::closedir(entries);
  errno = error;
  return error == 0 ? 0 : -1;
}

std::chrono::milliseconds SystemCalls::elapsed() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

void SystemCalls::pause(std::chrono::milliseconds time) {
  std::this_thread::sleep_for(time);
}

Descriptor::Descriptor(Descriptor&& other) noexcept
    : calls_(other.calls_), fd_(std::exchange(other.fd_, -1)) {
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) (void)close();
}

int Descriptor::close() {
  const int result = calls_->close(std::exchange(fd_, -1));
  // Linux has closed the descriptor when it reports an interruption.
  return result != 0 && errno == EINTR ? 0 : result;
}

}  // namespace claribi::vault
