// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace claribi::vault {

// The system calls that the vault's files are read and written with, one
// function each, with their results and errno. This class makes the calls;
// tests derive from it to let one fail, to be killed at one, or to watch.
class SystemCalls {
 public:
  SystemCalls() = default;
  SystemCalls(const SystemCalls&) = delete;
  SystemCalls& operator=(const SystemCalls&) = delete;
  SystemCalls(SystemCalls&&) = delete;
  SystemCalls& operator=(SystemCalls&&) = delete;
  virtual ~SystemCalls() = default;

  virtual int open(int folder, const char* name, int flags, mode_t mode);
  virtual int close(int fd);
  virtual int status(int fd, struct stat* status);
  virtual int change_mode(int fd, mode_t mode);
  virtual ssize_t read(int fd, void* into, size_t size);
  virtual ssize_t write(int fd, const void* from, size_t size);
  virtual int sync(int fd);
  // flock(LOCK_EX | LOCK_NB).
  virtual int lock(int fd);
  virtual int link(int folder, const char* from, const char* to);
  virtual int rename(int folder, const char* from, const char* to);
  virtual int unlink(int folder, const char* name);
  // The names in an open folder; -1 and errno like the others.
  virtual int list(int folder, std::vector<std::string>& names);

  // Time for waiting only; it has no date.
  virtual std::chrono::milliseconds elapsed();
  virtual void pause(std::chrono::milliseconds time);
};

// An open descriptor, closed at the end of the block.
class Descriptor {
 public:
  Descriptor(SystemCalls& calls, int fd) : calls_(&calls), fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) = delete;
  ~Descriptor();

  [[nodiscard]] int get() const { return fd_; }
  // For a file that was written, where closing may report a lost write. 0, or
  // -1 and errno.
  int close();

 private:
  SystemCalls* calls_;
  int fd_;
};

}  // namespace claribi::vault
