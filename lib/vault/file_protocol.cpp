// SPDX-License-Identifier: MIT
#include "vault/file_protocol.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "vault/format.hpp"

namespace claribi::vault {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds lock_patience{10'000};
constexpr milliseconds lock_pause{5};
constexpr int careful = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
constexpr std::string_view unchanged = "; the vault was not changed";

std::unexpected<Error> io_error(std::string_view doing,
                                const std::filesystem::path& path,
                                std::string_view outcome = {}) {
  const int error = errno;
  return fail(ErrorKind::vault_io,
              fmt::format("cannot {} {}: {}{}", doing, path.string(),
                          std::generic_category().message(error), outcome),
              {"claribi vault status"});
}

// Calls again what a signal has interrupted.
template <typename Call>
auto uninterrupted(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR)
    result = call();
  return result;
}

bool write_all(SystemCalls& calls, int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = uninterrupted(
        [&] { return calls.write(fd, bytes.data(), bytes.size()); });
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

// Empty when reading fails; stops a little above the limit.
std::optional<std::string> read_all(SystemCalls& calls, int fd) {
  std::string bytes;
  std::string block(65536, '\0');
  while (bytes.size() <= most_file_bytes) {
    const ssize_t count = uninterrupted(
        [&] { return calls.read(fd, block.data(), block.size()); });
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    bytes.append(block, 0, static_cast<size_t>(count));
  }
  return bytes;
}

}  // namespace

FileProtocol::FileProtocol(std::filesystem::path file, SystemCalls& calls)
    : file_(std::move(file)), name_(file_.filename().string()), calls_(calls) {
}

std::filesystem::path FileProtocol::backup_path() const {
  return beside(name_ + ".bak");
}

Result<std::string> FileProtocol::read() const {
  CLARIBI_TRY_ASSIGN(const Descriptor folder, open_folder());
  return read_in(folder, name_);
}

Result<std::string> FileProtocol::read_backup() const {
  CLARIBI_TRY_ASSIGN(const Descriptor folder, open_folder());
  return read_in(folder, name_ + ".bak");
}

Result<void> FileProtocol::create(std::string_view bytes, const Check& check) {
  CLARIBI_TRY_ASSIGN(const Descriptor folder, open_folder());
  // Twice: before the lock file is made, and when nobody else can write.
  CLARIBI_TRY(expect_absent(folder));
  CLARIBI_TRY_ASSIGN(const Descriptor held, lock(folder));
  CLARIBI_TRY(expect_absent(folder));
  CLARIBI_TRY(sweep(folder));
  return put_in_place(folder, bytes, Backup::leave, check);
}

Result<void> FileProtocol::replace(Backup backup, const Change& change,
                                   const Check& check) {
  CLARIBI_TRY_ASSIGN(const Descriptor folder, open_folder());
  // Before the lock file is made: where there is no vault, nothing is written.
  CLARIBI_TRY(read_in(folder, name_));
  CLARIBI_TRY_ASSIGN(const Descriptor held, lock(folder));
  CLARIBI_TRY_ASSIGN(const std::string current, read_in(folder, name_));
  CLARIBI_TRY_ASSIGN(const std::string bytes, change(current));
  CLARIBI_TRY(sweep(folder));
  return put_in_place(folder, bytes, backup, check);
}

Result<void> FileProtocol::restore(
    const std::function<Result<std::string>()>& make, const Check& check) {
  CLARIBI_TRY_ASSIGN(const Descriptor folder, open_folder());
  CLARIBI_TRY(read_in(folder, name_ + ".bak"));
  CLARIBI_TRY_ASSIGN(const Descriptor held, lock(folder));
  CLARIBI_TRY_ASSIGN(const std::string bytes, make());
  CLARIBI_TRY(sweep(folder));
  return put_in_place(folder, bytes, Backup::leave, check);
}

Result<Descriptor> FileProtocol::open_folder() const {
  const auto path = beside("");
  Descriptor folder(calls_, uninterrupted([&] {
                      return calls_.open(AT_FDCWD, path.c_str(),
                                         O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
                    }));
  if (folder.get() < 0) {
    if (errno == ENOENT) {
      return fail(ErrorKind::vault_absent,
                  fmt::format("there is no vault at {}", file_.string()),
                  {"claribi connect posthog"});
    }
    return io_error("open the folder", path);
  }
  CLARIBI_TRY(check_status(folder, "", S_IFDIR));
  return folder;
}

Result<std::string> FileProtocol::read_in(const Descriptor& folder,
                                          const std::string& name) const {
  const Descriptor file(calls_, uninterrupted([&] {
                          return calls_.open(folder.get(), name.c_str(),
                                             O_RDONLY | careful, 0);
                        }));
  if (file.get() < 0) {
    if (errno == ENOENT) {
      return fail(ErrorKind::vault_absent,
                  fmt::format("there is no {} at {}",
                              name == name_ ? "vault" : "backup",
                              beside(name).string()),
                  {"claribi connect posthog"});
    }
    return io_error("open", beside(name));
  }
  CLARIBI_TRY(check_status(file, name, S_IFREG));
  auto bytes = read_all(calls_, file.get());
  if (!bytes) return io_error("read", beside(name));
  return std::move(*bytes);
}

Result<void> FileProtocol::expect_absent(const Descriptor& folder) const {
  const auto current = read_in(folder, name_);
  if (current) {
    return fail(ErrorKind::vault_io,
                fmt::format("there is a vault at {} already", file_.string()),
                {"claribi vault status"});
  }
  if (current.error().kind == ErrorKind::vault_absent) return {};
  return std::unexpected(current.error());
}

// The lock lasts as long as the descriptor, also if the process is killed.
Result<Descriptor> FileProtocol::lock(const Descriptor& folder) const {
  const std::string name = name_ + ".lock";
  Descriptor file(calls_, uninterrupted([&] {
                    return calls_.open(folder.get(), name.c_str(),
                                       O_RDWR | O_CREAT | careful, 0600);
                  }));
  if (file.get() < 0) return io_error("open", beside(name), unchanged);
  CLARIBI_TRY(check_status(file, name, S_IFREG));
  const auto deadline = calls_.elapsed() + lock_patience;
  while (calls_.lock(file.get()) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return io_error("lock", beside(name), unchanged);
    }
    if (calls_.elapsed() >= deadline) {
      const auto holder = read_all(calls_, file.get());
      return fail(ErrorKind::vault_locked,
                  fmt::format("process {} has held the lock {} for 10 seconds",
                              holder && !holder->empty() ? *holder : "?",
                              beside(name).string()),
                  {"wait for it to end, then run the same command again"});
    }
    calls_.pause(lock_pause);
  }
  // For the message above only; of fixed width, so that it replaces the last.
  (void)calls_.write(file.get(), fmt::format("{:10}", ::getpid()).data(), 10);
  return file;
}

// Removes what killed writers have left. Their lock is ours, so they are dead.
Result<void> FileProtocol::sweep(const Descriptor& folder) const {
  std::vector<std::string> names;
  if (calls_.list(folder.get(), names) != 0) {
    return io_error("list", beside(""), unchanged);
  }
  for (const auto& name : names) {
    if (!name.starts_with("." + name_ + ".tmp.") &&
        name != "." + name_ + ".bak.tmp") {
      continue;
    }
    if (calls_.unlink(folder.get(), name.c_str()) != 0 && errno != ENOENT) {
      return io_error("remove", beside(name), unchanged);
    }
  }
  return {};
}

Result<void> FileProtocol::put_in_place(const Descriptor& folder,
                                        std::string_view bytes, Backup backup,
                                        const Check& check) const {
  const std::string temporary = fmt::format(".{}.tmp.{}", name_, ::getpid());
  auto ready = write_beside(folder, temporary, bytes, check);
  if (ready) ready = keep_backup(folder, backup);
  if (ready &&
      calls_.rename(folder.get(), temporary.c_str(), name_.c_str()) != 0) {
    ready = io_error("rename", beside(temporary), unchanged);
  }
  if (!ready) {
    (void)calls_.unlink(folder.get(), temporary.c_str());
    return ready;
  }
  if (calls_.sync(folder.get()) != 0) {
    return io_error("sync the folder", beside(""),
                    "; the vault was saved, but may not survive a power loss");
  }
  return {};
}

Result<void> FileProtocol::write_beside(const Descriptor& folder,
                                        const std::string& temporary,
                                        std::string_view bytes,
                                        const Check& check) const {
  Descriptor file(calls_, uninterrupted([&] {
                    return calls_.open(folder.get(), temporary.c_str(),
                                       O_WRONLY | O_CREAT | O_EXCL | careful,
                                       0600);
                  }));
  const auto path = beside(temporary);
  if (file.get() < 0) return io_error("create", path, unchanged);
  if (calls_.change_mode(file.get(), 0600) != 0) {
    return io_error("set the mode of", path, unchanged);
  }
  if (!write_all(calls_, file.get(), bytes)) {
    return io_error("write", path, unchanged);
  }
  // Never tried again: Linux reports a lost write once, and a second sync
  // would claim success.
  if (calls_.sync(file.get()) != 0) return io_error("sync", path, unchanged);
  if (file.close() != 0) return io_error("close", path, unchanged);
  CLARIBI_TRY_ASSIGN(const std::string written, read_in(folder, temporary));
  if (written != bytes) {
    return fail(ErrorKind::vault_io,
                fmt::format("{} reads back differently than it was written{}",
                            path.string(), unchanged),
                {"claribi vault status"});
  }
  return check(written);
}

Result<void> FileProtocol::keep_backup(const Descriptor& folder,
                                       Backup backup) const {
  const std::string kept = name_ + ".bak";
  const std::string temporary = "." + kept + ".tmp";
  if (backup == Backup::keep) {
    if (calls_.link(folder.get(), name_.c_str(), temporary.c_str()) != 0) {
      return io_error("link", beside(temporary), unchanged);
    }
    if (calls_.rename(folder.get(), temporary.c_str(), kept.c_str()) != 0) {
      auto failed = io_error("rename", beside(temporary), unchanged);
      (void)calls_.unlink(folder.get(), temporary.c_str());
      return failed;
    }
    // Two names of one file: rename leaves both, for instance when the backup
    // is the vault already.
    (void)calls_.unlink(folder.get(), temporary.c_str());
  }
  if (backup == Backup::remove &&
      calls_.unlink(folder.get(), kept.c_str()) != 0 && errno != ENOENT) {
    return io_error("remove", beside(kept), unchanged);
  }
  return {};
}

Result<void> FileProtocol::check_status(const Descriptor& file,
                                        const std::string& name,
                                        mode_t type) const {
  struct stat status{};
  const auto path = beside(name);
  if (calls_.status(file.get(), &status) != 0) {
    return io_error("look at", path);
  }
  if ((status.st_mode & S_IFMT) != type) {
    return fail(ErrorKind::vault_io,
                fmt::format("{} is not a regular file", path.string()),
                {fmt::format("ls -l {}", path.string())});
  }
  if (status.st_uid != ::geteuid()) {
    return fail(ErrorKind::vault_permission,
                fmt::format("{} belongs to user {}, not to you", path.string(),
                            status.st_uid),
                {fmt::format("chown {} {}", ::geteuid(), path.string())});
  }
  if ((status.st_mode & 077) != 0) {
    return fail(ErrorKind::vault_permission,
                fmt::format("{} is open to other users: its mode is {:04o}",
                            path.string(), status.st_mode & 07777),
                {fmt::format("chmod {} {}", type == S_IFDIR ? "700" : "600",
                             path.string())});
  }
  return {};
}

// Another name in the vault's folder; the folder itself for no name.
std::filesystem::path FileProtocol::beside(const std::string& name) const {
  const auto folder = file_.has_parent_path() ? file_.parent_path()
                                              : std::filesystem::path(".");
  return name.empty() ? folder : folder / name;
}

}  // namespace claribi::vault
