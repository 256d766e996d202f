// SPDX-License-Identifier: MIT
// The files in tests/vectors/vault, written by another implementation.
#include <map>
#include <optional>
#include <sstream>

#include "tests/unit/vault/support.hpp"
#include "vault/image.hpp"

namespace claribi::vault::testing {
namespace {

struct Vector {
  Unlock unlock;
  std::string expected;  // "ok" or an error kind.
  std::string facts;     // The lines that describe a vault that opens.
  std::string bytes;
};

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    const std::string digits(hex.substr(i, 2));
    bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
  }
  return bytes;
}

// The text after the front, if it begins so.
std::optional<std::string> after(std::string_view line,
                                 std::string_view front) {
  if (!line.starts_with(front)) return std::nullopt;
  return std::string(line.substr(front.size()));
}

Vector read_vector(const std::filesystem::path& path) {
  Vector vector;
  std::ifstream in(path);
  std::string line;
  std::string hex;
  bool in_bytes = false;
  while (std::getline(in, line)) {
    if (in_bytes) {
      hex += line;
    } else if (line == "bytes:") {
      in_bytes = true;
    } else if (const auto key = after(line, "open: raw ")) {
      vector.unlock = {SlotKind::raw_key, secret(from_hex(*key))};
    } else if (const auto words = after(line, "open: passphrase ")) {
      vector.unlock = passphrase(*words);
    } else if (const auto expected = after(line, "expect: ")) {
      vector.expected = *expected;
    } else if (!line.starts_with("#")) {
      vector.facts += line + "\n";
    }
  }
  vector.bytes = from_hex(hex);
  return vector;
}

std::string facts_of(const OpenVault& vault) {
  std::string facts =
      "generation: " + std::to_string(vault.generation()) + "\nslots:";
  for (const auto& slot : vault.slots())
    facts += " " + slot.label;
  facts += "\n";
  for (const auto& info : vault.records()) {
    facts += "record: " + info.name + " " + info.kind + " ";
    facts += vault.find(info.name)->secret.view();
    for (const auto& origin : info.origins)
      facts += " " + origin;
    facts += "\n";
  }
  return facts;
}

}  // namespace

TEST_CASE("every vector opens, or is refused, as it says") {
  const std::filesystem::path folder = CLARIBI_VAULT_VECTORS;
  int good = 0;
  int faulty = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    CAPTURE(entry.path().filename());
    Bench bench;
    const Vector vector = read_vector(entry.path());
    write_private(bench.folder.vault(), vector.bytes);
    const auto open = bench.vault.open(vector.unlock);
    CHECK((open ? "ok" : kind_name(open.error().kind)) == vector.expected);
    if (open) {
      CHECK(facts_of(*open) == vector.facts);
      ++good;
    } else {
      ++faulty;
    }
  }
  CHECK(good >= 6);
  CHECK(faulty >= 60);
}

TEST_CASE("no golden vault opens with a flipped bit or cut short") {
  const std::filesystem::path folder = CLARIBI_VAULT_VECTORS;
  int flips = 0;
  int cuts = 0;
  int accepted = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with("good_")) continue;
    const Vector vector = read_vector(entry.path());
    std::string bytes = vector.bytes;
    for (size_t bit = 0; bit < 8 * bytes.size(); ++bit, ++flips) {
      const char flip = static_cast<char>(1 << bit % 8);
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
      if (open_image(bytes, vector.unlock)) ++accepted;
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
    }
    for (size_t size = 0; size < bytes.size(); ++size, ++cuts) {
      if (open_image(bytes.substr(0, size), vector.unlock)) ++accepted;
    }
  }
  MESSAGE(flips << " flipped bits, " << cuts << " lengths, " << accepted
                << " accepted");
  CHECK(flips > 30'000);
  CHECK(accepted == 0);
}

TEST_CASE("a vault of another implementation can be written") {
  Bench bench;
  const Vector vector = read_vector(
      std::filesystem::path(CLARIBI_VAULT_VECTORS) / "good_two_records.txt");
  write_private(bench.folder.vault(), vector.bytes);
  REQUIRE(bench.vault.put(vector.unlock, record("new", "phx_9")).has_value());
  const auto open = bench.vault.open(vector.unlock);
  REQUIRE(open.has_value());
  CHECK(open->records().size() == 3);
  CHECK(open->find("llm")->info.note == "two origins");
  CHECK(open->find("llm")->info.rotated ==
        Instant{std::chrono::milliseconds{1'800'000'000'000}});
}

}  // namespace claribi::vault::testing
