// SPDX-License-Identifier: MIT
#include "vault/vault.hpp"

#include "tests/unit/vault/support.hpp"

namespace claribi::vault::testing {
namespace {

std::string key_named(const Vault& vault, const Unlock& with,
                      std::string_view name) {
  const auto open = vault.open(with);
  REQUIRE(open.has_value());
  const auto record = open->find(name);
  return record ? std::string(record->secret.view()) : "none";
}

std::vector<std::string> labels_of(const Vault& vault, const Unlock& with) {
  const auto open = vault.open(with);
  REQUIRE(open.has_value());
  std::vector<std::string> labels;
  for (const auto& slot : open->slots())
    labels.push_back(slot.label);
  return labels;
}

const std::string words = "correct horse battery staple";

NewSlot passphrase_slot() {
  return {.unlock = passphrase(words),
          .label = "words",
          .cost = {.passes = 1, .memory_kib = least_new_memory_kib}};
}

NewSlot key_slot(std::string label, char key) {
  return {.unlock = raw_key(key), .label = std::move(label)};
}

}  // namespace

TEST_CASE("a new vault is private, empty and opens with its slot") {
  Bench bench;
  bench.create();
  CHECK(bench.folder.names() ==
        std::vector<std::string>{"vault", "vault.lock"});
  struct stat status{};
  REQUIRE(::stat(bench.folder.vault().c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  const auto open = bench.vault.open(raw_key());
  REQUIRE(open.has_value());
  CHECK(open->generation() == 1);
  CHECK(open->records().empty());
  REQUIRE(open->slots().size() == 1);
  CHECK(open->slots()[0].label == "main");
  CHECK(open->slots()[0].created == bench.clock.now());
  CHECK(open->slots()[0].opened_it);
}

TEST_CASE("a vault is made in a new private folder") {
  Bench bench;
  const auto file = bench.folder.path() / "a" / "b" / "vault";
  Vault vault(file, {bench.calls, bench.randomness, bench.clock});
  REQUIRE(vault.create(key_slot("main", 'k')).has_value());
  struct stat status{};
  REQUIRE(::stat(file.parent_path().c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0700);
}

TEST_CASE("a vault is never replaced by a new one") {
  Bench bench;
  bench.create();
  const std::string before = contents_of(bench.folder.vault());
  const auto again = bench.vault.create(key_slot("other", 'o'));
  CHECK(kind_of(again) == ErrorKind::vault_io);
  CHECK(contents_of(bench.folder.vault()) == before);
}

TEST_CASE("a record comes back with its origins") {
  Bench bench;
  bench.create();
  auto added = record("prod", "phx_1");
  added.note = "read only";
  REQUIRE(bench.vault.put(raw_key(), added).has_value());
  const auto open = bench.vault.open(raw_key());
  REQUIRE(open.has_value());
  CHECK(open->generation() == 2);
  const auto found = open->find("prod");
  REQUIRE(found.has_value());
  CHECK(found->secret.view() == "phx_1");
  CHECK(found->info.origins ==
        std::vector<std::string>{"https://mcp.posthog.com"});
  CHECK(found->info.kind == "api-key");
  CHECK(found->info.created == bench.clock.now());
  CHECK(!found->info.rotated.has_value());
  CHECK(found->info.note == "read only");
  CHECK(kind_of(open->find("staging")) == ErrorKind::vault_absent);
}

TEST_CASE("replacing a key keeps its origins, note and first date") {
  Bench bench;
  bench.create();
  auto added = record("prod", "phx_1");
  added.note = "read only";
  REQUIRE(bench.vault.put(raw_key(), added).has_value());
  const FixedClock later(bench.clock.now() + std::chrono::hours{1});
  Vault same(bench.folder.vault(), {bench.calls, bench.randomness, later});
  auto replacement = record("prod", "phx_2");
  replacement.origins.clear();
  REQUIRE(same.put(raw_key(), replacement).has_value());
  const auto found = same.open(raw_key())->find("prod");
  REQUIRE(found.has_value());
  CHECK(found->secret.view() == "phx_2");
  CHECK(found->info.origins ==
        std::vector<std::string>{"https://mcp.posthog.com"});
  CHECK(found->info.note == "read only");
  CHECK(found->info.created == bench.clock.now());
  CHECK(found->info.rotated == later.now());
}

TEST_CASE("records are listed by name, without keys") {
  Bench bench;
  bench.create();
  for (const char* name : {"b", "c", "a"}) {
    REQUIRE(bench.vault.put(raw_key(), record(name, "phx")).has_value());
  }
  const auto open = bench.vault.open(raw_key());
  REQUIRE(open.has_value());
  const auto records = open->records();
  REQUIRE(records.size() == 3);
  CHECK(records[0].name == "a");
  CHECK(records[2].name == "c");
}

TEST_CASE("values that cannot be stored are a usage error and no write") {
  Bench bench;
  bench.create();
  const std::string before = contents_of(bench.folder.vault());
  const std::vector<std::function<void(NewRecord&)>> faults = {
      [](NewRecord& r) { r.name = ""; },
      [](NewRecord& r) { r.name = "a\nb"; },
      [](NewRecord& r) { r.name.assign(129, 'n'); },
      [](NewRecord& r) { r.kind = ""; },
      [](NewRecord& r) { r.secret = Secret(); },
      [](NewRecord& r) { r.secret = secret(std::string(65'537, 's')); },
      [](NewRecord& r) { r.origins.clear(); },
      [](NewRecord& r) { r.origins = {""}; },
      [](NewRecord& r) { r.origins = {"https://a b"}; },
      [](NewRecord& r) { r.origins.assign(65, "https://a.example"); },
      [](NewRecord& r) { r.note.assign(4097, 'n'); },
  };
  for (const auto& fault : faults) {
    auto bad = record("prod", "phx_1");
    fault(bad);
    CHECK(kind_of(bench.vault.put(raw_key(), bad)) == ErrorKind::usage);
  }
  CHECK(contents_of(bench.folder.vault()) == before);
}

TEST_CASE("a removed record is gone from the backup too") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  REQUIRE(bench.vault.put(raw_key(), record("test", "phx_2")).has_value());
  CHECK(std::filesystem::exists(bench.folder.path() / "vault.bak"));
  REQUIRE(bench.vault.remove(raw_key(), "prod").has_value());
  CHECK(!std::filesystem::exists(bench.folder.path() / "vault.bak"));
  CHECK(key_named(bench.vault, raw_key(), "prod") == "none");
  CHECK(key_named(bench.vault, raw_key(), "test") == "phx_2");
  CHECK(kind_of(bench.vault.remove(raw_key(), "prod")) ==
        ErrorKind::vault_absent);
}

TEST_CASE("a passphrase slot opens what a key file slot made") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  REQUIRE(bench.vault.add_slot(raw_key(), passphrase_slot()).has_value());
  CHECK(key_named(bench.vault, passphrase(words), "prod") == "phx_1");
  CHECK(kind_of(bench.vault.open(passphrase("wrong"))) ==
        ErrorKind::vault_auth);
  const auto outline = bench.vault.outline();
  REQUIRE(outline.has_value());
  CHECK(outline->generation == 3);
  CHECK(outline->slots ==
        std::vector<SlotKind>{SlotKind::raw_key, SlotKind::passphrase});
  // Rotation keeps the slot that opens, with its cost.
  REQUIRE(bench.vault.rotate(passphrase(words), {"main"}).has_value());
  CHECK(labels_of(bench.vault, passphrase(words)) ==
        std::vector<std::string>{"words"});
}

TEST_CASE("new slots below the floor, empty or of one label are refused") {
  Bench bench;
  bench.create();
  auto cheap = passphrase_slot();
  cheap.cost.memory_kib = least_new_memory_kib - 1;
  CHECK(kind_of(bench.vault.add_slot(raw_key(), cheap)) ==
        ErrorKind::vault_kdf);
  cheap.cost = {11, least_new_memory_kib};
  CHECK(kind_of(bench.vault.add_slot(raw_key(), cheap)) ==
        ErrorKind::vault_kdf);
  auto empty = passphrase_slot();
  empty.unlock.secret = Secret();
  CHECK(kind_of(bench.vault.add_slot(raw_key(), empty)) == ErrorKind::usage);
  CHECK(kind_of(bench.vault.add_slot(raw_key(), key_slot("main", 'o'))) ==
        ErrorKind::usage);
  NewSlot short_key{.unlock = {SlotKind::raw_key, secret("short")},
                    .label = "short"};
  CHECK(kind_of(bench.vault.add_slot(raw_key(), short_key)) ==
        ErrorKind::vault_auth);
  CHECK(labels_of(bench.vault, raw_key()) == std::vector<std::string>{"main"});
}

TEST_CASE("a removed slot opens no more, and no backup opens for it") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.add_slot(raw_key(), key_slot("second", 's')).has_value());
  REQUIRE(bench.vault.open(raw_key('s')).has_value());
  REQUIRE(bench.vault.remove_slot(raw_key(), "second").has_value());
  CHECK(kind_of(bench.vault.open(raw_key('s'))) == ErrorKind::vault_auth);
  CHECK(!std::filesystem::exists(bench.folder.path() / "vault.bak"));
  CHECK(bench.vault.open(raw_key()).has_value());
}

TEST_CASE("the slot in use and the last slot stay") {
  Bench bench;
  bench.create();
  CHECK(kind_of(bench.vault.remove_slot(raw_key(), "main")) ==
        ErrorKind::usage);
  CHECK(kind_of(bench.vault.remove_slot(raw_key(), "third")) ==
        ErrorKind::vault_absent);
  CHECK(bench.vault.open(raw_key()).has_value());
}

TEST_CASE(
    "a changed slot keeps its label and is opened by the new secret only") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  REQUIRE(bench.vault.add_slot(raw_key(), key_slot("second", 's')).has_value());
  // Another slot than the one that opens.
  REQUIRE(
      bench.vault.change_slot(raw_key(), "second", raw_key('u')).has_value());
  CHECK(kind_of(bench.vault.open(raw_key('s'))) == ErrorKind::vault_auth);
  CHECK(key_named(bench.vault, raw_key('u'), "prod") == "phx_1");
  CHECK(!std::filesystem::exists(bench.folder.path() / "vault.bak"));
  // The one that opens.
  REQUIRE(bench.vault.change_slot(raw_key(), "main", raw_key('v')).has_value());
  CHECK(kind_of(bench.vault.open(raw_key())) == ErrorKind::vault_auth);
  CHECK(labels_of(bench.vault, raw_key('v')) ==
        std::vector<std::string>{"second", "main"});
  CHECK(kind_of(bench.vault.change_slot(raw_key('v'), "third", raw_key())) ==
        ErrorKind::vault_absent);
  CHECK(kind_of(bench.vault.change_slot(
            raw_key('v'), "main", passphrase("cheap"),
            {3, least_new_memory_kib - 1})) == ErrorKind::vault_kdf);
}

TEST_CASE("rotation makes a new master key and drops the other slots") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  REQUIRE(bench.vault.add_slot(raw_key(), key_slot("second", 's')).has_value());
  const std::string bytes_before = contents_of(bench.folder.vault());
  const auto before = open_image(bytes_before, raw_key());
  // Only what was named goes.
  CHECK(kind_of(bench.vault.rotate(raw_key(), {"main", "other"})) ==
        ErrorKind::refused);
  CHECK(contents_of(bench.folder.vault()) == bytes_before);
  REQUIRE(bench.vault.rotate(raw_key(), {"second"}).has_value());
  CHECK(kind_of(bench.vault.open(raw_key('s'))) == ErrorKind::vault_auth);
  CHECK(key_named(bench.vault, raw_key(), "prod") == "phx_1");
  const auto after = open_image(contents_of(bench.folder.vault()), raw_key());
  REQUIRE(before.has_value());
  REQUIRE(after.has_value());
  CHECK(after->master.view() != before->master.view());
  CHECK(after->header.vault_id == before->header.vault_id);
  CHECK(after->header.generation == before->header.generation + 1);
  CHECK(!std::filesystem::exists(bench.folder.path() / "vault.bak"));
}

TEST_CASE("a rotation that cannot open the vault leaves no trace") {
  Bench bench;
  bench.create();
  const std::string before = contents_of(bench.folder.vault());
  WatchedCalls calls;
  bool created = false;
  calls.before = [&](std::string_view call) {
    created = created || call == "change_mode";
    return 0;
  };
  CHECK(kind_of(bench.through(calls).rotate(raw_key('x'), {})) ==
        ErrorKind::vault_auth);
  CHECK(!created);
  CHECK(contents_of(bench.folder.vault()) == before);
}

TEST_CASE("the backup is the state before the last write") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  const std::string before = contents_of(bench.folder.vault());
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_2")).has_value());
  CHECK(contents_of(bench.folder.path() / "vault.bak") == before);
}

