// SPDX-License-Identifier: MIT
#include "base/file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "doctest/doctest.h"

using namespace claribi;
namespace fs = std::filesystem;

namespace {

// A folder that is gone at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name =
        (fs::temp_directory_path() / "claribi-file-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path operator/(const char* name) const {
    return path_ / name;
  }
  [[nodiscard]] size_t entries() const {
    size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(path_))
      ++count;
    return count;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// No file may grow beyond that size while this lives: the disk is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &old_) == 0);
    rlimit small = old_;
    small.rlim_cur = bytes;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  ~FullDisk() {
    (void)::setrlimit(RLIMIT_FSIZE, &old_);
    (void)std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit old_{};
  void (*before_)(int) = nullptr;
};

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

std::string content(const fs::path& path, uint64_t limit = 1'000'000) {
  const auto read = read_file(path, limit);
  REQUIRE(read.has_value());
  REQUIRE(read->has_value());
  return read->value_or("");
}

}  // namespace

TEST_CASE("what was written is read, zeros included") {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\n\xff", 5);
  REQUIRE(write_file(folder / "f", bytes, Privacy::owner_only).has_value());
  CHECK(content(folder / "f") == bytes);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a file is replaced as a whole and nothing is left beside it") {
  const TemporaryFolder folder;
  REQUIRE(write_file(folder / "f", std::string(100'000, 'x'), Privacy::umask)
              .has_value());
  REQUIRE(write_file(folder / "f", "new", Privacy::umask).has_value());
  CHECK(content(folder / "f") == "new");
  CHECK(folder.entries() == 1);
}

TEST_CASE("a private file has mode 0600, also when it replaces a public one") {
  const TemporaryFolder folder;
  const mode_t before = ::umask(022);
  REQUIRE(write_file(folder / "f", "x", Privacy::umask).has_value());
  CHECK(mode_of(folder / "f") == 0644);
  REQUIRE(write_file(folder / "f", "x", Privacy::owner_only).has_value());
  CHECK(mode_of(folder / "f") == 0600);
  ::umask(0);
  REQUIRE(write_file(folder / "g", "x", Privacy::owner_only).has_value());
  CHECK(mode_of(folder / "g") == 0600);
  ::umask(before);
}

TEST_CASE("a file that is not there reads as nothing, which is no error") {
  const TemporaryFolder folder;
  const auto read = read_file(folder / "none", 10);
  REQUIRE(read.has_value());
  CHECK_FALSE(read->has_value());
}

TEST_CASE("a file above the limit is refused, one at the limit is read") {
  const TemporaryFolder folder;
  REQUIRE(write_file(folder / "f", "12345", Privacy::umask).has_value());
  CHECK(content(folder / "f", 5) == "12345");
  const auto read = read_file(folder / "f", 4);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == ErrorKind::file);
  CHECK(read.error().message.contains("more than 4 bytes"));
}

TEST_CASE("a folder cannot be read as a file") {
  const TemporaryFolder folder;
  const auto read = read_file(folder.path(), 10);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == ErrorKind::file);
}

TEST_CASE("writing into a folder that is missing names the file and why") {
  const TemporaryFolder folder;
  const auto written = write_file(folder / "none" / "f", "x", Privacy::umask);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().kind == ErrorKind::file);
  CHECK(written.error().message.contains("none/f"));
  CHECK(written.error().message.contains("No such file or directory"));
}

TEST_CASE("writing where it is not allowed fails and leaves nothing") {
  // Root may write into any folder but those of the kernel.
  const TemporaryFolder folder;
  const bool root = ::geteuid() == 0;
  const fs::path place = root ? fs::path("/proc") : folder.path();
  if (!root)
    fs::permissions(place, fs::perms::owner_read | fs::perms::owner_exec);
  const auto written =
      write_file(place / "claribi-test", "x", Privacy::owner_only);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().kind == ErrorKind::file);
  CHECK(folder.entries() == 0);
  if (!root) fs::permissions(place, fs::perms::owner_all);
}

TEST_CASE("a file is not written over a folder") {
  const TemporaryFolder folder;
  fs::create_directory(folder / "d");
  const auto written = write_file(folder / "d", "x", Privacy::umask);
  REQUIRE_FALSE(written.has_value());
  CHECK(fs::is_directory(folder / "d"));
  CHECK(folder.entries() == 1);
}

TEST_CASE("a disk that is full leaves the old file and nothing beside it") {
  const TemporaryFolder folder;
  REQUIRE(write_file(folder / "f", "old", Privacy::umask).has_value());
  {
    const FullDisk full(4096);
    const auto written =
        write_file(folder / "f", std::string(10'000, 'x'), Privacy::umask);
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().kind == ErrorKind::file);
  }
  CHECK(content(folder / "f") == "old");
  CHECK(folder.entries() == 1);
}

TEST_CASE("a pipe or a device is written to and not replaced") {
  const TemporaryFolder folder;
  const fs::path pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  CHECK(write_file(pipe, "data", Privacy::umask).has_value());
  std::string got(10, '\0');
  CHECK(::read(reader, got.data(), got.size()) == 4);
  CHECK(got.starts_with("data"));
  (void)::close(reader);
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a device that is full is an error") {
  // By a link of our own: a fault here must not replace the device.
  const TemporaryFolder folder;
  fs::create_symlink("/dev/full", folder / "full");
  const auto written = write_file(folder / "full", "x", Privacy::umask);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().message.contains("No space left on device"));
  CHECK(fs::is_symlink(folder / "full"));
  CHECK(folder.entries() == 1);
}

TEST_CASE("a private folder is made with its parents, each mode 0700") {
  const TemporaryFolder folder;
  const mode_t before = ::umask(0);
  REQUIRE(make_private_folder(folder / "a" / "b").has_value());
  ::umask(before);
  CHECK(mode_of(folder / "a") == 0700);
  CHECK(mode_of(folder / "a" / "b") == 0700);
  CHECK(make_private_folder(folder / "a" / "b").has_value());
}

TEST_CASE("a folder cannot be made where a file is in the way") {
  const TemporaryFolder folder;
  REQUIRE(write_file(folder / "f", "x", Privacy::umask).has_value());
  for (const fs::path& path : {folder / "f", folder / "f" / "sub"}) {
    const auto made = make_private_folder(path);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().kind == ErrorKind::file);
  }
}

TEST_CASE("of changes under the folder's lock none is lost") {
  const TemporaryFolder folder;
  constexpr int writers = 8;
  constexpr int changes = 25;
  for (int i = 0; i < writers; ++i) {
    if (::fork() != 0) continue;
    for (int change = 0; change < changes; ++change) {
      const auto lock = lock_folder(folder.path());
      const auto before = read_file(folder / "list", 1 << 20);
      if (!lock || !before) ::_exit(1);
      const auto written = write_file(
          folder / "list", before->value_or("") + "x", Privacy::owner_only);
      if (!written) ::_exit(1);
    }
    ::_exit(0);
  }
  for (int i = 0; i < writers; ++i) {
    int status = -1;
    REQUIRE(::wait(&status) > 0);
    CHECK(status == 0);
  }
  CHECK(read_file(folder / "list", 1 << 20)->value().size() ==
        writers * changes);
}

TEST_CASE("where there is no folder there is nothing to lock") {
  const TemporaryFolder folder;
  CHECK(lock_folder(folder / "none"));
  CHECK(folder.entries() == 0);
}
