// SPDX-License-Identifier: MIT
// A folder, randomness and secrets for the vault's tests.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <stdlib.h>

#include "doctest/doctest.h"
#include "vault/vault.hpp"

namespace claribi::vault::testing {

// A private folder that is gone at the end of the test.
class TemporaryFolder {
 public:
  // In memory where that is possible: the tests sync thousands of times.
  TemporaryFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent = ::access(memory.c_str(), W_OK) == 0
                            ? memory
                            : std::filesystem::temp_directory_path();
    std::string name = (parent / "claribi-vault-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  TemporaryFolder(TemporaryFolder&&) = delete;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::filesystem::path path() const { return path_; }
  [[nodiscard]] std::filesystem::path vault() const { return path_ / "vault"; }

  // All names in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  [[nodiscard]] bool has_temporary_file() const {
    return std::ranges::any_of(
        names(), [](const std::string& name) { return name.starts_with('.'); });
  }

 private:
  std::filesystem::path path_;
};

// The same bytes in each run; other bytes for another seed.
class SeededRandomness final : public Randomness {
 public:
  explicit SeededRandomness(unsigned seed = 1) : engine_(seed) {}
  void fill(std::span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) {
      byte = static_cast<unsigned char>(engine_());
    }
  }

 private:
  std::mt19937 engine_;
};

inline Secret secret(std::string_view text) {
  auto copy = Secret::copy_of(text);
  REQUIRE(copy.has_value());
  return std::move(*copy);
}

inline Unlock raw_key(char filler = 'k') {
  return {SlotKind::raw_key, secret(std::string(32, filler))};
}

inline Unlock passphrase(std::string_view words) {
  return {SlotKind::passphrase, secret(words)};
}

inline NewRecord record(std::string name, std::string_view key) {
  return {.name = std::move(name),
          .kind = "api-key",
          .secret = secret(key),
          .origins = {"https://mcp.posthog.com"}};
}

inline std::string contents_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// With mode 0600.
inline void write_private(const std::filesystem::path& path,
                          std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  ::chmod(path.c_str(), 0600);
}

inline std::string with_checksum(std::string bytes) {
  if (bytes.size() < 32) return bytes;
  bytes.resize(bytes.size() - 32);
  bytes += as_text(checksum(bytes));
  return bytes;
}

template <typename T>
ErrorKind kind_of(const Result<T>& result) {
  REQUIRE(!result.has_value());
  return result.error().kind;
}

// System calls with a say before each: an errno to fail with, or 0. What is
// closed is closed all the same, so that nothing leaks.
class WatchedCalls : public SystemCalls {
 public:
  std::function<int(std::string_view call)> before = [](std::string_view) {
    return 0;
  };

  int open(int folder, const char* name, int flags, mode_t mode) override {
    return fails("open") ? -1 : SystemCalls::open(folder, name, flags, mode);
  }
  int close(int fd) override {
    const int error = before("close");
    const int result = SystemCalls::close(fd);
    errno = error;
    return error != 0 ? -1 : result;
  }
  int status(int fd, struct stat* status) override {
    return fails("status") ? -1 : SystemCalls::status(fd, status);
  }
  int change_mode(int fd, mode_t mode) override {
    return fails("change_mode") ? -1 : SystemCalls::change_mode(fd, mode);
  }
  ssize_t read(int fd, void* into, size_t size) override {
    return fails("read") ? -1 : SystemCalls::read(fd, into, size);
  }
  ssize_t write(int fd, const void* from, size_t size) override {
    return fails("write") ? -1 : SystemCalls::write(fd, from, size);
  }
  int sync(int fd) override {
    return fails("sync") ? -1 : SystemCalls::sync(fd);
  }
  int lock(int fd) override {
    return fails("lock") ? -1 : SystemCalls::lock(fd);
  }
  int link(int folder, const char* from, const char* to) override {
    return fails("link") ? -1 : SystemCalls::link(folder, from, to);
  }
  int rename(int folder, const char* from, const char* to) override {
    return fails("rename") ? -1 : SystemCalls::rename(folder, from, to);
  }
  int unlink(int folder, const char* name) override {
    return fails("unlink") ? -1 : SystemCalls::unlink(folder, name);
  }
  int list(int folder, std::vector<std::string>& names) override {
    return fails("list") ? -1 : SystemCalls::list(folder, names);
  }

 private:
  bool fails(std::string_view call) {
    const int error = before(call);
    if (error != 0) errno = error;
    return error != 0;
  }
};

// A vault in a folder of its own, opened by raw_key().
struct Bench {
  TemporaryFolder folder;
  SystemCalls calls;
  SeededRandomness randomness;
  FixedClock clock{Instant{std::chrono::milliseconds{1'800'000'000'000}}};
  Vault vault{folder.vault(), {calls, randomness, clock}};

  void create() {
    REQUIRE(vault.create({.unlock = raw_key(), .label = "main"}).has_value());
  }
  // The same file through other calls.
  Vault through(SystemCalls& others) {
    return {folder.vault(), {others, randomness, clock}};
  }
};

}  // namespace claribi::vault::testing