TEST_CASE("verify counts, and says how the backup is") {
  Bench bench;
  bench.create();
  CHECK(bench.vault.verify(raw_key())->backup == BackupState::none);
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  const auto good = bench.vault.verify(raw_key());
  REQUIRE(good.has_value());
  CHECK(good->generation == 2);
  CHECK(good->slots == 1);
  CHECK(good->records == 1);
  CHECK(good->backup == BackupState::good);
  write_private(bench.folder.path() / "vault.bak", "rubbish");
  CHECK(bench.vault.verify(raw_key())->backup == BackupState::bad);
}

TEST_CASE("restore puts a good backup in the place of a damaged vault") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_2")).has_value());

  SUBCASE("a sound vault stays") {
    CHECK(kind_of(bench.vault.restore(raw_key())) == ErrorKind::refused);
    CHECK(key_named(bench.vault, raw_key(), "prod") == "phx_2");
  }
  SUBCASE("damaged") {
    std::string bytes = contents_of(bench.folder.vault());
    bytes[100] ^= 1;
    write_private(bench.folder.vault(), bytes);
    const auto refused = bench.vault.open(raw_key());
    CHECK(kind_of(refused) == ErrorKind::vault_corrupt);
    CHECK(refused.error().message.contains(bench.folder.vault().string()));
    CHECK(refused.error().message.contains("vault.bak is undamaged"));
    CHECK(refused.error().hints ==
          std::vector<std::string>{"claribi vault restore"});
    REQUIRE(bench.vault.restore(raw_key()).has_value());
    CHECK(key_named(bench.vault, raw_key(), "prod") == "phx_1");
  }
  SUBCASE("gone") {
    std::filesystem::remove(bench.folder.vault());
    REQUIRE(bench.vault.restore(raw_key()).has_value());
    CHECK(key_named(bench.vault, raw_key(), "prod") == "phx_1");
  }
  SUBCASE("a wrong key restores nothing") {
    write_private(bench.folder.vault(), "claribi-vault/1\n");
    CHECK(kind_of(bench.vault.restore(raw_key('x'))) == ErrorKind::vault_auth);
    CHECK(contents_of(bench.folder.vault()) == "claribi-vault/1\n");
  }
  SUBCASE("a vault of a newer version stays") {
    std::string bytes = contents_of(bench.folder.vault());
    bytes[14] = '2';
    write_private(bench.folder.vault(), with_checksum(bytes));
    CHECK(kind_of(bench.vault.restore(raw_key())) == ErrorKind::vault_newer);
    CHECK(contents_of(bench.folder.vault()) == with_checksum(bytes));
  }
  SUBCASE("both damaged") {
    write_private(bench.folder.vault(), "claribi-vault/1\n");
    write_private(bench.folder.path() / "vault.bak", "claribi-vault/1\n");
    CHECK(kind_of(bench.vault.restore(raw_key())) == ErrorKind::vault_corrupt);
    CHECK(
        bench.vault.open(raw_key()).error().message.contains("no good backup"));
  }
}

