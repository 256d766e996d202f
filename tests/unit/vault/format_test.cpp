// SPDX-License-Identifier: MIT
#include "vault/format.hpp"

#include "tests/unit/vault/support.hpp"
#include "vault/image.hpp"

namespace claribi::vault::testing {
namespace {

constexpr size_t slot_at = 44;
constexpr size_t slot_size = 116;
constexpr KdfCost cheap{1, 8};  // Far below the floor for new slots.

// Two slots, one block of body: 636 bytes. Passphrase first.
std::string small_vault(unsigned seed, std::string_view key = "phx_secret") {
  SeededRandomness randomness(seed);
  auto image = new_image(randomness);
  REQUIRE(image.has_value());
  REQUIRE(add_slot(*image, passphrase("open sesame"), cheap, {.label = "words"},
                   randomness)
              .has_value());
  REQUIRE(add_slot(*image, raw_key(), {}, {.label = "file"}, randomness)
              .has_value());
  image->header.generation = 7;
  image->contents.records.push_back(
      {{.name = "prod", .kind = "api-key", .origins = {"https://a.example"}},
       secret(key)});
  const auto bytes = seal_image(*image, randomness);
  REQUIRE(bytes.has_value());
  return *bytes;
}

// "accepted" or the kind of the refusal.
std::string outcome(std::string_view bytes, const Unlock& with) {
  const auto image = open_image(bytes, with);
  return image ? "accepted" : std::string(kind_name(image.error().kind));
}

}  // namespace

TEST_CASE("a small vault has 636 bytes and opens with either slot") {
  const std::string bytes = small_vault(1);
  CHECK(bytes.size() == 636);
  CHECK(bytes.starts_with("claribi-vault/1\n"));
  for (const auto& with : {raw_key(), passphrase("open sesame")}) {
    const auto image = open_image(bytes, with);
    REQUIRE(image.has_value());
    CHECK(image->header.generation == 7);
    REQUIRE(image->contents.records.size() == 1);
    CHECK(image->contents.records[0].secret.view() == "phx_secret");
    CHECK(image->contents.records[0].info.origins ==
          std::vector<std::string>{"https://a.example"});
  }
}

TEST_CASE("the file shows no name, origin, label or key") {
  const std::string bytes = small_vault(1);
  for (const char* hidden : {"prod", "api-key", "a.example", "phx_", "words"}) {
    CAPTURE(hidden);
    CHECK(!bytes.contains(hidden));
  }
}

TEST_CASE("a wrong secret is told from a missing kind of slot") {
  const std::string bytes = small_vault(1);
  CHECK(outcome(bytes, raw_key('x')) == "vault.auth");
  CHECK(outcome(bytes, passphrase("open simsim")) == "vault.auth");
  SeededRandomness randomness;
  auto image = new_image(randomness);
  REQUIRE(add_slot(*image, raw_key(), {}, {}, randomness).has_value());
  const auto raw_only = seal_image(*image, randomness);
  const auto refused = open_image(*raw_only, passphrase("open sesame"));
  CHECK(kind_of(refused) == ErrorKind::vault_auth);
  CHECK(refused.error().message.contains("no slot for a passphrase"));
}

TEST_CASE("every flipped bit is damage") {
  const std::string good = small_vault(1);
  for (size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    CHECK(outcome(bad, raw_key()) ==
          (bit / 8 < 14 ? "vault.format" : "vault.corrupt"));
  }
}

namespace {

// What opening with the raw key, slot 2, says of a byte that was changed and
// then covered with a right checksum.
std::string_view expected_of_edit(size_t at, char value) {
  const size_t mac_at = slot_at + 2 * slot_size;
  if (at < 14) return "vault.format";
  if (at == 14)
    return value >= '2' && value <= '9' ? "vault.newer" : "vault.format";
  if (at < 20) return "vault.format";         // Line feed, slot count.
  if (at < 36) return "vault.auth";           // Vault id.
  if (at < slot_at) return "vault.tampered";  // Generation.
  if (at >= mac_at) return "vault.tampered";
  const bool own = at >= slot_at + slot_size;
  const size_t in_slot = (at - slot_at) % slot_size;
  if (in_slot == 0 && own && value == 1) return "vault.kdf";
  if (in_slot < 4) return "vault.format";
  if (in_slot >= 20 && in_slot < 28) return own ? "vault.format" : "cost";
  return own ? "vault.auth" : "vault.tampered";
}

}  // namespace

TEST_CASE("no changed byte under a right checksum opens with a raw key") {
  const std::string good = small_vault(1);
  REQUIRE(outcome(with_checksum(good), raw_key()) == "accepted");
  for (size_t at = 0; at < good.size() - 32; ++at) {
    // Bytes that mean something take every other value, random ones each flip.
    const size_t in_slot = (at - slot_at) % slot_size;
    const bool in_slots = at >= slot_at && at < slot_at + 2 * slot_size;
    const bool meaningful = in_slots
                                ? in_slot < 4 || (in_slot >= 20 && in_slot < 28)
                                : at < 20 || (at >= 36 && at < slot_at);
    for (int change = 1; change < 256; meaningful ? ++change : change *= 2) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ change);
      const std::string got = outcome(with_checksum(bad), raw_key());
      const auto expected = expected_of_edit(at, bad[at]);
      CAPTURE(at);
      CAPTURE(change);
      if (expected == "cost" && got == "vault.kdf") continue;
      CHECK(got == (expected == "cost" ? "vault.tampered" : expected));
    }
  }
}

