// SPDX-License-Identifier: MIT
#include "vault/key_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::vault {
namespace {

std::unexpected<Error> io_error(std::string_view doing,
                                const std::filesystem::path& path) {
  return fail(ErrorKind::vault_io,
              fmt::format("cannot {} the key file {}: {}", doing, path.string(),
                          std::generic_category().message(errno)),
              {fmt::format("ls -l {}", path.string())});
}

Result<void> check_status(const struct stat& status,
                          const std::filesystem::path& path,
                          KeyFileOwner owner) {
  if (!S_ISREG(status.st_mode)) {
    return fail(
        ErrorKind::vault_io,
        fmt::format("the key file {} is not a regular file", path.string()),
        {"pass a key from a pipe with --unlock-key-fd N"});
  }
  const bool lent = owner == KeyFileOwner::system && status.st_uid == 0;
  if (status.st_uid != ::geteuid() && !lent) {
    return fail(ErrorKind::vault_permission,
                fmt::format("the key file {} belongs to user {}, not to you",
                            path.string(), status.st_uid),
                {fmt::format("chown {} {}", ::geteuid(), path.string())});
  }
  const mode_t mode = status.st_mode & 07777;
  if ((mode & (lent ? ~mode_t{0640} : ~mode_t{0600})) != 0) {
    return fail(ErrorKind::vault_permission,
                fmt::format("the key file {} has mode {:04o}, not 0600 or "
                            "0400",
                            path.string(), mode),
                {fmt::format("chmod 600 {}", path.string())});
  }
  return {};
}

// A little more than any key file has, so that a longer one is noticed.
constexpr size_t most_key_bytes = 256;

Result<Secret> read_text(SystemCalls& calls, int fd,
                         const std::filesystem::path& path) {
  CLARIBI_TRY_ASSIGN(Secret buffer, Secret::of_size(most_key_bytes));
  size_t size = 0;
  while (size < most_key_bytes) {
    const ssize_t count =
        calls.read(fd, buffer.bytes().data() + size, most_key_bytes - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_error("read", path);
    if (count == 0) break;
    size += static_cast<size_t>(count);
  }
  return Secret::copy_of(buffer.view().substr(0, size));
}

// What a text editor or another system may have made of a key.
std::string_view likely_fault(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    return "it is UTF-16 text";
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    return "it begins with a byte order mark";
  }
  return "it has neither 32 bytes nor 64 hex characters";
}

bool write_all(SystemCalls& calls, int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = calls.write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

// The name must be on disk before a vault depends on the key.
bool sync_folder(SystemCalls& calls, const std::filesystem::path& path) {
  const auto folder =
      path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor descriptor(
      calls, calls.open(AT_FDCWD, folder.c_str(),
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0));
  return descriptor.get() >= 0 && calls.sync(descriptor.get()) == 0;
}

Result<void> write_key(SystemCalls& calls, const std::filesystem::path& path,
                       const Secret& key) {
  CLARIBI_TRY_ASSIGN(const Secret hex, key_to_hex(key));
  Descriptor file(
      calls,
      calls.open(AT_FDCWD, path.c_str(),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) return io_error("create", path);
  if (calls.change_mode(file.get(), 0600) != 0 ||
      !write_all(calls, file.get(), hex.view()) ||
      !write_all(calls, file.get(), "\n") || calls.sync(file.get()) != 0 ||
      file.close() != 0) {
    return io_error("write", path);
  }
  return {};
}

// Gives the file its name, if nothing has it.
Result<void> put_in_place(SystemCalls& calls,
                          const std::filesystem::path& written,
                          const std::filesystem::path& path) {
  if (calls.link(AT_FDCWD, written.c_str(), path.c_str()) != 0) {
    return io_error("create", path);
  }
  if (sync_folder(calls, path)) return {};
  auto failed = io_error("sync the folder of", path);
  (void)calls.unlink(AT_FDCWD, path.c_str());
  return failed;
}

}  // namespace

Result<Secret> read_key_file(const std::filesystem::path& path,
                             SystemCalls& calls, KeyFileOwner owner) {
  const Descriptor file(
      calls, calls.open(AT_FDCWD, path.c_str(),
                        O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0));
  if (file.get() < 0) return io_error("open", path);
  struct stat status{};
  if (calls.status(file.get(), &status) != 0) return io_error("look at", path);
  CLARIBI_TRY(check_status(status, path, owner));
  CLARIBI_TRY_ASSIGN(const Secret text, read_text(calls, file.get(), path));
  return parse_key(text.view(), fmt::format("the key file {}", path.string()));
}

Result<Secret> parse_key(std::string_view text, std::string_view source) {
  if (text.size() == key_size) return Secret::copy_of(text);
  auto hex = text;
  if (hex.ends_with('\n')) hex.remove_suffix(1);
  CLARIBI_TRY_ASSIGN(auto key, key_from_hex(hex));
  if (key) return std::move(*key);
  return fail(ErrorKind::vault_auth,
              fmt::format("{} holds no key: {}", source, likely_fault(text)),
              {"a key is 32 raw bytes, or 64 hex characters on one line"});
}

Result<Secret> make_key_file(const std::filesystem::path& path,
                             SystemCalls& calls, Randomness& randomness) {
  CLARIBI_TRY_ASSIGN(Secret key, Secret::of_size(key_size));
  randomness.fill(key.bytes());
  // Written beside it: a process that is killed leaves no half key behind.
  const auto beside =
      path.parent_path() /
      fmt::format(".{}.tmp.{}", path.filename().string(), ::getpid());
  auto made = write_key(calls, beside, key);
  if (made) made = put_in_place(calls, beside, path);
  (void)calls.unlink(AT_FDCWD, beside.c_str());
  if (!made) return std::unexpected(std::move(made).error());
  return key;
}

std::string_view kind_text(SlotKind kind) {
  return kind == SlotKind::passphrase ? "passphrase" : "key";
}

std::string_view protection_text(Protection protection) {
  switch (protection) {
    case Protection::passphrase:
      return "passphrase";
    case Protection::systemd_credential:
      return "systemd-credential";
    case Protection::key_given:
      return "key given by variable or descriptor";
    case Protection::key_elsewhere:
      return "key file on another filesystem";
    case Protection::permissions_only:
      return "FILE PERMISSIONS ONLY (key file on the same disk as the vault)";
  }
  std::unreachable();
}

Protection key_file_protection(const std::filesystem::path& vault,
                               const std::filesystem::path& key) {
  struct stat vault_status{};
  struct stat key_status{};
  const bool apart = ::stat(vault.c_str(), &vault_status) == 0 &&
                     ::stat(key.c_str(), &key_status) == 0 &&
                     vault_status.st_dev != key_status.st_dev;
  return apart ? Protection::key_elsewhere : Protection::permissions_only;
}

}  // namespace claribi::vault
