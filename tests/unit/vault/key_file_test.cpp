// SPDX-License-Identifier: MIT
#include "vault/key_file.hpp"

#include "tests/unit/vault/support.hpp"

namespace claribi::vault::testing {
namespace {

const std::string hex_key =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

std::string raw_bytes() {
  std::string bytes;
  for (char byte = 0; byte < 32; ++byte)
    bytes += byte;
  return bytes;
}

// A folder with one key file.
struct KeyFile {
  TemporaryFolder folder;
  SystemCalls calls;
  std::filesystem::path path = folder.path() / "key";

  explicit KeyFile(std::string_view bytes) { write_private(path, bytes); }
  Result<Secret> read() { return read_key_file(path, calls); }
};

// Pretends that a file is root's, or someone else's, with some mode.
class LentFile final : public SystemCalls {
 public:
  LentFile(uid_t owner, mode_t mode) : owner_(owner), mode_(mode) {}
  int status(int fd, struct stat* status) override {
    const int result = SystemCalls::status(fd, status);
    status->st_uid = owner_;
    status->st_mode = S_IFREG | mode_;
    return result;
  }

 private:
  uid_t owner_;
  mode_t mode_;
};

}  // namespace

TEST_CASE("a key file holds 32 bytes or 64 hex characters") {
  std::string upper = hex_key;
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  for (const auto& text : {raw_bytes(), hex_key, hex_key + "\n", upper}) {
    const auto key = KeyFile(text).read();
    REQUIRE(key.has_value());
    CHECK(key->view() == raw_bytes());
  }
  const std::string line_feeds(32, '\n');
  CHECK(KeyFile(line_feeds).read()->view() == line_feeds);
}

TEST_CASE("a file without a key is refused, and the likely cause is named") {
  struct Case {
    std::string text;
    std::string_view cause;
  };
  const std::vector<Case> cases = {
      {"", "empty"},
      {"\xef\xbb\xbf" + hex_key, "byte order mark"},
      {std::string("\xff\xfe") + hex_key, "UTF-16"},
      {std::string("\xfe\xff") + hex_key, "UTF-16"},
      {hex_key + "\n\n", "neither"},
      {hex_key + "\r\n", "neither"},
      {" " + hex_key, "neither"},
      {hex_key.substr(1), "neither"},
      {hex_key + "0", "neither"},
      {hex_key.substr(1) + "g", "neither"},
      {raw_bytes() + "\n", "neither"},
      {std::string(100'000, '0'), "neither"},
  };
  for (const auto& [text, cause] : cases) {
    KeyFile file(text);
    const auto key = file.read();
    CAPTURE(cause);
    CAPTURE(text.size());
    CHECK(kind_of(key) == ErrorKind::vault_auth);
    CHECK(key.error().message.contains(cause));
    CHECK(key.error().message.contains(file.path.string()));
    CHECK(!key.error().message.contains("0a0b0c"));
  }
}

TEST_CASE("a key file is the user's alone") {
  KeyFile file(hex_key);
  for (const mode_t mode : {0600U, 0400U}) {
    ::chmod(file.path.c_str(), mode);
    CHECK(file.read().has_value());
  }
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0700U, 04600U}) {
    ::chmod(file.path.c_str(), mode);
    CAPTURE(mode);
    const auto key = file.read();
    CHECK(kind_of(key) == ErrorKind::vault_permission);
    CHECK(key.error().hints ==
          std::vector<std::string>{"chmod 600 " + file.path.string()});
  }
  ::chmod(file.path.c_str(), 0600);
  LentFile foreign(::geteuid() + 1, 0600);
  CHECK(kind_of(read_key_file(file.path, foreign)) ==
        ErrorKind::vault_permission);
}

TEST_CASE("a credential may be root's and readable by its group") {
  const KeyFile file(hex_key);
  LentFile lent(0, 0440);
  CHECK(read_key_file(file.path, lent, KeyFileOwner::system).has_value());
  CHECK(kind_of(read_key_file(file.path, lent)) == ErrorKind::vault_permission);
  LentFile open_to_all(0, 0444);
  CHECK(kind_of(read_key_file(file.path, open_to_all, KeyFileOwner::system)) ==
        ErrorKind::vault_permission);
  LentFile foreign(::geteuid() + 1, 0440);
  CHECK(kind_of(read_key_file(file.path, foreign, KeyFileOwner::system)) ==
        ErrorKind::vault_permission);
}

TEST_CASE("a pipe, a folder or nothing is no key file, and does not hang") {
  const TemporaryFolder folder;
  SystemCalls calls;
  const auto path = folder.path() / "key";
  SUBCASE("pipe") {
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const auto key = read_key_file(path, calls);
    CHECK(kind_of(key) == ErrorKind::vault_io);
    CHECK(key.error().hints[0].contains("--unlock-key-fd"));
  }
  SUBCASE("folder") {
    std::filesystem::create_directory(path);
    CHECK(kind_of(read_key_file(path, calls)) == ErrorKind::vault_io);
  }
  SUBCASE("nothing") {
    const auto key = read_key_file(path, calls);
    CHECK(kind_of(key) == ErrorKind::vault_io);
    CHECK(key.error().message.contains("No such file"));
  }
}

TEST_CASE("a new key file is private, random and read back") {
  const TemporaryFolder folder;
  SystemCalls calls;
  SystemRandomness randomness;
  const auto one = make_key_file(folder.path() / "one", calls, randomness);
  const auto two = make_key_file(folder.path() / "two", calls, randomness);
  REQUIRE(one.has_value());
  REQUIRE(two.has_value());
  CHECK(one->view() != two->view());
  struct stat status{};
  REQUIRE(::stat((folder.path() / "one").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  CHECK(status.st_size == 65);
  CHECK(contents_of(folder.path() / "one").ends_with('\n'));
  const auto read = read_key_file(folder.path() / "one", calls);
  REQUIRE(read.has_value());
  CHECK(read->view() == one->view());
}

TEST_CASE("a key file never replaces a file") {
  KeyFile file(hex_key);
  SeededRandomness randomness;
  CHECK(kind_of(make_key_file(file.path, file.calls, randomness)) ==
        ErrorKind::vault_io);
  CHECK(contents_of(file.path) == hex_key);
  std::filesystem::create_symlink("elsewhere", file.folder.path() / "link");
  CHECK(kind_of(make_key_file(file.folder.path() / "link", file.calls,
                              randomness)) == ErrorKind::vault_io);
  CHECK(!std::filesystem::exists(file.folder.path() / "elsewhere"));
}

TEST_CASE("a key file that cannot be written whole is not left behind") {
  for (const char* call : {"change_mode", "write", "sync", "close", "link"}) {
    const TemporaryFolder folder;
    WatchedCalls calls;
    SeededRandomness randomness;
    calls.before = [&](std::string_view of) { return of == call ? EIO : 0; };
    CAPTURE(call);
    CHECK(kind_of(make_key_file(folder.path() / "key", calls, randomness)) ==
          ErrorKind::vault_io);
    CHECK(folder.names().empty());
  }
}

TEST_CASE("a key file on the vault's disk is file permissions only") {
  const KeyFile file(hex_key);
  const auto vault = file.folder.path() / "vault";
  write_private(vault, "");
  CHECK(key_file_protection(vault, file.path) == Protection::permissions_only);
  CHECK(key_file_protection(vault, "/proc/self/status") ==
        Protection::key_elsewhere);
  CHECK(key_file_protection(vault, "/nowhere") == Protection::permissions_only);
  CHECK(protection_text(Protection::permissions_only)
            .starts_with("FILE PERMISSIONS ONLY"));
  CHECK(protection_text(Protection::passphrase) == "passphrase");
}

}  // namespace claribi::vault::testing
