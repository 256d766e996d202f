// SPDX-License-Identifier: MIT
#include "demo/data_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/result.hpp"
#include "demo/generate.hpp"
#include "demo/temporary_file.hpp"
#include "json/writer.hpp"

namespace claribi::demo {

namespace {

namespace fs = std::filesystem;

// Goes up when the same description gives other data or tables.
constexpr int generation = 2;

std::string prefix_of(const Project& project) {
  const auto digest = sha256_hex(json::canonical(describe(project)));
  return "demo-" + digest.substr(0, 12) + "-";
}

// Held by the one process that makes files in the folder. Where locks do not
// work the name of the temporary file keeps the processes apart.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : fd_(::open((folder / "demo.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC,
                   0600)) {
    if (fd_ < 0) return;
    int status = 0;
    do {
      status = ::flock(fd_, LOCK_EX);
    } while (status != 0 && errno == EINTR);
    held_ = status == 0;
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock(FolderLock&&) = delete;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock() {
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] bool held() const { return held_; }

 private:
  int fd_ = -1;
  bool held_ = false;
};

// The file if it is there and whole. An empty file is a database to SQLite.
std::optional<Store> open_whole(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  auto store = Store::open(path);
  if (!store || !store->query("SELECT value FROM meta")) return std::nullopt;
  return std::move(*store);
}

[[nodiscard]] Result<void> make(const fs::path& target, const Project& project,
                                const DataSpec& spec, Instant now, bool alone) {
  fs::path name = target;
  name += alone ? std::string(".tmp") : fmt::format(".tmp-{}", ::getpid());
  TemporaryFile temporary(std::move(name));
  {
    CLARIBI_TRY_ASSIGN(auto store, Store::create(temporary.path()));
    CLARIBI_TRY(generate(store, project, spec, now));
  }
  return temporary.rename_to(target);
}

// What other days, seeds and killed runs have left of this description.
void remove_others(const fs::path& target, const std::string& prefix) {
  std::error_code ignored;
  std::vector<fs::path> old;
  for (const auto& entry :
       fs::directory_iterator(target.parent_path(), ignored)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(prefix) && name != target.filename()) {
      old.push_back(entry.path());
    }
  }
  for (const auto& path : old)
    fs::remove(path, ignored);
}

}  // namespace

fs::path data_file(const fs::path& folder, const Project& project,
                   const DataSpec& spec, Instant now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const auto key =
      fmt::format("{} {} {} {} {}", generation, spec.seed, spec.days,
                  spec.events, day.time_since_epoch().count());
  return folder / (prefix_of(project) + sha256_hex(key).substr(0, 12) + ".db");
}

Result<Store> open_data(const fs::path& folder, const Project& project,
                        const DataSpec& spec, Instant now,
                        const std::function<void(std::string_view)>& progress) {
  const auto target = data_file(folder, project, spec, now);
  if (auto store = open_whole(target)) return std::move(*store);
  CLARIBI_TRY(make_private_folder(folder));
  const FolderLock lock(folder);
  if (auto store = open_whole(target)) return std::move(*store);
  if (progress) progress("generating the demo data");
  CLARIBI_TRY(make(target, project, spec, now, lock.held()));
  auto store = Store::open(target);
  if (store && lock.held()) remove_others(target, prefix_of(project));
  return store;
}

}  // namespace claribi::demo
