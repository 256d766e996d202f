// SPDX-License-Identifier: MIT
#include "vault/file_protocol.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/vault/support.hpp"

namespace claribi::vault::testing {
namespace {

// What both a reader and a writer say of the vault.
struct Refusals {
  Error of_open;
  Error of_put;
};

Refusals refusals(Bench& bench) {
  auto opened = bench.vault.open(raw_key());
  auto put = bench.vault.put(raw_key(), record("new", "phx_9"));
  REQUIRE(!opened.has_value());
  REQUIRE(!put.has_value());
  return {opened.error(), put.error()};
}

void check_refused(Bench& bench, ErrorKind kind, std::string_view part,
                   std::string_view hint) {
  const auto [of_open, of_put] = refusals(bench);
  for (const Error& error : {of_open, of_put}) {
    CHECK(error.kind == kind);
    CHECK(error.message.contains(part));
    REQUIRE(error.hints.size() == 1);
    CHECK(error.hints[0].starts_with(hint));
  }
}

// Pretends that a file is someone else's.
class ForeignFile final : public SystemCalls {
 public:
  int status(int fd, struct stat* status) override {
    const int result = SystemCalls::status(fd, status);
    if (S_ISREG(status->st_mode)) status->st_uid += 1;
    return result;
  }
};

// Time passes only while waiting.
class PatientCalls final : public WatchedCalls {
 public:
  std::chrono::milliseconds elapsed() override { return now_; }
  void pause(std::chrono::milliseconds time) override { now_ += time; }
  [[nodiscard]] std::chrono::milliseconds waited() const { return now_; }

 private:
  std::chrono::milliseconds now_{0};
};

}  // namespace

TEST_CASE("a vault that others may read is refused with the chmod line") {
  Bench bench;
  bench.create();
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0601U}) {
    ::chmod(bench.folder.vault().c_str(), mode);
    CAPTURE(mode);
    check_refused(bench, ErrorKind::vault_permission, "open to other users",
                  "chmod 600 " + bench.folder.vault().string());
  }
  ::chmod(bench.folder.vault().c_str(), 0600);
  CHECK(bench.vault.open(raw_key()).has_value());
}

TEST_CASE("a folder that others may enter is refused with the chmod line") {
  Bench bench;
  bench.create();
  ::chmod(bench.folder.path().c_str(), 0755);
  check_refused(bench, ErrorKind::vault_permission, "mode is 0755",
                "chmod 700 " + bench.folder.path().string());
  CHECK(!bench.folder.has_temporary_file());
}

TEST_CASE("a lock file that others may open is refused to writers only") {
  Bench bench;
  bench.create();
  ::chmod((bench.folder.path() / "vault.lock").c_str(), 0666);
  CHECK(bench.vault.open(raw_key()).has_value());
  CHECK(kind_of(bench.vault.put(raw_key(), record("new", "phx_9"))) ==
        ErrorKind::vault_permission);
}

TEST_CASE("a vault of another user is refused with the chown line") {
  Bench bench;
  bench.create();
  ForeignFile calls;
  const auto opened = bench.through(calls).open(raw_key());
  CHECK(kind_of(opened) == ErrorKind::vault_permission);
  CHECK(opened.error().hints[0].starts_with("chown "));
}

TEST_CASE("links, pipes and folders are no vault, and do not hang") {
  Bench bench;
  const auto file = bench.folder.vault();
  SUBCASE("symbolic link") {
    std::filesystem::create_symlink("/etc/passwd", file);
  }
  SUBCASE("link to a good vault") {
    bench.create();
    std::filesystem::rename(file, bench.folder.path() / "elsewhere");
    std::filesystem::create_symlink("elsewhere", file);
  }
  SUBCASE("dangling link") {
    std::filesystem::create_symlink("nowhere", file);
  }
  SUBCASE("pipe") {
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  }
  SUBCASE("folder") {
    std::filesystem::create_directory(file);
  }
  const auto names = bench.folder.names();
  const auto [of_open, of_put] = refusals(bench);
  CHECK(of_open.kind == ErrorKind::vault_io);
  CHECK(of_put.kind == ErrorKind::vault_io);
  CHECK(of_open.message.contains(file.string()));
  const auto created =
      bench.vault.create({.unlock = raw_key(), .label = "main"});
  CHECK(kind_of(created) == ErrorKind::vault_io);
  CHECK(bench.folder.names() == names);
}

