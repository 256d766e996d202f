// SPDX-License-Identifier: MIT
// What becomes of a vault when a writer is killed, a call fails or the power
// goes, at every point of every verb.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <set>

#include "tests/unit/vault/support.hpp"

namespace claribi::vault::testing {
namespace {

struct Verb {
  std::string_view name;
  std::function<bool(Vault&, std::string& message)> run;
  // Puts the folder into the state before it.
  std::function<void(Bench&)> prepare;
};

template <typename T>
bool noted(const Result<T>& result, std::string& message) {
  if (!result) message = result.error().message;
  return result.has_value();
}

void prepare_vault(Bench& bench) {
  bench.create();
  REQUIRE(bench.vault
              .add_slot(raw_key(), {.unlock = raw_key('s'), .label = "second"})
              .has_value());
  REQUIRE(bench.vault.put(raw_key(), record("old", "phx_old")).has_value());
}

void prepare_damaged(Bench& bench) {
  prepare_vault(bench);
  write_private(bench.folder.vault(),
                contents_of(bench.folder.vault()).substr(0, 300));
}

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      {"create",
       [](Vault& vault, std::string& message) {
         return noted(vault.create({.unlock = raw_key(), .label = "main"}),
                      message);
       },
       [](Bench&) {}},
      {"put",
       [](Vault& vault, std::string& message) {
         return noted(vault.put(raw_key(), record("new", "phx_new")), message);
       },
       prepare_vault},
      {"replace",
       [](Vault& vault, std::string& message) {
         return noted(vault.put(raw_key(), record("old", "phx_new")), message);
       },
       prepare_vault},
      {"remove",
       [](Vault& vault, std::string& message) {
         return noted(vault.remove(raw_key(), "old"), message);
       },
       prepare_vault},
      {"add slot",
       [](Vault& vault, std::string& message) {
         return noted(vault.add_slot(raw_key(), {.unlock = raw_key('t'),
                                                 .label = "third"}),
                      message);
       },
       prepare_vault},
      {"remove slot",
       [](Vault& vault, std::string& message) {
         return noted(vault.remove_slot(raw_key(), "second"), message);
       },
       prepare_vault},
      {"change slot",
       [](Vault& vault, std::string& message) {
         return noted(vault.change_slot(raw_key(), "second", raw_key('u')),
                      message);
       },
       prepare_vault},
      {"rotate",
       [](Vault& vault, std::string& message) {
         return noted(vault.rotate(raw_key(), {"second"}), message);
       },
       prepare_vault},
      {"restore",
       [](Vault& vault, std::string& message) {
         return noted(vault.restore(raw_key()), message);
       },
       prepare_damaged},
  };
  return all;
}

// What a reader finds: all that is in the vault, or why it does not open.
std::string state_of(const Vault& vault) {
  const auto open = vault.open(raw_key());
  if (!open) return std::string(kind_name(open.error().kind));
  std::string state = std::to_string(open->generation());
  for (const auto& slot : open->slots())
    state += " " + slot.label;
  for (const auto& info : open->records()) {
    state += " " + info.name + "=";
    state += open->find(info.name)->secret.view();
  }
  return state;
}

// The states before and after the verb, when nothing goes wrong, and the files
// to start from.
struct Expected {
  std::string before;
  std::string after;
  std::map<std::string, std::string> files;

  void lay_out(const Bench& bench) const {
    for (const auto& [name, bytes] : files) {
      write_private(bench.folder.path() / name, bytes);
    }
  }
};

Expected expected_of(const Verb& verb) {
  Bench bench;
  verb.prepare(bench);
  Expected expected;
  for (const auto& name : bench.folder.names()) {
    expected.files[name] = contents_of(bench.folder.path() / name);
  }
  expected.before = state_of(bench.vault);
  std::string message;
  REQUIRE(verb.run(bench.vault, message));
  expected.after = state_of(bench.vault);
  REQUIRE(expected.before != expected.after);
  return expected;
}

// Whatever was left behind, the verb or another write works and cleans up.
void check_next_write(Bench& bench, const Verb& verb,
                      const Expected& expected) {
  std::string message;
  if (state_of(bench.vault) == expected.before) {
    CHECK_MESSAGE(verb.run(bench.vault, message), message);
    CHECK(state_of(bench.vault) == expected.after);
  } else {
    CHECK(bench.vault.put(raw_key(), record("next", "phx_next")).has_value());
  }
  CHECK(!bench.folder.has_temporary_file());
}