TEST_CASE("every refusal names the file, has a hint and changes nothing") {
  Bench bench;
  bench.create();
  REQUIRE(bench.vault.put(raw_key(), record("prod", "phx_1")).has_value());
  const std::string good = contents_of(bench.folder.vault());
  std::string newer = good;
  newer[14] = '3';
  std::string edited = good;
  edited[40] ^= 1;
  std::string costly = good;
  costly[44] = 1;  // A passphrase slot that costs nothing.
  struct Case {
    ErrorKind kind;
    std::string bytes;
  };
  const std::vector<Case> cases = {
      {ErrorKind::vault_format, "not a vault at all"},
      {ErrorKind::vault_corrupt, good.substr(0, 200)},
      {ErrorKind::vault_newer, with_checksum(newer)},
      {ErrorKind::vault_tampered, with_checksum(edited)},
      {ErrorKind::vault_kdf, with_checksum(costly)},
      {ErrorKind::vault_auth, good},
  };
  for (const auto& [kind, bytes] : cases) {
    write_private(bench.folder.vault(), bytes);
    const Unlock with = raw_key(kind == ErrorKind::vault_auth ? 'x' : 'k');
    const auto names = bench.folder.names();
    const std::vector<Result<void>> results = [&] {
      std::vector<Result<void>> all;
      all.push_back(bench.vault.put(with, record("new", "phx_9")));
      all.push_back(bench.vault.remove(with, "prod"));
      all.push_back(bench.vault.add_slot(with, key_slot("new", 'n')));
      all.push_back(bench.vault.remove_slot(with, "main"));
      return all;
    }();
    for (const auto& result : results) {
      REQUIRE(kind_of(result) == kind);
      CHECK(result.error().message.contains(bench.folder.vault().string()));
      CHECK(result.error().hints.size() == 1);
      CHECK(!result.error().message.contains("phx_"));
    }
    CHECK(kind_of(bench.vault.rotate(with, {})) == kind);
    CHECK(kind_of(bench.vault.verify(with)) == kind);
    CHECK(contents_of(bench.folder.vault()) == bytes);
    CHECK(bench.folder.names() == names);
  }
}

TEST_CASE("where there is no vault, nothing is made but by create") {
  Bench bench;
  CHECK(kind_of(bench.vault.open(raw_key())) == ErrorKind::vault_absent);
  CHECK(kind_of(bench.vault.put(raw_key(), record("prod", "phx_1"))) ==
        ErrorKind::vault_absent);
  CHECK(kind_of(bench.vault.rotate(raw_key(), {})) == ErrorKind::vault_absent);
  CHECK(kind_of(bench.vault.restore(raw_key())) == ErrorKind::vault_absent);
  CHECK(kind_of(bench.vault.outline()) == ErrorKind::vault_absent);
  CHECK(bench.folder.names().empty());
}

}  // namespace claribi::vault::testing