TEST_CASE("no flipped bit under a right checksum opens with a passphrase") {
  const std::string good = small_vault(1);
  const Unlock with = passphrase("open sesame");
  const size_t memory_at = slot_at + 24;
  for (size_t bit = 0; bit < 8 * (good.size() - 32); ++bit) {
    // A few flips ask for much memory; the small ones show the same.
    if (bit >= 8 * memory_at + 16 && bit < 8 * memory_at + 20) continue;
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    CHECK(outcome(with_checksum(bad), with) != "accepted");
  }
  CHECK(outcome(with_checksum(good), with) == "accepted");
}

TEST_CASE("a vault that was cut short is refused at every length") {
  const std::string good = small_vault(1);
  for (size_t size = 0; size < good.size(); ++size) {
    const std::string cut = good.substr(0, size);
    CAPTURE(size);
    CHECK(outcome(cut, raw_key()) == "vault.corrupt");
    // The checksum of a very short file lies over its own beginning.
    const bool too_short = size < 32 || size == 46 || size == 47;
    CHECK(outcome(with_checksum(cut), raw_key()) ==
          (too_short ? "vault.corrupt" : "vault.format"));
  }
}

TEST_CASE("a vault that has grown is refused") {
  const std::string good = small_vault(1);
  for (size_t more = 1; more <= 4096; ++more) {
    const std::string longer = good + std::string(more, '\0');
    CAPTURE(more);
    CHECK(outcome(longer, raw_key()) == "vault.corrupt");
    CHECK(outcome(with_checksum(longer), raw_key()) ==
          (more % 256 == 0 ? "vault.tampered" : "vault.format"));
  }
}

TEST_CASE("parts of two vaults with the same key do not make a third") {
  const std::string a = small_vault(1);
  const std::string b = small_vault(2, "phx_stolen");
  REQUIRE(a.size() == b.size());
  for (size_t cut = 17; cut < a.size() - 32; ++cut) {
    CAPTURE(cut);
    const std::string joined = with_checksum(a.substr(0, cut) + b.substr(cut));
    if (joined == with_checksum(a) || joined == with_checksum(b)) continue;
    CHECK(outcome(joined, raw_key()) != "accepted");
  }
  // Any range of fields of one in the other.
  const std::vector<size_t> fields = {16, 20, 36, 44, 160, 276, 308, 332, 604};
  for (size_t from = 0; from < fields.size(); ++from) {
    for (size_t to = from + 1; to < fields.size(); ++to) {
      std::string mixed = a;
      const size_t size = fields[to] - fields[from];
      mixed.replace(fields[from], size, b, fields[from], size);
      mixed = with_checksum(mixed);
      if (mixed == a || mixed == b) continue;
      CAPTURE(fields[from]);
      CAPTURE(fields[to]);
      CHECK(outcome(mixed, raw_key()) != "accepted");
    }
  }
}