// Kills the process at the nth call; a long write is two calls, so that it is
// torn once.
class DeadlyCalls final : public WatchedCalls {
 public:
  explicit DeadlyCalls(int die_at) {
    before = [this, die_at](std::string_view) {
      if (++count_ == die_at) (void)::raise(SIGKILL);
      return 0;
    };
  }
  ssize_t write(int fd, const void* from, size_t size) override {
    if (size <= 100) return WatchedCalls::write(fd, from, size);
    const auto* bytes = static_cast<const char*>(from);
    const ssize_t front = WatchedCalls::write(fd, bytes, size / 2);
    if (front < 0) return front;
    return front + WatchedCalls::write(fd, bytes + front,
                                       size - static_cast<size_t>(front));
  }

 private:
  int count_ = 0;
};

// Whether the child was killed before it was done.
bool killed_at(Bench& bench, const Verb& verb, int call) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    DeadlyCalls calls(call);
    Vault vault = bench.through(calls);
    std::string message;
    ::_exit(verb.run(vault, message) ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  CHECK((killed || WEXITSTATUS(status) == 0));
  return killed;
}

}  // namespace

TEST_CASE(
    "a writer that is killed at any call leaves the old state or the new") {
  int points = 0;
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    const Expected expected = expected_of(verb);
    for (int call = 1;; ++call) {
      CAPTURE(call);
      Bench bench;
      expected.lay_out(bench);
      if (!killed_at(bench, verb, call)) break;
      ++points;
      const std::string state = state_of(bench.vault);
      CHECK((state == expected.before || state == expected.after));
      check_next_write(bench, verb, expected);
    }
  }
  MESSAGE(points << " kills, each left the old state or the new");
  CHECK(points > 250);
}

TEST_CASE("a call that fails never leaves a torn vault or a false success") {
  const std::vector<int> errors = {EIO,    ENOSPC, EDQUOT, EINTR,  EROFS,
                                   EMFILE, EXDEV,  EMLINK, ENOLCK, ENOMEM};
  int cases = 0;
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    const Expected expected = expected_of(verb);
    bool reached = true;
    for (int call = 1; reached; ++call) {
      for (const int error : errors) {
        Bench bench;
        expected.lay_out(bench);
        WatchedCalls calls;
        int count = 0;
        std::string name;
        calls.before = [&](std::string_view of) {
          if (++count != call) return 0;
          name = of;
          return error;
        };
        Vault vault = bench.through(calls);
        std::string message;
        const bool done = verb.run(vault, message);
        reached = count >= call;
        if (!reached) break;
        ++cases;
        CAPTURE(call);
        CAPTURE(name);
        CAPTURE(error);
        CAPTURE(message);
        const bool saved = done || message.contains("was saved");
        CHECK(state_of(bench.vault) ==
              (saved ? expected.after : expected.before));
        if (!done) {
          CHECK(message.contains(bench.folder.path().string()));
          if (name == "sync" || name == "rename") {
            CHECK(message.contains(saved ? "power loss" : "not changed"));
          }
        }
        check_next_write(bench, verb, expected);
      }
    }
  }
  MESSAGE(cases << " failing calls, none torn, none falsely done");
  CHECK(cases > 2500);
}

TEST_CASE("a failed write removes its own temporary file") {
  for (const char* call : {"change_mode", "write", "sync", "link", "rename"}) {
    Bench bench;
    prepare_vault(bench);
    WatchedCalls calls;
    bool armed = false;
    calls.before = [&](std::string_view of) {
      armed = armed || of == "list";  // From here on it writes.
      return armed && of == call ? ENOSPC : 0;
    };
    Vault vault = bench.through(calls);
    const auto put = vault.put(raw_key(), record("new", "phx_new"));
    CAPTURE(call);
    CHECK(kind_of(put) == ErrorKind::vault_io);
    CHECK(put.error().message.contains("No space left"));
    CHECK(!bench.folder.has_temporary_file());
  }
}