TEST_CASE("a descriptor's name is no vault") {
  Bench bench;
  bench.create();
  const int fd = ::open(bench.folder.vault().c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(fd >= 0);
  Vault vault("/proc/self/fd/" + std::to_string(fd),
              {bench.calls, bench.randomness, bench.clock});
  const auto opened = vault.open(raw_key());
  ::close(fd);
  REQUIRE(!opened.has_value());
  // Its folder is open to others, or the name is a link: both are refused.
  CHECK((opened.error().kind == ErrorKind::vault_io ||
         opened.error().kind == ErrorKind::vault_permission));
}

TEST_CASE("a vault with a second hard link opens and can be written") {
  Bench bench;
  bench.create();
  std::filesystem::create_hard_link(bench.folder.vault(),
                                    bench.folder.path() / "second");
  CHECK(bench.vault.open(raw_key()).has_value());
  CHECK(bench.vault.put(raw_key(), record("new", "phx_9")).has_value());
}

TEST_CASE("the mode of a new vault does not depend on the umask") {
  Bench bench;
  const mode_t before = ::umask(0777);
  const auto created =
      bench.vault.create({.unlock = raw_key(), .label = "main"});
  ::umask(before);
  // Even the lock file is unusable to its owner then, which is no one's gain.
  if (created) {
    struct stat status{};
    REQUIRE(::stat(bench.folder.vault().c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);
  } else {
    CHECK(created.error().kind == ErrorKind::vault_io);
  }
}

TEST_CASE("a lock that is held for ten seconds ends the write") {
  Bench bench;
  bench.create();
  const auto path = bench.folder.path() / "vault.lock";
  const int holder = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(holder >= 0);
  REQUIRE(::flock(holder, LOCK_EX) == 0);
  PatientCalls calls;
  const auto put = bench.through(calls).put(raw_key(), record("a", "phx_1"));
  CHECK(kind_of(put) == ErrorKind::vault_locked);
  // The last writer was this process; it noted its number.
  CHECK(put.error().message.contains(std::to_string(::getpid())));
  CHECK(calls.waited() >= std::chrono::seconds{10});
  CHECK(calls.waited() < std::chrono::seconds{11});
  CHECK(bench.vault.open(raw_key()).has_value());  // Readers do not wait.
  ::close(holder);
  CHECK(bench.vault.put(raw_key(), record("a", "phx_1")).has_value());
}

TEST_CASE("a lock that is freed in time is taken") {
  Bench bench;
  bench.create();
  PatientCalls calls;
  int busy = 3;
  calls.before = [&](std::string_view call) {
    return call == "lock" && busy-- > 0 ? EWOULDBLOCK : 0;
  };
  CHECK(bench.through(calls).put(raw_key(), record("a", "phx_1")).has_value());
  CHECK(calls.waited() > std::chrono::milliseconds{0});
}

TEST_CASE("the next write removes what killed writers have left") {
  Bench bench;
  bench.create();
  write_private(bench.folder.path() / ".vault.tmp.1", "half");
  write_private(bench.folder.path() / ".vault.tmp.99999", "");
  write_private(bench.folder.path() / ".vault.bak.tmp", "half");
  write_private(bench.folder.path() / ".other", "not ours");
  REQUIRE(bench.vault.put(raw_key(), record("a", "phx_1")).has_value());
  CHECK(bench.folder.names() ==
        std::vector<std::string>{".other", "vault", "vault.bak", "vault.lock"});
}

TEST_CASE("what reads back differently is not put in place") {
  Bench bench;
  bench.create();
  // A disk that loses the last byte of what it is told to keep.
  class LossyDisk final : public SystemCalls {
   public:
    ssize_t write(int fd, const void* from, size_t size) override {
      if (size < 100) return SystemCalls::write(fd, from, size);
      const ssize_t written = SystemCalls::write(fd, from, size - 1);
      return written < 0 ? written : written + 1;
    }
  } calls;
  const std::string before = contents_of(bench.folder.vault());
  const auto put = bench.through(calls).put(raw_key(), record("a", "phx_1"));
  CHECK(kind_of(put) == ErrorKind::vault_io);
  CHECK(contents_of(bench.folder.vault()) == before);
  CHECK(!bench.folder.has_temporary_file());
}

TEST_CASE("short writes and short reads are continued") {
  Bench bench;
  class Trickle final : public SystemCalls {
   public:
    ssize_t write(int fd, const void* from, size_t size) override {
      return SystemCalls::write(fd, from, std::min<size_t>(size, 7));
    }
    ssize_t read(int fd, void* into, size_t size) override {
      return SystemCalls::read(fd, into, std::min<size_t>(size, 5));
    }
  } calls;
  Vault vault = bench.through(calls);
  REQUIRE(vault.create({.unlock = raw_key(), .label = "main"}).has_value());
  REQUIRE(vault.put(raw_key(), record("a", "phx_1")).has_value());
  CHECK(bench.vault.open(raw_key())->find("a").has_value());
}

TEST_CASE("two hundred processes write at once and lose nothing") {
  Bench bench;
  bench.create();
  constexpr int writers = 200;
  std::vector<pid_t> children;
  for (int i = 0; i < writers; ++i) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      SeededRandomness own(static_cast<unsigned>(1000 + i));
      Vault vault(bench.folder.vault(), {bench.calls, own, bench.clock});
      const auto put =
          vault.put(raw_key(), record("writer-" + std::to_string(i), "phx_1"));
      ::_exit(put.has_value() ? 0 : 1);
    }
    children.push_back(child);
  }
  // Readers see one whole state after the other.
  uint64_t last = 0;
  for (int i = 0; i < 200; ++i) {
    const auto open = bench.vault.open(raw_key());
    REQUIRE(open.has_value());
    CHECK(open->generation() >= last);
    CHECK(open->records().size() + 1 == open->generation());
    last = open->generation();
  }
  int failed = 0;
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) ++failed;
  }
  CHECK(failed == 0);
  const auto open = bench.vault.open(raw_key());
  REQUIRE(open.has_value());
  CHECK(open->records().size() == writers);
  CHECK(open->generation() == 1 + writers);
  CHECK(!bench.folder.has_temporary_file());
  MESSAGE(writers << " writers at once, " << failed << " failed, "
                  << writers - open->records().size() << " updates lost");
}

}  // namespace claribi::vault::testing