TEST_CASE("an older body does not fit a newer header of the same vault") {
  SeededRandomness randomness;
  auto image = open_image(small_vault(1), raw_key());
  REQUIRE(image.has_value());
  const std::string old_bytes = small_vault(1);
  ++image->header.generation;
  const auto newer = seal_image(*image, randomness);
  REQUIRE(newer.has_value());
  std::string mixed = newer->substr(0, 308) + old_bytes.substr(308);
  CHECK(outcome(with_checksum(mixed), raw_key()) == "vault.tampered");
}

TEST_CASE("a slot does not move to another place of its vault unnoticed") {
  const std::string good = small_vault(1);
  const std::string swapped =
      good.substr(0, slot_at) + good.substr(slot_at + slot_size, slot_size) +
      good.substr(slot_at, slot_size) + good.substr(slot_at + 2 * slot_size);
  CHECK(outcome(with_checksum(swapped), raw_key()) == "vault.tampered");
}

TEST_CASE("a cheaper key derivation does not unwrap") {
  std::string bad = small_vault(1);
  bad[slot_at + 20] = 2;  // Passes.
  CHECK(outcome(with_checksum(bad), passphrase("open sesame")) == "vault.auth");
}

TEST_CASE("files that are no vault are named as such") {
  CHECK(outcome("claribi", raw_key()) == "vault.corrupt");
  CHECK(outcome("{\"keys\": []}", raw_key()) == "vault.format");
  CHECK(outcome(std::string(most_file_bytes + 1, 'c'), raw_key()) ==
        "vault.format");
}

namespace {

Contents one_record() {
  Contents contents;
  contents.labels.push_back({.label = "words"});
  contents.records.push_back(
      {{.name = "prod",
        .kind = "api-key",
        .origins = {"https://a.example", "https://b.example"},
        .created = Instant{std::chrono::milliseconds{1}},
        .rotated = Instant{std::chrono::milliseconds{2}},
        .note = "read only"},
       secret("phx_1")});
  return contents;
}

std::string body_text(const Contents& contents) {
  const auto body = write_body(contents);
  REQUIRE(body.has_value());
  CHECK(body->size() % 256 == 0);
  const auto size = unpadded_size(body->bytes());
  REQUIRE(size.has_value());
  return std::string(body->view().substr(0, size.value_or(0)));
}

std::string field(char tag, std::string_view value) {
  std::string bytes{tag, static_cast<char>(value.size()), 0, 0, 0};
  return bytes.append(value);
}

// A body with one record of these fields.
std::string body_of(const std::string& fields) {
  std::string body{0, 0, 1, 0, static_cast<char>(fields.size()), 0, 0, 0};
  return body + fields;
}

}  // namespace

TEST_CASE("a body keeps every field") {
  const auto contents = read_body(body_text(one_record()));
  REQUIRE(contents.has_value());
  REQUIRE(contents->labels.size() == 1);
  CHECK(contents->labels[0].label == "words");
  REQUIRE(contents->records.size() == 1);
  const RecordInfo& info = contents->records[0].info;
  CHECK(info.name == "prod");
  CHECK(info.kind == "api-key");
  CHECK(info.origins ==
        std::vector<std::string>{"https://a.example", "https://b.example"});
  CHECK(info.created == Instant{std::chrono::milliseconds{1}});
  CHECK(info.rotated == Instant{std::chrono::milliseconds{2}});
  CHECK(info.note == "read only");
  CHECK(contents->records[0].secret.view() == "phx_1");
}