TEST_CASE("an interrupted call is made again, a failed sync never") {
  Bench bench;
  prepare_vault(bench);
  WatchedCalls calls;
  std::map<std::string, int, std::less<>> seen;
  calls.before = [&](std::string_view of) {
    const bool first = ++seen[std::string(of)] == 1;
    const bool again = of == "open" || of == "read" || of == "write";
    return first && again ? EINTR : 0;
  };
  Vault vault = bench.through(calls);
  CHECK(vault.put(raw_key(), record("new", "phx_new")).has_value());
  seen.clear();
  calls.before = [&](std::string_view of) {
    ++seen[std::string(of)];
    return of == "sync" ? EIO : 0;
  };
  CHECK(!vault.put(raw_key(), record("newer", "phx_new")).has_value());
  CHECK(seen["sync"] == 1);
}

namespace {

// What a disk may keep of a write when the power goes.
struct Operation {
  enum class Kind { write, sync_file, name, unname, sync_folder };
  Kind kind;
  int inode = 0;     // write, sync_file, name.
  std::string text;  // write: the bytes; name and unname: the name.
  std::string from;  // name: the name that a rename takes away, or none.
};

// Notes what happens to the files of one folder.
class NotingCalls final : public SystemCalls {
 public:
  explicit NotingCalls(const TemporaryFolder& folder) {
    for (const auto& name : folder.names()) {
      inodes_[name] = next_;
      contents[next_++] = contents_of(folder.path() / name);
    }
    names_before = inodes_;
  }

  std::map<int, std::string> contents;  // By inode, at the start.
  std::map<std::string, int> names_before;
  std::vector<Operation> log;

  int open(int folder, const char* name, int flags, mode_t mode) override {
    const int fd = SystemCalls::open(folder, name, flags, mode);
    if ((flags & O_CREAT) != 0 && fd >= 0) {
      if (!inodes_.contains(name)) {
        inodes_[name] = next_++;
        log.push_back({Operation::Kind::name, inodes_[name], name, ""});
      }
      files_[fd] = inodes_[name];
    }
    return fd;
  }
  int close(int fd) override {
    files_.erase(fd);
    return SystemCalls::close(fd);
  }
  ssize_t write(int fd, const void* from, size_t size) override {
    log.push_back({Operation::Kind::write, files_[fd],
                   std::string(static_cast<const char*>(from), size), ""});
    return SystemCalls::write(fd, from, size);
  }
  int sync(int fd) override {
    const auto file = files_.find(fd);
    if (file == files_.end()) {
      log.push_back({Operation::Kind::sync_folder, 0, "", ""});
    } else {
      log.push_back({Operation::Kind::sync_file, file->second, "", ""});
    }
    return SystemCalls::sync(fd);
  }
  int link(int folder, const char* from, const char* to) override {
    const int result = SystemCalls::link(folder, from, to);
    if (result == 0) name(inodes_[from], to, "");
    return result;
  }
  int rename(int folder, const char* from, const char* to) override {
    const int result = SystemCalls::rename(folder, from, to);
    if (result == 0) {
      name(inodes_[from], to, from);
      inodes_.erase(from);
    }
    return result;
  }
  int unlink(int folder, const char* name) override {
    const int result = SystemCalls::unlink(folder, name);
    if (result == 0) {
      log.push_back({Operation::Kind::unname, 0, name, ""});
      inodes_.erase(name);
    }
    return result;
  }

 private:
  void name(int inode, const char* to, const char* from) {
    log.push_back({Operation::Kind::name, inode, to, from});
    inodes_[to] = inode;
  }