TEST_CASE("a body that is cut or has bytes left over is refused") {
  const std::string body = body_text(one_record());
  for (size_t size = 0; size < body.size(); ++size) {
    CAPTURE(size);
    CHECK(kind_of(read_body(body.substr(0, size))) == ErrorKind::vault_format);
  }
  CHECK(kind_of(read_body(body + '\0')) == ErrorKind::vault_format);
}

TEST_CASE("a record has each field once, by rising tag, and no other") {
  const std::string late(8, '\x7f');
  const std::string start = field(1, "n") + field(2, "k") + field(3, "s");
  const std::string origin = field(4, "https://a.example");
  const std::string created = field(5, std::string("\1\0\0\0\0\0\0\0", 8));
  CHECK(read_body(body_of(start + origin + created)).has_value());
  CHECK(read_body(body_of(start + origin + origin + created)).has_value());
  const std::vector<std::string> faults = {
      start + created,  // No origin.
      start + origin,   // No time.
      field(1, "n") + field(3, "s") + origin + created,
      start + start + origin + created,  // Repeated.
      start + created + origin,          // Out of order.
      start + origin + created + created,
      start + origin + created + field(8, "x"),  // Unknown.
      field(0, "x") + start + origin + created,
      start + field(4, "") + created,  // Empty.
      field(1, "") + field(2, "k") + field(3, "s") + origin + created,
      start + origin + created + field(7, ""),
      start + origin + field(5, "1234567"),  // Not eight bytes.
      start + origin + field(5, "123456789"),
      start + origin + field(5, std::string(8, '\xff')),  // Before 1970.
      start + origin + field(5, late),                    // After 9999.
      start + origin + created + field(6, late),
      start + origin + created + std::string(1, '\7'),  // Cut.
      start + origin + created + std::string("\7\5\0\0\0abc", 8),
  };
  for (size_t i = 0; i < faults.size(); ++i) {
    const std::string& fields = faults[i];
    CAPTURE(i);
    CHECK(kind_of(read_body(body_of(fields))) == ErrorKind::vault_format);
  }
}

TEST_CASE("two records of one name are refused") {
  Contents contents = one_record();
  Contents more = one_record();
  contents.records.push_back(std::move(more.records[0]));
  CHECK(kind_of(read_body(body_text(contents))) == ErrorKind::vault_format);
}

TEST_CASE("labels that are not those of the slots are refused") {
  SeededRandomness randomness;
  auto image = open_image(small_vault(1), raw_key());
  REQUIRE(image.has_value());
  std::swap(image->contents.labels[0], image->contents.labels[1]);
  const auto bytes = seal_image(*image, randomness);
  REQUIRE(bytes.has_value());
  CHECK(outcome(*bytes, raw_key()) == "vault.format");
}

TEST_CASE("a vault fills its megabyte and not a byte more") {
  SeededRandomness randomness;
  auto image = open_image(small_vault(1), raw_key());
  REQUIRE(image.has_value());
  image->contents.records[0].info.note.assign(most_file_bytes - 1024, 'n');
  const auto fits = seal_image(*image, randomness);
  REQUIRE(fits.has_value());
  CHECK(fits->size() > most_file_bytes - 1024);
  CHECK(outcome(*fits, raw_key()) == "accepted");
  image->contents.records[0].info.note.assign(most_file_bytes, 'n');
  CHECK(kind_of(seal_image(*image, randomness)) == ErrorKind::limit_reached);
}

TEST_CASE("a vault has eight slots and no more") {
  SeededRandomness randomness;
  auto image = new_image(randomness);
  for (char key = 'a'; key < 'i'; ++key) {
    REQUIRE(add_slot(*image, raw_key(key), {}, {}, randomness).has_value());
  }
  CHECK(kind_of(add_slot(*image, raw_key('i'), {}, {}, randomness)) ==
        ErrorKind::limit_reached);
  const auto bytes = seal_image(*image, randomness);
  REQUIRE(bytes.has_value());
  CHECK(outcome(*bytes, raw_key('h')) == "accepted");
}

}  // namespace claribi::vault::testing