  std::map<std::string, int> inodes_;
  std::map<int, int> files_;  // Open descriptors of files being written.
  int next_ = 1;
};

// One thing that the folder may hold after the power came back.
struct Survivor {
  std::optional<std::string> vault;
  bool backup = false;
  bool acknowledged = false;  // The verb had said that it was done.
};

// The versions of a file's bytes that may have reached the disk.
std::vector<std::string> torn(const std::string& before,
                              const std::string& written, bool synced) {
  if (synced || written.empty()) return {before + written};
  return {before, before + written.substr(0, written.size() / 2),
          before + std::string(written.size(), '\0'), before + written};
}

// All states after a loss of power before operation `end`.
void add_survivors(const NotingCalls& noted, const std::vector<Operation>& log,
                   size_t end, std::vector<Survivor>& survivors) {
  std::vector<Operation> pending;  // Names that may or may not be durable.
  auto names = noted.names_before;
  std::map<int, std::string> written;
  std::set<int> synced;
  const auto apply = [](std::map<std::string, int>& to, const Operation& op) {
    if (!op.from.empty()) to.erase(op.from);
    if (op.kind == Operation::Kind::name) to[op.text] = op.inode;
    if (op.kind == Operation::Kind::unname) to.erase(op.text);
  };
  for (size_t i = 0; i < end; ++i) {
    const Operation& op = log[i];
    switch (op.kind) {
      case Operation::Kind::write:
        written[op.inode] += op.text;
        synced.erase(op.inode);
        break;
      case Operation::Kind::sync_file:
        synced.insert(op.inode);
        break;
      case Operation::Kind::sync_folder:
        for (const auto& name : pending)
          apply(names, name);
        pending.clear();
        break;
      default:
        pending.push_back(op);
    }
  }
  REQUIRE(pending.size() < 12);
  for (unsigned subset = 0; subset < 1U << pending.size(); ++subset) {
    auto durable = names;
    for (size_t i = 0; i < pending.size(); ++i) {
      if ((subset >> i & 1U) != 0) apply(durable, pending[i]);
    }
    const bool backup = durable.contains("vault.bak");
    const bool done = end == log.size();
    const auto vault = durable.find("vault");
    if (vault == durable.end()) {
      survivors.push_back({std::nullopt, backup, done});
      continue;
    }
    const int inode = vault->second;
    const auto old = noted.contents.find(inode);
    for (auto& bytes : torn(old == noted.contents.end() ? "" : old->second,
                            written[inode], synced.contains(inode))) {
      survivors.push_back({std::move(bytes), backup, done});
    }
  }
}

// How many survivors are neither the old state nor the new, or have lost what
// was acknowledged.
int bad_survivors(const NotingCalls& noted, const std::vector<Operation>& log,
                  const Expected& expected, size_t& states) {
  std::vector<Survivor> survivors;
  for (size_t end = 0; end <= log.size(); ++end) {
    add_survivors(noted, log, end, survivors);
  }
  states += survivors.size();
  std::map<std::string, std::string> known;  // Opening is slow; states repeat.
  int bad = 0;
  for (const auto& survivor : survivors) {
    const std::string bytes = survivor.vault.value_or("absent");
    if (!known.contains(bytes)) {
      Bench after;
      if (survivor.vault) write_private(after.folder.vault(), bytes);
      known[bytes] = state_of(after.vault);
    }
    const std::string& state = known[bytes];
    const bool right = survivor.acknowledged ? state == expected.after
                                             : state == expected.before ||
                                                   state == expected.after;
    if (!right) ++bad;
  }
  return bad;
}

std::vector<Operation> without(const std::vector<Operation>& log,
                               Operation::Kind kind) {
  std::vector<Operation> rest = log;
  std::erase_if(rest, [&](const Operation& op) { return op.kind == kind; });
  return rest;
}

}  // namespace

TEST_CASE(
    "a loss of power leaves the old state or the new, and what was done") {
  size_t states = 0;
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    const Expected expected = expected_of(verb);
    Bench bench;
    verb.prepare(bench);
    NotingCalls noted(bench.folder);
    Vault vault = bench.through(noted);
    std::string message;
    REQUIRE(verb.run(vault, message));
    CHECK(bad_survivors(noted, noted.log, expected, states) == 0);
    // The check itself: without either sync it must find losses.
    size_t ignored = 0;
    CHECK(bad_survivors(noted, without(noted.log, Operation::Kind::sync_file),
                        expected, ignored) > 0);
    CHECK(bad_survivors(noted, without(noted.log, Operation::Kind::sync_folder),
                        expected, ignored) > 0);
  }
  MESSAGE(states << " states after a loss of power, none bad");
  CHECK(states > 200);
}

TEST_CASE("what was revoked is in no backup once that was acknowledged") {
  for (const Verb& verb : verbs()) {
    if (verb.name != "remove" && verb.name != "remove slot" &&
        verb.name != "change slot" && verb.name != "rotate") {
      continue;
    }
    CAPTURE(verb.name);
    Bench bench;
    verb.prepare(bench);
    REQUIRE(std::filesystem::exists(bench.folder.path() / "vault.bak"));
    NotingCalls noted(bench.folder);
    Vault vault = bench.through(noted);
    std::string message;
    REQUIRE(verb.run(vault, message));
    std::vector<Survivor> survivors;
    add_survivors(noted, noted.log, noted.log.size(), survivors);
    for (const auto& survivor : survivors)
      CHECK(!survivor.backup);
  }
}

}  // namespace claribi::vault::testing
